/*
 * mqstat: the online status of an MQTT fleet, one result row an input row.
 *
 * The files, in the order in which a run meets them (style: one module, one
 * sentence; a file includes only files of lower layers, see tests/style).
 *
 *   main                 parse, open, run, close, exit status
 *   options              what the user asked for, from one table:
 *     options_table        the table
 *     options_value        text to value, by type
 *     options_help         --help, usage, --print-config
 *     config               settings files, into the same table
 *     completion.sh        what shells complete, made of --help
 *   run                  the conductor: the one pump, phases, the end
 *     run_setup            opens the parts, concludes, releases
 *     run_pull             rows come in, asked before or not
 *     run_retry            rows of an earlier result file, carried over
 *     run_sync             rows reach the disk while the run goes on
 *     run_previous         what an earlier run found
 *     run_answer           what an outcome means for the row and the run
 *     run_tell             what people are told under way
 *     run_dry              what a run would take, without one
 *
 *   credentials          finds, guards and wipes the login
 *     netrc                one entry of a .netrc
 *   input                rows pulled from files or standard input:
 *     input_source         physical lines from a descriptor
 *     input_unpack         gzip and zstd
 *     input_format         which format; how cells get into the record
 *     input_columns        of csv and tsv: the id's, the kept ones, their cells
 *     input_csv            RFC 4180 by libcsv, resynchronising
 *     input_tsv            tab-separated values
 *     input_lines          plain ids
 *     input_ndjson         one JSON value a line
 *     input_earlier        rows of an earlier result file
 *   transport            libcurl: start a query, report its outcome
 *     transport_start      libcurl and the environment
 *     transport_check      what is refused before anything is sent
 *     transport_attempt    what a transfer's end means
 *     transport_staple     a certificate that was revoked
 *     transport_socket     its sockets and timer on the loop
 *   output               buffer, flush, finish
 *     output_target        what rows are written to, partial or straight
 *     output_earlier       which rows an earlier run has done
 *     output_rows          the rows of a file that was being written
 *     output_format        columns and formats
 *     output_csv           csv and tsv
 *     output_json          ndjson and json
 *   estimate             the quota that an earlier run found
 *   rate_group           one rate for several processes
 *   progress             how far the run is
 *   summary              what people are told at the end
 *   account              the files that tell of the run
 *     account_group        rows by the value of a kept column
 *     account_view         what several of the files tell
 *     account_json         the summary, for programs
 *     account_metrics      the same for Prometheus, as metrics.prom has it
 *     account_report       the same for people, as report.html has it
 *     account_chart        its charts
 *     account_template     puts values into their places
 *   nagios               a summary as a Nagios check
 *
 *   window               rows in flight, in order
 *   answers              equal ids are asked once
 *   sample               which rows, when not all
 *   url, reply           the request path; what a reply means
 *   limiter              may I start now, and if not, when
 *   adapt                moves the rate by answers
 *     adapt_trickle        single questions after a run of refusals
 *     adapt_window         what it counts
 *   ratelimit            what RateLimit fields say
 *   retry                what is asked again, when, and who waits for it
 *   gate                 may the run ask at all
 *   stats                counters and latencies
 *   timeline             requests over time
 *   fail_if              conditions on the counts
 *
 *   query                the record that flows through everything
 *     query_result         a result read back from its cells
 *   sandbox              no more rights on files than the run needs
 *   buf diag file units  bytes; messages; descriptors; durations and rates
 *   mem utf8 json        allocate or die; well-formed text; JSON by the letter
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include "credentials.h"
#include "diag.h"
#include "file.h"
#include "nagios.h"
#include "options.h"
#include "run.h"
#include "transport.h"
#include "version.h"

/* No core dump holds the password; no program that is run gets more rights;
 * writes report instead of killing; as many descriptors as we may have. Best
 * effort: none is vital. */
static void guard_process(void)
{
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

/* What was asked for instead of an audit; true when that was all. */
static bool told_something(const struct options *options)
{
    if (options->help)
        options_print_help();
    else if (options->version)
        (void)printf("mqstat %s\n%s libuv/%s\n", MQSTAT_VERSION,
                     transport_version(), transport_loop_version());
    else if (options->print_config)
        options_print_config(options);
    else
        return false;
    return true;
}

static void die_of(int number)
{
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* Standard output is checked like any other file: a full disk is an error,
 * but a reader that has seen enough, such as head, is none. */
static enum status close_stdout(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_OK;
    if (errno == EPIPE)
        die_of(SIGPIPE);
    return diag_fail(STATUS_IO, "cannot write standard output: %s",
                     strerror(errno ? errno : EIO));
}

static int check_summary(const char *file)
{
    struct buf line;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    buf_init(&line, 4096); /* far more than can come */
    int state = (int)nagios_check(file, (int64_t)now.tv_sec * 1000, &line);
    (void)fwrite(line.data, 1, line.len, stdout);
    buf_release(&line);
    return close_stdout() ? NAGIOS_UNKNOWN : state;
}

static int audit(const struct options *options)
{
    struct run *run = NULL;
    int lethal = 0;
    int status = (int)run_open(&run, options);
    if (!run)
        return status;
    if (status == STATUS_OK)
        run_go(run);
    int ended = run_close(run, &lethal);
    if (lethal)
        die_of(lethal);
    return status ? status : ended;
}

/* Does what was asked for; returns the exit status. */
static int act(const struct options *options)
{
    if (told_something(options))
        return (int)close_stdout();
    if (options->nagios)
        return check_summary(options->nagios);
    if (!options->dry_run)
        return audit(options);
    enum status status = run_dry(options);
    return (int)(close_stdout() ? STATUS_IO : status);
}

int main(int argc, char **argv)
{
    if (file_reserve_standard())
        return (int)diag_fail(STATUS_IO,
                              "/dev/null cannot take the place of a closed "
                              "standard descriptor: %s",
                              strerror(errno));
    guard_process();
    credentials_take_environment();
    struct options options;
    int status = (int)options_parse(&options, argc, argv);
    if (!status)
        status = act(&options);
    options_release(&options);
    return status;
}

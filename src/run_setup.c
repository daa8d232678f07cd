/*
 * Opens what a run needs, and ends it.
 *
 * Responsible for the order of opening (whatever can be refused is refused
 * before anything is sent), for the exit status, and for releasing all of
 * it; not for what happens in between.
 */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "credentials.h"
#include "estimate.h"
#include "mem.h"
#include "run_state.h"
#include "sandbox.h"
#include "units.h"

enum {
    DESCRIPTORS_KEPT = 12 /* for libraries: resolver, certificates */
};

static const double SEARCHED_PER_S = 1000; /* half the smallest cluster's */
static const uint64_t TAU_NS = 5 * UNITS_NS_PER_MS;

static bool reads_stdin(const struct options *options)
{
    bool found = options->n_files == 0;
    for (size_t i = 0; i < options->n_files; i++)
        found = found || strcmp(options->files[i], "-") == 0;
    return found;
}

static bool is_one_file(const char *name, const char *other)
{
    struct stat a;
    struct stat b;
    if (stat(name, &a) || stat(other, &b))
        return strcmp(name, other) == 0;
    return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool is_own(const struct run *run, const char *name)
{
    const struct stat *output = output_replaces(run->output);
    const char *output_file = run->options->output.file;
    struct stat file;
    if (output_file && strcmp(name, output_file) == 0)
        return true;
    if (stat(name, &file))
        return false;
    return input_reads(run->input, &file) ||
           (output && S_ISREG(file.st_mode) && output->st_dev == file.st_dev &&
            output->st_ino == file.st_ino);
}

/* The files about the run must not take the place of its own, nor each
 * other's, nor that of an earlier result. */
static enum status check_account(const struct run *run)
{
    const char *taken[2 + ACCOUNT_FILES] = {run->options->output.previous,
                                            run->options->run.retry_from};
    for (size_t i = 0; run->account && i < ACCOUNT_FILES; i++) {
        const char *name = account_file(run->account, i);
        if (name && is_own(run, name))
            return diag_fail(STATUS_USAGE,
                             "%s is an input or the output of this run: "
                             "choose another name",
                             name);
        taken[2 + i] = name;
        for (size_t j = 0; name && j < 2 + i; j++) {
            if (taken[j] && is_one_file(name, taken[j]))
                return diag_fail(STATUS_USAGE,
                                 "%s is named twice: --summary, --metrics and "
                                 "--report want a file each",
                                 name);
        }
    }
    return STATUS_OK;
}

static enum status open_input_output(struct run *run)
{
    const struct options *options = run->options;
    enum status status = input_new(&run->input, &options->input, options->files,
                                   options->n_files);
    if (status)
        return status;
    status = run_load_previous(run);
    if (status)
        return status;
    const char *const *kept;
    size_t n_kept = input_kept(run->input, &kept);
    status = output_new(&run->output, &options->output, kept, n_kept);
    if (!status)
        status = account_new(&run->account, &options->account, kept, n_kept);
    if (status)
        return status;
    const struct stat *file = output_replaces(run->output);
    if (file && input_reads(run->input, file))
        return diag_fail(STATUS_USAGE, "the output file is also an input: "
                                       "choose another -o");
    return check_account(run);
}

/* As many as may be asked for, and as descriptors allow (ulimit -n). */
static unsigned slots_most(const struct options *options)
{
    unsigned wanted = options->run.concurrency > 0
                          ? (unsigned)options->run.concurrency
                          : RUN_AUTO_SLOTS;
    struct rlimit files;
    int next = dup(STDERR_FILENO); /* as many as are open, about */
    if (next < 0 || close(next) || getrlimit(RLIMIT_NOFILE, &files))
        return wanted;
    rlim_t taken = (rlim_t)next + DESCRIPTORS_KEPT;
    if (files.rlim_cur >= taken + wanted)
        return wanted;
    unsigned room = files.rlim_cur > taken ? (unsigned)(files.rlim_cur - taken)
                                           : 1;
    diag_note("at most %u queries at once: no more than %llu files may be "
              "open (ulimit -n)",
              room, (unsigned long long)files.rlim_cur);
    return room;
}

/* Rows of two endpoints or accounts must not meet in one file by mistake. */
static enum status set_origin(struct run *run, const char *user)
{
    char *from = mem_printf("%s as %s", run->options->transport.endpoint, user);
    enum status status = output_set_origin(run->output, from);
    free(from);
    return status;
}

/* What an earlier run has left must fit; then rows may be synced. */
static enum status go_on_from_earlier(struct run *run, const char *user)
{
    enum status status = set_origin(run, user);
    if (!status)
        status = run_retry_open(run);
    return status ? status : run_sync_open(run);
}

static enum status open_parts(struct run *run)
{
    const struct options *options = run->options;
    struct credentials credentials = {0};
    char *host = NULL;
    bool exposed = false;
    enum status status = transport_init();
    if (!status)
        status = transport_check_endpoint(options->transport.endpoint, &host,
                                          &exposed);
    if (!status)
        status = credentials_load(&credentials, &options->credentials, host,
                                  reads_stdin(options));
    if (!status)
        status = open_input_output(run);
    if (!status)
        status = go_on_from_earlier(run, credentials.user);
    run->slots.made = slots_most(options);
    run->slots.most = run->slots.made;
    if (!status)
        status = transport_new(&run->transport, &options->transport,
                               credentials.authorization, run->slots.most,
                               &run->loop);
    if (!status && options->rate_group)
        status = rate_group_join(&run->group, options->rate_group,
                                 options->adapt.rate_per_s, TAU_NS);
    run->user = credentials.user ? mem_strdup(credentials.user) : NULL;
    credentials_wipe(&credentials);
    if (!status && exposed)
        diag_warn("the password travels unencrypted to %s: use https://", host);
    free(host);
    if (!status && options->adapt.search)
        diag_note("--rate auto searches for the quota: meanwhile devices' own "
                  "messages may be dropped");
    return status;
}

/* What sizes the breaker and the retry budget, where the rate is not known. */
static double expected_rate(const struct adapt_settings *settings)
{
    if (!settings->search)
        return settings->rate_per_s;
    return settings->max_rate_per_s > 0 ? settings->max_rate_per_s
                                        : SEARCHED_PER_S;
}

static void init_policies(struct run *run)
{
    const struct options *options = run->options;
    uint64_t now_ns = uv_hrtime();
    window_init(&run->window, options->output.unordered);
    run->answers = options->run.no_dedup ? NULL : answers_new();
    double known = 0;
    if (options->adapt.search)
        known = estimate_load(options->transport.endpoint, run->user,
                              (int64_t)time(NULL));
    adapt_init(&run->adapt, &options->adapt, known, now_ns);
    query_init(&run->control);
    run->rate = adapt_rate(&run->adapt);
    limiter_init(&run->limiter, run->rate, TAU_NS, now_ns);
    double expected = expected_rate(&options->adapt);
    gate_init(&run->gate, &options->gate, expected, now_ns);
    retry_init(&run->retry, &options->retry, expected);
    run->random = now_ns ^ (uint64_t)getpid() << 32;
    sample_init(&run->sample, &options->sample, run->random);
    timeline_init(&run->timeline, now_ns);
    run->started_ns = now_ns;
    run->started_ms = run_wall_ms();
    run->slots.now = run_slots(run);
}

/* Whatever takes this program over shall not change other files. */
static void drop_rights(const struct run *run)
{
    const struct options *options = run->options;
    const char *files[2 + ACCOUNT_FILES] = {output_partial_name(run->output)};
    if (options->no_sandbox) {
        diag_debug("sandbox: switched off by --no-sandbox");
        return;
    }
    char *estimate = options->adapt.search
                         ? estimate_path(options->transport.endpoint, run->user,
                                         true)
                         : NULL;
    files[1] = estimate;
    for (size_t i = 0; run->account && i < ACCOUNT_FILES; i++)
        files[2 + i] = account_file(run->account, i);
    int version = sandbox_enter(files, sizeof files / sizeof files[0]);
    if (version < 0)
        diag_debug("sandbox: none: %s", strerror(errno));
    else
        diag_debug("sandbox: Landlock %d: writes where the output is, runs no "
                   "program",
                   version);
    free(estimate);
}

enum status run_open(struct run **run, const struct options *options)
{
    struct run *made = mem_alloc(sizeof *made);
    made->options = options;
    /* libuv aborts when it is out of memory; these say so */
    (void)uv_replace_allocator(mem_alloc_bare, mem_realloc, mem_alloc_array,
                               free);
    if (uv_loop_init(&made->loop)) {
        free(made);
        *run = NULL;
        return diag_fail(STATUS_IO, "the event loop cannot start: %s",
                         strerror(errno));
    }
    *run = made;
    enum status status = open_parts(made);
    if (status)
        return status;
    init_policies(made);
    drop_rights(made);
    return STATUS_OK;
}

static void close_handle(uv_handle_t *handle, void *ctx)
{
    (void)ctx;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void close_handles(struct run *run)
{
    transport_close(run->transport);
    if (run->input)
        input_close(run->input);
    uv_walk(&run->loop, close_handle, NULL);
    while (uv_loop_alive(&run->loop)) /* a stop may be pending still */
        (void)uv_run(&run->loop, UV_RUN_DEFAULT);
    int busy = uv_loop_close(&run->loop);
    assert(!busy); /* every handle was closed */
    (void)busy;
}

/* Why the run ended before its last row, for people; NULL when it did not. */
static const char *end_reason(const struct run *run, char *text, size_t size)
{
    static const char *const reasons[] = {
        [GATE_LOGIN] = NULL, /* two, below */
        [GATE_UNREACHABLE] = "the service cannot be reached",
        [GATE_RATE_LIMITED] = "the service refuses for longer than "
                              "--give-up-after, or asked for more than 10 min",
        [GATE_REJECTED] = "the service rejects most requests: is the endpoint "
                          "the service?",
        [GATE_PROXY] = "the proxy wants a login (407), which it cannot be "
                       "given",
        [GATE_DEADLINE] = "the --deadline has passed",
        [GATE_MAX_QUERIES] = "--max-queries is reached",
    };
    enum gate_end end = run->gate.end;
    if (end == GATE_RUNNING)
        return NULL;
    if (end == GATE_LOGIN)
        return run->gate.forbidden_run > 0
                   ? "permission refused (403): does the account have the "
                     "CONNECT permission; is a rule bound to a client id or "
                     "this address; did a policy change a moment ago?"
                   : "login refused (401): check -u and the password";
    if (end == GATE_RATE_LIMITED && adapt_is_hopeless(&run->adapt))
        return "too many refusals (429) even at the slowest rate: others use "
               "the quota up";
    if (end == GATE_UNREACHABLE && !run->detail[0])
        return run->options->transport.proxy
                   ? "the proxy, or the service behind it, gives errors or "
                     "pages instead of answers"
                   : "the service gives errors or pages instead of answers; is "
                     "the endpoint the service?";
    if (end != GATE_UNREACHABLE)
        return reasons[end];
    const char *proxy = run->options->transport.proxy;
    (void)snprintf(text, size, "%s%s%s: %s", reasons[end],
                   proxy ? " through " : "", proxy ? proxy : "", run->detail);
    return text;
}

static int status_of(const struct run *run)
{
    if (run->failed)
        return (int)run->failed;
    if (run->signal)
        return 128 + run->signal;
    if (run->gate.end == GATE_LOGIN)
        return STATUS_LOGIN;
    if (run->gate.end != GATE_RUNNING)
        return STATUS_GAVE_UP;
    if (fail_if_any(run->options->fail_if, &run->stats))
        return STATUS_CONDITION;
    return stats_failed_rows(&run->stats) > 0 ? STATUS_ROWS : STATUS_OK;
}

/* options_value_fn */
static void tell_setting(const char *name, const char *value, void *ctx)
{
    account_setting(ctx, name, value);
}

/* Writes the files about the run; their failure is its status, too. */
static void write_account(struct run *run, struct summary *summary)
{
    if (!run->account)
        return;
    options_each_given(run->options, tell_setting, run->account);
    if (account_write(run->account, summary))
        run->failed = STATUS_IO;
}

/* Ends the output and says how it went; returns the exit status. */
static int conclude(struct run *run)
{
    run_sync_wait(run); /* the descriptor is closed next */
    bool complete = !run_must_end(run);
    char reason[256];
    diag_live(NULL);
    if (run->output_state != OUTPUT_FAILED && !run->left) {
        enum output_result result = output_finish(run->output, complete);
        if (run->output_state != OUTPUT_CLOSED)
            run->output_state = result;
        if (result == OUTPUT_FAILED)
            run->failed = STATUS_IO;
    }
    if (run->options->adapt.search && adapt_estimate(&run->adapt) > 0)
        estimate_save(run->options->transport.endpoint, run->user,
                      adapt_estimate(&run->adapt), (int64_t)time(NULL));
    run_tell_slots(run);
    struct summary summary = run_summary(run);
    summary.status = (enum status)status_of(run);
    if (run->failed == STATUS_USAGE)
        return STATUS_USAGE; /* it was said why; nothing was done */
    summary.ended = end_reason(run, reason, sizeof reason);
    if (!complete && run->stats.rows > 0)
        summary.partial = output_partial_name(run->output);
    summary.resumable = output_is_resumable(run->output);
    write_account(run, &summary);
    if (run->output_state != OUTPUT_CLOSED)
        summary_print(&summary);
    return (int)summary.status;
}

int run_close(struct run *run, int *signal)
{
    int status = run->phase > RUN_OPENING ? conclude(run) : 0;
    *signal = run->output_state == OUTPUT_CLOSED ? SIGPIPE : 0;
    close_handles(run);
    transport_free(run->transport);
    input_free(run->input);
    input_earlier_close(run->earlier);
    output_free(run->output);
    account_free(run->account);
    window_release(&run->window);
    answers_free(run->answers);
    answers_free(run->previous);
    sample_release(&run->sample);
    retry_release(&run->retry);
    query_release(&run->control);
    rate_group_leave(run->group);
    free(run->user);
    free(run);
    uv_library_shutdown(); /* joins the pool's thread; nothing loops after */
    return status;
}

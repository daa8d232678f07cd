/*
 * The summary's exact lines, and when they are shown.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "diag.h"
#include "file.h"
#include "query.h"
#include "stats.h"
#include "summary.h"

#define S INT64_C(1000000000)

static const struct stats clean = {
    .rows = 3,
    .online = 2,
    .offline = 1,
    .errors = {[QUERY_ANSWERED] = 3},
    .sent = 3,
    .answered = 3,
    .last_sent_ns = 2 * S,
    .latency = {[111] = 3},
    .latency_count = 3,
};

static const struct stats mixed = {
    .rows = 10000,
    .online = 6998,
    .offline = 2990,
    .errors = {[QUERY_ANSWERED] = 9988,
               [QUERY_TIMEOUT] = 7,
               [QUERY_SERVER_ERROR] = 2,
               [QUERY_BAD_ROW] = 2,
               [QUERY_NOT_ATTEMPTED] = 1},
    .sent = 10024,
    .answered = 9988,
    .refused = 3,
    .retried = 9,
    .last_sent_ns = 50 * S,
};

static const struct stats refused = {
    .rows = 1000,
    .online = 1000,
    .errors = {[QUERY_ANSWERED] = 1000},
    .copies = 400,
    .sent = 1000,
    .answered = 980,
    .refused = 20,
    .retried = 20,
    .last_sent_ns = 999 * S / 200,
};

static const struct stats all_refused = {
    .rows = 1,
    .errors = {[QUERY_RATE_LIMITED] = 1},
    .sent = 200,
    .refused = 200,
    .last_sent_ns = S,
};

static const struct stats few_refused = {
    .rows = 1,
    .online = 1,
    .errors = {[QUERY_ANSWERED] = 1},
    .sent = 200,
    .refused = 1,
    .last_sent_ns = 199 * S / 100,
};

static const struct stats empty = {0};

#define MIXED_TOTALS                                                           \
    "mqstat: 10,000 rows: 6,998 online, 2,990 offline, 12 failed in 50.1 s; "  \
    "10,024 requests (1.00 per answered row), 3 refused, 9 retried, 200/s\n"
#define MIXED_KINDS                                                            \
    "mqstat:   7 timeout: no answer in time; ask again later, or raise "       \
    "--timeout\n"                                                              \
    "mqstat:   2 server_error: the service failed (5xx); ask again later\n"    \
    "mqstat:   2 bad_row: row not readable, so not sent; correct the input "   \
    "(-v names the lines)\n"                                                   \
    "mqstat:   1 not_attempted: the run ended first; ask again\n"
#define CLEAN_TOTALS                                                           \
    "mqstat: 3 rows: 2 online, 1 offline in 2.0 s; 3 requests (1.00 per "      \
    "answered row), 1/s\n"
#define LOSS                                                                   \
    "mqstat: 2.0 % of the requests were refused (429): devices' own QoS 0 "    \
    "messages may have been dropped; use a --rate below 193/s\n"

static const struct {
    const char *name;
    enum diag_level level;
    struct summary summary;
    const char *said;
} cases[] = {
    {"success is silent",
     DIAG_NORMAL,
     {.stats = &clean, .elapsed_ns = 2 * S},
     ""},
    {"success with -v",
     DIAG_VERBOSE,
     {.stats = &clean, .elapsed_ns = 2 * S, .connections = 1234},
     CLEAN_TOTALS "mqstat: latency: p50 1.0 ms, p90 1.0 ms, p99 1.0 ms; 1,234 "
                  "connections\n"},
    {"no rows",
     DIAG_VERBOSE,
     {.stats = &empty},
     "mqstat: 0 rows in 0.0 s; 0 requests\n"},
    {"one line for each kind, most first",
     DIAG_NORMAL,
     {.stats = &mixed, .status = STATUS_ROWS, .elapsed_ns = 501 * S / 10},
     MIXED_TOTALS MIXED_KINDS},
    {"-q", DIAG_QUIET, {.stats = &mixed, .status = STATUS_ROWS}, ""},
    {"ended early, on standard output",
     DIAG_NORMAL,
     {.stats = &mixed,
      .status = STATUS_GAVE_UP,
      .ended = "the deadline has passed",
      .elapsed_ns = 501 * S / 10},
     MIXED_TOTALS
     "mqstat: ended early: the deadline has passed; rows with "
     "not_attempted were not asked; run again with those\n" MIXED_KINDS},
    {"ended by a signal, with a partial",
     DIAG_NORMAL,
     {.stats = &clean,
      .signal = SIGINT,
      .partial = "out.csv.partial",
      .elapsed_ns = 2 * S},
     CLEAN_TOTALS
     "mqstat: ended early: SIGINT; the other rows were not "
     "asked\n"
     "mqstat: rows so far are in out.csv.partial; move or remove it before "
     "the next run\n"},
    {"a later run can go on with it, also with a sample",
     DIAG_NORMAL,
     {.stats = &clean,
      .status = STATUS_GAVE_UP,
      .partial = "out.csv.partial",
      .resumable = true,
      .sampled_of = 4000,
      .seed = 7,
      .elapsed_ns = 2 * S},
     CLEAN_TOTALS
     "mqstat: sampled from 4,000 rows, --seed 7: 66.7 % online, 95 % interval "
     "20.8 to 93.9 %\n"
     "mqstat: rows so far are in out.csv.partial; run "
     "again with --seed 7 --resume to go on\n"},
    {"the output failed: it was said why",
     DIAG_NORMAL,
     {.stats = &clean,
      .status = STATUS_IO,
      .partial = "out.csv.partial",
      .elapsed_ns = 2 * S},
     CLEAN_TOTALS "mqstat: rows so far are in out.csv.partial; move or remove "
                  "it before the next run\n"},
    {"ended by a signal, on standard output",
     DIAG_NORMAL,
     {.stats = &clean, .signal = SIGHUP, .elapsed_ns = 2 * S},
     CLEAN_TOTALS "mqstat: ended early: SIGHUP; rows that are not in the "
                  "output were not asked; run again with those\n"},
    {"losses are told even on success",
     DIAG_NORMAL,
     {.stats = &refused, .rate_per_s = 500},
     LOSS},
    {"but not with -q", DIAG_QUIET, {.stats = &refused, .rate_per_s = 500}, ""},
    {"copies and trimmed ids; the lower of two rates",
     DIAG_VERBOSE,
     {.stats = &refused, .rate_per_s = 100, .trimmed = 2, .elapsed_ns = 5 * S},
     "mqstat: 1,000 rows (400 with an id seen before, 2 trimmed): 1,000 "
     "online, 0 offline in 5.0 s; 1,000 requests (1.00 per answered row), 20 "
     "refused, 20 retried, 200/s\n"
     "mqstat: 2.0 % of the requests were refused (429): devices' own QoS 0 "
     "messages may have been dropped; use a --rate below 96.5/s\n"},
    {"nothing was accepted",
     DIAG_NORMAL,
     {.stats = &all_refused, .status = STATUS_GAVE_UP, .elapsed_ns = S},
     "mqstat: 1 row: 0 online, 0 offline, 1 failed in 1.0 s; 200 requests, "
     "200 refused, 199/s\n"
     "mqstat:   1 rate_limited: the service kept refusing (429); ask again "
     "later, with a lower --rate\n"
     "mqstat: 100.0 % of the requests were refused (429): devices' own QoS 0 "
     "messages may have been dropped; use a lower --rate\n"},
    {"a single refusal is nothing", DIAG_NORMAL, {.stats = &few_refused}, ""},
};

/* What print says on standard error. */
static const char *listen_to(void (*print)(const struct summary *summary),
                             const struct summary *summary)
{
    static char text[16384];
    int ends[2];
    int old = dup(STDERR_FILENO);
    assert_true(old >= 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    (void)close(ends[1]);
    print(summary);
    assert_int_equal(dup2(old, STDERR_FILENO), STDERR_FILENO);
    (void)close(old);
    ssize_t got = file_read(ends[0], text, sizeof text - 1);
    assert_true(got >= 0);
    text[got] = '\0';
    for (ssize_t more = got; more > 0; text[got] = '\0') {
        more = file_read(ends[0], text + got, sizeof text - 1 - (size_t)got);
        got += more;
    }
    (void)close(ends[0]);
    return text;
}

static void test_summaries(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        diag_setup("mqstat", cases[i].level);
        assert_string_equal(listen_to(summary_print, &cases[i].summary),
                            cases[i].said);
    }
    diag_setup("mqstat", DIAG_NORMAL);
}

/* Every code has its line, and no line is so long that it is cut. */
static void test_advice_for_every_code(void **state)
{
    (void)state;
    struct stats stats = {.rows = QUERY_ERROR_COUNT - 1};
    struct summary summary = {.stats = &stats, .status = STATUS_ROWS};
    for (enum query_error i = QUERY_RATE_LIMITED; i < QUERY_ERROR_COUNT; i++)
        stats.errors[i] = 1;
    const char *said = listen_to(summary_print, &summary);
    for (enum query_error i = QUERY_RATE_LIMITED; i < QUERY_ERROR_COUNT; i++) {
        char start[64] = "mqstat:   1 ";
        (void)strcat(start, query_error_name(i));
        (void)strcat(start, ": ");
        const char *line = strstr(said, start);
        assert_non_null(line);
        assert_null(strstr(line, "(null)"));
        assert_true(strcspn(line, "\n") < 200);
        assert_true(line[strcspn(line, "\n") - 1] != '.');
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_advice_for_every_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

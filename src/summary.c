/*
 * What the run tells people at its end.
 *
 * Responsible for wording: totals, why it ended early and how to go on, one
 * line for each kind of failure however many rows it has. Not for counting
 * (see stats.c). The invariant: a successful run without a terminal prints
 * nothing here, but for the warning that devices may have lost messages;
 * every other end prints it all, unless -q.
 */
#include "summary.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "units.h"

enum {
    LINE_MAX_BYTES = 4096,
    SHARE_BYTES = 64,
    REFUSED_MIN_SENT = 200, /* fewer say nothing about a share */
    REFUSED_WARN_ONE_IN = 200
};

/* Hold this far below the rate that was accepted. */
static const double safe_share = 0.985;

/* What the rows of a kind have met, and what to do about it. */
static const char *const advice[QUERY_ERROR_COUNT] = {
    [QUERY_ANSWERED] = "",
    [QUERY_RATE_LIMITED] = "the service kept refusing (429); ask again later, "
                           "with a lower --rate",
    [QUERY_UNAUTHORIZED] = "user name or password wrong (401); check -u and "
                           "the password",
    [QUERY_FORBIDDEN] = "no permission (403); check the account's CONNECT "
                        "permission, rules bound to a client id or to this "
                        "address, and policies changed a moment ago",
    [QUERY_NOT_FOUND] = "the service does not know the id (404); check the "
                        "ids, or count them as offline with --not-found "
                        "offline",
    [QUERY_HTTP_ERROR] = "unexpected status, see http_status; check the "
                         "endpoint",
    [QUERY_SERVER_ERROR] = "the service failed (5xx); ask again later",
    [QUERY_TIMEOUT] = "no answer in time; ask again later, or raise --timeout",
    [QUERY_DNS_FAILED] = "host name not resolved; check the endpoint and DNS, "
                         "then ask again",
    [QUERY_CONNECT_FAILED] = "no connection; check the endpoint, its port and "
                             "firewalls, then ask again",
    [QUERY_TLS_FAILED] = "server not trusted, or --cert not accepted; check "
                         "the endpoint's name, --cacert, --cert and this "
                         "machine's clock",
    [QUERY_CONNECTION_LOST] = "connection broke before the answer; ask again "
                              "later",
    [QUERY_BAD_RESPONSE] = "not an answer of the service; check that the "
                           "endpoint is the service, not a portal or proxy",
    [QUERY_BAD_CLIENT_ID] = "cannot be a client id (empty, not UTF-8, too "
                            "long, . or ..), so not sent; correct the input "
                            "(--dry-run -v names the lines)",
    [QUERY_BAD_ROW] = "row not readable, so not sent; correct the input (-v "
                      "names the lines)",
    [QUERY_NOT_ATTEMPTED] = "the run ended first; ask again",
};

const char *summary_advice(enum query_error error)
{
    return advice[error];
}

/* Adds `, 12 failed` for a count that is not 0. */
static void add_count(struct buf *line, uint64_t count, const char *what)
{
    if (count == 0)
        return;
    (void)buf_printf(line, ", %s %s", units_format_count(count).text, what);
}

/* How many of the rows were not asked for as they stand. */
static void add_apart(struct buf *line, const struct summary *summary)
{
    const struct {
        uint64_t count;
        const char *what;
    } parts[] = {
        {summary->stats->copies, "with an id seen before"},
        {summary->stats->earlier, "done by an earlier run"},
        {summary->trimmed, "trimmed"},
    };
    const char *before = " (";
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].count == 0)
            continue;
        (void)buf_printf(line, "%s%s %s", before,
                         units_format_count(parts[i].count).text,
                         parts[i].what);
        before = ", ";
    }
    if (*before == ',')
        (void)buf_putc(line, ')');
}

static void add_rows(struct buf *line, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    (void)buf_printf(line, "%s row%s", units_format_count(stats->rows).text,
                     stats->rows == 1 ? "" : "s");
    if (stats->rows == 0)
        return;
    add_apart(line, summary);
    (void)buf_printf(line, ": %s online, %s offline",
                     units_format_count(stats->online).text,
                     units_format_count(stats->offline).text);
    add_count(line, stats_failed_rows(stats), "failed");
}

static void add_requests(struct buf *line, const struct stats *stats)
{
    uint64_t answered = stats->online + stats->offline;
    (void)buf_printf(line, "; %s request%s",
                     units_format_count(stats->sent).text,
                     stats->sent == 1 ? "" : "s");
    if (answered > 0 && stats->earlier == 0)
        (void)buf_printf(line, " (%.2f per answered row)",
                         (double)stats->sent / (double)answered);
    add_count(line, stats->refused, "refused");
    add_count(line, stats->retried, "retried");
    double rate = stats_rate_per_s(stats);
    if (rate > 0)
        (void)buf_printf(line, ", %s", units_format_rate(rate).text);
}

/* The totals, NUL-terminated. */
static void make_totals(struct buf *line, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    buf_init(line, LINE_MAX_BYTES); /* far more than can come */
    add_rows(line, summary);
    (void)buf_printf(line, " in %s",
                     units_format_duration(summary->elapsed_ns).text);
    add_requests(line, stats);
    (void)buf_putc(line, '\0');
}

const char *summary_signal_name(int number)
{
    static const char *const names[] = {
        [SIGHUP] = "SIGHUP",
        [SIGINT] = "SIGINT",
        [SIGQUIT] = "SIGQUIT",
        [SIGTERM] = "SIGTERM",
    };
    return names[number];
}

/* Where the rows are, and how to go on. */
static void print_partial(const struct summary *summary)
{
    const char *partial = summary->partial;
    if (partial && !summary->resumable)
        diag_warn("rows so far are in %s; move or remove it before the next "
                  "run",
                  partial);
    else if (partial && summary->sampled_of > 0)
        diag_warn("rows so far are in %s; run again with --seed %" PRIu64
                  " --resume to go on",
                  partial, summary->seed);
    else if (partial)
        diag_warn("rows so far are in %s; run again with --resume to go on",
                  partial);
}

/* Why the run ended early, and how to go on. */
static void print_early_end(const struct summary *summary)
{
    const char *why = summary->ended;
    const char *missing = ""; /* every row of the input was asked */
    if (!why && summary->signal != 0)
        why = summary_signal_name(summary->signal);
    if (summary->stats->rows == 0)
        missing = "; no row was written; run again";
    else if (summary->partial)
        missing = "; the other rows were not asked";
    else if (summary->stats->errors[QUERY_NOT_ATTEMPTED] > 0)
        missing = "; rows with not_attempted were not asked; run again with "
                  "those";
    else if (summary->signal)
        missing = "; rows that are not in the output were not asked; run "
                  "again with those";
    if (why)
        diag_warn("ended early: %s%s", why, missing);
    print_partial(summary);
}

enum query_error summary_next_kind(const struct stats *stats, bool *told)
{
    enum query_error best = QUERY_ANSWERED;
    for (enum query_error i = QUERY_ANSWERED + 1; i < QUERY_ERROR_COUNT; i++) {
        if (told[i] || stats->errors[i] == 0)
            continue;
        if (best == QUERY_ANSWERED || stats->errors[i] > stats->errors[best])
            best = i;
    }
    told[best] = true;
    return best;
}

static void print_failures(const struct stats *stats)
{
    bool printed[QUERY_ERROR_COUNT] = {false};
    int width = 0;
    for (;;) {
        enum query_error kind = summary_next_kind(stats, printed);
        if (kind == QUERY_ANSWERED)
            return;
        struct units_text count = units_format_count(stats->errors[kind]);
        if (width == 0)
            width = (int)strlen(count.text); /* the largest comes first */
        diag_warn("  %*s %s: %s", width, count.text, query_error_name(kind),
                  advice[kind]);
    }
}

/* A share is told as one, with the rows that it is of. */
static void print_conditions(const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    const char *text = summary->fail_if;
    struct fail_if condition;
    if (summary->status != STATUS_CONDITION)
        return;
    while (text && fail_if_next(&text, &condition) > 0) {
        uint64_t found = fail_if_count(&condition, stats);
        double share = stats->rows > 0 ? 100.0 / (double)stats->rows : 0;
        if (!fail_if_holds(&condition, stats))
            continue;
        diag_warn("--fail-if %.*s holds: %s of %s rows (%.4g %%)",
                  (int)condition.len, condition.text,
                  units_format_count(found).text,
                  units_format_count(stats->rows).text, share * (double)found);
    }
}

/* What share of the requests was refused is what the devices met, too. */
static void warn_of_losses(const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    if (stats->sent < REFUSED_MIN_SENT ||
        stats->refused <= stats->sent / REFUSED_WARN_ONE_IN)
        return;
    double share = (double)stats->refused / (double)stats->sent;
    double rate = stats_rate_per_s(stats);
    if (rate <= 0 || (summary->rate_per_s > 0 && summary->rate_per_s < rate))
        rate = summary->rate_per_s;
    char safe[SHARE_BYTES] = "a lower --rate";
    double safe_rate = safe_share * rate * (1 - share);
    if (safe_rate > 0)
        (void)snprintf(safe, sizeof safe, "a --rate below %s",
                       units_format_rate(safe_rate).text);
    diag_warn("%.1f %% of the requests were refused (429): devices' own QoS 0 "
              "messages may have been dropped; use %s",
              share * 100, safe);
}

typedef void (*say_fn)(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* What the sample says about the rows that it was drawn from. */
static void print_sample(const struct summary *summary, say_fn say)
{
    const struct stats *stats = summary->stats;
    uint64_t answered = stats->online + stats->offline;
    char share[SHARE_BYTES] = "no answers";
    double low;
    double high;
    if (summary->sampled_of == 0)
        return;
    stats_interval(stats->online, answered, &low, &high);
    if (answered > 0)
        (void)snprintf(share, sizeof share,
                       "%.1f %% online, 95 %% interval %.1f to %.1f %%",
                       100 * (double)stats->online / (double)answered,
                       100 * low, 100 * high);
    say("sampled from %s rows, --seed %" PRIu64 ": %s",
        units_format_count(summary->sampled_of).text, summary->seed, share);
}

/* What became of the fleet since the earlier run. */
static void print_changes(const struct summary *summary, say_fn say)
{
    struct buf line;
    if (!summary->compared)
        return;
    buf_init(&line, LINE_MAX_BYTES);
    for (int i = QUERY_CHANGE_COUNT - 1; i >= 0; i--)
        (void)buf_printf(&line, ", %s %s",
                         units_format_count(summary->stats->changes[i]).text,
                         query_change_name((enum query_change)i));
    (void)buf_putc(&line, '\0');
    say("since the previous run: %s", line.data + 2);
    buf_release(&line);
}

static void print_latency(const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    double ms = (double)UNITS_NS_PER_MS;
    if (stats->latency_count == 0)
        return;
    diag_debug("latency: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; "
               "%s connection%s",
               (double)stats_latency_ns(stats, 0.50) / ms,
               (double)stats_latency_ns(stats, 0.90) / ms,
               (double)stats_latency_ns(stats, 0.99) / ms,
               units_format_count(summary->connections).text,
               summary->connections == 1 ? "" : "s");
}

void summary_print(const struct summary *summary)
{
    struct buf totals;
    bool success = summary->status == STATUS_OK && summary->signal == 0 &&
                   !summary->ended;
    say_fn say = success ? diag_note : diag_warn;
    make_totals(&totals, summary);
    say("%s", totals.data);
    buf_release(&totals);
    print_sample(summary, say);
    print_changes(summary, say);
    print_latency(summary);
    print_early_end(summary);
    print_conditions(summary);
    print_failures(summary->stats);
    warn_of_losses(summary);
}

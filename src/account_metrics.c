/*
 * The run as metrics, for the textfile collector of a node exporter.
 *
 * Responsible for the text format 0.0.4 of Prometheus: one HELP and TYPE for
 * each name, base units, no timestamps. All are of the last run, so all but
 * the histogram are gauges. The histogram's bounds are powers of two of
 * microseconds, where the buckets of stats begin, so its counts are exact.
 */
#include <inttypes.h>

#include "account_view.h"
#include "version.h"

enum {
    BOUND_LEAST_US = 1 << 9, /* 0.5 ms */
    BOUND_MOST_US = 1 << 26  /* 67 s */
};

static void put_head(struct buf *out, const char *name, const char *type,
                     const char *help)
{
    (void)buf_printf(out, "# HELP mqstat_run_%s %s\n# TYPE mqstat_run_%s %s\n",
                     name, help, name, type);
}

static void put_gauge(struct buf *out, const char *name, const char *help,
                      double value)
{
    put_head(out, name, "gauge", help);
    (void)buf_printf(out, "mqstat_run_%s %.16g\n", name, value);
}

static void put_part(struct buf *out, const char *name, const char *label,
                     const char *part, uint64_t count)
{
    (void)buf_printf(out, "mqstat_run_%s{%s=\"%s\"} %" PRIu64 "\n", name, label,
                     part, count);
}

static void put_rows(struct buf *out, const struct stats *stats)
{
    put_head(out, "rows", "gauge", "Result rows, by what the client is.");
    put_part(out, "rows", "result", "online", stats->online);
    put_part(out, "rows", "result", "offline", stats->offline);
    put_part(out, "rows", "result", "unknown", stats_failed_rows(stats));
    put_head(out, "failed_rows", "gauge", "Rows without an answer, by error.");
    for (int i = QUERY_ANSWERED + 1; i < QUERY_ERROR_COUNT; i++)
        put_part(out, "failed_rows", "error",
                 query_error_name((enum query_error)i), stats->errors[i]);
}

static void put_requests(struct buf *out, const struct stats *stats)
{
    put_gauge(out, "requests", "Requests sent.", (double)stats->sent);
    put_gauge(out, "refused_requests", "Requests refused with status 429.",
              (double)stats->refused);
    put_gauge(out, "repeated_requests", "Requests beyond a row's first.",
              (double)stats->retried);
}

static void put_input(struct buf *out, const struct summary *summary)
{
    put_gauge(out, "copied_rows", "Rows that repeat an equal id's answer.",
              (double)summary->stats->copies);
    put_gauge(out, "trimmed_ids", "Ids that --trim changed.",
              (double)summary->trimmed);
    put_gauge(out, "input_bytes", "Bytes of input read.",
              (double)summary->bytes);
}

static void put_latency(struct buf *out, const struct stats *stats)
{
    static const char name[] = "latency_seconds";
    uint64_t seen = 0;
    put_head(out, name, "histogram",
             "Time from sending a request to its whole reply, but 429.");
    size_t bucket = 0;
    for (uint64_t us = BOUND_LEAST_US; us <= BOUND_MOST_US; us *= 2) {
        while (stats_bucket_us(bucket) < us)
            seen += stats->latency[bucket++];
        (void)buf_printf(out,
                         "mqstat_run_%s_bucket{le=\"%.15g\"} %" PRIu64 "\n",
                         name, (double)us / 1e6, seen);
    }
    (void)buf_printf(
        out,
        "mqstat_run_%s_bucket{le=\"+Inf\"} %" PRIu64 "\n"
        "mqstat_run_%s_sum %.9f\nmqstat_run_%s_count %" PRIu64 "\n",
        name, stats->latency_count, name, (double)stats->latency_sum_ns / 1e9,
        name, stats->latency_count);
}

void account_metrics(struct buf *out, const struct summary *summary,
                     const struct account_facts *facts)
{
    (void)facts; /* groups would be labels without bound */
    put_head(out, "info", "gauge", "The program; always 1.");
    put_part(out, "info", "version", MQSTAT_VERSION, 1);
    put_gauge(out, "exit_status", "Exit status of the run; 0 is all answered.",
              account_exit_code(summary));
    put_gauge(out, "start_timestamp_seconds", "When the run began.",
              (double)summary->started_ms / 1e3);
    put_gauge(out, "end_timestamp_seconds", "When the run ended.",
              (double)summary->finished_ms / 1e3);
    put_gauge(out, "duration_seconds", "How long the run took.",
              (double)summary->elapsed_ns / 1e9);
    put_rows(out, summary->stats);
    put_requests(out, summary->stats);
    put_input(out, summary);
    put_latency(out, summary->stats);
}

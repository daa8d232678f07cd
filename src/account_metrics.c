/*
 * The run as metrics, for the textfile collector of a node exporter.
 *
 * Responsible for the text format 0.0.4 of Prometheus: one HELP and TYPE for
 * each name, base units, no timestamps. All are of the last run, so all but
 * the histogram are gauges. The histogram's bounds are powers of two of
 * microseconds, where the buckets of stats begin, so its counts are exact.
 * Groups are left out: they would be labels without bound.
 */
#include <inttypes.h>

#include "account_template.h"
#include "account_view.h"
#include "version.h"

ACCOUNT_TEMPLATE(account_metrics_text, "metrics.prom");

enum {
    BOUND_LEAST_US = 1 << 9, /* 0.5 ms */
    BOUND_MOST_US = 1 << 26  /* 67 s */
};

static void put_errors(struct buf *out, const struct stats *stats)
{
    for (enum query_error i = QUERY_ANSWERED + 1; i < QUERY_ERROR_COUNT; i++)
        (void)buf_printf(out, "\nmqstat_run_failed_rows{error=\"%s\"} %" PRIu64,
                         query_error_name(i), stats->errors[i]);
}

static void put_latencies(struct buf *out, const struct stats *stats)
{
    uint64_t seen = 0;
    size_t bucket = 0;
    for (uint64_t us = BOUND_LEAST_US; us <= BOUND_MOST_US; us *= 2) {
        while (stats_bucket_us(bucket) < us)
            seen += stats->latency[bucket++];
        (void)buf_printf(
            out, "\nmqstat_run_latency_seconds_bucket{le=\"%.15g\"} %" PRIu64,
            (double)us / 1e6, seen);
    }
}

static void set_decimal(struct buf *values, const char *name, double value)
{
    account_set(values, name, units_printf("%.16g", value).text);
}

void account_metrics(struct buf *out, const struct account_facts *facts)
{
    const struct summary *summary = facts->summary;
    const struct stats *stats = summary->stats;
    struct account_count counts[ACCOUNT_COUNTS];
    struct buf values;
    buf_init(&values, ACCOUNT_VIEW_MAX_BYTES);
    account_counts(summary, counts);
    for (size_t i = 0; i < ACCOUNT_COUNTS; i++)
        set_decimal(&values, counts[i].name, (double)counts[i].value);
    account_set(&values, "version", MQSTAT_VERSION);
    set_decimal(&values, "exit_code", account_exit_code(summary));
    set_decimal(&values, "started", (double)summary->started_ms / 1e3);
    set_decimal(&values, "finished", (double)summary->finished_ms / 1e3);
    set_decimal(&values, "duration", (double)summary->elapsed_ns / 1e9);
    set_decimal(&values, "replies", (double)stats->latency_count);
    set_decimal(&values, "latency", (double)stats->latency_sum_ns / 1e9);
    account_begin(&values, "errors");
    put_errors(&values, stats);
    account_begin(&values, "latencies");
    put_latencies(&values, stats);
    account_end(&values);
    account_fill(out, account_metrics_text, &values);
    buf_release(&values);
}

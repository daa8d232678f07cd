/*
 * Counters and the latency histogram: the one source for the summary, the
 * status line and the reports.
 */
#ifndef MQSTAT_STATS_H
#define MQSTAT_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query.h"

enum {
    STATS_BUCKETS = 432 /* 1 us to 2^30 us (18 min); see stats.c */
};

struct stats {
    uint64_t rows; /* results, all kinds */
    uint64_t online;
    uint64_t offline;
    uint64_t errors[QUERY_ERROR_COUNT]; /* rows by code; [0]: answered */
    uint64_t copies;                    /* rows that repeat an equal id's */
    uint64_t earlier;                   /* rows that an earlier run has done */
    uint64_t changes[QUERY_CHANGE_COUNT]; /* rows by what became of them */
    uint64_t sent;                        /* requests, all kinds */
    uint64_t answered;                    /* requests that ended in an answer */
    uint64_t refused;                     /* requests that got 429 */
    uint64_t retried;                     /* requests beyond a row's first */
    uint64_t first_sent_ns;               /* monotonic; while sent > 0 */
    uint64_t last_sent_ns;
    uint64_t last_done_ns; /* 0: no reply yet */
    uint64_t replies;      /* of any kind, time-outs and losses too */
    uint64_t held_ns;      /* how long they kept their slots, in all */
    uint64_t latency[STATS_BUCKETS];
    uint64_t latency_count;
    int64_t latency_sum_ns;
};

/* Counts a finished row. */
void stats_row(struct stats *stats, const struct query *query);

/* Counts a request that is being sent. */
void stats_sent(struct stats *stats, bool again, uint64_t now_ns);

/*
 * Counts what became of a request, from the query's error: answered (with
 * its latency), refused (QUERY_RATE_LIMITED) or neither.
 */
void stats_reply(struct stats *stats, const struct query *query,
                 uint64_t now_ns);

/* Rows whose client came online or went offline since the earlier run. */
uint64_t stats_changed_rows(const struct stats *stats);

/* Rows with an error other than none. */
uint64_t stats_failed_rows(const struct stats *stats);

/*
 * The latency below which share (0..1) of the answers lie; 0 without any.
 * Exact to 1 us or one thirty-second, up to 18 min.
 */
int64_t stats_latency_ns(const struct stats *stats, double share);

/* The least latency, in microseconds, that counts in this bucket. */
uint64_t stats_bucket_us(size_t bucket);

/* How long a request keeps its slot on average, however it ends; 0 without
 * any. By Little's law, times the rate, the slots that are needed. */
int64_t stats_held_ns(const struct stats *stats);

/* Requests sent per second, first to last; 0 for fewer than two. */
double stats_rate_per_s(const struct stats *stats);

/*
 * Where the true share of hits lies with 95 % confidence, when n were drawn
 * at random: Wilson's score interval (1927). 0 to 1 for n = 0.
 */
void stats_interval(uint64_t hits, uint64_t n, double *low, double *high);

#endif

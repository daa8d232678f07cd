/*
 * Counters and the latency histogram.
 *
 * Responsible for counting; has no clock and prints nothing. The invariants:
 * rows = sum of errors[], errors[QUERY_ANSWERED] = online + offline.
 *
 * The trick: log-linear buckets, 16 steps for each power of two of
 * microseconds, so that a bucket's width is at most a sixteenth of its
 * value and its middle is off by at most half of that. Below 16 us a bucket
 * is 1 us. Worked example: 1,000 us = binary 1111101000, highest bit 9;
 * the four bits behind it, 1111, are step 15 of group 9 - 3 = 6, so bucket
 * 6 * 16 + 15 = 111, which holds 992 to 1,023 us and is read as 1,008 us.
 */
#include "stats.h"

#include <math.h>

enum {
    STEP_BITS = 4,
    STEPS = 1 << STEP_BITS,
    US_BITS = STATS_BUCKETS / STEPS + STEP_BITS - 1 /* 2^30 us and more: last */
};

static size_t bucket_of(int64_t latency_ns)
{
    uint64_t us = (uint64_t)latency_ns / 1000;
    if (us < STEPS)
        return (size_t)us;
    if (us >> US_BITS)
        return STATS_BUCKETS - 1;
    unsigned highest = 63U - (unsigned)__builtin_clzll(us);
    unsigned shift = highest - STEP_BITS;
    return (size_t)shift * STEPS + (size_t)(us >> shift);
}

static unsigned bucket_shift(size_t bucket)
{
    return bucket < STEPS ? 0 : (unsigned)(bucket / STEPS) - 1;
}

uint64_t stats_bucket_us(size_t bucket)
{
    unsigned shift = bucket_shift(bucket);
    return (uint64_t)(bucket - (size_t)shift * STEPS) << shift;
}

void stats_row(struct stats *stats, const struct query *query)
{
    stats->rows++;
    stats->errors[query->error]++;
    stats->changes[query_change(query)]++;
    if (query->error == QUERY_ANSWERED && query->online)
        stats->online++;
    else if (query->error == QUERY_ANSWERED)
        stats->offline++;
    stats->copies += query_is_copy(query);
}

void stats_sent(struct stats *stats, bool again, uint64_t now_ns)
{
    if (stats->sent++ == 0)
        stats->first_sent_ns = now_ns;
    stats->last_sent_ns = now_ns;
    stats->retried += again;
}

void stats_reply(struct stats *stats, const struct query *query,
                 uint64_t now_ns)
{
    stats->last_done_ns = now_ns;
    stats->replies++;
    stats->held_ns += now_ns - query->started_ns;
    if (query->error == QUERY_RATE_LIMITED)
        stats->refused++;
    stats->answered += query->error == QUERY_ANSWERED;
    if (query->latency_ns < 0 || query->error == QUERY_RATE_LIMITED)
        return;
    stats->latency[bucket_of(query->latency_ns)]++;
    stats->latency_count++;
    stats->latency_sum_ns += query->latency_ns;
}

uint64_t stats_changed_rows(const struct stats *stats)
{
    return stats->changes[QUERY_CAME_ONLINE] +
           stats->changes[QUERY_WENT_OFFLINE];
}

uint64_t stats_failed_rows(const struct stats *stats)
{
    return stats->rows - stats->errors[QUERY_ANSWERED];
}

int64_t stats_held_ns(const struct stats *stats)
{
    return stats->replies > 0 ? (int64_t)(stats->held_ns / stats->replies) : 0;
}

int64_t stats_latency_ns(const struct stats *stats, double share)
{
    if (stats->latency_count == 0)
        return 0;
    double rank = ceil(share * (double)stats->latency_count);
    uint64_t seen = 0;
    size_t last = 0;
    for (size_t i = 0; i < STATS_BUCKETS; i++) {
        if (stats->latency[i] == 0)
            continue;
        last = i;
        seen += stats->latency[i];
        if ((double)seen >= rank)
            break;
    }
    uint64_t width_ns = UINT64_C(1000) << bucket_shift(last);
    return (int64_t)(stats_bucket_us(last) * 1000 + width_ns / 2);
}

double stats_rate_per_s(const struct stats *stats)
{
    if (stats->sent < 2 || stats->last_sent_ns <= stats->first_sent_ns)
        return 0;
    return (double)(stats->sent - 1) * 1e9 /
           (double)(stats->last_sent_ns - stats->first_sent_ns);
}

void stats_interval(uint64_t hits, uint64_t n, double *low, double *high)
{
    static const double z = 1.959963984540054; /* 97.5 % of the normal */
    *low = 0;
    *high = 1;
    if (n == 0)
        return;
    double share = (double)hits / (double)n;
    double of_n = z * z / (double)n;
    double middle = (share + of_n / 2) / (1 + of_n);
    double half = z / (1 + of_n) *
                  sqrt((share * (1 - share) + of_n / 4) / (double)n);
    *low = hits > 0 ? middle - half : 0; /* exactly, not by a rounding */
    *high = hits < n ? middle + half : 1;
}

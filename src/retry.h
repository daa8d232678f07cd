/*
 * Outcome and attempt in, verdict and delay out; the run's retry budget;
 * and the rows that wait for their next attempt, outside any connection.
 * Time and random numbers are passed in.
 */
#ifndef MQSTAT_RETRY_H
#define MQSTAT_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query.h"

struct retry_settings {
    uint64_t retries; /* beyond the first try; 429 not counted */
    double budget;    /* extra requests per success, 0.1 = 10 % */
};

enum retry_verdict {
    RETRY_DONE,  /* the row's result stands */
    RETRY_LATER, /* again, not before delay_ns from now */
    RETRY_FRESH  /* again at once on a new connection, outside the budget */
};

struct retry_decision {
    enum retry_verdict verdict;
    uint64_t delay_ns;
};

/* The facts about an attempt that count. */
struct retry_case {
    enum query_error error;
    bool resend;       /* a kept-alive connection died under it */
    uint32_t tries;    /* failed tries so far, this one included; without
                                429s and resends */
    uint32_t refusals; /* 429s of this row so far, this one included */
    int64_t wait_ns;   /* Retry-After; -1 none */
    double random;     /* uniform in [0, 1) */
};

struct retry_waiter {
    uint64_t due_ns;
    struct query *query; /* borrowed from the window */
};

struct retry {
    struct retry_settings settings;
    double tokens;
    double ceiling;
    /* binary heap, earliest first; owned */
    struct retry_waiter *heap;
    size_t count;
    size_t cap;
};

/* rate_per_s sizes the budget's ceiling: max(50, 2 s of rate). */
void retry_init(struct retry *retry, const struct retry_settings *settings,
                double rate_per_s);
void retry_release(struct retry *retry);

/* An answered request feeds the budget. */
void retry_succeeded(struct retry *retry);

/*
 * Decides; a LATER that is no 429 takes one token from the budget. A 429
 * has no try limit: full jitter, base 0.1 s, doubling to 20 s, or its
 * Retry-After plus up to 10 %, whichever is longer. Other failures that may
 * pass (5xx, time-outs, connections): full jitter, base 0.2 s, cap 10 s.
 */
struct retry_decision retry_decide(struct retry *retry,
                                   const struct retry_case *what);

/* Parks a row until due. */
void retry_park(struct retry *retry, struct query *query, uint64_t due_ns);

/* The earliest due time; UINT64_MAX when nobody waits. */
uint64_t retry_when(const struct retry *retry);

/* The earliest row, due or not; NULL when nobody waits. */
struct query *retry_first(const struct retry *retry);

/* Takes the earliest row, due or not; NULL when nobody waits. */
struct query *retry_take(struct retry *retry);

/*
 * What a Retry-After field says, relative to the response's own Date where
 * it is a date (RFC 9110 section 10.2.3; IMF-fixdate, RFC 850 and asctime
 * forms). date may be NULL; wall_s is our clock, used without a Date.
 * Returns ns; -1 when absent, malformed, negative or past.
 */
int64_t retry_after_parse(const char *value, const char *date, int64_t wall_s);

#endif

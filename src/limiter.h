/*
 * May I start now, and if not, when? GCRA, the generic cell rate algorithm
 * (ITU-T I.371): one number of state, the theoretical arrival time (TAT) of
 * the next start. A start conforms when now >= TAT - tau; it moves TAT to
 * max(TAT, now) + T, with T = 1 / rate.
 *
 * Time is passed in (monotonic ns); nothing here waits or reads a clock.
 * Promise: in every interval of length x there are at most
 * 1 + (x + tau) / T starts.
 */
#ifndef MQSTAT_LIMITER_H
#define MQSTAT_LIMITER_H

#include <stdint.h>

struct limiter {
    uint64_t interval_ns; /* T, rounded up: never faster than told */
    uint64_t tau_ns;      /* catch-up allowance */
    uint64_t tat_ns;
};

/*
 * Starts at now with a full allowance spent: no burst. tau_ns is how far a
 * late start may be made up for; burst = 1 + tau / T.
 */
void limiter_init(struct limiter *limiter, double per_s, uint64_t tau_ns,
                  uint64_t now_ns);

/*
 * Changes the rate. The debt (how far TAT lies ahead) is kept in requests,
 * not in seconds, so that a cut and a raise both act at once.
 */
void limiter_set_rate(struct limiter *limiter, double per_s, uint64_t now_ns);

/* The earliest time of the next start; now or earlier means at once. */
uint64_t limiter_when(const struct limiter *limiter);

/* Counts a start at now (which limiter_when allowed). */
void limiter_take(struct limiter *limiter, uint64_t now_ns);

#endif

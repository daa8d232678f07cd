/*
 * GCRA in integer nanoseconds.
 *
 * Responsible for the spacing of starts and nothing else: who changes the
 * rate, and why, is adapt's. Invariant: a start leaves TAT between one
 * interval and one interval plus tau ahead, so an idle hour or a stalled
 * loop earns no more than tau.
 *
 * Worked example, 200/s (T = 5 ms), tau = 5 ms, all times in ms:
 *
 *     now   TAT - tau   conforms?   TAT afterwards
 *     0     0           yes         max(5, 0) + 5 = 10      (init: TAT = 5)
 *     3     5           no, wait until 5
 *     5     5           yes         max(10, 5) + 5 = 15
 *     40    10          yes         max(15, 40) + 5 = 45    (stalled 30 ms)
 *     40    40          yes         max(45, 40) + 5 = 50    (one caught up)
 *     40    45          no: the other five are forgiven, not repaid
 */
#include "limiter.h"

#include <math.h>

static uint64_t interval_of(double per_s)
{
    return (uint64_t)ceil(1e9 / per_s); /* 1 or more */
}

void limiter_init(struct limiter *limiter, double per_s, uint64_t tau_ns,
                  uint64_t now_ns)
{
    *limiter = (struct limiter){.interval_ns = interval_of(per_s),
                                .tau_ns = tau_ns,
                                .tat_ns = now_ns + tau_ns};
}

void limiter_set_rate(struct limiter *limiter, double per_s, uint64_t now_ns)
{
    uint64_t interval = interval_of(per_s);
    if (limiter->tat_ns > now_ns) {
        double debt = (double)(limiter->tat_ns - now_ns);
        double scale = (double)interval / (double)limiter->interval_ns;
        limiter->tat_ns = now_ns + (uint64_t)ceil(debt * scale);
    }
    limiter->interval_ns = interval;
}

uint64_t limiter_when(const struct limiter *limiter)
{
    return limiter->tat_ns > limiter->tau_ns ? limiter->tat_ns - limiter->tau_ns
                                             : 0;
}

void limiter_take(struct limiter *limiter, uint64_t now_ns)
{
    uint64_t from = limiter->tat_ns > now_ns ? limiter->tat_ns : now_ns;
    limiter->tat_ns = from + limiter->interval_ns;
}

/*
 * TRICKLE: the stop of adapt after a run of refusals, and what follows.
 *
 * Responsible for when single questions are asked and for where the rate
 * goes on when one is accepted.
 */
#include <math.h>

#include "adapt_window.h"
#include "units.h"

static const double KEEP = 0.98;       /* of the estimate after a stop, */
static const double KEEP_AGAIN = 0.95; /* and after another one so soon */
static const uint64_t AGAIN_NS = 3 * UNITS_NS_PER_S;
static const uint64_t TRICKLE_MOST_NS = 20 * UNITS_NS_PER_S;
static const uint64_t EARLY_NS = 2 * UNITS_NS_PER_S;
static const uint64_t EARLY_MOST_NS = 100 * UNITS_NS_PER_MS;
static const uint64_t TRICKLE_FIRST_NS = 50 * UNITS_NS_PER_MS;

void adapt_stop(struct adapt *adapt, uint64_t now_ns)
{
    adapt->trickle = true;
    adapt->trickle_asked = false;
    adapt->trickle_since_ns = now_ns;
    adapt->trickle_interval_ns = TRICKLE_FIRST_NS;
    adapt->trickle_next_ns = now_ns + TRICKLE_FIRST_NS;
    adapt->trickle_accepted = adapt_accepts_per_s(adapt, now_ns);
    adapt_open_window(adapt, now_ns);
    adapt->trickle_tag = adapt->tag;
    adapt->decided = adapt->tag;
    adapt->judging = 0;
}

void adapt_resume(struct adapt *adapt, uint64_t now_ns)
{
    double accepted = adapt->trickle_accepted;
    double rate = adapt->rate;
    double estimate = adapt->estimate;
    bool again = adapt->resumed_ns > 0 &&
                 adapt->trickle_since_ns - adapt->resumed_ns < AGAIN_NS;
    double keep = again ? KEEP_AGAIN : KEEP;
    adapt->resumed_ns = now_ns;
    adapt->trickle = false;
    adapt->trickle_asked = false;
    if (adapt->phase == ADAPT_START)
        adapt_enter(adapt, ADAPT_CLIMB, fmax(accepted, rate / 2), now_ns);
    else if (adapt->phase == ADAPT_CLIMB)
        adapt_hold(adapt, fmax(rate / 2, fmin(accepted, rate / 1.1)), now_ns);
    else
        adapt_hold(adapt, fmax(estimate / 2, fmin(accepted, keep * estimate)),
                   now_ns);
}

void adapt_ask_later(struct adapt *adapt, double random, uint64_t now_ns)
{
    bool early = now_ns - adapt->trickle_since_ns < EARLY_NS;
    uint64_t most = early ? EARLY_MOST_NS : TRICKLE_MOST_NS;
    uint64_t interval = 2 * adapt->trickle_interval_ns;
    adapt->trickle_interval_ns = interval < most ? interval : most;
    adapt->trickle_asked = false;
    adapt->trickle_next_ns = now_ns +
                             (uint64_t)((double)adapt->trickle_interval_ns *
                                        (0.75 + 0.5 * random));
}

void adapt_obey_wait(struct adapt *adapt, uint64_t wait_ns, uint64_t now_ns)
{
    if (now_ns + wait_ns > adapt->trickle_next_ns)
        adapt->trickle_next_ns = now_ns + wait_ns;
}

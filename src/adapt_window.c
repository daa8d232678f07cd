/*
 * What adapt counts: windows, their answers, and the accepts of the last
 * second.
 *
 * Responsible for arithmetic on counters; decides nothing.
 */
#include "adapt_window.h"

#include <math.h>

#include "units.h"

static const double FULL = 0.75;
static const double WINDOW_START_S = 0.5;
static const double WINDOW_MOST_S = 10;
static const double WINDOW_LIMIT_S = 1e9;
static const double STOP_SHARE = 0.02;  /* of all refused, and */
static const double STOP_RECENT = 0.04; /* of late: halve */
static const double STOP_FLOOR = 0.05;  /* of a minute at the floor: give up */
static const double FLOOR_PER_S = 0.5;
static const double FLOOR_SHARE = 0.25; /* of a cap that is as slow */
static const uint64_t STOP_NS = 10 * UNITS_NS_PER_S; /* no transient */
static const uint64_t FLOOR_NS = 60 * UNITS_NS_PER_S;
static const uint64_t SLOT_NS = 50 * UNITS_NS_PER_MS;

enum {
    WINDOW_REQUESTS = 25,
    SLOTS = 32,
    SLOTS_A_SECOND = 20,
    STOP_REQUESTS = 1000,
    FLOOR_ANSWERS = 20 /* of which one may be refused */
};

double adapt_judged(const struct adapt_window *window)
{
    return (double)window->accepted + window->refused;
}

bool adapt_saturated(const struct adapt_window *window)
{
    return window->refused >= fmax(1, 0.01 * adapt_judged(window));
}

bool adapt_was_full(const struct adapt_window *window)
{
    double length_s = (double)window->length_ns / 1e9;
    return window->sent >= FULL * window->rate_per_s * length_s;
}

struct adapt_window *adapt_window_of(struct adapt *adapt, uint32_t tag)
{
    return &adapt->windows[tag % ADAPT_WINDOWS];
}

void adapt_open_window(struct adapt *adapt, uint64_t now_ns)
{
    adapt->tag++;
    *adapt_window_of(adapt, adapt->tag) = (struct adapt_window){
        .opened_ns = now_ns,
        .phase = adapt->phase,
        .rate_per_s = adapt_rate(adapt)};
    /* however slow the run is, a window must hold enough to be judged */
    double least_s = (ADAPT_JUDGED_LEAST + 1) / adapt->rate;
    double wanted_s = WINDOW_REQUESTS / adapt->rate;
    double length_s = adapt->phase == ADAPT_START
                          ? fmax(WINDOW_START_S, least_s)
                          : ceil(fmax(fmax(1, fmin(wanted_s, WINDOW_MOST_S)),
                                      least_s));
    adapt->window_ns = (uint64_t)(fmin(length_s, WINDOW_LIMIT_S) * 1e9);
}

void adapt_count_accept(struct adapt *adapt, uint64_t now_ns)
{
    uint64_t slot = now_ns / SLOT_NS;
    if (adapt->slot[slot % SLOTS] != slot) {
        adapt->slot[slot % SLOTS] = slot;
        adapt->slot_accepts[slot % SLOTS] = 0;
    }
    adapt->slot_accepts[slot % SLOTS]++;
}

double adapt_accepts_per_s(const struct adapt *adapt, uint64_t now_ns)
{
    uint64_t now_slot = now_ns / SLOT_NS;
    double sum = 0;
    for (uint64_t i = 1; i <= SLOTS_A_SECOND && i <= now_slot; i++) {
        uint64_t slot = now_slot - i;
        if (adapt->slot[slot % SLOTS] == slot)
            sum += adapt->slot_accepts[slot % SLOTS];
    }
    return sum;
}

double adapt_floor(const struct adapt *adapt)
{
    return fmin(FLOOR_PER_S, FLOOR_SHARE * adapt->cap);
}

/* Slower than this it will not get, and it is refused all the same. */
static void count_floor(struct adapt *adapt, bool refused, uint64_t now_ns)
{
    if (adapt->rate > adapt_floor(adapt) * 1.01 || adapt->floor_since_ns == 0) {
        adapt->floor_since_ns = now_ns;
        adapt->floor_answers = 0;
        adapt->floor_refused = 0;
        return;
    }
    adapt->floor_answers++;
    adapt->floor_refused += refused;
    if (now_ns - adapt->floor_since_ns < FLOOR_NS ||
        adapt->floor_answers < FLOOR_ANSWERS)
        return;
    adapt->hopeless = adapt->floor_refused > STOP_FLOOR * adapt->floor_answers;
    adapt->floor_since_ns = 0;
}

bool adapt_count_loss(struct adapt *adapt, bool refused, uint64_t now_ns)
{
    if (!adapt->trickle)
        count_floor(adapt, refused, now_ns);
    adapt->answers++;
    adapt->refusals += refused;
    adapt->loss_answers++;
    adapt->loss_refused += refused;
    if (adapt->loss_since_ns == 0)
        adapt->loss_since_ns = now_ns;
    if (!adapt->stated || adapt->loss_answers < STOP_REQUESTS ||
        now_ns - adapt->loss_since_ns < STOP_NS)
        return false;
    bool lost = adapt->loss_refused > STOP_RECENT * adapt->loss_answers &&
                (double)adapt->refusals > STOP_SHARE * (double)adapt->answers;
    bool first = adapt->answers == adapt->loss_answers;
    adapt->loss_answers = 0;
    adapt->loss_refused = 0;
    adapt->loss_since_ns = now_ns;
    return lost && !first && !adapt->trickle;
}

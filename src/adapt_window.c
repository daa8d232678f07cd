/*
 * What adapt counts: a window's answers, and the accepts of the last second.
 *
 * Responsible for arithmetic on counters; decides nothing.
 */
#include "adapt_window.h"

#include <math.h>

#include "units.h"

static const double FULL = 0.75;
static const uint64_t SLOT_NS = 50 * UNITS_NS_PER_MS;

enum {
    SLOTS = 32,
    SLOTS_A_SECOND = 20
};

double adapt_judged(const struct adapt_window *window)
{
    return (double)window->accepted + window->refused;
}

bool adapt_saturated(const struct adapt_window *window)
{
    return window->refused >= fmax(1, 0.01 * adapt_judged(window));
}

bool adapt_was_full(const struct adapt_window *window, uint64_t length_ns)
{
    return window->sent >= FULL * window->rate_per_s * (double)length_ns / 1e9;
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

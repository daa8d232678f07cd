/*
 * The limiter: its worked example, its promise in every window, and what a
 * change of rate keeps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "limiter.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const uint64_t MS = 1000000;
static const uint64_t SECOND = 1000000000;
static const uint64_t TAU = 5000000;
static const uint64_t EPOCH = UINT64_C(77000000000); /* any time of start */

enum {
    WAKES = 1000000
};

static uint64_t random_state = 1;

static uint64_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state * UINT64_C(2685821657736338717);
}

static double random_unit(void)
{
    return (double)(random_next() >> 11) * 0x1p-53;
}

/* Takes all that conforms now; returns how many. */
static uint64_t take_all(struct limiter *limiter, uint64_t now)
{
    uint64_t count = 0;
    for (; limiter_when(limiter) <= now; count++)
        limiter_take(limiter, now);
    return count;
}

/* The table at the head of limiter.c. */
static void works_as_its_example(void **state)
{
    (void)state;
    static const struct {
        uint64_t now_ms;
        uint64_t when_ms; /* TAT - tau */
        bool conforms;
        uint64_t tat_ms; /* afterwards */
    } steps[] = {
        {0, 0, true, 10},    {3, 5, false, 10},  {5, 5, true, 15},
        {40, 10, true, 45},  {40, 40, true, 50}, {40, 45, false, 50},
        {44, 45, false, 50}, {45, 45, true, 55},
    };
    struct limiter limiter;
    limiter_init(&limiter, 200, TAU, EPOCH);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        uint64_t now = EPOCH + steps[i].now_ms * MS;
        assert_int_equal(limiter_when(&limiter), EPOCH + steps[i].when_ms * MS);
        assert_int_equal(limiter_when(&limiter) <= now, steps[i].conforms);
        if (steps[i].conforms)
            limiter_take(&limiter, now);
        assert_int_equal(limiter.tat_ns, EPOCH + steps[i].tat_ms * MS);
    }
}

static const double rates[] = {
    1.0 / 60, 0.1, 0.3,  0.5,  1,    2.5,   7,     10,    33.3,  99.5, 100, 133,
    200,      500, 1000, 4999, 5000, 12345, 19999, 20000, 50000, 1e5,  1e6,
};

/* The next wake: mostly when the limiter said, on a timer's grid or late,
 * sometimes early, rarely after a stall. */
static uint64_t next_wake(const struct limiter *limiter, uint64_t now)
{
    uint64_t when = limiter_when(limiter);
    double kind = random_unit();
    if (kind < 0.002)
        return now + (uint64_t)(random_unit() * 3e9); /* a stall */
    if (kind < 0.2)
        return now + (uint64_t)(random_unit() * 2e6); /* an answer came */
    if (kind < 0.6 || when < now)
        return (when > now ? when : now) + (uint64_t)(random_unit() * 1e6);
    return (when + MS - 1) / MS * MS;
}

/*
 * In every window [t, t + x] there are at most r x + 1 + r tau starts. That
 * is so for all windows at once when n - r t_n never rises more than
 * 1 + r tau above its lowest value so far, both taken at starts.
 */
static void keeps_its_promise_in_every_window(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        double rate = rates[i];
        double most = 1 + rate * (double)TAU / 1e9;
        struct limiter limiter;
        limiter_init(&limiter, rate, TAU, EPOCH);
        uint64_t now = EPOCH;
        double lowest = INFINITY;
        double highest = 0;
        uint64_t starts = 0;
        for (int wake = 0; wake < WAKES / 10; wake++) {
            uint64_t count = take_all(&limiter, now);
            if (count > 0) {
                double before = (double)starts -
                                rate * (double)(now - EPOCH) / 1e9;
                lowest = fmin(lowest, before);
                highest = fmax(highest, before + (double)count - lowest);
                starts += count;
            }
            now = next_wake(&limiter, now);
        }
        assert_true(highest <= most * (1 + 1e-9) + 1e-6);
        assert_true(starts > 0);
    }
}

/* One long run at a rate that changes all the time: the sum of what the
 * rates allowed is kept, with the allowance of the rate in force. */
static void keeps_its_promise_while_the_rate_changes(void **state)
{
    (void)state;
    struct limiter limiter;
    double rate = 100;
    limiter_init(&limiter, rate, TAU, EPOCH);
    uint64_t now = EPOCH;
    double allowed = 0; /* integral of the rate */
    double lowest = 0;
    double starts = 0;
    for (int wake = 0; wake < WAKES; wake++) {
        starts += (double)take_all(&limiter, now);
        lowest = fmin(lowest, starts - allowed);
        assert_true(starts - allowed - lowest <=
                    1 + 20000 * (double)TAU / 1e9 + 1e-3);
        uint64_t next = next_wake(&limiter, now);
        allowed += rate * (double)(next - now) / 1e9;
        now = next;
        if (random_unit() < 0.01) {
            rate = 0.5 * exp(random_unit() * log(40000));
            limiter_set_rate(&limiter, rate, now);
        }
    }
    /* nor is it much slower: stalls alone are forgiven */
    assert_true(starts > 0.2 * allowed);
}

/* Woken when it said, rounded up to whole milliseconds. */
static void reaches_its_rate(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        if (rates[i] < 0.1 || rates[i] > 20000)
            continue;
        struct limiter limiter;
        limiter_init(&limiter, rates[i], TAU, EPOCH);
        uint64_t now = EPOCH;
        uint64_t starts = take_all(&limiter, now) - 1;
        while (starts < 20000) {
            now = (limiter_when(&limiter) + MS - 1) / MS * MS;
            starts += take_all(&limiter, now);
        }
        double reached = (double)starts * 1e9 / (double)(now - EPOCH);
        assert_true(fabs(reached / rates[i] - 1) < 0.001);
    }
}

static void begins_without_a_burst(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        struct limiter limiter;
        limiter_init(&limiter, rates[i], TAU, EPOCH);
        assert_int_equal(limiter_when(&limiter), EPOCH);
        assert_int_equal(take_all(&limiter, EPOCH), 1);
    }
}

static void forgives_an_hour(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        struct limiter limiter;
        limiter_init(&limiter, rates[i], TAU, EPOCH);
        (void)take_all(&limiter, EPOCH);
        uint64_t count = take_all(&limiter, EPOCH + 3600 * SECOND);
        assert_in_range(count, 1, (uint64_t)(rates[i] * 0.005) + 1);
    }
}

static void keeps_the_debt_in_requests(void **state)
{
    (void)state;
    static const struct {
        double from;
        double to;
        uint64_t passed_ms; /* since the start */
        uint64_t wait_ms;   /* from then on */
    } cases[] = {
        {1, 100, 0, 10},       /* a raise acts at once */
        {100, 1, 0, 1000},     /* so does a cut */
        {10, 100, 50, 5},      /* half a request is owed */
        {100, 10, 5, 50},      /* likewise */
        {10, 20, 200, 0},      /* nothing is owed */
        {0.5, 0.5, 500, 1500}, /* no change */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct limiter limiter;
        limiter_init(&limiter, cases[i].from, 0, EPOCH);
        limiter_take(&limiter, EPOCH);
        uint64_t now = EPOCH + cases[i].passed_ms * MS;
        limiter_set_rate(&limiter, cases[i].to, now);
        uint64_t when = limiter_when(&limiter);
        assert_int_equal(when > now ? when - now : 0, cases[i].wait_ms * MS);
    }
}

static void is_never_faster_than_told(void **state)
{
    (void)state;
    for (int i = 0; i < 10000; i++) {
        double rate = exp((random_unit() * 30 - 10) * log(2));
        struct limiter limiter;
        limiter_init(&limiter, rate, TAU, EPOCH);
        assert_true((double)limiter.interval_ns * rate >= 1e9 * (1 - 1e-12));
    }
    struct limiter limiter;
    limiter_init(&limiter, 1e12, TAU, EPOCH); /* --rate auto has no cap */
    assert_int_equal(limiter.interval_ns, 1);
}

static void counts_from_zero(void **state)
{
    (void)state;
    struct limiter limiter;
    limiter_init(&limiter, 100, TAU, 0);
    assert_int_equal(limiter_when(&limiter), 0);
    limiter_set_rate(&limiter, 200, 0);
    assert_int_equal(limiter.tat_ns, TAU / 2);
    assert_int_equal(limiter_when(&limiter), 0);
    limiter_init(&limiter, 1e9, TAU, 0);
    assert_int_equal(limiter.interval_ns, 1);
    limiter_init(&limiter, 3e9, TAU, 0); /* as fast as it gets */
    assert_int_equal(limiter.interval_ns, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_as_its_example),
        cmocka_unit_test(keeps_its_promise_in_every_window),
        cmocka_unit_test(keeps_its_promise_while_the_rate_changes),
        cmocka_unit_test(reaches_its_rate),
        cmocka_unit_test(begins_without_a_burst),
        cmocka_unit_test(forgives_an_hour),
        cmocka_unit_test(keeps_the_debt_in_requests),
        cmocka_unit_test(is_never_faster_than_told),
        cmocka_unit_test(counts_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

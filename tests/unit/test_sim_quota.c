/*
 * The simulator's flow control, in virtual time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/quota.h"

static const uint64_t second_ns = UINT64_C(1000000000);

/* Offers evenly spaced requests and counts the admitted ones. */
static unsigned offer(struct quota *quota, uint64_t from_ns, unsigned per_s,
                      unsigned seconds)
{
    unsigned admitted = 0;
    for (unsigned i = 0; i < per_s * seconds; i++)
        admitted += quota_admit(quota, from_ns + i * (second_ns / per_s));
    return admitted;
}

static const struct {
    enum quota_style style;
    double per_s;
    unsigned offered_per_s;
    unsigned seconds;
    unsigned least;
    unsigned most;
} cases[] = {
    {QUOTA_FIXED, 100, 1000, 10, 1000, 1000},
    {QUOTA_FIXED, 100, 50, 10, 500, 500},
    {QUOTA_FIXED, 2.5, 100, 10, 20, 20},
    {QUOTA_FIXED, 0.5, 100, 10, 5, 5},
    {QUOTA_TOKEN, 100, 1000, 10, 1099, 1100},
    {QUOTA_TOKEN, 0.5, 100, 10, 5, 6},
    {QUOTA_TOKEN01, 100, 1000, 10, 1009, 1010},
    {QUOTA_STRICT, 1000, 5000, 10, 10009, 10010},
    {QUOTA_STRICT, 10, 100, 10, 100, 101},
    {QUOTA_SLIDE, 100, 1000, 10, 1000, 1000},
    {QUOTA_SLIDE, 0.5, 100, 10, 5, 5},
    {QUOTA_SLIDE, 5000, 20000, 3, 15000, 15000},
    {QUOTA_SLIDEALL, 100, 1000, 10, 100, 100},
    {QUOTA_SLIDEALL, 100, 90, 10, 900, 900},
    {QUOTA_SHARD4, 100, 1000, 10, 1000, 1000},
    {QUOTA_SHARD4, 100, 100, 10, 800, 999},
    {QUOTA_FIXED, 0, 100, 2, 0, 0},
    {QUOTA_TOKEN, -1, 100, 2, 200, 200},
};

static void admits_what_the_style_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct quota quota;
        quota_init(&quota, cases[i].style, cases[i].per_s);
        unsigned admitted = offer(&quota, 1000 * second_ns,
                                  cases[i].offered_per_s, cases[i].seconds);
        if (admitted < cases[i].least || admitted > cases[i].most)
            fail_msg("case %zu: %u admitted", i, admitted);
        quota_release(&quota);
    }
}

/* At once, after a long rest. */
static const struct {
    enum quota_style style;
    unsigned burst;
} bursts[] = {
    {QUOTA_FIXED, 1000},  {QUOTA_TOKEN, 1000},    {QUOTA_TOKEN01, 100},
    {QUOTA_SLIDE, 1000},  {QUOTA_SLIDEALL, 1000}, {QUOTA_STRICT, 10},
    {QUOTA_SHARD4, 1000},
};

static void admits_a_burst(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bursts / sizeof bursts[0]; i++) {
        struct quota quota;
        unsigned admitted = 0;
        quota_init(&quota, bursts[i].style, 1000);
        assert_true(quota_admit(&quota, second_ns));
        for (unsigned n = 0; n < 20000; n++)
            admitted += quota_admit(&quota, 60 * second_ns);
        assert_int_equal(admitted, bursts[i].burst);
        quota_release(&quota);
    }
}

/* Half a second before and after a border, fixed windows admit twice. */
static void windows_have_borders(void **state)
{
    (void)state;
    struct quota fixed;
    struct quota slide;
    quota_init(&fixed, QUOTA_FIXED, 100);
    quota_init(&slide, QUOTA_SLIDE, 100);
    uint64_t from_ns = 7 * second_ns + second_ns / 2;
    assert_int_equal(offer(&fixed, from_ns, 1000, 1), 200);
    assert_int_equal(offer(&slide, from_ns, 1000, 1), 100);
    quota_release(&fixed);
    quota_release(&slide);
}

static void changes_at_once(void **state)
{
    (void)state;
    for (int style = QUOTA_FIXED; style <= QUOTA_SHARD4; style++) {
        struct quota quota;
        quota_init(&quota, (enum quota_style)style, 1000);
        (void)offer(&quota, second_ns, 900, 5); /* only for the state */
        quota_change(&quota, 0);
        assert_int_equal(offer(&quota, 6 * second_ns, 100, 1), 0);
        quota_change(&quota, 10);
        unsigned admitted = offer(&quota, 20 * second_ns, 10, 5);
        assert_in_range(admitted, style == QUOTA_SHARD4 ? 30 : 49, 50);
        quota_release(&quota);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(admits_what_the_style_says),
        cmocka_unit_test(admits_a_burst),
        cmocka_unit_test(windows_have_borders),
        cmocka_unit_test(changes_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

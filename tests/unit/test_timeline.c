/*
 * Steps of time: nothing is lost when they merge.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "timeline.h"

#define S UINT64_C(1000000000)

static const uint64_t start_ns = 77 * S;

static void test_steps(void **state)
{
    (void)state;
    struct timeline timeline;
    timeline_init(&timeline, start_ns);
    assert_int_equal(timeline.count, 0);
    timeline_sent(&timeline, 100, start_ns);
    timeline_sent(&timeline, 80, start_ns + S - 1);
    timeline_sent(&timeline, 50, start_ns + 2 * S);
    timeline_refused(&timeline, start_ns + S - 1);
    assert_int_equal(timeline.count, 3);
    assert_int_equal(timeline.step_ns, S);
    assert_int_equal(timeline.steps[0].sent, 2);
    assert_int_equal(timeline.steps[0].refused, 1);
    assert_true(timeline.steps[0].cap_per_s == 100);
    assert_int_equal(timeline.steps[1].sent, 0);
    assert_int_equal(timeline.steps[2].sent, 1);
}

static void test_merging(void **state)
{
    (void)state;
    static const struct {
        uint64_t seconds; /* one request in each, with cap second + 1 */
        uint64_t step_s;
        size_t count;
    } cases[] = {
        {300, 1, 300}, {301, 2, 151},      {600, 2, 300},
        {601, 4, 151}, {100000, 512, 196},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct timeline timeline;
        uint64_t sent = 0;
        uint64_t refused = 0;
        timeline_init(&timeline, start_ns);
        for (uint64_t s = 0; s < cases[i].seconds; s++) {
            timeline_sent(&timeline, (double)s + 1, start_ns + s * S);
            if (s % 3 == 0)
                timeline_refused(&timeline, start_ns + s * S);
        }
        for (size_t j = 0; j < timeline.count; j++) {
            sent += timeline.steps[j].sent;
            refused += timeline.steps[j].refused;
        }
        assert_int_equal(timeline.step_ns, cases[i].step_s * S);
        assert_int_equal(timeline.count, cases[i].count);
        assert_int_equal(sent, cases[i].seconds);
        assert_int_equal(refused, (cases[i].seconds + 2) / 3);
        assert_true(timeline.steps[timeline.count - 1].cap_per_s ==
                    (double)cases[i].seconds);
        assert_true(timeline.steps[0].cap_per_s == (double)cases[i].step_s);
    }
}

/* A long pause merges as often as it takes, at once. */
static void test_pause(void **state)
{
    (void)state;
    struct timeline timeline;
    timeline_init(&timeline, start_ns);
    timeline_sent(&timeline, 9, start_ns);
    timeline_sent(&timeline, 7, start_ns + 86400 * S);
    assert_int_equal(timeline.step_ns, 512 * S);
    assert_int_equal(timeline.count, 86400 / 512 + 1);
    assert_int_equal(timeline.steps[0].sent, 1);
    assert_int_equal(timeline.steps[86400 / 512].sent, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_merging),
        cmocka_unit_test(test_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

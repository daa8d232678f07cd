/*
 * Counters, and the histogram against the exact quantiles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "stats.h"

enum {
    SAMPLES = 5000
};

static void test_rows(void **state)
{
    (void)state;
    static const struct query rows[] = {
        {.online = true, .attempts = 1, .checked_ms = 1},
        {.online = true, .attempts = 0, .checked_ms = 1}, /* a copy */
        {.online = false, .attempts = 2, .checked_ms = 1},
        {.error = QUERY_TIMEOUT,
         .online = true,
         .attempts = 3,
         .checked_ms = 1},
        {.error = QUERY_TIMEOUT, .attempts = 0, .checked_ms = 1}, /* too */
        {.error = QUERY_BAD_ROW},
        {.error = QUERY_NOT_ATTEMPTED},
    };
    struct stats stats = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        stats_row(&stats, &rows[i]);
    assert_int_equal(stats.rows, 7);
    assert_int_equal(stats.online, 2);
    assert_int_equal(stats.offline, 1);
    assert_int_equal(stats.copies, 2);
    assert_int_equal(stats.errors[QUERY_ANSWERED], 3);
    assert_int_equal(stats.errors[QUERY_TIMEOUT], 2);
    assert_int_equal(stats.errors[QUERY_BAD_ROW], 1);
    assert_int_equal(stats.errors[QUERY_NOT_ATTEMPTED], 1);
    assert_int_equal(stats_failed_rows(&stats), 4);
}

static void test_requests(void **state)
{
    (void)state;
    static const struct query replies[] = {
        {.latency_ns = 20000000},
        {.error = QUERY_RATE_LIMITED, .http_status = 429, .latency_ns = -1},
        {.error = QUERY_TIMEOUT, .http_status = 429, .latency_ns = -1},
        {.latency_ns = -1},
    };
    struct stats stats = {0};
    assert_true(stats_rate_per_s(&stats) <= 0);
    stats_sent(&stats, false, 0);
    assert_true(stats_rate_per_s(&stats) <= 0);
    stats_sent(&stats, false, 0);
    assert_true(stats_rate_per_s(&stats) <= 0); /* no time between them */
    stats_sent(&stats, true, 4000000000);
    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++)
        stats_reply(&stats, &replies[i], 4000000000 + i);
    assert_int_equal(stats.sent, 3);
    assert_int_equal(stats.retried, 1);
    assert_int_equal(stats.answered, 2);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(stats.latency_count, 1);
    assert_int_equal(stats.first_sent_ns, 0);
    assert_int_equal(stats.last_sent_ns, 4000000000);
    assert_int_equal(stats.last_done_ns, 4000000003);
    assert_float_equal(stats_rate_per_s(&stats), 0.5, 1e-9);
}

/* What was found anew, and what no one can know. */
static void test_changes(void **state)
{
    (void)state;
    static const struct query rows[] = {
        {.online = true, .previous = QUERY_WAS_OFFLINE},
        {.online = false, .previous = QUERY_WAS_ONLINE},
        {.online = false, .previous = QUERY_WAS_ONLINE},
        {.online = true, .previous = QUERY_WAS_ONLINE},
        {.online = true, .previous = QUERY_WAS_UNKNOWN},
        {.error = QUERY_TIMEOUT, .previous = QUERY_WAS_ONLINE},
    };
    struct stats stats = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        stats_row(&stats, &rows[i]);
    assert_int_equal(stats.changes[QUERY_CAME_ONLINE], 1);
    assert_int_equal(stats.changes[QUERY_WENT_OFFLINE], 2);
    assert_int_equal(stats.changes[QUERY_SAME], 1);
    assert_int_equal(stats.changes[QUERY_CHANGE_UNKNOWN], 2);
    assert_int_equal(stats_changed_rows(&stats), 3);
}

/* The mean over all replies, refused ones and those without a latency, too. */
static void test_held(void **state)
{
    (void)state;
    static const struct query replies[] = {
        {.started_ns = 100, .latency_ns = 20},
        {.started_ns = 500, .latency_ns = -1, .error = QUERY_TIMEOUT},
        {.started_ns = 700, .latency_ns = 1, .error = QUERY_RATE_LIMITED},
    };
    struct stats stats = {0};
    assert_int_equal(stats_held_ns(&stats), 0);
    stats_reply(&stats, &replies[0], 130);
    assert_int_equal(stats_held_ns(&stats), 30);
    stats_reply(&stats, &replies[1], 1000);
    stats_reply(&stats, &replies[2], 770);
    assert_int_equal(stats_held_ns(&stats), 200);
}

static int64_t one_latency(int64_t latency_ns, double share)
{
    struct stats stats = {0};
    stats_reply(&stats, &(struct query){.latency_ns = latency_ns}, 1);
    return stats_latency_ns(&stats, share);
}

static void test_single_latencies(void **state)
{
    (void)state;
    static const struct {
        int64_t latency_ns;
        int64_t read_ns;
    } cases[] = {
        {0, 500},
        {999, 500},
        {1000, 1500},
        {15999, 15500},
        {16000, 16500},
        {31999, 31500},
        {32000, 33000},
        {33999, 33000},
        {34000, 35000},
        {1000000, 1008000},
        {INT64_C(1073741823999), INT64_C(1056964608000)},
        {INT64_C(1073741824000), INT64_C(1056964608000)},
        {INT64_MAX, INT64_C(1056964608000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(one_latency(cases[i].latency_ns, 0.5),
                         cases[i].read_ns);
        assert_int_equal(one_latency(cases[i].latency_ns, 1), cases[i].read_ns);
        assert_int_equal(one_latency(cases[i].latency_ns, 0), cases[i].read_ns);
    }
}

/* Every latency is read back within 1/32 of itself, or 1 us. */
static void test_exactness(void **state)
{
    (void)state;
    for (int64_t us = 1; us < INT64_C(1) << 30; us += 1 + us / 1000) {
        int64_t error_ns = llabs(one_latency(us * 1000, 0.5) - us * 1000);
        assert_true(error_ns <= 1000 || error_ns <= us * 1000 / 32);
    }
}

static int compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void test_quantiles(void **state)
{
    (void)state;
    static const double shares[] = {0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 1};
    static int64_t exact[SAMPLES];
    struct stats stats = {0};
    uint32_t seed = 1;
    for (size_t i = 0; i < SAMPLES; i++) {
        seed = seed * 1664525U + 1013904223U;
        exact[i] = INT64_C(20000) << (seed >> 28); /* 20 us to 0.65 s */
        exact[i] += exact[i] / 1000 * (int64_t)(seed >> 8 & 0x3ff);
        stats_reply(&stats, &(struct query){.latency_ns = exact[i]}, i);
    }
    qsort(exact, SAMPLES, sizeof exact[0], compare);
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        size_t rank = (size_t)(shares[i] * SAMPLES + 0.999999);
        int64_t wanted = exact[rank - 1];
        int64_t error_ns = llabs(stats_latency_ns(&stats, shares[i]) - wanted);
        assert_true(error_ns <= wanted / 16);
    }
    assert_int_equal(stats_latency_ns(&(struct stats){0}, 0.5), 0);
}

/* Newcombe 1998 (Statistics in Medicine 17), table I, method 3. */
static void test_interval(void **state)
{
    (void)state;
    static const struct {
        uint64_t hits;
        uint64_t n;
        double low;
        double high;
    } cases[] = {
        {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
        {0, 20, 0, 0.1611},        {1, 29, 0.0061, 0.1718},
        {20, 20, 0.8389, 1},       {0, 0, 0, 1},
        {1, 1, 0.2065, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double low;
        double high;
        stats_interval(cases[i].hits, cases[i].n, &low, &high);
        assert_true(low >= 0 && low <= high && high <= 1); /* no NaN */
        assert_float_equal(low, cases[i].low, 0.00005);
        assert_float_equal(high, cases[i].high, 0.00005);
    }
}

static void test_first_and_last(void **state)
{
    (void)state;
    struct stats stats = {0};
    stats_sent(&stats, false, 7000000000);
    assert_int_equal(stats.first_sent_ns, 7000000000);
    assert_true(stats_rate_per_s(&stats) <= 0);
    stats_sent(&stats, false, 8000000000);
    assert_int_equal(stats.first_sent_ns, 7000000000);
    assert_int_equal(stats.last_sent_ns, 8000000000);
    assert_float_equal(stats_rate_per_s(&stats), 1, 1e-9);
    stats_sent(&stats, true, 9000000000);
    assert_float_equal(stats_rate_per_s(&stats), 1, 1e-9);
    assert_int_equal(stats.first_sent_ns, 7000000000);
    stats_sent(&stats, true, 9500000000);
    assert_int_equal(stats.first_sent_ns, 7000000000);
    assert_int_equal(stats.retried, 2);
    stats = (struct stats){0};
    stats_reply(&stats, &(struct query){.error = QUERY_TIMEOUT}, 3);
    assert_int_equal(stats.answered, 0);
    assert_int_equal(stats.last_done_ns, 3);
    stats_row(&stats, &(struct query){.error = QUERY_BAD_ROW});
    assert_int_equal(stats.copies, 0);
}

/* A share that falls on the edge of a bucket belongs below it. */
static void test_edges_of_shares(void **state)
{
    (void)state;
    struct stats stats = {0};
    for (int64_t us = 0; us < 20; us++)
        stats_reply(&stats, &(struct query){.latency_ns = us * 1000}, 1);
    for (int64_t us = 0; us < 20; us++)
        assert_int_equal(stats_latency_ns(&stats, (double)(us + 1) / 20 - 1e-9),
                         us * 1000 + 500);
    assert_int_equal(stats_latency_ns(&stats, 0.5), 9500);
    assert_int_equal(stats_latency_ns(&stats, 0), 500);
}

static void test_latency_sum(void **state)
{
    (void)state;
    struct stats stats = {0};
    stats_reply(&stats, &(struct query){.latency_ns = 1500000}, 1);
    stats_reply(&stats, &(struct query){.latency_ns = 2500001}, 2);
    stats_reply(&stats, &(struct query){.latency_ns = -1}, 3);
    assert_int_equal(stats.latency_sum_ns, 4000001);
    assert_int_equal(stats.latency_count, 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_requests),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_held),
        cmocka_unit_test(test_single_latencies),
        cmocka_unit_test(test_exactness),
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_interval),
        cmocka_unit_test(test_latency_sum),
        cmocka_unit_test(test_first_and_last),
        cmocka_unit_test(test_edges_of_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Retries: the verdict for every outcome, the budget, the waits, the order
 * of those who wait, and what Retry-After says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "retry.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const int64_t SECOND = 1000000000;

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

static struct retry begin(uint64_t retries, double budget, double rate)
{
    struct retry retry;
    const struct retry_settings settings = {.retries = retries,
                                            .budget = budget};
    retry_init(&retry, &settings, rate);
    return retry;
}

/* After the first and after the last allowed try. */
static void decides_by_the_outcome(void **state)
{
    (void)state;
    static const struct {
        enum query_error error;
        enum retry_verdict first;
        enum retry_verdict last;
    } cases[] = {
        {QUERY_ANSWERED, RETRY_DONE, RETRY_DONE},
        {QUERY_RATE_LIMITED, RETRY_LATER, RETRY_LATER},
        {QUERY_UNAUTHORIZED, RETRY_DONE, RETRY_DONE},
        {QUERY_FORBIDDEN, RETRY_DONE, RETRY_DONE},
        {QUERY_NOT_FOUND, RETRY_DONE, RETRY_DONE},
        {QUERY_HTTP_ERROR, RETRY_DONE, RETRY_DONE},
        {QUERY_SERVER_ERROR, RETRY_LATER, RETRY_DONE},
        {QUERY_TIMEOUT, RETRY_LATER, RETRY_DONE},
        {QUERY_DNS_FAILED, RETRY_LATER, RETRY_DONE},
        {QUERY_CONNECT_FAILED, RETRY_LATER, RETRY_DONE},
        {QUERY_TLS_FAILED, RETRY_DONE, RETRY_DONE},
        {QUERY_CONNECTION_LOST, RETRY_LATER, RETRY_DONE},
        {QUERY_BAD_RESPONSE, RETRY_DONE, RETRY_DONE},
        {QUERY_BAD_CLIENT_ID, RETRY_DONE, RETRY_DONE},
        {QUERY_BAD_ROW, RETRY_DONE, RETRY_DONE},
        {QUERY_NOT_ATTEMPTED, RETRY_DONE, RETRY_DONE},
    };
    assert_int_equal(COUNT_OF(cases), QUERY_ERROR_COUNT);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(cases[i].error, i);
        struct retry retry = begin(2, 0.1, 100);
        struct retry_case what = {.error = cases[i].error,
                                  .refusals = 1,
                                  .wait_ns = -1,
                                  .random = 0.5};
        for (what.tries = 1; what.tries <= 2; what.tries++)
            assert_int_equal(retry_decide(&retry, &what).verdict,
                             cases[i].first);
        struct retry_decision last = retry_decide(&retry, &what);
        assert_int_equal(last.verdict, cases[i].last);
        assert_true(last.verdict == RETRY_LATER || last.delay_ns == 0);
        /* a dead connection is no try, and costs no budget */
        double tokens = retry.tokens;
        what.resend = true;
        struct retry_decision decision = retry_decide(&retry, &what);
        assert_int_equal(decision.verdict, RETRY_FRESH);
        assert_int_equal(decision.delay_ns, 0);
        assert_true(retry.tokens >= tokens && retry.tokens <= tokens);
        retry_release(&retry);
    }
}

static void allows_the_tries_it_was_told(void **state)
{
    (void)state;
    static const struct {
        uint64_t retries;
        uint32_t requests;
    } cases[] = {{0, 1}, {1, 2}, {2, 3}, {10, 11}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct retry retry = begin(cases[i].retries, 0.1, 100);
        struct retry_case what = {.error = QUERY_TIMEOUT, .wait_ns = -1};
        uint32_t requests = 0;
        do {
            requests++;
            what.tries++;
        } while (retry_decide(&retry, &what).verdict == RETRY_LATER);
        assert_int_equal(requests, cases[i].requests);
    }
}

/* A 429 has no limit of tries, and costs no budget. */
static void repeats_refusals_without_limit(void **state)
{
    (void)state;
    struct retry retry = begin(0, 0, 1);
    struct retry_case what = {.error = QUERY_RATE_LIMITED, .wait_ns = -1};
    for (what.refusals = 1; what.refusals < 100000; what.refusals++) {
        what.random = random_unit();
        assert_int_equal(retry_decide(&retry, &what).verdict, RETRY_LATER);
    }
    assert_true(retry.tokens >= retry.ceiling);
}

/* Full jitter: from nothing up to base x 2^(n - 1), and the cap. */
static void waits_within_bounds(void **state)
{
    (void)state;
    static const struct {
        enum query_error error;
        uint32_t n;
        double most_s;
    } cases[] = {
        {QUERY_TIMEOUT, 1, 0.2},         {QUERY_TIMEOUT, 2, 0.4},
        {QUERY_SERVER_ERROR, 5, 3.2},    {QUERY_TIMEOUT, 6, 6.4},
        {QUERY_TIMEOUT, 7, 10},          {QUERY_TIMEOUT, 1000, 10},
        {QUERY_TIMEOUT, UINT32_MAX, 10}, {QUERY_RATE_LIMITED, 1, 0.1},
        {QUERY_RATE_LIMITED, 2, 0.2},    {QUERY_RATE_LIMITED, 8, 12.8},
        {QUERY_RATE_LIMITED, 9, 20},     {QUERY_RATE_LIMITED, UINT32_MAX, 20},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct retry retry = begin(UINT64_MAX, 0.1, 1e6);
        double least = INFINITY;
        double most = 0;
        for (int k = 0; k < 10000; k++) {
            struct retry_case what = {.error = cases[i].error,
                                      .tries = cases[i].n,
                                      .refusals = cases[i].n,
                                      .wait_ns = -1,
                                      .random = random_unit()};
            double s = (double)retry_decide(&retry, &what).delay_ns / 1e9;
            least = fmin(least, s);
            most = fmax(most, s);
        }
        assert_true(most <= cases[i].most_s);
        assert_true(most >= 0.99 * cases[i].most_s);
        assert_true(least <= 0.01 * cases[i].most_s);
    }
}

/* Never below the value, at most 10 % above; the longer wait counts. */
static void obeys_retry_after(void **state)
{
    (void)state;
    static const enum query_error errors[] = {QUERY_RATE_LIMITED,
                                              QUERY_SERVER_ERROR};
    static const int64_t waits_s[] = {0, 1, 30, 60, 600, 1000000000};
    for (size_t i = 0; i < COUNT_OF(errors) * COUNT_OF(waits_s); i++) {
        struct retry retry = begin(2, 0.1, 1e6);
        int64_t wait = waits_s[i / 2] * SECOND;
        for (int k = 0; k < 1000; k++) {
            struct retry_case what = {.error = errors[i % 2],
                                      .tries = 1,
                                      .refusals = 1,
                                      .wait_ns = wait,
                                      .random = random_unit()};
            uint64_t delay = retry_decide(&retry, &what).delay_ns;
            assert_true(delay >= (uint64_t)wait);
            assert_true((double)delay <= fmax(0.2e9, 1.1 * (double)wait));
        }
    }
}

/* A service of which a share fails: extra requests are at most 10 % of the
 * successes, and max(50, 2 s of rate). */
static void keeps_the_budget(void **state)
{
    (void)state;
    static const double rates[] = {1, 100, 5000};
    static const double shares[] = {0.05, 0.2, 0.5, 0.9, 1};
    enum {
        ROWS = 20000
    };
    for (size_t i = 0; i < COUNT_OF(rates) * COUNT_OF(shares); i++) {
        double share = shares[i / COUNT_OF(rates)];
        double rate = rates[i % COUNT_OF(rates)];
        struct retry retry = begin(2, 0.1, rate);
        int extra = 0;
        int good = 0;
        for (int row = 0; row < ROWS; row++) {
            struct retry_case what = {.error = QUERY_TIMEOUT, .wait_ns = -1};
            bool failed = random_unit() < share;
            for (; failed; failed = random_unit() < share) {
                what.tries++;
                if (retry_decide(&retry, &what).verdict == RETRY_DONE)
                    break;
                extra++;
            }
            good += !failed;
            if (!failed)
                retry_succeeded(&retry);
        }
        assert_true(extra <= 0.1 * good + fmax(50, 2 * rate));
        assert_true(retry.tokens >= 0 && retry.tokens <= retry.ceiling);
        if (share >= 1)
            assert_int_equal(extra, (int)fmin(2 * ROWS, fmax(50, 2 * rate)));
    }
}

static void fills_the_bucket_slowly(void **state)
{
    (void)state;
    struct retry retry = begin(2, 0.1, 1);
    struct retry_case what = {
        .error = QUERY_TIMEOUT, .tries = 1, .wait_ns = -1};
    while (retry_decide(&retry, &what).verdict == RETRY_LATER)
        ;
    for (int i = 0; i < 9; i++)
        retry_succeeded(&retry);
    assert_int_equal(retry_decide(&retry, &what).verdict, RETRY_DONE);
    retry_succeeded(&retry);
    retry_succeeded(&retry);
    assert_int_equal(retry_decide(&retry, &what).verdict, RETRY_LATER);
    for (int i = 0; i < 100000; i++)
        retry_succeeded(&retry);
    assert_true(retry.tokens <= 50);
}

static int by_due(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void wakes_the_earliest_first(void **state)
{
    (void)state;
    enum {
        WAITERS = 10000
    };
    static struct query rows[WAITERS];
    static uint64_t dues[WAITERS];
    struct retry retry = begin(2, 0.1, 100);
    assert_true(retry_when(&retry) == UINT64_MAX);
    assert_null(retry_take(&retry));
    assert_null(retry_first(&retry));
    for (size_t i = 0; i < WAITERS; i++) {
        dues[i] = random_next() % 5000; /* some are equal */
        rows[i].started_ns = dues[i];
        retry_park(&retry, &rows[i], dues[i]);
    }
    qsort(dues, WAITERS, sizeof dues[0], by_due);
    for (size_t i = 0; i < WAITERS; i++) {
        assert_int_equal(retry_when(&retry), dues[i]);
        struct query *first = retry_first(&retry);
        struct query *query = retry_take(&retry);
        assert_ptr_equal(first, query);
        assert_int_equal(query->started_ns, dues[i]);
        assert_int_equal(query->attempts++, 0); /* each one once */
    }
    assert_null(retry_take(&retry));
    retry_release(&retry);
    retry_release(&retry); /* twice does no harm */
}

static void keeps_order_while_rows_come_and_go(void **state)
{
    (void)state;
    enum {
        WAITERS = 512
    };
    static struct query rows[WAITERS];
    struct retry retry = begin(2, 0.1, 100);
    uint64_t now = 0;
    size_t waiting = 0;
    for (int i = 0; i < 100000; i++) {
        if (waiting < WAITERS && random_unit() < 0.5) {
            struct query *query = &rows[waiting++];
            query->started_ns = now + random_next() % 1000;
            retry_park(&retry, query, query->started_ns);
        } else if (waiting > 0) {
            uint64_t when = retry_when(&retry);
            struct query *query = retry_take(&retry);
            assert_int_equal(query->started_ns, when);
            assert_true(when >= now);
            now = when;
            /* the last row's slot takes the place of the one that left */
            struct query *last = &rows[--waiting];
            if (query != last) {
                query->started_ns = last->started_ns;
                for (size_t k = 0; k < retry.count; k++)
                    if (retry.heap[k].query == last)
                        retry.heap[k].query = query;
            }
        }
    }
    retry_release(&retry);
}

/* Sun, 22 Nov 2026 08:15:30 GMT */
static const int64_t wall_s = INT64_C(1795335330);

static void reads_retry_after(void **state)
{
    (void)state;
    static const char date[] = "Sun, 22 Nov 2026 08:15:30 GMT";
    static const struct {
        const char *value;
        const char *date;
        int64_t s; /* -1: nothing to obey */
    } cases[] = {
        {NULL, NULL, -1},
        {NULL, date, -1},
        /* seconds */
        {"0", NULL, 0},
        {"1", NULL, 1},
        {"120", date, 120},
        {"007", NULL, 7},
        {"3600", "not a date", 3600},
        {"1000000000", NULL, 1000000000},
        {"99999999999", NULL, 1000000000},
        {"1000000000000", NULL, 1000000000},
        {"99999999999999999999999999999999999999", NULL, 1000000000},
        {"18446744073709551617", NULL, 1000000000},
        /* no seconds */
        {"", NULL, -1},
        {"-1", NULL, -1},
        {"-5", date, -1},
        {"+5", NULL, -1},
        {"1.5", NULL, -1},
        {"1e3", NULL, -1},
        {"0x10", NULL, -1},
        {"5s", NULL, -1},
        {"5, 6", NULL, -1},
        {"5 ", NULL, -1}, /* transport strips what surrounds the value */
        {" 5", NULL, -1},
        {"soon", NULL, -1},
        {"?", date, -1},
        {"\xc2\xb2", NULL, -1},
        /* the three forms of a date, by the response's own clock */
        {"Sun, 22 Nov 2026 08:15:31 GMT", date, 1},
        {"Sun, 22 Nov 2026 09:15:30 GMT", date, 3600},
        {"Sunday, 22-Nov-26 08:15:40 GMT", date, 10},
        {"Sun Nov 22 08:15:40 2026", date, 10},
        {"Tue Dec  1 08:15:30 2026", date, 9 * 86400},
        {"Sun, 22 Nov 2026 08:15:30 GMT", date, 0},
        {"Sun, 22 Nov 2026 08:15:29 GMT", date, -1},
        {"Thu, 01 Jan 1970 00:00:00 GMT", date, -1},
        {"Fri, 31 Dec 9999 23:59:59 GMT", date, 1000000000},
        {"Mon, 29 Feb 2027 00:00:00 GMT", "?", /* 1 March */
         99 * 86400 - 29730},
        /* by ours, without one, or with one that cannot be read */
        {"Sun, 22 Nov 2026 08:15:40 GMT", NULL, 10},
        {"Sun, 22 Nov 2026 08:15:40 GMT", "", 10},
        {"Sun, 22 Nov 2026 08:15:40 GMT", "yesterday", 10},
        {"Sun, 22 Nov 2026 08:15:20 GMT", NULL, -1},
        /* a clock one hour off, as if they agreed; all forms may mix */
        {"Sun, 22 Nov 2026 09:15:40 GMT", "Sun, 22 Nov 2026 09:15:30 GMT", 10},
        {"Sun Nov 22 07:15:40 2026", "Sunday, 22-Nov-26 07:15:30 GMT", 10},
        /* no date */
        {"Sun, 22 Nov 2026 08:15:40", date, -1},
        {"Sun, 22 Nov 2026 08:15:40 GMT+1", date, -1},
        {"Sun, 22 Nov 2026 08:15:40 PST", date, -1},
        {"Sun, 32 Nov 2026 08:15:40 GMT", date, -1},
        {"Sun, 22 Foo 2026 08:15:40 GMT", date, -1},
        {"Sun, 22 Nov 2026 25:15:40 GMT", date, -1},
        {"2026-11-22T08:15:40Z", date, -1},
        {"Sun, 22 Nov 2026 08:15:40 GMT, 5", date, -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t ns = retry_after_parse(cases[i].value, cases[i].date, wall_s);
        int64_t want = cases[i].s < 0 ? -1 : cases[i].s * SECOND;
        if (ns != want)
            fail_msg("\"%s\" with Date \"%s\": %lld, not %lld",
                     cases[i].value ? cases[i].value : "(none)",
                     cases[i].date ? cases[i].date : "(none)", (long long)ns,
                     (long long)want);
    }
}

/* Any bytes: an answer within bounds, and no crash. */
static void survives_any_retry_after(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789 ,-:+.SunMonNovGMT\xff%\n";
    for (int i = 0; i < 100000; i++) {
        char value[40];
        size_t len = random_next() % (sizeof value - 1);
        for (size_t k = 0; k < len; k++)
            value[k] = alphabet[random_next() % (sizeof alphabet - 1)];
        value[len] = '\0';
        int64_t ns = retry_after_parse(value, value, wall_s);
        assert_true(ns >= -1 && ns <= INT64_C(1000000000) * SECOND);
    }
}

/* Up to 10 % on top of Retry-After, as the random number says. */
static void adds_to_retry_after(void **state)
{
    (void)state;
    static const double randoms[] = {0, 0.25, 0.5, 0.999};
    struct retry retry = begin(2, 0.1, 100);
    for (size_t i = 0; i < COUNT_OF(randoms); i++) {
        struct retry_case what = {.error = QUERY_RATE_LIMITED,
                                  .refusals = 1,
                                  .wait_ns = INT64_C(60000000000),
                                  .random = randoms[i]};
        assert_true(fabs((double)retry_decide(&retry, &what).delay_ns -
                         60e9 * (1 + 0.1 * randoms[i])) < 10);
    }
    retry_release(&retry);
}

/* The service's clock may stand at its beginning. */
static void reads_the_first_date(void **state)
{
    (void)state;
    static const char zero[] = "Thu, 01 Jan 1970 00:00:00 GMT";
    static const char ten[] = "Thu, 01 Jan 1970 00:00:10 GMT";
    static const char before[] = "Wed, 31 Dec 1969 23:59:50 GMT";
    assert_int_equal(retry_after_parse(ten, zero, 5), INT64_C(10000000000));
    assert_int_equal(retry_after_parse(ten, before, 4), INT64_C(6000000000));
    assert_int_equal(retry_after_parse(zero, zero, 5), 0);
    assert_int_equal(retry_after_parse(before, zero, 5), -1);
    assert_int_equal(retry_after_parse("soon", zero, 0), -1);
    assert_int_equal(retry_after_parse("soon", NULL, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decides_by_the_outcome),
        cmocka_unit_test(allows_the_tries_it_was_told),
        cmocka_unit_test(repeats_refusals_without_limit),
        cmocka_unit_test(waits_within_bounds),
        cmocka_unit_test(obeys_retry_after),
        cmocka_unit_test(keeps_the_budget),
        cmocka_unit_test(fills_the_bucket_slowly),
        cmocka_unit_test(wakes_the_earliest_first),
        cmocka_unit_test(keeps_order_while_rows_come_and_go),
        cmocka_unit_test(reads_retry_after),
        cmocka_unit_test(survives_any_retry_after),
        cmocka_unit_test(adds_to_retry_after),
        cmocka_unit_test(reads_the_first_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * RateLimit fields: what is a hint, and what says nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "ratelimit.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const uint64_t SECOND = 1000000000;

struct field_case {
    const char *field;
    double per_s; /* -1: it says nothing */
    uint64_t for_s;
};

static void check(const char *field, bool read, const struct ratelimit *limit,
                  double per_s, uint64_t for_ns)
{
    if (read != (per_s >= 0))
        fail_msg("%s: read %d", field ? field : "(none)", read);
    if (!read)
        return;
    if (fabs(limit->per_s - per_s) > 1e-9 || limit->for_ns != for_ns)
        fail_msg("%s: %g/s", field, limit->per_s);
}

static void reads_what_is_left(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"\"default\";r=50;t=30", 50 / 30.0, 30},
        {"\"default\";t=30;r=50", 50 / 30.0, 30},
        {"\"default\"; r=50; t=1", 50, 1},
        {"\"a\";\tr=0;\tt=3600", 0, 3600},
        {"r=7 t=2", 3.5, 2},
        {"r=1000000000;t=1", 1e9, 1},
        {"r=9999999999;t=1", -1, 0},
        {"r=1000000001;t=1", -1, 0},
        {"r=00000000001;t=1", -1, 0}, /* eleven digits */
        {"r=0000000001;t=1", 1, 1},
        {"r=5;t=3601", -1, 0},
        {"r=5;t=0", -1, 0},
        {"r=5", -1, 0},
        {"t=5", -1, 0},
        {"", -1, 0},
        {NULL, -1, 0},
        {"r=-1;t=1", -1, 0},
        {"r=1.5;t=1", -1, 0},
        {"r=5x;t=1", -1, 0},
        {"r=;t=1", -1, 0},
        {"r:5;t=1", -1, 0},
        {"xr=5;t=1", -1, 0},
        {"r=5,t=1", -1, 0}, /* t is another item's */
        {"\"a\";r=5;t=1, \"b\";r=1;t=1", 5, 1},
        {"\"a, b\";r=5;t=1", 5, 1},
        {"\"r=9;t=9\";r=5;t=1", 5, 1},
        {"\" r=9 t=9\";r=5;t=1", 5, 1},
        {"\";r=9;t=9", -1, 0}, /* the quote never closes */
        {"r=3;r=5;t=1", 3, 1},
        {"r=5;t=1\t", 5, 1},
        {"limit=9, r=5;t=1", -1, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ratelimit limit;
        bool read = ratelimit_read(cases[i].field, &limit);
        check(cases[i].field, read, &limit, cases[i].per_s,
              cases[i].for_s * SECOND);
    }
}

static void reads_a_policy(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"\"default\";q=100;w=60", 100 / 60.0, 0},
        {"\"default\";w=2;q=9", 4.5, 0},
        {"100;w=60", -1, 0},
        {"q=100", -1, 0},
        {"r=100;t=60", -1, 0},
        {"", -1, 0},
        {NULL, -1, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ratelimit limit;
        bool read = ratelimit_read_policy(cases[i].field, &limit);
        check(cases[i].field, read, &limit, cases[i].per_s, UINT64_MAX);
    }
}

static void reads_the_older_pair(void **state)
{
    (void)state;
    static const struct {
        const char *remaining;
        const char *reset;
        double per_s;
        uint64_t for_s;
    } cases[] = {
        {"50", "30", 50 / 30.0, 30},
        {"0", "1", 0, 1},
        {"50, 60", "30;w=1", 50 / 30.0, 30},
        {"50 60", "30\t", 50 / 30.0, 30},
        {"50", NULL, -1, 0},
        {NULL, "30", -1, 0},
        {NULL, NULL, -1, 0},
        {"50", "0", -1, 0},
        {"50", "1795335330", -1, 0}, /* a time, not a span */
        {" 50", "30", -1, 0},
        {"50/s", "30", -1, 0},
        {"50:", "30", -1, 0},
        {"a", "30", -1, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ratelimit limit;
        bool read = ratelimit_read_pair(cases[i].remaining, cases[i].reset,
                                        &limit);
        check(cases[i].remaining, read, &limit, cases[i].per_s,
              cases[i].for_s * SECOND);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_left),
        cmocka_unit_test(reads_a_policy),
        cmocka_unit_test(reads_the_older_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

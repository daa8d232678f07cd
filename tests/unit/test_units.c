/*
 * Units: what is read, what is refused, how numbers are shown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "units.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* No parser takes these, whatever its units. */
static const char *const refused[] = {
    "",    " ",   "x",   "-1",   "+1",    " 5",  "5 ", "5 s", "1e9",     "0x1",
    ".5",  "5.",  "5.s", "1,5",  "1.2.3", "s",   "ms", "/s",  "k",       "inf",
    "nan", "1kk", "1ss", "1s/s", "--",    "1\n", "1S", "1K",  "\xd9\xa1"};

static const struct {
    const char *text;
    int64_t ns; /* -1: refused */
} durations[] = {
    {"0", 0},
    {"10", 10 * UNITS_NS_PER_S},
    {"500ms", 500 * UNITS_NS_PER_MS},
    {"10s", 10 * UNITS_NS_PER_S},
    {"1.5m", 90 * UNITS_NS_PER_S},
    {"2h", 7200 * UNITS_NS_PER_S},
    {"1d", 86400 * UNITS_NS_PER_S},
    {"0.25", 250 * UNITS_NS_PER_MS},
    {"0.1ms", 100000},
    {"0.3s", 300 * UNITS_NS_PER_MS},
    {"007s", 7 * UNITS_NS_PER_S},
    {"100000d", 8640000000 * UNITS_NS_PER_S},
    {"106751d", -1},
    {"99999999999999999999", -1},
    {"5/s", -1},
    {"5k", -1},
    {"5w", -1},
    {"5min", -1},
};

static const struct {
    const char *text;
    double per_s; /* -1: refused */
} rates[] = {
    {"0", 0},      {"200", 200},     {"200/s", 200},
    {"30/m", 0.5}, {"3600/h", 1},    {"0.5", 0.5},
    {"2k", 2000},  {"1.5k/s", 1500}, {"1M/h", 1e6 / 3600},
    {"200/", -1},  {"200s", -1},     {"200/d", -1},
    {"2m", -1},    {"2k/k", -1},     {"200/s/s", -1},
};

static const struct {
    const char *text;
    uint64_t count; /* UINT64_MAX: refused */
} counts[] = {
    {"0", 0},
    {"10", 10},
    {"10k", 10000},
    {"2M", 2000000},
    {"1.5k", 1500},
    {"1.005k", 1005},
    {"0.29k", 290},
    {"2.675k", 2675},
    {"1.0000005M", UINT64_MAX},
    {"0.5", UINT64_MAX},
    {"0.0000001", UINT64_MAX},
    {"1.0001k", UINT64_MAX},
    {"9007199254740991", 9007199254740991},
    {"9007199254740992", UINT64_MAX},
    {"9007199254740993", UINT64_MAX},
    {"18446744073709551616", UINT64_MAX},
    {"10s", UINT64_MAX},
    {"10/s", UINT64_MAX},
};

static void test_refused(void **state)
{
    char digits[401];
    (void)state;
    memset(digits, '9', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    for (size_t i = 0; i <= COUNT_OF(refused); i++) {
        const char *text = i < COUNT_OF(refused) ? refused[i] : digits;
        int64_t ns = 7;
        double per_s = 7;
        uint64_t count = 7;
        if (units_parse_duration(text, &ns) != -1 || ns != 7 ||
            units_parse_rate(text, &per_s) != -1 || per_s < 7 || per_s > 7 ||
            units_parse_count(text, &count) != -1 || count != 7)
            fail_msg("'%s' was taken", text);
    }
}

static void test_durations(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(durations); i++) {
        int64_t ns = -1;
        int failed = units_parse_duration(durations[i].text, &ns);
        if (ns != durations[i].ns || (failed != 0) != (ns == -1))
            fail_msg("%s: %lld", durations[i].text, (long long)ns);
    }
}

static void test_rates(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        double per_s = -1;
        int failed = units_parse_rate(rates[i].text, &per_s);
        if (fabs(per_s - rates[i].per_s) > 1e-9 ||
            (failed != 0) != (rates[i].per_s < 0))
            fail_msg("%s: %g", rates[i].text, per_s);
    }
}

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        uint64_t count = UINT64_MAX;
        int failed = units_parse_count(counts[i].text, &count);
        if (count != counts[i].count || (failed != 0) != (count == UINT64_MAX))
            fail_msg("%s: %llu", counts[i].text, (unsigned long long)count);
    }
}

static void test_digits(void **state)
{
    static const struct {
        const char *text;
        uint64_t most;
        uint64_t number; /* 77: refused */
    } digits[] = {
        {"0", 0, 0},
        {"1", 0, 77},
        {"007", 7, 7},
        {"8", 7, 77},
        {"123", 123, 123},
        {"124", 123, 77},
        {"", 9, 77},
        {"-1", 9, 77},
        {"+1", 9, 77},
        {" 1", 9, 77},
        {"1 ", 9, 77},
        {"1.0", 9, 77},
        {"18446744073709551615", UINT64_MAX, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, 77},
        {"18446744073709551625", UINT64_MAX, 77},
        {"184467440737095516150", UINT64_MAX, 77},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(digits); i++) {
        uint64_t number = 77;
        int failed = units_parse_digits(digits[i].text, strlen(digits[i].text),
                                        digits[i].most, &number);
        if (number != digits[i].number || (failed != 0) != (number == 77))
            fail_msg("%s: %llu", digits[i].text, (unsigned long long)number);
    }
}

static void test_time(void **state)
{
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {-5, "1970-01-01T00:00:00.000Z"},
        {999, "1970-01-01T00:00:00.999Z"},
        {951782400000, "2000-02-29T00:00:00.000Z"},
        {1795335330123, "2026-11-22T08:15:30.123Z"},
        {4107542399999, "2100-02-28T23:59:59.999Z"},
        {4107542400000, "2100-03-01T00:00:00.000Z"},
        {253402300799999, "9999-12-31T23:59:59.999Z"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct units_text made = units_format_time(cases[i].ms);
        const char *text = made.text;
        assert_string_equal(text, cases[i].text);
        if (cases[i].ms < 0)
            continue;
        int64_t ms = -1;
        assert_int_equal(units_parse_time(text, strlen(text), &ms), 0);
        assert_true(ms == cases[i].ms);
    }
}

static void test_no_time(void **state)
{
    static const char *const texts[] = {
        "",
        "2026-11-22T08:15:30.123",
        "2026-11-22T08:15:30.123z",
        "2026-11-22 08:15:30.123Z",
        "2026-02-29T08:15:30.123Z",
        "2026-13-01T08:15:30.123Z",
        "2026-00-01T08:15:30.123Z",
        "2026-11-22T24:15:30.123Z",
        "2026-11-22T08:60:30.123Z",
        "2026-11-22T08:15:61.123Z",
        "1969-12-31T23:59:59.999Z",
        "2026-11-22T08:15:3x.123Z",
        "2026-11-2/T08:15:30.123Z",
        "2026-11-22T08:15:30.1234Z",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        int64_t ms = 7;
        if (units_parse_time(texts[i], strlen(texts[i]), &ms) == 0 || ms != 7)
            fail_msg("read: %s", texts[i]);
    }
}

/* Each day until 2400, against the C library. */
static void test_every_day(void **state)
{
    (void)state;
    for (int64_t day = 0; day < 157055; day++) {
        char wanted[UNITS_TIME_LEN + 1];
        time_t seconds = (time_t)(day * 86400 + day % 86400);
        struct tm tm;
        struct units_text made = units_format_time((int64_t)seconds * 1000 +
                                                   day % 1000);
        const char *text = made.text;
        assert_non_null(gmtime_r(&seconds, &tm));
        size_t len = strftime(wanted, sizeof wanted, "%FT%T", &tm);
        (void)snprintf(wanted + len, sizeof wanted - len, ".%03dZ",
                       (int)(day % 1000));
        if (strcmp(text, wanted) != 0)
            fail_msg("%s, not %s", text, wanted);
        int64_t ms = -1;
        assert_int_equal(units_parse_time(text, strlen(text), &ms), 0);
        assert_true(ms == (int64_t)seconds * 1000 + day % 1000);
    }
}

static void test_shown_durations(void **state)
{
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        {0, "0.0 s"},
        {1500, "1.5 s"},
        {59900, "59.9 s"},
        {59949, "59.9 s"},
        {59960, "1 min 0 s"},
        {60000, "1 min 0 s"},
        {125000, "2 min 5 s"},
        {3599000, "59 min 59 s"},
        {3600000, "1 h 0 min"},
        {12000000, "3 h 20 min"},
        {360000000, "100 h 0 min"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(
            units_format_duration(cases[i].ms * UNITS_NS_PER_MS).text,
            cases[i].text);
}

static void test_shown_rates(void **state)
{
    static const struct {
        double per_s;
        const char *text;
    } cases[] = {
        {200, "200/s"},     {12.5, "12.5/s"},   {0.5, "30/min"},
        {1, "1/s"},         {99.94, "99.9/s"},  {99.96, "100/s"},
        {1234.5, "1234/s"}, {20000, "20000/s"}, {0.001, "3.6/h"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(units_format_rate(cases[i].per_s).text,
                            cases[i].text);
}

static void test_format_count(void **state)
{
    (void)state;
    assert_string_equal(units_format_count(0).text, "0");
    assert_string_equal(units_format_count(999).text, "999");
    assert_string_equal(units_format_count(1000).text, "1,000");
    assert_string_equal(units_format_count(123456).text, "123,456");
    assert_string_equal(units_format_count(UINT64_MAX).text,
                        "18,446,744,073,709,551,615");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_count),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_no_time),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_shown_durations),
        cmocka_unit_test(test_shown_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

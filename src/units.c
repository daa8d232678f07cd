/*
 * Durations, rates, counts and times as people write and read them.
 *
 * Responsible for text to number and back; never prints. Numbers are decimal
 * digits with at most one point, so that a typo such as `1e9` or `0x10` is
 * refused instead of being read as something else.
 */
#include "units.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct unit {
    const char *name;
    double factor;
};

/* Behind the one without a name: the largest first. */
static const struct unit durations[] = {
    {"", 1e9},  {"d", 864e11}, {"h", 36e11}, {"m", 60e9},
    {"s", 1e9}, {"ms", 1e6},   {NULL, 0},
};

static const struct unit rates[] = {
    {"", 1}, {"/s", 1}, {"/m", 1.0 / 60}, {"/h", 1.0 / 3600}, {NULL, 0},
};

static const struct unit multiples[] = {
    {"k", 1e3},
    {"M", 1e6},
    {NULL, 0},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int units_parse_digits(const char *text, size_t len, uint64_t most,
                       uint64_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < len; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (!is_digit(text[i]) || digit > most || value > (most - digit) / 10)
            return -1;
        value = value * 10 + digit;
    }
    if (len == 0)
        return -1;
    *number = value;
    return 0;
}

/* Reads digits with at most one inner point; returns what follows, or NULL. */
static const char *parse_number(const char *text, double *value)
{
    double number = 0;
    const char *at = text;
    for (; is_digit(*at); at++)
        number = number * 10 + (*at - '0');
    if (at == text)
        return NULL;
    if (*at == '.' && is_digit(at[1])) {
        double scale = 1;
        for (at++; is_digit(*at); at++) {
            scale /= 10;
            number += scale * (*at - '0');
        }
    }
    *value = number;
    return at;
}

/* Takes an optional k or M off the front of text. */
static const char *parse_multiple(const char *text, double *value)
{
    for (const struct unit *unit = multiples; unit->name; unit++) {
        if (*text == unit->name[0] && (!text[1] || text[1] == '/')) {
            *value *= unit->factor;
            return text + 1;
        }
    }
    return text;
}

static int apply_unit(const char *name, const struct unit *units, double *value)
{
    for (; units->name; units++) {
        if (strcmp(name, units->name) == 0) {
            *value *= units->factor;
            return 0;
        }
    }
    return -1;
}

int units_parse_duration(const char *text, int64_t *ns)
{
    double value = 0;
    const char *rest = parse_number(text, &value);
    if (!rest || apply_unit(rest, durations, &value) || value > 9e18)
        return -1;
    *ns = llround(value);
    return 0;
}

int units_parse_rate(const char *text, double *per_s)
{
    double value = 0;
    const char *rest = parse_number(text, &value);
    if (!rest)
        return -1;
    rest = parse_multiple(rest, &value);
    if (apply_unit(rest, rates, &value) || !isfinite(value))
        return -1;
    *per_s = value;
    return 0;
}

int units_parse_count(const char *text, uint64_t *count)
{
    double value = 0;
    const char *rest = parse_number(text, &value);
    if (!rest)
        return -1;
    rest = parse_multiple(rest, &value);
    double whole = round(value); /* 1.005k is 1004.9999999999999 */
    if (*rest || value >= 9007199254740992.0 || /* 2^53, or 2^53 + 1 */
        fabs(value - whole) > value * 1e-12)
        return -1;
    *count = (uint64_t)whole;
    return 0;
}

/*
 * Civil date from days since 1970-01-01 (the proleptic Gregorian calendar
 * repeats every 400 years = 146,097 days; years start in March so that the
 * leap day is the last). gmtime_r would take the libc's time zone lock for
 * each row.
 */
static void civil_date(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468; /* from 0000-03-01 */
    int64_t era = shifted / 146097;
    int64_t of_era = shifted % 146097;
    int64_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era -
                      (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

static char *put_digits(char *out, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + digits;
}

struct units_text units_format_time(int64_t ms)
{
    if (ms < 0)
        ms = 0;
    int64_t of_day = ms % 86400000;
    int year;
    int month;
    int day;
    civil_date(ms / 86400000, &year, &month, &day);
    const struct {
        int value;
        int digits;
        char after;
    } parts[] = {
        {year, 4, '-'},
        {month, 2, '-'},
        {day, 2, 'T'},
        {(int)(of_day / 3600000), 2, ':'},
        {(int)(of_day / 60000 % 60), 2, ':'},
        {(int)(of_day / 1000 % 60), 2, '.'},
        {(int)(of_day % 1000), 3, 'Z'},
    };
    struct units_text text = {{0}};
    char *out = text.text;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        out = put_digits(out, parts[i].value, parts[i].digits);
        *out++ = parts[i].after;
    }
    return text;
}

/* The inverse of civil_date. */
static int64_t civil_days(int year, int month, int day)
{
    int64_t march_year = year - (month <= 2);
    int64_t era = march_year / 400;
    int64_t of_era = march_year % 400;
    int64_t march_month = month > 2 ? month - 3 : month + 9;
    int64_t of_year = (153 * march_month + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

/* Whatever the bytes make of the numbers, only a real time comes back as
 * the same text. */
int units_parse_time(const char *text, size_t len, int64_t *ms)
{
    static const struct {
        int at;
        int digits;
    } parts[] = {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}, {20, 3}};
    int values[sizeof parts / sizeof parts[0]] = {0};
    if (len != UNITS_TIME_LEN)
        return -1;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        for (int j = 0; j < parts[i].digits; j++)
            values[i] = values[i] * 10 + (text[parts[i].at + j] - '0');
    }
    int64_t minutes =
        (civil_days(values[0], values[1], values[2]) * 24 + values[3]) * 60 +
        values[4];
    int64_t found = (minutes * 60 + values[5]) * 1000 + values[6];
    if (memcmp(units_format_time(found).text, text, len) != 0)
        return -1;
    *ms = found;
    return 0;
}

struct units_text units_format_count(uint64_t count)
{
    struct units_text text = {{0}};
    char digits[sizeof text.text];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, count);
    char *out = text.text;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    return text;
}

struct units_text units_format_duration(int64_t ns)
{
    struct units_text text;
    const size_t size = sizeof text.text;
    /* Rounded as the tenths are: 59.96 s is 1 min 0 s, never 60.0 s. */
    int64_t seconds = (ns + 50 * UNITS_NS_PER_MS) / UNITS_NS_PER_S;
    if (seconds < 60)
        (void)snprintf(text.text, size, "%.1f s", (double)ns / 1e9);
    else if (seconds < 3600)
        (void)snprintf(text.text, size, "%d min %d s", (int)(seconds / 60),
                       (int)(seconds % 60));
    else
        (void)snprintf(text.text, size, "%lld h %d min",
                       (long long)(seconds / 3600), (int)(seconds / 60 % 60));
    return text;
}

struct units_text units_format_rate(double per_s)
{
    struct units_text text;
    if (per_s * 60 < 1)
        (void)snprintf(text.text, sizeof text.text, "%.3g/h", per_s * 3600);
    else if (per_s < 1)
        (void)snprintf(text.text, sizeof text.text, "%.3g/min", per_s * 60);
    else
        (void)snprintf(text.text, sizeof text.text,
                       per_s < 100 ? "%.3g/s" : "%.0f/s", per_s);
    return text;
}

static struct units_text exact(double value, const struct unit *unit,
                               int digits)
{
    struct units_text text;
    (void)snprintf(text.text, sizeof text.text, "%.*g%s", digits,
                   value / unit->factor, unit->name);
    return text;
}

struct units_text units_exact_duration(int64_t ns)
{
    const struct unit *unit = durations + 1;
    while (unit[1].name && fmod((double)ns, unit->factor) > 0)
        unit++;
    return exact((double)ns, unit, 12);
}

struct units_text units_exact_rate(double per_s)
{
    const struct unit *unit = rates + 1;
    while (unit[1].name && per_s < unit->factor)
        unit++;
    return exact(per_s, unit, 10);
}

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
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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
    static const char digits[] = "0123456789";
    char *read = NULL;
    const char *end = text + strspn(text, digits);
    if (*end == '.' && is_digit(end[1]))
        end += 1 + strspn(end + 1, digits);
    *value = strtod(text, &read); /* an exponent, too: then it reads on */
    return is_digit(*text) && read == end ? end : NULL;
}

/* Takes an optional k or M off the front of text. */
static const char *parse_multiple(const char *text, double *value)
{
    if ((*text != 'k' && *text != 'M') || (text[1] && text[1] != '/'))
        return text;
    *value *= *text == 'k' ? 1e3 : 1e6;
    return text + 1;
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

int units_parse_percent(const char *text, size_t len, double *percent)
{
    double value = 0;
    if (parse_number(text, &value) != text + len || value > 100)
        return -1;
    *percent = value;
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

struct units_text units_printf(const char *format, ...)
{
    struct units_text text = {{0}};
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text.text, sizeof text.text, format, args); /* cut */
    va_end(args);
    return text;
}

struct units_text units_format_time(int64_t ms)
{
    char date[UNITS_TIME_LEN];
    struct tm tm;
    time_t seconds = ms > 0 ? ms / 1000 : 0;
    (void)strftime(date, sizeof date, "%FT%T", gmtime_r(&seconds, &tm));
    return units_printf("%s.%03dZ", date, ms > 0 ? (int)(ms % 1000) : 0);
}

/* A date that does not exist comes back from timegm as another. */
int units_parse_time(const char *text, size_t len, int64_t *ms)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd.dddZ";
    int parts[7] = {0};
    int *part = parts;
    if (len != UNITS_TIME_LEN)
        return -1;
    for (size_t i = 0; i < len; i++) {
        if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i])
            return -1;
        if (form[i] == 'd')
            *part = *part * 10 + (text[i] - '0');
        else if (i + 1 < len)
            part++;
    }
    const struct tm tm = {.tm_year = parts[0] - 1900,
                          .tm_mon = parts[1] - 1,
                          .tm_mday = parts[2],
                          .tm_hour = parts[3],
                          .tm_min = parts[4],
                          .tm_sec = parts[5]};
    struct tm real = tm;
    time_t seconds = timegm(&real);
    if (seconds < 0 || real.tm_mon != tm.tm_mon || real.tm_mday != tm.tm_mday ||
        real.tm_hour != tm.tm_hour || real.tm_min != tm.tm_min ||
        real.tm_sec != tm.tm_sec)
        return -1;
    *ms = seconds * 1000 + parts[6];
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
    /* Rounded as the tenths are: 59.96 s is 1 min 0 s, never 60.0 s. */
    int64_t seconds = (ns + 50 * UNITS_NS_PER_MS) / UNITS_NS_PER_S;
    if (seconds < 60)
        return units_printf("%.1f s", (double)ns / 1e9);
    if (seconds < 3600)
        return units_printf("%d min %d s", (int)(seconds / 60),
                            (int)(seconds % 60));
    return units_printf("%" PRId64 " h %d min", seconds / 3600,
                        (int)(seconds / 60 % 60));
}

struct units_text units_format_rate(double per_s)
{
    if (per_s * 60 < 1)
        return units_printf("%.3g/h", per_s * 3600);
    if (per_s < 1)
        return units_printf("%.3g/min", per_s * 60);
    return units_printf(per_s < 100 ? "%.3g/s" : "%.0f/s", per_s);
}

struct units_text units_exact_duration(int64_t ns)
{
    const struct unit *unit = durations + 1;
    while (unit[1].name && fmod((double)ns, unit->factor) > 0)
        unit++;
    return units_printf("%.12g%s", (double)ns / unit->factor, unit->name);
}

struct units_text units_exact_rate(double per_s)
{
    const struct unit *unit = rates + 1;
    while (unit[1].name && per_s < unit->factor)
        unit++;
    return units_printf("%.10g%s", per_s / unit->factor, unit->name);
}

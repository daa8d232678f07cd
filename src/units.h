/*
 * Durations, rates, counts and times as people write and read them.
 * Parsers take the whole string or nothing: no blanks, signs, exponents or
 * hexadecimal; they return -1 and leave the result alone otherwise.
 */
#ifndef MQSTAT_UNITS_H
#define MQSTAT_UNITS_H

#include <stddef.h>
#include <stdint.h>

#define UNITS_NS_PER_MS INT64_C(1000000)
#define UNITS_NS_PER_S  INT64_C(1000000000)

enum {
    UNITS_TIME_LEN = 24 /* 2026-11-22T08:15:30.123Z */
};

/*
 * A value as text. What a function returns lasts until the end of the
 * expression, so it may be passed on: printf("%s", units_format_count(n).text).
 */
struct units_text {
    char text[32]; /* 18,446,744,073,709,551,615 is the longest */
};

/* Formatted text (printf(3)), cut where it is longer than that. */
struct units_text units_printf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * `500ms`, `10s`, `1.5m`, `2h`, `1d`; a bare number is seconds. Stores
 * nanoseconds.
 */
int units_parse_duration(const char *text, int64_t *ns);

/* `200`, `200/s`, `30/m`, `0.5`, `2k`, `1M/h`: queries per second. */
int units_parse_rate(const char *text, double *per_s);

/* `5`, `2.5`: the whole text, of len bytes, from 0 to 100. */
int units_parse_percent(const char *text, size_t len, double *percent);

/* `10`, `10k`, `2M`: a count (k = 1,000). */
int units_parse_count(const char *text, uint64_t *count);

/* The digits that are the whole text, for a number of at most `most`. */
int units_parse_digits(const char *text, size_t len, uint64_t most,
                       uint64_t *number);

/* A count for people: `1,234,567`. */
struct units_text units_format_count(uint64_t count);

/* Milliseconds since the epoch as RFC 3339, UTC, with a Z. */
struct units_text units_format_time(int64_t ms);

/* Reads such a time back: exactly that form and a date that exists. */
int units_parse_time(const char *text, size_t len, int64_t *ms);

/* A duration for people: `1.5 s`, `2 min 5 s`, `3 h 20 min`. */
struct units_text units_format_duration(int64_t ns);

/* A rate for people: `200/s`, `12.5/s`, `30/min`. */
struct units_text units_format_rate(double per_s);

/* As the parsers take it: in the largest unit that makes it a whole number,
 * `1500ms`; in the one that makes it at least one, `30/m`. */
struct units_text units_exact_duration(int64_t ns);
struct units_text units_exact_rate(double per_s);

#endif

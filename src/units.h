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
    UNITS_TIME_BYTES = 25, /* 2026-11-22T08:15:30.123Z and NUL */
    UNITS_COUNT_BYTES = 32 /* 18,446,744,073,709,551,615 and NUL */
};

/*
 * `500ms`, `10s`, `1.5m`, `2h`, `1d`; a bare number is seconds. Stores
 * nanoseconds.
 */
int units_parse_duration(const char *text, int64_t *ns);

/* `200`, `200/s`, `30/m`, `0.5`, `2k`, `1M/h`: queries per second. */
int units_parse_rate(const char *text, double *per_s);

/* `10`, `10k`, `2M`: a count (k = 1,000). */
int units_parse_count(const char *text, uint64_t *count);

/* Writes a count for people: `1,234,567`; returns out. */
const char *units_format_count(uint64_t count, char out[UNITS_COUNT_BYTES]);

/* Writes milliseconds since the epoch as RFC 3339, UTC, with a Z. */
void units_format_time(int64_t ms, char out[UNITS_TIME_BYTES]);

/* Reads such a time back: exactly that form and a date that exists. */
int units_parse_time(const char *text, size_t len, int64_t *ms);

/* Writes a duration for people: `1.5 s`, `2 min 5 s`, `3 h 20 min`. */
void units_format_duration(int64_t ns, char *out, size_t size);

/* Writes a rate for people: `200/s`, `12.5/s`, `30/min`. */
void units_format_rate(double per_s, char *out, size_t size);

#endif

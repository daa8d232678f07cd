/*
 * Bytes that belong to somebody else: a pointer and a length, no NUL.
 */
#ifndef MQSTAT_SIM_SPAN_H
#define MQSTAT_SIM_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *data;
    size_t len;
};

/* The bytes of a string, without its NUL. */
static inline struct span span_of(const char *text)
{
    return (struct span){.data = text, .len = strlen(text)};
}

/* Are these exactly the string's bytes? */
static inline bool span_is(struct span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

#endif

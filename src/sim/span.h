/*
 * Bytes that belong to somebody else: a pointer and a length, no NUL.
 */
#ifndef MQSTAT_SIM_SPAN_H
#define MQSTAT_SIM_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "buf.h"

struct span {
    const char *data;
    size_t len;
};

/* The bytes of a string, without its NUL. */
static inline struct span span_of(const char *text)
{
    return (struct span){.data = text, .len = strlen(text)};
}

/* The bytes of a buffer behind the first `from`. */
static inline struct span span_of_buf(const struct buf *buf, size_t from)
{
    if (!buf->data)
        return span_of("");
    return (struct span){.data = buf->data + from, .len = buf->len - from};
}

/* Drops len bytes from the front. */
static inline void span_skip(struct span *span, size_t len)
{
    if (len == 0)
        return;
    span->data += len;
    span->len -= len;
}

/* Are these exactly the string's bytes? */
static inline bool span_is(struct span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

#endif

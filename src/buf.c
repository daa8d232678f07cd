/*
 * Bounded growable bytes.
 *
 * Responsible for the length, the doubling and the maximum. The invariant:
 * len <= cap <= max, and data is NULL only while cap is 0. One byte behind
 * cap is allocated and never counted: printf(3) ends its text with a NUL.
 */
#include "buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "utf8.h"

static const size_t BUF_FIRST_BYTES = 64;

void buf_init(struct buf *buf, size_t max_bytes)
{
    *buf = (struct buf){.max = max_bytes};
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){.max = buf->max};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

char *buf_grow(struct buf *buf, size_t extra)
{
    if (extra > buf->max - buf->len)
        return NULL;
    size_t need = buf->len + extra;
    size_t cap = buf->cap > 0 ? buf->cap : BUF_FIRST_BYTES;
    while (cap < need)
        cap *= 2;
    if (cap > buf->max)
        cap = buf->max;
    buf->data = mem_realloc(buf->data, cap + 1);
    buf->cap = cap;
    return buf->data + buf->len;
}

int buf_append(struct buf *buf, const void *data, size_t len)
{
    char *end = buf_reserve(buf, len);
    if (!end)
        return -1;
    if (len > 0)
        memcpy(end, data, len);
    buf->len += len;
    return 0;
}

int buf_putc(struct buf *buf, char byte)
{
    return buf_append(buf, &byte, 1);
}

int buf_puts(struct buf *buf, const char *text)
{
    return buf_append(buf, text, strlen(text));
}

int buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(len >= 0);
    char *end = buf_reserve(buf, (size_t)len);
    if (!end)
        return -1;
    va_start(args, format);
    (void)vsnprintf(end, (size_t)len + 1, format, args); /* length known */
    va_end(args);
    buf->len += (size_t)len;
    return 0;
}

int buf_append_utf8(struct buf *buf, const char *text, size_t len)
{
    static const char replacement[] = "\xef\xbf\xbd";
    size_t before = buf->len;
    for (size_t i = 0; i < len;) {
        size_t step = text[i] ? utf8_decode(text + i, len - i, NULL) : 0;
        int failed = step ? buf_append(buf, text + i, step)
                          : buf_append(buf, replacement, 3);
        if (failed) {
            buf->len = before;
            return -1;
        }
        i += step ? step : 1;
    }
    return 0;
}

void buf_clean(struct buf *scratch, const char **text, size_t *len)
{
    if (!memchr(*text, '\0', *len) && utf8_valid(*text, *len))
        return;
    buf_clear(scratch);
    if (scratch->max < *len * 3) /* U+FFFD takes three bytes */
        scratch->max = *len * 3;
    int failed = buf_append_utf8(scratch, *text, *len);
    assert(!failed);
    *text = scratch->data;
    *len = scratch->len;
}

void buf_consume(struct buf *buf, size_t len)
{
    assert(len <= buf->len);
    if (len == 0)
        return;
    buf->len -= len;
    memmove(buf->data, buf->data + len, buf->len);
}

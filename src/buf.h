/*
 * Bounded growable bytes. Every buffer that grows from outside data has a
 * maximum, given once; an append that would pass it changes nothing and
 * returns -1. Memory is kept by buf_clear, so a buffer in steady use
 * allocates nothing. The bytes are owned by the buffer.
 */
#ifndef MQSTAT_BUF_H
#define MQSTAT_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t len;
    size_t cap;
    size_t max;
};

/* Makes an empty buffer that never holds more than max_bytes. */
void buf_init(struct buf *buf, size_t max_bytes);

/* Frees the bytes; takes a zeroed buffer. */
void buf_release(struct buf *buf);

/* Forgets the bytes, keeps the memory. */
void buf_clear(struct buf *buf);

/*
 * Makes room for extra bytes behind the end and returns a pointer to them
 * (the caller writes, then adds to len), or NULL when that passes the
 * maximum. Earlier pointers into data are void afterwards.
 */
static inline char *buf_reserve(struct buf *buf, size_t extra);

/* Inside buf_reserve: where there is no room yet. */
char *buf_grow(struct buf *buf, size_t extra);

static inline char *buf_reserve(struct buf *buf, size_t extra)
{
    return buf->data && extra <= buf->cap - buf->len ? buf->data + buf->len
                                                     : buf_grow(buf, extra);
}

/* Append bytes, a byte, a string: 0, or -1 when the maximum is passed. */
int buf_append(struct buf *buf, const void *data, size_t len);
int buf_putc(struct buf *buf, char byte);
int buf_puts(struct buf *buf, const char *text);

/* Appends formatted text (printf(3)): 0, or -1 as above. */
int buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Appends text as UTF-8 that every tool can load: U+0000 and each byte that
 * is not part of a well-formed character become U+FFFD. 0 or -1 as above.
 */
int buf_append_utf8(struct buf *buf, const char *text, size_t len);

/*
 * Makes *text such UTF-8: points it into scratch, whose content it replaces,
 * when it was not; else leaves both alone. Scratch may be zeroed.
 */
void buf_clean(struct buf *scratch, const char **text, size_t *len);

/* Drops len bytes from the front. */
void buf_consume(struct buf *buf, size_t len);

#endif

/*
 * Inside account: templates, that is texts of ours with $names in them, and
 * the values that take their places.
 */
#ifndef MQSTAT_ACCOUNT_TEMPLATE_H
#define MQSTAT_ACCOUNT_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* A file beside the source as a string. */
#define ACCOUNT_TEMPLATE(symbol, file)                                         \
    __asm__(".pushsection .rodata\n.globl " #symbol "\n" #symbol               \
            ":\n.incbin \"src/" file "\"\n.byte 0\n.popsection\n");            \
    extern const char(symbol)[]

/*
 * A list of values, in a buffer: name, NUL, value, NUL, and so on. What is
 * appended after account_begin is the value, until the next one begins.
 */
void account_begin(struct buf *values, const char *name);

/* Adds a short one. */
void account_set(struct buf *values, const char *name, const char *value);

/* The list is complete: before it is walked or filled in. */
void account_end(struct buf *values);

/* Walks the list: start with *at = 0; false after the last. */
bool account_next(const struct buf *values, size_t *at, const char **name,
                  const char **value);

/*
 * Appends text from outside: markup escaped; what is not well-formed or
 * could hide or reorder text is shown as \xNN.
 */
void account_put_text(struct buf *out, const char *text, size_t len);

/*
 * Appends a template with its $names replaced by their values, as they are;
 * what stands between `$if name` and `$end` only where there is such a value
 * and it is not empty.
 */
void account_fill(struct buf *out, const char *text, const struct buf *values);

#endif

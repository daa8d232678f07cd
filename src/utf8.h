/*
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
 * above U+10FFFF.
 */
#ifndef MQSTAT_UTF8_H
#define MQSTAT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decodes the character at the front of text. Returns its length in bytes
 * (1 to 4) and stores its code point, or returns 0 when the bytes are not
 * well-formed (or len is 0); code may be NULL.
 */
size_t utf8_decode(const char *text, size_t len, uint32_t *code);

/*
 * May the character be shown as it is? Not so controls, C1, and the marks
 * that reorder, hide or join text.
 */
bool utf8_harmless(uint32_t code);

/* Is all of text well-formed UTF-8? U+0000 counts as well-formed. */
bool utf8_valid(const char *text, size_t len);

#endif

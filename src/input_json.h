/*
 * What a JSON parser lets pass and RFC 8259 does not, and where a value
 * ends in the raw text. Internal to the input family.
 */
#ifndef MQSTAT_INPUT_JSON_H
#define MQSTAT_INPUT_JSON_H

#include <stddef.h>

/*
 * Checks the tokens of one line: valid UTF-8, no raw control bytes, escapes
 * and numbers by the grammar, no escaped U+0000, nothing but ASCII outside
 * strings. Whether the tokens form a value is the parser's to say. Returns
 * what is wrong, or NULL.
 */
const char *input_json_check(const char *text, size_t len);

/*
 * In text that was checked and parsed: the offset behind the value, or the
 * name, that starts at offset at; and the next offset from at on that is no
 * blank, comma or colon.
 */
size_t input_json_value_end(const char *text, size_t len, size_t at);
size_t input_json_next(const char *text, size_t len, size_t at);

#endif

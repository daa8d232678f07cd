/*
 * JSON by the letter of RFC 8259: parsed by cJSON, refused where cJSON is
 * lenient. And where a value lies in the raw text, since cJSON keeps a
 * number as a double only.
 */
#ifndef MQSTAT_JSON_H
#define MQSTAT_JSON_H

#include <cjson/cJSON.h>
#include <stddef.h>

enum {
    JSON_WHY_BYTES = 64 /* of what is wrong, its NUL included */
};

/*
 * Parses the one value that the text must be, blanks around it apart. The
 * caller deletes it (cJSON_Delete). Strings are valid UTF-8 without U+0000.
 * NULL: it is no such text; why then says what is wrong.
 */
cJSON *json_parse(const char *text, size_t len, char why[JSON_WHY_BYTES]);

/* The only member of that name; NULL: none, several, or no object. */
const cJSON *json_member(const cJSON *object, const char *name);

/*
 * In text that was parsed: the offset behind the value, or the name, that
 * starts at offset at; and the next offset from at on that is no blank,
 * comma or colon.
 */
size_t json_value_end(const char *text, size_t len, size_t at);
size_t json_next(const char *text, size_t len, size_t at);

#endif

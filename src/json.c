/*
 * JSON by the letter.
 *
 * Responsible for what cJSON forgives (raw control bytes, bad UTF-8, a byte
 * order mark, unknown hexadecimal digits, leading zeros, strings cut at
 * U+0000, bytes behind the value); not for nesting, which cJSON checks: the
 * tokens are checked before it parses them.
 */
#include "json.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "utf8.h"

/* Is an escape right? at is its backslash; stores its length. */
static const char *check_escape(const char *at, const char *end, size_t *len)
{
    static const char odd[] = "unknown escape in a string";
    *len = 2;
    if (end - at < 2 || !at[1] || !strchr("\"\\/bfnrtu", at[1]))
        return odd;
    if (at[1] != 'u')
        return NULL;
    *len = 6;
    if (end - at < 6)
        return odd;
    for (size_t i = 2; i < 6; i++) {
        if (!isxdigit((unsigned char)at[i]))
            return odd;
    }
    return memcmp(at + 2, "0000", 4) == 0 ? "U+0000 in a string" : NULL;
}

/* Checks the string at *at, moves *at behind it. */
static const char *check_string(const char **at, const char *end)
{
    for ((*at)++; *at < end && **at != '"';) {
        size_t len = 1;
        if ((unsigned char)**at < 0x20)
            return "control character in a string";
        if (**at == '\\') {
            const char *wrong = check_escape(*at, end, &len);
            if (wrong)
                return wrong;
        }
        *at += len;
    }
    if (*at == end)
        return "a string is not closed";
    (*at)++;
    return NULL;
}

/* Moves *at over digits; returns whether there was one. */
static bool skip_digits(const char **at, const char *end)
{
    const char *start = *at;
    while (*at < end && isdigit((unsigned char)**at))
        (*at)++;
    return *at > start;
}

/* Moves *at over one of these bytes; returns whether there was one. */
static bool skip_one(const char **at, const char *end, const char *bytes)
{
    bool found = *at < end && **at && strchr(bytes, **at);
    *at += found;
    return found;
}

/* Checks the number at *at, moves *at behind it. */
static const char *check_number(const char **at, const char *end)
{
    (void)skip_one(at, end, "-"); /* it may be there */
    bool right = skip_one(at, end, "0") || skip_digits(at, end);
    if (skip_one(at, end, "."))
        right = skip_digits(at, end) && right;
    if (skip_one(at, end, "eE")) {
        (void)skip_one(at, end, "+-"); /* it may be there */
        right = skip_digits(at, end) && right;
    }
    if (*at < end && isdigit((unsigned char)**at)) /* after a leading zero */
        right = false;
    return right ? NULL : "malformed number";
}

/* Checks the tokens; whether they form a value is cJSON's to say. */
static const char *check_tokens(const char *text, size_t len)
{
    const char *end = text + len;
    const char *at = text;
    const char *wrong = utf8_valid(text, len) ? NULL : "not valid UTF-8";
    while (at < end && !wrong) {
        if (*at == '"')
            wrong = check_string(&at, end);
        else if (*at == '-' || isdigit((unsigned char)*at))
            wrong = check_number(&at, end);
        else if (!skip_one(&at, end, "{}[]:,aeflnrstu \t\r\n"))
            wrong = "not valid JSON";
    }
    return wrong;
}

cJSON *json_parse(const char *text, size_t len, char why[JSON_WHY_BYTES])
{
    const char *end = text;
    const char *wrong = check_tokens(text, len);
    if (wrong) {
        (void)snprintf(why, JSON_WHY_BYTES, "%s", wrong);
        return NULL;
    }
    /* Out of memory must not look like malformed text. */
    cJSON_InitHooks(&(cJSON_Hooks){mem_alloc, free});
    cJSON *root = cJSON_ParseWithLengthOpts(text, len, &end, false);
    const char *behind = end;
    while (skip_one(&behind, text + len, " \t\r\n"))
        ;
    if (root && behind == text + len)
        return root;
    (void)snprintf(why, JSON_WHY_BYTES, "not valid JSON at byte %zu",
                   (size_t)(end - text) + 1);
    cJSON_Delete(root);
    return NULL;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *found = NULL;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        if (!member->string || strcmp(member->string, name) != 0)
            continue;
        if (found)
            return NULL;
        found = member;
    }
    return found;
}

static size_t string_end(const char *text, size_t len, size_t at)
{
    for (at++; at < len && text[at] != '"'; at++)
        at += text[at] == '\\';
    return at + 1;
}

size_t json_value_end(const char *text, size_t len, size_t at)
{
    size_t depth = 0;
    while (at < len) {
        char byte = text[at];
        if (depth == 0 && strchr(",:]} \t", byte))
            return at;
        at = byte == '"' ? string_end(text, len, at) : at + 1;
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
    }
    return len;
}

size_t json_next(const char *text, size_t len, size_t at)
{
    while (at < len && memchr(" \t,:", text[at], 4))
        at++;
    return at;
}

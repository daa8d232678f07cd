/*
 * What a reply means.
 *
 * Responsible for the one distinction that matters: an answer or not.
 * cJSON is lenient where we must not be (bytes after the value, raw control
 * bytes, bad UTF-8, U+0000 in names, a first of two members winning), so
 * the body is checked before and after parsing. The usual two bodies are
 * recognised by comparison alone, which is the same judgement, sooner.
 */
#include "reply.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_len(const char *text)
{
    size_t len = 0;
    while (is_digit(text[len]))
        len++;
    return len;
}

/* Length of the JSON number at the front of text (RFC 8259 section 6), 0 when
 * it is none. Text ends in a byte that no number has. */
static size_t number_len(const char *text)
{
    const char *at = text + (*text == '-');
    if (!is_digit(*at))
        return 0;
    if (*at++ != '0')
        at += digits_len(at);
    if (*at == '.') {
        if (!is_digit(*++at))
            return 0;
        at += digits_len(at);
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '+' || *at == '-';
        if (!is_digit(*at))
            return 0;
        at += digits_len(at);
    }
    return strchr(",]} \t\n\r", *at) ? (size_t)(at - text) : 0;
}

/* Length of the escape at the front of text (RFC 8259 section 7), 0 when it
 * is none, or U+0000. */
static size_t escape_len(const char *text)
{
    if (text[1] != 'u')
        return text[1] && strchr("\"\\/bfnrt", text[1]) ? 2 : 0;
    size_t digits = strspn(text + 2, "0123456789abcdefABCDEF");
    return digits >= 4 && strncmp(text + 2, "0000", 4) != 0 ? 6 : 0;
}

/*
 * What cJSON lets pass: control bytes anywhere, numbers such as 01 or 1.,
 * ill-formed UTF-8, escapes such as \uZZZZ, which it reads as U+0000, and
 * U+0000 itself, which would end a name early.
 */
static bool text_is_sound(const char *body, size_t len)
{
    bool in_string = false;
    for (size_t i = 0; i < len; i++) {
        char c = body[i];
        if ((unsigned char)c < 0x20 && (in_string || !is_blank(c)))
            return false;
        size_t step = 1;
        if (in_string && c == '\\')
            step = escape_len(body + i);
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (is_digit(c) || c == '-'))
            step = number_len(body + i);
        if (step == 0)
            return false;
        i += step - 1;
    }
    return utf8_valid(body, len);
}

/* The one member named online, or NULL when there is none or another. */
static const cJSON *only_online(const cJSON *object)
{
    const cJSON *found = NULL;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        if (strcmp(member->string, "online") != 0)
            continue;
        if (found)
            return NULL;
        found = member;
    }
    return found;
}

static enum query_error read_object(const char *body, size_t len, bool *online)
{
    const char *end = NULL;
    /* Out of memory must not look like a bad reply. */
    cJSON_InitHooks(&(cJSON_Hooks){mem_alloc, free});
    cJSON *root = cJSON_ParseWithLengthOpts(body, len, &end, false);
    enum query_error error = QUERY_BAD_RESPONSE;
    if (!root)
        return error;
    while (end < body + len && is_blank(*end))
        end++;
    const cJSON *member = cJSON_IsObject(root) ? only_online(root) : NULL;
    if (member && cJSON_IsBool(member) && end == body + len) {
        *online = cJSON_IsTrue(member);
        error = QUERY_ANSWERED;
    }
    cJSON_Delete(root);
    return error;
}

static bool same(const char *body, size_t len, const char *text)
{
    return len == strlen(text) && memcmp(body, text, len) == 0;
}

static enum query_error read_body(const char *body, size_t len, bool *online)
{
    if (same(body, len, "{\"online\":true}")) {
        *online = true;
        return QUERY_ANSWERED;
    }
    if (same(body, len, "{\"online\":false}")) {
        *online = false;
        return QUERY_ANSWERED;
    }
    /* cJSON skips a byte order mark; JSON must not have one (RFC 8259 8.1) */
    if (len == 0 || len > REPLY_MAX_BYTES || body[0] == '\xef' ||
        !text_is_sound(body, len))
        return QUERY_BAD_RESPONSE;
    return read_object(body, len, online);
}

enum query_error reply_read(int http_status, const char *body, size_t len,
                            bool missing_is_offline, bool *online)
{
    switch (http_status) {
    case 200:
        return read_body(body, len, online);
    case 401:
        return QUERY_UNAUTHORIZED;
    case 403:
        return QUERY_FORBIDDEN;
    case 404:
        *online = false;
        return missing_is_offline ? QUERY_ANSWERED : QUERY_NOT_FOUND;
    case 429:
        return QUERY_RATE_LIMITED;
    default:
        break;
    }
    return http_status >= 500 && http_status <= 599 ? QUERY_SERVER_ERROR
                                                    : QUERY_HTTP_ERROR;
}

/*
 * JSON read by the letter (RFC 8259), for the targets that need a second
 * opinion: what is not in the grammar is no JSON, nor is U+0000, half a
 * surrogate pair, or a thousand levels and more.
 */
#ifndef MQSTAT_FUZZ_JSON_H
#define MQSTAT_FUZZ_JSON_H

#include "fuzz.h"

struct fuzz_json {
    const char *at;
    const char *end;
    unsigned depth;
};

/* A member of an object, or an element: its name, and where its value is. */
struct fuzz_member {
    struct buf name;
    const char *raw;
    size_t len;
};

static inline bool json_value(struct fuzz_json *json);

static inline void json_blanks(struct fuzz_json *json)
{
    while (json->at < json->end && memchr(" \t\n\r", *json->at, 4))
        json->at++;
}

static inline bool json_take(struct fuzz_json *json, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(json->end - json->at) < len || memcmp(json->at, text, len))
        return false;
    json->at += len;
    return true;
}

static inline long json_hex(struct fuzz_json *json)
{
    long code = 0;
    for (int i = 0; i < 4; i++, json->at++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = json->at < json->end && *json->at
                                ? strchr(digits, *json->at)
                                : NULL;
        if (!digit)
            return -1;
        code = code * 16 + (digit - digits) % 16;
    }
    return code;
}

static inline void json_put(struct buf *out, unsigned long code)
{
    unsigned char bytes[] = {(unsigned char)(0xf0 | code >> 18),
                             (unsigned char)(0x80 | (code >> 12 & 63)),
                             (unsigned char)(0x80 | (code >> 6 & 63)),
                             (unsigned char)(0x80 | (code & 63))};
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (len == 1)
        bytes[3] = (unsigned char)code;
    if (len == 2)
        bytes[2] = (unsigned char)(0xc0 | code >> 6);
    if (len == 3)
        bytes[1] = (unsigned char)(0xe0 | code >> 12);
    FUZZ_CHECK(!buf_append(out, bytes + 4 - len, len));
}

static inline bool json_escape(struct fuzz_json *json, struct buf *out)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    if (json->at == json->end)
        return false;
    char letter = *json->at++;
    const char *known = letter ? strchr(letters, letter) : NULL;
    if (known) {
        json_put(out, (unsigned char)bytes[known - letters]);
        return true;
    }
    long code = letter == 'u' ? json_hex(json) : -1;
    if (code >= 0xd800 && code < 0xdc00) {
        long low = json_take(json, "\\u") ? json_hex(json) : -1;
        if (low < 0xdc00 || low > 0xdfff)
            return false;
        code = 0x10000 + (code - 0xd800) * 1024 + (low - 0xdc00);
    } else if (code >= 0xdc00 && code <= 0xdfff) {
        return false;
    }
    if (code > 0)
        json_put(out, (unsigned long)code);
    return code > 0;
}

/* Reads a string and appends what it says. */
static inline bool json_string(struct fuzz_json *json, struct buf *out)
{
    if (!json_take(json, "\""))
        return false;
    while (json->at < json->end && *json->at != '"') {
        size_t step = fuzz_utf8(json->at, (size_t)(json->end - json->at));
        if (step == 0 || (unsigned char)*json->at < 0x20)
            return false;
        if (*json->at == '\\') {
            json->at++;
            if (!json_escape(json, out))
                return false;
            continue;
        }
        FUZZ_CHECK(!buf_append(out, json->at, step));
        json->at += step;
    }
    return json_take(json, "\"");
}

static inline bool json_digits(struct fuzz_json *json)
{
    const char *start = json->at;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9')
        json->at++;
    return json->at > start;
}

static inline bool json_number(struct fuzz_json *json)
{
    (void)json_take(json, "-");
    if (!json_take(json, "0") && !json_digits(json))
        return false;
    if (json_take(json, ".") && !json_digits(json))
        return false;
    if (!json_take(json, "e") && !json_take(json, "E"))
        return true;
    if (!json_take(json, "+"))
        (void)json_take(json, "-");
    return json_digits(json);
}

/* Steps to the next member or element: 1, 0 behind the last, -1 no JSON. */
static inline int json_next(struct fuzz_json *json, bool object, bool first,
                            struct fuzz_member *member)
{
    json_blanks(json);
    if (json_take(json, object ? "}" : "]"))
        return first ? 0 : -1;
    buf_clear(&member->name);
    if (object) {
        if (!json_string(json, &member->name))
            return -1;
        json_blanks(json);
        if (!json_take(json, ":"))
            return -1;
        json_blanks(json);
    }
    member->raw = json->at;
    if (!json_value(json))
        return -1;
    member->len = (size_t)(json->at - member->raw);
    return 1;
}

/* Behind a member: 1 another one comes, 0 it was the last, -1 no JSON. */
static inline int json_more(struct fuzz_json *json, bool object)
{
    json_blanks(json);
    if (json_take(json, object ? "}" : "]"))
        return 0;
    if (!json_take(json, ","))
        return -1;
    json_blanks(json);
    bool ends = json->at < json->end && *json->at == (object ? '}' : ']');
    return ends ? -1 : 1;
}

static inline bool json_list(struct fuzz_json *json, bool object)
{
    struct fuzz_member member = {0};
    buf_init(&member.name, FUZZ_TEXT_BYTES);
    json->at++;
    int got = ++json->depth > 1000 ? -1
                                   : json_next(json, object, true, &member);
    while (got > 0) {
        got = json_more(json, object);
        if (got > 0)
            got = json_next(json, object, false, &member);
    }
    json->depth--;
    buf_release(&member.name);
    return got == 0;
}

static inline bool json_value(struct fuzz_json *json)
{
    if (json->at == json->end)
        return false;
    if (*json->at == '{' || *json->at == '[')
        return json_list(json, *json->at == '{');
    if (*json->at == '"') {
        struct buf text;
        buf_init(&text, FUZZ_TEXT_BYTES);
        bool good = json_string(json, &text);
        buf_release(&text);
        return good;
    }
    return json_take(json, "true") || json_take(json, "false") ||
           json_take(json, "null") || json_number(json);
}

/* Is the text one JSON value, with blanks around it? */
static inline bool fuzz_json_valid(const char *text, size_t len)
{
    struct fuzz_json json = {text, text + len, 0};
    json_blanks(&json);
    if (!json_value(&json))
        return false;
    json_blanks(&json);
    return json.at == json.end;
}

#endif

/*
 * What a reply means: a table of bodies, and the same judgement as a strict
 * JSON parser's, written here from RFC 8259, on mutated ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reply.h"
#include "utf8.h"

#define BYTES(text)     text, sizeof(text) - 1
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* What a body is read as. */
enum meaning {
    NO_ANSWER,
    ONLINE,
    OFFLINE
};

/* Reads from exactly len + 1 bytes, so that a sanitizer sees more. */
static enum meaning read_200(const char *body, size_t len)
{
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    if (len > 0)
        memcpy(copy, body, len);
    copy[len] = '\0';
    bool online = false;
    enum query_error error = reply_read(200, copy, len, false, &online);
    free(copy);
    if (error == QUERY_ANSWERED)
        return online ? ONLINE : OFFLINE;
    assert_int_equal(error, QUERY_BAD_RESPONSE);
    return NO_ANSWER;
}

/* ---- a strict parser ---- */

struct parser {
    const char *at;
    const char *end;
    unsigned online; /* members of that name, in the outermost object */
    enum meaning meaning;
};

static void skip_blanks(struct parser *parser)
{
    while (parser->at < parser->end && strchr(" \t\n\r", *parser->at) &&
           *parser->at)
        parser->at++;
}

static bool take(struct parser *parser, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(parser->end - parser->at) < len ||
        memcmp(parser->at, text, len) != 0)
        return false;
    parser->at += len;
    return true;
}

static int take_hex(struct parser *parser)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef";
        if (parser->at == parser->end || !*parser->at)
            return -1;
        const char *digit = strchr(digits, *parser->at | 0x20);
        if (!digit || (*parser->at < '0'))
            return -1;
        if (*parser->at > '9' && *parser->at < 'A')
            return -1;
        value = value * 16 + (int)(digit - digits);
        parser->at++;
    }
    return value;
}

/* The rest of a \u escape; U+0000 and lone surrogates are refused. */
static bool take_unicode(struct parser *parser, char *out, size_t *len)
{
    int code = take_hex(parser);
    if (code <= 0 || (code >= 0xdc00 && code <= 0xdfff))
        return false;
    if (code >= 0xd800 && code <= 0xdbff) {
        int low = take(parser, "\\u") ? take_hex(parser) : -1;
        if (low < 0xdc00 || low > 0xdfff)
            return false;
        code = 0x10000; /* no part of a name that matters */
    }
    out[(*len)++] = (char)(code < 128 ? code : 1);
    return true;
}

/* Names matter up to the length of "online". */
static bool take_string(struct parser *parser, char *out, size_t *len)
{
    *len = 0;
    if (!take(parser, "\""))
        return false;
    while (parser->at < parser->end) {
        char c = *parser->at++;
        if (c == '"')
            return true;
        if ((unsigned char)c < 0x20)
            return false;
        if (c != '\\') {
            out[(*len)++] = c;
            continue;
        }
        c = '\0';
        if (parser->at < parser->end)
            c = *parser->at++;
        if (c == 'u') {
            if (!take_unicode(parser, out, len))
                return false;
            continue;
        }
        if (!c || !strchr("\"\\/bfnrt", c))
            return false;
        out[(*len)++] = strchr("\"\\/", c) ? c : 1;
    }
    return false;
}

static size_t take_digits(struct parser *parser)
{
    const char *from = parser->at;
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9')
        parser->at++;
    return (size_t)(parser->at - from);
}

static bool take_number(struct parser *parser)
{
    (void)take(parser, "-");
    if (!take(parser, "0") && take_digits(parser) == 0)
        return false;
    if (take(parser, ".") && take_digits(parser) == 0)
        return false;
    if (take(parser, "e") || take(parser, "E")) {
        if (!take(parser, "+"))
            (void)take(parser, "-");
        return take_digits(parser) > 0;
    }
    return true;
}

static bool take_value(struct parser *parser, int depth);

static bool take_member(struct parser *parser, int depth)
{
    static char name[2 * REPLY_MAX_BYTES];
    size_t len;
    skip_blanks(parser);
    if (!take_string(parser, name, &len))
        return false;
    skip_blanks(parser);
    if (!take(parser, ":"))
        return false;
    skip_blanks(parser);
    if (depth == 1 && len == 6 && memcmp(name, "online", 6) == 0) {
        parser->online++;
        parser->meaning = NO_ANSWER;
        if (parser->end > parser->at && *parser->at == 't')
            parser->meaning = ONLINE;
        if (parser->end > parser->at && *parser->at == 'f')
            parser->meaning = OFFLINE;
    }
    return take_value(parser, depth);
}

static bool take_list(struct parser *parser, const char *close, int depth)
{
    skip_blanks(parser);
    if (take(parser, close))
        return true;
    do {
        if (*close == '}' ? !take_member(parser, depth)
                          : !take_value(parser, depth))
            return false;
        skip_blanks(parser);
    } while (take(parser, ","));
    return take(parser, close);
}

static bool take_value(struct parser *parser, int depth)
{
    static char text[2 * REPLY_MAX_BYTES];
    size_t len;
    skip_blanks(parser);
    if (depth > 1000)
        return false;
    if (take(parser, "{"))
        return take_list(parser, "}", depth + 1);
    if (take(parser, "["))
        return take_list(parser, "]", depth + 1);
    if (parser->at < parser->end && *parser->at == '"')
        return take_string(parser, text, &len);
    return take(parser, "true") || take(parser, "false") ||
           take(parser, "null") || take_number(parser);
}

static enum meaning read_strictly(const char *body, size_t len)
{
    struct parser parser = {.at = body, .end = body + len};
    skip_blanks(&parser);
    bool object = parser.at < parser.end && *parser.at == '{';
    if (len > REPLY_MAX_BYTES || !object || !utf8_valid(body, len) ||
        !take_value(&parser, 0))
        return NO_ANSWER;
    skip_blanks(&parser);
    return parser.at == parser.end && parser.online == 1 ? parser.meaning
                                                         : NO_ANSWER;
}

/* ---- tables ---- */

static const struct body {
    const char *text;
    size_t len;
    enum meaning meaning;
} bodies[] = {
    /* answers */
    {BYTES("{\"online\":true}"), ONLINE},
    {BYTES("{\"online\":false}"), OFFLINE},
    {BYTES(" \t\r\n{ \"online\" : true } \r\n"), ONLINE},
    {BYTES("{\n  \"online\": false\n}\n"), OFFLINE},
    {BYTES("{\"client\":\"x\",\"online\":true}"), ONLINE},
    {BYTES("{\"online\":false,\"since\":12.5e-3,\"x\":[1,{\"a\":null}]}"),
     OFFLINE},
    {BYTES("{\"inner\":{\"online\":false},\"online\":true}"), ONLINE},
    {BYTES("{\"ONLINE\":false,\"Online\":1,\"online\":true}"), ONLINE},
    {BYTES("{\"\":0,\"online\":true}"), ONLINE},
    {BYTES("{\"\\u006fnline\":true}"), ONLINE}, /* the same name */
    {BYTES("{\"a\":\"\\u0001\\n\\\\u0000\",\"online\":true}"), ONLINE},
    {BYTES("{\"a\":\"\\ud83d\\ude00\",\"online\":true}"), ONLINE},
    {BYTES("{\"a\":\"\xf0\x9f\x98\x80\x7f\",\"online\":false}"), OFFLINE},
    {BYTES("{\"a\":-0,\"b\":0.0,\"c\":1E+9,\"d\":10,\"online\":true}"), ONLINE},
    {BYTES("{\"a\":1e99999,\"online\":true}"), ONLINE},
    {BYTES("{\"a\":\"01 1. {]\",\"online\":true}"), ONLINE},
    /* no real boolean */
    {BYTES("{\"online\":1}"), NO_ANSWER},
    {BYTES("{\"online\":0}"), NO_ANSWER},
    {BYTES("{\"online\":\"true\"}"), NO_ANSWER},
    {BYTES("{\"online\":\"false\"}"), NO_ANSWER},
    {BYTES("{\"online\":null}"), NO_ANSWER},
    {BYTES("{\"online\":[true]}"), NO_ANSWER},
    {BYTES("{\"online\":{\"online\":true}}"), NO_ANSWER},
    {BYTES("{\"online\":\"\"}"), NO_ANSWER},
    {BYTES("{\"online\":True}"), NO_ANSWER},
    {BYTES("{\"online\":TRUE}"), NO_ANSWER},
    {BYTES("{\"online\":truefalse}"), NO_ANSWER},
    {BYTES("{\"online\":true1}"), NO_ANSWER},
    {BYTES("{\"online\":t}"), NO_ANSWER},
    {BYTES("{\"online\":}"), NO_ANSWER},
    /* no object with that member */
    {BYTES(""), NO_ANSWER},
    {BYTES(" "), NO_ANSWER},
    {BYTES("{}"), NO_ANSWER},
    {BYTES("[]"), NO_ANSWER},
    {BYTES("true"), NO_ANSWER},
    {BYTES("false"), NO_ANSWER},
    {BYTES("null"), NO_ANSWER},
    {BYTES("0"), NO_ANSWER},
    {BYTES("\"online\""), NO_ANSWER},
    {BYTES("[{\"online\":true}]"), NO_ANSWER},
    {BYTES("[\"online\",true]"), NO_ANSWER},
    {BYTES("{\"data\":{\"online\":true}}"), NO_ANSWER},
    {BYTES("{\"Online\":true}"), NO_ANSWER},
    {BYTES("{\"ONLINE\":true}"), NO_ANSWER},
    {BYTES("{\"online \":true}"), NO_ANSWER},
    {BYTES("{\"onlin\":true}"), NO_ANSWER},
    {BYTES("{\"onlinex\":true}"), NO_ANSWER},
    {BYTES("{\"offline\":false}"), NO_ANSWER},
    /* duplicates */
    {BYTES("{\"online\":true,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"online\":true,\"online\":false}"), NO_ANSWER},
    {BYTES("{\"online\":true,\"a\":1,\"\\u006fnline\":false}"), NO_ANSWER},
    {BYTES("{\"online\":true,\"online\":1}"), NO_ANSWER},
    /* U+0000, which ends a name early in cJSON */
    {BYTES("{\"online\\u0000x\":true}"), NO_ANSWER},
    {BYTES("{\"online\\u0000\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\u0000\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"online\0x\":true}"), NO_ANSWER},
    /* escapes that are none: cJSON reads them as U+0000 */
    {BYTES("{\"online\\uZZZZx\":true}"), NO_ANSWER},
    {BYTES("{\"online\\u\":true}"), NO_ANSWER},
    {BYTES("{\"online\\u00\":true}"), NO_ANSWER},
    {BYTES("{\"online\\u 000\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\x41\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\'\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\U0041\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\ud83d\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\ude00\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\"), NO_ANSWER},
    /* something behind it */
    {BYTES("{\"online\":true}x"), NO_ANSWER},
    {BYTES("{\"online\":true}}"), NO_ANSWER},
    {BYTES("{\"online\":true}{\"online\":true}"), NO_ANSWER},
    {BYTES("{\"online\":true}\n{\"online\":false}\n"), NO_ANSWER},
    {BYTES("{\"online\":true},"), NO_ANSWER},
    {BYTES("{\"online\":true}\0"), NO_ANSWER},
    {BYTES("{\"online\":true}\0\0\0"), NO_ANSWER},
    {BYTES("{\"online\":true}\v"), NO_ANSWER},
    {BYTES("{\"online\":true}\xc2\xa0"), NO_ANSWER},
    {BYTES("{\"online\":true} // yes"), NO_ANSWER},
    /* something before it */
    {BYTES("\xef\xbb\xbf{\"online\":true}"), NO_ANSWER},
    {BYTES(" \xef\xbb\xbf{\"online\":true}"), NO_ANSWER},
    {BYTES("\0{\"online\":true}"), NO_ANSWER},
    {BYTES("\f{\"online\":true}"), NO_ANSWER},
    {BYTES(")]}',\n{\"online\":true}"), NO_ANSWER},
    {BYTES("x({\"online\":true})"), NO_ANSWER},
    {BYTES("online=true"), NO_ANSWER},
    {BYTES("<html><body>{\"online\":true}</body></html>"), NO_ANSWER},
    /* other grammars */
    {BYTES("{\"online\":true,}"), NO_ANSWER},
    {BYTES("{,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"online\" true}"), NO_ANSWER},
    {BYTES("{\"online\"=true}"), NO_ANSWER},
    {BYTES("{'online':true}"), NO_ANSWER},
    {BYTES("{online:true}"), NO_ANSWER},
    {BYTES("{\"online\":true/**/}"), NO_ANSWER},
    {BYTES("{\"online\":true]"), NO_ANSWER},
    {BYTES("{\"a\":[1,],\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":[1 2],\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":{\"b\"},\"online\":true}"), NO_ANSWER},
    /* numbers */
    {BYTES("{\"a\":01,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1.,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":.5,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":-,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":-01,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":+1,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1e,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1e+,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":0x10,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1.2.3,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1-2,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":NaN,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":Infinity,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":-Infinity,\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":1"), NO_ANSWER},
    /* bytes */
    {BYTES("{\"a\":\"\n\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\t\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\x1f\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\\\n\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"online\"\v:true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\xff\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\xc3\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\xc0\xaf\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\"a\":\"\xed\xa0\x80\",\"online\":true}"), NO_ANSWER},
    {BYTES("{\0\"\0o\0n\0l\0i\0n\0e\0\"\0:\0t\0r\0u\0e\0}\0"), NO_ANSWER},
    {BYTES("\xff\xfe{\0}\0"), NO_ANSWER},
    {BYTES("\xfe\xff\0{\0}"), NO_ANSWER},
    {BYTES("\x1f\x8b\x08\0\0\0\0\0"), NO_ANSWER}, /* gzip */
};

static void reads_bodies(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        const struct body *body = &bodies[i];
        if (read_200(body->text, body->len) != body->meaning)
            fail_msg("case %zu: %s", i, body->text);
        if (read_strictly(body->text, body->len) != body->meaning)
            fail_msg("case %zu, strictly: %s", i, body->text);
    }
}

static void refuses_a_body_cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        const struct body *body = &bodies[i];
        if (body->meaning == NO_ANSWER)
            continue;
        size_t end = body->len; /* of the object */
        while (body->text[end - 1] != '}')
            end--;
        for (size_t len = 0; len < end; len++)
            assert_int_equal(read_200(body->text, len), NO_ANSWER);
    }
}

static void reads_a_status(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum query_error error;
    } cases[] = {
        {401, QUERY_UNAUTHORIZED}, {403, QUERY_FORBIDDEN},
        {404, QUERY_NOT_FOUND},    {429, QUERY_RATE_LIMITED},
        {500, QUERY_SERVER_ERROR}, {501, QUERY_SERVER_ERROR},
        {502, QUERY_SERVER_ERROR}, {503, QUERY_SERVER_ERROR},
        {504, QUERY_SERVER_ERROR}, {599, QUERY_SERVER_ERROR},
        {100, QUERY_HTTP_ERROR},   {201, QUERY_HTTP_ERROR},
        {204, QUERY_HTTP_ERROR},   {206, QUERY_HTTP_ERROR},
        {301, QUERY_HTTP_ERROR},   {302, QUERY_HTTP_ERROR},
        {304, QUERY_HTTP_ERROR},   {307, QUERY_HTTP_ERROR},
        {400, QUERY_HTTP_ERROR},   {402, QUERY_HTTP_ERROR},
        {405, QUERY_HTTP_ERROR},   {407, QUERY_HTTP_ERROR},
        {408, QUERY_HTTP_ERROR},   {414, QUERY_HTTP_ERROR},
        {418, QUERY_HTTP_ERROR},   {499, QUERY_HTTP_ERROR},
        {600, QUERY_HTTP_ERROR},   {999, QUERY_HTTP_ERROR},
        {0, QUERY_HTTP_ERROR},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool online = false;
        static const char body[] = "{\"online\":true}"; /* counts at 200 only */
        assert_int_equal(
            reply_read(cases[i].status, body, sizeof body - 1, false, &online),
            cases[i].error);
        assert_int_equal(reply_read(cases[i].status, "", 0, false, &online),
                         cases[i].error);
    }
}

/* But for a page: that is a web server's. */
static void maps_404_when_told(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        enum query_error error;
    } cases[] = {
        {"", QUERY_ANSWERED},
        {"{\"online\":true}", QUERY_ANSWERED},
        {" \r\n\t{\"code\":404}", QUERY_ANSWERED},
        {"\n", QUERY_ANSWERED},
        {"<html>404</html>", QUERY_NOT_FOUND},
        {"\r\n <!DOCTYPE html>", QUERY_NOT_FOUND},
        {"Not Found", QUERY_ANSWERED},
    };
    bool online = true;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        online = true;
        assert_int_equal(reply_read(404, cases[i].body, strlen(cases[i].body),
                                    true, &online),
                         cases[i].error);
        assert_false(online);
    }
    assert_int_equal(reply_read(410, "", 0, true, &online), QUERY_HTTP_ERROR);
}

/* Fills body with opening, filling.., closing, of len bytes in all. */
static void build(char *body, size_t len, const char *opening,
                  const char *filling, const char *closing)
{
    size_t front = strlen(opening);
    size_t back = strlen(closing);
    memcpy(body, opening, front);
    for (size_t at = front; at < len - back; at++)
        body[at] = filling[(at - front) % strlen(filling)];
    memcpy(body + len - back, closing, back);
}

static void keeps_to_four_kibibytes(void **state)
{
    (void)state;
    static char body[2 * REPLY_MAX_BYTES];
    build(body, REPLY_MAX_BYTES, "{\"a\":\"", "x", "\",\"online\":true}");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), ONLINE);
    build(body, REPLY_MAX_BYTES + 1, "{\"a\":\"", "x", "\",\"online\":true}");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES + 1), NO_ANSWER);
    build(body, sizeof body, "{\"online\":true}", " ", " ");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), ONLINE);
    assert_int_equal(read_200(body, sizeof body), NO_ANSWER);
    /* as deep, and with as many members, as fit */
    build(body, REPLY_MAX_BYTES, "{\"online\":true,\"a\":", "[", "]}");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), NO_ANSWER);
    build(body, REPLY_MAX_BYTES, "{\"online\":true,\"a\":", "{\"a\":", "}}");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), NO_ANSWER);
    const size_t members = 21 + 6 * 600;
    build(body, members, "{\"online\":true,\"b\":0", ",\"a\":1", "}");
    assert_int_equal(read_200(body, members), ONLINE);
    build(body, REPLY_MAX_BYTES, "", "\\", "\\");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), NO_ANSWER);
    build(body, REPLY_MAX_BYTES, "", "-", "-");
    assert_int_equal(read_200(body, REPLY_MAX_BYTES), NO_ANSWER);
}

/* ---- mutations ---- */

static uint64_t random_next(void)
{
    static uint64_t random = 1;
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    return random * UINT64_C(2685821657736338717);
}

/* Cuts, doubles, swaps and inserts pieces that matter. */
static size_t mutate(char *body, size_t len, size_t max)
{
    static const char *const pieces[] = {
        "{",           "}",       "[",
        "]",           ",",       ":",
        "\"",          "\\",      "true",
        "false",       "null",    "online",
        "\"online\":", "\\u00",   "\\u006f",
        "\\ud83d",     "\\ude00", "\\uD800",
        "0",           "1",       "-",
        ".",           "e",       "E+",
        "01",          " ",       "\n",
        "\t",          "\v",      "\x01",
        "\xc3\xa9",    "\xff",    "\xef\xbb\xbf",
        "/",           "\\\"",    "\\\\",
        "x",           "\\n",     "\x7f",
        "1e5",
    };
    size_t at = random_next() % (len + 1);
    switch (random_next() % 4) {
    case 0: { /* insert */
        const char *piece = pieces[random_next() % COUNT_OF(pieces)];
        size_t add = strlen(piece);
        if (len + add > max)
            return len;
        memmove(body + at + add, body + at, len - at);
        memcpy(body + at, piece, add);
        return len + add;
    }
    case 1: { /* drop */
        size_t gone = random_next() % 4;
        if (at + gone > len)
            return len;
        memmove(body + at, body + at + gone, len - at - gone);
        return len - gone;
    }
    case 2: /* a byte */
        if (at < len)
            body[at] = (char)random_next();
        return len;
    default: { /* double the end */
        size_t add = len - at;
        if (add > 12 || len + add > max)
            return len;
        memmove(body + len, body + at, add);
        return len + add;
    }
    }
}

static void judges_as_a_strict_parser(void **state)
{
    (void)state;
    enum {
        MUTANTS = 1000000
    };
    static char body[512];
    size_t answers = 0;
    size_t len = 0;
    for (int i = 0; i < MUTANTS; i++) {
        if (i % 6 == 0) {
            const struct body *from = &bodies[random_next() % COUNT_OF(bodies)];
            len = from->len;
            memcpy(body, from->text, len);
        }
        len = mutate(body, len, sizeof body);
        enum meaning meaning = read_200(body, len);
        answers += meaning != NO_ANSWER;
        if (meaning != read_strictly(body, len))
            fail_msg("%d, not %d: %.*s", (int)meaning,
                     (int)read_strictly(body, len), (int)len, body);
    }
    assert_true(answers > MUTANTS / 100);
}

/* Whatever stood there before. */
static void says_offline(void **state)
{
    (void)state;
    static const char *const offline[] = {"{\"online\":false}",
                                          " {\"online\":false}"};
    for (size_t i = 0; i < sizeof offline / sizeof offline[0]; i++) {
        bool online = true;
        assert_int_equal(
            reply_read(200, offline[i], strlen(offline[i]), false, &online),
            QUERY_ANSWERED);
        assert_false(online);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_offline),
        cmocka_unit_test(reads_bodies),
        cmocka_unit_test(refuses_a_body_cut_anywhere),
        cmocka_unit_test(reads_a_status),
        cmocka_unit_test(maps_404_when_told),
        cmocka_unit_test(keeps_to_four_kibibytes),
        cmocka_unit_test(judges_as_a_strict_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

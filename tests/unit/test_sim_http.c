/*
 * The simulator's HTTP: request heads, paths, and the replies it makes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mem.h"
#include "sim/http.h"
#include "sim/response.h"

#define GET "GET /a HTTP/1.1\r\n"

static const struct {
    const char *text;
    enum http_result result;
    bool keep_alive;
    unsigned body_len;
    const char *authorization; /* NULL: none */
} heads[] = {
    {GET "\r\n", HTTP_DONE, true, 0, NULL},
    {"\r\n\n" GET "\r\n", HTTP_DONE, true, 0, NULL},
    {"GET /a HTTP/1.1\nHost: x\n\n", HTTP_DONE, true, 0, NULL},
    {"GET /a HTTP/1.0\r\n\r\n", HTTP_DONE, false, 0, NULL},
    {"GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", HTTP_DONE, true, 0,
     NULL},
    {GET "connection: x , close\r\n\r\n", HTTP_DONE, false, 0, NULL},
    {GET "Authorization:  Basic YTpi \t\r\n\r\n", HTTP_DONE, true, 0,
     "Basic YTpi"},
    {GET "Content-Length: 12\r\n\r\n", HTTP_DONE, true, 12, NULL},
    {GET "Content-Length: 3\r\nContent-Length: 3\r\n\r\n", HTTP_DONE, true, 3,
     NULL},
    {GET "X-Empty:\r\n\r\n", HTTP_DONE, true, 0, NULL},
    {"", HTTP_MORE, false, 0, NULL},
    {"\r\n", HTTP_MORE, false, 0, NULL},
    {"GET", HTTP_MORE, false, 0, NULL},
    {GET, HTTP_MORE, false, 0, NULL},
    {GET "\r", HTTP_MORE, false, 0, NULL},
    {GET "A: b\r\n", HTTP_MORE, false, 0, NULL},
    {"GET /a\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"GET  /a HTTP/1.1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"GET /a b HTTP/1.1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"GET /a\x01 HTTP/1.1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {" GET /a HTTP/1.1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"G(T /a HTTP/1.1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"GET /a HTTP/1.2\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {"PRI * HTTP/2.0\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "no colon\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET ": no name\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "A : b\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "A: b\r\n folded\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "A: b\rc\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "Content-Length: -1\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "Content-Length:\r\n\r\n", HTTP_BAD, false, 0, NULL},
    {GET "Content-Length: 99999999999999999999\r\n\r\n", HTTP_BAD, false, 0,
     NULL},
    {GET "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", HTTP_BAD, false, 0,
     NULL},
    {GET "Transfer-Encoding: chunked\r\n\r\n", HTTP_BAD, false, 0, NULL},
};

static void check_head(size_t i, const struct http_request *request)
{
    const char *authorization = heads[i].authorization;
    assert_true(span_is(request->method, "GET"));
    assert_true(span_is(request->target, "/a"));
    assert_int_equal(request->keep_alive, heads[i].keep_alive);
    assert_int_equal(request->body_len, heads[i].body_len);
    assert_int_equal(request->head_len, strlen(heads[i].text));
    if (authorization)
        assert_true(span_is(request->authorization, authorization));
    else
        assert_null(request->authorization.data);
}

static void parses_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct http_request request;
        size_t scanned = 0;
        enum http_result result = http_parse(&request, span_of(heads[i].text),
                                             &scanned);
        if (result != heads[i].result)
            fail_msg("case %zu: %d", i, (int)result);
        if (result == HTTP_DONE)
            check_head(i, &request);
    }
}

/* The same, from bytes that come one by one. */
static void parses_heads_in_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct http_request request;
        size_t scanned = 0;
        size_t len = strlen(heads[i].text);
        enum http_result result = HTTP_MORE;
        for (size_t at = 0; at <= len && result == HTTP_MORE; at++) {
            char *copy = mem_strndup(heads[i].text, at);
            struct span data = {.data = copy, .len = at};
            result = http_parse(&request, data, &scanned);
            if (result != HTTP_MORE)
                assert_int_equal(at, len);
            free(copy);
        }
        assert_int_equal(result, heads[i].result);
    }
}

static void leaves_what_follows(void **state)
{
    (void)state;
    struct http_request request;
    size_t scanned = 0;
    struct span data = span_of(GET "\r\nGET /b HTTP/1.1\r\n\r\n");
    assert_int_equal(http_parse(&request, data, &scanned), HTTP_DONE);
    span_skip(&data, request.head_len);
    scanned = 0;
    assert_int_equal(http_parse(&request, data, &scanned), HTTP_DONE);
    assert_true(span_is(request.target, "/b"));
}

static void limits_heads(void **state)
{
    (void)state;
    struct http_request request;
    size_t len = HTTP_HEAD_MAX_BYTES;
    char *text = mem_alloc(len);
    memset(text, 'x', len);
    struct span data = {.data = text, .len = len - 1};
    size_t scanned = 0;
    assert_int_equal(http_parse(&request, data, &scanned), HTTP_MORE);
    data.len = len;
    assert_int_equal(http_parse(&request, data, &scanned), HTTP_TOO_LONG);
    free(text);
}

static const struct {
    const char *target;
    const char *prefix;
    const char *id; /* NULL: it is none */
} paths[] = {
    {"/client-id/a/status", "", "a"},
    {"/client-id//status", "", ""},
    {"/client-id/a%2Fb/status", "", "a%2Fb"},
    {"/client-id/../status", "", ".."},
    {"/api/v1/client-id/a/status", "/api/v1", "a"},
    {"http://h:80/client-id/a/status", "", "a"},
    {"http://h", "", NULL},
    {"/client-id/a/status", "/api", NULL},
    {"/client-id/a/status/", "", NULL},
    {"/client-id/a/status?x", "", NULL},
    {"/client-id/a", "", NULL},
    {"/client-id/a/b/status", "", NULL},
    {"/client-id/", "", NULL},
    {"/", "", NULL},
    {"*", "", NULL},
};

static void finds_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct span id = {.data = NULL};
        bool found = http_client_id(span_of(paths[i].target),
                                    span_of(paths[i].prefix), &id);
        if (found != (paths[i].id != NULL) ||
            (found && !span_is(id, paths[i].id)))
            fail_msg("%s", paths[i].target);
    }
}

static const struct {
    const char *code;
    const char *plain; /* NULL: malformed */
    size_t len;
} codes[] = {
    {"", "", 0},
    {"abc-._~", "abc-._~", 7},
    {"%41%4a%4A", "AJJ", 3},
    {"%00%ff%C3%A9", "\0\xff\xc3\xa9", 4},
    {"a+b", "a+b", 3},
    {"%", NULL, 0},
    {"%4", NULL, 0},
    {"%4g", NULL, 0},
    {"%%41", NULL, 0},
};

static void decodes_percents(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct buf out;
        buf_init(&out, 100);
        int failed = http_percent_decode(&out, span_of(codes[i].code));
        assert_int_equal(failed, codes[i].plain ? 0 : -1);
        if (codes[i].len > 0) {
            assert_int_equal(out.len, codes[i].len);
            assert_memory_equal(out.data, codes[i].plain, out.len);
        }
        buf_release(&out);
    }
}

static void writes_the_usual_reply(void **state)
{
    (void)state;
    static const char expected[] =
        "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: application/json\r\n"
        "Content-Length: 16\r\n\r\n{\"online\":false}";
    struct response response = {
        .status = 200,
        .keep_alive = true,
        .date = "now",
    };
    struct behaviour behaviour;
    behaviour_init(&behaviour);
    struct buf out;
    size_t body_at = 0;
    buf_init(&out, 1000);
    assert_int_equal(response_write(&out, &response, &behaviour, &body_at), 0);
    assert_int_equal(out.len, strlen(expected));
    assert_memory_equal(out.data, expected, out.len);
    assert_int_equal(body_at, out.len - 16);
    assert_int_equal(response_status(&out), 200);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_heads),
        cmocka_unit_test(parses_heads_in_pieces),
        cmocka_unit_test(leaves_what_follows),
        cmocka_unit_test(limits_heads),
        cmocka_unit_test(finds_ids),
        cmocka_unit_test(decodes_percents),
        cmocka_unit_test(writes_the_usual_reply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

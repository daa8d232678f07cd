/*
 * The record: ids, kept cells, reuse, and the closed set of error codes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "query.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define BYTES(text)     text, sizeof(text) - 1

static const struct {
    enum query_error error;
    const char *name;
    bool retryable;
} codes[] = {
    {QUERY_ANSWERED, "", false},
    {QUERY_RATE_LIMITED, "rate_limited", true},
    {QUERY_UNAUTHORIZED, "unauthorized", false},
    {QUERY_FORBIDDEN, "forbidden", false},
    {QUERY_NOT_FOUND, "not_found", false},
    {QUERY_HTTP_ERROR, "http_error", false},
    {QUERY_SERVER_ERROR, "server_error", true},
    {QUERY_TIMEOUT, "timeout", true},
    {QUERY_DNS_FAILED, "dns_failed", true},
    {QUERY_CONNECT_FAILED, "connect_failed", true},
    {QUERY_TLS_FAILED, "tls_failed", false},
    {QUERY_CONNECTION_LOST, "connection_lost", true},
    {QUERY_BAD_RESPONSE, "bad_response", false},
    {QUERY_BAD_CLIENT_ID, "bad_client_id", false},
    {QUERY_BAD_ROW, "bad_row", false},
    {QUERY_NOT_ATTEMPTED, "not_attempted", true},
};

static void test_codes(void **state)
{
    (void)state;
    assert_int_equal(COUNT_OF(codes), QUERY_ERROR_COUNT);
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        assert_string_equal(query_error_name(codes[i].error), codes[i].name);
        assert_int_equal(query_error_retryable(codes[i].error),
                         codes[i].retryable);
    }
}

static void assert_cell(const struct query *query, size_t *at,
                        enum query_cell wanted_kind, const char *wanted,
                        size_t wanted_len)
{
    enum query_cell kind;
    const char *text = NULL;
    size_t len = 0;
    assert_true(query_cell_next(query, at, &kind, &text, &len));
    assert_int_equal(kind, wanted_kind);
    assert_int_equal(len, wanted_len);
    if (len > 0)
        assert_memory_equal(text, wanted, len);
}

static void assert_no_cell(const struct query *query, size_t at)
{
    enum query_cell kind;
    const char *text = NULL;
    size_t len = 0;
    assert_false(query_cell_next(query, &at, &kind, &text, &len));
}

static void test_cells(void **state)
{
    static const struct {
        const char *id;
        size_t len;
    } ids[] = {{BYTES("VIN1")}, {BYTES("")}, {BYTES("a\0b")}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        struct query query;
        size_t at = 0;
        query_init(&query);
        assert_no_cell(&query, 0);
        assert_int_equal(query_set_id(&query, ids[i].id, ids[i].len), 0);
        assert_no_cell(&query, 0);
        assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, "", 0), 0);
        assert_int_equal(query_add_cell(&query, QUERY_CELL_JSON, BYTES("[1]")),
                         0);
        assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, BYTES("x\0y")),
                         0);
        assert_int_equal(query.id_len, ids[i].len);
        assert_memory_equal(query.text.data, ids[i].id, ids[i].len);
        assert_cell(&query, &at, QUERY_CELL_TEXT, "", 0);
        assert_cell(&query, &at, QUERY_CELL_JSON, BYTES("[1]"));
        assert_cell(&query, &at, QUERY_CELL_TEXT, BYTES("x\0y"));
        assert_no_cell(&query, at);
        query_release(&query);
    }
}

static void test_reuse(void **state)
{
    struct query query;
    (void)state;
    query_init(&query);
    assert_int_equal(query.latency_ns, -1);
    assert_int_equal(query_set_id(&query, "VIN1", 4), 0);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, "x", 1), 0);
    query.line = 7;
    query.attempts = 3;
    query.latency_ns = 12;
    query.checked_ms = 5;
    query_fail(&query, QUERY_TIMEOUT);
    assert_int_equal(query.state, QUERY_DONE);
    assert_int_equal(query.error, QUERY_TIMEOUT);
    const char *memory = query.text.data;
    query_reset(&query);
    assert_int_equal(query.state, QUERY_FREE);
    assert_int_equal(query.error, QUERY_ANSWERED);
    assert_int_equal(query.line, 0);
    assert_int_equal(query.id_len, 0);
    assert_int_equal(query.attempts, 0);
    assert_int_equal(query.latency_ns, -1);
    assert_int_equal(query.checked_ms, 0);
    assert_no_cell(&query, 0);
    assert_int_equal(query_set_id(&query, "VIN2", 4), 0);
    assert_ptr_equal(query.text.data, memory);
    assert_no_cell(&query, 0);
    query_release(&query);
    query_release(&query);
}

/* A cell that does not fit leaves nothing behind. */
static void test_maximum(void **state)
{
    size_t half = QUERY_TEXT_MAX_BYTES / 2;
    char *text = mem_alloc(QUERY_TEXT_MAX_BYTES + 1);
    struct query query;
    size_t at = 0;
    (void)state;
    query_init(&query);
    assert_int_equal(query_set_id(&query, text, QUERY_TEXT_MAX_BYTES + 1), -1);
    assert_int_equal(query.id_len, 0);
    assert_int_equal(query_set_id(&query, "A", 1), 0);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, text, half), 0);
    size_t before = query.text.len;
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, text, half), -1);
    assert_int_equal(query.text.len, before);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, "x", 1), 0);
    assert_cell(&query, &at, QUERY_CELL_TEXT, text, half);
    assert_cell(&query, &at, QUERY_CELL_TEXT, "x", 1);
    assert_no_cell(&query, at);
    query_release(&query);
    mem_wipe(text, 1);
    mem_wipe(NULL, 0);
    free(text);
}

static void test_change(void **state)
{
    (void)state;
    static const struct {
        struct query query;
        const char *name;
    } cases[] = {
        {{.online = true, .previous = QUERY_WAS_ONLINE}, "same"},
        {{.online = false, .previous = QUERY_WAS_OFFLINE}, "same"},
        {{.online = true, .previous = QUERY_WAS_OFFLINE}, "came_online"},
        {{.online = false, .previous = QUERY_WAS_ONLINE}, "went_offline"},
        {{.online = true}, "unknown"},
        {{.online = false}, "unknown"},
        {{.error = QUERY_TIMEOUT, .previous = QUERY_WAS_ONLINE}, "unknown"},
        {{.error = QUERY_TIMEOUT}, "unknown"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(query_change_name(query_change(&cases[i].query)),
                            cases[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),  cmocka_unit_test(test_cells),
        cmocka_unit_test(test_reuse),  cmocka_unit_test(test_maximum),
        cmocka_unit_test(test_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

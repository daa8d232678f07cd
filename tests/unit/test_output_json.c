/*
 * The NDJSON and JSON writers against the contract's bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "output_format.h"
#include "query.h"

#define BYTES(text) text, sizeof text - 1

static const struct {
    const char *name;
    struct query query; /* without text */
    const char *json;   /* behind the id */
} results[] = {
    {"online",
     {.online = true,
      .http_status = 200,
      .attempts = 1,
      .latency_ns = 12345000,
      .checked_ms = 1795335330123},
     "\"online\":true,\"error\":null,\"http_status\":200,\"attempts\":1,"
     "\"latency_ms\":12.345,\"checked_at\":\"2026-11-22T08:15:30.123Z\"}"},
    {"offline",
     {.http_status = 404, .attempts = 2, .latency_ns = 0, .checked_ms = 1},
     "\"online\":false,\"error\":null,\"http_status\":404,\"attempts\":2,"
     "\"latency_ms\":0.000,\"checked_at\":\"1970-01-01T00:00:00.001Z\"}"},
    {"failed",
     {.error = QUERY_TIMEOUT,
      .online = true,
      .attempts = 3,
      .latency_ns = 1,
      .checked_ms = 60000},
     "\"online\":null,\"error\":\"timeout\",\"http_status\":null,"
     "\"attempts\":3,\"latency_ms\":null,"
     "\"checked_at\":\"1970-01-01T00:01:00.000Z\"}"},
    {"nothing sent",
     {.error = QUERY_NOT_ATTEMPTED, .latency_ns = -1},
     "\"online\":null,\"error\":\"not_attempted\",\"http_status\":null,"
     "\"attempts\":0,\"latency_ms\":null,\"checked_at\":null}"},
};

static const struct {
    const char *text;
    size_t len;
    const char *json;
} texts[] = {
    {BYTES(""), ""},
    {BYTES("VIN0000001"), "VIN0000001"},
    {BYTES("a b"), "a b"},
    {BYTES("say \"hi\" \\ /"), "say \\\"hi\\\" \\\\ /"},
    {BYTES("\b\f\n\r\t"), "\\b\\f\\n\\r\\t"},
    {BYTES("\x01\x0b\x1f\x7f"), "\\u0001\\u000b\\u001f\\u007f"},
    {BYTES("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa"),
     "\\u2028\\u2029\xe2\x80\xaa"},
    {BYTES("\xe2\x82\xac\xf0\x9f\x9a\x97"), "\xe2\x82\xac\xf0\x9f\x9a\x97"},
    {BYTES("a\0b\xff"), "a\xef\xbf\xbd"
                        "b\xef\xbf\xbd"},
    {BYTES("\xe2\x80"), "\xef\xbf\xbd\xef\xbf\xbd"},
    {BYTES("\xc2\x85"), "\xc2\x85"},
    {BYTES("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
};

static const char own[] =
    "\"online\":null,\"error\":\"bad_row\",\"http_status\":null,"
    "\"attempts\":0,\"latency_ms\":null,\"checked_at\":null";

static void check_bytes(const struct buf *got, const char *wanted)
{
    assert_int_equal(got->len, strlen(wanted));
    if (got->len > 0)
        assert_memory_equal(got->data, wanted, got->len);
}

static void check_row(const struct output_writer *writer,
                      struct output_columns *columns, const struct query *query,
                      const char *wanted)
{
    struct buf out;
    buf_init(&out, 1 << 24);
    columns->writer = writer;
    writer->row(&out, columns, query);
    check_bytes(&out, wanted);
    buf_release(&out);
}

static void test_results(void **state)
{
    (void)state;
    struct output_columns columns;
    output_columns_init(&columns, &(struct output_settings){0}, NULL, 0);
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        char wanted[512];
        struct query query = results[i].query;
        buf_init(&query.text, 64);
        assert_int_equal(query_set_id(&query, "VIN1", 4), 0);
        (void)snprintf(wanted, sizeof wanted, "{\"client_id\":\"VIN1\",%s",
                       results[i].json);
        check_row(&output_json, &columns, &query, wanted);
        (void)snprintf(wanted, sizeof wanted, "{\"client_id\":\"VIN1\",%s\n",
                       results[i].json);
        check_row(&output_ndjson, &columns, &query, wanted);
        query_release(&query);
    }
    output_columns_release(&columns);
}

/* A text as the id and as a kept cell, and in a kept column's name. */
static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char wanted[512];
        const char *name = "a\"b\x01";
        struct output_columns columns;
        output_columns_init(&columns, &(struct output_settings){0}, &name, 1);
        struct query query;
        query_init(&query);
        query_fail(&query, QUERY_BAD_ROW);
        assert_int_equal(query_set_id(&query, texts[i].text, texts[i].len), 0);
        assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, texts[i].text,
                                        texts[i].len),
                         0);
        (void)snprintf(wanted, sizeof wanted,
                       "{\"client_id\":\"%s\",%s,\"a\\\"b\\u0001\":\"%s\"}\n",
                       texts[i].json, own, texts[i].json);
        check_row(&output_ndjson, &columns, &query, wanted);
        query_release(&query);
        output_columns_release(&columns);
    }
}

static void test_kept_values(void **state)
{
    (void)state;
    static const char *const kept[] = {"a", "b", "c", "error"};
    static const char value[] = "{\"x\":[1e400,null,\"\\u0000\"]}";
    char wanted[512];
    struct output_settings settings = {.line_numbers = true,
                                       .quote = OUTPUT_QUOTE_ALL};
    struct output_columns columns;
    output_columns_init(&columns, &settings, kept, 4);
    struct query query;
    query_init(&query);
    query.line = 17;
    query_fail(&query, QUERY_BAD_ROW);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_JSON, BYTES(value)), 0);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_JSON, "null", 4), 0);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, "null", 4), 0);
    (void)snprintf(wanted, sizeof wanted,
                   "{\"client_id\":\"\",%s,\"in_line\":17,\"a\":%s,\"b\":null,"
                   "\"c\":\"null\",\"in_error\":null}\n",
                   own, value);
    check_row(&output_ndjson, &columns, &query, wanted);
    query_release(&query);
    output_columns_release(&columns);
}

static void test_frame(void **state)
{
    (void)state;
    struct buf out;
    struct output_columns columns;
    buf_init(&out, 64);
    output_columns_init(&columns, &(struct output_settings){0}, NULL, 0);
    columns.writer = &output_ndjson;
    output_ndjson.header(&out, &columns);
    check_bytes(&out, "");
    columns.writer = &output_json;
    output_json.header(&out, &columns);
    check_bytes(&out, "[\n");
    assert_string_equal(output_json.separator, ",\n");
    assert_string_equal(output_json.footer, "\n]\n");
    assert_string_equal(output_json.footer_empty, "]\n");
    assert_null(output_ndjson.separator);
    assert_null(output_ndjson.footer);
    output_columns_release(&columns);
    buf_release(&out);
}

/* The worst row that fits a query fits the output's buffer. */
static void test_worst_row(void **state)
{
    (void)state;
    const char *name = "kept";
    static char text[QUERY_TEXT_MAX_BYTES - 64];
    struct output_columns columns;
    struct query query;
    struct buf out;
    buf_init(&out, 64 * 1048576);
    output_columns_init(&columns, &(struct output_settings){0}, &name, 1);
    query_init(&query);
    query_fail(&query, QUERY_BAD_ROW);
    memset(text, '\x01', sizeof text);
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, text, sizeof text),
                     0);
    columns.writer = &output_ndjson;
    output_ndjson.row(&out, &columns, &query);
    assert_true(out.len > sizeof text * 6);
    query_release(&query);
    output_columns_release(&columns);
    buf_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),     cmocka_unit_test(test_texts),
        cmocka_unit_test(test_kept_values), cmocka_unit_test(test_frame),
        cmocka_unit_test(test_worst_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The CSV and TSV writers against the contract's bytes.
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

/* 2026-11-22T08:15:30.123Z */
static const int64_t checked_ms = INT64_C(1795335330123);

static const struct {
    const char *name;
    struct query query; /* without text */
    const char *csv;
    const char *tsv;
} results[] = {
    {"online",
     {.online = true,
      .http_status = 200,
      .attempts = 1,
      .latency_ns = 12345000,
      .checked_ms = 1795335330123},
     "VIN1,true,,200,1,12.345,2026-11-22T08:15:30.123Z\n",
     "VIN1\ttrue\t\t200\t1\t12.345\t2026-11-22T08:15:30.123Z\n"},
    {"offline",
     {.http_status = 200, .attempts = 2, .latency_ns = 0, .checked_ms = 1},
     "VIN1,false,,200,2,0.000,1970-01-01T00:00:00.001Z\n",
     "VIN1\tfalse\t\t200\t2\t0.000\t1970-01-01T00:00:00.001Z\n"},
    {"no answer came",
     {.error = QUERY_TIMEOUT,
      .attempts = 3,
      .latency_ns = -1,
      .checked_ms = 1795335341002},
     "VIN1,,timeout,,3,,2026-11-22T08:15:41.002Z\n",
     "VIN1\t\ttimeout\t\t3\t\t2026-11-22T08:15:41.002Z\n"},
    {"a failed row has no latency, even if it was measured",
     {.error = QUERY_SERVER_ERROR,
      .online = true,
      .http_status = 503,
      .attempts = 3,
      .latency_ns = 5000000,
      .checked_ms = 60000},
     "VIN1,,server_error,503,3,,1970-01-01T00:01:00.000Z\n",
     "VIN1\t\tserver_error\t503\t3\t\t1970-01-01T00:01:00.000Z\n"},
    {"nothing sent",
     {.error = QUERY_NOT_ATTEMPTED, .latency_ns = -1},
     "VIN1,,not_attempted,,0,,\n",
     "VIN1\t\tnot_attempted\t\t0\t\t\n"},
    {"a copy",
     {.online = true, .http_status = 200, .latency_ns = 999, .checked_ms = 1},
     "VIN1,true,,200,0,0.001,1970-01-01T00:00:00.001Z\n",
     "VIN1\ttrue\t\t200\t0\t0.001\t1970-01-01T00:00:00.001Z\n"},
    {"large numbers",
     {.http_status = 65535,
      .attempts = UINT32_MAX,
      .latency_ns = INT64_C(9223372036854774999),
      .checked_ms = INT64_C(253402300799999)},
     "VIN1,false,,65535,4294967295,9223372036854.775,"
     "9999-12-31T23:59:59.999Z\n",
     "VIN1\tfalse\t\t65535\t4294967295\t9223372036854.775\t"
     "9999-12-31T23:59:59.999Z\n"},
};

/* How a text looks as an id and as a kept cell (both formats alike). */
static const struct {
    const char *text;
    size_t len;
    const char *csv;
    const char *csv_all;
    const char *tsv;
} texts[] = {
    {BYTES(""), "", "", ""},
    {BYTES("VIN0000001"), "VIN0000001", "\"VIN0000001\"", "VIN0000001"},
    {BYTES("1234567"), "1234567", "\"1234567\"", "1234567"},
    {BYTES("12345678"), "12345678", "\"12345678\"", "12345678"},
    {BYTES("a,b"), "\"a,b\"", "\"a,b\"", "a,b"},
    {BYTES("0123456789,"), "\"0123456789,\"", "\"0123456789,\"", "0123456789,"},
    {BYTES(",0123456789"), "\",0123456789\"", "\",0123456789\"", ",0123456789"},
    {BYTES("say \"hi\""), "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\"",
     "say \"hi\""},
    {BYTES("\""), "\"\"\"\"", "\"\"\"\"", "\""},
    {BYTES("a\nb"), "\"a\nb\"", "\"a\nb\"", "a\\nb"},
    {BYTES("a\rb"), "\"a\rb\"", "\"a\rb\"", "a\\rb"},
    {BYTES("a\tb"), "a\tb", "\"a\tb\"", "a\\tb"},
    {BYTES("\t\t\n"), "\"\t\t\n\"", "\"\t\t\n\"", "\\t\\t\\n"},
    {BYTES("a\\b"), "a\\b", "\"a\\b\"", "a\\\\b"},
    {BYTES("\\"), "\\", "\"\\\"", "\\\\"},
    {BYTES(" a "), " a ", "\" a \"", " a "},
    {BYTES("#a"), "#a", "\"#a\"", "#a"},
    {BYTES("=1+1"), "=1+1", "\"=1+1\"", "=1+1"},
    {BYTES("a\x1b[1m\x7f"), "a\x1b[1m\x7f", "\"a\x1b[1m\x7f\"", "a\x1b[1m\x7f"},
    {BYTES("Stra\xc3\x9f"
           "e"),
     "Stra\xc3\x9f"
     "e",
     "\"Stra\xc3\x9f"
     "e\"",
     "Stra\xc3\x9f"
     "e"},
    {BYTES("\xef\xbb\xbf,"), "\"\xef\xbb\xbf,\"", "\"\xef\xbb\xbf,\"",
     "\xef\xbb\xbf,"},
    {BYTES("a\0b"),
     "a\xef\xbf\xbd"
     "b",
     "\"a\xef\xbf\xbd"
     "b\"",
     "a\xef\xbf\xbd"
     "b"},
    {BYTES("a\xff,\xc3"), "\"a\xef\xbf\xbd,\xef\xbf\xbd\"",
     "\"a\xef\xbf\xbd,\xef\xbf\xbd\"", "a\xef\xbf\xbd,\xef\xbf\xbd"},
    {BYTES("0123456\x80"), "0123456\xef\xbf\xbd", "\"0123456\xef\xbf\xbd\"",
     "0123456\xef\xbf\xbd"},
};

static const struct {
    const char *json;
    const char *csv;
    const char *csv_all;
    const char *tsv;
} values[] = {
    {"null", "", "", ""},
    {"true", "true", "\"true\"", "true"},
    {"1.50", "1.50", "\"1.50\"", "1.50"},
    {"[1,2]", "\"[1,2]\"", "\"[1,2]\"", "[1,2]"},
    {"{\"a\":\"\\t\"}", "\"{\"\"a\"\":\"\"\\t\"\"}\"",
     "\"{\"\"a\"\":\"\"\\t\"\"}\"", "{\"a\":\"\\\\t\"}"},
};

static void check_bytes(const struct buf *got, const char *wanted)
{
    assert_int_equal(got->len, strlen(wanted));
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

static void make_columns(struct output_columns *columns,
                         const struct output_settings *settings,
                         const char *kept)
{
    output_columns_init(columns, settings, &kept, kept ? 1 : 0);
}

static void test_results(void **state)
{
    (void)state;
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){0}, NULL);
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        struct query query = results[i].query;
        buf_init(&query.text, 64);
        assert_int_equal(query_set_id(&query, "VIN1", 4), 0);
        check_row(&output_csv, &columns, &query, results[i].csv);
        check_row(&output_tsv, &columns, &query, results[i].tsv);
        query_release(&query);
    }
    output_columns_release(&columns);
}

/* A text as an id, and again as the one kept cell. */
static void check_text(size_t i, const struct output_writer *writer,
                       enum output_quote quote, const char *cell)
{
    char wanted[256];
    char comma = writer == &output_csv ? ',' : '\t';
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){.quote = quote}, "note");
    struct query query;
    query_init(&query);
    query_fail(&query, QUERY_BAD_ROW);
    assert_int_equal(query_set_id(&query, texts[i].text, texts[i].len), 0);
    assert_int_equal(
        query_add_cell(&query, QUERY_CELL_TEXT, texts[i].text, texts[i].len),
        0);
    (void)snprintf(wanted, sizeof wanted, "%s%c%cbad_row%c%c0%c%c%c%s\n", cell,
                   comma, comma, comma, comma, comma, comma, comma, cell);
    check_row(writer, &columns, &query, wanted);
    query_release(&query);
    output_columns_release(&columns);
}

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_text(i, &output_csv, OUTPUT_QUOTE_MINIMAL, texts[i].csv);
        check_text(i, &output_csv, OUTPUT_QUOTE_ALL, texts[i].csv_all);
        check_text(i, &output_tsv, OUTPUT_QUOTE_MINIMAL, texts[i].tsv);
        check_text(i, &output_tsv, OUTPUT_QUOTE_ALL, texts[i].tsv);
    }
}

static void check_value(size_t i, const struct output_writer *writer,
                        enum output_quote quote, const char *cell)
{
    char wanted[256];
    char comma = writer == &output_csv ? ',' : '\t';
    const char *json = values[i].json;
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){.quote = quote}, "note");
    struct query query;
    query_init(&query);
    query_fail(&query, QUERY_BAD_ROW);
    assert_int_equal(
        query_add_cell(&query, QUERY_CELL_JSON, json, strlen(json)), 0);
    (void)snprintf(wanted, sizeof wanted, "%c%cbad_row%c%c0%c%c%c%s\n", comma,
                   comma, comma, comma, comma, comma, comma, cell);
    check_row(writer, &columns, &query, wanted);
    query_release(&query);
    output_columns_release(&columns);
}

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        check_value(i, &output_csv, OUTPUT_QUOTE_MINIMAL, values[i].csv);
        check_value(i, &output_csv, OUTPUT_QUOTE_ALL, values[i].csv_all);
        check_value(i, &output_tsv, OUTPUT_QUOTE_MINIMAL, values[i].tsv);
    }
}

/* Each byte but comma, quote, CR, LF and NUL stands in a cell as it is. */
static void test_each_byte_and_place(void **state)
{
    (void)state;
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){0}, NULL);
    for (size_t place = 0; place < 19; place++) {
        for (int byte = 1; byte < 0x80; byte++) {
            char id[] = "VIN0000000000000019";
            char wanted[80];
            id[place] = (char)byte;
            const char *quote = strchr(",\r\n", byte) ? "\"" : "";
            if (byte == '"')
                continue;
            struct query query;
            query_init(&query);
            query_fail(&query, QUERY_BAD_ROW);
            assert_int_equal(query_set_id(&query, id, strlen(id)), 0);
            (void)snprintf(wanted, sizeof wanted, "%s%s%s,,bad_row,,0,,\n",
                           quote, id, quote);
            check_row(&output_csv, &columns, &query, wanted);
            query_release(&query);
        }
    }
    output_columns_release(&columns);
}

static void test_headers(void **state)
{
    (void)state;
    static const char *const kept[] = {"model", "a,b", "", "t\tb"};
    struct output_settings settings = {.line_numbers = true,
                                       .quote = OUTPUT_QUOTE_ALL};
    struct output_columns columns;
    struct buf out;
    buf_init(&out, 1 << 16);
    output_columns_init(&columns, &settings, kept, 4);
    output_csv.header(&out, &columns);
    check_bytes(&out, "client_id,online,error,http_status,attempts,latency_ms,"
                      "checked_at,in_line,model,\"a,b\",,t\tb\n");
    buf_clear(&out);
    columns.writer = &output_tsv;
    output_tsv.header(&out, &columns);
    check_bytes(&out,
                "client_id\tonline\terror\thttp_status\tattempts\tlatency_ms\t"
                "checked_at\tin_line\tmodel\ta,b\t\tt\\tb\n");
    output_columns_release(&columns);
    buf_clear(&out);
    make_columns(&columns, &(struct output_settings){0}, NULL);
    output_csv.header(&out, &columns);
    check_bytes(&out, "client_id,online,error,http_status,attempts,latency_ms,"
                      "checked_at\n");
    output_columns_release(&columns);
    buf_release(&out);
}

/* Rows always have the header's cells: too few are filled up. */
static void test_line_numbers_and_missing_cells(void **state)
{
    (void)state;
    static const char *const kept[] = {"a", "b", "c"};
    struct output_settings settings = {.line_numbers = true,
                                       .quote = OUTPUT_QUOTE_ALL};
    struct output_columns columns;
    output_columns_init(&columns, &settings, kept, 3);
    struct query query;
    query_init(&query);
    query.line = UINT64_MAX;
    query_fail(&query, QUERY_BAD_ROW);
    check_row(&output_csv, &columns, &query,
              ",,bad_row,,0,,,18446744073709551615,,,\n");
    assert_int_equal(query_add_cell(&query, QUERY_CELL_TEXT, "x", 1), 0);
    check_row(&output_csv, &columns, &query,
              ",,bad_row,,0,,,18446744073709551615,\"x\",,\n");
    check_row(&output_tsv, &columns, &query,
              "\t\tbad_row\t\t0\t\t\t18446744073709551615\tx\t\t\n");
    query_release(&query);
    output_columns_release(&columns);
}

/* Times of one run: the minute that is remembered never goes stale. */
static void test_times_in_turn(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } times[] = {
        {1795335330123, "2026-11-22T08:15:30.123Z"},
        {1795335330124, "2026-11-22T08:15:30.124Z"},
        {1795335359999, "2026-11-22T08:15:59.999Z"},
        {1795335360000, "2026-11-22T08:16:00.000Z"},
        {1795335300000, "2026-11-22T08:15:00.000Z"},
        {1, "1970-01-01T00:00:00.001Z"},
        {59999, "1970-01-01T00:00:59.999Z"},
        {951782400000, "2000-02-29T00:00:00.000Z"},
    };
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){0}, NULL);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        char wanted[80];
        struct query query;
        query_init(&query);
        query_fail(&query, QUERY_TIMEOUT);
        query.checked_ms = times[i].ms;
        (void)snprintf(wanted, sizeof wanted, ",,timeout,,0,,%s\n",
                       times[i].text);
        check_row(&output_csv, &columns, &query, wanted);
        query_release(&query);
    }
    output_columns_release(&columns);
}

static void test_every_error(void **state)
{
    (void)state;
    struct output_columns columns;
    make_columns(&columns, &(struct output_settings){0}, NULL);
    for (enum query_error i = QUERY_RATE_LIMITED; i < QUERY_ERROR_COUNT; i++) {
        char wanted[80];
        struct query query;
        query_init(&query);
        query_fail(&query, i);
        query.online = true;
        query.checked_ms = checked_ms;
        (void)snprintf(wanted, sizeof wanted,
                       ",,%s,,0,,2026-11-22T08:15:30.123Z\n",
                       query_error_name(i));
        check_row(&output_csv, &columns, &query, wanted);
        query_release(&query);
    }
    output_columns_release(&columns);
}

/* For spreadsheets: byte order mark, CRLF, and no formulas. */
static void test_excel(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *plain; /* as an id and as a kept cell */
        const char *quoted;
    } cases[] = {
        {"VIN1", "VIN1", "\"VIN1\""},
        {"", "", ""},
        {"=", "'=", "\"'=\""},
        {"=1+1", "'=1+1", "\"'=1+1\""},
        {"+1", "'+1", "\"'+1\""},
        {"-1", "'-1", "\"'-1\""},
        {"@x", "'@x", "\"'@x\""},
        {"\tx", "'\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\"", "\"'\rx\""},
        {"=\"a\"", "\"'=\"\"a\"\"\"", "\"'=\"\"a\"\"\""},
        {"1=1", "1=1", "\"1=1\""},
        {" =1", " =1", "\" =1\""},
        {"'x", "'x", "\"'x\""},
    };
    static const char *const kept[] = {"=a"};
    for (size_t i = 0; i < 2 * (sizeof cases / sizeof cases[0]); i++) {
        const char *text = cases[i / 2].text;
        bool all = i % 2;
        const char *cell = all ? cases[i / 2].quoted : cases[i / 2].plain;
        struct output_settings settings = {.excel = true,
                                           .quote = all ? OUTPUT_QUOTE_ALL
                                                        : OUTPUT_QUOTE_MINIMAL};
        struct output_columns columns;
        struct query query;
        struct buf out;
        char wanted[256];
        buf_init(&out, 4096);
        query_init(&query);
        output_columns_init(&columns, &settings, kept, 1);
        assert_int_equal(query_set_id(&query, text, strlen(text)), 0);
        assert_int_equal(
            query_add_cell(&query, QUERY_CELL_TEXT, text, strlen(text)), 0);
        query_fail(&query, QUERY_NOT_ATTEMPTED);
        assert_ptr_equal(columns.writer, &output_excel);
        output_excel.header(&out, &columns);
        output_excel.row(&out, &columns, &query);
        assert_int_equal(buf_putc(&out, '\0'), 0);
        (void)snprintf(wanted, sizeof wanted,
                       "\xef\xbb\xbf"
                       "client_id,online,error,http_status,attempts,"
                       "latency_ms,checked_at,'=a\r\n"
                       "%s,,not_attempted,,0,,,%s\r\n",
                       cell, cell);
        assert_string_equal(out.data, wanted);
        output_columns_release(&columns);
        query_release(&query);
        buf_release(&out);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_each_byte_and_place),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_line_numbers_and_missing_cells),
        cmocka_unit_test(test_times_in_turn),
        cmocka_unit_test(test_every_error),
        cmocka_unit_test(test_excel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

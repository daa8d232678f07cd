/*
 * Earlier result files: each format by its content, rows that are no
 * results, and which input row a result belongs to.
 */
#include "input_cases.h"

#include <zlib.h>

#include "input_earlier.h"

#define COLUMNS                                                                \
    "client_id,online,error,http_status,attempts,latency_ms,checked_at"

static const struct {
    const char *name;
    const char *bytes;
    const char *rows; /* line, error, id, online, attempts */
    const char *message;
} cases[] = {
    {"csv",
     COLUMNS ",site\nA1,true,,200,1,12.345,2026-11-22T08:15:30.123Z,x\n"
             "\"a,\"\"b\",,timeout,,3,,2026-11-22T08:15:41.002Z,\n",
     "2 ok A1 1 1\n3 timeout a,\"b 0 3\n", NULL},
    {"other order, after a mark",
     "\xef\xbb\xbfsite,online,error,http_status,attempts,latency_ms,"
     "checked_at,client_id\nx,false,,200,0,1.000,2026-11-22T08:15:30.123Z,A1\n",
     "2 ok A1 0 0\n", NULL},
    {"tsv",
     "client_id\tonline\terror\thttp_status\tattempts\tlatency_ms\t"
     "checked_at\na\\tb\tfalse\t\t200\t1\t1.000\t2026-11-22T08:15:30.123Z\n",
     "2 ok a\tb 0 1\n", NULL},
    {"ndjson",
     "{\"client_id\":\"A1\",\"online\":true,\"error\":null,\"http_status\":200,"
     "\"attempts\":1,\"latency_ms\":12.345,"
     "\"checked_at\":\"2026-11-22T08:15:30.123Z\",\"km\":null}\n"
     "{\"client_id\":\"A2\",\"online\":null,\"error\":\"not_attempted\","
     "\"http_status\":null,\"attempts\":0,\"latency_ms\":null,"
     "\"checked_at\":null}\n{\"client_id\":\"A3\"}\n",
     "1 ok A1 1 1\n2 not_attempted A2 0 0\n3 bad_row A3 0 0\n", NULL},
    {"no results",
     COLUMNS "\nA1,yes,,200,1,12.345,2026-11-22T08:15:30.123Z\nA2,tru\n",
     "2 bad_row A1 0 0\n3 bad_row A2 0 0\n", NULL},
    {"header only", COLUMNS "\n", "", NULL},
    {"a list of ids", "client_id\nA1\n", "status 2\n",
     "there is no column 'online'"},
    {"json", "[\n{\"client_id\":\"A1\"}\n]\n", "status 2\n",
     "its first line names no client_id"},
};

static const char *read_all(const char *file)
{
    struct input_earlier *earlier = NULL;
    const struct query *row = NULL;
    enum input_result result = INPUT_END;
    buf_clear(&cases_rows);
    int saved = cases_listen();
    enum status status = input_earlier_open(&earlier, file);
    if (status)
        (void)buf_printf(&cases_rows, "status %d\n", (int)status);
    while (!status &&
           (result = input_earlier_next(earlier, &row)) == INPUT_ROW) {
        const char *error = query_error_name(row->error);
        (void)buf_printf(&cases_rows, "%llu %s %.*s %d %u\n",
                         (unsigned long long)row->line, *error ? error : "ok",
                         (int)row->id_len, row->text.data, row->online,
                         row->attempts);
    }
    cases_heard(saved);
    assert_int_equal(result, INPUT_END);
    input_earlier_close(earlier);
    return cases_text();
}

static void test_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        cases_write("old", cases[i].bytes, strlen(cases[i].bytes));
        if (strcmp(read_all("old"), cases[i].rows) != 0)
            fail_msg("%s: %s", cases[i].name, cases_rows.data);
        if (cases[i].message && !strstr(cases_said, cases[i].message))
            fail_msg("%s: %s", cases[i].name, cases_said);
    }
    assert_int_equal(unlink("old"), 0);
}

/* The first line tells of packed files, too, whatever their names. */
static void test_packed(void **state)
{
    (void)state;
    gzFile file = gzopen("old.txt", "wb");
    assert_non_null(file);
    assert_true(gzputs(file, cases[0].bytes) > 0);
    assert_int_equal(gzclose(file), Z_OK);
    assert_string_equal(read_all("old.txt"), cases[0].rows);
    assert_int_equal(unlink("old.txt"), 0);
}

/* It comes a byte at a time, so that a look at what is there tells nothing. */
static void test_pipe(void **state)
{
    (void)state;
    const char *bytes = cases[2].bytes;
    int from;
    char name[32];
    pid_t writer = cases_slow_writer(bytes, strlen(bytes), &from);
    (void)snprintf(name, sizeof name, "/dev/fd/%d", from);
    const char *rows = read_all(name);
    assert_int_equal(close(from), 0);
    cases_end_writer(writer);
    assert_string_equal(rows, cases[2].rows);
}

static void test_no_file(void **state)
{
    (void)state;
    assert_string_equal(read_all("-"), "status 2\n");
    assert_string_equal(read_all("missing.csv"), "status 3\n");
}

static bool matches(const char *row_id, enum query_error row_error,
                    const char *id, enum query_error error)
{
    struct query row;
    struct query query;
    query_init(&row);
    query_init(&query);
    row.error = row_error;
    query.error = error;
    assert_int_equal(query_set_id(&row, row_id, strlen(row_id)), 0);
    assert_int_equal(query_set_id(&query, id, strlen(id)), 0);
    bool same = input_earlier_matches(&row, &query);
    query_release(&row);
    query_release(&query);
    return same;
}

static void test_matches(void **state)
{
    (void)state;
    assert_true(matches("A1", 0, "A1", 0));
    assert_true(matches("", QUERY_BAD_CLIENT_ID, "", QUERY_BAD_CLIENT_ID));
    assert_false(matches("A1", 0, "A2", 0));
    assert_false(matches("A1", 0, "A11", 0));
    assert_true(matches("\xef\xbf\xbdx", QUERY_BAD_CLIENT_ID, "\xffx",
                        QUERY_BAD_CLIENT_ID));
    assert_false(matches("\xef\xbf\xbdx", QUERY_BAD_CLIENT_ID, "\xffy",
                         QUERY_BAD_CLIENT_ID));
    assert_false(matches("A1", QUERY_BAD_ROW, "A2", 0));
    assert_true(matches("", QUERY_BAD_ROW, "xx", QUERY_BAD_ROW));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats), cmocka_unit_test(test_packed),
        cmocka_unit_test(test_pipe),    cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_matches),
    };
    return cmocka_run_group_tests(tests, cases_setup, cases_teardown);
}

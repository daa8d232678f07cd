/*
 * Lines and TSV: both have one row a line.
 */
#include "input_cases.h"

#define LINES                                                                  \
    {                                                                          \
        .from = INPUT_LINES                                                    \
    }
#define TSV                                                                    \
    {                                                                          \
        .from = INPUT_TSV                                                      \
    }
#define TSV_ALL                                                                \
    {                                                                          \
        .from = INPUT_TSV, .keep = "all"                                       \
    }

static const struct input_case lines[] = {
    {"plain", LINES, BYTES("A\nB\n"), "1 ok A\n2 ok B\n", NULL},
    {"empty", LINES, BYTES(""), "", NULL},
    {"one byte", LINES, BYTES("A"), "1 ok A\n", NULL},
    {"one line end", LINES, BYTES("\n"), "1 ok \n", NULL},
    {"blank lines", LINES, BYTES("\n\nA\n\n"), "1 ok \n2 ok \n3 ok A\n4 ok \n",
     NULL},
    {"mixed ends", LINES, BYTES("A\r\nB\rC\n\rD\r\r\nE\r"),
     "1 ok A\n2 ok B\n3 ok C\n4 ok \n5 ok D\n6 ok \n7 ok E\n", NULL},
    {"nothing is special", LINES, BYTES("a,b\n\"q\n\\t\n \x1b[\0\n\xff\n"),
     "1 ok a,b\n2 ok \"q\n3 ok \\t\n4 ok  \x1b[^@\n5 ok \xff\n", NULL},
    {"byte order mark", LINES,
     BYTES("\xef\xbb\xbf"
           "A\n\xef\xbb\xbf\n"),
     "1 ok A\n2 ok \xef\xbb\xbf\n", NULL},
    {"only a byte order mark", LINES, BYTES("\xef\xbb\xbf"), "", NULL},
    {"like a byte order mark", LINES, BYTES("\xef\xbb"), "1 ok \xef\xbb\n",
     NULL},
    {"a nul is not UTF-16 yet", LINES, BYTES("A\0\nB\n"), "1 ok A^@\n2 ok B\n",
     NULL},
    {"header",
     {.from = INPUT_LINES, .header = INPUT_HEADER_YES},
     BYTES("title\nA\n"),
     "2 ok A\n",
     NULL},
    {"trim",
     {.from = INPUT_LINES, .trim = true},
     BYTES(" A\n\tB \n C C \n"),
     "1 ok A\n2 ok B\n3 ok C C\n",
     NULL},
    {"column",
     {.from = INPUT_LINES, .column = "1"},
     BYTES("A\n"),
     "status 2\n",
     "no columns for --column"},
    {"keep",
     {.from = INPUT_LINES, .keep = "all"},
     BYTES("A\n"),
     "status 2\n",
     "no columns for --keep; say --from csv"},
};

static const struct input_case tsv[] = {
    {"plain", TSV_ALL, BYTES("id\tn\nA\t1\r\nB\t\n"), "2 ok A|1\n3 ok B|\n",
     NULL},
    {"escapes", TSV_ALL,
     BYTES("id\tn\nA\\tB\\\\t\t\\n\\r\n\\x\\\t\\\\\\\\\\\n"),
     "2 ok A\tB\\t|\n\r\n3 ok \\x\\|\\\\\\\n", NULL},
    {"escapes in the header",
     {.from = INPUT_TSV, .column = "a\tb"},
     BYTES("x\ta\\tb\n1\tA\n"),
     "2 ok A\n",
     NULL},
    {"quotes mean nothing", TSV_ALL, BYTES("id\tn\n\"A\t1\nB\t\"x\"\n"),
     "2 ok \"A|1\n3 ok B|\"x\"\n", NULL},
    {"short row", TSV_ALL, BYTES("id\tn\nA\nB\t1\n"),
     "2 bad_row A|\n3 ok B|1\n", "input:2: row cannot be read"},
    {"blank line", TSV_ALL, BYTES("id\tn\n\nB\t1\n"), "2 bad_row |\n3 ok B|1\n",
     NULL},
    {"blank line, one column", TSV, BYTES("id\n\nB\n"), "2 ok \n3 ok B\n",
     NULL},
    {"no header",
     {.from = INPUT_TSV, .header = INPUT_HEADER_NO, .column = "2"},
     BYTES("x\tA\ny\tB"),
     "1 ok A\n2 ok B\n",
     NULL},
    {"two known names", TSV, BYTES("id\tvin\n"), "status 2\n",
     "'id' and 'vin'"},
    {"blank header", TSV, BYTES("\nA\n"), "status 2\n", "input:1: columns"},
    {"empty", TSV, BYTES(""), "", NULL},
    {"our own output",
     {.from = INPUT_TSV, .column = "client_id"},
     BYTES("client_id\tonline\terror\thttp_status\tattempts\tlatency_ms\t"
           "checked_at\nA\\\\B\ttrue\t\t200\t1\t12.345\t2026-11-22T08:15:30."
           "123Z\n"),
     "2 ok A\\B\n",
     NULL},
};

static void test_lines(void **state)
{
    (void)state;
    cases_run(lines, COUNT_OF(lines));
}

static void test_tsv(void **state)
{
    (void)state;
    cases_run(tsv, COUNT_OF(tsv));
}

/* What comes of a first line of len bytes, as rows. */
static const char *first_line(const struct input_settings *settings,
                              const char *head, size_t len)
{
    static char file[] = "input";
    char *const files[] = {file};
    struct buf bytes;
    buf_init(&bytes, 4 * 1048576);
    assert_int_equal(buf_puts(&bytes, head), 0);
    memset(buf_reserve(&bytes, len), 'x', len);
    bytes.len += len;
    assert_int_equal(buf_puts(&bytes, "\nB\n"), 0);
    cases_write(file, bytes.data, bytes.len);
    const char *rows = cases_read(settings, files, 1);
    buf_release(&bytes);
    assert_int_equal(unlink(file), 0);
    return rows;
}

static void test_long_lines(void **state)
{
    const struct input_settings lines_of = LINES;
    const struct input_settings tsv_of = TSV;
    (void)state;
    assert_int_equal(strlen(first_line(&lines_of, "", 65535)),
                     sizeof "1 ok \n2 ok B" + 65535);
    assert_int_equal(strlen(first_line(&lines_of, "", 65536)),
                     sizeof "1 ok \n2 ok B" + 65536);
    assert_string_equal(first_line(&lines_of, "", 65537),
                        "1 bad_row \n2 ok B\n");
    assert_string_equal(first_line(&lines_of, "", 1048577),
                        "1 bad_row \n2 ok B\n");
    assert_string_equal(first_line(&lines_of, "", 2000000),
                        "1 bad_row \n2 ok B\n");
    assert_string_equal(first_line(&tsv_of, "id\n", 65537),
                        "2 bad_row \n3 ok B\n");
    assert_string_equal(first_line(&tsv_of, "id\n", 2000000),
                        "2 bad_row \n3 ok B\n");
    assert_string_equal(first_line(&tsv_of, "", 2000000), "status 2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_tsv),
        cmocka_unit_test(test_long_lines),
    };
    return cmocka_run_group_tests(tests, cases_setup, cases_teardown);
}

/*
 * CSV: cells, columns, and where reading goes on after a broken row.
 */
#include "input_cases.h"

#define CSV .from = INPUT_CSV
#define ID                                                                     \
    {                                                                          \
        CSV                                                                    \
    }
#define ALL                                                                    \
    {                                                                          \
        CSV, .keep = "all"                                                     \
    }

static const struct input_case cells[] = {
    {"plain", ID, BYTES("id\nA\nB\n"), "2 ok A\n3 ok B\n", NULL},
    {"no final line end", ID, BYTES("id\nA\nB"), "2 ok A\n3 ok B\n", NULL},
    {"byte order mark", ID, BYTES("\xef\xbb\xbfid\nA\n"), "2 ok A\n", NULL},
    {"byte order mark later", ID,
     BYTES("id\n\xef\xbb\xbf"
           "A\n"),
     "2 ok \xef\xbb\xbf"
     "A\n",
     NULL},
    {"crlf", ID, BYTES("id\r\nA\r\nB\r\n"), "2 ok A\n3 ok B\n", NULL},
    {"lone cr", ID, BYTES("id\rA\rB\r"), "2 ok A\n3 ok B\n", NULL},
    {"lone cr at the end", ID, BYTES("id\rA\rB"), "2 ok A\n3 ok B\n", NULL},
    {"mixed ends", ID, BYTES("id\nA\r\nB\rC\n\r\nD"),
     "2 ok A\n3 ok B\n4 ok C\n5 ok \n6 ok D\n", NULL},
    {"empty", ID, BYTES(""), "", NULL},
    {"header only", ID, BYTES("id\n"), "", NULL},
    {"header without line end", ID, BYTES("id"), "", NULL},
    {"blanks are kept", ID, BYTES("id\n A \n\tB\n"), "2 ok  A \n3 ok \tB\n",
     NULL},
    {"blanks are trimmed",
     {CSV, .trim = true},
     BYTES("id\n A \n\tB\nC\n \n"),
     "2 ok A\n3 ok B\n4 ok C\n5 ok \n",
     NULL},
    {"quotes", ALL, BYTES("id,n\n\"A\",\"x,y\"\n\"B\"\"\",\"\"\nC,\"\"\"\"\n"),
     "2 ok A|x,y\n3 ok B\"|\n4 ok C|\"\n", NULL},
    {"line ends in quotes", ALL,
     BYTES("id,n\nA,\"1\r\n2\n3\r4\"\r\n\"\nB\",5\n"),
     "2 ok A|1\r\n2\n3\r4\n6 ok \nB|5\n", NULL},
    {"quoted header", ALL, BYTES("\"id\",\"a\nb\"\nA,1\n"), "3 ok A|1\n", NULL},
    {"empty cells", ALL, BYTES("id,n\n,\nA,\n"), "2 ok |\n3 ok A|\n", NULL},
    {"last cell empty at the end", ALL, BYTES("id,n\nA,"), "2 ok A|\n", NULL},
    {"blank line, one column", ID, BYTES("id\n\nA\n\r\n"),
     "2 ok \n3 ok A\n4 ok \n", NULL},
    {"blank line, two columns", ALL, BYTES("id,n\n\nA,1\n"),
     "2 bad_row |\n3 ok A|1\n", "input:2: row cannot be read: the line is"},
    {"nul and bad utf-8 in an id", ID, BYTES("id\nA\0B\n\xff\n"),
     "2 ok A^@B\n3 ok \xff\n", NULL},
    {"nul and bad utf-8 in a kept cell", ALL,
     BYTES("id,n\nA,x\0y\nB,\xc3\xa4\xe4\n"),
     "2 ok A|x\xef\xbf\xbdy\n3 ok B|\xc3\xa4\xef\xbf\xbd\n", NULL},
    {"bad row with nul and bad utf-8 in its id", ALL,
     BYTES("id,n\nA\0B\n\xff\n"),
     "2 bad_row A\xef\xbf\xbd"
     "B|\n3 bad_row \xef\xbf\xbd|\n",
     NULL},
    {"other delimiter",
     {CSV, .delimiter = ';', .keep = "all"},
     BYTES("id;n\nA;1,2\n\"B;C\";3\n"),
     "2 ok A|1,2\n3 ok B;C|3\n",
     NULL},
    {"tab as delimiter",
     {CSV, .delimiter = '\t', .keep = "all"},
     BYTES("id\tn\n\t1\nA\t\"x\ty\"\n"),
     "2 ok |1\n3 ok A|x\ty\n",
     NULL},
};

static const struct input_case columns[] = {
    {"known name", ALL, BYTES("n,VIN\n1,A\n"), "2 ok A|1\n", NULL},
    {"known name, other letters", ALL, BYTES("n,clientId\n1,A\n"), "2 ok A|1\n",
     NULL},
    {"only column", ID, BYTES("serial\nA\n"), "2 ok A\n", NULL},
    {"no known name", ID, BYTES("a,b\n1,2\n"), "status 2\n",
     "which column holds the ids? choose one with --column; the columns are: "
     "a, b"},
    {"two known names", ID, BYTES("id,x,vin\n"), "status 2\n",
     "'id' and 'vin' may both be the ids"},
    {"by name", {CSV, .column = "b"}, BYTES("a,b\n1,2\n"), "2 ok 2\n", NULL},
    {"by number", {CSV, .column = "2"}, BYTES("a,b\n1,2\n"), "2 ok 2\n", NULL},
    {"name before number",
     {CSV, .column = "2"},
     BYTES("2,b\n1,2\n"),
     "2 ok 1\n",
     NULL},
    {"name is exact",
     {CSV, .column = "B"},
     BYTES("a,b\n"),
     "status 2\n",
     "there is no column 'B'; the columns are: a, b"},
    {"number 0", {CSV, .column = "0"}, BYTES("a,b\n"), "status 2\n", "'0'"},
    {"number too high",
     {CSV, .column = "3"},
     BYTES("a,b\n"),
     "status 2\n",
     "'3'"},
    {"number far too high",
     {CSV, .column = "18446744073709551617"},
     BYTES("a,b\n"),
     "status 2\n",
     "there is no column '18446744073709551617'"},
    {"name occurs twice",
     {CSV, .column = "a"},
     BYTES("a,b,a\n"),
     "status 2\n",
     "2 columns are named 'a'"},
    {"another name occurs twice",
     {CSV, .column = "b"},
     BYTES("a,b,a\n1,2,3\n"),
     "2 ok 2\n",
     NULL},
    {"keep a list",
     {CSV, .keep = "c,b"},
     BYTES("a,b,c,id\n1,2,3,A\n"),
     "2 ok A|3|2\n",
     NULL},
    {"keep by number",
     {CSV, .keep = "1"},
     BYTES("a,id\n1,A\n"),
     "2 ok A|1\n",
     NULL},
    {"keep the id",
     {CSV, .keep = "id"},
     BYTES("a,id\n1,A\n"),
     "2 ok A|A\n",
     NULL},
    {"keep all, twice one name", ALL, BYTES("id,a,a\n"), "status 2\n",
     "2 columns are named 'a'"},
    {"keep all, columns without a name", ALL, BYTES("id,,\nA,1,2\n"),
     "2 ok A|1|2\n", NULL},
    {"keep what is not there",
     {CSV, .keep = "x"},
     BYTES("id,a\n"),
     "status 2\n",
     "input: there is no column 'x'"},
    {"keep one column twice",
     {CSV, .keep = "a,2"},
     BYTES("id,a\n"),
     "status 2\n",
     "column 'a' is kept twice"},
    {"keep one name twice",
     {CSV, .keep = "a,a"},
     BYTES("id,a\n"),
     "status 2\n",
     "'a' is named twice"},
    {"keep an empty name",
     {CSV, .keep = "a,"},
     BYTES("id,a\n"),
     "status 2\n",
     "empty column name"},
    {"header is blank", ID, BYTES("\nid\n"), "status 2\n",
     "input:1: columns cannot be read: the line is blank"},
    {"header is broken", ID, BYTES("i\"d\nA\n"), "status 2\n",
     "input:1: columns cannot be read: a quote"},
    {"header never ends", ID, BYTES("a,\"id\nA\nB\n"), "status 2\n",
     "input:1: columns cannot be read: the quote is never closed"},
    {"no header, one column",
     {CSV, .header = INPUT_HEADER_NO},
     BYTES("A\nB\n"),
     "1 ok A\n2 ok B\n",
     NULL},
    {"no header, blank first line",
     {CSV, .header = INPUT_HEADER_NO},
     BYTES("\nB\n"),
     "1 ok \n2 ok B\n",
     NULL},
    {"no header, two columns",
     {CSV, .header = INPUT_HEADER_NO},
     BYTES("A,1\n"),
     "status 2\n",
     "the columns are: column_1, column_2"},
    {"no header, by number",
     {CSV, .header = INPUT_HEADER_NO, .column = "2", .keep = "all"},
     BYTES("1,A\n2,\"B\n\"\n3,C"),
     "1 ok A|1\n2 ok B\n|2\n4 ok C|3\n",
     NULL},
    {"no header, by name",
     {CSV, .header = INPUT_HEADER_NO, .column = "id"},
     BYTES("id\n"),
     "status 2\n",
     "there is no column 'id'"},
    {"no header, first row is broken later",
     {CSV, .header = INPUT_HEADER_NO, .column = "1"},
     BYTES("A,1\"\nB,2\n"),
     "1 bad_row A\n2 ok B\n",
     NULL},
    {"no header, first row is broken at once",
     {CSV, .header = INPUT_HEADER_NO, .column = "1"},
     BYTES("A\"\nB,2\n"),
     "status 2\n",
     "columns cannot be read"},
};

static const struct input_case broken[] = {
    {"short row",
     {CSV, .column = "b"},
     BYTES("a,b\n1\n1,2\n"),
     "2 bad_row \n3 ok 2\n",
     "input:2: row cannot be read: it has too few"},
    {"short row, id is there",
     {CSV, .keep = "b"},
     BYTES("id,b,c\nA\nB,1\n"),
     "2 bad_row A|\n3 ok B|1\n",
     NULL},
    {"short where nothing is wanted", ID, BYTES("id,b,c\nA\n"), "2 ok A\n",
     NULL},
    {"long row", ID, BYTES("id,b\nA,1,2,3\n"), "2 ok A\n", NULL},
    {"quote within a cell", ALL, BYTES("id,b\nA,1\"2\nB,3\n"),
     "2 bad_row A|\n3 ok B|3\n", "a quote stands where none may"},
    {"byte after a quote", ALL, BYTES("id,b\nA,\"1\"2\nB,3\n"),
     "2 bad_row A|\n3 ok B|3\n", NULL},
    {"blank after a quote", ALL, BYTES("id,b\nA,\"1\" \nB,3\n"),
     "2 bad_row A|\n3 ok B|3\n", NULL},
    {"blank before a quote", ALL, BYTES("id,b\nA, \"1\"\nB,3\n"),
     "2 bad_row A|\n3 ok B|3\n", NULL},
    {"never closed", ALL, BYTES("id,b\nA,\"1\nB,2\nC,3\n"),
     "2 bad_row A|\n3 ok B|2\n4 ok C|3\n",
     "input:2: row cannot be read: the quote is never closed"},
    {"never closed, without line end", ALL, BYTES("id,b\nA,\"1\nB,2"),
     "2 bad_row A|\n3 ok B|2\n", NULL},
    {"never closed, in the last line", ALL, BYTES("id,b\nA,\"1"),
     "2 bad_row A|\n", NULL},
    {"opened again on a later line", ALL,
     BYTES("id,b,c\nA,\"1\n2\",\"x\nB,3,4\nC,\"5\"\n"),
     "2 bad_row A|1\n2|\n4 ok B|3|4\n5 bad_row C|5|\n",
     "input:3: row cannot be read"},
    {"broken on a later line", ALL, BYTES("id,b\nA,\"1\nB,2\"3\nC,4\n"),
     "2 bad_row A|\n3 bad_row B|\n4 ok C|4\n", "input:2: row cannot be read"},
    {"the example of input_csv.c",
     {CSV, .column = "a", .keep = "b"},
     BYTES("a,b\nVIN1,\"Berlin\nMitte\",Otto,\"x\nVIN2,Hamburg\n"
           "VIN3,\"Ulm\"\n"),
     "2 bad_row VIN1|Berlin\nMitte\n4 ok VIN2|Hamburg\n5 ok VIN3|Ulm\n",
     "input:3: row cannot be read: a quote"},
    {"each row is broken", ID, BYTES("id\n\"A\"x\n\"B\"x\n\"C\"x\n\"D\"x\n"),
     "2 bad_row \n3 bad_row \n4 bad_row \n5 bad_row \n", NULL},
    {"broken with crlf", ALL, BYTES("id,b\r\nA,\"1\r\nB,2\r\n"),
     "2 bad_row A|\n3 ok B|2\n", NULL},
    {"broken with cr", ALL, BYTES("id,b\rA,\"1\rB,2\r"),
     "2 bad_row A|\n3 ok B|2\n", NULL},
    {"blank lines in a broken row", ALL, BYTES("id,b\nA,\"1\n\n\nB,2\n"),
     "2 bad_row A|\n3 bad_row |\n4 bad_row |\n5 ok B|2\n", NULL},
};

static void test_cells(void **state)
{
    (void)state;
    cases_run(cells, COUNT_OF(cells));
}

static void test_columns(void **state)
{
    (void)state;
    cases_run(columns, COUNT_OF(columns));
}

static void test_broken(void **state)
{
    (void)state;
    cases_run(broken, COUNT_OF(broken));
}

/* head, then count times a byte, then tail. */
static void fill(struct buf *bytes, const char *head, size_t count,
                 const char *tail)
{
    buf_clear(bytes);
    assert_int_equal(buf_puts(bytes, head), 0);
    char *room = buf_reserve(bytes, count);
    assert_non_null(room);
    memset(room, 'x', count);
    bytes->len += count;
    assert_int_equal(buf_puts(bytes, tail), 0);
}

static void test_limits(void **state)
{
    static const struct {
        const char *head;
        size_t count;
        const char *tail;
        const char *rows; /* with the long id shown as # */
    } cases[] = {
        {"id\n", 65535, "\nB\n", "2 ok #\n3 ok B\n"},
        {"id\n", 65536, "\nB\n", "2 ok #\n3 ok B\n"},
        {"id\n", 65537, "\nB\n", "2 bad_row \n3 ok B\n"},
        {"id\n\"", 65536, "\"\nB\n", "2 ok #\n3 ok B\n"},
        {"id,b\nA,", 65537, "\nB,1\n", "2 bad_row A\n3 ok B\n"},
        {"id,b\nA,", 1048574, "\nB,1\n", "2 bad_row A\n3 ok B\n"},
        {"id,b\nA,", 1048575, "\nB,1\n", "2 bad_row \n3 ok B\n"},
        {"id,b\nA,", 3000000, "\r\nB,1\n", "2 bad_row \n3 ok B\n"},
        {"id,b\nA,", 3000000, "", "2 bad_row \n"},
        {"id,b\nA,\"", 65537, "\nB,1\n", "2 bad_row A\n3 ok B\n"},
        {"id,b\nA,\"1\n", 65537, "\nB,1\n",
         "2 bad_row A\n3 bad_row \n4 ok B\n"},
        {"id,b\nA,\"1\nC,", 3000000, "\nB,1\n",
         "2 bad_row A\n3 bad_row \n4 ok B\n"},
    };
    static char file[] = "input";
    char *const files[] = {file};
    struct input_settings settings = ID;
    struct buf bytes;
    (void)state;
    buf_init(&bytes, 8 * 1048576);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fill(&bytes, cases[i].head, cases[i].count, cases[i].tail);
        cases_write(file, bytes.data, bytes.len);
        const char *rows = cases_read(&settings, files, 1);
        char *to = cases_rows.data;
        for (const char *at = rows; *at; at++) {
            if (*at != 'x')
                *to++ = *at;
            else if (at[1] != 'x')
                *to++ = '#';
        }
        *to = '\0';
        assert_string_equal(rows, cases[i].rows);
    }
    buf_release(&bytes);
    assert_int_equal(unlink(file), 0);
}

/* Rows over 1 MiB whose lines are short: resumes line by line. */
static void test_long_record(void **state)
{
    static char file[] = "input";
    char *const files[] = {file};
    struct input_settings settings = ALL;
    struct buf bytes;
    size_t rows = 0;
    (void)state;
    buf_init(&bytes, 8 * 1048576);
    assert_int_equal(buf_puts(&bytes, "id,a,b\nA,\"1\n"), 0);
    while (bytes.len < 1100000)
        assert_int_equal(buf_puts(&bytes, "\",\"2\n\",\"3\n"), 0);
    cases_write(file, bytes.data, bytes.len);
    const char *at = cases_read(&settings, files, 1);
    assert_memory_equal(at, "2 bad_row A|1\n|2\n\n", 18);
    for (; *at; at++)
        rows += strncmp(at, " bad_row", 8) == 0;
    assert_true(rows > 1);
    buf_release(&bytes);
    assert_int_equal(unlink(file), 0);
}

/* A header of count columns. */
static const char *wide(const struct input_settings *settings, int count)
{
    static char file[] = "input";
    char *const files[] = {file};
    struct buf bytes;
    buf_init(&bytes, 1048576);
    for (int i = 0; i < count; i++)
        assert_int_equal(buf_printf(&bytes, "%sc%d", i > 0 ? "," : "", i), 0);
    assert_int_equal(buf_putc(&bytes, '\n'), 0);
    for (int i = 0; i < count; i++)
        assert_int_equal(buf_printf(&bytes, "%sx", i > 0 ? "," : ""), 0);
    cases_write(file, bytes.data, bytes.len);
    const char *rows = cases_read(settings, files, 1);
    buf_release(&bytes);
    assert_int_equal(unlink(file), 0);
    return rows;
}

static void test_wide(void **state)
{
    const struct input_settings first = {.from = INPUT_CSV, .column = "c0"};
    const struct input_settings all = {
        .from = INPUT_CSV, .column = "c0", .keep = "all"};
    const struct input_settings none = {.from = INPUT_CSV};
    (void)state;
    assert_string_equal(wide(&first, 16384), "2 ok x\n");
    assert_int_equal(strlen(wide(&all, 1000)), strlen("2 ok x\n") + 2 * 999);
    assert_string_equal(wide(&first, 16385), "status 2\n");
    assert_non_null(strstr(cases_said, "input: more than 16384 columns"));
    assert_string_equal(wide(&none, 2000), "status 2\n");
    assert_non_null(strstr(cases_said, "the columns are: c0, c1, c2, "));
    assert_non_null(strstr(cases_said, ", ...\n"));
    assert_true(strlen(cases_said) < 1200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),       cmocka_unit_test(test_columns),
        cmocka_unit_test(test_broken),      cmocka_unit_test(test_limits),
        cmocka_unit_test(test_long_record), cmocka_unit_test(test_wide),
    };
    return cmocka_run_group_tests(tests, cases_setup, cases_teardown);
}

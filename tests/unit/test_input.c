/*
 * Inputs: the choice of format, several files, files that are no input,
 * and waiting on the loop.
 */
#include "input_cases.h"

#include <errno.h>
#include <pty.h>
#include <termios.h>

static const char *read_files(const struct input_settings *settings,
                              const char *names)
{
    char *files[8];
    size_t n_files = 0;
    char *copy = mem_strdup(names);
    char *rest = copy;
    for (char *name; (name = strsep(&rest, " ")) != NULL;)
        files[n_files++] = name;
    const char *rows = cases_read(settings, files, n_files);
    free(copy);
    return rows;
}

static void write_text(const char *file, const char *text)
{
    cases_write(file, text, strlen(text));
}

static void test_format_by_name(void **state)
{
    static const struct {
        const char *file;
        struct input_settings settings;
        const char *text;
        const char *rows;
    } cases[] = {
        {"a.csv", {0}, "id,b\nA,1\n", "2 ok A\n"},
        {"a.CSV", {0}, "id,b\nA,1\n", "2 ok A\n"},
        {"a.tsv", {0}, "id\tb\nA\t1\n", "2 ok A\n"},
        {"a.ndjson", {0}, "{\"id\":\"A\"}\n", "1 ok A\n"},
        {"a.jsonl", {0}, "\"A\"\n", "1 ok A\n"},
        {"a.txt", {0}, "id,b\n", "1 ok id,b\n"},
        {"csv", {0}, "id,b\n", "1 ok id,b\n"},
        {"a.csv", {.from = INPUT_LINES}, "id,b\n", "1 ok id,b\n"},
        {"a.txt", {.from = INPUT_CSV}, "id,b\nA,1\n", "2 ok A\n"},
        {"a.txt", {.column = "id"}, "id,b\n", "status 2\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        write_text(cases[i].file, cases[i].text);
        assert_string_equal(read_files(&cases[i].settings, cases[i].file),
                            cases[i].rows);
        assert_int_equal(unlink(cases[i].file), 0);
    }
}

static void test_standard_input(void **state)
{
    const struct input_settings plain = {0};
    const struct input_settings column = {.column = "b"};
    const struct input_settings tsv = {.column = "1", .from = INPUT_TSV};
    const struct input_settings keep = {.keep = "b"};
    (void)state;
    assert_string_equal(cases_stream(&plain, BYTES("a,b\n1,2\n"), 100),
                        "1 ok a,b\n2 ok 1,2\n");
    assert_string_equal(cases_stream(&column, BYTES("a,b\n1,2\n"), 100),
                        "2 ok 2\n");
    assert_string_equal(cases_stream(&tsv, BYTES("a\tb\n1\t2\n"), 100),
                        "2 ok 1\n");
    assert_string_equal(cases_stream(&keep, BYTES("a,b\n1,2\n"), 100),
                        "status 2\n");
    assert_non_null(strstr(cases_said, "stdin: is read as lines"));
}

static void test_several_files(void **state)
{
    static const struct {
        struct input_settings settings;
        const char *files;
        const char *rows;
        const char *message;
    } cases[] = {
        {{0}, "a.csv b.csv t", "2 ok A\n2 ok B\n1 ok C\n2 ok D\n", NULL},
        {{0}, "empty.csv a.csv", "2 ok A\n", NULL},
        {{.keep = "n"},
         "a.csv b.csv c.tsv d.ndjson",
         "2 ok A|1\n2 ok B|2\n2 ok E|3\n1 ok F|=4\n2 ok G|=null\n",
         NULL},
        {{.keep = "all"}, "a.csv b.csv", "2 ok A|1\n2 ok B|2\n", NULL},
        {{.keep = "all"},
         "d.ndjson a.csv",
         "1 ok F|=4\n2 ok G|=null\n2 ok A|1\n",
         NULL},
        {{.keep = "all"}, "empty.csv a.csv", "2 ok A|1\n", NULL},
        {{.keep = "all"}, "empty.csv empty.csv", "", NULL},
        {{.keep = "2"}, "a.csv b.csv", "2 ok A|1\n2 ok B|2\n", NULL},
        {{.keep = "all"},
         "b.csv a.csv",
         "status 2\n",
         "a.csv: there is no column 'm'; the columns are: id, n"},
        {{.keep = "x"}, "a.csv", "status 2\n", "a.csv: there is no"},
        {{.keep = "n"}, "a.csv t", "status 2\n", "t: is read as lines"},
        {{.column = "id"},
         "a.csv none.csv",
         "status 3\n",
         "none.csv: cannot open: No such file or directory\n"},
        {{.header = INPUT_HEADER_NO, .column = "2", .keep = "1"},
         "a.csv c.tsv",
         "1 ok n|id\n2 ok 1|A\n1 ok n|id\n2 ok 3|E\n",
         NULL},
    };
    (void)state;
    write_text("a.csv", "id,n\nA,1\n");
    write_text("b.csv", "m,n,id\n0,2,B\n");
    write_text("c.tsv", "id\tn\nE\t3\n");
    write_text("d.ndjson", "{\"id\":\"F\",\"n\":4}\n\"G\"\n");
    write_text("empty.csv", "");
    write_text("t", "C\nD\n");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *rows = read_files(&cases[i].settings, cases[i].files);
        if (strcmp(rows, cases[i].rows) != 0 ||
            (cases[i].message && !strstr(cases_said, cases[i].message)))
            fail_msg("%s: got\n%sit said\n%s", cases[i].files, rows,
                     cases_said);
    }
    static const char *const files[] = {"a.csv",    "b.csv",     "c.tsv",
                                        "d.ndjson", "empty.csv", "t"};
    for (size_t i = 0; i < COUNT_OF(files); i++)
        assert_int_equal(unlink(files[i]), 0);
}

/* Names of kept columns and of the file that a row came from; counts. */
static void test_names_and_counts(void **state)
{
    static char a[] = "a.csv";
    static char b[] = "b.csv";
    char *const files[] = {a, b};
    const struct input_settings settings = {
        .keep = "3,n", .column = "2", .trim = true};
    struct input *input = NULL;
    struct query query;
    const char *const *names = NULL;
    (void)state;
    write_text(a, "n,id,\n1, A,2\n");
    write_text(b, "id,column_3,n\n3, B,4\nC,D,E\n");
    assert_int_equal(input_new(&input, &settings, files, 2), STATUS_OK);
    assert_int_equal(input_kept(input, &names), 2);
    assert_string_equal(names[0], "column_3");
    assert_string_equal(names[1], "n");
    query_init(&query);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    assert_string_equal(input_file_name(input), a);
    query_reset(&query);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    assert_string_equal(input_file_name(input), b);
    query_reset(&query);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    assert_int_equal(input_next(input, &query), INPUT_END);
    assert_string_equal(input_file_name(input), b);
    struct input_counts counts = input_counts(input);
    assert_int_equal(counts.rows, 3);
    assert_int_equal(counts.trimmed, 2);
    assert_int_equal(counts.bytes, 13 + 27);
    assert_int_equal(counts.size, 13 + 27);
    query_release(&query);
    input_free(input);
    assert_int_equal(unlink(a), 0);
    assert_int_equal(unlink(b), 0);
}

static void test_not_input(void **state)
{
    static const struct {
        const char *file;
        const char *bytes;
        size_t len;
        const char *rows;
        const char *message;
    } cases[] = {
        {"a.csv.gz", BYTES("\x1f\x8b\x08"), "status 3\n",
         "a.csv.gz:1: cannot read on: the gzip data ends early"},
        {"a.csv.zst", BYTES("\x28\xb5\x2f\xfd\x04"), "status 3\n",
         "a.csv.zst:1: cannot read on: the zstd data ends early"},
        {"a.xz", BYTES("\xfd\x37zXZ\0"), "status 2\n", "xzcat FILE |"},
        {"a.csv", BYTES("PK\x03\x04\x14"), "status 2\n", "Excel"},
        {"a.csv", BYTES("\xff\xfei\0d\0"), "status 2\n",
         "a.csv: this is UTF-16 text: use: iconv -f UTF-16 -t UTF-8 FILE |"},
        {"a.csv", BYTES("\xfe\xff\0i\0d"), "status 2\n", "-f UTF-16 "},
        {"a.csv", BYTES("i\0d\0\n\0"), "status 2\n", "-f UTF-16LE "},
        {"a.csv", BYTES("\0i\0d\0\n"), "status 2\n", "-f UTF-16BE "},
        {"a.csv", BYTES("\xff\xfe\0\0i\0\0\0"), "status 2\n", "UTF-32"},
        {"a", BYTES("\xff\xfe"), "status 2\n", "-f UTF-16 "},
        {"a", BYTES("\0\0\0\0\0"), "status 2\n", "binary"},
        {"a", BYTES("\x1f\n"), "1 ok \x1f\n", NULL},
        {"a", BYTES("PK\n"), "1 ok PK\n", NULL},
        {"a", BYTES("A\0B\n"), "1 ok A^@B\n", NULL},
    };
    const struct input_settings settings = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        cases_write(cases[i].file, cases[i].bytes, cases[i].len);
        assert_string_equal(read_files(&settings, cases[i].file),
                            cases[i].rows);
        if (cases[i].message && !strstr(cases_said, cases[i].message))
            fail_msg("%s", cases_said);
        assert_int_equal(unlink(cases[i].file), 0);
    }
}

/* What is no text is refused even if its first bytes come one by one. */
static void test_not_input_slowly(void **state)
{
    static const char bytes[] = "i\0d\0\n";
    const struct input_settings settings = {0};
    int from;
    (void)state;
    int saved = dup(STDIN_FILENO);
    pid_t writer = cases_slow_writer(bytes, sizeof bytes, &from);
    assert_true(dup2(from, STDIN_FILENO) == STDIN_FILENO);
    (void)close(from);
    assert_string_equal(read_files(&settings, "-"), "status 2\n");
    assert_non_null(strstr(cases_said, "-f UTF-16LE "));
    assert_true(dup2(saved, STDIN_FILENO) == STDIN_FILENO);
    (void)close(saved);
    cases_end_writer(writer);
}

static void test_cannot_open(void **state)
{
    static const struct {
        const char *files;
        const char *rows;
        const char *message;
    } cases[] = {
        {"VIN-01_x", "status 3\n", "echo VIN-01_x | mqstat ... -"},
        {"VIN1.csv", "status 3\n", "VIN1.csv: cannot open: No such file or "},
        {"d", "status 3\n", "d: cannot read: Is a directory"},
        {"d/x", "status 3\n", "d/x: cannot open: No such file or directory\n"},
        {"- -", "status 2\n", "standard input (-) is given twice"},
        {"/proc/self/mem", "status 3\n",
         "/proc/self/mem: cannot read: Input/output error"},
        {"/dev/null", "", NULL},
    };
    const struct input_settings settings = {0};
    (void)state;
    int saved = dup(STDIN_FILENO);
    int null = open("/dev/null", O_RDONLY);
    assert_true(saved >= 0 && dup2(null, STDIN_FILENO) == STDIN_FILENO);
    assert_int_equal(mkdir("d", 0700), 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(read_files(&settings, cases[i].files),
                            cases[i].rows);
        if (cases[i].message && !strstr(cases_said, cases[i].message))
            fail_msg("%s: %s", cases[i].files, cases_said);
    }
    assert_int_equal(rmdir("d"), 0);
    assert_true(dup2(saved, STDIN_FILENO) == STDIN_FILENO);
    (void)close(saved);
    (void)close(null);
}

/* With -v each bad row is named; for the limit without, see tests/cli. */
static void test_notes(void **state)
{
    const struct input_settings settings = {0};
    size_t lines = 0;
    (void)state;
    write_text("a.csv", "id,n,vin_\n\n\n\n");
    write_text("b.csv", "id,n\n\n\n\n\n");
    (void)read_files(&settings, "a.csv b.csv");
    for (const char *at = cases_said; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 7);
    assert_non_null(strstr(cases_said, "mqstat: a.csv:4: row cannot be read"));
    assert_non_null(strstr(cases_said, "mqstat: b.csv:3: row cannot be read"));
    assert_non_null(strstr(cases_said, "mqstat: b.csv:5: row cannot be read"));
    assert_int_equal(unlink("a.csv"), 0);
    assert_int_equal(unlink("b.csv"), 0);
}

/* The same rows come however a pipe cuts them. */
static void test_chunks(void **state)
{
    static const size_t chunks[] = {1, 2, 3, 7, 64, 1000, 60000};
    const struct input_settings settings = {.column = "1", .keep = "2"};
    struct buf bytes;
    struct buf rows;
    (void)state;
    buf_init(&bytes, 1048576);
    buf_init(&rows, 1048576);
    assert_int_equal(buf_puts(&bytes, "id,n\r\n"), 0);
    for (int i = 0; i < 2000; i++) {
        const char *end = i % 3 ? "\r\n" : "\r";
        assert_int_equal(buf_printf(&bytes, "VIN%d,\"%d%s\"%s", i, i, end, end),
                         0);
        assert_int_equal(
            buf_printf(&rows, "%d ok VIN%d|%d%s\n", 2 + 2 * i, i, i, end), 0);
    }
    assert_int_equal(buf_putc(&rows, '\0'), 0);
    for (size_t i = 0; i < COUNT_OF(chunks); i++)
        assert_string_equal(
            cases_stream(&settings, bytes.data, bytes.len, chunks[i]),
            rows.data);
    buf_release(&bytes);
    buf_release(&rows);
}

/* Without a loop to wait on, a slow pipe is waited for. */
static void test_without_loop(void **state)
{
    const struct input_settings settings = {0};
    struct cases_pipe pipe;
    struct input *input = NULL;
    struct query query;
    (void)state;
    cases_open_pipe(&pipe, "A\nB\n", 4);
    cases_feed(&pipe, 3);
    assert_int_equal(input_new(&input, &settings, NULL, 0), STATUS_OK);
    query_init(&query);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    cases_feed(&pipe, 1);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    assert_int_equal(input_next(input, &query), INPUT_END);
    query_release(&query);
    input_close(input);
    input_free(input);
    cases_close_pipe(&pipe);
    input_free(NULL);
}

/* What a waiting input of standard input's bytes needs. */
struct waiting {
    struct cases_pipe pipe;
    struct input_settings settings;
    struct input *input;
    struct query query;
    uv_loop_t loop;
    unsigned ready;
};

static void waiting_open(struct waiting *waiting, const char *bytes)
{
    *waiting = (struct waiting){.settings = {0}};
    cases_open_pipe(&waiting->pipe, bytes, strlen(bytes) + 1);
    cases_feed(&waiting->pipe, strlen(bytes)); /* the NUL keeps it open */
    assert_int_equal(input_new(&waiting->input, &waiting->settings, NULL, 0),
                     STATUS_OK);
    assert_int_equal(uv_loop_init(&waiting->loop), 0);
    input_watch(waiting->input, &waiting->loop, cases_on_ready,
                &waiting->ready);
    query_init(&waiting->query);
}

static void waiting_close(struct waiting *waiting)
{
    input_close(waiting->input);
    (void)uv_run(&waiting->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&waiting->loop), 0);
    input_free(waiting->input);
    query_release(&waiting->query);
    cases_close_pipe(&waiting->pipe);
}

static void test_wait(void **state)
{
    struct waiting waiting;
    (void)state;
    waiting_open(&waiting, "A\nB");
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    assert_false(uv_loop_alive(&waiting.loop));
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_WAIT);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_WAIT);
    assert_true(uv_loop_alive(&waiting.loop));
    assert_int_equal(fcntl(STDIN_FILENO, F_GETFL), flags);
    assert_int_equal(flags & O_NONBLOCK, 0);
    assert_int_equal(write(waiting.pipe.to, "\nC\n", 3), 3);
    /* Asked before the loop tells: no call any more. */
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    assert_false(uv_loop_alive(&waiting.loop));
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    assert_int_equal(waiting.query.line, 3);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_WAIT);
    (void)uv_run(&waiting.loop, UV_RUN_NOWAIT);
    assert_int_equal(waiting.ready, 0);
    cases_feed(&waiting.pipe, 1);
    (void)uv_run(&waiting.loop, UV_RUN_ONCE);
    assert_int_equal(waiting.ready, 1);
    assert_false(uv_loop_alive(&waiting.loop));
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_END);
    waiting_close(&waiting);
}

static void test_close_while_waiting(void **state)
{
    struct waiting waiting;
    (void)state;
    waiting_open(&waiting, "A\n");
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_WAIT);
    waiting_close(&waiting);
}

/* Another process has made the shared standard input non-blocking. */
static void test_non_blocking(void **state)
{
    struct waiting waiting;
    (void)state;
    waiting_open(&waiting, "A\n");
    assert_int_equal(fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_WAIT);
    waiting_close(&waiting);
}

/* A line without an end neither grows the buffer nor holds up the loop. */
static void test_endless_line(void **state)
{
    static char block[65536];
    struct waiting waiting;
    unsigned waits = 0;
    (void)state;
    memset(block, 'x', sizeof block);
    waiting_open(&waiting, "A\nx");
    assert_true(fcntl(waiting.pipe.to, F_SETPIPE_SZ, 1048576) == 1048576);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    query_reset(&waiting.query);
    for (size_t i = 0; i < 48; i++) {
        assert_int_equal(write(waiting.pipe.to, block, sizeof block),
                         sizeof block);
        if (i % 16 < 15)
            continue;
        do {
            assert_int_equal(input_next(waiting.input, &waiting.query),
                             INPUT_WAIT);
            waits++;
        } while (uv_run(&waiting.loop, UV_RUN_NOWAIT) == 0);
    }
    assert_true(waits >= 32); /* one a block, once it is too long */
    assert_int_equal(waiting.ready, waits - 3);
    assert_int_equal(write(waiting.pipe.to, "\nB\n", 3), 3);
    int saved = cases_listen();
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    cases_heard(saved);
    assert_int_equal(waiting.query.error, QUERY_BAD_ROW);
    assert_int_equal(waiting.query.line, 2);
    query_reset(&waiting.query);
    assert_int_equal(input_next(waiting.input, &waiting.query), INPUT_ROW);
    assert_int_equal(waiting.query.line, 3);
    waiting_close(&waiting);
}

/* FIFOs by name, one after the other, both open from the start. */
static void test_fifos(void **state)
{
    static char a[] = "a";
    static char b[] = "b";
    char *const files[] = {a, b};
    const struct input_settings settings = {0};
    struct input *input = NULL;
    struct query query;
    uv_loop_t loop;
    unsigned ready = 0;
    int to[2];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(mkfifo(files[i], 0600), 0);
        to[i] = open(files[i], O_RDWR);
        assert_int_equal(write(to[i], "A\n", 2), 2);
    }
    assert_int_equal(input_new(&input, &settings, files, 2), STATUS_OK);
    assert_int_equal(uv_loop_init(&loop), 0);
    input_watch(input, &loop, cases_on_ready, &ready);
    query_init(&query);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(input_next(input, &query), INPUT_ROW);
        query_reset(&query);
        assert_int_equal(input_next(input, &query), INPUT_WAIT);
        assert_int_equal(close(to[i]), 0);
        (void)uv_run(&loop, UV_RUN_ONCE);
        assert_int_equal(ready, i + 1);
    }
    assert_int_equal(input_next(input, &query), INPUT_END);
    query_release(&query);
    input_close(input);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    input_free(input);
    assert_int_equal(unlink(a), 0);
    assert_int_equal(unlink(b), 0);
}

/* A terminal whose other side is gone gives EIO: rows before it stand. */
static void test_read_error(void **state)
{
    const struct input_settings settings = {0};
    struct input *input = NULL;
    struct query query;
    struct termios raw;
    int master = -1;
    int slave = -1;
    uv_loop_t loop;
    unsigned ready = 0;
    (void)state;
    assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
    assert_int_equal(tcgetattr(slave, &raw), 0);
    cfmakeraw(&raw);
    assert_int_equal(tcsetattr(slave, TCSANOW, &raw), 0);
    assert_int_equal(write(slave, "A\nB\nC", 5), 5);
    int saved_in = dup(STDIN_FILENO);
    assert_int_equal(dup2(master, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(master), 0);
    assert_int_equal(input_new(&input, &settings, NULL, 0), STATUS_OK);
    assert_int_equal(close(slave), 0);
    assert_int_equal(uv_loop_init(&loop), 0);
    input_watch(input, &loop, cases_on_ready, &ready);
    query_init(&query);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    assert_int_equal(input_next(input, &query), INPUT_ROW);
    int saved = cases_listen();
    assert_int_equal(input_next(input, &query), INPUT_FAILED);
    assert_int_equal(input_next(input, &query), INPUT_FAILED);
    cases_heard(saved);
    assert_string_equal(cases_said,
                        "mqstat: stdin: cannot read: Input/output error\n");
    query_release(&query);
    input_close(input);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    input_free(input);
    assert_int_equal(dup2(saved_in, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(saved_in), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_by_name),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_several_files),
        cmocka_unit_test(test_names_and_counts),
        cmocka_unit_test(test_not_input),
        cmocka_unit_test(test_not_input_slowly),
        cmocka_unit_test(test_cannot_open),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_without_loop),
        cmocka_unit_test(test_wait),
        cmocka_unit_test(test_close_while_waiting),
        cmocka_unit_test(test_non_blocking),
        cmocka_unit_test(test_endless_line),
        cmocka_unit_test(test_fifos),
        cmocka_unit_test(test_read_error),
    };
    return cmocka_run_group_tests(tests, cases_setup, cases_teardown);
}

/*
 * A partial is gone on with: whatever bit of it flips and wherever it is
 * cut, a row is taken from it only as it was written.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "file.h"
#include "mem.h"
#include "output.h"
#include "query.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

enum {
    ROWS = 5,
    FILE_BYTES = 4096
};

/* In memory where possible: thousands of files are synced. */
static char in_memory[] = "/dev/shm/test_earlier.XXXXXX";
static char on_disk[] = "/tmp/test_earlier.XXXXXX";
static char *directory;
static const char *const kept[] = {"note"};

/* The formats, and rows in any order. */
static const struct output_settings formats[] = {
    {.file = "o", .to = OUTPUT_CSV, .mode = -1},
    {.file = "o", .to = OUTPUT_CSV, .mode = -1, .quote = OUTPUT_QUOTE_ALL},
    {.file = "o", .to = OUTPUT_TSV, .mode = -1, .line_numbers = true},
    {.file = "o", .to = OUTPUT_NDJSON, .mode = -1},
    {.file = "o", .to = OUTPUT_CSV, .mode = -1, .unordered = true},
    {.file = "o", .to = OUTPUT_NDJSON, .mode = -1, .unordered = true},
};

static int set_up(void **state)
{
    (void)state;
    directory = mkdtemp(in_memory);
    directory = directory ? directory : mkdtemp(on_disk);
    return directory && chdir(directory) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink("o.partial");
    (void)unlink("o");
    return chdir("/") == 0 ? rmdir(directory) : -1;
}

/* The input's rows: line, id, note. */
static struct query *make_rows(void)
{
    static const char *const ids[ROWS] = {"A1", "", "a,\"b\nc", "A1", "A5"};
    static const char *const notes[ROWS] = {"x", "y", "1\n2", "x", ""};
    struct query *rows = mem_alloc(ROWS * sizeof *rows);
    for (size_t i = 0; i < ROWS; i++) {
        query_init(&rows[i]);
        rows[i].line = i + 1;
        rows[i].state = QUERY_READY;
        assert_int_equal(query_set_id(&rows[i], ids[i], strlen(ids[i])), 0);
        assert_int_equal(query_add_cell(&rows[i], QUERY_CELL_TEXT, notes[i],
                                        strlen(notes[i])),
                         0);
    }
    query_fail(&rows[1], QUERY_BAD_CLIENT_ID);
    return rows;
}

static void free_rows(struct query *rows)
{
    for (size_t i = 0; i < ROWS; i++)
        query_release(&rows[i]);
    free(rows);
}

/* What became of the rows: the second and the last have no answer. */
static void answer(struct query *rows)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].state == QUERY_DONE)
            continue;
        rows[i].state = QUERY_DONE;
        rows[i].error = i == 4 ? QUERY_TIMEOUT : QUERY_ANSWERED;
        rows[i].online = i == 0 || i == 3;
        rows[i].http_status = i == 4 ? 0 : 200;
        rows[i].attempts = i == 3 ? 0 : (uint32_t)i + 1;
        rows[i].latency_ns = i == 4 ? -1 : 12345000;
        rows[i].checked_ms = INT64_C(1795335330123);
    }
}

static size_t read_partial(char *bytes)
{
    int fd = open("o.partial", O_RDONLY);
    assert_true(fd >= 0);
    ssize_t got = file_read(fd, bytes, FILE_BYTES);
    assert_true(got >= 0 && got < FILE_BYTES);
    (void)close(fd);
    return (size_t)got;
}

static void write_partial(const char *bytes, size_t len)
{
    int fd = open("o.partial", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(file_write_all(fd, bytes, len), 0);
    (void)close(fd);
}

/* Leaves a partial as a run that ends early does. */
static size_t make_partial(const struct output_settings *settings, char *bytes)
{
    struct output *output = NULL;
    struct query *rows = make_rows();
    (void)unlink("o.partial");
    assert_int_equal(output_new(&output, settings, kept, 1), STATUS_OK);
    answer(rows);
    for (size_t i = 0; i < ROWS; i++)
        output_row(output, &rows[i]);
    assert_int_equal(output_finish(output, false), OUTPUT_FLUSHED);
    output_free(output);
    free_rows(rows);
    return read_partial(bytes);
}

/* What going on came to: how many rows were in the file, or -1: refused.
 * A row that was taken must have its own outcome. */
static int try_on(const struct output_settings *settings)
{
    struct output_settings resume = *settings;
    struct output *output = NULL;
    struct query *rows = make_rows();
    struct query *truth = make_rows();
    enum status status = STATUS_OK;
    int taken = 0;
    answer(truth);
    resume.resume = true;
    if (output_new(&output, &resume, kept, 1)) {
        free_rows(rows);
        free_rows(truth);
        return -1;
    }
    for (size_t i = 0; i < ROWS && !status; i++) {
        if (output_resumes(output))
            status = output_recall(output, &rows[i], "input");
        if (rows[i].recalled) {
            taken++;
            assert_int_equal(rows[i].error, truth[i].error);
            assert_int_equal(rows[i].online, truth[i].online);
        }
    }
    if (!status && output_resumes(output))
        status = output_recall_end(output);
    if (status)
        taken = -1;
    for (size_t i = 0; taken >= 0 && i < ROWS; i++)
        output_row(output, rows[i].recalled ? &rows[i] : &truth[i]);
    assert_int_equal(output_finish(output, taken >= 0), OUTPUT_FLUSHED);
    output_free(output);
    free_rows(rows);
    free_rows(truth);
    return taken;
}

/* The same, in silence: refusals are many. */
static int go_on(const struct output_settings *settings)
{
    int saved = dup(STDERR_FILENO);
    int null = open("/dev/null", O_WRONLY);
    assert_true(saved >= 0 && dup2(null, STDERR_FILENO) >= 0);
    int taken = try_on(settings);
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    (void)close(saved);
    (void)close(null);
    return taken;
}

static bool result_is(const char *bytes, size_t len)
{
    char text[FILE_BYTES];
    int fd = open("o", O_RDONLY);
    assert_true(fd >= 0);
    ssize_t got = file_read(fd, text, sizeof text);
    (void)close(fd);
    (void)unlink("o");
    return got == (ssize_t)len && memcmp(text, bytes, len) == 0;
}

static void test_cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        char bytes[FILE_BYTES];
        size_t len = make_partial(&formats[i], bytes);
        for (size_t cut = 0; cut <= len; cut++) {
            write_partial(bytes, cut);
            int taken = go_on(&formats[i]);
            if (taken < 0)
                fail_msg("format %zu, cut at %zu: refused", i, cut);
            assert_true(cut < len || taken == ROWS);
            if (!formats[i].unordered && !result_is(bytes, len))
                fail_msg("format %zu, cut at %zu: other rows", i, cut);
        }
    }
}

/* Zeros from anywhere on, to the end or to the next sector's beginning. */
static void test_zeros(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        char bytes[FILE_BYTES];
        size_t len = make_partial(&formats[i], bytes);
        for (size_t from = 0; from < len; from++) {
            char lost[FILE_BYTES];
            memcpy(lost, bytes, len);
            memset(lost + from, 0, len - from);
            write_partial(lost, len);
            if (go_on(&formats[i]) < 0)
                fail_msg("format %zu, zeros from %zu: refused", i, from);
            if (!formats[i].unordered && !result_is(bytes, len))
                fail_msg("format %zu, zeros from %zu: other rows", i, from);
        }
    }
}

/*
 * A flipped bit is refused, or it is in a number or a time and gives another
 * number or time, or it is in what is cut off: never another answer. A
 * refused partial stays as it is.
 */
static void test_flips(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        char bytes[FILE_BYTES];
        char after[FILE_BYTES];
        size_t len = make_partial(&formats[i], bytes);
        size_t refused = 0;
        for (size_t bit = 0; bit < len * 8; bit++) {
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
            write_partial(bytes, len);
            if (go_on(&formats[i]) < 0) {
                refused++;
                assert_int_equal(read_partial(after), len);
                assert_memory_equal(after, bytes, len);
            }
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        }
        assert_true(refused > len * 8 / 2);
    }
}

static void test_other_options(void **state)
{
    (void)state;
    char bytes[FILE_BYTES];
    size_t len = make_partial(&formats[0], bytes);
    for (size_t i = 1; i < COUNT_OF(formats); i++) {
        write_partial(bytes, len);
        int taken = go_on(&formats[i]);
        bool same = formats[i].to == OUTPUT_CSV && formats[i].quote == 0;
        assert_int_equal(taken, same ? ROWS : -1);
    }
}

static void test_longer_than_input(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        char bytes[FILE_BYTES];
        char twice[2 * FILE_BYTES];
        size_t len = make_partial(&formats[i], bytes);
        size_t row = formats[i].to == OUTPUT_NDJSON ? 0 : strcspn(bytes, "\n");
        memcpy(twice, bytes, len);
        memcpy(twice + len, bytes + row + (row > 0), len - row - (row > 0));
        write_partial(twice, 2 * len - row - (row > 0));
        assert_int_equal(go_on(&formats[i]), -1);
        memcpy(twice + len, "A", 1);
        write_partial(twice, len + 1);
        if (!formats[i].unordered)
            assert_int_equal(go_on(&formats[i]), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_zeros),
        cmocka_unit_test(test_flips),
        cmocka_unit_test(test_other_options),
        cmocka_unit_test(test_longer_than_input),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

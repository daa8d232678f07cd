/*
 * Shared by the input tests: runs an input over given bytes, from a file or
 * through a pipe, and writes its rows as text to compare with:
 *
 *     2 ok VIN1|berlin|=12.5        line, error, id, text cell, JSON cell
 *
 * NUL is shown as ^@. An input that cannot be opened gives "status N".
 */
#ifndef MQSTAT_INPUT_CASES_H
#define MQSTAT_INPUT_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "buf.h"
#include "input.h"
#include "mem.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Bytes that may hold NUL. */
#define BYTES(text) text, sizeof(text) - 1

struct input_case {
    const char *name;
    struct input_settings settings;
    const char *bytes;
    size_t len;
    const char *rows;    /* as above, or "status N" */
    const char *message; /* a part of what is said, or NULL */
};

/* The test's directory, made by cases_setup. */
static char cases_directory[64];
static struct buf cases_rows;
static char cases_said[16384];

static inline int cases_setup(void **state)
{
    (void)state;
    (void)snprintf(cases_directory, sizeof cases_directory,
                   "/tmp/mqstat-input-XXXXXX");
    buf_init(&cases_rows, 64 * 1048576);
    diag_setup("mqstat", DIAG_VERBOSE);
    if (!mkdtemp(cases_directory) || chdir(cases_directory))
        return -1;
    return 0;
}

static inline int cases_teardown(void **state)
{
    (void)state;
    buf_release(&cases_rows);
    return chdir("/") || rmdir(cases_directory);
}

static inline void cases_write(const char *file, const char *bytes, size_t len)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        assert_true(put > 0);
        bytes += put;
        len -= (size_t)put;
    }
    assert_int_equal(close(fd), 0);
}

/* Keeps what goes to standard error from here on. */
static inline int cases_listen(void)
{
    int saved = dup(STDERR_FILENO);
    int fd = open(".", O_TMPFILE | O_RDWR, 0600);
    assert_true(saved >= 0 && fd >= 0);
    assert_true(dup2(fd, STDERR_FILENO) >= 0);
    assert_int_equal(close(fd), 0);
    return saved;
}

/* Puts standard error back; cases_said has what was said. */
static inline void cases_heard(int saved)
{
    ssize_t got = pread(STDERR_FILENO, cases_said, sizeof cases_said - 1, 0);
    cases_said[got > 0 ? got : 0] = '\0';
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    assert_int_equal(close(saved), 0);
}

static inline void cases_put(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int failed = text[i] ? buf_putc(&cases_rows, text[i])
                             : buf_puts(&cases_rows, "^@");
        assert_int_equal(failed, 0);
    }
}

/* Adds a row to cases_rows. */
static inline void cases_add(const struct input *input,
                             const struct query *query)
{
    const char *error = query_error_name(query->error);
    enum query_cell kind;
    const char *text = NULL;
    size_t len = 0;
    size_t cells = 0;
    const char *const *names = NULL;
    assert_int_equal(buf_printf(&cases_rows, "%llu %s ",
                                (unsigned long long)query->line,
                                *error ? error : "ok"),
                     0);
    assert_true((query->state == QUERY_DONE) == (query->error != 0));
    cases_put(query->text.data, query->id_len);
    for (size_t at = 0; query_cell_next(query, &at, &kind, &text, &len);) {
        cases_put(kind == QUERY_CELL_JSON ? "|=" : "|",
                  kind == QUERY_CELL_JSON ? 2 : 1);
        cases_put(text, len);
        cells++;
    }
    cases_put("\n", 1);
    assert_int_equal(cells, input_kept(input, &names));
}

static inline const char *cases_text(void)
{
    assert_int_equal(buf_putc(&cases_rows, '\0'), 0);
    return cases_rows.data;
}

/* Reads all rows of files, which never make it wait. */
static inline const char *cases_read(const struct input_settings *settings,
                                     char *const *files, size_t n_files)
{
    struct input *input = NULL;
    struct query query;
    buf_clear(&cases_rows);
    int saved = cases_listen();
    enum status status = input_new(&input, settings, files, n_files);
    if (status != STATUS_OK) {
        cases_heard(saved);
        assert_null(input);
        assert_int_equal(buf_printf(&cases_rows, "status %d\n", (int)status),
                         0);
        return cases_text();
    }
    query_init(&query);
    enum input_result result;
    uint64_t rows = 0;
    while ((result = input_next(input, &query)) == INPUT_ROW) {
        cases_add(input, &query);
        query_reset(&query);
        rows++;
    }
    cases_heard(saved);
    assert_int_equal(result, INPUT_END);
    assert_int_equal(input_next(input, &query), INPUT_END);
    assert_int_equal(input_counts(input).rows, rows);
    query_release(&query);
    input_close(input);
    input_free(input);
    return cases_text();
}

static inline void cases_on_ready(void *ctx)
{
    (*(unsigned *)ctx)++;
}

/* Standard input as a pipe that gets its bytes when the input waits. */
struct cases_pipe {
    int saved;
    int to;
    const char *bytes;
    size_t left;
};

static inline void cases_feed(struct cases_pipe *pipe, size_t len)
{
    len = len < pipe->left ? len : pipe->left;
    if (len > 0)
        assert_int_equal(write(pipe->to, pipe->bytes, len), len);
    pipe->bytes += len;
    pipe->left -= len;
    if (pipe->left == 0 && pipe->to >= 0) {
        assert_int_equal(close(pipe->to), 0);
        pipe->to = -1;
    }
}

static inline void cases_open_pipe(struct cases_pipe *pipe_, const char *bytes,
                                   size_t len)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *pipe_ = (struct cases_pipe){
        .saved = dup(STDIN_FILENO),
        .to = ends[1],
        .bytes = bytes,
        .left = len,
    };
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(ends[0]), 0);
}

static inline void cases_close_pipe(struct cases_pipe *pipe)
{
    if (pipe->to >= 0)
        assert_int_equal(close(pipe->to), 0);
    assert_int_equal(dup2(pipe->saved, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(pipe->saved), 0);
}

/*
 * A process that writes byte by byte, each when the one before it was read;
 * *from: the end to read, of the caller. End it by cases_end_writer.
 */
static inline pid_t cases_slow_writer(const char *bytes, size_t len, int *from)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    for (size_t i = 0; writer == 0 && i < len; i++) {
        int unread = 1;
        if (write(ends[1], &bytes[i], 1) != 1)
            _exit(1);
        while (unread > 0 && ioctl(ends[1], FIONREAD, &unread) == 0)
            (void)sched_yield();
    }
    if (writer == 0)
        _exit(0);
    assert_true(writer > 0);
    assert_int_equal(close(ends[1]), 0);
    *from = ends[0];
    return writer;
}

static inline void cases_end_writer(pid_t writer)
{
    (void)kill(writer, SIGKILL); /* it may wait for a reader */
    assert_int_equal(waitpid(writer, NULL, 0), writer);
}

/* Reads rows from a pipe that delivers chunk bytes whenever we wait. */
static inline const char *cases_stream(const struct input_settings *settings,
                                       const char *bytes, size_t len,
                                       size_t chunk)
{
    struct cases_pipe pipe;
    struct input *input = NULL;
    struct query query;
    uv_loop_t loop;
    unsigned ready = 0;
    enum input_result result;
    size_t first = 0; /* the header, and one byte for a lone CR */
    buf_clear(&cases_rows);
    cases_open_pipe(&pipe, bytes, len);
    for (bool quoted = false; first < len; first++) {
        quoted = quoted != (bytes[first] == '"');
        if (!quoted && (bytes[first] == '\n' || bytes[first] == '\r'))
            break;
    }
    cases_feed(&pipe, first + 3 > 5 ? first + 3 : 5);
    int saved = cases_listen();
    enum status status = input_new(&input, settings, NULL, 0);
    if (status != STATUS_OK) {
        cases_heard(saved);
        cases_close_pipe(&pipe);
        assert_int_equal(buf_printf(&cases_rows, "status %d\n", (int)status),
                         0);
        return cases_text();
    }
    assert_int_equal(uv_loop_init(&loop), 0);
    input_watch(input, &loop, cases_on_ready, &ready);
    query_init(&query);
    while ((result = input_next(input, &query)) == INPUT_ROW ||
           result == INPUT_WAIT) {
        if (result == INPUT_ROW) {
            cases_add(input, &query);
            query_reset(&query);
            continue;
        }
        unsigned before = ready;
        (void)uv_run(&loop, UV_RUN_NOWAIT); /* nothing there: no call */
        assert_int_equal(ready, before);
        cases_feed(&pipe, chunk);
        while (ready == before)
            (void)uv_run(&loop, UV_RUN_ONCE);
    }
    cases_heard(saved);
    assert_int_equal(result, INPUT_END);
    assert_int_equal(input_counts(input).bytes, len);
    query_release(&query);
    input_close(input);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
    input_free(input);
    cases_close_pipe(&pipe);
    return cases_text();
}

/* Runs each case from a file, then through a pipe, byte by byte. */
static inline void cases_run(const struct input_case *cases, size_t count)
{
    static char file[] = "input";
    char *const files[] = {file};
    for (size_t i = 0; i < count; i++) {
        const struct input_case *at = &cases[i];
        cases_write(file, at->bytes, at->len);
        const char *rows = cases_read(&at->settings, files, 1);
        if (strcmp(rows, at->rows) != 0)
            fail_msg("%s, file: got\n%swanted\n%s", at->name, rows, at->rows);
        if (at->message && !strstr(cases_said, at->message))
            fail_msg("%s: it said\n%s", at->name, cases_said);
        rows = cases_stream(&at->settings, at->bytes, at->len, 1);
        if (strcmp(rows, at->rows) != 0)
            fail_msg("%s, pipe: got\n%swanted\n%s", at->name, rows, at->rows);
    }
    assert_int_equal(unlink(file), 0);
}

#endif

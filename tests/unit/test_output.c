/*
 * The output's target, buffer and end: what is on disk or in the pipe, and
 * what was said, after each way a run can go. Also what all writers share.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "file.h"
#include "output.h"
#include "output_format.h"
#include "query.h"

static const char header[] =
    "client_id,online,error,http_status,attempts,latency_ms,checked_at\n";
static const char row_text[] = "VIN1,true,,200,1,,\n";

/* The directory of the tests; the current one while they run. */
static char directory[] = "/tmp/test_output.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN); /* as main has it */
    (void)signal(SIGXFSZ, SIG_IGN);
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    (void)unlink("stdout");
    return chdir("/") == 0 ? rmdir(directory) : -1;
}

static char *read_all(const char *name)
{
    static char text[1 << 16];
    int fd = open(name, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t got = file_read(fd, text, sizeof text - 1);
    assert_true(got >= 0);
    text[got] = '\0';
    (void)close(fd);
    return text;
}

static bool exists(const char *name)
{
    return access(name, F_OK) == 0;
}

static void write_file(const char *name, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(file_write_all(fd, text, strlen(text)), 0);
    (void)close(fd);
}

static mode_t mode_of(const char *name)
{
    struct stat is;
    assert_int_equal(stat(name, &is), 0);
    return is.st_mode & 0777;
}

/* Messages go to a pipe in between (a file could be under a limit). */
static int said_fd = -1;

static int listen_begin(void)
{
    int ends[2];
    int old = dup(STDERR_FILENO);
    assert_true(old >= 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    (void)close(ends[1]);
    said_fd = ends[0];
    return old;
}

static const char *listen_end(int old)
{
    static char text[8192];
    assert_int_equal(dup2(old, STDERR_FILENO), STDERR_FILENO);
    (void)close(old);
    ssize_t got = file_read(said_fd, text, sizeof text - 1);
    assert_true(got >= 0);
    text[got] = '\0';
    (void)close(said_fd);
    return text;
}

/* Descriptor fd (-1: none) becomes standard output; returns the old one. */
static int redirect(int fd)
{
    (void)fflush(stdout);
    int old = dup(STDOUT_FILENO);
    assert_true(old >= 0);
    if (fd >= 0)
        assert_int_equal(dup2(fd, STDOUT_FILENO), STDOUT_FILENO);
    else
        (void)close(STDOUT_FILENO);
    return old;
}

static void restore(int old)
{
    assert_int_equal(dup2(old, STDOUT_FILENO), STDOUT_FILENO);
    (void)close(old);
}

static void add_row(struct output *output, const char *id, size_t len)
{
    struct query query;
    query_init(&query);
    assert_int_equal(query_set_id(&query, id, len), 0);
    query.state = QUERY_DONE;
    query.online = true;
    query.http_status = 200;
    query.attempts = 1;
    output_row(output, &query);
    query_release(&query);
}

static struct output *open_file(const char *file, enum output_format to,
                                int mode)
{
    struct output_settings settings = {.file = file, .to = to, .mode = mode};
    struct output *output = NULL;
    assert_int_equal(output_new(&output, &settings, NULL, 0), STATUS_OK);
    assert_non_null(output);
    return output;
}

static void check_complete(struct output *output)
{
    assert_int_equal(output_finish(output, true), OUTPUT_FLUSHED);
    assert_null(output_partial_name(output));
    output_free(output);
}

static void test_writer_by_name(void **state)
{
    (void)state;
    static const struct {
        enum output_format to;
        const char *file;
        const struct output_writer *writer;
    } cases[] = {
        {OUTPUT_AUTO, NULL, &output_csv},
        {OUTPUT_AUTO, "-", &output_csv},
        {OUTPUT_AUTO, "out", &output_csv},
        {OUTPUT_AUTO, "out.csv", &output_csv},
        {OUTPUT_AUTO, "out.tsv", &output_tsv},
        {OUTPUT_AUTO, "OUT.TSV", &output_tsv},
        {OUTPUT_AUTO, "a.csv/out.ndjson", &output_ndjson},
        {OUTPUT_AUTO, "out.jsonl", &output_ndjson},
        {OUTPUT_AUTO, "out.json", &output_json},
        {OUTPUT_AUTO, "out.json.gz", &output_csv},
        {OUTPUT_AUTO, ".json", &output_csv},
        {OUTPUT_CSV, "out.json", &output_csv},
        {OUTPUT_TSV, NULL, &output_tsv},
        {OUTPUT_NDJSON, "out.csv", &output_ndjson},
        {OUTPUT_JSON, "-", &output_json},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct output_settings settings = {.to = cases[i].to,
                                           .file = cases[i].file};
        struct output_columns columns;
        output_columns_init(&columns, &settings, NULL, 0);
        assert_ptr_equal(columns.writer, cases[i].writer);
        output_columns_release(&columns);
    }
}

static void test_column_names(void **state)
{
    (void)state;
    static const struct {
        bool line_numbers;
        const char *kept[4];
        const char *names[4];
    } cases[] = {
        {false, {"model"}, {"model"}},
        {false, {"online", "error"}, {"in_online", "in_error"}},
        {false, {"Client_ID", "ONLINE"}, {"in_Client_ID", "in_ONLINE"}},
        {false,
         {"client_id", "in_client_id"},
         {"in_client_id", "in_in_client_id"}},
        {false,
         {"in_client_id", "client_id"},
         {"in_client_id", "in_in_client_id"}},
        {false,
         {"a", "a", "A", "in_a"},
         {"a", "in_a", "in_in_A", "in_in_in_a"}},
        {false, {"in_line"}, {"in_line"}},
        {true, {"in_line", "line"}, {"in_in_line", "line"}},
        {false,
         {"checked_at", "latency_ms", "attempts", "http_status"},
         {"in_checked_at", "in_latency_ms", "in_attempts", "in_http_status"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct output_settings settings = {
            .line_numbers = cases[i].line_numbers};
        struct output_columns columns;
        size_t n = 0;
        while (n < 4 && cases[i].kept[n])
            n++;
        output_columns_init(&columns, &settings, cases[i].kept, n);
        assert_int_equal(columns.n_kept, n);
        for (size_t k = 0; k < n; k++)
            assert_string_equal(columns.kept[k], cases[i].names[k]);
        output_columns_release(&columns);
    }
}

static void test_plain(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 25; len++) {
        for (size_t place = 0; place < len; place++) {
            for (int byte = 0; byte < 256; byte++) {
                char text[26];
                memset(text, 'x', len);
                text[place] = (char)byte;
                bool plain = byte >= '-' && byte <= '~' && byte != '\\';
                assert_int_equal(output_is_plain(text, len), plain);
            }
        }
    }
    assert_true(output_is_plain(NULL, 0));
}

/* What may not be written is refused at once; nothing is left behind. */
static void test_refused_targets(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        enum status status;
        const char *said;
    } cases[] = {
        {"", STATUS_USAGE, "the output file's name is empty"},
        {"dir", STATUS_IO, "cannot write dir: Is a directory"},
        {"missing/out.csv", STATUS_IO,
         "cannot create missing/out.csv.partial: No such file or directory"},
        {"old.csv/out.csv", STATUS_IO,
         "cannot write old.csv/out.csv: Not a directory"},
        {"to_nothing", STATUS_IO,
         "cannot write to_nothing: its target: No such file or directory"},
        {"to_itself", STATUS_IO,
         "cannot write to_itself: Too many levels of symbolic links"},
        {"busy.csv", STATUS_USAGE,
         "busy.csv.partial exists: an earlier run left it unfinished; go "
         "on with --resume, or remove it, or choose another -o"},
    };
    assert_int_equal(mkdir("dir", 0700), 0);
    assert_int_equal(symlink("nothing", "to_nothing"), 0);
    assert_int_equal(symlink("to_itself", "to_itself"), 0);
    write_file("old.csv", "old\n");
    write_file("busy.csv.partial", "half\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char wanted[256];
        struct output *output = NULL;
        struct output_settings settings = {.file = cases[i].file, .mode = -1};
        int old = listen_begin();
        enum status status = output_new(&output, &settings, NULL, 0);
        const char *said = listen_end(old);
        (void)snprintf(wanted, sizeof wanted, "mqstat: %s\n", cases[i].said);
        assert_int_equal(status, cases[i].status);
        assert_null(output);
        assert_string_equal(said, wanted);
    }
    assert_string_equal(read_all("busy.csv.partial"), "half\n");
    assert_string_equal(read_all("old.csv"), "old\n");
    (void)unlink("busy.csv.partial");
    (void)unlink("old.csv");
    (void)unlink("to_nothing");
    (void)unlink("to_itself");
    (void)rmdir("dir");
}

static void test_unwritable_directory(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip();
    assert_int_equal(mkdir("closed", 0500), 0);
    struct output *output = NULL;
    struct output_settings settings = {.file = "closed/out.csv", .mode = -1};
    int old = listen_begin();
    enum status status = output_new(&output, &settings, NULL, 0);
    assert_string_equal(
        listen_end(old),
        "mqstat: cannot create closed/out.csv.partial: Permission denied\n");
    assert_int_equal(status, STATUS_IO);
    (void)rmdir("closed");
}

/* The file appears whole, at the end, by a rename. */
static void test_file(void **state)
{
    (void)state;
    char wanted[256];
    write_file("out.csv", "old\n");
    struct output *output = open_file("out.csv", OUTPUT_AUTO, -1);
    assert_non_null(output_partial_name(output));
    assert_string_equal(output_partial_name(output) +
                            strlen(output_partial_name(output)) -
                            strlen("/out.csv.partial"),
                        "/out.csv.partial");
    assert_int_equal(output_wait_fd(output), -1);
    assert_false(output_is_terminal(output));
    assert_false(output_wants_flush(output));
    assert_int_equal(output_pending(output), strlen(header));
    add_row(output, "VIN1", 4);
    assert_int_equal(output_flush(output), OUTPUT_FLUSHED);
    assert_int_equal(output_pending(output), 0);
    (void)snprintf(wanted, sizeof wanted, "%s%s", header, row_text);
    assert_string_equal(read_all("out.csv.partial"), wanted);
    assert_string_equal(read_all("out.csv"), "old\n");
    check_complete(output);
    assert_string_equal(read_all("out.csv"), wanted);
    assert_false(exists("out.csv.partial"));
    (void)unlink("out.csv");
}

/* What is left after a run without rows, or that was not complete. */
static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        unsigned rows;
        bool complete;
        const char *text;    /* NULL: no file */
        const char *partial; /* NULL: none */
    } cases[] = {
        {"a.json", 0, true, "[\n]\n", NULL},
        {"a.json", 0, false, NULL, NULL},
        {"a.ndjson", 0, true, "", NULL},
        {"a.ndjson", 0, false, NULL, NULL},
        {"a.tsv", 0, false, NULL, NULL},
        {"a.json", 1, true,
         "[\n{\"client_id\":\"VIN1\",\"online\":true,\"error\":null,"
         "\"http_status\":200,\"attempts\":1,\"latency_ms\":null,"
         "\"checked_at\":null}\n]\n",
         NULL},
        {"a.json", 2, false, NULL,
         "[\n{\"client_id\":\"VIN1\",\"online\":true,\"error\":null,"
         "\"http_status\":200,\"attempts\":1,\"latency_ms\":null,"
         "\"checked_at\":null},\n"
         "{\"client_id\":\"VIN1\",\"online\":true,\"error\":null,"
         "\"http_status\":200,\"attempts\":1,\"latency_ms\":null,"
         "\"checked_at\":null}\n]\n"},
        {"a.ndjson", 1, false, NULL,
         "{\"client_id\":\"VIN1\",\"online\":true,\"error\":null,"
         "\"http_status\":200,\"attempts\":1,\"latency_ms\":null,"
         "\"checked_at\":null}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char partial[32];
        (void)snprintf(partial, sizeof partial, "%s.partial", cases[i].file);
        struct output *output = open_file(cases[i].file, OUTPUT_AUTO, -1);
        for (unsigned row = 0; row < cases[i].rows; row++)
            add_row(output, "VIN1", 4);
        assert_int_equal(output_finish(output, cases[i].complete),
                         OUTPUT_FLUSHED);
        assert_int_equal(output_partial_name(output) != NULL,
                         cases[i].partial != NULL);
        output_free(output);
        assert_int_equal(exists(cases[i].file), cases[i].text != NULL);
        assert_int_equal(exists(partial), cases[i].partial != NULL);
        if (cases[i].text)
            assert_string_equal(read_all(cases[i].file), cases[i].text);
        if (cases[i].partial)
            assert_string_equal(read_all(partial), cases[i].partial);
        (void)unlink(cases[i].file);
        (void)unlink(partial);
    }
}

/* Given up before the first row left: no trace. After it: the partial. */
static void test_free_alone(void **state)
{
    (void)state;
    struct output *output = open_file("out.csv", OUTPUT_AUTO, -1);
    add_row(output, "VIN1", 4);
    output_free(output);
    assert_false(exists("out.csv.partial"));
    output = open_file("out.csv", OUTPUT_AUTO, -1);
    add_row(output, "VIN1", 4);
    assert_int_equal(output_flush(output), OUTPUT_FLUSHED);
    output_free(output);
    assert_true(exists("out.csv.partial"));
    (void)unlink("out.csv.partial");
    output_free(NULL);
}

static void test_modes(void **state)
{
    (void)state;
    static const struct {
        mode_t mask;
        int before; /* -1: no file yet */
        int mode;
        mode_t after;
    } cases[] = {
        {022, -1, -1, 0644},     {077, -1, -1, 0600},   {000, -1, -1, 0666},
        {077, -1, 0640, 0640},   {022, 0600, -1, 0600}, {077, 0664, -1, 0664},
        {022, 0600, 0644, 0644}, {022, 0444, -1, 0444},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].before >= 0) {
            write_file("out.csv", "old\n");
            assert_int_equal(chmod("out.csv", (mode_t)cases[i].before), 0);
        }
        mode_t mask = umask(cases[i].mask);
        struct output *output = open_file("out.csv", OUTPUT_AUTO,
                                          cases[i].mode);
        (void)umask(mask);
        assert_int_equal(mode_of("out.csv.partial"), cases[i].after);
        check_complete(output);
        assert_int_equal(mode_of("out.csv"), cases[i].after);
        (void)unlink("out.csv");
    }
}

/* A link stays a link; its target is replaced. */
static void test_link(void **state)
{
    (void)state;
    assert_int_equal(mkdir("dir", 0700), 0);
    write_file("dir/real.csv", "old\n");
    assert_int_equal(symlink("dir/real.csv", "link.ndjson"), 0);
    struct output *output = open_file("link.ndjson", OUTPUT_AUTO, -1);
    assert_true(exists("dir/real.csv.partial"));
    check_complete(output);
    struct stat is;
    assert_int_equal(lstat("link.ndjson", &is), 0);
    assert_true(S_ISLNK(is.st_mode));
    assert_string_equal(read_all("dir/real.csv"), "");
    (void)unlink("link.ndjson");
    (void)unlink("dir/real.csv");
    (void)rmdir("dir");
}

static void test_devices(void **state)
{
    (void)state;
    struct output *output = open_file("/dev/null", OUTPUT_AUTO, 0600);
    assert_null(output_partial_name(output));
    assert_int_equal(output_wait_fd(output), -1);
    add_row(output, "VIN1", 4);
    check_complete(output);
    assert_false(exists("/dev/null.partial"));

    assert_int_equal(mkfifo("fifo", 0600), 0);
    int reader = open("fifo", O_RDONLY | O_NONBLOCK);
    output = open_file("fifo", OUTPUT_AUTO, -1);
    assert_null(output_partial_name(output));
    assert_true(output_wait_fd(output) >= 0);
    check_complete(output);
    char text[256];
    assert_int_equal(file_read(reader, text, sizeof text), strlen(header));
    (void)close(reader);
    (void)unlink("fifo");
}

static void test_full_disk(void **state)
{
    (void)state;
    struct output *output = open_file("/dev/full", OUTPUT_AUTO, -1);
    int old = listen_begin();
    assert_int_equal(output_flush(output), OUTPUT_FAILED);
    add_row(output, "VIN1", 4);
    assert_int_equal(output_pending(output), 0);
    assert_int_equal(output_flush(output), OUTPUT_FAILED);
    assert_int_equal(output_finish(output, true), OUTPUT_FAILED);
    assert_string_equal(
        listen_end(old),
        "mqstat: cannot write /dev/full: No space left on device\n");
    output_free(output);
}

/* A file that may not grow: the partial ends with a whole row, or is gone. */
static void test_file_limit(void **state)
{
    (void)state;
    static const struct {
        size_t limit;
        size_t rows; /* that fit */
    } cases[] = {
        {40, 0},
        {sizeof header - 1, 0},
        {sizeof header + sizeof row_text - 3, 0},
        {sizeof header + sizeof row_text - 2, 1},
        {sizeof header + sizeof row_text + 5, 1},
    };
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct output *output = open_file("out.csv", OUTPUT_AUTO, -1);
        add_row(output, "VIN1", 4);
        add_row(output, "VIN1", 4);
        struct rlimit less = {cases[i].limit, before.rlim_max};
        int old = listen_begin();
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
        enum output_result result = output_flush(output);
        (void)setrlimit(RLIMIT_FSIZE, &before);
        const char *said = listen_end(old);
        assert_int_equal(result, OUTPUT_FAILED);
        assert_non_null(strstr(said, "out.csv.partial: File too large"));
        assert_int_equal(strstr(said, "; the rows so far are in it") != NULL,
                         cases[i].rows > 0);
        assert_int_equal(output_finish(output, true), OUTPUT_FAILED);
        assert_int_equal(output_partial_name(output) != NULL,
                         cases[i].rows > 0);
        output_free(output);
        assert_false(exists("out.csv"));
        assert_int_equal(exists("out.csv.partial"), cases[i].rows > 0);
        if (cases[i].rows > 0)
            assert_int_equal(strlen(read_all("out.csv.partial")),
                             strlen(header) + strlen(row_text));
        (void)unlink("out.csv.partial");
    }
}

static void test_partial_gone(void **state)
{
    (void)state;
    assert_int_equal(mkdir("dir", 0700), 0);
    struct output *output = open_file("dir/out.csv", OUTPUT_AUTO, -1);
    add_row(output, "VIN1", 4);
    assert_int_equal(unlink("dir/out.csv.partial"), 0);
    assert_int_equal(rmdir("dir"), 0);
    int old = listen_begin();
    assert_int_equal(output_finish(output, true), OUTPUT_FAILED);
    assert_string_equal(listen_end(old),
                        "mqstat: dir/out.csv.partial was moved, removed or "
                        "begun anew by others while it was written: it does "
                        "not become dir/out.csv\n");
    output_free(output);
}

static void test_standard_output(void **state)
{
    (void)state;
    static const struct {
        int flags;
        bool closed;
        enum status status;
    } cases[] = {
        {O_WRONLY | O_CREAT, false, STATUS_OK},
        {O_RDONLY, false, STATUS_IO},
        {O_RDONLY, true, STATUS_IO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int fd = open("stdout", cases[i].flags, 0600);
        int saying = listen_begin();
        int old = redirect(cases[i].closed ? -1 : fd);
        struct output_settings settings = {.file = "-", .to = OUTPUT_TSV};
        struct output *output = NULL;
        enum status status = output_new(&output, &settings, NULL, 0);
        bool open_after = true;
        if (output) {
            assert_int_equal(output_finish(output, true), OUTPUT_FLUSHED);
            open_after = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
        }
        output_free(output);
        restore(old);
        const char *said = listen_end(saying);
        (void)close(fd);
        assert_string_equal(
            said, cases[i].status
                      ? "mqstat: standard output is not open for writing\n"
                      : "");
        assert_true(open_after);
        assert_int_equal(status, cases[i].status);
        assert_memory_equal(read_all("stdout"), "client_id\tonline\t", 17);
    }
}

/* A pipe as standard output; one read returns what one write gave. */
static struct output *open_pipe(int ends[2], int *old)
{
    assert_int_equal(pipe2(ends, O_CLOEXEC | O_DIRECT), 0);
    *old = redirect(ends[1]);
    (void)close(ends[1]);
    return open_file(NULL, OUTPUT_NDJSON, -1);
}

/*
 * A slow reader: the pipe fills, flush says so without waiting, and every
 * write was whole rows.
 */
static void test_slow_pipe(void **state)
{
    (void)state;
    enum {
        ROWS = 3000
    };
    int ends[2];
    int old;
    static char text[PIPE_BUF * 4];
    struct output *output = open_pipe(ends, &old);
    for (int i = 0; i < ROWS; i++)
        add_row(output, "VIN1", 4);
    bool wanted = output_wants_flush(output);
    int fd = output_wait_fd(output);
    size_t rows = 0;
    size_t blocked = 0;
    bool torn = false;
    while (output_flush(output) == OUTPUT_BLOCKED) {
        blocked++;
        ssize_t got = file_read(ends[0], text, PIPE_BUF);
        for (ssize_t i = 0; i < got; i++)
            rows += text[i] == '\n';
        torn = torn || text[got - 1] != '\n';
    }
    assert_int_equal(output_finish(output, true), OUTPUT_FLUSHED);
    output_free(output);
    restore(old);
    for (ssize_t got; (got = file_read(ends[0], text, sizeof text)) > 0;) {
        for (ssize_t i = 0; i < got; i++)
            rows += text[i] == '\n';
    }
    (void)close(ends[0]);
    assert_true(wanted);
    assert_true(fd >= 0 && fd != STDOUT_FILENO);
    assert_true(blocked > 10);
    assert_false(torn);
    assert_int_equal(rows, ROWS);
}

/* A row longer than PIPE_BUF goes in pieces, with the rows around it. */
static void test_long_row(void **state)
{
    (void)state;
    static char id[60000];
    static char text[1 << 17];
    int ends[2];
    int old;
    size_t len = 0;
    bool blocked = false;
    memset(id, 'x', sizeof id);
    struct output *output = open_pipe(ends, &old);
    add_row(output, "a", 1);
    add_row(output, id, sizeof id);
    add_row(output, "b", 1);
    size_t total = output_pending(output);
    for (size_t i = 0; i < 2; i++)
        add_row(output, "c", 1);
    size_t all = output_pending(output);
    while (output_flush(output) == OUTPUT_BLOCKED) {
        blocked = true;
        len += (size_t)file_read(ends[0], text + len, 1000);
    }
    output_free(output);
    restore(old);
    for (ssize_t got; (got = file_read(ends[0], text + len, 8192)) > 0;)
        len += (size_t)got;
    (void)close(ends[0]);
    assert_int_equal(len, all);
    assert_true(total > sizeof id);
    assert_memory_equal(text, "{\"client_id\":\"a\",", 17);
    assert_memory_equal(strstr(text, "xxx"), id, sizeof id);
    assert_false(blocked); /* 64 KiB fit a pipe */
}

static void test_closed_pipe(void **state)
{
    (void)state;
    int ends[2];
    int old;
    struct output *output = open_pipe(ends, &old);
    (void)close(ends[0]);
    int saying = listen_begin();
    enum output_result empty = output_flush(output);
    add_row(output, "VIN1", 4);
    enum output_result result = output_flush(output);
    add_row(output, "VIN1", 4);
    size_t pending = output_pending(output);
    enum output_result end = output_finish(output, true);
    output_free(output);
    const char *said = listen_end(saying);
    restore(old);
    assert_int_equal(empty, OUTPUT_FLUSHED);
    assert_int_equal(result, OUTPUT_CLOSED);
    assert_int_equal(pending, 0);
    assert_int_equal(end, OUTPUT_CLOSED);
    assert_string_equal(said, "");
}

/* Somebody else made the descriptor non-blocking: short writes, EAGAIN. */
static void test_nonblocking_socket(void **state)
{
    (void)state;
    enum {
        ROWS = 4000
    };
    static char text[8192];
    int ends[2];
    size_t rows = 0;
    size_t blocked = 0;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    int old = redirect(ends[1]);
    (void)close(ends[1]);
    struct output *output = open_file(NULL, OUTPUT_NDJSON, -1);
    for (int i = 0; i < ROWS; i++)
        add_row(output, "VIN1", 4);
    for (;;) {
        enum output_result result = output_flush(output);
        if (result != OUTPUT_BLOCKED)
            break;
        blocked++;
        ssize_t got = file_read(ends[0], text, sizeof text);
        for (ssize_t i = 0; i < got; i++)
            rows += text[i] == '\n';
    }
    enum output_result end = output_finish(output, true);
    output_free(output);
    restore(old);
    for (ssize_t got; (got = file_read(ends[0], text, sizeof text)) > 0;) {
        for (ssize_t i = 0; i < got; i++)
            rows += text[i] == '\n';
    }
    (void)close(ends[0]);
    assert_int_equal(end, OUTPUT_FLUSHED);
    assert_true(blocked > 0);
    assert_int_equal(rows, ROWS);
}

/* Much pending, taken in small pieces: every byte once, in order. */
static void test_order(void **state)
{
    (void)state;
    enum {
        ROWS = 20000
    };
    static char text[4 * 1048576];
    int ends[2];
    int old;
    size_t len = 0;
    struct output *output = open_pipe(ends, &old);
    for (int i = 0; i < ROWS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "%08d", i);
        add_row(output, id, 8);
        if (i % 100 == 0 && output_flush(output) == OUTPUT_BLOCKED)
            len += (size_t)file_read(ends[0], text + len, 5000);
    }
    while (output_flush(output) == OUTPUT_BLOCKED)
        len += (size_t)file_read(ends[0], text + len, 5000);
    output_free(output);
    restore(old);
    for (ssize_t got; (got = file_read(ends[0], text + len, 65536)) > 0;)
        len += (size_t)got;
    (void)close(ends[0]);
    size_t width = len / ROWS;
    assert_int_equal(len % ROWS, 0);
    for (int i = 0; i < ROWS; i++) {
        char start[64];
        int n = snprintf(start, sizeof start, "{\"client_id\":\"%08d\",", i);
        assert_memory_equal(text + (size_t)i * width, start, (size_t)n);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writer_by_name),
        cmocka_unit_test(test_column_names),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_refused_targets),
        cmocka_unit_test(test_unwritable_directory),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_free_alone),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_link),
        cmocka_unit_test(test_devices),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_file_limit),
        cmocka_unit_test(test_partial_gone),
        cmocka_unit_test(test_standard_output),
        cmocka_unit_test(test_slow_pipe),
        cmocka_unit_test(test_long_row),
        cmocka_unit_test(test_closed_pipe),
        cmocka_unit_test(test_nonblocking_socket),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/*
 * A partial of any bytes, or one of ours with some of them changed: going on
 * with it is refused, or ends in a file with each row once, in order.
 */
#include <fcntl.h>

#include "file.h"
#include "fuzz.h"
#include "input.h"
#include "output.h"

enum {
    ROWS = 4,
    PARTIAL_BYTES = 4096
};

static const char *const ids[ROWS] = {"A1", "a,\"b\nc", "A1", "A4"};
static const char *const kept[] = {"note"};

static void make_row(struct query *row, size_t i)
{
    query_init(row);
    row->line = i + 1;
    row->state = QUERY_READY;
    FUZZ_CHECK(!query_set_id(row, ids[i], strlen(ids[i])));
    FUZZ_CHECK(!query_add_cell(row, QUERY_CELL_TEXT, "x\ty", 3));
}

static void answer(struct query *row)
{
    row->state = QUERY_DONE;
    row->error = row->line == 3 ? QUERY_TIMEOUT : QUERY_ANSWERED;
    row->online = row->line == 1;
    row->http_status = row->line == 3 ? 0 : 200;
    row->attempts = 1;
    row->latency_ns = row->line == 3 ? -1 : 12345000;
    row->checked_ms = INT64_C(1795335330123);
}

/* Goes through the rows as a run does; false: the partial was refused. */
static bool go_on(struct output *output)
{
    enum status status = STATUS_OK;
    struct query rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        make_row(&rows[i], i);
        if (!status && output_resumes(output))
            status = output_recall(output, &rows[i], "input");
    }
    if (!status && output_resumes(output))
        status = output_recall_end(output);
    bool fits = !status;
    for (size_t i = 0; i < ROWS; i++) {
        if (!rows[i].recalled)
            answer(&rows[i]);
        if (fits)
            output_row(output, &rows[i]);
        query_release(&rows[i]);
    }
    FUZZ_CHECK(output_finish(output, fits) == OUTPUT_FLUSHED);
    return fits;
}

/* The result, read back: each row once, in order. */
static void check_result(const char *file, enum input_format format)
{
    struct input_settings settings = {.column = "client_id", .from = format};
    char name[64];
    char *files[] = {name};
    struct input *input = NULL;
    struct query query;
    (void)snprintf(name, sizeof name, "%s", file);
    FUZZ_CHECK(input_new(&input, &settings, files, 1) == STATUS_OK);
    query_init(&query);
    for (size_t i = 0; i < ROWS; i++) {
        query_reset(&query);
        FUZZ_CHECK(input_next(input, &query) == INPUT_ROW);
        FUZZ_CHECK(query.id_len == strlen(ids[i]));
        FUZZ_CHECK(memcmp(query.text.data, ids[i], query.id_len) == 0);
    }
    query_reset(&query);
    FUZZ_CHECK(input_next(input, &query) == INPUT_END);
    query_release(&query);
    input_free(input);
}

static size_t make_partial(const struct output_settings *settings,
                           const char *partial, struct fuzz *fuzz, bool ours,
                           char bytes[PARTIAL_BYTES])
{
    struct output *output = NULL;
    size_t len = fuzz->left < PARTIAL_BYTES ? fuzz->left : PARTIAL_BYTES;
    if (!ours) {
        memcpy(bytes, fuzz->at, len);
        return len;
    }
    FUZZ_CHECK(output_new(&output, settings, kept, 1) == STATUS_OK);
    for (size_t i = 0; i < ROWS; i++) {
        struct query row;
        make_row(&row, i);
        answer(&row);
        output_row(output, &row);
        query_release(&row);
    }
    FUZZ_CHECK(output_finish(output, false) == OUTPUT_FLUSHED);
    output_free(output);
    int fd = open(partial, O_RDONLY | O_CLOEXEC);
    ssize_t got = file_read(fd, bytes, PARTIAL_BYTES);
    FUZZ_CHECK(got > 0);
    (void)close(fd);
    len = (size_t)got - fuzz_byte(fuzz) % (size_t)got;
    while (fuzz->left > 1) {
        size_t at = fuzz_byte(fuzz) * 2U % len;
        bytes[at] = (char)fuzz_byte(fuzz);
    }
    return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        enum output_format out;
        enum input_format in;
    } formats[] = {{OUTPUT_CSV, INPUT_CSV},
                   {OUTPUT_TSV, INPUT_TSV},
                   {OUTPUT_NDJSON, INPUT_NDJSON}};
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    char file[64];
    char partial[80];
    char bytes[PARTIAL_BYTES];
    struct output *output = NULL;
    diag_setup("fuzz", DIAG_VERBOSE);
    (void)snprintf(file, sizeof file, "/dev/shm/fuzz_resume.%d", getpid());
    (void)snprintf(partial, sizeof partial, "%s.partial", file);
    struct output_settings settings = {
        .file = file,
        .to = formats[how % 3].out,
        .mode = 0600,
        .quote = how & 16 ? OUTPUT_QUOTE_ALL : OUTPUT_QUOTE_MINIMAL,
    };
    size_t len = make_partial(&settings, partial, &fuzz, how & 32, bytes);
    int fd = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FUZZ_CHECK(fd >= 0 && !file_write_all(fd, bytes, len));
    (void)close(fd);
    settings.resume = true;
    if (output_new(&output, &settings, kept, 1) == STATUS_OK) {
        if (go_on(output))
            check_result(file, formats[how % 3].in);
        output_free(output);
    }
    (void)unlink(file);
    (void)unlink(partial);
    return 0;
}

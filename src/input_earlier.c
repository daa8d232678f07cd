/*
 * Rows of an earlier result file.
 *
 * Responsible for the file's format and for reading a row's result from its
 * cells; the formats' own readers do the rest, the result columns being the
 * kept ones. Not for what the rows are used for. The invariant: a row whose
 * cells do not make a result is never taken for an answer.
 */
#include "input_earlier.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "query_result.h"

enum {
    SNIFF_BYTES = 4096,
    BOM_BYTES = 3
};

struct input_earlier {
    struct input_settings settings;
    char *name;
    struct input *input;
    struct query row;
};

/* By its first bytes; of a pipe or a packed file by its name. */
static enum input_format find_format(const char *file)
{
    char text[SNIFF_BYTES];
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t len = fd >= 0 ? pread(fd, text, sizeof text, 0) : -1;
    if (fd >= 0)
        (void)close(fd); /* read-only */
    bool packed = len > 0 && (*text == '\x1f' || *text == '\x28');
    if (len <= 0 || packed)
        return INPUT_AUTO;
    const char *at = text;
    const char *end = text + len;
    if (len >= BOM_BYTES && memcmp(text, "\xef\xbb\xbf", BOM_BYTES) == 0)
        at += BOM_BYTES;
    if (at < end && *at == '{')
        return INPUT_NDJSON;
    const char *line_end = memchr(at, '\n', (size_t)(end - at));
    size_t line = (size_t)((line_end ? line_end : end) - at);
    return memchr(at, '\t', line) ? INPUT_TSV : INPUT_CSV;
}

enum status input_earlier_open(struct input_earlier **earlier, const char *file)
{
    struct input_earlier *made = mem_alloc(sizeof *made);
    made->name = mem_strdup(file);
    query_init(&made->row);
    made->settings = (struct input_settings){
        .column = "client_id",
        .keep = "online,error,http_status,attempts,latency_ms,checked_at",
        .from = find_format(file),
    };
    enum status status =
        strcmp(file, "-") == 0
            ? diag_fail(STATUS_USAGE, "-: earlier results are read from a file "
                                      "only")
            : input_new(&made->input, &made->settings, &made->name, 1);
    if (status) {
        input_earlier_close(made);
        made = NULL;
    }
    *earlier = made;
    return status;
}

/* Reads the result from the kept cells. */
static int read_result(struct query *row)
{
    struct query_text cells[QUERY_RESULT_CELLS] = {{NULL, 0}};
    size_t at = 0;
    enum query_cell kind;
    for (size_t i = 0; i < QUERY_RESULT_CELLS; i++) {
        struct query_text *cell = &cells[i];
        if (!query_cell_next(row, &at, &kind, &cell->text, &cell->len))
            return -1;
        if (kind == QUERY_CELL_JSON && cell->len == 4 &&
            memcmp(cell->text, "null", 4) == 0)
            cell->len = 0;
    }
    return query_result_read(row, cells);
}

enum input_result input_earlier_next(struct input_earlier *earlier,
                                     const struct query **row)
{
    struct query *query = &earlier->row;
    query_reset(query);
    enum input_result result = input_next(earlier->input, query);
    if (result == INPUT_ROW && query->state != QUERY_DONE && read_result(query))
        query_fail(query, QUERY_BAD_ROW);
    *row = query;
    return result;
}

bool input_earlier_matches(const struct query *row, const struct query *query)
{
    struct buf clean;
    if (row->id_len == query->id_len &&
        (row->id_len == 0 ||
         memcmp(row->text.data, query->text.data, row->id_len) == 0))
        return true;
    bool bad = query->error == QUERY_BAD_CLIENT_ID ||
               query->error == QUERY_BAD_ROW;
    if (!bad)
        return false;
    if (row->error == QUERY_BAD_ROW)
        return true; /* what made it bad may be what cannot be read */
    buf_init(&clean, QUERY_TEXT_MAX_BYTES);
    int failed = buf_append_utf8(&clean, query->text.data, query->id_len);
    assert(!failed); /* three times a cell at most */
    bool same = clean.len == row->id_len &&
                memcmp(clean.data, row->text.data, clean.len) == 0;
    buf_release(&clean);
    return same;
}

void input_earlier_close(struct input_earlier *earlier)
{
    if (!earlier)
        return;
    input_free(earlier->input);
    query_release(&earlier->row);
    free(earlier->name);
    free(earlier);
}

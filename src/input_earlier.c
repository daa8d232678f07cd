/*
 * Rows of an earlier result file.
 *
 * Responsible for reading a row's result from its cells; the formats' own
 * readers do the rest, the result columns being the kept ones. Not for what
 * the rows are used for. The invariant: a row whose cells do not make a
 * result is never taken for an answer.
 */
#include "input_earlier.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"
#include "query_result.h"

struct input_earlier {
    struct input_settings settings;
    char *name;
    struct input *input;
    struct query row;
};

enum status input_earlier_open(struct input_earlier **earlier, const char *file)
{
    struct input_earlier *made = mem_alloc(sizeof *made);
    made->name = mem_strdup(file);
    query_init(&made->row);
    made->settings = (struct input_settings){
        .column = "client_id",
        .keep = "online,error,http_status,attempts,latency_ms,checked_at",
        .from = INPUT_RESULT,
    };
    enum status status;
    if (strcmp(file, "-") == 0)
        status = diag_fail(STATUS_USAGE, "-: earlier results are read from a "
                                         "file only");
    else if (access(file, F_OK)) /* no word about ids */
        status = diag_fail(STATUS_IO, "%s: cannot open the earlier result: %s",
                           file, strerror(errno));
    else
        status = input_new(&made->input, &made->settings, &made->name, 1);
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
        if (kind == QUERY_CELL_JSON && mem_is(cell->text, cell->len, "null"))
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

static bool same(const struct query *row, const char *id, size_t len)
{
    return row->id_len == len &&
           (len == 0 || memcmp(row->text.data, id, len) == 0);
}

bool input_earlier_matches(const struct query *row, const struct query *query)
{
    struct buf scratch = {0};
    const char *id = query->text.data;
    size_t len = query->id_len;
    if (same(row, id, len))
        return true;
    if (query->error != QUERY_BAD_CLIENT_ID && query->error != QUERY_BAD_ROW)
        return false;
    if (row->error == QUERY_BAD_ROW)
        return true; /* what made it bad may be what cannot be read */
    buf_clean(&scratch, &id, &len);
    bool matches = same(row, id, len);
    buf_release(&scratch);
    return matches;
}

bool input_earlier_is_file(const struct input_earlier *earlier)
{
    return input_is_files(earlier->input);
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

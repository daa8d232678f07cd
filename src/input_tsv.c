/*
 * TSV: one row a line, cells between tabs.
 *
 * Responsible for cutting lines and for the escapes \t, \n, \r and \\ that
 * our own TSV output writes; any other backslash stands for itself, and
 * quotes mean nothing. So a broken line can never touch the next one.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "input_columns.h"
#include "mem.h"

struct tsv_state {
    struct input_columns columns;
    struct buf cell; /* without its escapes */
    bool header;     /* the file's first line names the columns */
    bool naming;     /* it is that line's turn */
};

/* The byte that an escape stands for, or 0. */
static char escaped(char letter)
{
    static const char pairs[] = "t\tn\nr\r\\\\";
    for (size_t i = 0; i + 1 < sizeof pairs; i += 2) {
        if (letter == pairs[i])
            return pairs[i + 1];
    }
    return 0;
}

/* Returns text without escapes: as it is, or a copy in cell. */
static const char *unescape(struct buf *cell, const char *text, size_t *len)
{
    if (!memchr(text, '\\', *len))
        return text;
    buf_clear(cell);
    char *to = buf_reserve(cell, *len);
    assert(to); /* a cell is no longer than a row */
    size_t used = 0;
    for (size_t i = 0; i < *len; i++) {
        char byte = text[i];
        if (byte == '\\' && i + 1 < *len && escaped(text[i + 1]))
            byte = escaped(text[++i]);
        to[used++] = byte;
    }
    *len = used;
    return to;
}

/* Takes a cell; returns whether it is short enough. */
static bool take_cell(struct tsv_state *tsv, const char *text, size_t len)
{
    text = unescape(&tsv->cell, text, &len);
    bool fits = len <= INPUT_FIELD_MAX_BYTES;
    if (!fits)
        len = 0;
    if (tsv->naming)
        input_columns_add(&tsv->columns, tsv->header ? text : NULL, len);
    else
        input_columns_cell(&tsv->columns, text, len);
    return fits;
}

/* Cuts a line into cells. Returns why the row is broken, or NULL. */
static const char *cut(struct tsv_state *tsv, const struct input_line *line)
{
    const char *at = line->text;
    const char *end = at + line->len;
    bool fits = true;
    input_columns_begin(&tsv->columns);
    for (bool more = true; more;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        more = tab != NULL;
        const char *stop = more ? tab : end;
        fits = take_cell(tsv, at, (size_t)(stop - at)) && fits;
        at = stop + more;
    }
    if (!fits)
        return "a cell is too long";
    if (line->len == 0 && (tsv->naming || tsv->columns.count != 1))
        return "the line is blank";
    return NULL;
}

/* Reads and cuts the next line; *why is NULL for a good one. */
static enum input_source_result
read_row(struct input_reader *reader, struct input_line *line, const char **why)
{
    struct tsv_state *tsv = reader->state;
    input_source_mark(&reader->source);
    enum input_source_result result = input_source_line(&reader->source, line);
    if (result == INPUT_SOURCE_LINE)
        *why = cut(tsv, line);
    if (result != INPUT_SOURCE_TOO_LONG)
        return result;
    input_columns_begin(&tsv->columns);
    *why = "it is too long";
    return INPUT_SOURCE_LINE;
}

static enum status tsv_open(struct input_reader *reader)
{
    struct tsv_state *tsv = mem_alloc(sizeof *tsv);
    reader->state = tsv;
    input_columns_init(&tsv->columns);
    buf_init(&tsv->cell, INPUT_ROW_MAX_BYTES);
    tsv->header = reader->shared->settings->header != INPUT_HEADER_NO;
    tsv->naming = true;
    struct input_line line;
    const char *why = NULL;
    enum input_source_result result = read_row(reader, &line, &why);
    tsv->naming = false;
    if (result == INPUT_SOURCE_FAILED)
        return STATUS_IO;
    if (result == INPUT_SOURCE_END)
        return STATUS_OK;
    if (why && (tsv->header || tsv->columns.count == 0))
        return diag_fail(STATUS_USAGE, "%s:1: columns cannot be read: %s",
                         reader->source.name, why);
    if (!tsv->header)
        input_source_rewind(&reader->source, 0, line.number);
    return input_columns_resolve(&tsv->columns, reader);
}

static enum input_result tsv_next(struct input_reader *reader,
                                  struct query *query)
{
    struct tsv_state *tsv = reader->state;
    struct input_line line;
    const char *why = NULL;
    if (tsv->columns.count == 0) /* it was empty when it was opened */
        return INPUT_END;
    enum input_source_result result = read_row(reader, &line, &why);
    if (result != INPUT_SOURCE_LINE)
        return input_format_stopped(result);
    query->line = line.number;
    input_columns_fill(&tsv->columns, reader, query, line.number, why);
    return INPUT_ROW;
}

static void tsv_close(struct input_reader *reader)
{
    struct tsv_state *tsv = reader->state;
    if (!tsv)
        return;
    input_columns_release(&tsv->columns);
    buf_release(&tsv->cell);
    free(tsv);
    reader->state = NULL;
}

const struct input_format_ops input_tsv = {tsv_open, tsv_next, tsv_close};

/*
 * TSV: one row a line, cells between tabs.
 *
 * Responsible for cutting lines and for the escapes \t, \n, \r and \\ that
 * our own TSV output writes; any other backslash stands for itself, and
 * quotes mean nothing. So a broken line can never touch the next one.
 */
#include <assert.h>
#include <string.h>

#include "input_columns.h"

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

/* Returns text without escapes: as it is, or a copy in scratch. */
static const char *unescape(struct buf *scratch, const char *text, size_t *len)
{
    if (!memchr(text, '\\', *len))
        return text;
    buf_clear(scratch);
    char *to = buf_reserve(scratch, *len);
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

static void cut_cells(struct input_reader *reader, const char *at,
                      const char *end)
{
    for (bool more = true; more;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        more = tab != NULL;
        size_t len = (size_t)((more ? tab : end) - at);
        size_t taken = len;
        const char *text = unescape(&reader->shared->scratch, at, &taken);
        input_columns_cell(reader->columns, text, taken);
        at += len + more;
    }
}

static enum input_result tsv_cut(struct input_reader *reader)
{
    struct input_columns *columns = reader->columns;
    struct input_line line;
    enum input_result result = input_source_line(&reader->source, &line, true);
    if (result != INPUT_ROW)
        return result;
    input_columns_begin(columns);
    columns->line = columns->fault_line = line.number;
    if (line.too_long) {
        columns->why = "it is too long";
        return INPUT_ROW;
    }
    cut_cells(reader, line.text, line.text + line.len);
    if (columns->cell_long)
        columns->why = "a cell is too long";
    else if (line.len == 0)
        columns->why = input_columns_blank(columns);
    return INPUT_ROW;
}

const struct input_format_ops input_tsv = {
    .open = input_columns_open,
    .next = input_columns_next,
    .cut = tsv_cut,
};

/*
 * Columns of a delimited file.
 *
 * Responsible for the way from a header to column numbers and from a row's
 * cells to the query; not for cutting a line into cells. The invariant:
 * each query gets exactly one cell per kept column, also in a bad row.
 *
 * Without a header the columns are called column_1, column_2 and so on, as
 * are those whose header cell is empty; each column can also be chosen by
 * its number, unless another one has that number for a name.
 */
#include "input_columns.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "units.h"

enum {
    WHAT_MAX_BYTES = 512
};

struct input_column {
    char *name;  /* owned */
    bool wanted; /* it holds the id or is kept */
    size_t at;   /* the row's cell, in text */
    size_t len;
};

/* Adds a column from a header's cell; one without a name is column_N. */
static void add_column(struct input_columns *columns, const char *text,
                       size_t len)
{
    if (columns->count > INPUT_COLUMNS_MAX) /* one more is refused */
        return;
    struct buf name;
    buf_init(&name, (size_t)4 * INPUT_ROW_MAX_BYTES);
    int failed = len > 0 ? buf_append_utf8(&name, text, len)
                         : buf_printf(&name, "column_%zu", columns->count + 1);
    assert(!failed); /* a cell is no longer than a row */
    columns->columns = mem_realloc(
        columns->columns, (columns->count + 1) * sizeof *columns->columns);
    columns->columns[columns->count++] = (struct input_column){
        .name = mem_strndup(name.data, name.len)};
    buf_release(&name);
}

/* What stands between columns that were taken for one, or NULL. */
static const char *other_delimiter(const struct input_columns *columns)
{
    const char *name = columns->count == 1 ? columns->columns[0].name : "";
    if (strchr(name, ';'))
        return "';'";
    if (strchr(name, '\t'))
        return "tab";
    return strchr(name, '|') ? "'|'" : NULL;
}

/* Says what is wrong with the columns, and which there are. */
__attribute__((format(printf, 2, 3))) static enum status
refuse(const struct input_reader *reader, const char *format, ...)
{
    const struct input_columns *columns = reader->columns;
    char what[WHAT_MAX_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args); /* may be cut */
    va_end(args);
    struct buf list;
    buf_init(&list, INPUT_LIST_MAX_BYTES);
    for (size_t i = 0; i < columns->count; i++) {
        if (!input_format_list(&list, columns->columns[i].name))
            break;
    }
    const char *other = other_delimiter(columns);
    enum status status = diag_fail(
        STATUS_USAGE, "%s: %s; the columns are: %.*s%s%s", reader->source.name,
        what, (int)list.len, list.data,
        other ? "; if that is several: --from csv --delimiter " : "",
        other ? other : "");
    buf_release(&list);
    return status;
}

/* Finds a column by its exact name, else by its number, from 1. */
static enum status find(const struct input_reader *reader, const char *name,
                        size_t *index)
{
    const struct input_columns *columns = reader->columns;
    size_t found = 0;
    for (size_t i = columns->count; i-- > 0;) {
        if (strcmp(columns->columns[i].name, name) != 0)
            continue;
        *index = i;
        found++;
    }
    if (found == 1)
        return STATUS_OK;
    if (found > 1)
        return refuse(reader, "%zu columns are named '%s'", found, name);
    uint64_t number;
    if (units_parse_digits(name, strlen(name), columns->count, &number) ||
        number == 0)
        return refuse(reader, "there is no column '%s'", name);
    *index = (size_t)number - 1;
    return STATUS_OK;
}

/* Finds the id's column: as told, or by a known name, or the only one. */
static enum status find_id(const struct input_reader *reader)
{
    struct input_columns *columns = reader->columns;
    const struct input_settings *settings = reader->shared->settings;
    if (settings->column)
        return find(reader, settings->column, &columns->id);
    size_t found = 0;
    for (size_t i = 0; i < columns->count; i++) {
        if (!input_format_known_id(columns->columns[i].name))
            continue;
        if (found++ > 0)
            return refuse(reader,
                          "'%s' and '%s' may both be the ids, choose one "
                          "with --column",
                          columns->columns[columns->id].name,
                          columns->columns[i].name);
        columns->id = i;
    }
    if (found == 1 || (columns->count == 1 && !other_delimiter(columns)))
        return STATUS_OK;
    return refuse(reader,
                  "which column holds the ids? choose one with --column");
}

static void want(struct input_columns *columns, size_t index)
{
    columns->columns[index].wanted = true;
    if (index > columns->last)
        columns->last = index;
}

/* Finds a kept name's column; a number becomes the column's name. */
static enum status resolve_kept(const struct input_reader *reader, size_t kept)
{
    struct input_columns *columns = reader->columns;
    struct input_keep *keep = &reader->shared->keep;
    size_t *index = &columns->kept[kept];
    enum status status = find(reader, keep->names[kept], index);
    if (status != STATUS_OK)
        return status;
    const char *name = columns->columns[*index].name;
    for (size_t i = 0; i < kept; i++) {
        if (strcmp(keep->names[i], name) == 0)
            return refuse(reader, "column '%s' is kept twice", name);
    }
    want(columns, *index);
    free((char *)keep->names[kept]);
    keep->names[kept] = mem_strdup(name);
    return STATUS_OK;
}

/*
 * Finds the id's column and the kept ones, and names the run's kept columns
 * where they were "all" or numbers.
 */
static enum status resolve(const struct input_reader *reader)
{
    struct input_columns *columns = reader->columns;
    struct input_keep *keep = &reader->shared->keep;
    if (columns->count > INPUT_COLUMNS_MAX)
        return diag_fail(STATUS_USAGE, "%s: more than %d columns",
                         reader->source.name, INPUT_COLUMNS_MAX);
    enum status status = find_id(reader);
    if (status != STATUS_OK)
        return status;
    want(columns, columns->id);
    for (size_t i = 0; keep->all && i < columns->count; i++) {
        const char *name = columns->columns[i].name;
        if (i != columns->id) /* one that occurs twice is refused below */
            (void)input_keep_add(keep, name, strlen(name));
    }
    keep->all = false;
    columns->kept = mem_alloc_array(keep->count, sizeof *columns->kept);
    for (size_t i = 0; i < keep->count && status == STATUS_OK; i++)
        status = resolve_kept(reader, i);
    return status;
}

enum status input_columns_open(struct input_reader *reader)
{
    struct input_columns *columns = mem_alloc(sizeof *columns);
    reader->columns = columns;
    buf_init(&columns->text, (size_t)2 * INPUT_ROW_MAX_BYTES);
    columns->header = reader->shared->settings->header != INPUT_HEADER_NO;
    columns->naming = true;
    enum input_result result = reader->ops->cut(reader);
    columns->naming = false;
    if (result != INPUT_ROW)
        return result == INPUT_FAILED ? STATUS_IO : STATUS_OK;
    if (columns->why && (columns->header || columns->count == 0))
        return diag_fail(STATUS_USAGE, "%s:%llu: columns cannot be read: %s",
                         reader->source.name,
                         (unsigned long long)columns->fault_line, columns->why);
    if (!columns->header)
        input_source_rewind(&reader->source, 0, columns->line);
    return resolve(reader);
}

void input_columns_free(struct input_columns *columns)
{
    if (!columns)
        return;
    for (size_t i = 0; i < columns->count; i++)
        free(columns->columns[i].name);
    free(columns->columns);
    free(columns->kept);
    buf_release(&columns->text);
    free(columns);
}

void input_columns_begin(struct input_columns *columns)
{
    buf_clear(&columns->text);
    columns->seen = 0;
    columns->cell_long = false;
    columns->why = NULL;
}

void input_columns_cell(struct input_columns *columns, const char *text,
                        size_t len)
{
    if (len > INPUT_FIELD_MAX_BYTES) {
        columns->cell_long = true;
        len = 0;
    }
    if (columns->naming)
        add_column(columns, text, columns->header ? len : 0);
    size_t index = columns->seen++;
    if (index >= columns->count || !columns->columns[index].wanted)
        return;
    columns->columns[index].at = columns->text.len;
    columns->columns[index].len = len;
    int failed = buf_append(&columns->text, text, len);
    assert(!failed); /* a row is shorter than that */
}

const char *input_columns_blank(const struct input_columns *columns)
{
    return columns->naming || columns->count != 1 ? "the line is blank" : NULL;
}

/* The bytes of a wanted column's cell; none if it was not read. */
static const char *cell_text(const struct input_columns *columns, size_t index,
                             size_t *len)
{
    const struct input_column *column = &columns->columns[index];
    *len = index < columns->seen ? column->len : 0;
    return *len > 0 ? columns->text.data + column->at : "";
}

enum input_result input_columns_next(struct input_reader *reader,
                                     struct query *query)
{
    struct input_columns *columns = reader->columns;
    struct input_shared *shared = reader->shared;
    size_t len = 0;
    if (columns->count == 0) /* it was empty when it was opened */
        return INPUT_END;
    enum input_result result = reader->ops->cut(reader);
    if (result != INPUT_ROW)
        return result;
    if (!columns->why && columns->seen <= columns->last)
        columns->why = "it has too few columns";
    query->line = columns->line;
    const char *text = cell_text(columns, columns->id, &len);
    input_format_set_id(shared, query, text, len, columns->why);
    for (size_t i = 0; i < shared->keep.count; i++) {
        text = cell_text(columns, columns->kept[i], &len);
        input_format_add(shared, query, QUERY_CELL_TEXT, text, len);
    }
    if (columns->why)
        input_format_fail(reader, query, columns->fault_line, columns->why);
    return INPUT_ROW;
}

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

enum {
    LIST_MAX_BYTES = 1024, /* of the columns in a message */
    WHAT_MAX_BYTES = 512,
    ID_SLOT = 0
};

void input_columns_init(struct input_columns *columns)
{
    *columns = (struct input_columns){0};
    buf_init(&columns->text, (size_t)2 * INPUT_ROW_MAX_BYTES);
}

static void free_names(struct input_columns *columns)
{
    for (size_t i = 0; columns->names && i < columns->count; i++)
        free(columns->names[i]);
    free(columns->names);
    columns->names = NULL;
}

void input_columns_release(struct input_columns *columns)
{
    free_names(columns);
    free(columns->slots);
    free(columns->cells);
    free(columns->kept);
    buf_release(&columns->text);
}

void input_columns_add(struct input_columns *columns, const char *text,
                       size_t len)
{
    if (columns->count == INPUT_COLUMNS_MAX) {
        columns->too_many = true;
        return;
    }
    struct buf name;
    buf_init(&name, (size_t)4 * INPUT_ROW_MAX_BYTES);
    int failed = text && len > 0
                     ? buf_append_utf8(&name, text, len)
                     : buf_printf(&name, "column_%zu", columns->count + 1);
    assert(!failed); /* a cell is no longer than a row */
    columns->names = mem_realloc(columns->names,
                                 (columns->count + 1) * sizeof *columns->names);
    columns->names[columns->count++] = mem_strndup(name.data, name.len);
    buf_release(&name);
}

/* The columns' names for a message, cut where they get long. */
static void list_columns(const struct input_columns *columns, struct buf *list)
{
    static const char more[] = ", ...";
    const char *comma = "";
    buf_init(list, LIST_MAX_BYTES);
    for (size_t i = 0; i < columns->count; i++) {
        const char *name = columns->names[i];
        if (strlen(name) + 10 > LIST_MAX_BYTES - list->len) {
            (void)buf_puts(list, more); /* there is room for that */
            return;
        }
        (void)buf_printf(list, "%s%s", comma, name); /* fits */
        comma = ", ";
    }
}

/* Says what is wrong with the columns, and which there are. */
__attribute__((format(printf, 3, 4))) static enum status
refuse(const struct input_columns *columns, const struct input_reader *reader,
       const char *format, ...)
{
    char what[WHAT_MAX_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args); /* may be cut */
    va_end(args);
    struct buf list;
    list_columns(columns, &list);
    enum status status = diag_fail(
        STATUS_USAGE, "%s: %s; the columns are: %.*s", reader->source.name,
        what, (int)list.len, list.data);
    buf_release(&list);
    return status;
}

/* Reads a column's number, from 1; 0: text is none. */
static size_t parse_number(const char *text)
{
    size_t number = 0;
    for (; *text >= '0' && *text <= '9' && number <= INPUT_COLUMNS_MAX; text++)
        number = number * 10 + (size_t)(*text - '0');
    return *text == '\0' ? number : 0;
}

/* Finds a column by its exact name, else by its number. */
static enum status find(const struct input_columns *columns,
                        const struct input_reader *reader, const char *name,
                        size_t *index)
{
    size_t found = 0;
    for (size_t i = columns->count; i-- > 0;) {
        if (strcmp(columns->names[i], name) != 0)
            continue;
        *index = i;
        found++;
    }
    if (found == 1)
        return STATUS_OK;
    if (found > 1)
        return refuse(columns, reader, "%zu columns are named '%s'", found,
                      name);
    size_t number = parse_number(name);
    if (number == 0 || number > columns->count)
        return refuse(columns, reader, "there is no column '%s'", name);
    *index = number - 1;
    return STATUS_OK;
}

/* Finds the id's column: as told, or by a known name, or the only one. */
static enum status find_id(const struct input_columns *columns,
                           const struct input_reader *reader, size_t *index)
{
    const struct input_settings *settings = reader->shared->settings;
    if (settings->column)
        return find(columns, reader, settings->column, index);
    size_t found = 0;
    for (size_t i = 0; i < columns->count; i++) {
        if (!input_format_known_id(columns->names[i]))
            continue;
        if (found++ > 0)
            return refuse(columns, reader,
                          "'%s' and '%s' may both be the ids, choose one "
                          "with --column",
                          columns->names[*index], columns->names[i]);
        *index = i;
    }
    if (found == 1)
        return STATUS_OK;
    *index = 0;
    if (columns->count == 1)
        return STATUS_OK;
    return refuse(columns, reader,
                  "which column holds the ids? choose one with --column");
}

/* Names the run's kept columns after this file's: all but the id's. */
static void keep_all(const struct input_columns *columns,
                     struct input_keep *keep, size_t id)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (i != id)
            input_keep_add(keep, columns->names[i]);
    }
    keep->all = false;
}

/* Gives a kept name its column's slot; a number becomes the column's name. */
static enum status resolve_kept(struct input_columns *columns,
                                const struct input_reader *reader, size_t kept)
{
    char **name = &reader->shared->keep.names[kept];
    size_t index = 0;
    enum status status = find(columns, reader, *name, &index);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < kept; i++) {
        if (strcmp(reader->shared->keep.names[i], columns->names[index]) == 0)
            return refuse(columns, reader, "column '%s' is kept twice",
                          columns->names[index]);
    }
    uint32_t *slot = &columns->slots[index];
    if (*slot == 0)
        *slot = (uint32_t)++columns->n_cells;
    columns->kept[kept] = *slot - 1;
    free(*name);
    *name = mem_strdup(columns->names[index]);
    return STATUS_OK;
}

enum status input_columns_resolve(struct input_columns *columns,
                                  const struct input_reader *reader)
{
    struct input_keep *keep = &reader->shared->keep;
    size_t id = 0;
    if (columns->count == 0)
        return STATUS_OK;
    if (columns->too_many)
        return diag_fail(STATUS_USAGE, "%s: more than %d columns",
                         reader->source.name, INPUT_COLUMNS_MAX);
    enum status status = find_id(columns, reader, &id);
    if (status != STATUS_OK)
        return status;
    if (keep->all)
        keep_all(columns, keep, id);
    columns->slots = mem_alloc(columns->count * sizeof *columns->slots);
    columns->kept = mem_alloc(keep->count * sizeof *columns->kept);
    columns->slots[id] = ID_SLOT + 1;
    columns->n_cells = 1;
    for (size_t i = 0; i < keep->count && status == STATUS_OK; i++)
        status = resolve_kept(columns, reader, i);
    columns->cells = mem_alloc(columns->n_cells * sizeof *columns->cells);
    free_names(columns);
    return status;
}

void input_columns_begin(struct input_columns *columns)
{
    columns->seen = 0;
    buf_clear(&columns->text);
    for (size_t i = 0; i < columns->n_cells; i++)
        columns->cells[i].read = false;
}

void input_columns_cell(struct input_columns *columns, const char *text,
                        size_t len)
{
    size_t column = columns->seen++;
    if (column >= columns->count || columns->slots[column] == 0)
        return;
    struct input_cell *cell = &columns->cells[columns->slots[column] - 1];
    *cell = (struct input_cell){columns->text.len, len, true};
    int failed = buf_append(&columns->text, text, len);
    assert(!failed); /* a row is shorter than that */
}

/* Does the row have all wanted cells? */
static bool is_complete(const struct input_columns *columns)
{
    bool complete = true;
    for (size_t i = 0; i < columns->n_cells; i++)
        complete = complete && columns->cells[i].read;
    return complete;
}

/* The cell's bytes; none if it was not read. */
static const char *cell_text(const struct input_columns *columns, size_t slot,
                             size_t *len)
{
    const struct input_cell *cell = &columns->cells[slot];
    *len = cell->read ? cell->len : 0;
    return *len > 0 ? columns->text.data + cell->at : "";
}

void input_columns_fill(const struct input_columns *columns,
                        struct input_reader *reader, struct query *query,
                        uint64_t fault_line, const char *why)
{
    struct input_shared *shared = reader->shared;
    size_t len = 0;
    if (!why && !is_complete(columns))
        why = "it has too few columns";
    const char *text = cell_text(columns, ID_SLOT, &len);
    input_format_set_id(shared, query, text, len, why != NULL);
    for (size_t i = 0; i < shared->keep.count; i++) {
        text = cell_text(columns, columns->kept[i], &len);
        input_format_add_text(shared, query, text, len);
    }
    if (why)
        input_format_fail(reader, query, fault_line, why);
}

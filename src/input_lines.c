/*
 * One id a line.
 *
 * Responsible for plain lists: the line without its end is the id, byte for
 * byte, blank lines included. With a header the first line is a title and
 * no row. There are no columns to choose or keep.
 */
#include "input_format.h"

static enum status lines_open(struct input_reader *reader)
{
    const struct input_settings *settings = reader->shared->settings;
    const char *name = reader->source.name;
    if (settings->column || settings->keep)
        return diag_fail(STATUS_USAGE,
                         "%s: is read as lines, which have no columns for "
                         "%s; say --from csv if it is CSV",
                         name, settings->column ? "--column" : "--keep");
    if (settings->header != INPUT_HEADER_YES)
        return STATUS_OK;
    struct input_line line;
    return input_source_line(&reader->source, &line, true) == INPUT_FAILED
               ? STATUS_IO
               : STATUS_OK;
}

static enum input_result lines_next(struct input_reader *reader,
                                    struct query *query)
{
    struct input_line line;
    enum input_result result = input_source_line(&reader->source, &line, true);
    if (result != INPUT_ROW)
        return result;
    query->line = line.number;
    if (line.too_long || line.len > INPUT_FIELD_MAX_BYTES)
        input_format_fail(reader, query, line.number, "the line is too long");
    else
        input_format_set_id(reader->shared, query, line.text, line.len, false);
    return INPUT_ROW;
}

const struct input_format_ops input_lines = {
    .open = lines_open,
    .next = lines_next,
};

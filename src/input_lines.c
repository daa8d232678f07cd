/*
 * One id a line.
 *
 * Responsible for plain lists: the line without its end is the id, byte for
 * byte, blank lines included. With a header the first line is a title and
 * no row. There are no columns to choose or keep.
 */
#include "input_format.h"

#include <stdio.h>
#include <string.h>

enum {
    TITLE_MAX_BYTES = 1024 /* of a first line, to look for a name in */
};

/* A table that came without its ending, or on a pipe, is worth a word: each
 * of its lines would be asked for, and none be online. */
static void note_table(const struct input_reader *reader,
                       const struct input_line *line)
{
    static const char between[] = ",;\t\"";
    char text[TITLE_MAX_BYTES];
    char *rest = NULL;
    if (reader->shared->settings->from != INPUT_AUTO)
        return;
    (void)snprintf(text, sizeof text, "%.*s", (int)line->len, line->text);
    bool looks = *text == '[' || *text == '{';
    char *cell = looks ? NULL : strtok_r(text, between, &rest);
    for (; cell; cell = strtok_r(NULL, between, &rest))
        looks = looks || input_format_known_id(cell);
    if (looks)
        diag_note("%s:1: looks like csv or JSON, but is taken for an id; "
                  "--from says what it is",
                  reader->source.name);
}

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
    if (line.number == 1)
        note_table(reader, &line);
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

/*
 * CSV as RFC 4180 has it, cut by libcsv.
 *
 * Responsible for rows that span lines and for going on after a broken one;
 * not for columns. libcsv pushes and cannot be paused, so it gets one
 * physical line at a time and delivers one row at most. The invariant:
 * between two rows the parser holds nothing, and every line that is no part
 * of a good row is, or is part of, a row that is told to be bad.
 *
 * The trick is where to go on after a quote that is broken or never closed:
 * at the line after the one on which that quote opened, else a single stray
 * quote would swallow the rest of the file. So the source keeps the row's
 * bytes, and resume is the end of the line on which the open cell began:
 *
 *     17  VIN1,"Berlin        row begins, the 2nd cell opens: resume at 18
 *     18  Mitte",Otto,"x      the 4th cell opens here:        resume at 19
 *     19  VIN2,Hamburg
 *     20  VIN3,"Ulm"          a quote, then no comma: broken
 *
 * The row of line 17 is bad, its fault is told for line 18, and the next
 * row begins at line 19: VIN2 and VIN3 are not lost. With no cell open
 * across lines, that is simply the next line.
 *
 * Deliberately not handled: a stray quote that happens to be closed by a
 * later one makes one odd but well-formed cell of the lines between.
 */
#include <csv.h>
#include <stdlib.h>

#include "input_columns.h"
#include "mem.h"

struct csv_state {
    struct csv_parser parser;
    bool open;     /* a row has begun and not ended */
    size_t resume; /* where to go on if the open cell is broken */
};

static int is_no_space(unsigned char byte)
{
    (void)byte; /* blanks belong to the cell */
    return 0;
}

static void start_parser(const struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    char delimiter = reader->shared->settings->delimiter;
    /* It fails for a NULL parser only. */
    (void)csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_realloc_func(&csv->parser, mem_realloc);
    csv_set_blk_size(&csv->parser, 4096);
    csv_set_space_func(&csv->parser, is_no_space);
    if (delimiter)
        csv_set_delim(&csv->parser, (unsigned char)delimiter);
}

static void on_cell(void *text, size_t len, void *ctx)
{
    const struct input_reader *reader = ctx;
    input_columns_cell(reader->columns, text, len);
}

static void on_row(int end, void *ctx)
{
    const struct input_reader *reader = ctx;
    struct csv_state *csv = reader->state;
    (void)end; /* which byte ended it */
    csv->open = false;
}

/* Gives libcsv a line. Returns why the row is broken, or NULL. */
static const char *feed(struct input_reader *reader,
                        const struct input_line *line)
{
    struct csv_state *csv = reader->state;
    struct csv_parser *parser = &csv->parser;
    if (line->too_long)
        return "it is too long";
    if (!csv->open && line->len == 0) { /* libcsv would skip it */
        input_columns_cell(reader->columns, "", 0);
        return input_columns_blank(reader->columns);
    }
    csv->open = true;
    if (csv_parse(parser, line->text, line->size, on_cell, on_row, reader) <
        line->size)
        return "a quote stands where none may";
    if (csv->open && line->size == line->len &&
        csv_fini(parser, on_cell, on_row, reader))
        return "the quote is never closed";
    if (reader->columns->cell_long || parser->entry_pos > INPUT_FIELD_MAX_BYTES)
        return "a cell is too long";
    return NULL;
}

/* Ends a row before its time: forgets its rest and goes on at resume. */
static enum input_result break_row(struct input_reader *reader, const char *why)
{
    struct csv_state *csv = reader->state;
    struct input_columns *columns = reader->columns;
    if (csv->resume != input_source_tell(&reader->source))
        input_source_rewind(&reader->source, csv->resume,
                            columns->fault_line + 1);
    csv_free(&csv->parser);
    start_parser(reader);
    csv->open = false;
    columns->why = why;
    return INPUT_ROW;
}

/* Reads on until a row ends, well or badly, or no line comes. */
static enum input_result csv_cut(struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    struct input_columns *columns = reader->columns;
    do {
        struct input_line line;
        bool begins = !csv->open;
        enum input_result result = input_source_line(&reader->source, &line,
                                                     begins);
        if (result == INPUT_END && csv->open)
            return break_row(reader, "the quote is never closed");
        if (result != INPUT_ROW)
            return result;
        if (begins) {
            input_columns_begin(columns);
            columns->line = line.number;
        }
        size_t seen = columns->seen;
        const char *why = feed(reader, &line);
        if (begins || columns->seen > seen) { /* of the cell now open, if any */
            columns->fault_line = line.number;
            csv->resume = input_source_tell(&reader->source);
        }
        if (why)
            return break_row(reader, why);
    } while (csv->open);
    return INPUT_ROW;
}

static enum status csv_open(struct input_reader *reader)
{
    reader->state = mem_alloc(sizeof(struct csv_state));
    start_parser(reader);
    return input_columns_open(reader);
}

static void csv_close(struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    csv_free(&csv->parser);
    free(csv);
}

const struct input_format_ops input_csv = {
    .open = csv_open,
    .next = input_columns_next,
    .close = csv_close,
    .cut = csv_cut,
};

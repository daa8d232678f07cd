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

enum record {
    RECORD_WHOLE,
    RECORD_BROKEN, /* why and fault_line say more */
    RECORD_STOPPED /* no line came; stopped says why */
};

struct csv_state {
    struct csv_parser parser;
    struct input_columns columns;
    char delimiter;
    bool header;         /* the file's first row names the columns */
    bool naming;         /* the row being read is the file's first one */
    bool open;           /* a row has begun and not ended */
    bool row_done;       /* libcsv ended the row */
    bool cell_long;      /* a cell passed INPUT_FIELD_MAX_BYTES */
    size_t n_cells;      /* of the row so far */
    uint64_t line;       /* where the row begins */
    size_t resume;       /* where to go on if the open cell is broken */
    uint64_t fault_line; /* where the last cell begins */
    const char *why;
    enum input_source_result stopped;
};

static int is_no_space(unsigned char byte)
{
    (void)byte; /* blanks belong to the cell */
    return 0;
}

static void start_parser(struct csv_state *csv)
{
    /* It fails for a NULL parser only. */
    (void)csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_realloc_func(&csv->parser, mem_realloc);
    csv_set_blk_size(&csv->parser, 4096);
    csv_set_space_func(&csv->parser, is_no_space);
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
}

static void on_cell(void *text, size_t len, void *ctx)
{
    struct csv_state *csv = ctx;
    csv->n_cells++;
    if (len > INPUT_FIELD_MAX_BYTES) {
        csv->cell_long = true;
        len = 0;
    }
    if (csv->naming)
        input_columns_add(&csv->columns, csv->header ? text : NULL, len);
    else
        input_columns_cell(&csv->columns, text, len);
}

static void on_row(int end, void *ctx)
{
    struct csv_state *csv = ctx;
    (void)end; /* which byte ended it */
    csv->row_done = true;
}

/* Gives libcsv a line. Returns why the row is broken, or NULL. */
static const char *feed(struct csv_state *csv, const struct input_line *line)
{
    if (!csv->open && line->len == 0) { /* libcsv would skip it */
        char nothing[] = "";
        on_cell(nothing, 0, csv);
        on_row('\n', csv);
        bool row = !csv->naming && csv->columns.count == 1;
        return row ? NULL : "the line is blank";
    }
    struct csv_parser *parser = &csv->parser;
    if (csv_parse(parser, line->text, line->size, on_cell, on_row, csv) <
        line->size)
        return "a quote stands where none may";
    if (!csv->row_done && line->size == line->len &&
        csv_fini(parser, on_cell, on_row, csv))
        return "the quote is never closed";
    if (csv->cell_long || parser->entry_pos > INPUT_FIELD_MAX_BYTES)
        return "a cell is too long";
    return NULL;
}

static void begin_row(struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    input_source_mark(&reader->source);
    input_columns_begin(&csv->columns);
    csv->row_done = false;
    csv->cell_long = false;
    csv->n_cells = 0;
}

/* Ends a row before its time: forgets its rest and goes on at resume. */
static enum record break_row(struct input_reader *reader, const char *why)
{
    struct csv_state *csv = reader->state;
    if (csv->resume != input_source_tell(&reader->source))
        input_source_rewind(&reader->source, csv->resume, csv->fault_line + 1);
    csv_free(&csv->parser);
    start_parser(csv);
    csv->open = false;
    csv->why = why;
    return RECORD_BROKEN;
}

/* Notes that the cell which is now open, if any, began on this line. */
static void begin_cell(struct input_reader *reader,
                       const struct input_line *line)
{
    struct csv_state *csv = reader->state;
    if (!csv->open)
        csv->line = line->number;
    csv->fault_line = line->number;
    csv->resume = input_source_tell(&reader->source);
}

/* Reads on until a row ends, well or badly, or no line comes. */
static enum record read_record(struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    if (!csv->open)
        begin_row(reader);
    for (;;) {
        struct input_line line;
        csv->stopped = input_source_line(&reader->source, &line);
        if (csv->stopped == INPUT_SOURCE_TOO_LONG) {
            if (!csv->open)
                begin_cell(reader, &line);
            return break_row(reader, "it is too long");
        }
        if (csv->stopped == INPUT_SOURCE_END && csv->open)
            return break_row(reader, "the quote is never closed");
        if (csv->stopped != INPUT_SOURCE_LINE)
            return RECORD_STOPPED;
        size_t n_cells = csv->n_cells;
        const char *why = feed(csv, &line);
        if (!csv->open || csv->n_cells > n_cells)
            begin_cell(reader, &line);
        csv->open = !csv->row_done;
        if (why)
            return break_row(reader, why);
        if (csv->row_done)
            return RECORD_WHOLE;
    }
}

/* Refuses delimiters that mean something else, before libcsv mixes them. */
static enum status check_delimiter(char delimiter)
{
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r')
        return diag_fail(STATUS_USAGE,
                         "--delimiter: a quote or line end cannot be one");
    return STATUS_OK;
}

static enum status csv_open(struct input_reader *reader)
{
    const struct input_settings *settings = reader->shared->settings;
    char delimiter = settings->delimiter ? settings->delimiter : ',';
    enum status status = check_delimiter(delimiter);
    if (status != STATUS_OK)
        return status;
    struct csv_state *csv = mem_alloc(sizeof *csv);
    reader->state = csv;
    input_columns_init(&csv->columns);
    csv->delimiter = delimiter;
    start_parser(csv);
    csv->header = settings->header != INPUT_HEADER_NO;
    csv->naming = true;
    enum record record = read_record(reader);
    csv->naming = false;
    if (record == RECORD_STOPPED)
        return csv->stopped == INPUT_SOURCE_FAILED ? STATUS_IO : STATUS_OK;
    if (record == RECORD_BROKEN && (csv->header || csv->columns.count == 0))
        return diag_fail(STATUS_USAGE, "%s:%llu: columns cannot be read: %s",
                         reader->source.name,
                         (unsigned long long)csv->fault_line, csv->why);
    if (!csv->header)
        input_source_rewind(&reader->source, 0, csv->line);
    return input_columns_resolve(&csv->columns, reader);
}

static enum input_result csv_next(struct input_reader *reader,
                                  struct query *query)
{
    struct csv_state *csv = reader->state;
    if (csv->columns.count == 0) /* it was empty when it was opened */
        return INPUT_END;
    enum record record = read_record(reader);
    if (record == RECORD_STOPPED)
        return input_format_stopped(csv->stopped);
    query->line = csv->line;
    input_columns_fill(&csv->columns, reader, query, csv->fault_line,
                       record == RECORD_BROKEN ? csv->why : NULL);
    return INPUT_ROW;
}

static void csv_close(struct input_reader *reader)
{
    struct csv_state *csv = reader->state;
    if (!csv)
        return;
    csv_free(&csv->parser);
    input_columns_release(&csv->columns);
    free(csv);
    reader->state = NULL;
}

const struct input_format_ops input_csv = {csv_open, csv_next, csv_close};

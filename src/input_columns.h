/*
 * The columns of one delimited file: which one holds the id, which ones are
 * kept, and the wanted cells of the row being read. Internal to the input
 * family; csv and tsv use it, and only cut rows themselves: ops->cut reads
 * one, or says INPUT_WAIT, INPUT_END or INPUT_FAILED. For a row it calls
 * input_columns_begin, then input_columns_cell for each cell, and sets line,
 * fault_line and, in a bad row, why.
 */
#ifndef MQSTAT_INPUT_COLUMNS_H
#define MQSTAT_INPUT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input_format.h"

struct input_columns {
    struct input_column *columns; /* of the file, owned */
    size_t count;
    bool header;     /* the first row names the columns */
    bool naming;     /* it is being read, or the one in its place */
    size_t id;       /* the id's column */
    size_t last;     /* the last wanted one */
    size_t *kept;    /* by kept column: the file's */
    struct buf text; /* of the wanted cells */

    /* The row. */
    size_t seen;         /* cells so far */
    bool cell_long;      /* one passed INPUT_FIELD_MAX_BYTES: it is empty */
    uint64_t line;       /* where the row begins */
    uint64_t fault_line; /* what a message about it names */
    const char *why;     /* the row is bad; NULL: it is not */
};

/* ops->open: reads the first row and finds the columns. A file without rows
 * is fine. */
enum status input_columns_open(struct input_reader *reader);

/*
 * ops->next: puts the next row into the query; cells that were not read are
 * empty. A row without all wanted cells is a bad one, too.
 */
enum input_result input_columns_next(struct input_reader *reader,
                                     struct query *query);

/* Takes NULL. */
void input_columns_free(struct input_columns *columns);

/* Starts a row. */
void input_columns_begin(struct input_columns *columns);

/* Takes the row's next cell; copies it if it is wanted. */
void input_columns_cell(struct input_columns *columns, const char *text,
                        size_t len);

/* Why a blank line is no row, or NULL: of one column it is one. */
const char *input_columns_blank(const struct input_columns *columns);

#endif

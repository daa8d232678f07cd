/*
 * The columns of one delimited file: which one holds the id, which ones are
 * kept, and the wanted cells of the row being read. Internal to the input
 * family; csv and tsv use it.
 */
#ifndef MQSTAT_INPUT_COLUMNS_H
#define MQSTAT_INPUT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "input_format.h"

/* A wanted cell; at and len point into the row's text. */
struct input_cell {
    size_t at;
    size_t len;
    bool read;
};

struct input_columns {
    char **names; /* of the file, owned, while the header is read */
    size_t count; /* columns of the file */
    bool too_many;
    uint32_t *slots;          /* by column: its slot + 1, or 0: not wanted */
    struct input_cell *cells; /* by slot; the id's is the first */
    size_t n_cells;
    uint32_t *kept;  /* by kept column: its slot */
    struct buf text; /* of the wanted cells */
    size_t seen;     /* cells of the row so far */
};

void input_columns_init(struct input_columns *columns);
void input_columns_release(struct input_columns *columns);

/*
 * Adds a column from a header's cell; one without a name is called
 * column_N, and so are all of a file without a header (text NULL).
 */
void input_columns_add(struct input_columns *columns, const char *text,
                       size_t len);

/*
 * Finds the id's column and the kept ones after the last was added, and
 * names the run's kept columns where they were "all" or numbers. Says why
 * it fails and returns STATUS_USAGE. A file without columns is fine: it
 * has no rows.
 */
enum status input_columns_resolve(struct input_columns *columns,
                                  const struct input_reader *reader);

/* Starts a row. */
void input_columns_begin(struct input_columns *columns);

/* Takes the row's next cell; copies it if it is wanted. */
void input_columns_cell(struct input_columns *columns, const char *text,
                        size_t len);

/*
 * Puts the row into the query; cells that were not read are empty. It is a
 * bad row when why says so or a wanted cell is missing; a message about it
 * names fault_line.
 */
void input_columns_fill(const struct input_columns *columns,
                        struct input_reader *reader, struct query *query,
                        uint64_t fault_line, const char *why);

#endif

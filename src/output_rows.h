/*
 * Inside output: the rows of a file that was being written, by their place
 * in it. Only output*.c include this.
 */
#ifndef MQSTAT_OUTPUT_ROWS_H
#define MQSTAT_OUTPUT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "query_result.h"

enum {
    OUTPUT_ROWS_MAX_BYTES = 128 * 1048576 /* of one row: as output holds */
};

struct output_rows {
    int fd;           /* borrowed */
    const char *name; /* borrowed, for messages */
    bool quotes;      /* a line may end inside a cell's quotes */
    uint64_t size;    /* of the file, as far as it was ever written */
    struct buf block;
    uint64_t block_at; /* where the block begins in the file */
};

/* The file that is open as fd for reading. */
void output_rows_init(struct output_rows *rows, int fd, const char *name,
                      bool quotes);
void output_rows_release(struct output_rows *rows);

/*
 * The row that begins at a place, its LF included: 1; 0 when its end is not
 * in the file (*row has what there is); -1 after saying why. Borrowed until
 * the next call.
 */
int output_rows_at(struct output_rows *rows, uint64_t at,
                   struct query_text *row);

/* The length of the row that text begins with; 0: its end is not there. */
size_t output_rows_length(const struct output_rows *rows, const char *row,
                          size_t len);

/* The number of the line, from 1, that is at a place; for messages. */
uint64_t output_rows_line(const struct output_rows *rows, uint64_t end);

#endif

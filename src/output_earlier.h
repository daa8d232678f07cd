/*
 * Inside output: the rows that an earlier run has left in the partial. Only
 * output*.c include this.
 */
#ifndef MQSTAT_OUTPUT_EARLIER_H
#define MQSTAT_OUTPUT_EARLIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output.h"
#include "output_format.h"
#include "output_target.h"

struct output_earlier;

/*
 * Looks at the partial, which must begin with these columns' header. A
 * partial without rows becomes empty, and *earlier is NULL. All arguments are
 * borrowed. On failure says why: STATUS_USAGE or STATUS_IO, and
 * *earlier is NULL.
 */
enum status output_earlier_open(struct output_earlier **earlier,
                                const struct output_target *target,
                                struct output_columns *columns, bool unordered);

/* As output_recall. */
enum status output_earlier_recall(struct output_earlier *earlier,
                                  struct query *query, const char *file);

/* As output_recall_end. */
enum status output_earlier_end(struct output_earlier *earlier);

/* Is each row of the file matched with an input row? */
bool output_earlier_is_over(const struct output_earlier *earlier);

/* Where the next row is to be written, as far as is known. */
uint64_t output_earlier_place(const struct output_earlier *earlier);

/* Cuts the file off there and goes there; -1 after saying why not. */
int output_earlier_cut(const struct output_earlier *earlier);

/* Takes NULL. */
void output_earlier_free(struct output_earlier *earlier);

#endif

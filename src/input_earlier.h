/*
 * An earlier result file of ours, row by row: csv, tsv or ndjson, told by
 * its first line. Its columns may stand in any order and have others
 * beside them. How to use it:
 *
 *     struct input_earlier *old;
 *     const struct query *row;
 *     enum status status = input_earlier_open(&old, "old.csv");
 *     while (status == STATUS_OK &&
 *            (result = input_earlier_next(old, &row)) == INPUT_ROW)
 *         use row->text.data, row->id_len, row->error, row->online, ...
 *     input_earlier_close(old);
 *
 * A row that is not one of ours in shape has error QUERY_BAD_ROW like one
 * that tells of a bad row; the id is then what could be read of it.
 */
#ifndef MQSTAT_INPUT_EARLIER_H
#define MQSTAT_INPUT_EARLIER_H

#include <stdbool.h>

#include "diag.h"
#include "input.h"
#include "query.h"

struct input_earlier;

/*
 * Opens file, which is not "-". On failure says why,
 * returns STATUS_USAGE (not such a file) or STATUS_IO, and *earlier is
 * NULL.
 */
enum status input_earlier_open(struct input_earlier **earlier,
                               const char *file);

/*
 * The next row, borrowed until the next call: line, id and result, no
 * cells. INPUT_ROW, INPUT_END, or INPUT_FAILED after saying why; a pipe is
 * waited for.
 */
enum input_result input_earlier_next(struct input_earlier *earlier,
                                     const struct query **row);

/* Is it the result of this input row? Ids are compared as they are written,
 * with U+FFFD for what is not UTF-8. */
bool input_earlier_matches(const struct query *row, const struct query *query);

/* Can the file be read once more (a pipe cannot)? */
bool input_earlier_is_file(const struct input_earlier *earlier);

/* Takes NULL. */
void input_earlier_close(struct input_earlier *earlier);

#endif

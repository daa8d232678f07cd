/*
 * A result read back from its cells as output writes them.
 */
#ifndef MQSTAT_QUERY_RESULT_H
#define MQSTAT_QUERY_RESULT_H

#include <stddef.h>

#include "query.h"

/* The columns that say what became of a row, in the output's order. */
enum query_result_cell {
    QUERY_RESULT_ONLINE,
    QUERY_RESULT_ERROR,
    QUERY_RESULT_HTTP_STATUS,
    QUERY_RESULT_ATTEMPTS,
    QUERY_RESULT_LATENCY_MS,
    QUERY_RESULT_CHECKED_AT,
    QUERY_RESULT_CELLS
};

/* Bytes of a cell, borrowed; len 0: empty, or JSON's null. */
struct query_text {
    const char *text;
    size_t len;
};

/*
 * Puts the result that the cells tell into the query, which becomes
 * QUERY_DONE. Returns -1, and leaves the query alone, when no run can have
 * written them.
 */
int query_result_read(struct query *query,
                      const struct query_text cells[QUERY_RESULT_CELLS]);

#endif

/*
 * Conditions on the counts of a run, as --fail-if takes them: `error>0`,
 * `offline>5%`, `timeout>=10`, several between commas.
 */
#ifndef MQSTAT_FAIL_IF_H
#define MQSTAT_FAIL_IF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "stats.h"

struct fail_if {
    const char *text; /* borrowed, of len bytes */
    size_t len;
    int subject; /* which count */
    bool below;
    bool equal; /* the limit itself, too */
    bool share; /* of all rows; limit is in percent */
    double limit;
};

/*
 * Reads the condition at *text and moves on to the next one. Returns 1, 0 at
 * the end, -1 for what is no condition.
 */
int fail_if_next(const char **text, struct fail_if *condition);

/* Is all of text conditions, at least one? */
bool fail_if_valid(const char *text);

/* Does any of the conditions in text (valid, or NULL) count what changed
 * since an earlier run? */
bool fail_if_compares(const char *text);

/* What the condition counts. */
uint64_t fail_if_count(const struct fail_if *condition,
                       const struct stats *stats);

/* Does it hold? Of no rows every share is 0 %. */
bool fail_if_holds(const struct fail_if *condition, const struct stats *stats);

/* Does any of the conditions in text (valid, or NULL) hold? */
bool fail_if_any(const char *text, const struct stats *stats);

/* Appends what a condition may be. */
void fail_if_expect(struct buf *text);

#endif

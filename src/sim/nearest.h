/*
 * The known name that is nearest to a misspelt one, for messages.
 */
#ifndef MQSTAT_SIM_NEAREST_H
#define MQSTAT_SIM_NEAREST_H

#include <stddef.h>

/* Start with zeroes. Names are borrowed. */
struct nearest {
    const char *name; /* NULL: nothing is near enough */
    size_t distance;
};

/* Offers one known name for word; the nearest offer stays. */
void nearest_offer(struct nearest *nearest, const char *word, const char *name);

#endif

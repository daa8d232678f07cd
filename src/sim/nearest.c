/*
 * The known name that is nearest to a misspelt one.
 *
 * Responsible for the distance: the number of letters to insert, delete or
 * replace (Levenshtein). An offer counts when at most half of its letters, and
 * at most three, differ: `--qouta` is near `--quota`, `--foo` near nothing.
 */
#include "sim/nearest.h"

#include <string.h>

enum {
    NEAREST_NAME_MAX = 32,
    NEAREST_DISTANCE_MAX = 3
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the usual table at a time; name is at most NEAREST_NAME_MAX. */
static size_t distance(const char *word, const char *name)
{
    size_t row[NEAREST_NAME_MAX + 1];
    size_t len = strlen(name);
    for (size_t i = 0; i <= len; i++)
        row[i] = i;
    for (size_t w = 0; word[w]; w++) {
        size_t diagonal = row[0];
        row[0] = w + 1;
        for (size_t i = 1; i <= len; i++) {
            size_t above = row[i];
            size_t replaced = diagonal + (word[w] != name[i - 1]);
            row[i] = least(replaced, least(above, row[i - 1]) + 1);
            diagonal = above;
        }
    }
    return row[len];
}

void nearest_offer(struct nearest *nearest, const char *word, const char *name)
{
    if (strlen(name) > NEAREST_NAME_MAX || strlen(word) > NEAREST_NAME_MAX)
        return;
    size_t differ = distance(word, name);
    if (differ > least(strlen(name) / 2, NEAREST_DISTANCE_MAX))
        return;
    if (!nearest->name || differ < nearest->distance)
        *nearest = (struct nearest){.name = name, .distance = differ};
}

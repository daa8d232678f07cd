/*
 * A uniform sample of the rows.
 *
 * Responsible for which rows are drawn; not for what becomes of them. Each
 * row gets a number that looks random, made from the seed and the row's
 * place. P% takes the rows whose number is below P % of all numbers, at
 * once. N takes the N rows with the smallest: they are kept in a heap, the
 * largest on top, until the input has ended. For N = 2 and the numbers
 *
 *     row       1   2   3   4   5
 *     number   70  20  90  50  10    kept: 1 2, 1 2, 2 4, 2 5
 *
 * Invariant: the heap holds the smallest of the rows seen, so it needs
 * memory for N rows (a query and its text each), and a pipe does as well as
 * a file.
 */
#include "sample.h"

#include <stdlib.h>
#include <xxhash.h>

#include "mem.h"

struct sample_row {
    uint64_t number;
    uint64_t place; /* in the input */
    struct query *query;
};

void sample_init(struct sample *sample, const struct sample_settings *settings,
                 uint64_t random)
{
    *sample = (struct sample){.settings = *settings};
    if (settings->seed == 0)
        sample->settings.seed = (XXH3_64bits(&random, sizeof random) >> 32) + 1;
}

void sample_release(struct sample *sample)
{
    for (size_t i = 0; i < sample->n_kept; i++) {
        query_release(sample->kept[i].query);
        free(sample->kept[i].query);
    }
    free(sample->kept);
    *sample = (struct sample){0};
}

bool sample_is_on(const struct sample *sample)
{
    return sample->settings.rows > 0 || sample->settings.share > 0;
}

static void swap_rows(struct sample_row *a, struct sample_row *b)
{
    struct sample_row held = *a;
    *a = *b;
    *b = held;
}

/* The last row of the heap moves up to its place. */
static void sift_up(struct sample *sample)
{
    size_t at = sample->n_kept - 1;
    while (at > 0 &&
           sample->kept[(at - 1) / 2].number < sample->kept[at].number) {
        swap_rows(&sample->kept[(at - 1) / 2], &sample->kept[at]);
        at = (at - 1) / 2;
    }
}

/* The first row of the heap moves down to its place. */
static void sift_down(struct sample *sample)
{
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < sample->n_kept &&
            sample->kept[child].number < sample->kept[child + 1].number)
            child++;
        if (child >= sample->n_kept ||
            sample->kept[child].number <= sample->kept[at].number)
            return;
        swap_rows(&sample->kept[at], &sample->kept[child]);
        at = child;
    }
}

static struct sample_row *add_row(struct sample *sample)
{
    if (sample->n_kept == sample->room) {
        sample->room = sample->room > 0 ? 2 * sample->room : 64;
        sample->kept = mem_realloc(sample->kept,
                                   sample->room * sizeof *sample->kept);
    }
    struct sample_row *row = &sample->kept[sample->n_kept++];
    row->query = mem_alloc(sizeof *row->query);
    query_init(row->query);
    return row;
}

static void swap_queries(struct query *a, struct query *b)
{
    struct query held = *a;
    *a = *b;
    *b = held;
}

/* Puts the row aside when its number is among the N smallest. */
static void offer(struct sample *sample, struct query *query, uint64_t number)
{
    bool full = sample->n_kept == sample->settings.rows;
    if (full && sample->kept[0].number <= number)
        return;
    struct sample_row *row = full ? &sample->kept[0] : add_row(sample);
    row->number = number;
    row->place = sample->seen;
    swap_queries(row->query, query);
    if (full)
        sift_down(sample);
    else
        sift_up(sample);
}

bool sample_takes(struct sample *sample, struct query *query)
{
    const struct sample_settings *settings = &sample->settings;
    if (sample->drawn || !sample_is_on(sample))
        return true;
    sample->seen++;
    uint64_t number = XXH3_64bits_withSeed(&sample->seen, sizeof sample->seen,
                                           settings->seed);
    if (settings->rows == 0)
        return (double)(number >> 11) * 0x1p-53 < settings->share;
    offer(sample, query, number);
    return false;
}

static int compare_places(const void *a, const void *b)
{
    const struct sample_row *left = a;
    const struct sample_row *right = b;
    return (left->place > right->place) - (left->place < right->place);
}

bool sample_next(struct sample *sample, struct query *query)
{
    if (!sample->drawn && sample->n_kept > 0)
        qsort(sample->kept, sample->n_kept, sizeof *sample->kept,
              compare_places);
    sample->drawn = true;
    if (sample->given == sample->n_kept)
        return false;
    swap_queries(sample->kept[sample->given++].query, query);
    return true;
}

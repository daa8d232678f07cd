/*
 * A uniform sample of the rows.
 *
 * Responsible for which rows are drawn; not for what becomes of them. Each
 * row gets a number that looks random, made from the seed and the row's
 * place. P% takes the rows whose number is below P % of all numbers, at
 * once. N takes the N rows with the smallest: they are kept until the input
 * has ended, in a heap, the largest on top, once there are N. For N = 2 and
 * the numbers
 *
 *     row       1   2   3   4   5
 *     number   70  20  90  50  10    kept: 1 2, 1 2, 2 4, 2 5
 *
 * Invariant: what is kept are the smallest of the rows seen, so it needs
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
    sample->kept = mem_alloc_array(settings->rows, sizeof *sample->kept);
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

/* A row of the heap moves down to its place. */
static void sift_down(struct sample *sample, size_t at)
{
    struct sample_row *kept = sample->kept;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < sample->n_kept &&
            kept[child].number < kept[child + 1].number)
            child++;
        if (child >= sample->n_kept || kept[child].number <= kept[at].number)
            return;
        struct sample_row held = kept[at];
        kept[at] = kept[child];
        kept[child] = held;
        at = child;
    }
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
    struct sample_row *row = &sample->kept[full ? 0 : sample->n_kept++];
    if (!row->query) {
        row->query = mem_alloc(sizeof *row->query);
        query_init(row->query);
    }
    row->number = number;
    row->place = sample->seen;
    swap_queries(row->query, query);
    /* The N-th makes a heap of them all. */
    size_t heads = full ? 1 : sample->n_kept;
    while (sample->n_kept == sample->settings.rows && heads-- > 0)
        sift_down(sample, heads);
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

/*
 * A uniform sample of the rows, in their order: each row with the same
 * chance (P%), or exactly N rows, each N of them equally likely. What is
 * drawn follows from the seed and the rows' numbers alone.
 */
#ifndef MQSTAT_SAMPLE_H
#define MQSTAT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query.h"

enum {
    SAMPLE_ROWS_MAX = 1000000,
    SAMPLE_SEED_BITS = 53 /* what JSON carries exactly */
};

struct sample_settings {
    uint64_t rows; /* N; 0: not by number */
    double share;  /* P% as 0..1; 0: not by share */
    uint64_t seed; /* from 1; 0: any */
};

struct sample_row;

struct sample {
    struct sample_settings settings; /* with the seed that is used */
    uint64_t seen;                   /* rows that could have been drawn */
    struct sample_row *kept;         /* room for N rows, owned; see sample.c */
    size_t n_kept;
    size_t given; /* of kept */
    bool drawn;   /* no more rows come */
};

/* random: what a seed is made of where none is set. */
void sample_init(struct sample *sample, const struct sample_settings *settings,
                 uint64_t random);
void sample_release(struct sample *sample);

/* Is there a sample to be taken? */
bool sample_is_on(const struct sample *sample);

/*
 * Takes the next row, before it is judged. True: it is in the sample, go on
 * with it. False: it is not, or it was put aside: query then holds another
 * row's memory and its content is void.
 */
bool sample_takes(struct sample *sample, struct query *query);

/* The input has ended: the next of the rows put aside, in their order. */
bool sample_next(struct sample *sample, struct query *query);

#endif

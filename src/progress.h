/*
 * How far the run is, for people: one line, on a terminal in place.
 */
#ifndef MQSTAT_PROGRESS_H
#define MQSTAT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "stats.h"

enum progress_when {
    PROGRESS_AUTO, /* on a terminal that gets no rows, or with -v */
    PROGRESS_ALWAYS,
    PROGRESS_NEVER
};

enum {
    PROGRESS_SAMPLES = 8
};

/* Where the counters stood, a second or more apart. */
struct progress_sample {
    uint64_t at_ns;
    uint64_t sent;
    uint64_t rows; /* that this run has done */
};

struct progress {
    bool live; /* in place, not line by line */
    struct progress_sample samples[PROGRESS_SAMPLES];
    unsigned newest; /* counts on; its place is modulo PROGRESS_SAMPLES */
};

/* What a line is made from, besides the samples. */
struct progress_facts {
    const struct stats *stats; /* borrowed */
    uint64_t now_ns;
    uint64_t started_ns;
    uint64_t rows;    /* taken from the input so far, to be written */
    double taken;     /* share of the input that was read; 0: not known */
    double cap_per_s; /* of requests */
};

/*
 * Decides how progress is shown and begins to measure. rows_shown: result
 * rows go to a terminal. Returns after how many ms, again and again, to
 * call progress_show; 0: never.
 */
unsigned progress_init(struct progress *progress, enum progress_when when,
                       bool rows_shown, const struct progress_facts *facts);

/* Shows how far the run is, unless others have the foreground. */
void progress_show(struct progress *progress,
                   const struct progress_facts *facts);

/* Prints it as a message, for SIGUSR1. */
void progress_tell(struct progress *progress,
                   const struct progress_facts *facts);

/*
 * Appends the line, NUL-terminated: as many of its parts, the most important
 * first, as fit into width columns; perhaps none.
 */
void progress_line(const struct progress *progress,
                   const struct progress_facts *facts, size_t width, bool color,
                   struct buf *line);

#endif

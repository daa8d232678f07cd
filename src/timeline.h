/*
 * Requests over time, in a fixed number of steps: when all are used,
 * neighbours merge and a step becomes twice as long, so an hour takes no
 * more memory than a minute.
 */
#ifndef MQSTAT_TIMELINE_H
#define MQSTAT_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

enum {
    TIMELINE_STEPS = 300
};

struct timeline_step {
    uint64_t sent;
    uint64_t refused; /* of those sent in this step */
    double cap_per_s; /* the highest rate allowed in it; 0: nothing sent */
};

struct timeline {
    uint64_t start_ns; /* monotonic */
    uint64_t step_ns;
    size_t count; /* steps up to the last request */
    struct timeline_step steps[TIMELINE_STEPS];
};

/* Adds a step to another: counts are summed, the higher cap stays. */
void timeline_add(struct timeline_step *step,
                  const struct timeline_step *added);

/* Starts an empty timeline, in steps of a second. */
void timeline_init(struct timeline *timeline, uint64_t now_ns);

/* Counts a request that is being sent while cap_per_s is allowed. */
void timeline_sent(struct timeline *timeline, double cap_per_s,
                   uint64_t now_ns);

/* Counts a refusal of a request, which was sent at sent_ns. */
void timeline_refused(struct timeline *timeline, uint64_t sent_ns);

#endif

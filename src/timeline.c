/*
 * Requests over time.
 *
 * Responsible for counting into steps; has no clock. The invariant: the sum
 * over the steps is all that was counted, however often they merged.
 *
 * Worked example: after 300 s all 300 steps of 1 s are used. A request at
 * 300.0 s would be number 300, so steps 0 and 1 become step 0, 2 and 3 step
 * 1 and so on; a step is 2 s then and the request falls into number 150.
 */
#include "timeline.h"

#include <math.h>
#include <string.h>

#include "units.h"

void timeline_init(struct timeline *timeline, uint64_t now_ns)
{
    *timeline = (struct timeline){.start_ns = now_ns,
                                  .step_ns = UNITS_NS_PER_S};
}

void timeline_add(struct timeline_step *step, const struct timeline_step *added)
{
    step->sent += added->sent;
    step->refused += added->refused;
    step->cap_per_s = fmax(step->cap_per_s, added->cap_per_s);
}

static void merge_neighbours(struct timeline *timeline)
{
    struct timeline_step *steps = timeline->steps;
    for (size_t i = 0; i < TIMELINE_STEPS / 2; i++) {
        steps[i] = steps[2 * i];
        timeline_add(&steps[i], &steps[2 * i + 1]);
    }
    memset(steps + TIMELINE_STEPS / 2, 0, TIMELINE_STEPS / 2 * sizeof steps[0]);
    timeline->step_ns *= 2;
    timeline->count = (timeline->count + 1) / 2;
}

static struct timeline_step *step_at(struct timeline *timeline, uint64_t at_ns)
{
    uint64_t since_ns = at_ns - timeline->start_ns;
    while (since_ns / timeline->step_ns >= TIMELINE_STEPS)
        merge_neighbours(timeline);
    return &timeline->steps[since_ns / timeline->step_ns];
}

void timeline_sent(struct timeline *timeline, double cap_per_s, uint64_t now_ns)
{
    struct timeline_step *step = step_at(timeline, now_ns);
    size_t used = (size_t)(step - timeline->steps) + 1;
    step->sent++;
    step->cap_per_s = fmax(step->cap_per_s, cap_per_s);
    if (timeline->count < used)
        timeline->count = used;
}

void timeline_refused(struct timeline *timeline, uint64_t sent_ns)
{
    step_at(timeline, sent_ns)->refused++;
}

/*
 * What is to be done later: many due times, one libuv timer.
 */
#ifndef MQSTAT_SIM_AGENDA_H
#define MQSTAT_SIM_AGENDA_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

typedef void (*agenda_due_fn)(void *ctx);

/* One thing to do; embedded in its owner, which sets due and ctx. */
struct agenda_item {
    agenda_due_fn due;
    void *ctx;
    uint64_t due_ns;
    size_t place; /* in the heap, from 1; 0: not on the agenda */
};

struct agenda {
    uv_timer_t timer;
    struct agenda_item **heap; /* the earliest first; items borrowed */
    size_t len;
    size_t cap;
};

void agenda_init(struct agenda *agenda, uv_loop_t *loop);

/* Stops the timer; the loop must run before agenda_release. */
void agenda_stop(struct agenda *agenda);
void agenda_release(struct agenda *agenda);

/* Calls item->due once, at due_ns (uv_hrtime) or up to 2 ms later. */
void agenda_add(struct agenda *agenda, struct agenda_item *item,
                uint64_t due_ns);

/* Takes the item off the agenda, on which it need not be. */
void agenda_remove(struct agenda *agenda, struct agenda_item *item);

#endif

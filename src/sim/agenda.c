/*
 * What is to be done later.
 *
 * Responsible for a binary heap of due times and for the one timer that
 * follows its top; each wake does all that is due. The invariant: heap[i]
 * is not due before heap[(i - 1) / 2], and heap[i]->place == i + 1.
 */
#include "sim/agenda.h"

#include <assert.h>
#include <stdlib.h>

#include "mem.h"
#include "units.h"

void agenda_init(struct agenda *agenda, uv_loop_t *loop)
{
    *agenda = (struct agenda){.len = 0};
    (void)uv_timer_init(loop, &agenda->timer); /* cannot fail */
    agenda->timer.data = agenda;
}

void agenda_stop(struct agenda *agenda)
{
    uv_close((uv_handle_t *)&agenda->timer, NULL);
}

void agenda_release(struct agenda *agenda)
{
    assert(agenda->len == 0);
    free(agenda->heap);
    agenda->heap = NULL;
}

static void put(struct agenda *agenda, size_t at, struct agenda_item *item)
{
    agenda->heap[at] = item;
    item->place = at + 1;
}

static void rise(struct agenda *agenda, size_t at, struct agenda_item *item)
{
    while (at > 0 && agenda->heap[(at - 1) / 2]->due_ns > item->due_ns) {
        put(agenda, at, agenda->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(agenda, at, item);
}

static void sink(struct agenda *agenda, size_t at, struct agenda_item *item)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= agenda->len)
            break;
        if (child + 1 < agenda->len &&
            agenda->heap[child + 1]->due_ns < agenda->heap[child]->due_ns)
            child++;
        if (agenda->heap[child]->due_ns >= item->due_ns)
            break;
        put(agenda, at, agenda->heap[child]);
        at = child;
    }
    put(agenda, at, item);
}

static void take_out(struct agenda *agenda, struct agenda_item *item)
{
    size_t at = item->place - 1;
    struct agenda_item *last = agenda->heap[--agenda->len];
    item->place = 0;
    if (last == item)
        return;
    if (last->due_ns < item->due_ns)
        rise(agenda, at, last);
    else
        sink(agenda, at, last);
}

static void on_timer(uv_timer_t *timer);

/* libuv's timers count whole milliseconds: the first one at or after due. */
static void arm(struct agenda *agenda)
{
    if (agenda->len == 0) {
        (void)uv_timer_stop(&agenda->timer); /* cannot fail */
        return;
    }
    uint64_t due_ms = (agenda->heap[0]->due_ns + UNITS_NS_PER_MS - 1) /
                      UNITS_NS_PER_MS;
    uint64_t now_ms = uv_now(agenda->timer.loop);
    (void)uv_timer_start(&agenda->timer, on_timer,
                         due_ms > now_ms ? due_ms - now_ms : 1, 0);
}

static void on_timer(uv_timer_t *timer)
{
    struct agenda *agenda = timer->data;
    uint64_t now_ns = uv_hrtime();
    while (agenda->len > 0 && agenda->heap[0]->due_ns <= now_ns) {
        struct agenda_item *item = agenda->heap[0];
        take_out(agenda, item);
        item->due(item->ctx);
    }
    arm(agenda);
}

void agenda_add(struct agenda *agenda, struct agenda_item *item,
                uint64_t due_ns)
{
    agenda_remove(agenda, item);
    if (agenda->len == agenda->cap) {
        agenda->cap = agenda->cap ? agenda->cap * 2 : 64;
        agenda->heap = mem_realloc(agenda->heap,
                                   agenda->cap * sizeof *agenda->heap);
    }
    item->due_ns = due_ns;
    agenda->len++;
    rise(agenda, agenda->len - 1, item);
    if (item->place == 1)
        arm(agenda);
}

void agenda_remove(struct agenda *agenda, struct agenda_item *item)
{
    if (item->place > 0)
        take_out(agenda, item);
}

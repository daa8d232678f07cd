/*
 * What the service knows about each client id.
 *
 * Responsible for the id files and for the stable hash that decides where
 * no file does; not for statuses.
 */
#include "sim/fleet.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "sim/slurp.h"

enum {
    FLEET_SHARES = 10000
};

static const size_t text_max_bytes = (size_t)4 << 30;

static void set_release(struct fleet_set *set)
{
    buf_release(&set->text);
    free(set->slots);
    *set = (struct fleet_set){.slots = NULL};
}

void fleet_release(struct fleet *fleet)
{
    set_release(&fleet->online);
    set_release(&fleet->forbidden);
    set_release(&fleet->unknown);
}

uint64_t fleet_hash(struct span id)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < id.len; i++)
        hash = (hash ^ (unsigned char)id.data[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The slot that holds id, or the free one where it belongs. */
static struct span *find(const struct fleet_set *set, struct span id)
{
    size_t mask = set->cap - 1;
    size_t at = (size_t)fleet_hash(id) & mask;
    for (;; at = (at + 1) & mask) {
        struct span *slot = &set->slots[at];
        if (!slot->data ||
            (slot->len == id.len && memcmp(slot->data, id.data, id.len) == 0))
            return slot;
    }
}

static bool holds(const struct fleet_set *set, struct span id)
{
    return set->cap > 0 && find(set, id)->data;
}

int fleet_load(struct fleet_set *set, const char *path)
{
    buf_init(&set->text, text_max_bytes);
    if (slurp(&set->text, path))
        return -1;
    const char *at = set->text.data;
    const char *end = at + set->text.len;
    size_t lines = 1;
    for (const char *c = at; c < end; c++)
        lines += *c == '\n';
    set->cap = 16;
    while (set->cap < lines * 2)
        set->cap *= 2;
    set->slots = mem_alloc(set->cap * sizeof *set->slots);
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        struct span id = {.data = at, .len = (size_t)(stop - at)};
        *find(set, id) = id;
        at = stop + 1;
    }
    return 0;
}

enum fleet_state fleet_look_up(const struct fleet *fleet, struct span id)
{
    if (holds(&fleet->forbidden, id))
        return FLEET_FORBIDDEN;
    if (holds(&fleet->unknown, id))
        return FLEET_UNKNOWN;
    if (fleet->online.cap > 0)
        return holds(&fleet->online, id) ? FLEET_ONLINE : FLEET_OFFLINE;
    uint64_t below = (uint64_t)llround(fleet->share * FLEET_SHARES);
    return fleet_hash(id) % FLEET_SHARES < below ? FLEET_ONLINE : FLEET_OFFLINE;
}

/*
 * How often each id was asked.
 *
 * Responsible for an open-addressed table that is at most half full.
 */
#include "sim/tally.h"

#include <stdlib.h>

#include "mem.h"

enum {
    TALLY_FIRST_SLOTS = 1024
};

void tally_release(struct tally *tally)
{
    free(tally->slots);
    *tally = (struct tally){.slots = NULL};
}

static struct tally_slot *find(const struct tally *tally, uint64_t hash)
{
    size_t mask = tally->cap - 1;
    size_t at = (size_t)(hash ^ hash >> 32) & mask;
    while (tally->slots[at].hash && tally->slots[at].hash != hash)
        at = (at + 1) & mask;
    return &tally->slots[at];
}

static void grow(struct tally *tally)
{
    struct tally old = *tally;
    tally->cap = old.cap ? old.cap * 2 : TALLY_FIRST_SLOTS;
    tally->slots = mem_alloc(tally->cap * sizeof *tally->slots);
    for (size_t i = 0; i < old.cap; i++) {
        if (old.slots[i].hash)
            *find(tally, old.slots[i].hash) = old.slots[i];
    }
    free(old.slots);
}

uint64_t tally_count(struct tally *tally, uint64_t hash)
{
    if (tally->used * 2 >= tally->cap)
        grow(tally);
    hash += hash == 0;
    struct tally_slot *slot = find(tally, hash);
    tally->used += slot->hash == 0;
    slot->hash = hash;
    return ++slot->count;
}

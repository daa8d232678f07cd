/*
 * How often each id was asked, for `each=`. Ids are told apart by a 64-bit
 * hash; nothing is ever forgotten.
 */
#ifndef MQSTAT_SIM_TALLY_H
#define MQSTAT_SIM_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct tally_slot {
    uint64_t hash; /* 0: free */
    uint64_t count;
};

/* Start with zeroes. */
struct tally {
    struct tally_slot *slots;
    size_t cap; /* a power of two */
    size_t used;
};

void tally_release(struct tally *tally);

/* Counts one more of hash; returns its number, from 1. */
uint64_t tally_count(struct tally *tally, uint64_t hash);

#endif

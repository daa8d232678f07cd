/*
 * What the service knows about each client id: forbidden, unknown, online
 * or offline.
 */
#ifndef MQSTAT_SIM_FLEET_H
#define MQSTAT_SIM_FLEET_H

#include <stdint.h>

#include "buf.h"
#include "sim/span.h"

enum fleet_state {
    FLEET_OFFLINE,
    FLEET_ONLINE,
    FLEET_FORBIDDEN,
    FLEET_UNKNOWN
};

/* A set of ids; start with zeroes. The bytes are owned. */
struct fleet_set {
    struct buf text;    /* the file */
    struct span *slots; /* open-addressed, data NULL: free; into text */
    size_t cap;         /* a power of two, 0: no file */
};

struct fleet {
    struct fleet_set online;
    struct fleet_set forbidden;
    struct fleet_set unknown;
    double share; /* online, when there is no file of online ids */
};

void fleet_release(struct fleet *fleet);

/*
 * Reads ids, one a line (every byte but the line feed is part of the id).
 * Returns -1 with errno set.
 */
int fleet_load(struct fleet_set *set, const char *path);

/* FNV-1a, 64 bits. */
uint64_t fleet_hash(struct span id);

/*
 * Looks an id up: forbidden, unknown, online file, in this order. Without
 * an online file an id is online when hash % 10000 < share * 10000.
 */
enum fleet_state fleet_look_up(const struct fleet *fleet, struct span id);

#endif

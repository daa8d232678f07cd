/*
 * Several processes on one host share one rate: a mapped file holds one
 * 64-bit theoretical arrival time (see limiter.h) that all of them move by
 * compare-and-swap. A process asks for one start at a time, so shares
 * follow demand, and one that is killed holds nothing.
 */
#ifndef MQSTAT_RATE_GROUP_H
#define MQSTAT_RATE_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"

struct rate_group;

/*
 * Joins the group, making its file when there is none: in $XDG_RUNTIME_DIR,
 * else /dev/shm. per_s is this process's idea of the group's rate, tau_ns
 * the catch-up allowance. A file of another user, a link or one that cannot
 * be made: said, STATUS_USAGE.
 */
enum status rate_group_join(struct rate_group **group, const char *name,
                            double per_s, uint64_t tau_ns);

/* Takes NULL. The file stays for the others. */
void rate_group_leave(struct rate_group *group);

/* The earliest time of the group's next start; monotonic ns. */
uint64_t rate_group_when(const struct rate_group *group);

/* Takes the start; false when another process was faster. */
bool rate_group_take(struct rate_group *group, uint64_t now_ns);

#endif

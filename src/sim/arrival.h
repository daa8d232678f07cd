/*
 * The arrival log: one line a request, as the service saw it.
 *
 *   NS CONNECTION METHOD ID STATUS
 *
 * NS is CLOCK_MONOTONIC when the head was complete. Bytes that are not
 * printable ASCII, and backslashes, are shown as \r, \n or \xNN.
 */
#ifndef MQSTAT_SIM_ARRIVAL_H
#define MQSTAT_SIM_ARRIVAL_H

#include <stdint.h>
#include <uv.h>

#include "sim/span.h"

struct arrival {
    uint64_t ns;
    uint64_t connection;
    struct span method;
    struct span id; /* percent-encoded as it came, or the whole path */
    int status;     /* 0: no whole response */
};

struct arrival_log;

/*
 * Creates the file and buffers lines for it, which reach it 50 ms later at
 * the latest. Returns NULL after saying why.
 */
struct arrival_log *arrival_new(const char *path, uv_loop_t *loop);

/* Adds a line; log may be NULL. */
void arrival_add(struct arrival_log *log, const struct arrival *arrival);

/* Adds a raw request head as a comment line; log may be NULL. */
void arrival_add_head(struct arrival_log *log, struct span head);

/* Writes what is buffered; log may be NULL. */
void arrival_flush(struct arrival_log *log);

/* Flushes and stops the timer; the loop must run before arrival_free. */
void arrival_stop(struct arrival_log *log);

/* Closes the file. Returns -1 when a line was lost (said before). */
int arrival_free(struct arrival_log *log);

#endif

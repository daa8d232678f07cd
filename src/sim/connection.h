/*
 * A client's connection from accept to close: requests in, replies out, in
 * order, with everything a scenario may do to them on the way.
 */
#ifndef MQSTAT_SIM_CONNECTION_H
#define MQSTAT_SIM_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sim/agenda.h"
#include "sim/arrival.h"
#include "sim/link.h"
#include "sim/service.h"
#include "sim/tls.h"

struct connection;

struct connection_totals {
    uint64_t connections;
    uint64_t open;
    uint64_t open_most;
    uint64_t requests;
    uint64_t answered; /* with 200 */
    uint64_t refused;  /* with 429 */
    uint64_t broken;   /* no whole response */
};

/* What all connections share; the server fills it. */
struct connection_host {
    uv_loop_t *loop;
    struct service *service; /* borrowed */
    struct tls *tls;         /* borrowed; NULL: plain */
    struct arrival_log *log; /* borrowed; NULL: none */
    bool log_connections;
    bool log_headers;
    struct agenda agenda;
    struct connection *first; /* the open ones */
    struct connection_totals totals;
    char space[LINK_READ_BYTES];
};

/* Takes the connection that waits at the listener. */
void connection_accept(struct connection_host *host, uv_stream_t *listener);

/* Closes all connections; the loop must run until they are gone. */
void connection_close_all(struct connection_host *host);

#endif

/*
 * One accepted TCP connection, plain or TLS: bytes in, bytes out.
 */
#ifndef MQSTAT_SIM_LINK_H
#define MQSTAT_SIM_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "buf.h"
#include "sim/span.h"
#include "sim/tls.h"

enum {
    LINK_READ_BYTES = 65536
};

/* What a link tells its owner; ctx is the link's. */
struct link_events {
    void (*input)(const char *data, size_t len, void *ctx);
    void (*sent)(void *ctx); /* what link_send left pending is out */
    void (*ended)(bool orderly, void *ctx); /* the client has; no more input */
    void (*closed)(void *ctx);              /* the link's memory may go */
};

enum link_result {
    LINK_SENT,
    LINK_PENDING, /* `sent` follows; keep the bytes until then */
    LINK_LOST
};

/* Embedded in its owner; the fields are the module's. */
struct link {
    uv_tcp_t tcp;
    uv_write_t write;
    const struct link_events *events;
    void *ctx;
    char *space; /* LINK_READ_BYTES to read into; borrowed, shared by links */
    struct tls_session *session; /* NULL: plain */
    struct span rest;            /* handed to link_send, not yet on its way */
    struct buf wire;             /* TLS records on their way */
    bool writing;                /* libuv holds the write request */
    bool awaited;                /* the owner waits for `sent` */
    bool closing;
};

/* Prepares a link for link_accept; tls may be NULL. */
void link_init(struct link *link, uv_loop_t *loop,
               const struct link_events *events, void *ctx);

/* Takes the connection that waits at the listener. 0 or -1. */
int link_accept(struct link *link, uv_stream_t *listener);

/* Starts TLS (tls may be NULL: plain) and reading into space. 0 or -1. */
int link_start(struct link *link, struct tls *tls, char *space);

/* Stop and go on reading. */
void link_pause(struct link *link);
void link_resume(struct link *link);

/* Sends bytes; not while others are pending. Never calls back. */
enum link_result link_send(struct link *link, struct span bytes);

/*
 * Close: link_finish says goodbye first (TLS), link_drop does not,
 * link_reset makes the client see a reset. `closed` follows.
 */
void link_finish(struct link *link);
void link_drop(struct link *link);
void link_reset(struct link *link);

#endif

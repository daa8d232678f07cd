/*
 * libcurl's multi interface on libuv: start a query, report its outcome.
 * The only module that knows curl. It never retries, never judges a reply
 * and never calls back from inside transport_start.
 */
#ifndef MQSTAT_TRANSPORT_H
#define MQSTAT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "diag.h"
#include "query.h"

enum transport_method {
    TRANSPORT_GET,
    TRANSPORT_POST
};

struct transport_settings {
    const char *endpoint; /* http(s)://host[:port][/prefix] */
    enum transport_method method;
    const char *cacert;
    const char *cert;
    const char *key;
    const char *pinned_key;
    const char *connect_to; /* HOST:PORT:ADDR:PORT */
    const char *proxy;
    bool insecure;
    int64_t timeout_ns; /* per attempt */
    int64_t connect_timeout_ns;
};

/* The response fields that are looked at. */
enum transport_field {
    TRANSPORT_RETRY_AFTER,
    TRANSPORT_DATE,
    TRANSPORT_RATELIMIT,
    TRANSPORT_RATELIMIT_POLICY,
    TRANSPORT_REMAINING, /* RateLimit-Remaining, or with X- */
    TRANSPORT_RESET,
    TRANSPORT_FIELDS
};

/* What became of one attempt. Borrowed pointers live for the callback. */
struct outcome {
    enum query_error error; /* ANSWERED: a whole response came; see below */
    bool resend;            /* a kept-alive connection died before a byte of
                               the answer: ask once more on a fresh one */
    bool crowded;           /* this machine had no connection to spare */
    bool mistake;           /* asking again helps nobody */
    int http_status;
    const char *body; /* at most 4 KiB, NUL-terminated */
    size_t body_len;
    /* header fields' values; NULL when absent */
    const char *fields[TRANSPORT_FIELDS];
    const char *type;   /* Content-Type; NULL: none */
    const char *detail; /* why it failed, in libcurl's words */
};

struct transport;

/* One attempt has ended. Must not start another; the turn callback may. */
typedef void (*transport_done_fn)(struct query *query,
                                  const struct outcome *outcome, void *ctx);

/* All outcomes of this turn of the loop were reported. */
typedef void (*transport_turn_fn)(void *ctx);

/*
 * Checks an endpoint: http or https, a host, no user, password, query or
 * fragment. host: free() it, as
 * libcurl allocates like mem.h. exposed: does a login travel to it unencrypted
 * and over a network? Says why it cannot be and returns STATUS_USAGE.
 */
enum status transport_check_endpoint(const char *text, char **host,
                                     bool *exposed);

/* Can the certificate files be read? If not, says which: STATUS_USAGE. */
enum status transport_check_files(const struct transport_settings *settings);

/*
 * Removes from the environment what would redirect or expose the traffic
 * (SSLKEYLOGFILE, proxies), and starts libcurl, which then allocates like
 * mem.h. Before all else of this header and before threads.
 */
enum status transport_init(void);

/* Prepares up to slots_max parallel queries. authorization is one header
 * line, copied by libcurl. */
enum status transport_new(struct transport **transport,
                          const struct transport_settings *settings,
                          const char *authorization, unsigned slots_max,
                          uv_loop_t *loop);

/* Whom to tell. Before the first start. */
void transport_watch(struct transport *transport, transport_done_fn done,
                     transport_turn_fn turn, void *ctx);

/*
 * Starts one attempt for query (borrowed until done), whose id can be asked
 * for; on a new connection when query->fresh. At least one slot must be free
 * and transport_when must have allowed it.
 */
void transport_start(struct transport *transport, struct query *query,
                     uint64_t now_ns);

/*
 * When may a query start without opening connections too fast (10 at once,
 * then 50 a second)? Monotonic ns; now or earlier means at once.
 */
uint64_t transport_when(const struct transport *transport, bool fresh);

unsigned transport_in_flight(const struct transport *transport);

/* Connections opened so far, for the summary. */
uint64_t transport_connections(const struct transport *transport);

/* Gives up all that is in flight; done is not called. */
void transport_cancel(struct transport *transport);

/* Closes connections and handles; the loop must run until it is empty. */
void transport_close(struct transport *transport);

/* Frees everything; takes NULL. */
void transport_free(struct transport *transport);

/* "libcurl/7.88.1 OpenSSL/3.0.19 ..." and "1.44.2" (of libuv), static. */
const char *transport_version(void);
const char *transport_loop_version(void);

#endif

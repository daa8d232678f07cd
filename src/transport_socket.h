/*
 * Inside transport: libcurl's sockets and timer on the libuv loop. Only
 * transport.c and transport_socket.c include this.
 */
#ifndef MQSTAT_TRANSPORT_SOCKET_H
#define MQSTAT_TRANSPORT_SOCKET_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "limiter.h"

struct socket_watch;

/* Called when libcurl has done some work: outcomes may be there to reap. */
typedef void (*sockets_work_fn)(void *ctx);

struct sockets {
    CURLM *multi;
    uv_loop_t *loop;
    uv_timer_t timer;     /* libcurl's next time-out, or earlier */
    uint64_t due_ms;      /* that time-out, by uv_now; UINT64_MAX none */
    uint64_t armed_ms;    /* the timer's; UINT64_MAX none */
    uv_prepare_t prepare; /* serves a zero time-out before the loop sleeps */
    bool kick;            /* libcurl wants to run at once */
    bool closed;
    sockets_work_fn work;
    void *ctx;
    struct socket_watch **watches; /* by descriptor; owned */
    size_t n_watches;
    unsigned usable;         /* open and not shut down by us */
    unsigned reserved;       /* starts that may open one, but have not yet */
    uint64_t opened;         /* so far */
    struct limiter connects; /* after the first ten */
};

/* Makes the multi handle; -1 when libcurl cannot. */
int sockets_init(struct sockets *sockets, uv_loop_t *loop, sockets_work_fn work,
                 void *ctx);

/* Sets the callbacks that count and watch this handle's sockets. */
void sockets_adopt(struct sockets *sockets, CURL *easy);

/* When may another connection be opened? Monotonic ns. */
uint64_t sockets_when(const struct sockets *sockets);

/* Sets one aside for a start that may need it; given back when it is not. */
void sockets_reserve(struct sockets *sockets, uint64_t now_ns);
void sockets_unreserve(struct sockets *sockets);

/* CURLOPT_OPENSOCKETFUNCTION's work, for a handle with a reservation. */
curl_socket_t sockets_open(struct sockets *sockets,
                           const struct curl_sockaddr *address);

/* Destroys the multi handle and closes the loop's handles. */
void sockets_close(struct sockets *sockets);

/* Frees what is left once the loop is done with the handles. */
void sockets_release(struct sockets *sockets);

#endif

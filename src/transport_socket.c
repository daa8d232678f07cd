/*
 * libcurl's sockets and timer on the libuv loop (curl_multi_socket_action).
 *
 * Responsible for when libcurl runs and for how fast connections are
 * opened; knows nothing of queries. What makes it fast, and right:
 *
 * - Lazy epoll. Between two transfers on a kept connection libcurl says
 *   REMOVE and then IN again. The socket simply stays watched for reading,
 *   which saves two epoll_ctl a query; it is forgotten when it is closed.
 * - Because idle sockets stay watched, one that turns readable is noticed:
 *   the server closed it, or sent bytes that nobody asked for and that
 *   libcurl would take for the next id's answer. It is shut down, and
 *   libcurl connects anew.
 * - Kick. A zero time-out is served before the loop sleeps, not by a timer
 *   of one millisecond.
 *
 * Invariant: a descriptor is in watches exactly while libcurl has it open.
 */
#include "transport_socket.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mem.h"

enum {
    FIRST_CONNECTIONS = 10,
    CONNECTIONS_PER_S = 50
};

struct socket_watch {
    uv_poll_t poll;
    struct sockets *owner;
    curl_socket_t fd;
    int events;     /* that uv watches for */
    bool connected; /* once */
    bool idle;      /* no transfer uses it */
    bool shut_down; /* by us: not usable any more */
};

static void run_libcurl(struct sockets *sockets, curl_socket_t fd, int events)
{
    int running = 0;
    /* CURLM_OK always but for misuse: transfers report their own errors */
    (void)curl_multi_socket_action(sockets->multi, fd, events, &running);
    sockets->work(sockets->ctx);
}

/* libcurl takes a connection with bytes on it for a live one. */
static void drain(curl_socket_t fd)
{
    char unwanted[4096];
    for (int i = 0; i < 16; i++) {
        if (recv(fd, unwanted, sizeof unwanted, MSG_DONTWAIT) <= 0)
            return;
    }
}

/* Bytes or an end on a connection that nobody uses: it cannot be trusted. */
static void retire(struct socket_watch *watch)
{
    if (!watch->shut_down)
        watch->owner->usable--;
    watch->shut_down = true;
    watch->events = 0;
    (void)uv_poll_stop(&watch->poll); /* fails never */
    drain(watch->fd);
    (void)shutdown(watch->fd, SHUT_RDWR); /* may be closed by the peer */
}

/* The event may be old news: libcurl read the reply meanwhile. */
static bool has_something(curl_socket_t fd)
{
    char byte;
    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
           (errno != EAGAIN && errno != EWOULDBLOCK);
}

static void on_socket_ready(uv_poll_t *poll, int status, int events)
{
    struct socket_watch *watch = poll->data;
    if (watch->idle) {
        if (has_something(watch->fd))
            retire(watch);
        return;
    }
    int flags = 0;
    if (status < 0) { /* reset: what came before, an alert or a reply, counts */
        flags = CURL_CSELECT_IN | CURL_CSELECT_OUT;
        watch->connected = watch->connected || watch->events == UV_READABLE;
        /* libuv has stopped it, and there may be more than libcurl reads */
        (void)uv_poll_start(poll, watch->events, on_socket_ready);
    }
    if (events & UV_READABLE)
        flags |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        flags |= CURL_CSELECT_OUT;
    run_libcurl(watch->owner, watch->fd, flags);
}

static void watch_events(struct socket_watch *watch, int events)
{
    if (watch->events == events)
        return; /* the whole point: no epoll_ctl */
    watch->events = events;
    /* fails only for a closed handle */
    (void)uv_poll_start(&watch->poll, events, on_socket_ready);
}

static struct socket_watch *find_watch(const struct sockets *sockets,
                                       curl_socket_t fd)
{
    return (size_t)fd < sockets->n_watches ? sockets->watches[fd] : NULL;
}

static void on_watch_closed(uv_handle_t *handle)
{
    free(handle->data);
}

/* The descriptor is libcurl's no more, or is about to be closed. */
static void forget(struct socket_watch *watch)
{
    if (!watch->shut_down)
        watch->owner->usable--;
    watch->owner->watches[watch->fd] = NULL;
    uv_close((uv_handle_t *)&watch->poll, on_watch_closed);
}

/* Has the socket ever been connected? Asked once for each that has. */
static bool is_connected(struct socket_watch *watch)
{
    struct sockaddr_storage peer;
    socklen_t len = sizeof peer;
    if (!watch->connected)
        watch->connected = getpeername(watch->fd, (struct sockaddr *)&peer,
                                       &len) == 0;
    return watch->connected;
}

/* CURLMOPT_SOCKETFUNCTION */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx,
                     void *unused)
{
    (void)easy;
    (void)unused;
    struct socket_watch *watch = find_watch(ctx, fd);
    if (!watch || watch->shut_down)
        return 0;
    watch->idle = what == CURL_POLL_REMOVE;
    if (watch->idle) {
        /* libcurl closes half-open sockets behind its callbacks' backs */
        if (!is_connected(watch))
            forget(watch);
        else if (watch->events)
            watch_events(watch, UV_READABLE);
        return 0;
    }
    int events = 0;
    if (what & CURL_POLL_IN)
        events |= UV_READABLE;
    if (what & CURL_POLL_OUT)
        events |= UV_WRITABLE;
    watch_events(watch, events);
    return 0;
}

static void on_timer(uv_timer_t *timer);

/* A timer that fires too early is armed anew then, which is rarer than a
 * query: each of them moves its time-out. */
static void arm_timer(struct sockets *sockets)
{
    if (sockets->due_ms >= sockets->armed_ms)
        return;
    sockets->armed_ms = sockets->due_ms;
    uint64_t now_ms = uv_now(sockets->loop);
    uint64_t wait_ms = sockets->due_ms > now_ms ? sockets->due_ms - now_ms : 0;
    /* fails only for a closed handle */
    (void)uv_timer_start(&sockets->timer, on_timer, wait_ms, 0);
}

static void on_timer(uv_timer_t *timer)
{
    struct sockets *sockets = timer->data;
    sockets->armed_ms = UINT64_MAX;
    if (uv_now(sockets->loop) >= sockets->due_ms) {
        sockets->due_ms = UINT64_MAX; /* libcurl says when it is next */
        run_libcurl(sockets, CURL_SOCKET_TIMEOUT, 0);
    }
    arm_timer(sockets);
}

/* Before the loop sleeps; what libcurl then starts may want to run at once
 * again, which ends when all slots are taken. */
static void on_prepare(uv_prepare_t *prepare)
{
    struct sockets *sockets = prepare->data;
    while (sockets->kick) {
        sockets->kick = false;
        run_libcurl(sockets, CURL_SOCKET_TIMEOUT, 0);
    }
}

/* CURLMOPT_TIMERFUNCTION */
static int on_timeout(CURLM *multi, long timeout_ms, void *ctx)
{
    (void)multi;
    struct sockets *sockets = ctx;
    sockets->kick = timeout_ms == 0;
    if (sockets->closed)
        return 0;
    sockets->due_ms = timeout_ms > 0
                          ? uv_now(sockets->loop) + (uint64_t)timeout_ms
                          : UINT64_MAX;
    arm_timer(sockets);
    return 0;
}

int sockets_init(struct sockets *sockets, uv_loop_t *loop, sockets_work_fn work,
                 void *ctx)
{
    *sockets = (struct sockets){.loop = loop,
                                .work = work,
                                .ctx = ctx,
                                .due_ms = UINT64_MAX,
                                .armed_ms = UINT64_MAX};
    sockets->multi = curl_multi_init();
    if (!sockets->multi)
        return -1;
    limiter_init(&sockets->connects, CONNECTIONS_PER_S, 0, 0);
    (void)uv_timer_init(loop, &sockets->timer); /* these fail never */
    (void)uv_prepare_init(loop, &sockets->prepare);
    sockets->timer.data = sockets;
    sockets->prepare.data = sockets;
    (void)uv_prepare_start(&sockets->prepare, on_prepare);
    CURLM *multi = sockets->multi;
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, sockets);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timeout);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, sockets);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    return 0;
}

uint64_t sockets_when(const struct sockets *sockets)
{
    return sockets->opened + sockets->reserved < FIRST_CONNECTIONS
               ? 0
               : limiter_when(&sockets->connects);
}

void sockets_reserve(struct sockets *sockets, uint64_t now_ns)
{
    if (sockets->opened + sockets->reserved >= FIRST_CONNECTIONS)
        limiter_take(&sockets->connects, now_ns);
    sockets->reserved++;
}

void sockets_unreserve(struct sockets *sockets)
{
    assert(sockets->reserved > 0);
    sockets->reserved--;
}

static void add_watch(struct sockets *sockets, curl_socket_t fd)
{
    if ((size_t)fd >= sockets->n_watches) {
        size_t count = (size_t)fd + 64;
        sockets->watches = mem_realloc(sockets->watches,
                                       count * sizeof *sockets->watches);
        memset(sockets->watches + sockets->n_watches, 0,
               (count - sockets->n_watches) * sizeof *sockets->watches);
        sockets->n_watches = count;
    }
    if (sockets->watches[fd]) /* closed behind our back */
        forget(sockets->watches[fd]);
    struct socket_watch *watch = mem_alloc(sizeof *watch);
    watch->owner = sockets;
    watch->fd = fd;
    watch->poll.data = watch;
    int failed = uv_poll_init_socket(sockets->loop, &watch->poll, fd);
    assert(failed == 0); /* a socket of our own, just made */
    (void)failed;
    sockets->watches[fd] = watch;
}

curl_socket_t sockets_open(struct sockets *sockets,
                           const struct curl_sockaddr *address)
{
    int type = address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK;
    curl_socket_t fd = socket(address->family, type, address->protocol);
    if (fd < 0)
        return CURL_SOCKET_BAD;
    add_watch(sockets, fd);
    sockets->usable++;
    sockets->opened++;
    return fd;
}

/* CURLOPT_CLOSESOCKETFUNCTION: epoll must forget before the close. */
static int on_close_socket(void *ctx, curl_socket_t fd)
{
    struct sockets *sockets = ctx;
    struct socket_watch *watch = find_watch(sockets, fd);
    if (watch)
        forget(watch);
    return close(fd);
}

void sockets_adopt(struct sockets *sockets, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, sockets);
}

void sockets_close(struct sockets *sockets)
{
    if (!sockets->multi || sockets->closed)
        return;
    sockets->closed = true;
    curl_multi_cleanup(sockets->multi); /* closes every connection */
    uv_close((uv_handle_t *)&sockets->timer, NULL);
    uv_close((uv_handle_t *)&sockets->prepare, NULL);
}

void sockets_release(struct sockets *sockets)
{
    free(sockets->watches);
    sockets->watches = NULL;
}

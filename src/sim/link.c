/*
 * One accepted TCP connection, plain or TLS.
 *
 * Responsible for moving bytes between the socket and its owner, who never
 * learns whether TLS is between; not for what the bytes mean. Bytes are
 * written at once where the socket takes them; only what it does not take
 * waits in a write request, of which there is never more than one.
 */
#include "sim/link.h"

#include <stdlib.h>

#include "diag.h"

enum {
    LINK_WIRE_MAX_BYTES = 1048576
};

void link_init(struct link *link, uv_loop_t *loop,
               const struct link_events *events, void *ctx)
{
    *link = (struct link){.events = events, .ctx = ctx};
    buf_init(&link->wire, LINK_WIRE_MAX_BYTES);
    (void)uv_tcp_init(loop, &link->tcp); /* opens no socket: cannot fail */
    link->tcp.data = link;
    link->write.data = link;
}

int link_accept(struct link *link, uv_stream_t *listener)
{
    if (uv_accept(listener, (uv_stream_t *)&link->tcp))
        return -1;
    (void)uv_tcp_nodelay(&link->tcp, 1); /* slower, not wrong, without */
    return 0;
}

/* Fills `ready` with what shall go to the socket next; len 0: nothing. */
static int next_bytes(struct link *link, struct span *ready)
{
    *ready = link->rest;
    if (!link->session) {
        link->rest = (struct span){.data = NULL};
        return 0;
    }
    size_t len = link->rest.len;
    if (len > TLS_RECORD_BYTES)
        len = TLS_RECORD_BYTES;
    if (len > 0 && tls_write(link->session, link->rest.data, len))
        return -1;
    span_skip(&link->rest, len);
    buf_clear(&link->wire);
    tls_take(link->session, &link->wire);
    *ready = span_of_buf(&link->wire, 0);
    return 0;
}

static void on_written(uv_write_t *write, int status);

/* Moves bytes to the socket until there are none, or it takes no more. */
static enum link_result push(struct link *link)
{
    uv_stream_t *stream = (uv_stream_t *)&link->tcp;
    while (!link->writing) {
        struct span ready;
        if (next_bytes(link, &ready))
            return LINK_LOST;
        if (ready.len == 0)
            return LINK_SENT;
        uv_buf_t bytes = uv_buf_init((char *)ready.data, (unsigned)ready.len);
        int put = uv_try_write(stream, &bytes, 1);
        if (put == UV_EAGAIN)
            put = 0;
        if (put < 0)
            return LINK_LOST;
        if ((size_t)put == ready.len)
            continue;
        bytes.base += put;
        bytes.len -= (size_t)put;
        if (uv_write(&link->write, stream, &bytes, 1, on_written))
            return LINK_LOST;
        link->writing = true;
    }
    return LINK_PENDING;
}

static void on_written(uv_write_t *write, int status)
{
    struct link *link = write->data;
    link->writing = false;
    if (link->closing)
        return;
    enum link_result result = status < 0 ? LINK_LOST : push(link);
    if (result == LINK_LOST) {
        link->events->ended(false, link->ctx);
        return;
    }
    if (result == LINK_SENT && link->awaited) {
        link->awaited = false;
        link->events->sent(link->ctx);
    }
}

enum link_result link_send(struct link *link, struct span bytes)
{
    link->rest = bytes;
    enum link_result result = push(link);
    link->awaited = result == LINK_PENDING;
    return result;
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *bytes)
{
    (void)suggested; /* the space is what it is */
    struct link *link = handle->data;
    *bytes = uv_buf_init(link->space, LINK_READ_BYTES);
}

static void read_session(struct link *link, const char *data, size_t len)
{
    char plain[TLS_RECORD_BYTES];
    enum tls_result result = TLS_BYTES;
    tls_feed(link->session, data, len);
    while (result == TLS_BYTES) {
        size_t got = sizeof plain;
        result = tls_read(link->session, plain, &got);
        if (result == TLS_BYTES)
            link->events->input(plain, got, link->ctx);
        if (link->closing)
            return;
    }
    if (result == TLS_FAILED)
        diag_debug("TLS failed: %s", tls_reason());
    bool lost = push(link) == LINK_LOST || result == TLS_FAILED;
    if (lost || result == TLS_END)
        link->events->ended(!lost, link->ctx);
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *bytes)
{
    struct link *link = stream->data;
    if (got == 0)
        return;
    if (got < 0)
        link->events->ended(got == UV_EOF, link->ctx);
    else if (link->session)
        read_session(link, bytes->base, (size_t)got);
    else
        link->events->input(bytes->base, (size_t)got, link->ctx);
}

int link_start(struct link *link, struct tls *tls, char *space)
{
    link->space = space;
    if (tls)
        link->session = tls_session_new(tls);
    return uv_read_start((uv_stream_t *)&link->tcp, on_alloc, on_read);
}

void link_pause(struct link *link)
{
    (void)uv_read_stop((uv_stream_t *)&link->tcp); /* cannot fail */
}

void link_resume(struct link *link)
{
    /* Fails after the client's end only, when nothing is left to read. */
    (void)uv_read_start((uv_stream_t *)&link->tcp, on_alloc, on_read);
}

static void on_closed(uv_handle_t *handle)
{
    struct link *link = handle->data;
    tls_session_free(link->session);
    buf_release(&link->wire);
    link->events->closed(link->ctx);
}

void link_drop(struct link *link)
{
    if (link->closing)
        return;
    link->closing = true;
    uv_close((uv_handle_t *)&link->tcp, on_closed);
}

void link_finish(struct link *link)
{
    if (link->session && !link->closing && !link->writing) {
        tls_goodbye(link->session);
        (void)push(link); /* best effort: the client will see the end */
    }
    link_drop(link);
}

void link_reset(struct link *link)
{
    if (link->closing)
        return;
    link->closing = true;
    if (uv_tcp_close_reset(&link->tcp, on_closed))
        uv_close((uv_handle_t *)&link->tcp, on_closed);
}

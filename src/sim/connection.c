/*
 * A client's connection from accept to close.
 *
 * Responsible for the stages of one exchange after the other:
 *
 *   IDLE -> HELD -> REPLY -> (SURPLUS_HELD -> SURPLUS ->) IDLE ...
 *             delay   cut, drip, endless, hang    close, close-after
 *
 * Input is parsed in IDLE only, so pipelined requests wait in the buffer.
 * Whatever goes on later stands on the agenda, at most one item at a time.
 * Not for what the answer is (service) nor for its bytes (response).
 */
#include "sim/connection.h"

#include <stdlib.h>

#include "mem.h"
#include "sim/http.h"
#include "sim/response.h"
#include "units.h"

enum {
    CONNECTION_IN_PAUSE_BYTES = HTTP_HEAD_MAX_BYTES + LINK_READ_BYTES,
    CONNECTION_IN_MAX_BYTES = 1048576,
    CONNECTION_OUT_MAX_BYTES = 1073741824,
    CONNECTION_OUT_KEEP_BYTES = 1048576,
    CONNECTION_LINGER_MS = 500
};

enum stage {
    STAGE_IDLE,         /* between exchanges, or a request is incomplete */
    STAGE_HELD,         /* the reply waits for its delay */
    STAGE_REPLY,        /* the reply is being sent */
    STAGE_SURPLUS_HELD, /* extra bytes wait for theirs */
    STAGE_SURPLUS,      /* extra bytes are being sent */
    STAGE_DEAF          /* nothing more is read or said */
};

struct connection {
    struct link link;
    struct connection_host *host; /* borrowed */
    struct connection *next;
    struct connection *prev;
    uint64_t number;
    uint64_t requests;
    enum stage stage;
    struct buf in;
    size_t taken;   /* bytes of in that are done with */
    size_t scanned; /* bytes behind them that hold no head's end */
    uint64_t skip;  /* bytes of a request's body still to come */
    bool paused;
    bool ended;      /* the client sends no more */
    bool keep_alive; /* after this reply */
    bool linger;     /* the client may still be sending: close later */
    const struct behaviour *behaviour; /* of this reply; borrowed */
    struct buf out;
    size_t body_at; /* in out */
    size_t sent;
    size_t limit; /* how much of out is ever sent */
    struct agenda_item later;
};

static void pump(struct connection *connection);

static void log_event(const struct connection *connection, const char *event)
{
    const struct connection_host *host = connection->host;
    if (!host->log_connections)
        return;
    struct arrival arrival = {
        .ns = uv_hrtime(),
        .connection = connection->number,
        .method = span_of(event),
        .id = span_of("-"),
    };
    arrival_add(host->log, &arrival);
}

static void on_closed(void *ctx)
{
    struct connection *connection = ctx;
    struct connection_host *host = connection->host;
    log_event(connection, "CLOSE");
    agenda_remove(&host->agenda, &connection->later);
    if (connection->prev)
        connection->prev->next = connection->next;
    else
        host->first = connection->next;
    if (connection->next)
        connection->next->prev = connection->prev;
    host->totals.open--;
    buf_release(&connection->in);
    buf_release(&connection->out);
    free(connection);
}

static void later(struct connection *connection, int64_t after_ns)
{
    agenda_add(&connection->host->agenda, &connection->later,
               uv_hrtime() + (uint64_t)after_ns);
}

/* Neither reads nor answers any more; closes in a while, or never. */
static void go_deaf(struct connection *connection, int64_t close_after_ns)
{
    connection->stage = STAGE_DEAF;
    buf_clear(&connection->in);
    connection->taken = 0;
    if (connection->ended)
        link_drop(&connection->link);
    else if (close_after_ns >= 0)
        later(connection, close_after_ns);
}

/* The exchange is over. */
static void rest(struct connection *connection)
{
    const struct behaviour *behaviour = connection->behaviour;
    connection->stage = STAGE_IDLE;
    if (connection->out.cap > CONNECTION_OUT_KEEP_BYTES)
        buf_release(&connection->out);
    if (connection->linger)
        go_deaf(connection, CONNECTION_LINGER_MS * UNITS_NS_PER_MS);
    else if (!connection->keep_alive || behaviour->close_after_ns == 0)
        link_finish(&connection->link);
    else if (behaviour->close_after_ns > 0)
        later(connection, behaviour->close_after_ns);
}

static void send_surplus(struct connection *connection)
{
    struct span bytes = span_of_buf(&connection->behaviour->extra, 0);
    connection->stage = STAGE_SURPLUS;
    enum link_result result = link_send(&connection->link, bytes);
    if (result == LINK_LOST)
        link_drop(&connection->link);
    if (result == LINK_SENT)
        rest(connection);
}

/* All of the reply that shall be sent is sent. */
static void end_reply(struct connection *connection)
{
    const struct behaviour *behaviour = connection->behaviour;
    if (behaviour->hang) {
        go_deaf(connection, behaviour->close_after_ns);
    } else if (behaviour->rst) {
        link_reset(&connection->link);
    } else if (behaviour->cut >= 0) {
        link_drop(&connection->link);
    } else if (behaviour->endless) {
        connection->sent = connection->body_at;
        later(connection, UNITS_NS_PER_MS);
    } else if (behaviour->extra_delay_ns >= 0) {
        connection->stage = STAGE_SURPLUS_HELD;
        later(connection, behaviour->extra_delay_ns);
    } else {
        rest(connection);
    }
}

static void send_reply(struct connection *connection)
{
    const struct behaviour *behaviour = connection->behaviour;
    size_t len = connection->limit - connection->sent;
    bool drips = behaviour->drip_ns >= 0 && len > 1;
    struct span bytes = span_of_buf(&connection->out, connection->sent);
    bytes.len = drips ? 1 : len;
    connection->stage = STAGE_REPLY;
    connection->sent += bytes.len;
    enum link_result result = LINK_SENT;
    if (bytes.len > 0)
        result = link_send(&connection->link, bytes);
    if (result == LINK_LOST)
        link_drop(&connection->link);
    else if (result == LINK_SENT && drips)
        later(connection, behaviour->drip_ns);
    else if (result == LINK_SENT)
        end_reply(connection);
}

static void on_sent(void *ctx)
{
    struct connection *connection = ctx;
    if (connection->stage == STAGE_SURPLUS)
        rest(connection);
    else if (connection->sent < connection->limit)
        later(connection, connection->behaviour->drip_ns);
    else
        end_reply(connection);
    pump(connection);
}

static void on_later(void *ctx)
{
    struct connection *connection = ctx;
    if (connection->link.closing)
        return;
    switch (connection->stage) {
    case STAGE_HELD:
    case STAGE_REPLY:
        send_reply(connection);
        break;
    case STAGE_SURPLUS_HELD:
        send_surplus(connection);
        break;
    default: /* close-after, lingering */
        link_finish(&connection->link);
        break;
    }
    pump(connection);
}

static void count(struct connection_totals *totals, int status)
{
    totals->requests++;
    totals->answered += status == 200;
    totals->refused += status == 429;
    totals->broken += status == 0;
}

static void log_request(struct connection *connection,
                        const struct http_request *request,
                        const struct verdict *verdict, uint64_t now_ns,
                        int status)
{
    struct connection_host *host = connection->host;
    struct arrival arrival = {
        .ns = now_ns,
        .connection = connection->number,
        .method = request->method,
        .id = verdict->asked,
        .status = status,
    };
    count(&host->totals, status);
    arrival_add(host->log, &arrival);
    if (!host->log_headers)
        return;
    struct span head = span_of_buf(&connection->in, connection->taken);
    head.len = request->head_len;
    arrival_add_head(host->log, head);
}

/* Makes the reply's bytes and returns the status that the client will see. */
static int compose(struct connection *connection, const struct verdict *verdict,
                   bool minor_0)
{
    const struct behaviour *behaviour = verdict->behaviour;
    struct response response = {
        .status = verdict->status,
        .online = verdict->online,
        .keep_alive = connection->keep_alive,
        .minor_0 = minor_0,
        .date = verdict->date,
        .retry_after = verdict->retry_after,
    };
    buf_clear(&connection->out);
    if (response_write(&connection->out, &response, behaviour,
                       &connection->body_at))
        buf_clear(&connection->out); /* absurdly long: say nothing */
    size_t len = connection->out.len;
    connection->behaviour = behaviour;
    connection->sent = 0;
    connection->limit = behaviour->hang && behaviour->cut < 0 ? 0 : len;
    if (behaviour->cut >= 0 && (uint64_t)behaviour->cut < len)
        connection->limit = (size_t)behaviour->cut;
    if (connection->limit < len || behaviour->hang || len == 0)
        return 0;
    return behaviour->has_raw ? response_status(&connection->out)
                              : verdict->status;
}

static void begin_reply(struct connection *connection, uint64_t delay_ns)
{
    connection->stage = STAGE_HELD;
    if (delay_ns > 0)
        later(connection, (int64_t)delay_ns);
    else
        send_reply(connection);
}

static void answer(struct connection *connection,
                   const struct http_request *request)
{
    struct connection_host *host = connection->host;
    struct visit visit = {
        .now_ns = uv_hrtime(),
        .connection = connection->number,
        .on_connection = ++connection->requests,
    };
    struct verdict verdict;
    service_decide(host->service, request, &visit, &verdict);
    const struct behaviour *behaviour = verdict.behaviour;
    bool unbounded = behaviour->length_kind == BEHAVIOUR_LENGTH_NONE &&
                     behaviour->chunks == BEHAVIOUR_CHUNKS_NONE;
    connection->keep_alive = request->keep_alive && !behaviour->close &&
                             !unbounded;
    agenda_remove(&host->agenda, &connection->later);
    int status = compose(connection, &verdict, request->minor_0);
    log_request(connection, request, &verdict, visit.now_ns, status);
    connection->taken += request->head_len;
    connection->skip = request->body_len;
    begin_reply(connection, verdict.delay_ns);
}

/* Answers bytes that are no request, and closes. */
static void reject(struct connection *connection, int status)
{
    struct http_request nothing = {.method = span_of("-")};
    struct verdict verdict;
    service_reject(connection->host->service, status, &verdict);
    connection->keep_alive = false;
    connection->linger = true;
    agenda_remove(&connection->host->agenda, &connection->later);
    (void)compose(connection, &verdict, false); /* the status is given */
    log_request(connection, &nothing, &verdict, uv_hrtime(), status);
    begin_reply(connection, 0);
}

/* Drops what has come of a request's body. */
static void skip_body(struct connection *connection)
{
    size_t left = connection->in.len - connection->taken;
    size_t skipped = connection->skip < left ? (size_t)connection->skip : left;
    connection->taken += skipped;
    connection->skip -= skipped;
}

/* Takes the next request off the input. Is there perhaps another one? */
static bool take_request(struct connection *connection)
{
    skip_body(connection);
    struct span data = span_of_buf(&connection->in, connection->taken);
    if (data.len == 0)
        return false;
    struct http_request request;
    enum http_result result = http_parse(&request, data, &connection->scanned);
    if (result == HTTP_MORE)
        return false;
    connection->scanned = 0;
    if (result == HTTP_DONE)
        answer(connection, &request);
    else
        reject(connection, result == HTTP_BAD ? 400 : 431);
    return true;
}

/* Goes on with the input as far as the connection's stage allows. */
static void pump(struct connection *connection)
{
    struct link *link = &connection->link;
    while (connection->stage == STAGE_IDLE && !link->closing &&
           take_request(connection))
        ;
    if (link->closing)
        return;
    if (connection->taken > 0)
        buf_consume(&connection->in, connection->taken);
    connection->taken = 0;
    if (connection->ended && connection->stage == STAGE_IDLE) {
        link_finish(link);
        return;
    }
    bool full = connection->in.len >= CONNECTION_IN_PAUSE_BYTES;
    if (full == connection->paused || connection->ended)
        return;
    connection->paused = full;
    if (full)
        link_pause(link);
    else
        link_resume(link);
}

static void on_input(const char *data, size_t len, void *ctx)
{
    struct connection *connection = ctx;
    if (connection->stage == STAGE_DEAF)
        return;
    if (buf_append(&connection->in, data, len)) {
        link_drop(&connection->link);
        return;
    }
    pump(connection);
}

static void on_ended(bool orderly, void *ctx)
{
    struct connection *connection = ctx;
    connection->ended = true;
    if (!orderly || connection->stage == STAGE_DEAF)
        link_drop(&connection->link);
    else
        pump(connection);
}

static const struct link_events events = {
    .input = on_input,
    .sent = on_sent,
    .ended = on_ended,
    .closed = on_closed,
};

static struct connection *connection_new(struct connection_host *host)
{
    struct connection_totals *totals = &host->totals;
    struct connection *connection = mem_alloc(sizeof *connection);
    connection->host = host;
    connection->number = ++totals->connections;
    connection->next = host->first;
    if (host->first)
        host->first->prev = connection;
    host->first = connection;
    buf_init(&connection->in, CONNECTION_IN_MAX_BYTES);
    buf_init(&connection->out, CONNECTION_OUT_MAX_BYTES);
    connection->later.due = on_later;
    connection->later.ctx = connection;
    link_init(&connection->link, host->loop, &events, connection);
    totals->open++;
    if (totals->open > totals->open_most)
        totals->open_most = totals->open;
    return connection;
}

void connection_accept(struct connection_host *host, uv_stream_t *listener)
{
    struct connection *connection = connection_new(host);
    struct link *link = &connection->link;
    log_event(connection, "CONNECT");
    bool failed = link_accept(link, listener) != 0;
    enum rule_accept how = RULE_ACCEPT_CLOSE;
    if (!failed)
        how = service_accept(host->service, connection->number, uv_hrtime());
    if (how == RULE_ACCEPT_USUAL && link_start(link, host->tls, host->space))
        how = RULE_ACCEPT_CLOSE;
    if (how == RULE_ACCEPT_CLOSE)
        link_drop(link);
    if (how == RULE_ACCEPT_RST)
        link_reset(link);
}

void connection_close_all(struct connection_host *host)
{
    for (struct connection *at = host->first; at; at = at->next)
        link_drop(&at->link);
}

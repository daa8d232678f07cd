/*
 * Start a query, report its outcome.
 *
 * Responsible for libcurl: handles, options, what a transfer's end means.
 * Not for retries, rate or the meaning of a reply. Each slot is an easy
 * handle with a CURLU of its own (libcurl reads it again when it connects
 * or resends: a shared one gave a row another id's answer) and buffers that
 * are reused, so a query allocates nothing of ours.
 *
 * Every send must go through the pacer, libcurl's own resends too: when a
 * kept-alive connection dies under a request, libcurl would repeat it by
 * itself. Before each send it calls on_send, which lets the first pass and
 * aborts the second; and a new connection for it is refused. Such an
 * outcome says resend, and the run decides.
 */
#include "transport.h"

#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mem.h"
#include "reply.h"
#include "transport_attempt.h"
#include "transport_socket.h"
#include "transport_staple.h"
#include "units.h"
#include "url.h"
#include "version.h"

enum {
    HEADERS_MAX_BYTES = 32 * 1024,
    INFORMATIONAL_MAX = 20,
    PATH_MAX_BYTES = 4 * QUERY_ID_MAX_BYTES,
    FIELD_BYTES = 96
};

struct slot {
    struct slot *next; /* free list */
    struct transport *owner;
    CURL *easy;
    struct query *query; /* borrowed while in flight; NULL otherwise */
    bool fresh;          /* CURLOPT_FRESH_CONNECT as set */
    bool reserved;       /* a connection, not opened yet */
    struct attempt attempt;
    size_t body_len; /* REPLY_MAX_BYTES + 1: longer */
    char body[REPLY_MAX_BYTES + 2];
    char fields[TRANSPORT_FIELDS][FIELD_BYTES];
};

struct transport {
    struct transport_settings settings; /* strings borrowed */
    struct sockets sockets;
    struct slot **slots; /* owned; made when first needed */
    unsigned n_slots;
    unsigned slots_max;
    struct slot *free;
    unsigned in_flight;
    CURLU *url;        /* of the endpoint, for all handles */
    char *prefix;      /* of all targets: see prepare_target; owned */
    struct buf target; /* scratch: the request target */
    struct curl_slist *headers;
    struct curl_slist *connect_to;
    transport_done_fn done;
    transport_turn_fn turn;
    void *ctx;
};

const char *transport_version(void)
{
    return curl_version();
}

const char *transport_loop_version(void)
{
    return uv_version_string();
}

/* CURLOPT_PREREQFUNCTION: right before each send. */
static int on_send(void *ctx, char *remote, char *local, int remote_port,
                   int local_port)
{
    (void)remote;
    (void)local;
    (void)remote_port;
    (void)local_port;
    struct slot *slot = ctx;
    slot->attempt.resend = slot->attempt.sent;
    slot->attempt.sent = true;
    return slot->attempt.resend ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static void drop_reservation(struct slot *slot)
{
    if (slot->reserved)
        sockets_unreserve(&slot->owner->sockets);
    slot->reserved = false;
}

/* CURLOPT_OPENSOCKETFUNCTION */
static curl_socket_t on_open_socket(void *ctx, curlsocktype purpose,
                                    struct curl_sockaddr *address)
{
    (void)purpose;
    struct slot *slot = ctx;
    if (slot->attempt.sent) {
        slot->attempt.resend = true;
        return CURL_SOCKET_BAD;
    }
    drop_reservation(slot);
    curl_socket_t fd = sockets_open(&slot->owner->sockets, address);
    slot->attempt.no_socket = fd == CURL_SOCKET_BAD ? errno : 0;
    return fd;
}

/* CURLOPT_WRITEFUNCTION: at most REPLY_MAX_BYTES, then the connection goes. */
static size_t on_body(char *data, size_t size, size_t count, void *ctx)
{
    struct slot *slot = ctx;
    size_t len = size * count;
    size_t room = REPLY_MAX_BYTES + 1 - slot->body_len;
    size_t take = len < room ? len : room;
    memcpy(slot->body + slot->body_len, data, take);
    slot->body_len += take;
    return slot->body_len > REPLY_MAX_BYTES ? 0 : len;
}

/* Keeps the value, len bytes behind the colon. A second field of the same
 * name makes it unreadable, as it should be. */
static void take_value(const char *at, size_t len, char value[FIELD_BYTES])
{
    const char *end = at + len;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    while (end > at && (unsigned char)end[-1] <= ' ')
        end--;
    size_t value_len = (size_t)(end - at);
    if (value[0] || value_len >= FIELD_BYTES || memchr(at, '\0', value_len)) {
        memcpy(value, "?", 2);
        return;
    }
    memcpy(value, at, value_len);
    value[value_len] = '\0';
}

static void clear_fields(struct slot *slot)
{
    for (size_t i = 0; i < TRANSPORT_FIELDS; i++)
        slot->fields[i][0] = '\0';
}

#define FIELD(string) .len = sizeof(string) - 1, .name = (string)

/* Apart from on_header, which most lines leave at once. */
__attribute__((noinline)) static void take_fields(struct slot *slot,
                                                  const char *line, size_t len)
{
    static const struct {
        size_t len;
        const char *name;
        enum transport_field field;
    } wanted[] = {
        {FIELD("date"), TRANSPORT_DATE},
        {FIELD("retry-after"), TRANSPORT_RETRY_AFTER},
        {FIELD("ratelimit"), TRANSPORT_RATELIMIT},
        {FIELD("ratelimit-policy"), TRANSPORT_RATELIMIT_POLICY},
        {FIELD("ratelimit-remaining"), TRANSPORT_REMAINING},
        {FIELD("ratelimit-reset"), TRANSPORT_RESET},
        {FIELD("x-ratelimit-remaining"), TRANSPORT_REMAINING},
        {FIELD("x-ratelimit-reset"), TRANSPORT_RESET},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        size_t name_len = wanted[i].len;
        if (len <= name_len || line[name_len] != ':' ||
            strncasecmp(line, wanted[i].name, name_len) != 0)
            continue;
        take_value(line + name_len + 1, len - name_len - 1,
                   slot->fields[wanted[i].field]);
        return;
    }
}

/* CURLOPT_HEADERFUNCTION: one line a call, the status line too. */
static size_t on_header(char *line, size_t size, size_t count, void *ctx)
{
    struct slot *slot = ctx;
    size_t len = size * count;
    int first = len > 0 ? line[0] | 0x20 : 0;
    slot->attempt.header_bytes += len;
    slot->attempt.head_ended = len > 0 && (*line == '\r' || *line == '\n');
    if (first == 'h' && len > 9 && memcmp(line, "HTTP/", 5) == 0) {
        clear_fields(slot);
        slot->attempt.informational += line[9] == '1';
        slot->attempt.overlong = slot->attempt.informational >
                                 INFORMATIONAL_MAX;
    } else if (first == 'd' || first == 'r' || first == 'x') {
        take_fields(slot, line, len);
    }
    if (slot->attempt.header_bytes > HEADERS_MAX_BYTES)
        slot->attempt.overlong = true;
    return slot->attempt.overlong ? 0 : len;
}

static void set_security(CURL *easy, const struct transport_settings *settings)
{
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /* with a CA path set libcurl would parse the CA file per connection */
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    if (settings->cacert)
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings->cacert);
    if (settings->insecure) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    } else {
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, staple_watch);
    }
    if (settings->cert) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, settings->cert);
        curl_easy_setopt(easy, CURLOPT_SSLKEY,
                         settings->key ? settings->key : settings->cert);
        curl_easy_setopt(easy, CURLOPT_KEYPASSWD, ""); /* never prompts */
    }
    if (settings->pinned_key)
        curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, settings->pinned_key);
}

static void set_protocol(CURL *easy, const struct transport *transport)
{
    const struct transport_settings *settings = &transport->settings;
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "mqstat/" MQSTAT_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transport->headers);
    if (settings->method == TRANSPORT_POST) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    }
    /* an empty proxy keeps libcurl from asking the environment */
    curl_easy_setopt(easy, CURLOPT_PROXY,
                     settings->proxy ? settings->proxy : "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, settings->proxy ? "" : "*");
    if (transport->connect_to)
        curl_easy_setopt(easy, CURLOPT_CONNECT_TO, transport->connect_to);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     (long)(settings->timeout_ns / UNITS_NS_PER_MS));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(settings->connect_timeout_ns / UNITS_NS_PER_MS));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L); /* threads, no SIGALRM */
    /* nobody waits for a resolver's thread that hangs */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static struct slot *add_slot(struct transport *transport)
{
    struct slot *slot = mem_alloc(sizeof *slot);
    slot->owner = transport;
    slot->easy = curl_easy_init();
    if (!slot->easy)
        abort(); /* OpenSSL cannot start; it did before */
    CURL *easy = slot->easy;
    curl_easy_setopt(easy, CURLOPT_CURLU, transport->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->attempt.detail);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_send);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, slot);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
    sockets_adopt(&transport->sockets, easy);
    set_protocol(easy, transport);
    set_security(easy, &transport->settings);
    transport->slots[transport->n_slots++] = slot;
    return slot;
}

/* A transfer has ended: tell, then free the slot. */
static void finish(struct slot *slot, CURLcode code)
{
    struct transport *transport = slot->owner;
    struct query *query = slot->query;
    long status = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(transport->sockets.multi, slot->easy);
    slot->body[slot->body_len] = '\0';
    struct outcome outcome = {.http_status = (int)status,
                              .body = slot->body,
                              .body_len = slot->body_len};
    attempt_judge(&slot->attempt, slot->easy, code,
                  transport->sockets.opened == 0, &outcome);
    curl_easy_getinfo(slot->easy, CURLINFO_CONTENT_TYPE, &outcome.type);
    for (size_t i = 0; i < TRANSPORT_FIELDS; i++)
        outcome.fields[i] = slot->fields[i][0] ? slot->fields[i] : NULL;
    drop_reservation(slot);
    transport->in_flight--;
    slot->query = NULL;
    transport->done(query, &outcome, transport->ctx);
    slot->next = transport->free;
    transport->free = slot;
}

/* sockets_work_fn */
static void on_work(void *ctx)
{
    struct transport *transport = ctx;
    int left = 0;
    bool any = false;
    for (;;) {
        CURLMsg *message = curl_multi_info_read(transport->sockets.multi,
                                                &left);
        if (!message)
            break;
        char *slot = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
        finish((struct slot *)(void *)slot, code);
        any = true;
    }
    if (any)
        transport->turn(transport->ctx);
}

/* A plain proxy wants the whole URL, everyone else the path. */
static void prepare_target(struct transport *transport)
{
    const struct transport_settings *settings = &transport->settings;
    char *origin = NULL;
    char *path = NULL;
    CURLU *url = curl_url();
    transport->url = url;
    if (!url || curl_url_set(url, CURLUPART_URL, settings->endpoint, 0) ||
        curl_url_get(url, CURLUPART_PATH, &path, 0) ||
        curl_url_set(url, CURLUPART_PATH, "/", 0) ||
        curl_url_get(url, CURLUPART_URL, &origin, 0))
        abort(); /* the endpoint was checked before */
    bool whole = settings->proxy && strncasecmp(origin, "http:", 5) == 0;
    origin[whole ? strlen(origin) - 1 : 0] = '\0'; /* its slash, or all */
    size_t len = strlen(path);
    while (len > 0 && path[len - 1] == '/')
        len--;
    transport->prefix = mem_printf("%s%.*s", origin, (int)len, path);
    buf_init(&transport->target, PATH_MAX_BYTES + strlen(transport->prefix));
    curl_free(origin);
    curl_free(path);
}

enum status transport_new(struct transport **transport,
                          const struct transport_settings *settings,
                          const char *authorization, unsigned slots_max,
                          uv_loop_t *loop)
{
    *transport = NULL;
    enum status status = transport_check_files(settings);
    if (status)
        return status;
    struct transport *made = mem_alloc(sizeof *made);
    made->settings = *settings;
    made->slots_max = slots_max;
    made->slots = mem_alloc(slots_max * sizeof *made->slots);
    if (sockets_init(&made->sockets, loop, on_work, made)) {
        transport_free(made);
        return diag_fail(STATUS_IO, "libcurl cannot start");
    }
    /* fewer would close connections that are needed again at once */
    curl_multi_setopt(made->sockets.multi, CURLMOPT_MAXCONNECTS,
                      (long)slots_max);
    made->headers = curl_slist_append(NULL, authorization);
    made->headers = curl_slist_append(made->headers, "Accept:");
    if (settings->method == TRANSPORT_POST)
        made->headers = curl_slist_append(made->headers, "Content-Type:");
    prepare_target(made);
    if (settings->connect_to)
        made->connect_to = curl_slist_append(NULL, settings->connect_to);
    *transport = made;
    return STATUS_OK;
}

void transport_watch(struct transport *transport, transport_done_fn done,
                     transport_turn_fn turn, void *ctx)
{
    transport->done = done;
    transport->turn = turn;
    transport->ctx = ctx;
}

/* Would a start now need a connection that is not there? */
static bool needs_connection(const struct transport *transport, bool fresh)
{
    const struct sockets *sockets = &transport->sockets;
    return fresh || transport->in_flight - sockets->reserved >= sockets->usable;
}

uint64_t transport_when(const struct transport *transport, bool fresh)
{
    return needs_connection(transport, fresh)
               ? sockets_when(&transport->sockets)
               : 0;
}

void transport_start(struct transport *transport, struct query *query,
                     uint64_t now_ns)
{
    struct slot *slot = transport->free;
    if (slot)
        transport->free = slot->next;
    else
        slot = add_slot(transport);
    slot->query = query;
    slot->attempt = (struct attempt){0};
    slot->body_len = 0;
    clear_fields(slot);
    slot->reserved = needs_connection(transport, query->fresh);
    if (slot->reserved)
        sockets_reserve(&transport->sockets, now_ns);
    transport->in_flight++;
    int failed = url_path(&transport->target, transport->prefix,
                          query->text.data, query->id_len);
    assert(!failed); /* sized for the longest id */
    (void)failed;
    curl_easy_setopt(slot->easy, CURLOPT_REQUEST_TARGET,
                     transport->target.data);
    if (slot->fresh != query->fresh)
        curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, (long)query->fresh);
    slot->fresh = query->fresh;
    CURLMcode code = curl_multi_add_handle(transport->sockets.multi,
                                           slot->easy);
    assert(code == CURLM_OK);
    (void)code;
}

unsigned transport_in_flight(const struct transport *transport)
{
    return transport->in_flight;
}

uint64_t transport_connections(const struct transport *transport)
{
    return transport->sockets.opened;
}

void transport_cancel(struct transport *transport)
{
    for (unsigned i = 0; i < transport->n_slots; i++) {
        struct slot *slot = transport->slots[i];
        if (!slot->query)
            continue;
        curl_multi_remove_handle(transport->sockets.multi, slot->easy);
        drop_reservation(slot);
        slot->query = NULL;
        transport->in_flight--;
    }
}

void transport_close(struct transport *transport)
{
    if (!transport)
        return;
    transport_cancel(transport);
    for (unsigned i = 0; i < transport->n_slots; i++)
        curl_easy_cleanup(transport->slots[i]->easy);
    sockets_close(&transport->sockets);
}

void transport_free(struct transport *transport)
{
    if (!transport)
        return;
    for (unsigned i = 0; i < transport->n_slots; i++)
        free(transport->slots[i]);
    curl_url_cleanup(transport->url);
    free(transport->prefix);
    buf_release(&transport->target);
    sockets_release(&transport->sockets);
    if (transport->headers)
        mem_wipe(transport->headers->data, strlen(transport->headers->data));
    curl_slist_free_all(transport->headers);
    curl_slist_free_all(transport->connect_to);
    free(transport->slots);
    free(transport);
    curl_global_cleanup();
}

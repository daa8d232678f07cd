/*
 * The server.
 *
 * Responsible for set-up, the one line on standard output and an end that
 * leaves nothing behind: every handle is closed, the log is written. Not for
 * requests. Only loopback addresses are served: the login is made up and the
 * log shows it.
 */
#include "sim/server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "file.h"
#include "mem.h"
#include "sim/arrival.h"
#include "sim/connection.h"
#include "sim/service.h"
#include "sim/tls.h"
#include "units.h"

enum {
    SERVER_BACKLOG = 4096,
    SERVER_SIGNALS = 4
};

struct server {
    const struct settings *settings; /* borrowed */
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_signal_t signals[SERVER_SIGNALS];
    uv_timer_t limit; /* --max-time */
    uv_poll_t parent; /* --exit-with-stdin */
    bool watches_parent;
    struct connection_host host;
};

/* Closes every handle; the loop then ends by itself. */
static void stop(struct server *server)
{
    uv_handle_t *listener = (uv_handle_t *)&server->listener;
    if (uv_is_closing(listener))
        return;
    uv_close(listener, NULL);
    uv_close((uv_handle_t *)&server->limit, NULL);
    if (server->watches_parent)
        uv_close((uv_handle_t *)&server->parent, NULL);
    for (int i = 0; i < SERVER_SIGNALS; i++)
        uv_close((uv_handle_t *)&server->signals[i], NULL);
    connection_close_all(&server->host);
    agenda_stop(&server->host.agenda);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct server *server = handle->data;
    if (number == SIGUSR1)
        arrival_flush(server->host.log);
    else
        stop(server);
}

static void on_limit(uv_timer_t *timer)
{
    stop(timer->data);
}

/* The parent has died, or closed our standard input on purpose. */
static void on_parent(uv_poll_t *poll, int status, int ready)
{
    (void)ready; /* only readability is asked for */
    char ignored[512];
    if (status < 0 || file_read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
        stop(poll->data);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct server *server = listener->data;
    if (status == 0)
        connection_accept(&server->host, listener);
}

static enum status watch_parent(struct server *server)
{
    if (!server->settings->exit_with_stdin)
        return STATUS_OK;
    if (uv_poll_init(&server->loop, &server->parent, STDIN_FILENO))
        return diag_fail(STATUS_USAGE,
                         "--exit-with-stdin wants a pipe or a terminal on "
                         "standard input");
    server->watches_parent = true;
    server->parent.data = server;
    (void)uv_poll_start(&server->parent, UV_READABLE, on_parent);
    return STATUS_OK;
}

static void start_handles(struct server *server)
{
    static const int numbers[SERVER_SIGNALS] = {SIGTERM, SIGINT, SIGHUP,
                                                SIGUSR1};
    int64_t limit_ms = server->settings->max_time_ns / UNITS_NS_PER_MS;
    /* Only memory could be missing here, as in mem_alloc. */
    (void)uv_tcp_init(&server->loop, &server->listener);
    (void)uv_timer_init(&server->loop, &server->limit);
    server->listener.data = server;
    server->limit.data = server;
    if (limit_ms > 0)
        (void)uv_timer_start(&server->limit, on_limit, (uint64_t)limit_ms, 0);
    for (int i = 0; i < SERVER_SIGNALS; i++) {
        (void)uv_signal_init(&server->loop, &server->signals[i]);
        (void)uv_signal_start(&server->signals[i], on_signal, numbers[i]);
        server->signals[i].data = server;
    }
    agenda_init(&server->host.agenda, &server->loop);
}

static bool is_loopback(const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
        return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
    }
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
    return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
}

/* Reads 127.0.0.1:PORT, localhost:PORT or [::1]:PORT. */
static int parse_address(const char *text, struct sockaddr_storage *address)
{
    char host[64];
    const char *colon = strrchr(text, ':');
    char *end;
    if (!colon || (size_t)(colon - text) >= sizeof host || !colon[1])
        return -1;
    unsigned long port = strtoul(colon + 1, &end, 10);
    if (*end || port > 65535 || colon[1] == '-' || colon[1] == '+')
        return -1;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    if (strcmp(host, "localhost") == 0)
        strcpy(host, "127.0.0.1");
    size_t len = strlen(host);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        host[len - 1] = '\0';
        return uv_ip6_addr(host + 1, (int)port, (struct sockaddr_in6 *)address);
    }
    return uv_ip4_addr(host, (int)port, (struct sockaddr_in *)address);
}

static enum status start_listening(struct server *server)
{
    const char *text = server->settings->listen;
    struct sockaddr_storage address = {0};
    if (parse_address(text, &address))
        return diag_fail(STATUS_USAGE, "--listen: `%s` is not ADDRESS:PORT",
                         text);
    if (!is_loopback(&address))
        return diag_fail(STATUS_USAGE,
                         "--listen: `%s` is not a loopback address", text);
    int failed = uv_tcp_bind(&server->listener, (struct sockaddr *)&address, 0);
    if (!failed)
        failed = uv_listen((uv_stream_t *)&server->listener, SERVER_BACKLOG,
                           on_connection);
    if (failed)
        return diag_fail(STATUS_IO, "cannot listen on %s: %s", text,
                         uv_strerror(failed));
    return STATUS_OK;
}

/* The one line that says that all is ready, and where. */
static enum status announce(struct server *server)
{
    const struct settings *settings = server->settings;
    struct sockaddr_storage address = {0};
    int size = sizeof address;
    char host[64] = "";
    (void)uv_tcp_getsockname(&server->listener, (struct sockaddr *)&address,
                             &size); /* it is bound: cannot fail */
    bool v6 = address.ss_family == AF_INET6;
    in_port_t port;
    if (v6) {
        (void)uv_ip6_name((struct sockaddr_in6 *)&address, host, sizeof host);
        port = ((struct sockaddr_in6 *)&address)->sin6_port;
    } else {
        (void)uv_ip4_name((struct sockaddr_in *)&address, host, sizeof host);
        port = ((struct sockaddr_in *)&address)->sin_port;
    }
    printf("%s://%s%s%s:%u%s\n", settings->tls.on ? "https" : "http",
           v6 ? "[" : "", host, v6 ? "]" : "", ntohs(port),
           settings->service.prefix);
    if (fflush(stdout))
        return diag_fail(STATUS_IO, "cannot write to standard output");
    return STATUS_OK;
}

/* Opens everything that the settings name, without the loop running yet. */
static enum status prepare(struct server *server)
{
    const struct settings *settings = server->settings;
    struct connection_host *host = &server->host;
    host->loop = &server->loop;
    host->log_connections = settings->log_connections;
    host->log_headers = settings->log_headers;
    if (settings->tls.on) {
        host->tls = tls_new(&settings->tls);
        if (!host->tls)
            return STATUS_USAGE;
    }
    enum status status = service_new(&host->service, &settings->service,
                                     host->tls);
    if (!status)
        status = watch_parent(server);
    if (!status)
        status = start_listening(server);
    if (status || !settings->log)
        return status;
    host->log = arrival_new(settings->log, &server->loop);
    return host->log ? STATUS_OK : STATUS_IO;
}

static void tell_totals(const struct connection_totals *totals)
{
    uint64_t others = totals->requests - totals->answered - totals->refused -
                      totals->broken;
    diag_debug("%" PRIu64 " requests: %" PRIu64 " answered, %" PRIu64
               " refused, %" PRIu64 " other, %" PRIu64 " broken; %" PRIu64
               " connections, %" PRIu64 " at once",
               totals->requests, totals->answered, totals->refused, others,
               totals->broken, totals->connections, totals->open_most);
}

/* Lets the loop run dry; nothing may be left on it. */
static enum status finish(struct server *server, enum status status)
{
    struct connection_host *host = &server->host;
    stop(server);
    (void)uv_run(&server->loop, UV_RUN_DEFAULT);
    arrival_stop(host->log);
    (void)uv_run(&server->loop, UV_RUN_DEFAULT);
    int left = uv_loop_close(&server->loop);
    assert(left == 0);
    (void)left; /* asserted */
    if (arrival_free(host->log) && !status)
        status = STATUS_IO;
    agenda_release(&host->agenda);
    service_free(host->service);
    tls_free(host->tls);
    return status;
}

enum status server_run(const struct settings *settings)
{
    struct server *server = mem_alloc(sizeof *server);
    server->settings = settings;
    int failed = uv_loop_init(&server->loop);
    if (failed) {
        free(server);
        return diag_fail(STATUS_IO, "cannot start: %s", uv_strerror(failed));
    }
    start_handles(server);
    enum status status = prepare(server);
    if (!status)
        status = announce(server);
    if (!status)
        (void)uv_run(&server->loop, UV_RUN_DEFAULT); /* until stop */
    status = finish(server, status);
    if (!status)
        tell_totals(&server->host.totals);
    free(server);
    return status;
}

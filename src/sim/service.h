/*
 * The service: what it answers to a request. Login, quota, fleet and
 * scenario come together here, and nowhere else.
 */
#ifndef MQSTAT_SIM_SERVICE_H
#define MQSTAT_SIM_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "sim/http.h"
#include "sim/rule.h"
#include "sim/span.h"
#include "sim/tls.h"

enum service_retry {
    SERVICE_RETRY_NONE,
    SERVICE_RETRY_SECONDS,
    SERVICE_RETRY_DATE
};

struct service_settings {
    const char *prefix;
    const char *user;
    const char *password_file; /* NULL: the usual password */
    double online;
    const char *online_file; /* NULL, as those below: none */
    const char *forbidden_file;
    const char *unknown_file;
    const char *scenario;
    double quota; /* negative: none */
    int quota_style;
    enum service_retry retry;
    int64_t retry_s;
    int64_t latency_ns;
    int64_t jitter_ns;
};

/* Who asks. Numbers count from 1. */
struct visit {
    uint64_t now_ns;
    uint64_t connection;
    uint64_t on_connection; /* requests on it so far, this one included */
};

/* The answer. Borrowed pointers live until the next one. */
struct verdict {
    int status;
    struct span asked; /* the percent-encoded id, or the whole target */
    bool online;
    const struct behaviour *behaviour;
    const char *date;
    const char *retry_after; /* NULL: none */
    uint64_t delay_ns;
};

struct service;

/*
 * Reads the files that settings (borrowed) name. tls is NULL or borrowed.
 * On failure says why and returns its status.
 */
enum status service_new(struct service **service,
                        const struct service_settings *settings,
                        struct tls *tls);

/* Frees it; takes NULL. */
void service_free(struct service *service);

/* Answers a request. */
void service_decide(struct service *service, const struct http_request *request,
                    const struct visit *visit, struct verdict *verdict);

/* Answers what is no request: 400 or 431. */
void service_reject(struct service *service, int status,
                    struct verdict *verdict);

/* What becomes of a new connection. */
enum rule_accept service_accept(struct service *service, uint64_t connection,
                                uint64_t now_ns);

#endif

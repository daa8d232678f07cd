/*
 * Inside transport: one attempt's facts and what its end means. Only
 * transport.c and transport_attempt.c include this.
 */
#ifndef MQSTAT_TRANSPORT_ATTEMPT_H
#define MQSTAT_TRANSPORT_ATTEMPT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "query.h"

struct attempt {
    bool sent;       /* the request has left */
    bool overlong;   /* more headers or 1xx than anyone needs */
    bool head_ended; /* with its empty line */
    int no_socket;   /* errno, when none could be made; 0 */
    size_t header_bytes;
    char detail[CURL_ERROR_SIZE]; /* in libcurl's words */
};

/*
 * A kept connection died before a byte of the answer, and libcurl did not
 * even try again (it counts resends for the handle's whole life, and not
 * after every kind of end).
 */
bool attempt_died_unanswered(const struct attempt *attempt, CURL *easy,
                             CURLcode code);

/* The error code that a transfer's end stands for; ANSWERED: a whole reply. */
enum query_error attempt_error(const struct attempt *attempt, CURL *easy,
                               CURLcode code);

/* Has this machine no descriptor, port or memory left for a connection? */
bool attempt_is_crowded(const struct attempt *attempt, CURL *easy);

/*
 * Does asking again help nobody? The server is not trusted, the proxy wants
 * a login, or there is no such name. libcurl does not tell this from a
 * resolver that fails, so it is looked up once more, which takes as long as
 * the resolver does: only for a run that has not reached anybody yet.
 */
bool attempt_is_mistake(const struct attempt *attempt, enum query_error error,
                        bool never_reached);

#endif

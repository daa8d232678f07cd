/*
 * Inside transport: one attempt's facts and what its end means. Only
 * transport.c and transport_attempt.c include this.
 */
#ifndef MQSTAT_TRANSPORT_ATTEMPT_H
#define MQSTAT_TRANSPORT_ATTEMPT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "transport.h"

struct attempt {
    bool sent;         /* the request has left */
    bool resend;       /* libcurl wanted to send it again */
    bool overlong;     /* more headers or 1xx than anyone needs */
    bool head_ended;   /* with its empty line */
    int informational; /* 1xx so far */
    int no_socket;     /* errno, when none could be made; 0 */
    size_t header_bytes;
    char detail[CURL_ERROR_SIZE]; /* in libcurl's words */
};

/*
 * Fills in what the end of the transfer means: error, resend, crowded,
 * mistake and detail. never_reached: the run has not reached anybody yet.
 */
void attempt_judge(const struct attempt *attempt, CURL *easy, CURLcode code,
                   bool never_reached, struct outcome *outcome);

#endif

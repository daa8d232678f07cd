/*
 * What a reply means. An answer is a 200 whose body is one JSON object with
 * exactly one member `online` that is a real boolean; other members are
 * allowed, nothing may follow. Everything else is an error code, never
 * "offline".
 */
#ifndef MQSTAT_REPLY_H
#define MQSTAT_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "query.h"

enum {
    REPLY_MAX_BYTES = 4096
};

/*
 * Reads a reply; body must be NUL-terminated at len. Returns the error
 * code; for QUERY_ANSWERED *online is set. missing_is_offline maps a 404 that
 * is no HTML page to an answer (--not-found offline).
 */
enum query_error reply_read(int http_status, const char *body, size_t len,
                            bool missing_is_offline, bool *online);

#endif

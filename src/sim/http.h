/*
 * HTTP/1.x request heads (RFC 9112): one head from the front of the bytes
 * that a connection has read so far.
 */
#ifndef MQSTAT_SIM_HTTP_H
#define MQSTAT_SIM_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "sim/span.h"

enum {
    HTTP_HEAD_MAX_BYTES = 262144
};

enum http_result {
    HTTP_MORE, /* the head is not complete yet */
    HTTP_DONE,
    HTTP_BAD,     /* no request: 400 */
    HTTP_TOO_LONG /* over HTTP_HEAD_MAX_BYTES: 431 */
};

/* A request head; spans point into the bytes that were parsed. */
struct http_request {
    size_t head_len; /* with blank lines before and the empty line behind */
    struct span method;
    struct span target;
    struct span authorization; /* data NULL: absent */
    bool keep_alive;
    bool minor_0; /* HTTP/1.0 */
    bool has_length;
    uint64_t body_len;
};

/*
 * Parses the head at the front of data. *scanned holds how far earlier
 * calls have looked for the end; start with 0, and again after HTTP_DONE.
 * Folded lines, chunked bodies and contradicting lengths are HTTP_BAD; a
 * bare line feed ends a line as well.
 */
enum http_result http_parse(struct http_request *request, struct span data,
                            size_t *scanned);

/*
 * Finds the percent-encoded client id in a target of the form
 * PREFIX/client-id/ID/status; a scheme and authority before it are skipped.
 * Returns false when the target is another.
 */
bool http_client_id(struct span target, struct span prefix, struct span *id);

/* Appends text with %XX undone; -1 when a % stands for nothing. */
int http_percent_decode(struct buf *out, struct span text);

/* The usual phrase behind a status. */
const char *http_phrase(int status);

#endif

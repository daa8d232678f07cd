/*
 * The bytes of a response, true or lying.
 */
#ifndef MQSTAT_SIM_RESPONSE_H
#define MQSTAT_SIM_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "sim/rule.h"

/* What the service wants to say. Texts are borrowed. */
struct response {
    int status;
    bool online;             /* for 200 */
    bool keep_alive;         /* the connection stays open afterwards */
    bool minor_0;            /* the request was HTTP/1.0 */
    const char *date;        /* IMF-fixdate */
    const char *retry_after; /* NULL: absent */
};

/*
 * Appends the response to out, changed by behaviour; *body_at is where its
 * body begins. Returns -1 when out's maximum is passed.
 */
int response_write(struct buf *out, const struct response *response,
                   const struct behaviour *behaviour, size_t *body_at);

/* The status in the first line of bytes that go out, 0 when there is none. */
int response_status(const struct buf *out);

#endif

/*
 * The record that flows through everything: one input row on its way to
 * one result row. Input fills it, the window's slot holds it, transport
 * borrows it, output reads it, the slot is reused. It is never copied.
 */
#ifndef MQSTAT_QUERY_H
#define MQSTAT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum {
    QUERY_ID_MAX_BYTES = 65535,        /* MQTT 5.0 section 1.5.4 */
    QUERY_TEXT_MAX_BYTES = 8 * 1048576 /* a row of 1 MiB, worst case U+FFFD */
};

/* The closed set of error codes (contract.md 2); names never change. */
enum query_error {
    QUERY_ANSWERED, /* no error: online says */
    QUERY_RATE_LIMITED,
    QUERY_UNAUTHORIZED,
    QUERY_FORBIDDEN,
    QUERY_NOT_FOUND,
    QUERY_HTTP_ERROR,
    QUERY_SERVER_ERROR,
    QUERY_TIMEOUT,
    QUERY_DNS_FAILED,
    QUERY_CONNECT_FAILED,
    QUERY_TLS_FAILED,
    QUERY_CONNECTION_LOST,
    QUERY_BAD_RESPONSE,
    QUERY_BAD_CLIENT_ID,
    QUERY_BAD_ROW,
    QUERY_NOT_ATTEMPTED,
    QUERY_ERROR_COUNT
};

enum query_state {
    QUERY_FREE,
    QUERY_READY,     /* pulled, not sent yet */
    QUERY_COPY,      /* waits for an equal id that is being asked */
    QUERY_IN_FLIGHT, /* borrowed by transport */
    QUERY_WAITING,   /* for its next attempt; holds no connection */
    QUERY_DONE       /* the result stands; waits to be written */
};

/* A kept cell: text, or a JSON value to be repeated verbatim. */
enum query_cell {
    QUERY_CELL_TEXT,
    QUERY_CELL_JSON /* number, true, false, null, object or array */
};

/* What an earlier run found of the id. */
enum query_previous {
    QUERY_WAS_UNKNOWN, /* no answer, or it was not there */
    QUERY_WAS_OFFLINE,
    QUERY_WAS_ONLINE
};

/* What became of it since. */
enum query_change {
    QUERY_CHANGE_UNKNOWN, /* then or now without an answer */
    QUERY_SAME,
    QUERY_CAME_ONLINE,
    QUERY_WENT_OFFLINE,
    QUERY_CHANGE_COUNT
};

struct query {
    struct query *next;    /* window: order or free list */
    struct query *copies;  /* answers: rows that wait for this one's answer */
    struct query *suspect; /* run: the next row whose failure may not be its */

    /* The row. */
    uint64_t line;   /* where it starts in its file, from 1 */
    struct buf text; /* the id, then the kept cells; see query_cell_next */
    size_t id_len;
    uint32_t answer; /* answers: index of the id's entry */

    enum query_previous previous;

    /* The way. */
    enum query_state state;
    bool fresh;          /* the next attempt wants a new connection */
    bool recalled;       /* output: an earlier run has written the row */
    uint32_t tries;      /* failed ones; without 429s and resends */
    uint32_t refusals;   /* 429s */
    uint32_t tag;        /* adapt: send window of the attempt */
    uint64_t started_ns; /* monotonic, of the attempt */

    /* The result (contract.md, output columns). */
    enum query_error error;
    bool online;
    uint16_t http_status; /* 0: none came */
    uint32_t attempts;
    int64_t latency_ns; /* of a whole reply; -1: none; written for answers */
    int64_t checked_ms; /* since the epoch; 0: nothing was sent */
};

/* The code's name in result rows: "" for QUERY_ANSWERED. */
const char *query_error_name(enum query_error error);

/* The code of a name of len bytes; QUERY_ERROR_COUNT when there is none. */
enum query_error query_error_find(const char *name, size_t len);

/* What became of the id of a row that is done; its name in result rows. */
enum query_change query_change(const struct query *query);
const char *query_change_name(enum query_change change);

/* Does a row that is done repeat an equal id's answer? */
bool query_is_copy(const struct query *query);

/* Does asking again in a later run help? (contract.md 2, last column) */
bool query_error_retryable(enum query_error error);

/* Makes a zeroed query ready for first use. */
void query_init(struct query *query);

/* Frees what the query owns. */
void query_release(struct query *query);

/* Empties the query for the next row; keeps its memory. */
void query_reset(struct query *query);

/* Sets the id, before any cell is added. Copies; -1 when too long. */
int query_set_id(struct query *query, const char *id, size_t len);

/* Adds the next kept cell. Copies; -1 when the row is too long. */
int query_add_cell(struct query *query, enum query_cell kind, const char *text,
                   size_t len);

/*
 * Walks the kept cells: start with *at = 0; returns false after the last.
 * *text is borrowed until the query changes. A TEXT cell may be empty.
 */
bool query_cell_next(const struct query *query, size_t *at,
                     enum query_cell *kind, const char **text, size_t *len);

/* The row ends without a query: bad_row, bad_client_id, not_attempted. */
void query_fail(struct query *query, enum query_error error);

#endif

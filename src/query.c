/*
 * The record that flows through everything.
 *
 * Responsible for the row's text layout and the names of the error codes.
 * Layout of text: the id's bytes, then for each kept cell one kind byte, the
 * length (size_t, unaligned) and the bytes.
 */
#include "query.h"

#include <assert.h>
#include <string.h>

#include "mem.h"

static const struct {
    const char *name;
    bool retryable;
} errors[QUERY_ERROR_COUNT] = {
    [QUERY_ANSWERED] = {"", false},
    [QUERY_RATE_LIMITED] = {"rate_limited", true},
    [QUERY_UNAUTHORIZED] = {"unauthorized", false},
    [QUERY_FORBIDDEN] = {"forbidden", false},
    [QUERY_NOT_FOUND] = {"not_found", false},
    [QUERY_HTTP_ERROR] = {"http_error", false},
    [QUERY_SERVER_ERROR] = {"server_error", true},
    [QUERY_TIMEOUT] = {"timeout", true},
    [QUERY_DNS_FAILED] = {"dns_failed", true},
    [QUERY_CONNECT_FAILED] = {"connect_failed", true},
    [QUERY_TLS_FAILED] = {"tls_failed", false},
    [QUERY_CONNECTION_LOST] = {"connection_lost", true},
    [QUERY_BAD_RESPONSE] = {"bad_response", false},
    [QUERY_BAD_CLIENT_ID] = {"bad_client_id", false},
    [QUERY_BAD_ROW] = {"bad_row", false},
    [QUERY_NOT_ATTEMPTED] = {"not_attempted", true},
};

const char *query_error_name(enum query_error error)
{
    assert(error < QUERY_ERROR_COUNT);
    return errors[error].name;
}

enum query_error query_error_find(const char *name, size_t len)
{
    enum query_error error = QUERY_ANSWERED;
    while (error < QUERY_ERROR_COUNT && !mem_is(name, len, errors[error].name))
        error++;
    return error;
}

bool query_error_retryable(enum query_error error)
{
    assert(error < QUERY_ERROR_COUNT);
    return errors[error].retryable;
}

/* Nothing was sent for this row, yet something was checked. */
bool query_is_copy(const struct query *query)
{
    return query->attempts == 0 && query->checked_ms > 0;
}

void query_init(struct query *query)
{
    *query = (struct query){0};
    buf_init(&query->text, QUERY_TEXT_MAX_BYTES);
    query_reset(query);
}

void query_release(struct query *query)
{
    buf_release(&query->text);
}

void query_reset(struct query *query)
{
    struct buf text = query->text;
    buf_clear(&text);
    *query = (struct query){.text = text, .latency_ns = -1};
}

int query_set_id(struct query *query, const char *id, size_t len)
{
    buf_clear(&query->text);
    query->id_len = 0;
    if (buf_append(&query->text, id, len))
        return -1;
    query->id_len = len;
    return 0;
}

int query_add_cell(struct query *query, enum query_cell kind, const char *text,
                   size_t len)
{
    size_t before = query->text.len;
    if (buf_putc(&query->text, (char)kind) == 0 &&
        buf_append(&query->text, &len, sizeof len) == 0 &&
        buf_append(&query->text, text, len) == 0)
        return 0;
    query->text.len = before;
    return -1;
}

bool query_cell_next(const struct query *query, size_t *at,
                     enum query_cell *kind, const char **text, size_t *len)
{
    size_t offset = *at > 0 ? *at : query->id_len;
    if (offset >= query->text.len)
        return false;
    const char *cell = query->text.data + offset;
    *kind = (enum query_cell)cell[0];
    memcpy(len, cell + 1, sizeof *len);
    *text = cell + 1 + sizeof *len;
    *at = offset + 1 + sizeof *len + *len;
    return true;
}

void query_fail(struct query *query, enum query_error error)
{
    query->state = QUERY_DONE;
    query->error = error;
}

enum query_change query_change(const struct query *query)
{
    if (query->error != QUERY_ANSWERED || query->previous == QUERY_WAS_UNKNOWN)
        return QUERY_CHANGE_UNKNOWN;
    if (query->online == (query->previous == QUERY_WAS_ONLINE))
        return QUERY_SAME;
    return query->online ? QUERY_CAME_ONLINE : QUERY_WENT_OFFLINE;
}

const char *query_change_name(enum query_change change)
{
    static const char *const names[QUERY_CHANGE_COUNT] = {
        [QUERY_CHANGE_UNKNOWN] = "unknown",
        [QUERY_SAME] = "same",
        [QUERY_CAME_ONLINE] = "came_online",
        [QUERY_WENT_OFFLINE] = "went_offline",
    };
    return names[change];
}

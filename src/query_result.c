/*
 * A result read back from its cells.
 *
 * Responsible for refusing what no run writes: a status that is no answer's
 * on an answered row, an answer beside an error, a date that does not
 * exist. Not for finding the cells in a row. The invariant: what was read
 * is written again as the same bytes, but for leading zeros.
 */
#include "query_result.h"

#include <string.h>

#include "mem.h"
#include "units.h"

enum {
    STATUS_MOST = 999,
    FRACTION_DIGITS = 3 /* of latency_ms: microseconds */
};

/* Reads a number that may be missing and is at most `most`. */
static int read_count(const struct query_text *cell, uint64_t most,
                      uint64_t *count)
{
    *count = 0;
    if (cell->len == 0)
        return 0;
    return units_parse_digits(cell->text, cell->len, most, count);
}

/* 12.346 is 12,346,000 ns. */
static int read_latency(const struct query_text *cell, int64_t *ns)
{
    uint64_t ms;
    uint64_t us;
    *ns = -1;
    if (cell->len == 0)
        return 0;
    const char *point = memchr(cell->text, '.', cell->len);
    if (!point || cell->text + cell->len - point != 1 + FRACTION_DIGITS ||
        units_parse_digits(cell->text, (size_t)(point - cell->text), UINT32_MAX,
                           &ms) ||
        units_parse_digits(point + 1, FRACTION_DIGITS, 999, &us))
        return -1;
    *ns = (int64_t)(ms * 1000 + us) * 1000;
    return 0;
}

/* Reads what became of the row: an answer or an error. */
static int read_outcome(const struct query_text *cells, struct query *result)
{
    const struct query_text *online = &cells[QUERY_RESULT_ONLINE];
    const struct query_text *error = &cells[QUERY_RESULT_ERROR];
    result->online = mem_is(online->text, online->len, "true");
    result->error = query_error_find(error->text, error->len);
    if (result->error == QUERY_ERROR_COUNT)
        return -1;
    if (result->error != QUERY_ANSWERED)
        return online->len == 0 ? 0 : -1;
    bool offline = mem_is(online->text, online->len, "false");
    return result->online || offline ? 0 : -1;
}

/* Can an answered row have this status? (404: --not-found offline) */
static bool is_answer(const struct query *result)
{
    return result->http_status == 200 ||
           (result->http_status == 404 && !result->online);
}

int query_result_read(struct query *query,
                      const struct query_text cells[QUERY_RESULT_CELLS])
{
    struct query result = *query;
    uint64_t status;
    uint64_t attempts;
    const struct query_text *time = &cells[QUERY_RESULT_CHECKED_AT];
    result.checked_ms = 0;
    if (read_outcome(cells, &result) ||
        read_count(&cells[QUERY_RESULT_HTTP_STATUS], STATUS_MOST, &status) ||
        cells[QUERY_RESULT_ATTEMPTS].len == 0 ||
        read_count(&cells[QUERY_RESULT_ATTEMPTS], UINT32_MAX, &attempts) ||
        read_latency(&cells[QUERY_RESULT_LATENCY_MS], &result.latency_ns) ||
        (time->len > 0 &&
         units_parse_time(time->text, time->len, &result.checked_ms)))
        return -1;
    result.http_status = (uint16_t)status;
    result.attempts = (uint32_t)attempts;
    bool answered = result.error == QUERY_ANSWERED;
    if (answered ? !is_answer(&result) : result.latency_ns >= 0)
        return -1;
    result.state = QUERY_DONE;
    *query = result;
    return 0;
}

/*
 * Conditions on the counts of a run.
 *
 * Responsible for reading and judging them; does not count (see stats.c)
 * and does not decide what follows. Worked example: "offline>5%" of 1,000
 * rows, 50 of them offline, does not hold; with 51 it does.
 */
#include "fail_if.h"

#include <string.h>

#include "mem.h"
#include "query.h"
#include "units.h"

/* Behind the error codes, which stand for themselves. */
enum subject {
    ONLINE = QUERY_ERROR_COUNT,
    OFFLINE,
    ERROR,
    CHANGED,
    CAME_ONLINE,
    WENT_OFFLINE,
    SUBJECTS
};

static const char *const words[SUBJECTS - QUERY_ERROR_COUNT] = {
    "online", "offline", "error", "changed", "came_online", "went_offline",
};

enum {
    NUMBER_BYTES = 24
};

static const char *subject_name(int subject)
{
    if (subject >= QUERY_ERROR_COUNT)
        return words[subject - QUERY_ERROR_COUNT];
    return query_error_name((enum query_error)subject);
}

static int find_subject(const char *name, size_t len)
{
    for (int i = QUERY_ANSWERED + 1; i < SUBJECTS; i++) {
        if (mem_is(name, len, subject_name(i)))
            return i;
    }
    return -1;
}

/* Reads digits with a point, then perhaps a percent sign. */
static int read_limit(const char *text, size_t len, struct fail_if *condition)
{
    char number[NUMBER_BYTES] = "";
    uint64_t count;
    condition->share = len > 0 && text[len - 1] == '%';
    if (condition->share)
        return units_parse_percent(text, len - 1, &condition->limit);
    if (len >= sizeof number || strspn(text, "0123456789kM") < len)
        return -1;
    memcpy(number, text, len);
    if (units_parse_count(number, &count))
        return -1;
    condition->limit = (double)count;
    return 0;
}

int fail_if_next(const char **text, struct fail_if *condition)
{
    const char *at = *text;
    if (!*at)
        return 0;
    size_t len = strcspn(at, ",");
    size_t name_len = strcspn(at, "<>,");
    const char *limit = at + name_len + 1;
    if (name_len == len)
        return -1;
    condition->text = at;
    condition->len = len;
    condition->subject = find_subject(at, name_len);
    condition->below = at[name_len] == '<';
    condition->equal = *limit == '=';
    limit += condition->equal;
    if (condition->subject < 0 ||
        read_limit(limit, (size_t)(at + len - limit), condition))
        return -1;
    *text = at + len + (at[len] == ',');
    if (at[len] == ',' && !**text)
        return -1; /* a comma at the end */
    return 1;
}

bool fail_if_valid(const char *text)
{
    struct fail_if condition;
    int got = *text ? 1 : -1;
    while (got > 0)
        got = fail_if_next(&text, &condition);
    return got == 0;
}

bool fail_if_compares(const char *text)
{
    struct fail_if condition;
    while (text && fail_if_next(&text, &condition) > 0) {
        if (condition.subject >= CHANGED)
            return true;
    }
    return false;
}

uint64_t fail_if_count(const struct fail_if *condition,
                       const struct stats *stats)
{
    const uint64_t counts[] = {
        stats->online,
        stats->offline,
        stats_failed_rows(stats),
        stats_changed_rows(stats),
        stats->changes[QUERY_CAME_ONLINE],
        stats->changes[QUERY_WENT_OFFLINE],
    };
    int subject = condition->subject;
    return subject < QUERY_ERROR_COUNT ? stats->errors[subject]
                                       : counts[subject - QUERY_ERROR_COUNT];
}

bool fail_if_holds(const struct fail_if *condition, const struct stats *stats)
{
    double count = (double)fail_if_count(condition, stats);
    double limit = condition->limit;
    if (condition->share && stats->rows > 0)
        limit *= (double)stats->rows / 100;
    if (condition->equal)
        return condition->below ? count <= limit : count >= limit;
    return condition->below ? count < limit : count > limit;
}

bool fail_if_any(const char *text, const struct stats *stats)
{
    struct fail_if condition;
    bool holds = false;
    while (text && fail_if_next(&text, &condition) > 0)
        holds = holds || fail_if_holds(&condition, stats);
    return holds;
}

void fail_if_expect(struct buf *text)
{
    (void)buf_puts(text, "is not a condition: give a name, one of < <= > >=, "
                         "and a count or a percentage, like offline>5% or "
                         "error>0,online<90%; names: ");
    for (int i = 0; i < SUBJECTS - 1; i++) /* those in words first */
        (void)buf_printf(
            text, "%s%s", i > 0 ? ", " : "",
            subject_name((i + QUERY_ERROR_COUNT - 1) % (SUBJECTS - 1) + 1));
}

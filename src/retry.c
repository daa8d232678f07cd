/*
 * Which outcomes are asked again, when, and who waits for it.
 *
 * Responsible for rows; whether the run as a whole may go on is gate's, how
 * fast is adapt's. Two budgets: a 429 was surely not executed and may be
 * repeated without limit (the rate pays); everything else has a number of
 * tries a row and a bucket for the run: +budget a success, -1 a retry, full
 * at the start. So a service that fails for everybody costs at most
 * budget x rows + max(50, 2 s of rate) extra requests.
 */
#include "retry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mem.h"

static const double BASE_S = 0.2;
static const double CAP_S = 10;
static const double REFUSED_BASE_S = 0.1;
static const double REFUSED_CAP_S = 20;
static const double CEILING_REQUESTS = 50;
static const double CEILING_S = 2;

void retry_init(struct retry *retry, const struct retry_settings *settings,
                double rate_per_s)
{
    *retry = (struct retry){.settings = *settings};
    retry->ceiling = fmax(CEILING_REQUESTS, CEILING_S * rate_per_s);
    retry->tokens = retry->ceiling;
}

void retry_release(struct retry *retry)
{
    free(retry->heap);
    *retry = (struct retry){0};
}

void retry_succeeded(struct retry *retry)
{
    retry->tokens = fmin(retry->ceiling,
                         retry->tokens + retry->settings.budget);
}

/* Full jitter: uniform in [0, min(cap, base * 2^(n-1))). */
static double backoff_s(double base_s, double cap_s, uint32_t n, double random)
{
    return random * fmin(cap_s, ldexp(base_s, (int)(n < 32 ? n : 32) - 1));
}

static struct retry_decision later(double delay_s,
                                   const struct retry_case *what)
{
    double delay_ns = delay_s * 1e9;
    if (what->wait_ns >= 0) /* up to 10 % on top, never below the value */
        delay_ns = fmax(delay_ns,
                        (double)what->wait_ns * (1 + 0.1 * what->random));
    return (struct retry_decision){RETRY_LATER, (uint64_t)delay_ns};
}

struct retry_decision retry_decide(struct retry *retry,
                                   const struct retry_case *what)
{
    if (what->resend)
        return (struct retry_decision){RETRY_FRESH, 0};
    if (what->error == QUERY_RATE_LIMITED)
        return later(backoff_s(REFUSED_BASE_S, REFUSED_CAP_S, what->refusals,
                               what->random),
                     what);
    bool may_pass = query_error_retryable(what->error) &&
                    what->error != QUERY_NOT_ATTEMPTED;
    if (!may_pass || what->tries > retry->settings.retries || retry->tokens < 1)
        return (struct retry_decision){RETRY_DONE, 0};
    retry->tokens -= 1;
    return later(backoff_s(BASE_S, CAP_S, what->tries, what->random), what);
}

static void swap(struct retry_waiter *a, struct retry_waiter *b)
{
    struct retry_waiter kept = *a;
    *a = *b;
    *b = kept;
}

void retry_park(struct retry *retry, struct query *query, uint64_t due_ns)
{
    if (retry->count == retry->cap) {
        retry->cap = retry->cap > 0 ? 2 * retry->cap : 64;
        retry->heap = mem_realloc(retry->heap,
                                  retry->cap * sizeof *retry->heap);
    }
    struct retry_waiter *heap = retry->heap;
    size_t at = retry->count++;
    heap[at] = (struct retry_waiter){due_ns, query};
    while (at > 0 && heap[(at - 1) / 2].due_ns > heap[at].due_ns) {
        swap(&heap[(at - 1) / 2], &heap[at]);
        at = (at - 1) / 2;
    }
}

uint64_t retry_when(const struct retry *retry)
{
    return retry->count > 0 ? retry->heap[0].due_ns : UINT64_MAX;
}

struct query *retry_first(const struct retry *retry)
{
    return retry->count > 0 ? retry->heap[0].query : NULL;
}

struct query *retry_take(struct retry *retry)
{
    if (retry->count == 0)
        return NULL;
    struct retry_waiter *heap = retry->heap;
    struct query *query = heap[0].query;
    heap[0] = heap[--retry->count];
    for (size_t at = 0;;) {
        size_t least = 2 * at + 1;
        if (least >= retry->count)
            return query;
        if (least + 1 < retry->count &&
            heap[least + 1].due_ns < heap[least].due_ns)
            least++;
        if (heap[at].due_ns <= heap[least].due_ns)
            return query;
        swap(&heap[at], &heap[least]);
        at = least;
    }
}

/* Seconds since the epoch of an HTTP-date; -1 when it is none. */
static int64_t parse_date(const char *text)
{
    static const char *const forms[] = {
        "%a, %d %b %Y %H:%M:%S GMT", /* IMF-fixdate */
        "%A, %d-%b-%y %H:%M:%S GMT", /* RFC 850 */
        "%a %b %d %H:%M:%S %Y",      /* asctime */
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm tm = {0};
        const char *end = strptime(text, forms[i], &tm);
        if (end && !*end)
            return timegm(&tm);
    }
    return -1;
}

int64_t retry_after_parse(const char *value, const char *date, int64_t wall_s)
{
    static const int64_t most_s = INT64_C(1000000000); /* 31 years */
    if (!value || !*value)
        return -1;
    int64_t seconds;
    if (!value[strspn(value, "0123456789")]) {
        seconds = strtoll(value, NULL, 10); /* saturates */
    } else {
        int64_t until = parse_date(value); /* -1: long past */
        int64_t server_s = date ? parse_date(date) : -1;
        seconds = until - (server_s >= 0 ? server_s : wall_s);
    }
    if (seconds < 0)
        return -1;
    return (seconds < most_s ? seconds : most_s) * INT64_C(1000000000);
}

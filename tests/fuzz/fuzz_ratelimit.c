/*
 * RateLimit fields: whatever they say, a hint is a finite rate for a bounded
 * time, made of numbers that stand in the field; and what a sound service
 * writes is understood.
 */
#include <math.h>

#include "fuzz.h"
#include "ratelimit.h"

enum {
    FIELD_MAX_BYTES = 512
};

static void check(const struct ratelimit *limit, bool policy)
{
    FUZZ_CHECK(isfinite(limit->per_s) && limit->per_s >= 0 &&
               limit->per_s <= 1e9);
    if (policy)
        FUZZ_CHECK(limit->for_ns == UINT64_MAX);
    else
        FUZZ_CHECK(limit->for_ns >= UINT64_C(1000000000) &&
                   limit->for_ns <= UINT64_C(3600000000000));
}

/* A field as it is meant to be, with words of a stranger around it. */
static void check_sound(const char *word, unsigned requests, unsigned seconds)
{
    char field[FIELD_MAX_BYTES + 64];
    struct ratelimit limit;
    if (strpbrk(word, "\"\\"))
        return;
    (void)snprintf(field, sizeof field, "\"%s\";r=%u;t=%u", word, requests,
                   seconds);
    FUZZ_CHECK(ratelimit_read(field, &limit));
    FUZZ_CHECK(fabs(limit.per_s - (double)requests / seconds) < 1e-9);
    (void)snprintf(field, sizeof field, "\"%s\";w=%u;q=%u, \"b\";q=1;w=1", word,
                   seconds, requests);
    FUZZ_CHECK(ratelimit_read_policy(field, &limit));
    FUZZ_CHECK(fabs(limit.per_s - (double)requests / seconds) < 1e-9);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {data, size};
    struct ratelimit limit;
    unsigned requests = fuzz_byte(&fuzz) * 256 + fuzz_byte(&fuzz);
    unsigned seconds = fuzz_byte(&fuzz) % 200 + 1;
    char field[FIELD_MAX_BYTES];
    if (fuzz.left >= sizeof field)
        return 0;
    memcpy(field, fuzz.at, fuzz.left);
    field[fuzz.left] = '\0';
    if (ratelimit_read(field, &limit)) {
        check(&limit, false);
        FUZZ_CHECK(strstr(field, "r=") && strstr(field, "t="));
    }
    if (ratelimit_read_policy(field, &limit)) {
        check(&limit, true);
        FUZZ_CHECK(strstr(field, "q=") && strstr(field, "w="));
    }
    char *second = strchr(field, '\n');
    if (second)
        *second++ = '\0';
    if (ratelimit_read_pair(field, second, &limit)) {
        check(&limit, false);
        FUZZ_CHECK(field[0] >= '0' && field[0] <= '9');
    }
    check_sound(field, requests, seconds);
    return 0;
}

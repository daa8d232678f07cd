/*
 * What RateLimit fields say (draft-ietf-httpapi-ratelimit-headers, its
 * earlier forms, and X-RateLimit-*). A hint only: it may lower the rate and
 * never raise it, and what is malformed says nothing.
 */
#ifndef MQSTAT_RATELIMIT_H
#define MQSTAT_RATELIMIT_H

#include <stdbool.h>
#include <stdint.h>

struct ratelimit {
    double per_s;
    uint64_t for_ns; /* UINT64_MAX: as long as the run lasts */
};

/*
 * `"default";r=50;t=30`: 50 more requests within 30 s. False when the text
 * (NULL: absent) does not say so.
 */
bool ratelimit_read(const char *field, struct ratelimit *limit);

/* `"default";q=100;w=60`: 100 requests in each 60 s. */
bool ratelimit_read_policy(const char *field, struct ratelimit *limit);

/* The older pair: so many remain, until so many seconds have passed. */
bool ratelimit_read_pair(const char *remaining, const char *reset,
                         struct ratelimit *limit);

#endif

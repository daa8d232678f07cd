/*
 * The service's flow control: how many requests it admits, in one of the
 * styles that are seen in the wild. Time is passed in; it must not run
 * backwards.
 */
#ifndef MQSTAT_SIM_QUOTA_H
#define MQSTAT_SIM_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    QUOTA_GATEWAYS = 4
};

enum quota_style {
    QUOTA_FIXED,    /* windows of 1 s, on whole seconds of the clock */
    QUOTA_TOKEN,    /* token bucket, burst of 1 s */
    QUOTA_TOKEN01,  /* token bucket, burst of 0.1 s */
    QUOTA_SLIDE,    /* at most N admitted in any second */
    QUOTA_SLIDEALL, /* as slide, and refused requests count too */
    QUOTA_STRICT,   /* token bucket, burst of 10 ms */
    QUOTA_SHARD4    /* four gateways by chance, fixed windows of N/4 */
};

/* The styles' names in enum order, NULL at the end. */
extern const char *const quota_styles[];

struct quota {
    enum quota_style style;
    double per_s; /* negative: no limit */
    double tokens;
    uint64_t refilled_ns;
    bool started;
    uint64_t window[QUOTA_GATEWAYS];
    double count[QUOTA_GATEWAYS];
    uint64_t *log_ns; /* ring of the last period's requests */
    size_t log_first;
    size_t log_len;
    size_t log_cap;
    uint64_t drawn; /* how often chance was asked */
};

/* per_s may have a fraction; 0 refuses everything, negative nothing. */
void quota_init(struct quota *quota, enum quota_style style, double per_s);
void quota_release(struct quota *quota);

/* From now on per_s; what was admitted before still counts. */
void quota_change(struct quota *quota, double per_s);

/* Is the request that arrives at now_ns admitted? Counts it. */
bool quota_admit(struct quota *quota, uint64_t now_ns);

#endif

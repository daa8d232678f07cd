/*
 * The service's flow control.
 *
 * Responsible for admitting or refusing; a pure function of its state, the
 * rate and the time that is passed in. Rates below 1/s stretch the window
 * (fixed, slide) to the 1/rate seconds that one request needs: at 0.5/s one
 * request is admitted in every 2 s.
 */
#include "sim/quota.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "sim/chance.h"

static const double ns_per_s = 1e9;

const char *const quota_styles[] = {
    "fixed", "token", "token.1", "slide", "slideall", "strict", "shard4", NULL,
};

void quota_init(struct quota *quota, enum quota_style style, double per_s)
{
    *quota = (struct quota){.style = style, .per_s = per_s};
}

void quota_release(struct quota *quota)
{
    free(quota->log_ns);
    *quota = (struct quota){.log_ns = NULL};
}

void quota_change(struct quota *quota, double per_s)
{
    quota->per_s = per_s;
}

/* The window's length: a second, or what one request needs. */
static uint64_t period_ns(const struct quota *quota)
{
    return (uint64_t)(ns_per_s / fmin(1, quota->per_s));
}

static double burst(const struct quota *quota)
{
    switch (quota->style) {
    case QUOTA_TOKEN:
        return fmax(1, quota->per_s);
    case QUOTA_TOKEN01:
        return fmax(1, quota->per_s * 0.1);
    default:
        return fmax(1, quota->per_s * 0.01);
    }
}

static bool admit_token(struct quota *quota, uint64_t now_ns)
{
    double most = burst(quota);
    if (!quota->started) {
        quota->started = true;
        quota->tokens = most;
        quota->refilled_ns = now_ns;
    }
    if (now_ns > quota->refilled_ns) {
        double passed_s = (double)(now_ns - quota->refilled_ns) / ns_per_s;
        quota->tokens += passed_s * quota->per_s;
        quota->refilled_ns = now_ns;
    }
    quota->tokens = fmin(most, quota->tokens);
    if (quota->tokens < 1 - 1e-9) /* forgives what rounding took */
        return false;
    quota->tokens -= 1;
    return true;
}

static bool admit_window(struct quota *quota, unsigned gateway, double most,
                         uint64_t now_ns)
{
    uint64_t window = now_ns / period_ns(quota);
    if (window != quota->window[gateway]) {
        quota->window[gateway] = window;
        quota->count[gateway] = 0;
    }
    if (quota->count[gateway] + 1 > most)
        return false;
    quota->count[gateway]++;
    return true;
}

static unsigned any_gateway(struct quota *quota)
{
    return (unsigned)(chance_of(quota->drawn++) * QUOTA_GATEWAYS);
}

static void log_grow(struct quota *quota)
{
    size_t cap = quota->log_cap ? quota->log_cap * 2 : 1024;
    uint64_t *bigger = mem_alloc(cap * sizeof *bigger);
    for (size_t i = 0; i < quota->log_len; i++)
        bigger[i] = quota->log_ns[(quota->log_first + i) % quota->log_cap];
    free(quota->log_ns);
    quota->log_ns = bigger;
    quota->log_first = 0;
    quota->log_cap = cap;
}

static void log_add(struct quota *quota, uint64_t now_ns)
{
    if (quota->log_len == quota->log_cap)
        log_grow(quota);
    size_t at = (quota->log_first + quota->log_len) % quota->log_cap;
    quota->log_ns[at] = now_ns;
    quota->log_len++;
}

static void log_expire(struct quota *quota, uint64_t now_ns)
{
    uint64_t period = period_ns(quota);
    while (quota->log_len > 0 &&
           quota->log_ns[quota->log_first] + period <= now_ns) {
        quota->log_first = (quota->log_first + 1) % quota->log_cap;
        quota->log_len--;
    }
}

static bool admit_slide(struct quota *quota, uint64_t now_ns)
{
    log_expire(quota, now_ns);
    bool admitted = (double)quota->log_len + 1 <= fmax(1, quota->per_s);
    if (admitted || quota->style == QUOTA_SLIDEALL)
        log_add(quota, now_ns);
    return admitted;
}

bool quota_admit(struct quota *quota, uint64_t now_ns)
{
    if (quota->per_s < 0)
        return true;
    if (quota->per_s == 0)
        return false;
    double most = fmax(1, quota->per_s);
    switch (quota->style) {
    case QUOTA_FIXED:
        return admit_window(quota, 0, most, now_ns);
    case QUOTA_SHARD4:
        most = fmax(1, quota->per_s / QUOTA_GATEWAYS);
        return admit_window(quota, any_gateway(quota), most, now_ns);
    case QUOTA_SLIDE:
    case QUOTA_SLIDEALL:
        return admit_slide(quota, now_ns);
    default:
        return admit_token(quota, now_ns);
    }
}

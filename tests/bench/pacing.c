/*
 * What pacing alone costs: pacing RATE SECONDS. The loop of run.c with
 * nothing to ask: limiter and adapt decide, one libuv timer wakes, all that
 * is due is released, and each answer is accepted at once. Prints the starts
 * a second and the CPU time in percent of a core.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <uv.h>

#include "adapt.h"
#include "limiter.h"
#include "units.h"

struct pacing {
    struct adapt adapt;
    struct limiter limiter;
    uint64_t end_ns;
    uint64_t starts;
};

static void on_timer(uv_timer_t *timer)
{
    struct pacing *pacing = timer->data;
    uint64_t now_ns = uv_hrtime();
    adapt_tick(&pacing->adapt, now_ns);
    while (limiter_when(&pacing->limiter) <= now_ns) {
        uint32_t tag = adapt_sent(&pacing->adapt);
        limiter_take(&pacing->limiter, now_ns);
        adapt_accept(&pacing->adapt, tag, UNITS_NS_PER_MS, now_ns);
        pacing->starts++;
    }
    uint64_t wait_ns = limiter_when(&pacing->limiter) - now_ns;
    if (now_ns < pacing->end_ns)
        uv_timer_start(timer, on_timer,
                       (wait_ns + UNITS_NS_PER_MS - 1) / UNITS_NS_PER_MS, 0);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const struct adapt_settings settings = {.rate_per_s = atof(argv[1])};
    uint64_t seconds = strtoull(argv[2], NULL, 10);
    uint64_t now_ns = uv_hrtime();
    struct pacing pacing = {.end_ns = now_ns + seconds * UNITS_NS_PER_S};
    adapt_init(&pacing.adapt, &settings, 0, now_ns);
    limiter_init(&pacing.limiter, adapt_rate(&pacing.adapt),
                 5 * UNITS_NS_PER_MS, now_ns);
    uv_loop_t loop;
    uv_timer_t timer = {.data = &pacing};
    uv_loop_init(&loop);
    uv_timer_init(&loop, &timer);
    uv_timer_start(&timer, on_timer, 0, 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) /
                       1e6;
    printf("%.0f %.2f\n", (double)pacing.starts / (double)seconds,
           100 * cpu_s / (double)seconds);
    return 0;
}

/*
 * The rate controller: its steps one by one, then the numbers that it was
 * chosen for, in a small simulation of a client and a service with a quota.
 * The client drives limiter, adapt and retry as the run does; the clock is
 * a number. With VERBOSE set in the environment the figures are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapt.h"
#include "limiter.h"
#include "retry.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const uint64_t MS = 1000000;
static const uint64_t SECOND = 1000000000;
static const uint64_t TAU = 5000000;
static const uint64_t EPOCH = UINT64_C(1000) * 1000000000;

/* ---- random numbers ---- */

static uint64_t random_state;

static void random_seed(uint64_t seed)
{
    random_state = UINT64_C(88172645463325252) ^
                   (seed * UINT64_C(0x9E3779B97F4A7C15));
}

static uint64_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state * UINT64_C(2685821657736338717);
}

static double random_unit(void)
{
    return (double)(random_next() >> 11) * 0x1p-53;
}

static double random_exp(double mean)
{
    return -mean * log(1 - random_unit());
}

/* ---- a service with a quota ---- */

enum style {
    FIXED,     /* aligned seconds */
    TOKEN,     /* burst of one second */
    TOKEN_1,   /* burst of a tenth */
    SLIDE,     /* any second */
    SLIDE_ALL, /* any second, refusals counted too */
    STRICT,    /* burst of 10 ms */
    SHARD_4,   /* four gateways, a quarter each */
    DEAD,      /* refuses everything */
    STYLES
};

static const char *const style_names[STYLES] = {
    "fixed", "token", "token.1", "slide", "slideall", "strict", "shard4",
    "dead"};

enum {
    LOG_MAX = 65536
};

struct service {
    enum style style;
    double quota;
    double phase;
    double tokens;
    double filled_at;
    double window[4];
    double count[4];
    double log[LOG_MAX]; /* ring of arrival times */
    size_t log_at;
    size_t log_len;
};

static bool admit_token(struct service *service, double burst, double t)
{
    if (service->filled_at < 0)
        service->tokens = burst;
    else
        service->tokens = fmin(
            burst, service->tokens + (t - service->filled_at) * service->quota);
    service->filled_at = t;
    if (service->tokens < 1 - 1e-9)
        return false;
    service->tokens -= 1;
    return true;
}

static bool admit_fixed(struct service *service, int shard, double most,
                        double t)
{
    double window = floor(t + service->phase);
    if (window != service->window[shard])
        service->count[shard] = 0;
    service->window[shard] = window;
    if (service->count[shard] + 1 > most)
        return false;
    service->count[shard]++;
    return true;
}

static bool admit_slide(struct service *service, double t)
{
    while (service->log_len > 0 && service->log[service->log_at] <= t - 1) {
        service->log_at = (service->log_at + 1) % LOG_MAX;
        service->log_len--;
    }
    bool admitted = (double)service->log_len + 1 <= service->quota;
    if ((admitted || service->style == SLIDE_ALL) &&
        service->log_len < LOG_MAX) {
        size_t end = (service->log_at + service->log_len) % LOG_MAX;
        service->log[end] = t;
        service->log_len++;
    }
    return admitted;
}

static bool admit(struct service *service, double t)
{
    double quota = service->quota;
    switch (service->style) {
    case FIXED:
        return admit_fixed(service, 0, quota, t);
    case SHARD_4:
        return admit_fixed(service, (int)(random_next() >> 62),
                           fmax(1, quota / 4), t);
    case TOKEN:
        return admit_token(service, quota, t);
    case TOKEN_1:
        return admit_token(service, fmax(1, quota * 0.1), t);
    case STRICT:
        return admit_token(service, fmax(1, quota * 0.01), t);
    case SLIDE:
    case SLIDE_ALL:
        return admit_slide(service, t);
    default:
        return false;
    }
}

/* ---- things to come ---- */

enum kind {
    WAKE,
    ARRIVE, /* a request, at the service */
    ANSWER  /* its answer, at the client */
};

struct event {
    uint64_t due;
    enum kind kind;
    uint32_t tag;
    uint32_t refusals; /* WAKE: generation of the timer */
    uint64_t sent;
    bool accepted;
};

struct agenda {
    struct event *heap;
    size_t count;
    size_t cap;
};

static void agenda_push(struct agenda *agenda, struct event event)
{
    if (agenda->count == agenda->cap) {
        agenda->cap = agenda->cap > 0 ? 2 * agenda->cap : 1024;
        agenda->heap = realloc(agenda->heap,
                               agenda->cap * sizeof *agenda->heap);
        assert_non_null(agenda->heap);
    }
    size_t at = agenda->count++;
    for (; at > 0 && agenda->heap[(at - 1) / 2].due > event.due;
         at = (at - 1) / 2)
        agenda->heap[at] = agenda->heap[(at - 1) / 2];
    agenda->heap[at] = event;
}

static struct event agenda_pop(struct agenda *agenda)
{
    struct event first = agenda->heap[0];
    struct event last = agenda->heap[--agenda->count];
    size_t at = 0;
    for (;;) {
        size_t least = 2 * at + 1;
        if (least >= agenda->count)
            break;
        if (least + 1 < agenda->count &&
            agenda->heap[least + 1].due < agenda->heap[least].due)
            least++;
        if (agenda->heap[least].due >= last.due)
            break;
        agenda->heap[at] = agenda->heap[least];
        at = least;
    }
    agenda->heap[at] = last;
    return first;
}

static uint64_t agenda_when(const struct agenda *agenda)
{
    return agenda->count > 0 ? agenda->heap[0].due : UINT64_MAX;
}

/* ---- the client ---- */

enum {
    CHANGES = 3,
    SECONDS_MAX = 3600
};

struct plan {
    enum style style;
    double quota;
    double rtt_ms;
    double stated; /* --rate; 0: auto */
    double remembered;
    int duration_s;
    int retry_after_s;
    bool steady; /* no stalls, exact timers */
    struct {
        int at_s;
        double quota; /* 0: everything is refused */
    } changes[CHANGES];
};

struct client {
    const struct plan *plan;
    struct service service;
    struct adapt adapt;
    struct limiter limiter;
    struct retry retry;
    double rate;
    struct agenda agenda;
    struct agenda waiting; /* refused rows */
    unsigned in_flight;
    bool answered; /* any: the latency is known */
    uint64_t wake;
    uint32_t generation;
    uint64_t stall_next;
    uint64_t stall_until;
    /* by seconds since the start */
    double available;
    uint32_t sent[SECONDS_MAX];
    uint32_t accepted[SECONDS_MAX];
    uint32_t refused[SECONDS_MAX];
    double rates[SECONDS_MAX]; /* at its end */
};

/* --concurrency auto */
static unsigned slots(const struct client *client)
{
    double latency_s = client->answered ? client->plan->rtt_ms / 1e3 : 0;
    return (unsigned)fmin(256, fmax(4, 2 * client->rate * latency_s + 1));
}

/* One way through the network; one packet in 500 is sent again. */
static uint64_t travel(const struct client *client)
{
    double half_s = client->plan->rtt_ms / 2e3;
    double s = half_s * (0.9 + random_exp(0.1));
    return (uint64_t)((s + (random_unit() < 0.002 ? 0.2 : 0)) * 1e9);
}

static size_t second_of(uint64_t now)
{
    size_t second = (size_t)((now - EPOCH) / SECOND);
    return second < SECONDS_MAX ? second : SECONDS_MAX - 1;
}

static void start(struct client *client, uint64_t now)
{
    struct event event = {.kind = ARRIVE, .sent = now};
    if (agenda_when(&client->waiting) <= now)
        event.refusals = agenda_pop(&client->waiting).refusals;
    event.due = now + travel(client);
    event.tag = adapt_sent(&client->adapt);
    limiter_take(&client->limiter, now);
    client->in_flight++;
    client->sent[second_of(now)]++;
    agenda_push(&client->agenda, event);
}

static void arm(struct client *client, uint64_t at, uint64_t now)
{
    if (at == UINT64_MAX)
        return;
    double noise = client->plan->steady ? 0 : random_exp(1e5);
    uint64_t due = (at + MS - 1) / MS * MS + (uint64_t)noise;
    if (due <= now)
        due = now + MS;
    if (client->wake > now && client->wake <= due)
        return;
    client->wake = due;
    struct event event = {
        .due = due, .kind = WAKE, .refusals = ++client->generation};
    agenda_push(&client->agenda, event);
}

/* What run_pump() does. */
static void pump(struct client *client, uint64_t now)
{
    adapt_tick(&client->adapt, now);
    double rate = adapt_rate(&client->adapt);
    if (rate != client->rate)
        limiter_set_rate(&client->limiter, rate, now);
    client->rate = rate;
    client->rates[second_of(now)] = rate;
    while (client->in_flight < slots(client)) {
        uint64_t at = limiter_when(&client->limiter);
        uint64_t allowed = adapt_when(&client->adapt);
        at = at > allowed ? at : allowed;
        if (at > now) {
            arm(client, at, now);
            return;
        }
        start(client, now);
    }
}

/* What run_on_done() does. */
static void answer(struct client *client, const struct event *event,
                   uint64_t now)
{
    client->in_flight--;
    if (event->accepted) {
        client->answered = true;
        client->accepted[second_of(now)]++;
        adapt_accept(&client->adapt, event->tag, (int64_t)(now - event->sent),
                     now);
        return;
    }
    client->refused[second_of(now)]++;
    uint64_t wait = (uint64_t)client->plan->retry_after_s * SECOND;
    adapt_refusal(&client->adapt, event->tag, random_unit(), wait, now);
    struct retry_case what = {.error = QUERY_RATE_LIMITED,
                              .refusals = event->refusals + 1,
                              .wait_ns = wait > 0 ? (int64_t)wait : -1,
                              .random = random_unit()};
    struct event row = {.refusals = event->refusals + 1};
    row.due = now + retry_decide(&client->retry, &what).delay_ns;
    agenda_push(&client->waiting, row);
}

static void client_init(struct client *client, const struct plan *plan,
                        uint64_t seed)
{
    random_seed(seed);
    memset(client, 0, sizeof *client);
    client->plan = plan;
    client->service.style = plan->style;
    client->service.quota = plan->quota;
    client->service.phase = plan->steady ? 0 : random_unit();
    client->service.filled_at = -1;
    for (int i = 0; i < 4; i++)
        client->service.window[i] = -1;
    struct adapt_settings settings = {.rate_per_s = plan->stated,
                                      .search = plan->stated == 0};
    adapt_init(&client->adapt, &settings, plan->remembered, EPOCH);
    client->rate = adapt_rate(&client->adapt);
    limiter_init(&client->limiter, client->rate, TAU, EPOCH);
    struct retry_settings retry = {.retries = 2, .budget = 0.1};
    retry_init(&client->retry, &retry, client->rate);
    client->stall_next = EPOCH + (uint64_t)((5 + random_exp(5)) * 1e9);
    arm(client, EPOCH, EPOCH);
}

static void client_release(struct client *client)
{
    free(client->agenda.heap);
    free(client->waiting.heap);
    retry_release(&client->retry);
}

/* fsync, scheduling: 20 to 120 ms about every 7.5 s. */
static bool is_stalled(struct client *client, uint64_t now)
{
    if (client->plan->steady)
        return false;
    if (now >= client->stall_next) {
        client->stall_until =
            now + (uint64_t)((0.02 + 0.1 * random_unit()) * 1e9);
        client->stall_next = client->stall_until +
                             (uint64_t)((5 + random_exp(5)) * 1e9);
    }
    return now < client->stall_until;
}

/* The quota now; adds up what it would have allowed. */
static void follow_quota(struct client *client, uint64_t from, uint64_t now)
{
    const struct plan *plan = client->plan;
    client->available += client->service.quota * (double)(now - from) / 1e9;
    for (size_t i = 0; i < CHANGES; i++) {
        uint64_t at = EPOCH + (uint64_t)plan->changes[i].at_s * SECOND;
        if (plan->changes[i].at_s == 0 || now < at || from >= at)
            continue;
        client->service.quota = plan->changes[i].quota;
        client->service.style =
            plan->changes[i].quota > 0 ? plan->style : DEAD;
    }
}

static void client_run(struct client *client, const struct plan *plan,
                       uint64_t seed)
{
    client_init(client, plan, seed);
    uint64_t end = EPOCH + (uint64_t)plan->duration_s * SECOND;
    uint64_t now = EPOCH;
    while (client->agenda.count > 0) {
        struct event event = agenda_pop(&client->agenda);
        uint64_t before = now;
        now = event.due > now ? event.due : now;
        if (now >= end)
            break;
        follow_quota(client, before, now);
        if (event.kind == ARRIVE) {
            event.accepted = admit(&client->service, (double)now / 1e9);
            event.kind = ANSWER;
            event.due = now + travel(client);
            agenda_push(&client->agenda, event);
            continue;
        }
        if (event.kind == WAKE && event.refusals != client->generation)
            continue; /* the timer was armed anew */
        if (is_stalled(client, now)) {
            event.due = client->stall_until;
            agenda_push(&client->agenda, event);
            continue;
        }
        if (event.kind == ANSWER)
            answer(client, &event, now);
        pump(client, now);
    }
}

/* ---- figures ---- */

static double sum(const uint32_t *by_second, int from_s, int to_s)
{
    double total = 0;
    for (int s = from_s; s < to_s; s++)
        total += by_second[s];
    return total;
}

/* Percent of the quota that was used, and of the requests refused. */
struct figures {
    double efficiency;
    double refused;
};

static struct figures figures(const struct client *client, int from_s)
{
    int end = client->plan->duration_s;
    double accepted = sum(client->accepted, from_s, end);
    double refused = sum(client->refused, from_s, end);
    double available = from_s == 0 ? client->available
                                   : client->plan->quota * (end - from_s);
    return (struct figures){100 * accepted / available,
                            100 * refused / (accepted + refused)};
}

static void print_figures(const char *what, const struct plan *plan,
                          struct figures figures)
{
    if (getenv("VERBOSE"))
        print_message("%s: %s, quota %g, rtt %g ms: %.2f %% / %.3f %%\n", what,
                      style_names[plan->style], plan->quota, plan->rtt_ms,
                      figures.efficiency, figures.refused);
}

static struct client client; /* large */

enum {
    SEEDS = 3
};

/* The mean over seeds. */
static struct figures measure(const struct plan *plan, int from_s)
{
    struct figures mean = {0, 0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        client_run(&client, plan, seed);
        struct figures one = figures(&client, from_s);
        mean.efficiency += one.efficiency / SEEDS;
        mean.refused += one.refused / SEEDS;
        client_release(&client);
    }
    return mean;
}

static const struct {
    double quota;
    double rtt_ms;
} grid[] = {{100, 5}, {100, 50}, {1000, 5}, {1000, 50}};

/* Least efficiency and most refusals, in percent, by style; mean over the
 * grid and the seeds. */
struct demand {
    enum style style;
    double efficiency;
    double refused;
};

static void check_demands(const char *what, const struct demand *demands,
                          size_t count, double stated, int from_s)
{
    for (size_t i = 0; i < count; i++) {
        struct figures mean = {0, 0};
        for (size_t k = 0; k < COUNT_OF(grid); k++) {
            struct plan plan = {.style = demands[i].style,
                                .quota = grid[k].quota,
                                .rtt_ms = grid[k].rtt_ms,
                                .stated = stated * grid[k].quota,
                                .duration_s = 120};
            struct figures one = measure(&plan, from_s);
            print_figures(what, &plan, one);
            mean.efficiency += one.efficiency / COUNT_OF(grid);
            mean.refused += one.refused / COUNT_OF(grid);
        }
        if (getenv("VERBOSE"))
            print_message("%s: %s: %.2f %% / %.3f %%\n", what,
                          style_names[demands[i].style], mean.efficiency,
                          mean.refused);
        assert_true(mean.efficiency >= demands[i].efficiency);
        assert_true(mean.refused <= demands[i].refused);
    }
}

static void fills_a_known_quota(void **state)
{
    (void)state;
    static const struct demand demands[] = {
        {FIXED, 98, 0.1}, {TOKEN, 98, 0.1},    {TOKEN_1, 98, 0.1},
        {SLIDE, 97.5, 0.3}, {SLIDE_ALL, 90, 1}, {STRICT, 70, 1},
        {SHARD_4, 70, 1},
    };
    check_demands("known", demands, COUNT_OF(demands), 1, 0);
}

static void finds_an_unknown_quota(void **state)
{
    (void)state;
    static const struct demand demands[] = {
        {FIXED, 95, 1.2},   {TOKEN, 95, 1.2},     {TOKEN_1, 95, 1.2},
        {SLIDE, 95, 1.2},   {SLIDE_ALL, 80, 2.5}, {STRICT, 70, 1},
        {SHARD_4, 75, 1},
    };
    check_demands("unknown", demands, COUNT_OF(demands), 0, 20);
}

static void survives_a_rate_twice_the_quota(void **state)
{
    (void)state;
    static const struct demand demands[] = {
        {FIXED, 93, 2}, {TOKEN, 93, 2}, {TOKEN_1, 90, 2}, {SLIDE, 90, 2},
    };
    check_demands("twice", demands, COUNT_OF(demands), 2, 0);
}

static const enum style plain_styles[] = {FIXED, TOKEN, SLIDE};

/* The first second from from_s on in which share of the quota was used, as
 * the mean of three. */
static int reached_at(double share, int from_s)
{
    int end = client.plan->duration_s - 3;
    for (int s = from_s; s < end; s++)
        if (sum(client.accepted, s, s + 3) >= 3 * share * client.plan->quota)
            return s;
    return end;
}

static void follows_a_quota_that_changes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain_styles); i++) {
        for (int stated = 0; stated <= 1000; stated += 1000) {
            const struct plan plan = {.style = plain_styles[i],
                                      .quota = 1000,
                                      .rtt_ms = 20,
                                      .stated = stated,
                                      .duration_s = 300,
                                      .changes = {{60, 500}, {180, 1000}}};
            client_run(&client, &plan, 1);
            double refused = sum(client.refused, 60, 180);
            int back_s = reached_at(0.95, 180) - 180;
            if (getenv("VERBOSE"))
                print_message("halved, %s, stated %d: rate after 3 s %.0f, "
                              "refused %.0f, at 95 %% of the old after %d s\n",
                              style_names[plan.style], stated,
                              client.rates[62], refused, back_s);
            assert_true(client.rates[62] <= 2 * 500);
            assert_true(sum(client.accepted, 63, 70) >= 7 * 500 * 0.5);
            assert_true(sum(client.refused, 60, 70) <= 700);
            assert_true(sum(client.refused, 65, 180) <=
                        0.015 * sum(client.sent, 65, 180));
            assert_true(back_s <= 65);
            client_release(&client);
        }
    }
}

static void check_outage(const struct plan *plan, double *mean_back_s)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        client_run(&client, plan, seed);
        double sent = sum(client.sent, 60, 120);
        int back_s = reached_at(0.85, 120) - 120;
        *mean_back_s += (double)(reached_at(0.9, 120) - 120) / SEEDS;
        if (getenv("VERBOSE"))
            print_message("outage, %s, stated %g: sent %.0f, at 85 %% after "
                          "%d s, at 90 %% after %d s\n",
                          style_names[plan->style], plan->stated, sent, back_s,
                          reached_at(0.9, 120) - 120);
        assert_true(sent <= 120);
        assert_true(back_s <= 30);
        client_release(&client);
    }
}

static void sits_out_an_outage(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain_styles); i++) {
        for (int stated = 0; stated <= 1000; stated += 1000) {
            const struct plan plan = {.style = plain_styles[i],
                                      .quota = 1000,
                                      .rtt_ms = 20,
                                      .stated = stated,
                                      .duration_s = 180,
                                      .changes = {{60, 0}, {120, 1000}}};
            double mean_back_s = 0;
            check_outage(&plan, &mean_back_s);
            assert_true(mean_back_s <= 30);
        }
    }
}

static void recovers_from_a_trickle_of_a_quota(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain_styles); i++) {
        const struct plan plan = {.style = plain_styles[i],
                                  .quota = 1000,
                                  .rtt_ms = 20,
                                  .duration_s = 300,
                                  .changes = {{60, 1}, {120, 1000}}};
        client_run(&client, &plan, 3);
        int back_s = reached_at(0.9, 120) - 120;
        if (getenv("VERBOSE"))
            print_message("1/s, %s: refused %.0f, at 90 %% after %d s\n",
                          style_names[plan.style],
                          sum(client.refused, 60, 120), back_s);
        assert_true(sum(client.refused, 60, 120) <= 600);
        assert_true(back_s <= 120);
        client_release(&client);
    }
}

/* A row that waits as it was told does not slow the others. */
static void loses_little_by_retry_after(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain_styles); i++) {
        for (int stated = 0; stated <= 1000; stated += 1000) {
            struct plan plan = {.style = plain_styles[i],
                                .quota = 1000,
                                .rtt_ms = 20,
                                .stated = stated,
                                .duration_s = 120};
            struct figures without = measure(&plan, 0);
            plan.retry_after_s = 1;
            struct figures with = measure(&plan, 0);
            print_figures("without Retry-After", &plan, without);
            print_figures("with Retry-After", &plan, with);
            assert_true(with.efficiency >= without.efficiency - 4);
            assert_true(with.refused <= 1.3);
        }
    }
}

/* 0.9 of what an earlier run had found: no search. */
static void starts_from_what_it_remembers(void **state)
{
    (void)state;
    const struct plan plan = {.style = FIXED,
                              .quota = 1000,
                              .rtt_ms = 20,
                              .remembered = 1000,
                              .duration_s = 60};
    client_run(&client, &plan, 4);
    assert_true(fabs(client.rates[0] - 886.5) < 1e-6);
    struct figures all = figures(&client, 0);
    print_figures("remembered", &plan, all);
    assert_true(all.efficiency >= 93);
    assert_true(all.refused <= 0.7);
    client_release(&client);
}

static void runs_for_an_hour(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain_styles); i++) {
        const struct plan plan = {.style = plain_styles[i],
                                  .quota = 100,
                                  .rtt_ms = 30,
                                  .duration_s = 3600};
        client_run(&client, &plan, 5);
        struct figures all = figures(&client, 20);
        print_figures("an hour", &plan, all);
        assert_true(all.efficiency >= 95);
        assert_true(all.refused <= 1.2);
        client_release(&client);
    }
}

/* The example at the head of adapt.c: no noise, the service's seconds begin
 * with the run's, told 300/s where 100/s are to be had. */
static void works_as_its_example(void **state)
{
    (void)state;
    const struct plan plan = {.style = FIXED,
                              .quota = 100,
                              .rtt_ms = 2,
                              .stated = 300,
                              .steady = true,
                              .duration_s = 20};
    client_run(&client, &plan, 6);
    if (getenv("VERBOSE"))
        for (int s = 0; s < plan.duration_s; s++)
            print_message("%2d s: sent %u, accepted %u, refused %u, rate %g\n",
                          s, client.sent[s], client.accepted[s],
                          client.refused[s], client.rates[s]);
    client_release(&client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_a_known_quota),
        cmocka_unit_test(finds_an_unknown_quota),
        cmocka_unit_test(survives_a_rate_twice_the_quota),
        cmocka_unit_test(follows_a_quota_that_changes),
        cmocka_unit_test(sits_out_an_outage),
        cmocka_unit_test(recovers_from_a_trickle_of_a_quota),
        cmocka_unit_test(loses_little_by_retry_after),
        cmocka_unit_test(starts_from_what_it_remembers),
        cmocka_unit_test(runs_for_an_hour),
        cmocka_unit_test(works_as_its_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

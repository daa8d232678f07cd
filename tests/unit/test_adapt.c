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

static const char *const style_names[STYLES] = {"fixed",  "token",    "token.1",
                                                "slide",  "slideall", "strict",
                                                "shard4", "dead"};

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
    SECONDS_MAX = 3600,
    STEPS_MAX = 16
};

struct plan {
    enum style style;
    double quota;
    double rtt_ms;
    double refusal_ms; /* a refusal takes so much longer */
    double stated;     /* --rate; 0: auto */
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
    /* what the controller did */
    struct {
        double at_s;
        double rate;
        enum adapt_phase phase;
        bool trickle;
    } steps[STEPS_MAX];
    size_t n_steps;
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

static void note_step(struct client *client, uint64_t now)
{
    const struct adapt *adapt = &client->adapt;
    size_t last = client->n_steps - 1;
    if (client->n_steps == STEPS_MAX ||
        (client->n_steps > 0 && client->steps[last].rate == adapt->rate &&
         client->steps[last].trickle == adapt->trickle))
        return;
    client->steps[client->n_steps].at_s = (double)(now - EPOCH) / 1e9;
    client->steps[client->n_steps].rate = adapt->rate;
    client->steps[client->n_steps].phase = adapt->phase;
    client->steps[client->n_steps++].trickle = adapt->trickle;
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
    note_step(client, now);
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
    const struct adapt_refusal refusal = {
        .tag = event->tag,
        .rtt_ns = (int64_t)(now - event->sent),
        .wait_ns = wait,
        .random = random_unit()};
    adapt_refuse(&client->adapt, &refusal, now);
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
        client->stall_until = now +
                              (uint64_t)((0.02 + 0.1 * random_unit()) * 1e9);
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
        client->service.style = plan->changes[i].quota > 0 ? plan->style : DEAD;
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
            if (!event.accepted)
                event.due += (uint64_t)(plan->refusal_ms * 1e6);
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
    SEEDS = 4
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
    bool every; /* they hold for every cell of the grid, too */
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
            assert_true(!demands[i].every ||
                        (one.efficiency >= demands[i].efficiency &&
                         one.refused <= demands[i].refused));
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
        {FIXED, 98, 0.1, true},    {TOKEN, 98, 0.1, true},
        {TOKEN_1, 98, 0.1, true},  {SLIDE, 97.5, 0.3, false},
        {SLIDE_ALL, 90, 1, false}, {STRICT, 70, 1, false},
        {SHARD_4, 70, 1, false},
    };
    check_demands("known", demands, COUNT_OF(demands), 1, 0);
}

static void finds_an_unknown_quota(void **state)
{
    (void)state;
    static const struct demand demands[] = {
        {FIXED, 95, 1.2, true},      {TOKEN, 95, 1.2, true},
        {TOKEN_1, 95, 1.2, true},    {SLIDE, 95, 1.2, true},
        {SLIDE_ALL, 80, 2.5, false}, {STRICT, 70, 1, false},
        {SHARD_4, 75, 1, false},
    };
    check_demands("unknown", demands, COUNT_OF(demands), 0, 20);
}

static void survives_a_rate_twice_the_quota(void **state)
{
    (void)state;
    static const struct demand demands[] = {
        {FIXED, 93, 2, true},
        {TOKEN, 93, 2, true},
        {TOKEN_1, 90, 2, true},
        {SLIDE, 90, 2, true},
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

/* Halved at 60 s, restored at 180 s: the seconds until it is used again. */
static double check_halved(const struct plan *plan, uint64_t seed)
{
    client_run(&client, plan, seed);
    double refused = sum(client.refused, 60, 180);
    double back_s = reached_at(0.95, 180) - 180;
    if (getenv("VERBOSE"))
        print_message("halved, %s, stated %g: rate after 3 s %.0f, refused "
                      "%.0f, at 95 %% of the old after %g s\n",
                      style_names[plan->style], plan->stated, client.rates[62],
                      refused, back_s);
    assert_true(client.rates[62] <= 2 * 500);
    assert_true(sum(client.accepted, 63, 70) >= 7 * 500 * 0.5);
    assert_true(sum(client.refused, 60, 70) <= 700);
    assert_true(sum(client.refused, 65, 180) <=
                0.015 * sum(client.sent, 65, 180));
    client_release(&client);
    return back_s;
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
            double back_s = 0;
            for (uint64_t seed = 1; seed <= SEEDS; seed++)
                back_s += check_halved(&plan, seed) / SEEDS;
            assert_true(back_s <= 65);
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
                          style_names[plan.style], sum(client.refused, 60, 120),
                          back_s);
        assert_true(sum(client.refused, 60, 120) <= 600);
        assert_true(back_s <= 120);
        client_release(&client);
    }
}

/* Answers, or refusals alone, that take longer than a window: what they say
 * is heeded all the same. */
static void heeds_slow_answers(void **state)
{
    (void)state;
    static const struct {
        double quota;
        double rtt_ms;
        double refusal_ms;
        double stated;
        double refused; /* most, in percent, after 20 s */
    } cases[] = {
        {40, 1200, 0, 0, 6},    {40, 1500, 0, 60, 1.5},
        {40, 3000, 0, 60, 2},   {75, 20, 1500, 100, 0.3},
        {100, 700, 0, 0, 3},    {75, 20, 1500, 0, 1},
        {200, 1000, 0, 300, 1}, {750, 20, 1500, 1000, 0.3},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (size_t k = 0; k < COUNT_OF(plain_styles); k++) {
            const struct plan plan = {.style = plain_styles[k],
                                      .quota = cases[i].quota,
                                      .rtt_ms = cases[i].rtt_ms,
                                      .refusal_ms = cases[i].refusal_ms,
                                      .stated = cases[i].stated,
                                      .duration_s = 120};
            struct figures later = measure(&plan, 20);
            print_figures("slow, after 20 s", &plan, later);
            assert_true(later.refused <= cases[i].refused);
        }
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
        struct figures all = measure(&plan, 20);
        print_figures("an hour", &plan, all);
        assert_true(all.efficiency >= 95);
        assert_true(all.refused <= 1.2);
    }
}

/* The example at the head of adapt.c: no noise, the service's seconds begin
 * with the run's, told 300/s where 100/s are to be had. */
static void works_as_its_example(void **state)
{
    (void)state;
    static const struct {
        double at_s;
        double rate;
        enum adapt_phase phase;
        bool trickle;
    } steps[] = {
        {0.0, 298.5, ADAPT_HOLD, false},  {0.4, 298.5, ADAPT_HOLD, true},
        {1.1, 149.25, ADAPT_HOLD, false}, {1.8, 149.25, ADAPT_HOLD, true},
        {2.0, 98.5, ADAPT_HOLD, false},   {7.1, 103, ADAPT_PROBE, false},
        {8.1, 98.5, ADAPT_HOLD, false},   {16.1, 103, ADAPT_PROBE, false},
        {17.1, 98.5, ADAPT_HOLD, false},
    };
    const struct plan plan = {.style = FIXED,
                              .quota = 100,
                              .rtt_ms = 2,
                              .stated = 300,
                              .steady = true,
                              .duration_s = 20};
    client_run(&client, &plan, 6);
    assert_int_equal(client.n_steps, COUNT_OF(steps));
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        assert_true(fabs(client.steps[i].at_s - steps[i].at_s) < 0.1);
        assert_true(fabs(client.steps[i].rate - steps[i].rate) < 1e-6);
        assert_int_equal(client.steps[i].phase, steps[i].phase);
        assert_int_equal(client.steps[i].trickle, steps[i].trickle);
    }
    assert_int_equal(client.refused[2] + client.refused[3], 0);
    assert_int_equal(client.refused[7], 3);
    client_release(&client);
}

/* ---- step by step ---- */

static struct adapt begin(double stated, double max_rate)
{
    struct adapt adapt;
    struct adapt_settings settings = {.rate_per_s = stated,
                                      .search = stated == 0,
                                      .max_rate_per_s = max_rate};
    adapt_init(&adapt, &settings, 0, EPOCH);
    return adapt;
}

/* Refused, and the answer took no time. */
static void refuse(struct adapt *adapt, uint32_t tag, double random,
                   uint64_t wait_ns, uint64_t now)
{
    const struct adapt_refusal refusal = {
        .tag = tag, .wait_ns = wait_ns, .random = random};
    adapt_refuse(adapt, &refusal, now);
}

/* Sends at the rate for a while; each answer comes after rtt, refused with
 * probability p. Returns the time when it is over. */
static uint64_t offer(struct adapt *adapt, uint64_t now, double for_s, double p)
{
    uint64_t end = now + (uint64_t)(for_s * 1e9);
    while (now < end) {
        adapt_tick(adapt, now);
        uint64_t next = now + (uint64_t)(1e9 / adapt_rate(adapt));
        uint64_t allowed = adapt_when(adapt);
        assert_true(allowed < UINT64_MAX);
        if (allowed > now) {
            now = allowed;
            continue;
        }
        uint32_t tag = adapt_sent(adapt);
        if (random_unit() < p)
            refuse(adapt, tag, 0.5, 0, now);
        else
            adapt_accept(adapt, tag, 0, now);
        now = adapt_trickling(adapt) ? now : next;
    }
    return now;
}

static void begins_as_told(void **state)
{
    (void)state;
    static const struct {
        double stated;
        double max_rate;
        double remembered;
        enum adapt_phase phase;
        double rate;
    } cases[] = {
        {100, 0, 0, ADAPT_HOLD, 99.5},
        {100, 0, 50, ADAPT_HOLD, 99.5},  /* a stated rate is not overruled */
        {0.1, 0, 0, ADAPT_HOLD, 0.0995}, /* below the floor */
        {1.0 / 3600, 0, 0, ADAPT_HOLD, 0.995 / 3600},
        {0, 0, 0, ADAPT_START, 20},
        {0, 10, 0, ADAPT_START, 9.95},
        {0, 1000, 0, ADAPT_START, 20},
        {0, 0, 1000, ADAPT_HOLD, 0.985 * 900},
        {0, 500, 1000, ADAPT_HOLD, 497.5},
        {0, 0, 1e-9, ADAPT_HOLD, 0.5},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt;
        struct adapt_settings settings = {.rate_per_s = cases[i].stated,
                                          .search = cases[i].stated == 0,
                                          .max_rate_per_s = cases[i].max_rate};
        adapt_init(&adapt, &settings, cases[i].remembered, EPOCH);
        assert_int_equal(adapt.phase, cases[i].phase);
        assert_true(fabs(adapt_rate(&adapt) / cases[i].rate - 1) < 1e-9);
        assert_int_equal(adapt_when(&adapt), 0);
        assert_false(adapt_trickling(&adapt));
    }
}

/* Nothing is refused: the cap is reached, and kept. */
static void stops_searching_at_the_maximum(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 1000);
    uint64_t now = offer(&adapt, EPOCH, 4, 0);
    assert_int_equal(adapt.phase, ADAPT_HOLD);
    assert_true(fabs(adapt_rate(&adapt) - 995) < 1e-6);
    (void)offer(&adapt, now, 300, 0);
    assert_int_equal(adapt.phase, ADAPT_HOLD);
    assert_true(fabs(adapt_rate(&adapt) - 995) < 1e-6);
}

/* One refusal in a second of a hundred is no reason. */
static void forgives_single_refusals(void **state)
{
    (void)state;
    struct adapt adapt = begin(1000, 0);
    uint64_t now = EPOCH;
    for (int i = 0; i < 100; i++) {
        uint32_t tag = adapt_sent(&adapt);
        refuse(&adapt, tag, 0.5, 0, now);
        now = offer(&adapt, now, 1, 0);
    }
    assert_true(fabs(adapt_rate(&adapt) - 995) < 1e-6);
}

/* Never two in a window of a hundred, but on and on: too fast. */
static void minds_single_refusals_that_go_on(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    uint64_t now = EPOCH;
    for (int i = 0; i < 8; i++) {
        uint32_t tag = adapt_sent(&adapt);
        refuse(&adapt, tag, 0.5, 0, now);
        now = offer(&adapt, now, 1.3, 0);
    }
    assert_true(adapt_rate(&adapt) < 99);
    assert_true(adapt_rate(&adapt) > 80);
}

/* Refused at a share p in one window: est (1 - p), once; what was sent
 * before and is answered after the cut is history. */
static void cuts_once_for_one_window(void **state)
{
    (void)state;
    struct adapt adapt = begin(1000, 0);
    uint32_t tag = 0;
    for (int i = 0; i < 1000; i++)
        tag = adapt_sent(&adapt);
    uint64_t now = EPOCH + SECOND;
    adapt_tick(&adapt, now); /* the window closes */
    uint32_t next = 0;
    for (int i = 0; i < 100; i++)
        next = adapt_sent(&adapt);
    assert_int_equal(next, tag + 1);
    for (int i = 0; i < 1000; i++) {
        adapt_tick(&adapt, now);
        assert_true(fabs(adapt_rate(&adapt) - 995) < 1e-6);
        if (i % 10 == 0)
            refuse(&adapt, tag, 0.5, 0, now);
        else
            adapt_accept(&adapt, tag, 0, now);
    }
    adapt_tick(&adapt, now);
    assert_true(fabs(adapt_rate(&adapt) - 995 * 0.9) < 1e-6);
    for (int i = 0; i < 100; i++) {
        if (i % 2 == 0)
            refuse(&adapt, next, 0.5, 0, now);
        else
            adapt_accept(&adapt, next, 0, now);
        adapt_tick(&adapt, now);
    }
    assert_true(fabs(adapt_rate(&adapt) - 995 * 0.9) < 1e-6);
}

/* Answers that never come do not hold the judgement up: 3 RTT + 50 ms. */
static void judges_without_the_last_answers(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    uint32_t tag = 0;
    for (int i = 0; i < 100; i++)
        tag = adapt_sent(&adapt);
    for (int i = 0; i < 50; i++) {
        adapt_accept(&adapt, tag, 0, EPOCH); /* RTT 50 ms, and less */
        refuse(&adapt, tag, 0.5, 0, EPOCH);
        if (i == 40)
            break;
    }
    adapt_tick(&adapt, EPOCH + SECOND);
    assert_true(fabs(adapt_rate(&adapt) - 99.5) < 1e-6);
    adapt_tick(&adapt, EPOCH + SECOND + 201 * MS);
    assert_true(fabs(adapt_rate(&adapt) - 99.5 / 2) < 1e-6);
}

/* Lost requests count neither way. */
static void forgets_what_was_lost(void **state)
{
    (void)state;
    struct adapt adapt = begin(1000, 0);
    uint32_t tag = 0;
    for (int i = 0; i < 1000; i++)
        tag = adapt_sent(&adapt);
    for (int i = 0; i < 1000; i++) {
        if (i < 900)
            adapt_lost(&adapt, tag, EPOCH);
        else if (i % 10 == 0)
            refuse(&adapt, tag, 0.5, 0, EPOCH);
        else
            adapt_accept(&adapt, tag, 0, EPOCH);
    }
    adapt_tick(&adapt, EPOCH + SECOND);
    assert_true(fabs(adapt_rate(&adapt) - 995 * 0.9) < 1e-6);
}

/* Single questions: 50, 100, 100 ms .., after 2 s doubling to 20 s. */
static void asks_single_questions(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    uint64_t now = EPOCH;
    uint32_t tag = 0;
    for (int i = 0; i < 10; i++) {
        assert_false(adapt_trickling(&adapt));
        tag = adapt_sent(&adapt);
        refuse(&adapt, tag, 0.5, 0, now);
    }
    assert_true(adapt_trickling(&adapt));
    assert_int_equal(adapt_when(&adapt), now + 50 * MS);
    refuse(&adapt, tag, 0.5, 0, now); /* an older one: no news */
    assert_int_equal(adapt_when(&adapt), now + 50 * MS);
    adapt_accept(&adapt, tag, 0, now);
    assert_true(adapt_trickling(&adapt));

    uint64_t gap = 0;
    int questions = 0;
    while (now < EPOCH + 200 * SECOND) {
        now = adapt_when(&adapt);
        adapt_tick(&adapt, now);
        tag = adapt_sent(&adapt);
        questions++;
        assert_true(adapt_when(&adapt) == UINT64_MAX);
        if (questions % 3 == 0)
            adapt_lost(&adapt, tag, now);
        else
            refuse(&adapt, tag, 0.5, 0, now);
        uint64_t wait = adapt_when(&adapt) - now;
        if (now - EPOCH < 2 * SECOND)
            assert_int_equal(wait, 100 * MS);
        else
            assert_int_equal(wait,
                             2 * gap < 20 * SECOND ? 2 * gap : 20 * SECOND);
        gap = wait;
    }
    assert_in_range(questions, 20, 40);
    now = adapt_when(&adapt);
    tag = adapt_sent(&adapt);
    adapt_accept(&adapt, tag, 0, now);
    assert_false(adapt_trickling(&adapt));
    assert_int_equal(adapt_when(&adapt), 0);
    assert_true(fabs(adapt_rate(&adapt) - 99.5 / 2) < 1e-6); /* A = 0 */
}

static void jitters_single_questions(void **state)
{
    (void)state;
    static const double randoms[] = {0, 0.25, 0.999999};
    for (size_t i = 0; i < COUNT_OF(randoms); i++) {
        struct adapt adapt = begin(100, 0);
        while (!adapt_trickling(&adapt))
            refuse(&adapt, adapt_sent(&adapt), 0.5, 0, EPOCH);
        uint64_t now = adapt_when(&adapt);
        refuse(&adapt, adapt_sent(&adapt), randoms[i], 0, now);
        double wait_ms = (double)(adapt_when(&adapt) - now) / 1e6;
        assert_true(fabs(wait_ms - 100 * (0.75 + 0.5 * randoms[i])) < 0.001);
    }
}

/* No single question before the Retry-After of any refusal. */
static void obeys_retry_after(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    uint32_t tag = 0;
    while (!adapt_trickling(&adapt)) {
        tag = adapt_sent(&adapt);
        refuse(&adapt, tag, 0.5, 3 * SECOND, EPOCH);
    }
    assert_int_equal(adapt_when(&adapt), EPOCH + 3 * SECOND);
    refuse(&adapt, tag, 0.5, 5 * SECOND, EPOCH); /* one in flight */
    assert_int_equal(adapt_when(&adapt), EPOCH + 5 * SECOND);
    uint64_t now = EPOCH + 5 * SECOND;
    refuse(&adapt, adapt_sent(&adapt), 0.5, SECOND, now);
    assert_int_equal(adapt_when(&adapt), now + SECOND);
}

/* An accepted answer that is merely late does not end a run of refusals. */
static void is_not_fooled_by_a_late_answer(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    uint64_t now = EPOCH + SECOND;
    for (int i = 0; i < 9; i++)
        refuse(&adapt, adapt_sent(&adapt), 0.5, 0, now);
    uint32_t tag = adapt_sent(&adapt);
    adapt_accept(&adapt, tag, 300 * (int64_t)MS, now);
    refuse(&adapt, adapt_sent(&adapt), 0.5, 0, now);
    assert_true(adapt_trickling(&adapt));

    adapt = begin(100, 0);
    for (int i = 0; i < 9; i++)
        refuse(&adapt, adapt_sent(&adapt), 0.5, 0, now);
    adapt_accept(&adapt, adapt_sent(&adapt), 10 * (int64_t)MS, now);
    refuse(&adapt, adapt_sent(&adapt), 0.5, 0, now);
    assert_false(adapt_trickling(&adapt));
}

/* A hint lowers the rate for its time; without an end it lowers the cap, to
 * the floor at most, however often it is said. */
static void follows_hints(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    assert_true(adapt_rises_at(&adapt) == UINT64_MAX);
    adapt_hint(&adapt, 30, 5 * SECOND, EPOCH);
    assert_true(fabs(adapt_rate(&adapt) - 30) < 1e-9);
    assert_int_equal(adapt_rises_at(&adapt), EPOCH + 5 * SECOND);
    adapt_tick(&adapt, EPOCH + 5 * SECOND - 1);
    assert_true(fabs(adapt_rate(&adapt) - 30) < 1e-9);
    adapt_tick(&adapt, EPOCH + 5 * SECOND);
    assert_true(fabs(adapt_rate(&adapt) - 99.5) < 1e-9);
    assert_true(adapt_rises_at(&adapt) == UINT64_MAX);
    adapt_hint(&adapt, 3000, SECOND, EPOCH); /* never raises */
    assert_true(fabs(adapt_rate(&adapt) - 99.5) < 1e-9);
    adapt_hint(&adapt, 0, SECOND, EPOCH);
    assert_true(fabs(adapt_rate(&adapt) - 0.5) < 1e-9);
    assert_int_equal(adapt_rises_at(&adapt), EPOCH + SECOND);
    adapt_tick(&adapt, EPOCH + SECOND);

    adapt_hint(&adapt, 99.9, UINT64_MAX, EPOCH);
    assert_true(fabs(adapt_rate(&adapt) - 99.9 * 0.995) < 1e-9);
    adapt_hint(&adapt, 1000, UINT64_MAX, EPOCH);
    adapt_hint(&adapt, 99.9, UINT64_MAX, EPOCH);
    assert_true(fabs(adapt_rate(&adapt) - 99.9 * 0.995) < 1e-9);
    assert_int_equal(adapt.phase, ADAPT_HOLD);
    for (int i = 0; i < 1000; i++) {
        adapt_hint(&adapt, 0, UINT64_MAX, EPOCH);
        assert_true(fabs(adapt_rate(&adapt) - 0.5) < 1e-9);
    }
    adapt = begin(0.1, 0); /* below the floor already */
    adapt_hint(&adapt, 0, UINT64_MAX, EPOCH);
    adapt_hint(&adapt, 0, SECOND, EPOCH);
    assert_true(fabs(adapt_rate(&adapt) - 0.0995) < 1e-9);
}

/* However slow: half refused at half a request per second is noticed. */
static void judges_the_slowest_rates(void **state)
{
    (void)state;
    static const double rates[] = {0.5, 0.2, 1.0 / 60, 1.0 / 3600};
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        struct adapt adapt = begin(rates[i], 0);
        random_seed(7);
        (void)offer(&adapt, EPOCH, 12 / rates[i], 0.3);
        assert_true(adapt_rate(&adapt) <= rates[i] * 0.9);
    }
}

/* Hours of almost nothing end at the floor; from there it comes back. */
static void comes_back_from_the_floor(void **state)
{
    (void)state;
    for (int stated = 0; stated <= 100; stated += 100) {
        struct adapt adapt = begin(stated, 1000);
        random_seed(8);
        uint64_t now = offer(&adapt, EPOCH, 4 * 3600, 0.97);
        double low = adapt_rate(&adapt);
        assert_true(low < 1);
        while (adapt_trickling(&adapt))
            now = offer(&adapt, now, 1, 0);
        now = offer(&adapt, now, 60, 0);
        assert_true(adapt_rate(&adapt) > 1.1 * low);
        (void)offer(&adapt, now, 1800, 0);
        assert_true(adapt_rate(&adapt) >= 0.9 * (stated ? stated : 1000));
    }
}

/* Rows come slowly: few requests prove nothing about a higher rate. */
static void does_not_grow_while_idle(void **state)
{
    (void)state;
    struct adapt adapt = begin(1000, 0);
    uint64_t now = EPOCH;
    random_seed(9);
    now = offer(&adapt, now, 4, 0.1); /* contended: cut again and again */
    double rate = adapt_rate(&adapt);
    assert_true(rate < 800);
    for (int i = 0; i < 6000; i++) {
        adapt_tick(&adapt, now);
        if (!adapt_trickling(&adapt))
            adapt_accept(&adapt, adapt_sent(&adapt), 0, now);
        now += 100 * MS;
    }
    assert_true(adapt_rate(&adapt) <= rate * 1.001);

    adapt = begin(0, 0); /* nor does a search double */
    for (int i = 0; i < 600; i++) {
        adapt_tick(&adapt, now);
        adapt_accept(&adapt, adapt_sent(&adapt), 0, now);
        now += 100 * MS;
    }
    assert_true(adapt_rate(&adapt) <= 20);
}

/* ---- whatever comes ---- */

enum {
    FUZZ_RUNS = 400,
    FUZZ_EVENTS = 4000,
    FUZZ_FLIGHT = 64
};

static void check_state(const struct adapt *adapt)
{
    double least = fmin(0.5, adapt->cap / 4);
    assert_true(adapt->rate >= least * (1 - 1e-12));
    assert_true(adapt->rate <= adapt->cap);
    assert_true(isfinite(adapt->rate));
    assert_true(adapt->phase == ADAPT_START || adapt->phase == ADAPT_CLIMB ||
                (adapt->estimate > 0 && isfinite(adapt->estimate)));
}

/* Any answer, for any tag: lost, late, twice, of the future, long forgotten. */
static uint64_t answer_anything(struct adapt *adapt, uint64_t now)
{
    static uint32_t flight[FUZZ_FLIGHT];
    static double mood; /* of the service */
    if (random_unit() < 0.002)
        mood = random_unit();
    now += (uint64_t)(random_exp(random_unit() < 0.01 ? 5e9 : 5e6));
    adapt_tick(adapt, now);
    size_t which = random_next() % FUZZ_FLIGHT;
    if (adapt_when(adapt) <= now && random_unit() < 0.6)
        flight[which] = adapt_sent(adapt);
    uint32_t tag = flight[random_next() % FUZZ_FLIGHT];
    if (random_unit() < 0.02)
        tag = (uint32_t)random_next();
    int64_t rtt = (int64_t)random_exp(random_unit() < 0.01 ? 9e9 : 5e7);
    double what = random_unit();
    uint64_t wait = random_unit() < 0.01 ? random_next() % (60 * SECOND) : 0;
    if (what < 0.05)
        adapt_lost(adapt, tag, now);
    else if (what < 0.05 + 0.95 * mood)
        refuse(adapt, tag, random_unit(), wait, now);
    else
        adapt_accept(adapt, tag, rtt, now);
    return now;
}

/* From the first accepted answer on, the next start is at most 60 s away,
 * and the rate does not stay down. */
static void check_progress(struct adapt *adapt, uint64_t now)
{
    while (adapt_trickling(adapt)) {
        uint64_t when = adapt_when(adapt);
        uint32_t tag = adapt->tag; /* the question that is out, if one is */
        if (when < UINT64_MAX) {
            assert_true(when <= now + 90 * SECOND);
            now = when > now ? when : now;
            tag = adapt_sent(adapt);
        }
        adapt_accept(adapt, tag, 0, now);
    }
    double rate = adapt_rate(adapt);
    assert_true(1 / rate <= 60 || rate >= 0.99 * adapt->cap);
    now = offer(adapt, now, 60, 0);
    assert_false(adapt_trickling(adapt));
    /* the stop-loss may still halve it once, for what came before */
    double most = adapt_rate(adapt);
    for (int i = 0; i < 10; i++) {
        now = offer(adapt, now, 60, 0);
        most = fmax(most, adapt_rate(adapt));
    }
    assert_true(most >= fmin(1.2 * rate, 0.9 * adapt->cap));
}

static void survives_anything(void **state)
{
    (void)state;
    static const double caps[] = {0, 0, 1e6, 5000, 100, 20, 1, 0.3, 1.0 / 60};
    random_seed(10);
    for (int run = 0; run < FUZZ_RUNS; run++) {
        double cap = caps[(size_t)run % COUNT_OF(caps)];
        bool search = random_unit() < 0.5;
        struct adapt adapt = search ? begin(0, cap)
                                    : begin(cap > 0 ? cap : 100, 0);
        uint64_t now = EPOCH;
        for (int i = 0; i < FUZZ_EVENTS; i++) {
            now = answer_anything(&adapt, now);
            check_state(&adapt);
        }
        if (adapt.cap <= 5000 && adapt.cap > 0.9)
            check_progress(&adapt, now);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_as_told),
        cmocka_unit_test(stops_searching_at_the_maximum),
        cmocka_unit_test(forgives_single_refusals),
        cmocka_unit_test(minds_single_refusals_that_go_on),
        cmocka_unit_test(cuts_once_for_one_window),
        cmocka_unit_test(judges_without_the_last_answers),
        cmocka_unit_test(forgets_what_was_lost),
        cmocka_unit_test(asks_single_questions),
        cmocka_unit_test(jitters_single_questions),
        cmocka_unit_test(obeys_retry_after),
        cmocka_unit_test(is_not_fooled_by_a_late_answer),
        cmocka_unit_test(follows_hints),
        cmocka_unit_test(judges_the_slowest_rates),
        cmocka_unit_test(comes_back_from_the_floor),
        cmocka_unit_test(does_not_grow_while_idle),
        cmocka_unit_test(survives_anything),
        cmocka_unit_test(works_as_its_example),
        cmocka_unit_test(fills_a_known_quota),
        cmocka_unit_test(finds_an_unknown_quota),
        cmocka_unit_test(survives_a_rate_twice_the_quota),
        cmocka_unit_test(follows_a_quota_that_changes),
        cmocka_unit_test(sits_out_an_outage),
        cmocka_unit_test(recovers_from_a_trickle_of_a_quota),
        cmocka_unit_test(heeds_slow_answers),
        cmocka_unit_test(loses_little_by_retry_after),
        cmocka_unit_test(starts_from_what_it_remembers),
        cmocka_unit_test(runs_for_an_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

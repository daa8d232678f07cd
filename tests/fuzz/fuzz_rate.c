/*
 * The rate controller and the limiter, driven as the run drives them, by
 * any sequence of answers, late ones, lost ones, hints and pauses:
 *
 *     never faster than told in any window (a leaky bucket beside them);
 *     the rate is a number between its floor and its cap, and a hint only
 *     lowers it; in TRICKLE one question at a time, and few of them;
 *     as soon as all is accepted again, queries go on.
 */
#include <math.h>

#include "adapt.h"
#include "fuzz.h"
#include "limiter.h"

enum {
    IN_FLIGHT_MAX = 64
};

static const uint64_t ms = 1000000;
static const uint64_t second = 1000000000;
static const uint64_t tau_ns = 5000000;

/* The run, as far as the rate is concerned. */
struct client {
    struct adapt adapt;
    struct limiter limiter;
    double told; /* starts per second */
    double rate;
    uint64_t now;
    /* starts that are not yet paid for at the told rate */
    double level;
    uint64_t level_ns;
    /* queries out */
    struct {
        uint32_t tag;
        uint64_t sent_ns;
    } flight[IN_FLIGHT_MAX];
    size_t in_flight;
    /* TRICKLE */
    uint64_t trickle_ns; /* since when; 0: not */
    unsigned questions;
    bool asked;
};

static void check_rate(const struct client *client)
{
    double rate = adapt_rate(&client->adapt);
    double cap = client->adapt.cap;
    FUZZ_CHECK(isfinite(rate) && isfinite(cap) && cap <= client->told);
    FUZZ_CHECK(rate <= cap * (1 + 1e-9) || rate <= 0.5);
    FUZZ_CHECK(rate >= fmin(0.5, cap / 4) * (1 - 1e-9));
    FUZZ_CHECK(isfinite(client->adapt.estimate) && client->adapt.estimate >= 0);
    FUZZ_CHECK(adapt_estimate(&client->adapt) >= 0);
}

/* What the loop does on each turn. */
static void turn(struct client *client)
{
    adapt_tick(&client->adapt, client->now);
    check_rate(client);
    double rate = adapt_rate(&client->adapt);
    if (rate != client->rate)
        limiter_set_rate(&client->limiter, rate, client->now);
    client->rate = rate;
    bool trickle = adapt_trickling(&client->adapt);
    if (trickle != (client->trickle_ns > 0)) {
        client->trickle_ns = trickle ? client->now : 0;
        client->questions = 0;
        client->asked = false;
    }
}

static uint64_t when(const struct client *client)
{
    uint64_t a = adapt_when(&client->adapt);
    uint64_t b = limiter_when(&client->limiter);
    return a > b ? a : b;
}

static void count_question(struct client *client)
{
    double s = (double)(client->now - client->trickle_ns) / (double)second;
    FUZZ_CHECK(!client->asked);
    client->asked = true;
    client->questions++;
    /* 50 or 100 ms apart for 2 s, then doubling from there to 20 s */
    FUZZ_CHECK(client->questions <=
               2 + fmin(s, 2) / 0.0375 + 9 + fmax(0, s - 2) / 15);
}

/* Sends a query if one may start now. */
static bool start(struct client *client)
{
    if (when(client) > client->now || client->in_flight == IN_FLIGHT_MAX)
        return false;
    if (client->trickle_ns > 0)
        count_question(client);
    uint64_t passed = client->now - client->level_ns;
    client->level = fmax(0, client->level -
                                client->told * (double)passed / (double)second);
    client->level_ns = client->now;
    client->level += 1;
    FUZZ_CHECK(client->level <=
               1 + client->told * (double)tau_ns / (double)second + 1e-6);
    client->flight[client->in_flight].sent_ns = client->now;
    client->flight[client->in_flight++].tag = adapt_sent(&client->adapt);
    limiter_take(&client->limiter, client->now);
    return true;
}

/* The answer to one of the queries, by what the byte says; twice, too. */
static void answer(struct client *client, unsigned which, unsigned what,
                   unsigned wait)
{
    if (client->in_flight == 0)
        return;
    size_t i = which % client->in_flight;
    uint32_t tag = client->flight[i].tag;
    uint64_t rtt = client->now - client->flight[i].sent_ns;
    if (what % 8 != 7) /* 7: the same answer will come again */
        client->flight[i] = client->flight[--client->in_flight];
    client->asked = false;
    const struct adapt_refusal refusal = {
        .tag = tag,
        .rtt_ns = (int64_t)rtt,
        .wait_ns = wait % 4 == 0 ? wait * second / 5 : 0,
        .random = (what & 0xf0) / 256.0};
    if (what % 4 == 0)
        adapt_refuse(&client->adapt, &refusal, client->now);
    else if (what % 4 == 1)
        adapt_lost(&client->adapt, tag, client->now);
    else
        adapt_accept(&client->adapt, tag, (int64_t)rtt, client->now);
}

/* Many queries, answered after rtt_ms, of which refused in 16 are not. */
static void traffic(struct client *client, unsigned length, unsigned refused)
{
    uint64_t end = client->now + length * 20 * ms;
    for (unsigned i = 0; client->now < end && i < 400; i++) {
        turn(client);
        if (!start(client) && client->in_flight == 0) {
            uint64_t next = when(client);
            client->now = next < end && next > client->now ? next : end;
            continue;
        }
        client->now += (i & 3) * ms;
        answer(client, 0, (i * 7 + length) % 16 < refused ? 0x80 : 2, 1);
    }
}

/* All is accepted from now on: within a minute and a half it goes on. */
static void check_progress(struct client *client)
{
    unsigned started = 0;
    /* what was sent before a cut is paid for at the floor */
    double debt_s = (1 + client->told * (double)tau_ns / 1e9) / 0.5;
    uint64_t end = client->now + 90 * second + (uint64_t)(debt_s * 1e9);
    while (client->in_flight > 0)
        answer(client, 0, 2, 1);
    turn(client);
    while (started < 3 && when(client) < end) {
        uint64_t next = when(client);
        uint64_t rise = adapt_rises_at(&client->adapt);
        next = rise < next ? rise : next;
        client->now = next > client->now ? next : client->now;
        turn(client);
        if (!start(client))
            continue;
        started++;
        client->now += 10 * ms;
        answer(client, 0, 2, 1);
        turn(client);
    }
    FUZZ_CHECK(started == 3 || client->told < 0.1);
}

static void step(struct client *client, struct fuzz *fuzz)
{
    unsigned what = fuzz_byte(fuzz);
    unsigned more = fuzz_byte(fuzz);
    switch (what >> 5) {
    case 0:
        client->now += more * ms * (what & 16 ? 100 : 1);
        break;
    case 1:
        for (unsigned i = 0; i <= more % 16; i++)
            (void)start(client);
        break;
    case 2:
        answer(client, more, what, fuzz_byte(fuzz));
        break;
    case 3:
        for (unsigned i = 0; i <= more % 32; i++)
            answer(client, i, what, 1);
        break;
    case 4:
        adapt_hint(&client->adapt, more * (what & 16 ? 1000.0 : 0.25),
                   what & 8 ? UINT64_MAX : (what & 7) * second, client->now);
        break;
    default:
        traffic(client, more, what % 16 + 1);
    }
    turn(client);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const double rates[] = {0.0003, 0.4, 1, 10, 100, 1000, 1e4, 1e6};
    struct fuzz fuzz = {data, size};
    struct client client = {.now = 1000 * second};
    unsigned how = fuzz_byte(&fuzz);
    struct adapt_settings settings = {
        .rate_per_s = rates[how % 8],
        .search = how & 8,
        .max_rate_per_s = how & 16 ? rates[how >> 5] : 0,
    };
    client.told = settings.search ? settings.max_rate_per_s
                                  : settings.rate_per_s;
    if (client.told <= 0)
        client.told = 1e9;
    client.level_ns = client.now;
    adapt_init(&client.adapt, &settings,
               settings.search ? fuzz_byte(&fuzz) * 4.0 : 0, client.now);
    client.rate = adapt_rate(&client.adapt);
    limiter_init(&client.limiter, client.rate, tau_ns, client.now);
    while (fuzz.left > 0)
        step(&client, &fuzz);
    if (client.told >= 0.1)
        check_progress(&client);
    return 0;
}

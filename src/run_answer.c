/*
 * What an attempt's outcome means for the row and for the run.
 *
 * Responsible for asking the policies in the right order: reply judges the
 * answer, adapt measures the rate by it, gate asks what it says about the
 * run, retry decides about the row. Starts nothing.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ratelimit.h"
#include "reply.h"
#include "run_state.h"
#include "units.h"

static const uint64_t STEP_BACK_NS = 1 * UNITS_NS_PER_S;
static const uint64_t CROWDED_NS = 1 * UNITS_NS_PER_S;
static const int64_t ROW_WAIT_MOST_NS = 60 * UNITS_NS_PER_S;

/* Uniform in [0, 1); splitmix64: jitter needs no better. */
static double next_random(struct run *run)
{
    run->random += 0x9e3779b97f4a7c15U;
    uint64_t x = run->random;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    x ^= x >> 31;
    return (double)(x >> 11) * 0x1p-53;
}

int64_t run_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void run_know_control(struct run *run, const struct query *query)
{
    if (query->error == QUERY_ANSWERED &&
        run->control.id_len == 0) /* it has room: the same maximum */
        (void)query_set_id(&run->control, query->text.data, query->id_len);
}

/* Writes what an attempt brought into the row. */
static void take_result(struct run *run, struct query *query,
                        const struct outcome *outcome, uint64_t now_ns)
{
    query->error = outcome->error;
    query->http_status = (uint16_t)outcome->http_status;
    if (outcome->error == QUERY_ANSWERED)
        query->error = reply_read(
            outcome->http_status, outcome->body, outcome->body_len,
            run->options->run.missing_is_offline, &query->online);
    bool answered = query->error == QUERY_ANSWERED;
    /* whole microseconds, as copies of the answer keep it */
    int64_t us = (int64_t)(now_ns - query->started_ns + 500) / 1000;
    query->latency_ns = outcome->error == QUERY_ANSWERED ? us * 1000 : -1;
    query->checked_ms = run_wall_ms();
    stats_reply(&run->stats, query, now_ns);
    if (query->error == QUERY_RATE_LIMITED)
        timeline_refused(&run->timeline, query->started_ns);
    if (answered)
        retry_succeeded(&run->retry);
    run_know_control(run, query);
    run->detail[0] = '\0';
    if (outcome->error != QUERY_ANSWERED)
        (void)snprintf(run->detail, sizeof run->detail, "%s", outcome->detail);
}

/* Tells the rate controller. Only whole replies are rate signals. */
static void steer(struct run *run, const struct query *query, int64_t wait_ns,
                  uint64_t now_ns)
{
    struct adapt *adapt = &run->adapt;
    int64_t rtt_ns = (int64_t)(now_ns - query->started_ns);
    if (query->error == QUERY_RATE_LIMITED) {
        bool waits = wait_ns > 0 && wait_ns <= ROW_WAIT_MOST_NS;
        const struct adapt_refusal refusal = {
            .tag = query->tag,
            .rtt_ns = rtt_ns,
            .wait_ns = waits ? (uint64_t)wait_ns : 0,
            .random = next_random(run)};
        adapt_refuse(adapt, &refusal, now_ns);
    } else if (query->latency_ns < 0 || query->error == QUERY_SERVER_ERROR) {
        adapt_lost(adapt, query->tag, now_ns);
    } else {
        adapt_accept(adapt, query->tag, rtt_ns, now_ns);
    }
}

void run_judge_suspects(struct run *run, bool outage)
{
    while (run->suspects) {
        struct query *query = run->suspects;
        run->suspects = query->suspect;
        if (outage) {
            query->tries = 0;
            retry_park(&run->retry, query, 0);
        } else {
            run_settle(run, query);
        }
    }
}

/* No further attempt: the row is done, unless its failure may be an outage. */
static void finish_row(struct run *run, struct query *query)
{
    bool failed = query->tries > 0 && query->error != QUERY_ANSWERED;
    if (!failed || !gate_suspects_outage(&run->gate)) {
        run_settle(run, query);
        return;
    }
    query->state = QUERY_WAITING;
    query->suspect = run->suspects;
    run->suspects = query;
}

/* RateLimit fields only ever lower the rate. */
static void take_hints(struct run *run, const char *const *fields,
                       uint64_t now_ns)
{
    struct ratelimit limit;
    if (ratelimit_read_policy(fields[TRANSPORT_RATELIMIT_POLICY], &limit))
        adapt_hint(&run->adapt, limit.per_s, limit.for_ns, now_ns);
    if (ratelimit_read(fields[TRANSPORT_RATELIMIT], &limit) ||
        ratelimit_read_pair(fields[TRANSPORT_REMAINING],
                            fields[TRANSPORT_RESET], &limit))
        adapt_hint(&run->adapt, limit.per_s, limit.for_ns, now_ns);
}

/*
 * Did this row's failure end the run? It is not done then: it waits like
 * those that want another try, and the end decides about them.
 */
static bool ended_run(const struct run *run, const struct query *query,
                      bool was_running)
{
    bool login = run->gate.end == GATE_LOGIN &&
                 (query->error == QUERY_UNAUTHORIZED ||
                  query->error == QUERY_FORBIDDEN);
    return login || (was_running && run->gate.end != GATE_RUNNING);
}

static struct gate_reply gate_reply_of(struct run *run,
                                       const struct query *query,
                                       const struct outcome *outcome,
                                       int64_t wait_ns)
{
    return (struct gate_reply){.error = query->error,
                               .mistake = outcome->mistake,
                               .http_status = outcome->http_status,
                               .wait_ns = wait_ns,
                               .random = query->error ? next_random(run) : 0};
}

/* The control is no row: only the gate wants to know. */
static void decide_control(struct run *run, const struct outcome *outcome,
                           int64_t wait_ns, uint64_t now_ns)
{
    struct query *control = &run->control;
    struct gate_reply reply = gate_reply_of(run, control, outcome, wait_ns);
    control->state = QUERY_READY;
    control->fresh = outcome->resend;
    if (!outcome->resend)
        (void)gate_reply(&run->gate, &reply, now_ns); /* it stays ready */
}

/*
 * A probe of an outage has failed. Where the service was reached it may be
 * this id alone that fails: let another row go first.
 */
static uint64_t step_back_ns(const struct run *run, const struct query *query,
                             uint64_t now_ns)
{
    bool reached = query->error == QUERY_SERVER_ERROR ||
                   query->error == QUERY_TIMEOUT ||
                   query->error == QUERY_CONNECTION_LOST;
    if (run->gate.mode != GATE_BROKEN || !reached)
        return 0;
    uint64_t probe_ns = run->gate.not_before_ns;
    return (probe_ns > now_ns ? probe_ns - now_ns : 0) + STEP_BACK_NS;
}

/* Counts the try and asks retry what becomes of the row. */
static void decide(struct run *run, struct query *query,
                   const struct outcome *outcome, int64_t wait_ns,
                   uint64_t now_ns)
{
    struct gate_reply reply = gate_reply_of(run, query, outcome, wait_ns);
    bool was_running = run->gate.end == GATE_RUNNING;
    bool again = !outcome->resend && gate_reply(&run->gate, &reply, now_ns);
    bool refused = query->error == QUERY_RATE_LIMITED;
    query->refusals += refused;
    query->tries += !refused && !outcome->resend && !outcome->crowded && !again;
    struct retry_case what = {.error = query->error,
                              .resend = outcome->resend,
                              .tries = query->tries,
                              .refusals = query->refusals,
                              .wait_ns = wait_ns,
                              .random = query->error ? next_random(run) : 0};
    struct retry_decision decision = {RETRY_LATER, 0};
    if (again)
        decision.delay_ns = step_back_ns(run, query, now_ns);
    else if (outcome->crowded)
        decision.delay_ns = CROWDED_NS;
    else if (!ended_run(run, query, was_running))
        decision = retry_decide(&run->retry, &what);
    if (decision.verdict == RETRY_DONE) {
        finish_row(run, query);
        return;
    }
    query->state = QUERY_WAITING;
    query->fresh = decision.verdict == RETRY_FRESH;
    retry_park(&run->retry, query, now_ns + decision.delay_ns);
}

/* What is odd about the service is said once. */
static void tell_oddity(struct run *run, const struct query *query,
                        const char *type)
{
    bool other = query->error == QUERY_ANSWERED && type &&
                 !strstr(type, "json");
    if (other && !run->told.type)
        diag_debug("the service calls its answers %s, not JSON: they are read "
                   "all the same",
                   type);
    run->told.type = run->told.type || other;
    bool redirect = query->http_status >= 300 && query->http_status < 400;
    if (redirect && !run->told.redirect)
        diag_note("the service answered %d, a redirect: it is not followed, "
                  "because the login would travel; is the endpoint right?",
                  query->http_status);
    run->told.redirect = run->told.redirect || redirect;
}

/* How long the service asks to wait, with a 429 or 503; -1: it does not. */
static int64_t wait_of(const struct outcome *outcome)
{
    if (outcome->http_status != 429 && outcome->http_status != 503)
        return -1;
    return retry_after_parse(outcome->fields[TRANSPORT_RETRY_AFTER],
                             outcome->fields[TRANSPORT_DATE],
                             run_wall_ms() / 1000);
}

/*
 * No connection to spare on this machine: no more queries at once than those
 * that have one; then one more every now and then.
 */
static void fit_slots(struct run *run, bool crowded)
{
    bool look = run->stats.sent < 64 || run->stats.sent % 64 == 0;
    unsigned in_flight = transport_in_flight(run->transport);
    if (crowded && in_flight < run->slots.most) {
        run->slots.most = in_flight > 0 ? in_flight : 1;
        diag_note("no descriptor or port is left for a connection: at most %u "
                  "queries at once for now",
                  run->slots.most);
    } else if (look && run->slots.most < run->slots.made) {
        run->slots.most++;
    }
    if (look || crowded)
        run->slots.now = run_slots(run);
}

/* transport_done_fn */
void run_on_done(struct query *query, const struct outcome *outcome, void *ctx)
{
    struct run *run = ctx;
    uint64_t now_ns = uv_hrtime();
    take_result(run, query, outcome, now_ns);
    int64_t wait_ns = wait_of(outcome);
    steer(run, query, wait_ns, now_ns);
    take_hints(run, outcome->fields, now_ns);
    if (query == &run->control)
        decide_control(run, outcome, wait_ns, now_ns);
    else
        decide(run, query, outcome, wait_ns, now_ns);
    if (run->gate.mode == GATE_BROKEN)
        run_judge_suspects(run, true);
    else if (!gate_suspects_outage(&run->gate))
        run_judge_suspects(run, false);
    tell_oddity(run, query, outcome->type);
    fit_slots(run, outcome->crowded);
}

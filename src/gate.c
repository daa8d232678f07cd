/*
 * May the run ask at all?
 *
 * Responsible for stops that concern every row; not for the rate (adapt)
 * nor for one row's tries (retry). Modes:
 *
 *     PROBE ---- 401 --------------------------------------> end (login)
 *       |------- 403 --> CAREFUL -- ten in a row ----------> end (login)
 *       |          |        '-- a 200 --> OPEN
 *       |          '---> CONTROL, after an earlier run
 *       |------- a wrong name or certificate -------------> end
 *       |------- failed --> BROKEN
 *       '------- anything else --> OPEN
 *     OPEN ----- 401 --> CONFIRM -- 401 again -------------> end (login)
 *       |                   |-- failed --> BROKEN
 *       |                   '-- any other answer --> OPEN (429: wait on)
 *       |------- many 403 -> CONTROL -- 403 again -----------> end (login)
 *       |                   '-- any other answer --> OPEN
 *       '------- too many failed --> BROKEN -- give-up ----> end
 *                                      '-- a reply --> OPEN
 *
 * In every mode but OPEN one query is in flight at a time, so a wrong
 * password costs one query and an outage a handful. The breaker opens when
 * more than half of the last max(50, 2 s of rate) replies failed, or when
 * three in a row could not even be asked (no name, no connection), since that
 * is no row's fault. From the fifth failure in a row on an outage is
 * suspected: a row whose tries have run out waits for the verdict, so that an
 * outage costs no rows.
 */
#include "gate.h"

#include <math.h>
#include <string.h>

#include "units.h"

enum {
    FORBIDDEN_MAX = 10, /* in a row at the start: for everybody */
    NO_ANSWER_MAX = 20, /* bad_response in a row: not the service */
    FAILED_RUN = 4,     /* a longer run may be an outage */
    UNREACHED_MAX = 3,  /* in a row without a connection: it is one */
    JUDGED_REPLIES = 100,
    RING_LEAST = 50,
    RING_MOST = 8192
};

static const uint64_t CONFIRM_NS = 1 * UNITS_NS_PER_S;
static const uint64_t BACKOFF_FIRST_NS = 1 * UNITS_NS_PER_S;
static const uint64_t BACKOFF_MOST_NS = 30 * UNITS_NS_PER_S;
static const int64_t PAUSE_FROM_NS = 60 * UNITS_NS_PER_S;
static const int64_t PAUSE_MOST_NS = 600 * UNITS_NS_PER_S;

void gate_init(struct gate *gate, const struct gate_settings *settings,
               double rate_per_s, uint64_t now_ns)
{
    *gate = (struct gate){.settings = *settings, .started_ns = now_ns};
    double size = fmin(RING_MOST, fmax(RING_LEAST, 2 * rate_per_s));
    gate->ring_size = (uint32_t)size;
    gate->control_at = FORBIDDEN_MAX;
}

/* What is in flight when the run ends may find a weightier cause. */
static void end_run(struct gate *gate, enum gate_end end)
{
    if (end > gate->end)
        gate->end = end;
}

uint64_t gate_when(struct gate *gate, unsigned in_flight)
{
    uint64_t most = gate->settings.max_queries;
    if (most > 0 && gate->sent >= most)
        end_run(gate, GATE_MAX_QUERIES);
    if (gate->end != GATE_RUNNING || (gate->mode != GATE_OPEN && in_flight > 0))
        return UINT64_MAX;
    return gate->not_before_ns;
}

uint64_t gate_ends_at(const struct gate *gate)
{
    uint64_t deadline = (uint64_t)gate->settings.deadline_ns;
    return deadline > 0 ? gate->started_ns + deadline : UINT64_MAX;
}

void gate_tick(struct gate *gate, uint64_t now_ns)
{
    if (gate->end == GATE_RUNNING && now_ns >= gate_ends_at(gate))
        end_run(gate, GATE_DEADLINE);
}

void gate_recall(struct gate *gate)
{
    gate->recalled = true;
}

void gate_finish(struct gate *gate)
{
    gate->settings.deadline_ns = 0;
    if (gate->end == GATE_DEADLINE)
        gate->end = GATE_RUNNING;
}

void gate_give_up(struct gate *gate)
{
    end_run(gate, GATE_RATE_LIMITED);
}

void gate_sent(struct gate *gate)
{
    gate->sent++;
    gate->asking = gate->mode != GATE_OPEN;
}

static bool is_failure(enum query_error error)
{
    switch (error) {
    case QUERY_SERVER_ERROR:
    case QUERY_TIMEOUT:
    case QUERY_DNS_FAILED:
    case QUERY_CONNECT_FAILED:
    case QUERY_TLS_FAILED:
    case QUERY_CONNECTION_LOST:
        return true;
    default:
        return false;
    }
}

/* Nothing was asked, so nothing is said about the row. */
static bool is_unreached(enum query_error error)
{
    return error == QUERY_DNS_FAILED || error == QUERY_CONNECT_FAILED;
}

static void enter(struct gate *gate, enum gate_mode mode)
{
    gate->mode = mode;
    gate->asking = false;
}

static void open_gate(struct gate *gate)
{
    enter(gate, GATE_OPEN);
    gate->ring_at = 0;
    gate->ring_failed = 0;
    gate->failed_run = 0;
    gate->unreached_run = 0;
    memset(gate->ring, 0, sizeof gate->ring);
}

/*
 * A reply decides whether the run gives up, never time alone: a run that was
 * suspended, paused by the service or told a slow rate asks once more.
 */
static uint64_t give_up_at(const struct gate *gate, uint64_t since_ns)
{
    return since_ns + (uint64_t)gate->settings.give_up_ns;
}

/* A longer wait that is already in force stands. */
static void wait_until(struct gate *gate, uint64_t at_ns)
{
    if (at_ns > gate->not_before_ns)
        gate->not_before_ns = at_ns;
}

/* What the service asked for, and up to 10 % more: never all at once. */
static uint64_t wait_of(const struct gate_reply *reply)
{
    return (uint64_t)((double)reply->wait_ns * (1 + 0.1 * reply->random));
}

/* Waits for the next single probe: 1, 2, 4 .. 30 s, a quarter either way, the
 * last one when the run gives up; or as long as the service asked for. */
static void back_off(struct gate *gate, const struct gate_reply *reply,
                     uint64_t now_ns)
{
    double wait = (double)gate->backoff_ns * (0.75 + 0.5 * reply->random);
    uint64_t at = now_ns + (uint64_t)wait;
    uint64_t last = give_up_at(gate, gate->broken_since_ns);
    wait_until(gate, at < last ? at : last);
    if (reply->wait_ns > 0)
        wait_until(gate, now_ns + wait_of(reply));
    gate->backoff_ns = gate->backoff_ns * 2 < BACKOFF_MOST_NS
                           ? gate->backoff_ns * 2
                           : BACKOFF_MOST_NS;
}

static void break_off(struct gate *gate, const struct gate_reply *reply,
                      uint64_t now_ns)
{
    enter(gate, GATE_BROKEN);
    gate->broken_since_ns = now_ns;
    gate->backoff_ns = BACKOFF_FIRST_NS;
    back_off(gate, reply, now_ns);
}

/* Pushes a reply into the ring; true when the breaker must open. */
static bool ring_push(struct gate *gate, bool failed)
{
    uint32_t at = gate->ring_at;
    uint64_t bit = UINT64_C(1) << (at % 64);
    if (gate->ring[at / 64] & bit)
        gate->ring_failed--;
    gate->ring[at / 64] &= ~bit;
    if (failed) {
        gate->ring[at / 64] |= bit;
        gate->ring_failed++;
    }
    gate->ring_at = (at + 1) % gate->ring_size;
    return 2 * gate->ring_failed > gate->ring_size;
}

/* What the service asked for: a pause of the run, or its end. */
static void obey_wait(struct gate *gate, const struct gate_reply *reply,
                      uint64_t now_ns)
{
    if (reply->wait_ns > PAUSE_MOST_NS) {
        end_run(gate, GATE_RATE_LIMITED);
    } else if (reply->wait_ns > PAUSE_FROM_NS) {
        wait_until(gate, now_ns + wait_of(reply));
        gate->paused_until_ns = gate->not_before_ns;
    }
}

static void count_run(uint32_t *run, bool one_more)
{
    *run = one_more ? *run + 1 : 0;
}

/* Runs of replies that say something about the run. */
static void count_runs(struct gate *gate, const struct gate_reply *reply,
                       uint64_t now_ns)
{
    enum query_error error = reply->error;
    if (error == QUERY_ANSWERED)
        gate->answered = true;
    if (error != QUERY_RATE_LIMITED) { /* a 429 says nothing about these */
        gate->refused_since_ns = 0;
        count_run(&gate->failed_run, is_failure(error));
        count_run(&gate->unreached_run, is_unreached(error));
        count_run(&gate->forbidden_run, error == QUERY_FORBIDDEN);
        count_run(&gate->no_answer_run, error == QUERY_BAD_RESPONSE);
    } else if (gate->refused_since_ns == 0) {
        gate->refused_since_ns = now_ns;
    } else if (now_ns >= give_up_at(gate, gate->refused_since_ns)) {
        end_run(gate, GATE_RATE_LIMITED);
    }
    int status = reply->http_status;
    if (status == 407)
        end_run(gate, GATE_PROXY);
    if (gate->replies++ >= JUDGED_REPLIES)
        return;
    gate->rejected += status == 400 || status == 405 || status == 414;
    if (gate->replies == JUDGED_REPLIES && gate->rejected > JUDGED_REPLIES / 2)
        end_run(gate, GATE_REJECTED);
}

bool gate_suspects_outage(const struct gate *gate)
{
    return gate->mode == GATE_BROKEN || gate->failed_run > FAILED_RUN;
}

/*
 * 403 for some ids is a row's result, 403 for all is the run's end. Which is
 * it? An id that had an answer before knows; without one, ask carefully.
 */
static void ask_about_403(struct gate *gate)
{
    enter(gate, gate->answered || gate->recalled ? GATE_CONTROL : GATE_CAREFUL);
}

/* The answer to the single query of PROBE or CAREFUL. */
static bool reply_first(struct gate *gate, const struct gate_reply *reply,
                        uint64_t now_ns)
{
    if (reply->error == QUERY_UNAUTHORIZED ||
        gate->forbidden_run >= FORBIDDEN_MAX) {
        end_run(gate, GATE_LOGIN);
    } else if (reply->mistake) {
        end_run(gate, GATE_UNREACHABLE);
    } else if (is_failure(reply->error)) {
        break_off(gate, reply, now_ns);
        return true;
    } else if (reply->error == QUERY_FORBIDDEN) {
        ask_about_403(gate);
    } else if (reply->error == QUERY_ANSWERED ||
               (gate->mode == GATE_PROBE &&
                reply->error != QUERY_RATE_LIMITED)) {
        open_gate(gate);
    }
    return false;
}

static bool reply_open(struct gate *gate, const struct gate_reply *reply,
                       uint64_t now_ns)
{
    if (reply->error == QUERY_UNAUTHORIZED) {
        enter(gate, GATE_CONFIRM);
        wait_until(gate, now_ns + CONFIRM_NS);
        return true;
    }
    if (reply->error == QUERY_RATE_LIMITED)
        return false;
    bool failed = is_failure(reply->error);
    if (ring_push(gate, failed) || gate->no_answer_run >= NO_ANSWER_MAX ||
        gate->unreached_run >= UNREACHED_MAX)
        break_off(gate, reply, now_ns);
    else if (gate->forbidden_run >= gate->control_at)
        ask_about_403(gate);
    return false;
}

/* The control's answer; more of other rows may come before it. */
static bool reply_control(struct gate *gate, const struct gate_reply *reply,
                          uint64_t now_ns)
{
    if (!gate->asking)
        return reply->error == QUERY_UNAUTHORIZED;
    gate->asking = false;
    if (is_failure(reply->error)) {
        break_off(gate, reply, now_ns);
    } else if (reply->error == QUERY_RATE_LIMITED) {
        wait_until(gate, now_ns + CONFIRM_NS);
    } else if (reply->error == QUERY_FORBIDDEN) {
        end_run(gate, GATE_LOGIN);
    } else {
        open_gate(gate);
        gate->control_at *= 2; /* these ids: controls stay rare */
        if (reply->error == QUERY_UNAUTHORIZED)
            enter(gate, GATE_CONFIRM);
    }
    return false;
}

static bool reply_confirm(struct gate *gate, const struct gate_reply *reply,
                          uint64_t now_ns)
{
    bool unauthorized = reply->error == QUERY_UNAUTHORIZED;
    if (!gate->asking) /* sent before the first 401 came */
        return unauthorized;
    if (unauthorized) {
        end_run(gate, GATE_LOGIN);
        return false;
    }
    if (is_failure(reply->error)) {
        break_off(gate, reply, now_ns);
        return true;
    }
    if (reply->error == QUERY_RATE_LIMITED) {
        gate->asking = false;
        wait_until(gate, now_ns + CONFIRM_NS);
        return false;
    }
    open_gate(gate);
    return false;
}

static bool reply_broken(struct gate *gate, const struct gate_reply *reply,
                         uint64_t now_ns)
{
    bool failed = is_failure(reply->error);
    if (!gate->asking) /* sent before the breaker opened */
        return failed || reply->error == QUERY_UNAUTHORIZED;
    gate->asking = false;
    if (failed || reply->error == QUERY_BAD_RESPONSE) {
        back_off(gate, reply, now_ns);
        if (now_ns >= give_up_at(gate, gate->broken_since_ns))
            end_run(gate, GATE_UNREACHABLE);
        return failed;
    }
    open_gate(gate);
    if (gate->answered)
        return reply_open(gate, reply, now_ns);
    enter(gate, GATE_PROBE); /* it never opened: the login is not proven */
    return reply_first(gate, reply, now_ns);
}

bool gate_reply(struct gate *gate, const struct gate_reply *reply,
                uint64_t now_ns)
{
    count_runs(gate, reply, now_ns);
    obey_wait(gate, reply, now_ns);
    switch (gate->mode) {
    case GATE_PROBE:
    case GATE_CAREFUL:
        return reply_first(gate, reply, now_ns);
    case GATE_OPEN:
        return reply_open(gate, reply, now_ns);
    case GATE_CONTROL:
        return reply_control(gate, reply, now_ns);
    case GATE_CONFIRM:
        return reply_confirm(gate, reply, now_ns);
    case GATE_BROKEN:
        break;
    }
    return reply_broken(gate, reply, now_ns);
}

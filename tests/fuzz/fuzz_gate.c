/*
 * Gate and retry under any sequence of replies: an end is for good, limits
 * hold to the query, a mode of single queries has one, waits are bounded,
 * and the retry budget is never overdrawn.
 */
#include "fuzz.h"
#include "gate.h"
#include "retry.h"

static const uint64_t ms = 1000000;
static const uint64_t second = 1000000000;

enum {
    MAX_QUERIES = 200
};

struct run {
    struct gate gate;
    struct retry retry;
    uint64_t now;
    unsigned in_flight;
    uint64_t sent;
    unsigned retried;
    unsigned answered;
    enum gate_end end;
};

static void check_gate(struct run *run)
{
    gate_tick(&run->gate, run->now);
    FUZZ_CHECK(run->gate.end >= run->end);
    run->end = run->gate.end;
    FUZZ_CHECK(run->gate.ring_failed <= run->gate.ring_size);
    FUZZ_CHECK(run->retry.tokens >= 0 &&
               run->retry.tokens <= run->retry.ceiling);
}

static void start(struct run *run)
{
    uint64_t at = gate_when(&run->gate, run->in_flight);
    if (run->gate.mode != GATE_OPEN && run->in_flight > 0)
        FUZZ_CHECK(at == UINT64_MAX);
    if (run->gate.end != GATE_RUNNING)
        FUZZ_CHECK(at == UINT64_MAX);
    if (at == UINT64_MAX)
        return;
    /* a pause that the service asked for, 11 min at most, with its jitter */
    FUZZ_CHECK(at <= run->now + 662 * second);
    if (at > run->now)
        return;
    gate_sent(&run->gate);
    run->in_flight++;
    run->sent++;
    FUZZ_CHECK(run->gate.settings.max_queries == 0 ||
               run->sent <= run->gate.settings.max_queries);
}

static void decide(struct run *run, enum query_error error, unsigned what,
                   int64_t wait_ns)
{
    struct retry_case facts = {
        .error = error,
        .resend = what == 255,
        .tries = what % 5 + 1,
        .refusals = what,
        .wait_ns = wait_ns,
        .random = what / 256.0,
    };
    struct retry_decision decision = retry_decide(&run->retry, &facts);
    bool budget = error != QUERY_RATE_LIMITED && what != 255;
    FUZZ_CHECK((decision.verdict == RETRY_FRESH) == (what == 255));
    if (decision.verdict != RETRY_LATER)
        return;
    FUZZ_CHECK(query_error_retryable(error));
    FUZZ_CHECK(wait_ns < 0 || decision.delay_ns >= (uint64_t)wait_ns);
    FUZZ_CHECK(wait_ns > 0 || decision.delay_ns <= 20 * second);
    run->retried += budget;
    FUZZ_CHECK(!budget || facts.tries <= run->retry.settings.retries);
    FUZZ_CHECK(run->retried <= run->retry.ceiling +
                                   run->answered * run->retry.settings.budget +
                                   1e-6);
}

static void reply(struct run *run, unsigned what, unsigned more)
{
    static const int64_t waits[] = {-1, -1, 0, 1, 30, 61, 600, 601};
    static const int statuses[] = {200, 429, 401, 403, 404, 400, 503,
                                   0,   0,   0,   0,   0,   200};
    enum query_error error = (enum query_error)(what % 13);
    struct gate_reply reply = {.error = error,
                               .http_status = statuses[error],
                               .wait_ns = waits[more % 8],
                               .random = more / 256.0};
    if (reply.wait_ns > 0)
        reply.wait_ns *= (int64_t)second;
    run->in_flight--;
    if (error == QUERY_ANSWERED) {
        retry_succeeded(&run->retry);
        run->answered++;
    }
    if (!gate_reply(&run->gate, &reply, run->now))
        decide(run, error, more, reply.wait_ns);
    else
        FUZZ_CHECK(error != QUERY_ANSWERED);
    FUZZ_CHECK(reply.wait_ns <= 600 * (int64_t)second ||
               run->gate.end != GATE_RUNNING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {data, size};
    struct run run = {.now = 1000 * second};
    unsigned how = fuzz_byte(&fuzz);
    struct gate_settings settings = {
        .give_up_ns = how & 1 ? (int64_t)second : 300 * (int64_t)second,
        .deadline_ns = how & 2 ? 60 * (int64_t)second : 0,
        .max_queries = how & 4 ? MAX_QUERIES : 0,
    };
    struct retry_settings retry = {.retries = how >> 3 & 3,
                                   .budget = (how >> 5) / 8.0};
    gate_init(&run.gate, &settings, how & 8 ? 1 : 5000, run.now);
    retry_init(&run.retry, &retry, how & 8 ? 1 : 40);
    while (fuzz.left > 0) {
        unsigned what = fuzz_byte(&fuzz);
        unsigned more = fuzz_byte(&fuzz);
        if (what < 32)
            run.now += more * ms * (what & 1 ? 1000 : 10);
        for (unsigned i = 0; what >= 32 && what < 96 && i <= more % 64; i++)
            start(&run);
        unsigned times = what >= 224 ? more % 32 + 1 : what >= 96;
        for (unsigned i = 0; i < times && run.in_flight > 0; i++)
            reply(&run, what, (more + i) % 256);
        check_gate(&run);
    }
    uint64_t end = gate_ends_at(&run.gate);
    FUZZ_CHECK(!settings.deadline_ns ||
               end <= run.now + (uint64_t)settings.deadline_ns);
    if (settings.deadline_ns) {
        run.now += (uint64_t)settings.deadline_ns;
        check_gate(&run);
        FUZZ_CHECK(run.end != GATE_RUNNING);
    }
    retry_release(&run.retry);
    return 0;
}

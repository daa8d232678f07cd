/*
 * Moves the rate by answers.
 *
 * Responsible for how fast the run may be; the spacing of single starts is
 * limiter's, the order of rows nobody's here. The idea: a saturated server
 * accepts exactly its quota, so when a share p of what was sent at rate r
 * was refused, the quota is Q = r (1 - p). The share is taken over all
 * requests *sent* in one window, whenever their answers come, so neither
 * round-trip time nor our own stalls blur it. One window is one decision:
 * answers of windows older than the last decision are history, not news. A
 * window is judged when all its answers are in, or after three round trips
 * (refusals' or others', whichever take longer); until then the next one
 * goes on, however slow the answers are.
 *
 *     START    double after each clean 0.5 s, until refused -> CLIMB at r/2
 *     CLIMB    +20 % a window until saturated: est = Q    -> HOLD
 *     HOLD     pace at 0.985 est; a window with p > 0.6 %, or single
 *              refusals that go on: est *= 1 - p; quiet long enough -> PROBE
 *     PROBE    one window at est (1 + step), or until 4 % of it are refused:
 *              refused: est = Q, probe more rarely; clean: est = r, double
 *              the step                                   -> HOLD
 *     TRICKLE  (from any) a run of refusals: stop, ask with single requests
 *              until one is accepted; spends ten requests, not thousands
 *
 * A stated rate is a cap and starts in HOLD at 0.995 of it.
 *
 * Worked example: told 300/s where the quota is 100/s (fixed seconds).
 *   0.0 s  HOLD at 298.5/s; the second's 100 are accepted within 0.34 s,
 *          then 15 refusals in a row (5 % of r): TRICKLE; accepted in the
 *          second before: A = 100/s; cap / rho = 303 is the estimate
 *   0.4 s  single questions after 50, 100, 100 ms ..: refused until 1.0 s
 *   1.1 s  accepted: HOLD at est = max(303/2, min(100, 0.98 * 303)) = 151.5,
 *          so r = 149.2/s
 *   1.8 s  100 accepted, then 10 refusals: TRICKLE; A = 100
 *   2.0 s  accepted: HOLD at est = max(75.8, min(100, 148.5)) = 100,
 *          so r = 98.5/s: the quota is filled, nothing is refused
 *   7.1 s  quiet for 4 s and for 500 requests: PROBE at 103/s; 3 refused,
 *          so Q = 100: HOLD, the next PROBE after 8 s of quiet
 */
#include "adapt.h"

#include <math.h>

#include "adapt_window.h"
#include "units.h"

static const double RHO = 0.985;    /* hold just below the estimate */
static const double MARGIN = 0.005; /* and below a stated quota */
static const double P_MAX = 0.006;  /* refusals that count as too fast */
static const double STEP_FIRST = 0.03;
static const double PROBE_SHARE = 0.04; /* refused of it: stop */
static const double STEP_LAST = 0.12;   /* a third clean probe: start anew */
static const double FIRST_PER_S = 20;   /* nothing is known */
static const double REMEMBERED = 0.9;
static const double HINT_LEAST_PER_S = 0.5;
static const double EASE_LEAST = 0.125;
static const double DRIP_KEPT = 0.75; /* of the windows before */
static const double FAR_SHARE = 0.4;  /* refused of mixed: far too fast */

static const uint64_t MS = UNITS_NS_PER_MS, SECOND = UNITS_NS_PER_S;
static const uint64_t QUIET_FIRST_NS = 4 * UNITS_NS_PER_S;
static const uint64_t QUIET_MOST_NS = 60 * UNITS_NS_PER_S;
static const uint64_t LOST_QUOTA_NS = 8 * UNITS_NS_PER_S;
static const uint64_t CONTEND_NS = 90 * UNITS_NS_PER_S;
static const uint64_t EASE_NS = 15 * UNITS_NS_PER_S;
static const uint64_t FAR_NS = 200 * UNITS_NS_PER_MS; /* no mere edge */

enum {
    PROBE_REQUESTS = 500,
    PROBE_REFUSED = 3, /* at the least, before it stops */
    RUN_LEAST = 10,
    FAR_ANSWERS = 30, /* before they are believed to say how far */
    FAR_MIXED = 5     /* accepted ones; fewer look like an outage */
};

static double clamp(double value, double least, double most)
{
    return fmin(most, fmax(least, value));
}

static uint64_t seconds(double s)
{
    return (uint64_t)(s * 1e9);
}

void adapt_enter(struct adapt *adapt, enum adapt_phase phase, double rate,
                 uint64_t now_ns)
{
    adapt->phase = phase;
    adapt->rate = clamp(rate, adapt_floor(adapt), adapt->cap);
    adapt_open_window(adapt, now_ns);
    adapt->decided = adapt->tag;
    adapt->judging = 0;
}

void adapt_hold(struct adapt *adapt, double estimate, uint64_t now_ns)
{
    adapt->estimate = clamp(estimate, adapt_floor(adapt), adapt->cap / RHO);
    adapt->best = fmax(adapt->best, adapt->estimate);
    adapt->learned = true;
    /* a quota that was lost usually comes back: look more often */
    bool lost = adapt->estimate < adapt->best / 4;
    uint64_t most = lost ? LOST_QUOTA_NS : QUIET_MOST_NS;
    uint64_t requests = seconds(
        fmin((double)most / 1e9, PROBE_REQUESTS / adapt->estimate));
    uint64_t quiet = adapt->quiet_ns > requests ? adapt->quiet_ns : requests;
    if (lost && quiet > LOST_QUOTA_NS)
        quiet = LOST_QUOTA_NS;
    adapt->probe_due_ns = now_ns + quiet;
    adapt_enter(adapt, ADAPT_HOLD, RHO * adapt->estimate, now_ns);
}

void adapt_init(struct adapt *adapt, const struct adapt_settings *settings,
                double estimate_per_s, uint64_t now_ns)
{
    double told = settings->search ? settings->max_rate_per_s
                                   : settings->rate_per_s;
    *adapt = (struct adapt){.stated = !settings->search,
                            .cap = told > 0 ? told * (1 - MARGIN) : 1e9,
                            .rtt_ns = 50 * UNITS_NS_PER_MS,
                            .quiet_ns = QUIET_FIRST_NS,
                            .step = STEP_FIRST,
                            .ease = 1};
    if (adapt->stated)
        adapt_hold(adapt, adapt->cap / RHO, now_ns);
    else if (estimate_per_s > 0)
        adapt_hold(adapt, REMEMBERED * estimate_per_s, now_ns);
    else
        adapt_enter(adapt, ADAPT_START, FIRST_PER_S, now_ns);
    adapt->learned = false;
}

double adapt_rate(const struct adapt *adapt)
{
    return adapt->hint_per_s > 0 ? fmin(adapt->rate, adapt->hint_per_s)
                                 : adapt->rate;
}

void adapt_hint(struct adapt *adapt, double per_s, uint64_t for_ns,
                uint64_t now_ns)
{
    double least = fmin(HINT_LEAST_PER_S, adapt->cap);
    double cap = fmax(per_s * (1 - MARGIN), least); /* said again, it stays */
    if (for_ns != UINT64_MAX) {
        adapt->hint_per_s = fmax(per_s, least);
        adapt->hint_until_ns = now_ns + for_ns;
    } else if (cap < adapt->cap) {
        adapt->cap = cap;
        if (adapt->rate > adapt->cap)
            adapt_hold(adapt, adapt->cap / RHO, now_ns);
    }
}

uint64_t adapt_rises_at(const struct adapt *adapt)
{
    return adapt->hint_per_s > 0 ? adapt->hint_until_ns : UINT64_MAX;
}

double adapt_estimate(const struct adapt *adapt)
{
    bool known = adapt->phase == ADAPT_HOLD || adapt->phase == ADAPT_PROBE;
    return known && adapt->learned ? adapt->estimate : 0;
}

bool adapt_is_hopeless(const struct adapt *adapt)
{
    return adapt->hopeless;
}

bool adapt_trickling(const struct adapt *adapt)
{
    return adapt->trickle;
}

uint64_t adapt_when(const struct adapt *adapt)
{
    if (!adapt->trickle)
        return 0;
    return adapt->trickle_asked ? UINT64_MAX : adapt->trickle_next_ns;
}

uint32_t adapt_sent(struct adapt *adapt)
{
    adapt_window_of(adapt, adapt->tag)->sent++;
    adapt->trickle_asked = adapt->trickle;
    return adapt->tag;
}

/* Clean: a second refusal would have begun CLIMB at once. */
static void judge_start(struct adapt *adapt, uint64_t now_ns)
{
    if (adapt->rate >= adapt->cap * 0.999)
        adapt_hold(adapt, adapt->cap / RHO, now_ns);
    else
        adapt_enter(adapt, ADAPT_START, adapt->rate * 2, now_ns);
}

static void judge_climb(struct adapt *adapt, const struct adapt_window *window,
                        uint64_t now_ns)
{
    double p = fmin(0.5, window->refused / adapt_judged(window));
    double quota = window->rate_per_s * (1 - p);
    if (!adapt_saturated(window)) {
        adapt_enter(adapt, ADAPT_CLIMB, adapt->rate * 1.2, now_ns);
    } else if (p > 0.2) { /* far over; stored burst blurs it: look again */
        adapt_enter(adapt, ADAPT_CLIMB, quota * 1.02, now_ns);
    } else {
        adapt->probed_ns = now_ns;
        adapt_hold(adapt, quota, now_ns);
    }
}

/* Too fast: cut, and learn whether somebody else shares the quota. */
static void cut(struct adapt *adapt, double p, uint64_t now_ns)
{
    uint64_t echo_ns = 4 * adapt->window_ns + 2 * SECOND;
    if (adapt->probed_ns == 0 || now_ns - adapt->probed_ns >= echo_ns) {
        uint64_t since_ns = now_ns - adapt->cut_ns;
        if (adapt->cut_ns > 0 && since_ns < CONTEND_NS)
            adapt->contended = true;
        if (adapt->cut_ns > 0 && since_ns < EASE_NS)
            adapt->ease = fmax(EASE_LEAST, adapt->ease / 2);
        else
            adapt->ease = fmin(1, adapt->ease * 2);
        adapt->cut_ns = now_ns;
    }
    adapt->quiet_ns = adapt->quiet_ns / 2 > QUIET_FIRST_NS ? adapt->quiet_ns / 2
                                                           : QUIET_FIRST_NS;
    adapt->step = STEP_FIRST;
    adapt_hold(adapt, adapt->estimate * (1 - p) * (adapt->contended ? 0.9 : 1),
               now_ns);
    adapt->cut_estimate = adapt->estimate;
}

/* Others share the quota: grow by addition, so that shares converge. */
static void grow_contended(struct adapt *adapt, uint64_t now_ns)
{
    if (adapt->estimate > 1.5 * adapt->cut_estimate) {
        adapt->contended = false;
        adapt->probed_ns = now_ns;
        adapt_hold(adapt, adapt->estimate, now_ns);
        return;
    }
    double per_s = adapt->stated ? 0.004 * adapt->cap / (1 - MARGIN)
                                 : 0.5 * sqrt(adapt->estimate);
    double grown = adapt->ease * per_s * (double)adapt->window_ns / 1e9;
    adapt_hold(adapt, adapt->estimate + grown, now_ns);
}

static void judge_hold(struct adapt *adapt, const struct adapt_window *window,
                       uint64_t now_ns)
{
    double judged = adapt_judged(window);
    double p = fmin(0.5, window->refused / judged);
    /* single refusals count, too, when they go on */
    adapt->drip = adapt->drip * DRIP_KEPT + window->refused;
    adapt->drip_judged = adapt->drip_judged * DRIP_KEPT + judged;
    bool drips = window->refused > 0 && adapt->drip >= 2 &&
                 adapt->drip > P_MAX * adapt->drip_judged;
    if ((p > P_MAX && window->refused >= 2) || drips) {
        adapt->drip = 0;
        adapt->drip_judged = 0;
        cut(adapt, p, now_ns);
    } else if (!adapt_was_full(window)) {
        return; /* it says nothing about a higher rate */
    } else if (adapt->contended) {
        grow_contended(adapt, now_ns);
    } else if (now_ns >= adapt->probe_due_ns &&
               adapt->rate < adapt->cap * 0.999) {
        double requests = adapt->estimate * (double)adapt->window_ns / 1e9;
        adapt->probed_ns = now_ns;
        adapt_enter(adapt, ADAPT_PROBE,
                    adapt->estimate * (1 + fmax(adapt->step, 1.5 / requests)),
                    now_ns);
    }
}

/* The quota has not risen so far: look more rarely. */
static void end_probe(struct adapt *adapt, double quota, uint64_t now_ns)
{
    adapt->step = STEP_FIRST;
    adapt->quiet_ns = 2 * adapt->quiet_ns < QUIET_MOST_NS ? 2 * adapt->quiet_ns
                                                          : QUIET_MOST_NS;
    adapt_hold(adapt, quota, now_ns);
}

static void judge_probe(struct adapt *adapt, const struct adapt_window *window,
                        uint64_t now_ns)
{
    double p = fmin(0.5, window->refused / adapt_judged(window));
    if (adapt_saturated(window)) {
        end_probe(adapt,
                  fmax(window->rate_per_s * (1 - p), adapt->estimate * 0.9),
                  now_ns);
        return;
    }
    adapt->quiet_ns = QUIET_FIRST_NS;
    if (adapt->step >= STEP_LAST * 0.99) { /* three clean: the quota rose */
        adapt->step = STEP_FIRST;
        adapt_enter(adapt, ADAPT_START, window->rate_per_s * 1.5, now_ns);
        return;
    }
    adapt->step *= 2;
    adapt->probed_ns = now_ns;
    adapt_hold(adapt, window->rate_per_s, now_ns);
    adapt->probe_due_ns = now_ns + adapt->window_ns;
}

static void judge(struct adapt *adapt, uint64_t now_ns)
{
    uint32_t tag = adapt->judging;
    const struct adapt_window *window = adapt_window_of(adapt, tag);
    adapt->judging = 0;
    if (adapt_judged(window) < ADAPT_JUDGED_LEAST || tag < adapt->decided)
        return;
    /* clean, but hardly used: it says nothing about a higher rate */
    bool idle = !adapt_saturated(window) && !adapt_was_full(window);
    switch (window->phase) {
    case ADAPT_CLIMB:
        if (!idle)
            judge_climb(adapt, window, now_ns);
        break;
    case ADAPT_HOLD:
        judge_hold(adapt, window, now_ns);
        break;
    case ADAPT_PROBE:
        if (idle)
            adapt_hold(adapt, adapt->estimate, now_ns);
        else
            judge_probe(adapt, window, now_ns);
        break;
    case ADAPT_START:
        if (!idle)
            judge_start(adapt, now_ns);
        break;
    }
}

/* The open window has lasted long enough. */
static void close_window(struct adapt *adapt, uint64_t now_ns)
{
    int64_t rtt_ns = adapt->rtt_ns > adapt->refusal_rtt_ns
                         ? adapt->rtt_ns
                         : adapt->refusal_rtt_ns;
    struct adapt_window *window = adapt_window_of(adapt, adapt->tag);
    window->length_ns = now_ns - window->opened_ns;
    adapt->judging = adapt->tag;
    adapt->judge_ns = now_ns + 3 * (uint64_t)rtt_ns + 50 * MS;
    adapt_open_window(adapt, now_ns);
}

void adapt_tick(struct adapt *adapt, uint64_t now_ns)
{
    if (adapt->hint_per_s > 0 && now_ns >= adapt->hint_until_ns)
        adapt->hint_per_s = 0;
    if (adapt->trickle)
        return;
    const struct adapt_window *window = adapt_window_of(adapt, adapt->tag);
    /* answers slower than a window: the next one lasts until it is judged */
    if (adapt->judging == 0 && window->sent > 0 &&
        now_ns - window->opened_ns >= adapt->window_ns)
        close_window(adapt, now_ns);
    if (adapt->judging == 0)
        return;
    window = adapt_window_of(adapt, adapt->judging);
    if (now_ns >= adapt->judge_ns ||
        window->accepted + window->refused >= window->sent)
        judge(adapt, now_ns);
}

/* Counts an answer; what the stop-loss says is done at once. */
static void count_answer(struct adapt *adapt, bool refused, uint64_t now_ns)
{
    if (adapt_count_loss(adapt, refused, now_ns))
        adapt_hold(adapt, adapt->estimate / 2, now_ns);
}

/* The window of a tag that is still remembered, or NULL. */
static struct adapt_window *recent(struct adapt *adapt, uint32_t tag)
{
    return adapt->tag - tag < ADAPT_WINDOWS ? adapt_window_of(adapt, tag)
                                            : NULL;
}

void adapt_accept(struct adapt *adapt, uint32_t tag, int64_t rtt_ns,
                  uint64_t now_ns)
{
    struct adapt_window *window = recent(adapt, tag);
    adapt->rtt_ns += (rtt_ns - adapt->rtt_ns) / 10;
    adapt_count_accept(adapt, now_ns);
    count_answer(adapt, false, now_ns);
    if (!window)
        return;
    window->accepted++;
    window->mixed += window->refused > 0;
    /* one sent before the run's first refusal was is merely late */
    bool late = now_ns - (uint64_t)rtt_ns < adapt->run_sent_ns;
    if (!late && (!adapt->trickle || tag >= adapt->trickle_tag))
        adapt->run = 0;
    if (adapt->trickle && tag >= adapt->trickle_tag)
        adapt_resume(adapt, now_ns);
}

/* Accepted and refused come mixed: the server is saturated, and we are far
 * above its quota (told wrongly, or cut). What came since the first refusal
 * says how far; nobody needs to be refused until the window ends. */
static void refuse_hold(struct adapt *adapt, const struct adapt_window *window,
                        uint64_t now_ns)
{
    double n = (double)window->refused + window->mixed;
    double p = window->refused / n;
    if (n < FAR_ANSWERS || window->mixed < FAR_MIXED || p < FAR_SHARE ||
        now_ns - window->refused_ns < FAR_NS)
        return;
    adapt->probed_ns = now_ns;
    adapt->quiet_ns = QUIET_FIRST_NS;
    adapt->step = STEP_FIRST;
    adapt_hold(adapt, fmax(window->rate_per_s * (1 - p), adapt->estimate / 4),
               now_ns);
}

/* A probe that is far above the quota ends before its window does. What
 * came so far says too much of refusals, so it does not lower the estimate. */
static void refuse_probe(struct adapt *adapt, const struct adapt_window *window,
                         uint64_t now_ns)
{
    double expected = adapt->rate * (double)adapt->window_ns / 1e9;
    double quota = window->rate_per_s *
                   (1 - window->refused / adapt_judged(window));
    if (window->refused >= fmax(PROBE_REFUSED, PROBE_SHARE * expected))
        end_probe(adapt, fmax(quota, adapt->estimate), now_ns);
}

/* A refusal while looking for the quota decides at once. */
static void refuse_search(struct adapt *adapt, uint32_t tag,
                          const struct adapt_window *window, uint64_t now_ns)
{
    double n = adapt_judged(window);
    double p = window->refused / n;
    if (adapt->phase == ADAPT_START) {
        if (tag + 1 >= adapt->decided && window->refused >= fmax(2, 0.02 * n))
            adapt_enter(adapt, ADAPT_CLIMB, adapt->rate / 2, now_ns);
    } else if (adapt->phase == ADAPT_CLIMB && tag >= adapt->decided &&
               n >= 20 && p > 0.35 && now_ns - window->opened_ns > 150 * MS) {
        adapt_enter(adapt, ADAPT_CLIMB, window->rate_per_s * (1 - p) * 1.02,
                    now_ns);
    } else if (adapt->phase == ADAPT_HOLD && tag >= adapt->decided) {
        refuse_hold(adapt, window, now_ns);
    } else if (adapt->phase == ADAPT_PROBE && tag >= adapt->decided) {
        refuse_probe(adapt, window, now_ns);
    }
}

void adapt_refuse(struct adapt *adapt, const struct adapt_refusal *refusal,
                  uint64_t now_ns)
{
    struct adapt_window *window = recent(adapt, refusal->tag);
    adapt->refusal_rtt_ns += (refusal->rtt_ns - adapt->refusal_rtt_ns) / 10;
    if (!window)
        return;
    if (window->refused++ == 0)
        window->refused_ns = now_ns;
    count_answer(adapt, true, now_ns);
    if (adapt->trickle) {
        if (refusal->tag >= adapt->trickle_tag)
            adapt_ask_later(adapt, refusal->random, now_ns);
        adapt_obey_wait(adapt, refusal->wait_ns, now_ns);
        return;
    }
    if (adapt->run == 0)
        adapt->run_sent_ns = now_ns - (uint64_t)adapt->rtt_ns;
    if (refusal->tag + 1 >= adapt->decided &&
        ++adapt->run >= fmax(RUN_LEAST, 0.05 * adapt->rate)) {
        adapt_stop(adapt, now_ns);
        adapt_obey_wait(adapt, refusal->wait_ns, now_ns);
        return;
    }
    refuse_search(adapt, refusal->tag, window, now_ns);
}

void adapt_lost(struct adapt *adapt, uint32_t tag, uint64_t now_ns)
{
    struct adapt_window *window = recent(adapt, tag);
    if (window && window->sent > 0)
        window->sent--;
    if (adapt->trickle && tag >= adapt->trickle_tag)
        adapt_ask_later(adapt, 0.5, now_ns);
}

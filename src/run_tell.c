/*
 * What the run tells people under way.
 *
 * Responsible for saying each change once, where notes are shown; changes
 * nothing but what it has said.
 */
#include "run_state.h"
#include "units.h"

static const double SLOW_SHARE = 0.8; /* of the rate: it was not reached */

void run_tell_changes(struct run *run, uint64_t now_ns)
{
    enum gate_mode mode = run->gate.mode;
    if (mode == GATE_BROKEN && run->told.mode != GATE_BROKEN)
        diag_note("the service fails (%s): asking with single queries until "
                  "it answers, for at most %s (--give-up-after)",
                  run->detail[0] ? run->detail
                                 : "errors or pages instead of answers",
                  units_format_duration(run->options->gate.give_up_ns).text);
    else if (mode == GATE_OPEN && run->told.mode == GATE_BROKEN)
        diag_note("the service answers again");
    else if (mode == GATE_CONFIRM && run->told.mode != GATE_CONFIRM)
        diag_note("401 in the middle of the run: asking once more");
    run->told.mode = mode;
    bool trickle = adapt_trickling(&run->adapt);
    if (trickle && !run->told.trickle)
        diag_note("429 from the service to everything: asking with single "
                  "queries until one is accepted");
    run->told.trickle = trickle;
    uint64_t until_ns = run->gate.paused_until_ns;
    if (until_ns > now_ns && until_ns != run->told.pause_ns) {
        int64_t until_ms = run_wall_ms() +
                           (int64_t)((until_ns - now_ns) / UNITS_NS_PER_MS);
        diag_note("paused until %s, asked by the service",
                  units_format_time(until_ms).text);
    }
    run->told.pause_ns = until_ns;
}

void run_tell_rate(const struct run *run, double rate)
{
    struct units_text before = units_format_rate(run->rate);
    struct units_text after = units_format_rate(rate);
    if (rate < run->rate && run->stats.refused > run->told.refused)
        diag_note("429 from the service: %s -> %s", before.text, after.text);
    else
        diag_debug("rate: %s -> %s", before.text, after.text);
}

static struct progress_facts facts_now(const struct run *run)
{
    const struct options *options = run->options;
    struct input_counts counts = input_counts(run->input);
    bool drawn = run->sample.drawn; /* all of it was read, rows are known */
    double taken = run->input_ended || drawn ? 1 : 0;
    if (taken == 0 && counts.size > 0)
        taken = (double)counts.bytes / (double)counts.size;
    return (struct progress_facts){
        .stats = &run->stats,
        .now_ns = uv_hrtime(),
        .started_ns = run->started_ns,
        .rows = drawn && run->sample.n_kept > 0 ? run->sample.n_kept
                                                : run->admitted,
        .taken = taken < 1 ? taken : 1,
        .cap_per_s = options->adapt.search ? run->rate
                                           : options->adapt.rate_per_s,
    };
}

static void on_progress_timer(uv_timer_t *timer)
{
    struct run *run = timer->data;
    struct progress_facts facts = facts_now(run);
    progress_show(&run->progress, &facts);
}

void run_tell_progress(struct run *run)
{
    const struct options *options = run->options;
    struct progress_facts facts = facts_now(run);
    unsigned every_ms = progress_init(
        &run->progress,
        options->level <= DIAG_QUIET ? PROGRESS_NEVER : options->progress,
        output_is_terminal(run->output), &facts);
    /* Neither fails on handles such as this. */
    (void)uv_timer_init(&run->loop, &run->progress_timer);
    run->progress_timer.data = run;
    if (every_ms > 0)
        (void)uv_timer_start(&run->progress_timer, on_progress_timer, every_ms,
                             every_ms);
    uv_unref((uv_handle_t *)&run->progress_timer);
}

void run_tell_status(struct run *run)
{
    struct progress_facts facts = facts_now(run);
    progress_tell(&run->progress, &facts);
}

void run_tell_drain(const struct run *run)
{
    unsigned waits = transport_in_flight(run->transport);
    int64_t timeout_ns = run->options->transport.timeout_ns;
    if (waits > 0)
        diag_note("%s: waiting for %u quer%s in flight, at most %s "
                  "(--timeout); a second signal ends the run at once",
                  summary_signal_name(run->signal), waits,
                  waits == 1 ? "y" : "ies",
                  units_format_duration(timeout_ns).text);
}

void run_tell_slots(const struct run *run)
{
    bool slow = stats_rate_per_s(&run->stats) < SLOW_SHARE * run->rate;
    if (slow && run->stats.sent >= 20 && 2 * run->slots.waits > run->stats.sent)
        diag_note("the rate was not reached: most queries waited for one of "
                  "the %u that may be in flight (--concurrency)",
                  run->slots.now);
}

struct summary run_summary(const struct run *run)
{
    struct input_counts counts = input_counts(run->input);
    return (struct summary){
        .stats = &run->stats,
        .signal = run->signal,
        .end = run->gate.end,
        .closed = run->output_state == OUTPUT_CLOSED,
        .trimmed = counts.trimmed,
        .bytes = counts.bytes,
        .fail_if = run->options->fail_if,
        .endpoint = run->options->transport.endpoint,
        .user = run->user,
        .timeline = &run->timeline,
        .started_ms = run->started_ms,
        .finished_ms = run_wall_ms(),
        .connections = transport_connections(run->transport),
        .elapsed_ns = (int64_t)(uv_hrtime() - run->started_ns),
        .rate_per_s = run->rate,
        .sampled_of = run->sample.seen,
        .compared = run->previous != NULL,
        .seed = run->sample.settings.seed,
    };
}

/*
 * The conductor.
 *
 * Responsible for the order of things; every decision is a policy's. The
 * life of a row:
 *
 *     input -> window -> (answers) -> pacing -> transport -> reply
 *                            ^                                 |
 *                            '----- retry <---- not an answer -+-> output
 *
 * One pump. Every callback (outcome, input ready, timer, signal, output
 * writable) records its fact and ends in run_pump(), the only place that starts
 * queries: while a row is there and gate, adapt, limiter, a slot and the
 * connections allow it, start; then write what is done, then arm one timer
 * for the earliest time at which that may change.
 *
 * Phases: ASK; DRAIN (an end is near: nothing starts, what is in flight
 * lands); SKIP (the rest of the input becomes not_attempted); STOP.
 * Invariant: a row is in the window from the moment it is pulled until it
 * is written, and in exactly one of: ready, transport, retry, suspects, an
 * equal id's copies, done.
 */
#include <math.h>
#include <signal.h>

#include "run_state.h"
#include "units.h"

static const double AUTO_SLOTS_LEAST = 4;

static const uint64_t FLUSH_NS = UNITS_NS_PER_S;
static const uint64_t SKIP_IDLE_NS = 2 * UNITS_NS_PER_S;

static const int signals_watched[RUN_SIGNALS] = {SIGINT, SIGTERM, SIGHUP,
                                                 SIGQUIT, SIGUSR1};

static void row_done(struct run *run, struct query *query)
{
    stats_row(&run->stats, query);
    window_done(&run->window, query);
}

void run_settle(struct run *run, struct query *query)
{
    query->state = QUERY_DONE;
    struct query *copy = run->answers ? answers_settle(run->answers, query)
                                      : NULL;
    row_done(run, query);
    while (copy) {
        struct query *next = copy->copies;
        row_done(run, copy);
        copy = next;
    }
}

unsigned run_slots(const struct run *run)
{
    if (run->options->run.concurrency > 0)
        return run->slots.most;
    /* a few slow ones hold slots for long, and the median does not know */
    double latency_s = fmax((double)stats_latency_ns(&run->stats, 0.5),
                            (double)stats_held_ns(&run->stats)) /
                       1e9;
    double wanted = ceil(2 * adapt_rate(&run->adapt) * latency_s);
    if (wanted < AUTO_SLOTS_LEAST)
        wanted = AUTO_SLOTS_LEAST;
    return wanted < run->slots.most ? (unsigned)wanted : run->slots.most;
}

static uint64_t later_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t sooner_of(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* When may this row be asked? UINT64_MAX: not before something happens. */
static uint64_t start_time(struct run *run, const struct query *query)
{
    unsigned in_flight = transport_in_flight(run->transport);
    run->slots.full = run->slots.full || in_flight >= run->slots.now;
    if (in_flight >= run->slots.now)
        return UINT64_MAX;
    uint64_t at = gate_when(&run->gate, in_flight);
    at = later_of(at, adapt_when(&run->adapt));
    at = later_of(at, limiter_when(&run->limiter));
    if (run->group)
        at = later_of(at, rate_group_when(run->group));
    return later_of(at, transport_when(run->transport, query->fresh));
}

static void start(struct run *run, struct query *query, uint64_t now_ns)
{
    query->state = QUERY_IN_FLIGHT;
    query->started_ns = now_ns;
    query->tag = adapt_sent(&run->adapt);
    run->slots.waits += run->slots.full && run->gate.mode == GATE_OPEN;
    run->slots.full = false;
    limiter_take(&run->limiter, now_ns);
    gate_sent(&run->gate);
    stats_sent(&run->stats, query->attempts > 0, now_ns);
    timeline_sent(&run->timeline, run->rate, now_ns);
    query->attempts++;
    transport_start(run->transport, query, now_ns);
    query->fresh = false;
}

/* Is the control to be asked? Also where the rows that an earlier run has
 * left fail from the first on, when only their answered ones know better. */
static bool asks_control(const struct run *run)
{
    bool unproven = run->gate.mode == GATE_BROKEN && !run->gate.answered;
    return run->gate.mode == GATE_CONTROL ||
           (unproven && run->control.id_len > 0);
}

/* The row that is to be asked next: a due retry, else one from the input. */
static struct query *next_query(struct run *run, uint64_t now_ns)
{
    if (asks_control(run))
        return run->control.state == QUERY_IN_FLIGHT ? NULL : &run->control;
    if (!run->ready && output_resumes(run->output))
        run->ready = run_pull(run);
    if (output_resumes(run->output))
        return NULL; /* nothing is asked before all of it is verified */
    if (retry_when(&run->retry) <= now_ns)
        return retry_first(&run->retry);
    if (!run->ready)
        run->ready = run_pull(run);
    return run->ready;
}

/* The row has left where it waited. */
static void take_row(struct run *run, const struct query *query)
{
    if (query == run->ready)
        run->ready = NULL;
    else if (query != &run->control)
        (void)retry_take(&run->retry); /* it is the first there */
}

/* Starts all that may start; returns when to look again. */
static uint64_t start_due(struct run *run, uint64_t now_ns)
{
    for (;;) {
        struct query *query = next_query(run, now_ns);
        if (!query && (asks_control(run) || output_resumes(run->output)))
            return UINT64_MAX; /* until its answer, or the next row */
        if (!query)
            return retry_when(&run->retry);
        query->fresh = query->fresh || run->gate.mode == GATE_CONFIRM;
        uint64_t at = start_time(run, query);
        if (at > now_ns)
            return sooner_of(at, query == run->ready ? retry_when(&run->retry)
                                                     : UINT64_MAX);
        if (run->group && !rate_group_take(run->group, now_ns))
            continue; /* another process was faster */
        take_row(run, query);
        start(run, query, now_ns);
    }
}

static void on_output(uv_poll_t *poll, int status, int events)
{
    struct run *run = poll->data;
    (void)status; /* writing tells */
    (void)events;
    if (run->output_state < OUTPUT_CLOSED)
        run->output_state = output_has_lost_reader(run->output)
                                ? OUTPUT_CLOSED
                                : OUTPUT_FLUSHED;
    run_pump(run);
}

void run_output_failed(struct run *run)
{
    run->output_state = OUTPUT_FAILED;
    run->failed = STATUS_IO;
}

void run_flush(struct run *run)
{
    if (output_is_terminal(run->output))
        diag_live(NULL); /* no row stands behind it */
    enum output_result result = output_flush(run->output);
    if (run->output_state < OUTPUT_CLOSED)
        run->output_state = result;
    if (result == OUTPUT_FAILED)
        run_output_failed(run);
    if (result == OUTPUT_FLUSHED)
        run->flush_due_ns = 0;
}

/* Rows whose turn it is leave the window. */
static void write_done(struct run *run, uint64_t now_ns)
{
    while (run->output_state == OUTPUT_FLUSHED) {
        const struct query *query = window_next(&run->window);
        if (!query)
            break;
        output_row(run->output, query);
        run->sync.rows += !query->recalled;
        if (run->account)
            account_row(run->account, query);
        window_pop(&run->window);
        if (output_wants_flush(run->output))
            run_flush(run);
    }
    if (run->output_state || output_pending(run->output) == 0)
        return;
    if (run->flush_due_ns == 0)
        run->flush_due_ns = now_ns + FLUSH_NS;
    bool last = run->input_ended &&
                (run->window.rows == 0 || run->phase == RUN_SKIP);
    if (last || run->flush_due_ns <= now_ns || output_is_terminal(run->output))
        run_flush(run);
}

bool run_must_end(const struct run *run)
{
    return run->signal || run->failed || run->gate.end != GATE_RUNNING;
}

/*
 * Nothing is in flight any more. On standard output every row that was
 * asked for is written with what it has; a partial file keeps only rows
 * that are done, so that a later run can ask the others.
 */
static void end_waiting(struct run *run)
{
    if (output_partial_name(run->output))
        return;
    run_judge_suspects(run, false);
    while (retry_first(&run->retry))
        run_settle(run, retry_take(&run->retry));
    if (run->ready && !run->signal) { /* a signal ends the output before it */
        run->ready->error = QUERY_NOT_ATTEMPTED;
        run_settle(run, run->ready);
    }
    run->ready = NULL;
}

/* Rows that are read after the end: answered for nothing, or not at all.
 * Returns when to look again; a silent input is left after 2 s. */
static uint64_t skip_rows(struct run *run, uint64_t now_ns)
{
    for (int i = 0; i < RUN_PULL_BATCH; i++) {
        struct query *query = run_pull(run);
        if (!query)
            break;
        query->error = QUERY_NOT_ATTEMPTED;
        run_settle(run, query);
    }
    if (!run->input_waiting) {
        run->starved = !run->input_ended;
        run->input_seen_ns = now_ns;
        return UINT64_MAX;
    }
    uint64_t until = run->input_seen_ns + SKIP_IDLE_NS;
    run->input_ended = now_ns >= until;
    return until;
}

static void next_phase(struct run *run, uint64_t now_ns)
{
    bool idle = transport_in_flight(run->transport) == 0;
    bool none_waits = !run->ready && retry_when(&run->retry) == UINT64_MAX;
    if (idle && none_waits) {
        run_judge_suspects(run, false); /* nobody is left to speak for them */
        if (run->input_ended)
            gate_finish(&run->gate);
    }
    if (run->phase == RUN_ASK && run_must_end(run))
        run->phase = RUN_DRAIN;
    if (run->phase != RUN_DRAIN || !idle)
        return;
    end_waiting(run);
    run->phase = RUN_SKIP;
    run->input_seen_ns = now_ns;
    /* Only the gate's end lists the rest, as not_attempted, on a stream. */
    if (run->signal || run->failed || output_partial_name(run->output))
        run->input_ended = true;
}

static bool is_over(const struct run *run)
{
    if (run->output_state >= OUTPUT_CLOSED)
        return true;
    bool rows_left = run->phase == RUN_ASK ? run->window.rows > 0
                                           : window_next(&run->window) != NULL;
    return run->input_ended && !rows_left && run->phase != RUN_DRAIN &&
           output_pending(run->output) == 0;
}

static void stop(struct run *run)
{
    run->phase = RUN_STOP;
    transport_cancel(run->transport);
    uv_stop(&run->loop);
}

static void on_pump_timer(uv_timer_t *timer)
{
    struct run *run = timer->data;
    run->armed_ns = UINT64_MAX;
    run_pump(run);
}

static void arm(struct run *run, uint64_t wake_ns, uint64_t now_ns)
{
    wake_ns = sooner_of(wake_ns, run_sync_due(run));
    if (run->flush_due_ns > 0 && run->output_state != OUTPUT_BLOCKED)
        wake_ns = sooner_of(wake_ns, run->flush_due_ns);
    if (run->phase == RUN_ASK)
        wake_ns = sooner_of(wake_ns, sooner_of(gate_ends_at(&run->gate),
                                               adapt_rises_at(&run->adapt)));
    if (run->starved && run_has_room(run) && run->phase != RUN_DRAIN)
        wake_ns = now_ns; /* to go on reading */
    uint64_t delay_ns = wake_ns > now_ns ? wake_ns - now_ns : 0;
    if (wake_ns == run->armed_ns)
        return; /* it is, and moving a timer costs as much as a pump */
    run->armed_ns = wake_ns;
    if (wake_ns == UINT64_MAX)
        (void)uv_timer_stop(&run->timer);
    else /* neither fails on an open handle; whole ms, never early */
        (void)uv_timer_start(&run->timer, on_pump_timer,
                             (delay_ns + UNITS_NS_PER_MS - 1) / UNITS_NS_PER_MS,
                             0);
}

/* The rate may have changed since the last turn. */
static void follow_rate(struct run *run, uint64_t now_ns)
{
    adapt_tick(&run->adapt, now_ns);
    double rate = adapt_rate(&run->adapt);
    if (rate == run->rate)
        return;
    run_tell_rate(run, rate);
    run->told.refused = run->stats.refused;
    run->rate = rate;
    limiter_set_rate(&run->limiter, rate, now_ns);
}

void run_pump(struct run *run)
{
    if (run->phase == RUN_STOP)
        return;
    uint64_t now_ns = uv_hrtime();
    uint64_t wake_ns = UINT64_MAX;
    follow_rate(run, now_ns);
    if (adapt_is_hopeless(&run->adapt))
        gate_give_up(&run->gate);
    gate_tick(&run->gate, now_ns);
    run_tell_changes(run, now_ns);
    if (run->phase == RUN_ASK && !run_must_end(run))
        wake_ns = start_due(run, now_ns);
    next_phase(run, now_ns);
    if (run->phase == RUN_SKIP)
        wake_ns = skip_rows(run, now_ns);
    write_done(run, now_ns);
    run_sync(run, now_ns);
    if (is_over(run))
        stop(run);
    else
        arm(run, wake_ns, now_ns);
}

/* input_ready_fn */
static void on_input_ready(void *ctx)
{
    struct run *run = ctx;
    run->input_waiting = false;
    run->input_seen_ns = uv_hrtime();
    run_pump(run);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct run *run = handle->data;
    if (number == SIGUSR1) {
        run_tell_status(run);
        return;
    }
    run->left = run->signal != 0;
    if (run->left) { /* at once: what is done and may be written, is */
        write_done(run, uv_hrtime());
        run_flush(run);
        stop(run);
        return;
    }
    run->signal = number;
    run_tell_drain(run);
    run_pump(run);
}

/* transport_turn_fn */
static void on_turn(void *ctx)
{
    run_pump(ctx);
}

static void watch_all(struct run *run)
{
    /* none of these fails on handles and signals such as these */
    (void)uv_timer_init(&run->loop, &run->timer);
    run->timer.data = run;
    for (size_t i = 0; i < RUN_SIGNALS; i++) {
        (void)uv_signal_init(&run->loop, &run->signals[i]);
        run->signals[i].data = run;
        (void)uv_signal_start(&run->signals[i], on_signal, signals_watched[i]);
    }
    int fd = output_wait_fd(run->output);
    run->output_watch.data = run;
    if (fd >= 0 && uv_poll_init(&run->loop, &run->output_watch, fd) == 0)
        (void)uv_poll_start(&run->output_watch, UV_READABLE, on_output);
    input_watch(run->input, &run->loop, on_input_ready, run);
    transport_watch(run->transport, run_on_done, on_turn, run);
    run_tell_progress(run);
}

void run_go(struct run *run)
{
    run->phase = RUN_ASK;
    run->armed_ns = UINT64_MAX;
    watch_all(run);
    run_pump(run);
    if (run->phase != RUN_STOP)
        (void)uv_run(&run->loop, UV_RUN_DEFAULT); /* until stop() */
}

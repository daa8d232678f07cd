/*
 * Rows on their way from the input into the window.
 *
 * Responsible for which rows are the run's (shard, sample), for what can be
 * said of a row before it is asked (bad ids, equal ids, an earlier run's
 * results), and for reading no more than there is room for. Starts nothing.
 */
#include "run_state.h"
#include "url.h"

static const size_t HELD_MOST_BYTES = 1 << 20; /* that its reader leaves */

enum input_result run_read(struct run *run, struct query *query)
{
    query->state = QUERY_READY;
    enum input_result result = input_next(run->input, query);
    bool more = result == INPUT_END && sample_next(&run->sample, query);
    return more ? INPUT_ROW : result;
}

bool run_in_shard(const struct run *run, const struct query *query)
{
    const struct run_shard *shard = &run->options->run.shard;
    return shard->part == 0 ||
           answers_shard(query, shard->parts) == shard->part;
}

bool run_wants(struct run *run, struct query *query)
{
    return run_in_shard(run, query) && sample_takes(&run->sample, query);
}

void run_judge_id(struct query *query)
{
    if (query->state != QUERY_DONE &&
        !url_id_valid(query->text.data, query->id_len))
        query_fail(query, QUERY_BAD_CLIENT_ID);
}

bool run_claim(struct run *run, struct query *query)
{
    run_judge_id(query);
    enum answers_claim claim = ANSWERS_ASK;
    if (query->state != QUERY_DONE && run->answers)
        claim = answers_claim(run->answers, query);
    if (query->state == QUERY_DONE)
        stats_row(&run->stats, query);
    return query->state == QUERY_READY && claim == ANSWERS_ASK;
}

/*
 * --resume: takes the row's result from the partial. Returns true when the
 * row wants to be asked now; one that is not in the partial waits while
 * others still are.
 */
static bool recall(struct run *run, struct query *query)
{
    run_judge_id(query);
    bool bad = query->state == QUERY_DONE;
    run->failed = output_recall(run->output, query,
                                input_file_name(run->input));
    if (run->failed)
        return false;
    if (query->recalled) {
        if (run->answers && !bad)
            answers_learn(run->answers, query);
        stats_row(&run->stats, query);
        run->stats.earlier++;
        return false;
    }
    bool asks = run_claim(run, query);
    if (!asks || !output_resumes(run->output))
        return asks;
    query->state = QUERY_WAITING;
    retry_park(&run->retry, query, 0);
    return false;
}

/* Says of a row what is known of it. Returns true when it wants to be asked;
 * where it differs from an earlier run's, failed is set, said why. */
static bool judge(struct run *run, struct query *query)
{
    run_note_previous(run, query);
    bool carried = run->earlier && run_retry_row(run, query);
    if (run->failed)
        return false;
    bool asks = output_resumes(run->output) ? recall(run, query)
                                            : run_claim(run, query);
    run->stats.earlier += carried && !query->recalled;
    if ((carried || query->recalled) && query->error == QUERY_ANSWERED) {
        run_know_control(run, query);
        gate_recall(&run->gate);
    }
    return asks;
}

/* A row was read. Returns true when it wants to be asked. */
static bool admit(struct run *run, struct query *query)
{
    bool ours = run_wants(run, query);
    bool asks = ours && judge(run, query);
    if (!ours || run->failed) {
        window_put_back(&run->window, query);
        return false;
    }
    window_push(&run->window, query);
    run->admitted++;
    return asks;
}

bool run_has_room(const struct run *run)
{
    if (output_resumes(run->output))
        return run->window.rows < WINDOW_ROWS &&
               run->window.bytes < (size_t)4 * WINDOW_BYTES;
    return window_has_room(&run->window) &&
           output_pending(run->output) <= HELD_MOST_BYTES;
}

/* No input row is left, or has room, that the partial's may belong to. */
static void end_recall(struct run *run)
{
    if (output_resumes(run->output) && !run->failed)
        run->failed = output_recall_end(run->output);
}

struct query *run_pull(struct run *run)
{
    run->starved = false;
    if (!run_has_room(run))
        end_recall(run);
    for (int i = 0; i < RUN_PULL_BATCH && run_has_room(run); i++) {
        if (run->input_ended || run->input_waiting || run->failed)
            return NULL;
        struct query *query = window_take(&run->window);
        enum input_result result = run_read(run, query);
        if (result == INPUT_ROW) {
            if (admit(run, query))
                return query;
            continue;
        }
        window_put_back(&run->window, query);
        run->input_waiting = result == INPUT_WAIT;
        run->input_ended = !run->input_waiting;
        if (result == INPUT_FAILED)
            run->failed = STATUS_IO;
        if (result == INPUT_END) {
            end_recall(run);
            run_retry_end(run);
        }
    }
    run->starved = !run->input_ended && !run->input_waiting;
    return NULL;
}

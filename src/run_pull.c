/*
 * Rows on their way from the input into the window.
 *
 * Responsible for which rows are the run's (shard, sample), for what can be
 * said of a row before it is asked (bad ids, equal ids), and for reading no
 * more than there is room for. Starts nothing.
 */
#include "run_state.h"
#include "url.h"

enum {
    HELD_MOST_BYTES = 1024 * 1024 /* of output that its reader leaves */
};

enum input_result run_read(struct run *run, struct query *query)
{
    query->state = QUERY_READY;
    enum input_result result = input_next(run->input, query);
    bool more = result == INPUT_END && sample_next(&run->sample, query);
    return more ? INPUT_ROW : result;
}

static bool in_shard(const struct run *run, const struct query *query)
{
    const struct run_settings *settings = &run->options->run;
    return settings->shard == 0 ||
           answers_shard(query, settings->shards) == settings->shard;
}

bool run_wants(struct run *run, struct query *query)
{
    return in_shard(run, query) && sample_takes(&run->sample, query);
}

bool run_claim(struct run *run, struct query *query)
{
    if (query->state != QUERY_DONE &&
        !url_id_valid(query->text.data, query->id_len))
        query_fail(query, QUERY_BAD_CLIENT_ID);
    enum answers_claim claim = ANSWERS_ASK;
    if (query->state != QUERY_DONE && run->answers)
        claim = answers_claim(run->answers, query);
    if (query->state == QUERY_DONE)
        stats_row(&run->stats, query);
    return query->state == QUERY_READY && claim == ANSWERS_ASK;
}

/* A row was read. Returns true when it wants to be asked. */
static bool admit(struct run *run, struct query *query)
{
    if (!run_wants(run, query)) {
        window_put_back(&run->window, query);
        return false;
    }
    bool asks = run_claim(run, query);
    window_push(&run->window, query);
    run->admitted++;
    return asks;
}

bool run_has_room(const struct run *run)
{
    return window_has_room(&run->window) &&
           output_pending(run->output) <= HELD_MOST_BYTES;
}

struct query *run_pull(struct run *run)
{
    run->starved = false;
    for (int i = 0; i < RUN_PULL_BATCH && run_has_room(run); i++) {
        if (run->input_ended || run->input_waiting)
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
    }
    run->starved = !run->input_ended && !run->input_waiting;
    return NULL;
}

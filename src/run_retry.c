/*
 * --retry-from: rows of an earlier result file are carried over, but for
 * those that a rerun helps.
 *
 * Responsible for matching the earlier rows with the input's, row by row,
 * and for refusing a file of another input; not for reading either. The
 * invariant: a row is carried over only to the input row with its id. Files
 * are compared before anything is sent; what can be read only once, standard
 * input or a pipe, as its rows come.
 */
#include <inttypes.h>

#include "run_state.h"

/* What belongs to the row; NULL: nothing any more, or failed, said why. */
static const struct query *next_earlier(struct run *run,
                                        const struct input *input,
                                        const struct query *query)
{
    const struct query *row = NULL;
    if (run->failed)
        return NULL;
    enum input_result result = input_earlier_next(run->earlier, &row);
    if (result == INPUT_FAILED)
        run->failed = STATUS_IO;
    if (result != INPUT_ROW)
        return NULL;
    if (input_earlier_matches(row, query))
        return row;
    diag_error("%s:%" PRIu64 ": '%.*s' differs from '%.*s', as %s:%" PRIu64
               " has it: --retry-from wants the results of the same input",
               run->options->run.retry_from, row->line, (int)row->id_len,
               row->text.data, (int)query->id_len, query->text.data,
               input_file_name(input), query->line);
    run->failed = run->stats.sent > 0 ? STATUS_IO : STATUS_USAGE;
    return NULL;
}

bool run_retry_row(struct run *run, struct query *query)
{
    run_judge_id(query);
    const struct query *row = next_earlier(run, run->input, query);
    if (!row || query->state == QUERY_DONE || row->error == QUERY_BAD_ROW ||
        query_error_retryable(row->error))
        return false;
    query->state = QUERY_DONE;
    query->error = row->error;
    query->online = row->online;
    query->http_status = row->http_status;
    query->attempts = row->attempts;
    query->latency_ns = row->latency_ns;
    query->checked_ms = row->checked_ms;
    if (run->answers)
        answers_learn(run->answers, query);
    return true;
}

void run_retry_end(struct run *run)
{
    const struct query *row = NULL;
    if (!run->earlier || run->failed ||
        input_earlier_next(run->earlier, &row) != INPUT_ROW)
        return;
    diag_error("%s:%" PRIu64 ": '%.*s' is not in the input: --retry-from wants "
               "the results of the same input",
               run->options->run.retry_from, row->line, (int)row->id_len,
               row->text.data);
    run->failed = run->stats.sent > 0 ? STATUS_IO : STATUS_USAGE;
}

/* Compares all rows of the files, with readers of their own. */
static enum status check_files(struct run *run)
{
    const struct options *options = run->options;
    struct input *input = NULL;
    struct query query;
    enum status status = input_new(&input, &options->input, options->files,
                                   options->n_files);
    query_init(&query);
    while (!status && !run->failed) {
        query_reset(&query);
        query.state = QUERY_READY;
        enum input_result result = input_next(input, &query);
        if (result == INPUT_FAILED)
            status = STATUS_IO;
        if (result == INPUT_END)
            run_retry_end(run);
        if (result != INPUT_ROW)
            break;
        run_judge_id(&query);
        if (run_in_shard(run, &query))
            (void)next_earlier(run, input, &query);
    }
    query_release(&query);
    input_free(input);
    return status ? status : run->failed;
}

enum status run_retry_open(struct run *run)
{
    const char *file = run->options->run.retry_from;
    if (!file)
        return STATUS_OK;
    enum status status = input_earlier_open(&run->earlier, file);
    if (status || !input_is_files(run->input) ||
        !input_earlier_is_file(run->earlier))
        return status;
    status = check_files(run);
    input_earlier_close(run->earlier);
    run->earlier = NULL;
    return status ? status : input_earlier_open(&run->earlier, file);
}

/*
 * What an earlier run found of each id (--previous).
 *
 * Responsible for reading that result before anything is asked, and for
 * telling each row what was found then; what changed follows from the row
 * (see query.h). Of equal ids the first that was answered counts. An id
 * that had no answer is as one that was not there.
 */
#include "input_earlier.h"
#include "run_state.h"

enum status run_load_previous(struct run *run)
{
    struct input_earlier *old;
    const struct query *row;
    const char *file = run->options->output.previous;
    if (!file)
        return STATUS_OK;
    enum status status = input_earlier_open(&old, file);
    if (status)
        return status;
    run->previous = answers_new();
    enum input_result result = input_earlier_next(old, &row);
    for (; result == INPUT_ROW; result = input_earlier_next(old, &row)) {
        if (row->error == QUERY_ANSWERED)
            answers_learn(run->previous, row);
    }
    input_earlier_close(old);
    return result == INPUT_END ? STATUS_OK : STATUS_IO;
}

void run_note_previous(const struct run *run, struct query *query)
{
    bool online;
    if (run->previous && answers_find(run->previous, query, &online))
        query->previous = online ? QUERY_WAS_ONLINE : QUERY_WAS_OFFLINE;
}

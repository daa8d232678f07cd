/*
 * What a run would take.
 *
 * Responsible for reading all input as a run does, with the same judgement
 * of rows and the same memory, and for saying what came of it; opens no
 * output, needs no login and sends nothing. The first row of an id is
 * settled at once, so that the next one counts as a copy.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "mem.h"
#include "run_state.h"
#include "units.h"

enum {
    ROWS_AHEAD = 16, /* so many ids are looked for in memory at a time */
    SMALLEST_QUOTA_PER_S = 2000 /* of the clusters that are sold */
};

struct row {
    struct query query;
    const char *file; /* borrowed from the input */
};

/* A row that would be asked is one query, as if none failed. */
static void count_row(struct run *run, struct row *row)
{
    struct query *query = &row->query;
    if (run->earlier)
        (void)run_retry_row(run, query); /* carried over, it is done */
    if (!run_claim(run, query)) {
        if (query->error == QUERY_BAD_CLIENT_ID)
            diag_debug("%s:%" PRIu64 ": cannot be a client id", row->file,
                       query->line);
        return;
    }
    query->state = QUERY_DONE;
    query->error = QUERY_NOT_ATTEMPTED;
    query->attempts = 1;
    query->checked_ms = 1; /* what copies are known by */
    run->stats.sent++;
    if (run->answers)
        (void)answers_settle(run->answers, query);
    stats_row(&run->stats, query);
}

/* Reads ROWS_AHEAD rows, or what is left, and counts them; INPUT_ROW: there
 * may be more. One by one, each id would wait for the memory. */
static enum input_result read_some(struct run *run, struct row *rows)
{
    enum input_result result = INPUT_ROW;
    size_t n = 0;
    while (n < ROWS_AHEAD) {
        struct row *row = &rows[n];
        query_reset(&row->query);
        result = run_read(run, &row->query);
        if (result != INPUT_ROW)
            break;
        if (!run_wants(run, &row->query))
            continue;
        row->file = input_file_name(run->input);
        if (run->answers)
            answers_expect(run->answers, &row->query);
        n++;
    }
    for (size_t i = 0; i < n; i++)
        count_row(run, &rows[i]);
    return result;
}

static enum status read_all(struct run *run)
{
    struct row rows[ROWS_AHEAD];
    enum input_result result;
    for (size_t i = 0; i < ROWS_AHEAD; i++)
        query_init(&rows[i].query);
    do
        result = read_some(run, rows);
    while (result == INPUT_ROW && !run->failed);
    run_retry_end(run);
    for (size_t i = 0; i < ROWS_AHEAD; i++)
        query_release(&rows[i].query);
    return result == INPUT_FAILED ? STATUS_IO : run->failed;
}

/* How many of the queries the run's limits let through. */
static uint64_t allowed(const struct options *options, uint64_t wanted)
{
    uint64_t most = options->gate.max_queries;
    double in_time = (double)options->gate.deadline_ns / 1e9 *
                     options->adapt.rate_per_s;
    if (most > 0 && most < wanted)
        wanted = most;
    if (options->gate.deadline_ns > 0 && !options->adapt.search &&
        in_time < (double)wanted)
        wanted = (uint64_t)in_time;
    return wanted;
}

/* At the stated rate; a rate to be found is not known yet. */
static void print_pace(const struct adapt_settings *adapt, uint64_t queries)
{
    double seconds = (double)queries / adapt->rate_per_s;
    if (adapt->search) {
        (void)puts("rate: auto\nduration: unknown\nquota_share: unknown");
        return;
    }
    (void)printf("rate: %s\nduration: %s\n",
                 units_format_rate(adapt->rate_per_s).text,
                 units_format_duration((int64_t)(seconds * 1e9)).text);
    (void)printf("quota_share: %.3g %% of the smallest cluster's 2,000/s\n",
                 adapt->rate_per_s * 100 / SMALLEST_QUOTA_PER_S);
}

static void print_count(const char *name, uint64_t count)
{
    (void)printf("%s: %" PRIu64 "\n", name, count);
}

static void print_all(const struct run *run)
{
    const struct stats *stats = &run->stats;
    struct input_counts read = input_counts(run->input);
    uint64_t queries = allowed(run->options, stats->sent);
    print_count("read", read.rows);
    if (sample_is_on(&run->sample))
        print_count("seed", run->sample.settings.seed);
    print_count("rows", stats->rows);
    print_count("copies", stats->copies);
    print_count("bad_client_id", stats->errors[QUERY_BAD_CLIENT_ID]);
    print_count("bad_row", stats->errors[QUERY_BAD_ROW]);
    print_count("trimmed", read.trimmed);
    print_count("queries", queries);
    print_count("over_limit", stats->sent - queries);
    print_pace(&run->options->adapt, queries);
    print_count("sent", 0);
}

enum status run_dry(const struct options *options)
{
    struct run *run = mem_alloc(sizeof *run);
    run->options = options;
    sample_init(&run->sample, &options->sample, uv_hrtime());
    run->answers = options->run.no_dedup ? NULL : answers_new();
    enum status status = input_new(&run->input, &options->input, options->files,
                                   options->n_files);
    if (!status)
        status = run_retry_open(run);
    if (!status)
        status = read_all(run);
    if (!status) {
        print_all(run);
        uint64_t asked = run->stats.errors[QUERY_NOT_ATTEMPTED];
        status = stats_failed_rows(&run->stats) > asked ? STATUS_ROWS
                                                        : STATUS_OK;
    }
    input_free(run->input);
    input_earlier_close(run->earlier);
    answers_free(run->answers);
    sample_release(&run->sample);
    free(run);
    return status;
}

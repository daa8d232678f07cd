/*
 * What the run tells people at its end: a view of stats.
 */
#ifndef MQSTAT_SUMMARY_H
#define MQSTAT_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "fail_if.h"
#include "gate.h"
#include "stats.h"
#include "timeline.h"

/* What the summary knows besides the counters. */
struct summary {
    const struct stats *stats; /* borrowed */
    enum status status;
    int signal;           /* that ended the run; 0 */
    enum gate_end end;    /* that the gate saw */
    bool closed;          /* standard output's reader went away */
    const char *ended;    /* why the run ended early; NULL */
    const char *partial;  /* FILE.partial that stays; NULL */
    bool resumable;       /* can a later run go on with it? */
    uint64_t trimmed;     /* ids that --trim changed */
    uint64_t bytes;       /* of input */
    uint64_t connections; /* opened */
    uint64_t sampled_of;  /* rows that --sample drew from; 0: it did not */
    uint64_t seed;        /* of the sample */
    bool compared;        /* with an earlier run's result */
    const char *fail_if;  /* the conditions that were given; NULL */
    const char *endpoint;
    const char *user; /* NULL */
    const struct timeline *timeline;
    int64_t started_ms;  /* since the epoch */
    int64_t finished_ms; /* since the epoch: now */
    int64_t elapsed_ns;  /* monotonic */
    double rate_per_s;   /* the cap, or the rate held at the end; 0: unknown */
};

/* What to do about rows that end with this error. */
const char *summary_advice(enum query_error error);

/*
 * The next kind of failure to tell, most rows first, then in the codes'
 * order; QUERY_ANSWERED after the last. told starts all false.
 */
enum query_error summary_next_kind(const struct stats *stats, bool *told);

/* The name of a signal that may end a run. */
const char *summary_signal_name(int number);

/*
 * One line of totals, then why the run ended early and how to go on, then
 * one line for each kind of failure with its count and what to do. On
 * success only where notes are shown (see diag.h); but a warning that
 * refusals may have cost devices their messages comes always.
 */
void summary_print(const struct summary *summary);

#endif

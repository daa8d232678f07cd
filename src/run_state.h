/*
 * Inside run: the state that its files share. Only the files of
 * run's family include this.
 */
#ifndef MQSTAT_RUN_STATE_H
#define MQSTAT_RUN_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "account.h"
#include "adapt.h"
#include "answers.h"
#include "gate.h"
#include "input.h"
#include "input_earlier.h"
#include "limiter.h"
#include "options.h"
#include "output.h"
#include "progress.h"
#include "rate_group.h"
#include "retry.h"
#include "run.h"
#include "sample.h"
#include "stats.h"
#include "summary.h"
#include "timeline.h"
#include "transport.h"
#include "window.h"

enum {
    RUN_SIGNALS = 5,
    RUN_PULL_BATCH = 8192, /* rows that need no query, in one turn */
    RUN_AUTO_SLOTS = 256   /* at most, with --concurrency auto */
};

enum run_phase {
    RUN_OPENING,
    RUN_ASK,
    RUN_DRAIN,
    RUN_SKIP,
    RUN_STOP
};

/* The partial on its way to the disk, see run_sync.c. */
struct run_sync {
    uv_fs_t request;
    int fd; /* borrowed; -1: nothing to sync */
    bool busy;
    uint64_t rows;   /* written since a sync was last begun */
    uint64_t due_ns; /* when they are to be on their way; 0: there are none */
};

/* Queries in flight at once. */
struct run_slots {
    unsigned now;
    unsigned most;  /* for now */
    unsigned made;  /* in transport */
    bool full;      /* since the last start */
    uint64_t waits; /* queries before which all were taken */
};

/* What people were told last. */
struct run_told {
    enum gate_mode mode;
    bool trickle;
    bool redirect;
    bool type;
    uint64_t pause_ns;
    uint64_t refused; /* when the rate last changed */
};

struct run {
    const struct options *options; /* borrowed */
    enum run_phase phase;
    uint64_t started_ns;
    int64_t started_ms; /* since the epoch */
    uint64_t random;    /* state of the jitter's generator */

    /* Rows come in. */
    struct input *input;
    struct input_earlier *earlier; /* --retry-from; NULL */
    struct answers *previous;      /* of --previous; NULL */
    struct sample sample;
    uint64_t admitted; /* rows that were, or will be, counted */
    bool input_ended;
    bool input_waiting;
    bool starved; /* reading stopped for room or for the turn's sake */
    uint64_t input_seen_ns;

    /* They are asked. */
    struct window window;
    struct answers *answers; /* NULL with --no-dedup */
    struct query *ready;     /* read, not asked yet; in the window */
    struct query *suspects;  /* failed in what may be an outage */
    struct query control;    /* the first answered id, of an earlier run too */
    struct gate gate;
    struct retry retry;
    struct adapt adapt;
    struct limiter limiter;
    double rate;              /* that the limiter has */
    struct rate_group *group; /* NULL: alone */
    struct run_slots slots;
    struct transport *transport;
    char detail[160]; /* of the last attempt that failed */

    /* They go out. */
    struct output *output;
    enum output_result output_state; /* CLOSED and FAILED are for good */
    uint64_t flush_due_ns;           /* 0: nothing waits */
    struct run_sync sync;
    struct account *account; /* NULL: no file about the run is wanted */

    /* The run ends. */
    int signal;         /* that ends it; 0 */
    bool left;          /* at once, by a second signal */
    enum status failed; /* input or output */
    char *user;         /* for the remembered rate; owned */

    /* People are told. */
    struct stats stats;
    struct timeline timeline;
    struct progress progress;
    struct run_told told;

    uv_loop_t loop;
    uv_timer_t timer;  /* the next look at everything, */
    uint64_t armed_ns; /* at that time; UINT64_MAX: none */
    uv_timer_t progress_timer;
    uv_poll_t output_watch;
    uv_signal_t signals[RUN_SIGNALS];
};

/* Looks at everything again: the one place that starts queries. */
void run_pump(struct run *run);

/* The next row, from the input or, when it has ended, from the sample. */
enum input_result run_read(struct run *run, struct query *query);

/* Is the row one of this run's, and its turn? If not, its content is void. */
bool run_wants(struct run *run, struct query *query);

/*
 * Judges a row of the run. True: it wants to be asked, and then settled;
 * else it is done, and counted, or waits for an equal id's answer.
 */
bool run_claim(struct run *run, struct query *query);

/*
 * Reads until a row wants to be asked, for a bounded time. NULL: none yet;
 * starved, input_waiting or input_ended says why.
 */
struct query *run_pull(struct run *run);

/*
 * Is there room for another row, here and on the way out? Rows that wait
 * for the partial's end may take more than they once did.
 */
bool run_has_room(const struct run *run);

/* Is the row in the shard that was asked for? */
bool run_in_shard(const struct run *run, const struct query *query);

/* An id that cannot be one ends its row. */
void run_judge_id(struct query *query);

/*
 * --retry-from: opens the file and, where the input's files can be read
 * twice, compares all rows. On failure says why.
 */
enum status run_retry_open(struct run *run);

/* Where there is one, carries the earlier result over to the input's next row,
 * unless a rerun helps it; true when it did. A row that differs sets failed,
 * said why. */
bool run_retry_row(struct run *run, struct query *query);

/* The input has ended: so must the earlier rows. */
void run_retry_end(struct run *run);

/* Writes what is pending, as far as that goes without waiting. */
void run_flush(struct run *run);

/* The output cannot be written any more: it was said why. */
void run_output_failed(struct run *run);

/*
 * Gets ready to sync a partial while the run goes on; does nothing for
 * another output. On failure says why: STATUS_IO.
 */
enum status run_sync_open(struct run *run);

/* Starts a sync when one is due; when that will be, UINT64_MAX: not by time
 * alone. */
void run_sync(struct run *run, uint64_t now_ns);
uint64_t run_sync_due(const struct run *run);

/* Waits for the end of the sync that is under way. */
void run_sync_wait(struct run *run);

/* Reads the result that --previous names. */
enum status run_load_previous(struct run *run);

/* Tells the row what that says of its id. */
void run_note_previous(const struct run *run, struct query *query);

/* The row's result stands: it and its copies are done. */
void run_settle(struct run *run, struct query *query);

/* The first row that has an answer becomes the control. */
void run_know_control(struct run *run, const struct query *query);

/* The suspects' verdict: they fail, or, after an outage, get new tries. */
void run_judge_suspects(struct run *run, bool outage);

/* How many queries may be in flight. */
unsigned run_slots(const struct run *run);

/* transport_done_fn: judges the attempt and decides what becomes of it. */
void run_on_done(struct query *query, const struct outcome *outcome, void *ctx);

/* Does anything end the run before its last row? */
bool run_must_end(const struct run *run);

/* Says what became of the service since the last turn. */
void run_tell_changes(struct run *run, uint64_t now_ns);

/* Says that the rate becomes another. */
void run_tell_rate(const struct run *run, double rate);

/* The wall clock, in milliseconds since the epoch. */
int64_t run_wall_ms(void);

/* Shows progress from now on, as the options say. */
void run_tell_progress(struct run *run);

/* Prints one status line, for SIGUSR1. */
void run_tell_status(struct run *run);

/* Says what a run that a signal ends still waits for. */
void run_tell_drain(const struct run *run);

/* Says that slots, not the rate, set the pace, where they did. */
void run_tell_slots(const struct run *run);

/* The counters so far, for people. */
struct summary run_summary(const struct run *run);

#endif

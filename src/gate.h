/*
 * May the run ask at all? The whole-run stops: the probe, refused logins,
 * the breaker for a service that fails, a pause that the service asked for,
 * the limits of time and number. The rate is not its business.
 * Time and random numbers are passed in.
 */
#ifndef MQSTAT_GATE_H
#define MQSTAT_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "query.h"

struct gate_settings {
    int64_t give_up_ns;   /* a reply after so long an outage ends the run */
    int64_t deadline_ns;  /* of the run; 0 none */
    uint64_t max_queries; /* requests sent; 0 none */
};

/* Lightest first: of several causes the weightiest stands. */
enum gate_end {
    GATE_RUNNING,
    GATE_MAX_QUERIES,
    GATE_DEADLINE,
    GATE_RATE_LIMITED, /* refused all the time, or Retry-After over 10 min */
    GATE_UNREACHABLE,  /* give-up-after */
    GATE_REJECTED,     /* 400, 405 or 414 for most of the first 100 */
    GATE_PROXY,        /* 407: it wants a login */
    GATE_LOGIN         /* 401, or 403 for everybody */
};

enum gate_mode {
    GATE_PROBE, /* the first row's query decides */
    GATE_OPEN,
    GATE_CAREFUL, /* 403 at the probe: one at a time until a 200 */
    GATE_CONTROL, /* 403s: an id that had an answer is asked once more */
    GATE_CONFIRM, /* 401 under way: one repeat after 1 s */
    GATE_BROKEN   /* single probes with backoff */
};

struct gate {
    struct gate_settings settings;
    enum gate_mode mode;
    enum gate_end end;
    uint64_t started_ns;
    uint64_t sent;
    uint64_t not_before_ns;   /* of the next query in a single-query mode, or
                               of any query during a pause */
    uint64_t paused_until_ns; /* the part of it that the service asked for */
    bool answered;            /* has any 200 been an answer? */
    bool recalled;            /* or one of an earlier run? */
    bool asking;              /* the one query of a single-query mode is out */
    /* runs of equal replies */
    uint32_t forbidden_run;
    uint32_t control_at;    /* a longer run of 403 asks for a control */
    uint32_t no_answer_run; /* replies that are no answers: not the service? */
    uint32_t failed_run;
    uint32_t unreached_run; /* no name, no connection */
    uint32_t replies;
    uint32_t rejected;
    /* the last answers, for the breaker: a ring of bits */
    uint64_t ring[128]; /* up to 8,192 */
    uint32_t ring_size;
    uint32_t ring_at;
    uint32_t ring_failed;
    uint64_t broken_since_ns;
    uint64_t backoff_ns;
    /* refusals only, since */
    uint64_t refused_since_ns;
};

/* What a finished attempt means for the gate. */
struct gate_reply {
    enum query_error error;
    bool mistake; /* certificate, name: asking again helps nobody */
    int http_status;
    int64_t wait_ns; /* Retry-After; -1 none */
    double random;   /* uniform in [0, 1) */
};

void gate_init(struct gate *gate, const struct gate_settings *settings,
               double rate_per_s, uint64_t now_ns);

/*
 * A row wants to be asked: the earliest time, given how many are in flight.
 * 0 or past means now, UINT64_MAX not before another reply. Ends the run
 * when max_queries are spent.
 */
uint64_t gate_when(struct gate *gate, unsigned in_flight);

/* When time alone ends the run: the deadline; UINT64_MAX never. */
uint64_t gate_ends_at(const struct gate *gate);

/* A query starts. */
void gate_sent(struct gate *gate);

/*
 * A reply came, or none. Returns true when the row must be asked again
 * without spending a try, because the reply says something about the run,
 * not about the row (a failed breaker probe, an unconfirmed 401).
 */
bool gate_reply(struct gate *gate, const struct gate_reply *reply,
                uint64_t now_ns);

/*
 * Have only failures come of late? Then a row whose tries have run out may
 * be innocent: it waits until a good reply (it fails) or until the breaker
 * opens (it is asked again afterwards).
 */
bool gate_suspects_outage(const struct gate *gate);

/* An id had its answer in an earlier run: it can be the control. */
void gate_recall(struct gate *gate);

/* Every row has its result: a deadline that passes, or has passed while the
 * last of them came, ends nothing. */
void gate_finish(struct gate *gate);

/* The rate controller finds no rate that the service accepts. */
void gate_give_up(struct gate *gate);

/* Time passes: the deadline. */
void gate_tick(struct gate *gate, uint64_t now_ns);

#endif

/*
 * Moves the rate by answers: 429 is a measurement of the quota, not an
 * accident. Told a rate, it is the cap and feedback works below it; told
 * none ("auto"), the quota is searched for and held.
 *
 * A pure function of (event, time): no clock, no randomness, no I/O, no
 * allocation. Times are monotonic ns, rates are starts per second.
 */
#ifndef MQSTAT_ADAPT_H
#define MQSTAT_ADAPT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    ADAPT_WINDOWS = 16
};

struct adapt_settings {
    double rate_per_s;     /* the cap when stated */
    bool search;           /* --rate auto */
    double max_rate_per_s; /* cap of the search; 0: none */
};

enum adapt_phase {
    ADAPT_START, /* double until refused or at the cap */
    ADAPT_CLIMB, /* +20 % a window until saturated */
    ADAPT_HOLD,  /* just below the estimate */
    ADAPT_PROBE  /* one window above it, to see whether the quota rose */
};

/* What was sent in one window and how it was answered. */
struct adapt_window {
    uint64_t opened_ns;
    uint64_t length_ns; /* when it is closed */
    enum adapt_phase phase;
    double rate_per_s;
    uint32_t sent;
    uint32_t accepted;
    uint32_t refused;
    uint64_t refused_ns; /* the first refusal */
    uint32_t mixed;      /* accepted after it */
};

struct adapt {
    /* settings */
    double cap;
    bool stated;
    /* the rate and how it came about */
    enum adapt_phase phase;
    double rate;
    double estimate; /* of the quota, our share of it */
    double best;     /* highest estimate seen */
    bool learned;    /* by answers; not as told or remembered */
    /* windows, by tag modulo ADAPT_WINDOWS */
    struct adapt_window windows[ADAPT_WINDOWS];
    uint32_t tag;      /* of the open window */
    uint32_t decided;  /* answers of older windows are history */
    uint32_t judging;  /* closed window whose answers are awaited; 0 none */
    uint64_t judge_ns; /* judge it by then at the latest */
    uint64_t window_ns;
    int64_t rtt_ns;         /* of accepted requests, smoothed */
    int64_t refusal_rtt_ns; /* of refused ones */
    /* probing */
    uint64_t probe_due_ns;
    uint64_t quiet_ns;
    double step;
    uint64_t probed_ns; /* our own last probe or climb */
    /* contention with others on the same quota */
    bool contended;
    uint64_t cut_ns;
    double cut_estimate;
    double drip; /* refusals of the last windows, and answers */
    double drip_judged;
    double ease; /* of growth: cuts in quick succession make it slower */
    /* refusals in a row, and TRICKLE */
    uint32_t run;
    uint64_t run_sent_ns; /* about when the first of them was sent */
    bool trickle;
    bool trickle_asked; /* a single question is out */
    uint64_t trickle_since_ns;
    uint64_t trickle_next_ns;
    uint64_t trickle_interval_ns;
    double trickle_accepted; /* per second, before the stop */
    uint32_t trickle_tag;
    uint64_t resumed_ns; /* when the last stop ended; 0: none */
    /* what the service said of itself */
    double hint_per_s; /* 0: nothing */
    uint64_t hint_until_ns;
    /* stop-loss: refusals among the last thousand, and at the floor */
    uint32_t loss_answers;
    uint32_t loss_refused;
    uint64_t loss_since_ns;
    uint64_t answers; /* of the whole run */
    uint64_t refusals;
    uint64_t floor_since_ns; /* 0: not at the floor */
    uint32_t floor_answers;
    uint32_t floor_refused;
    bool hopeless;
    /* accepts of the last second, in 50 ms slots */
    uint64_t slot[32];
    uint32_t slot_accepts[32];
};

/* Starts at now. estimate_per_s: remembered from an earlier run, 0 none. */
void adapt_init(struct adapt *adapt, const struct adapt_settings *settings,
                double estimate_per_s, uint64_t now_ns);

/*
 * The service said how much is left: for that long the rate is per_s at
 * most, for ever (UINT64_MAX) the cap is. Only ever lowers.
 */
void adapt_hint(struct adapt *adapt, double per_s, uint64_t for_ns,
                uint64_t now_ns);

/* When time alone raises the rate: a hint ends. UINT64_MAX: never. */
uint64_t adapt_rises_at(const struct adapt *adapt);

/* The estimate of the quota, to be remembered; 0 while it is searched for, or
 * when nothing was learned beyond what was known at the start. */
double adapt_estimate(const struct adapt *adapt);

/* For a minute and more, 5 % and more refused at the slowest rate there is. */
bool adapt_is_hopeless(const struct adapt *adapt);

/* The rate in force; give it to the limiter when it changed. */
double adapt_rate(const struct adapt *adapt);

/*
 * The earliest time at which the controller itself allows a start: 0 in
 * general; while TRICKLE the time of the next single question; UINT64_MAX
 * while that question is out.
 */
uint64_t adapt_when(const struct adapt *adapt);

/* Is the run reduced to single questions? */
bool adapt_trickling(const struct adapt *adapt);

/* A request starts; returns the tag that its answer must bring back. */
uint32_t adapt_sent(struct adapt *adapt);

/* A request of window tag was accepted: any reply but 429 and 5xx. */
void adapt_accept(struct adapt *adapt, uint32_t tag, int64_t rtt_ns,
                  uint64_t now_ns);

/* A request was refused with 429. */
struct adapt_refusal {
    uint32_t tag; /* of the window in which it was sent */
    int64_t rtt_ns;
    uint64_t wait_ns; /* Retry-After bounds the next single question; 0 none */
    double random;    /* uniform in [0, 1) */
};

void adapt_refuse(struct adapt *adapt, const struct adapt_refusal *refusal,
                  uint64_t now_ns);

/* A request ended in no rate signal (time-out, lost, 5xx): forget it. */
void adapt_lost(struct adapt *adapt, uint32_t tag, uint64_t now_ns);

/* Time passes: closes and judges windows. Call on every turn. */
void adapt_tick(struct adapt *adapt, uint64_t now_ns);

#endif

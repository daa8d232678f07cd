/*
 * Inside adapt: what it counts, and its moves. Only the files of
 * adapt's family include this.
 */
#ifndef MQSTAT_ADAPT_WINDOW_H
#define MQSTAT_ADAPT_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "adapt.h"

enum {
    ADAPT_JUDGED_LEAST = 8 /* answers of a window that mean anything */
};

/* Answers that say something about the rate. */
double adapt_judged(const struct adapt_window *window);

/* Was the server saturated while the window was sent? */
bool adapt_saturated(const struct adapt_window *window);

/*
 * Was three quarters of what the rate allowed sent while it was open, or did
 * rows or slots run short? A window that sent less proves little.
 */
bool adapt_was_full(const struct adapt_window *window);

/* The window of a tag, as long as it is among the last ADAPT_WINDOWS. */
struct adapt_window *adapt_window_of(struct adapt *adapt, uint32_t tag);

/* Counts an accepted request. */
void adapt_count_accept(struct adapt *adapt, uint64_t now_ns);

/* Accepts in the last whole second, in slots of 50 ms. */
double adapt_accepts_per_s(const struct adapt *adapt, uint64_t now_ns);

/* The slowest rate there is: 0.5/s, or a quarter of a cap below 2/s. */
double adapt_floor(const struct adapt *adapt);

/*
 * Counts an answer for the stop-loss: true when at a stated rate more than
 * 2 % of all and 4 % of the last thousand and 10 s were refused, whatever
 * the windows say (the first thousand find the rate): the estimate is to be
 * halved. Marks the rate as hopeless when a minute and 20 answers at the
 * floor had more than 5 %.
 */
bool adapt_count_loss(struct adapt *adapt, bool refused, uint64_t now_ns);

/* A new window begins at the rate and phase in force. */
void adapt_open_window(struct adapt *adapt, uint64_t now_ns);

/* Another phase and rate; older answers are history from now on. */
void adapt_enter(struct adapt *adapt, enum adapt_phase phase, double rate,
                 uint64_t now_ns);

/* HOLD just below an estimate. */
void adapt_hold(struct adapt *adapt, double estimate, uint64_t now_ns);

/* Only refusals: stop, and ask single questions. */
void adapt_stop(struct adapt *adapt, uint64_t now_ns);

/* A single question was refused or lost: the next one comes later. */
void adapt_ask_later(struct adapt *adapt, double random, uint64_t now_ns);

/* The service's Retry-After bounds the next single question; 0: none. */
void adapt_obey_wait(struct adapt *adapt, uint64_t wait_ns, uint64_t now_ns);

/* A single question was accepted: go on where the evidence points. */
void adapt_resume(struct adapt *adapt, uint64_t now_ns);

#endif

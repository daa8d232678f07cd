/*
 * Rows in flight: slots, a free list, ordered release. Bounded by a number
 * of rows and by the bytes of their ids and kept cells. The window owns its
 * queries for ever; what it hands out is borrowed.
 */
#ifndef MQSTAT_WINDOW_H
#define MQSTAT_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "query.h"

enum {
    WINDOW_ROWS = 65536,
    WINDOW_BYTES = 64 * 1024 * 1024
};

struct window_block;

struct window {
    bool unordered;
    size_t rows;          /* handed out */
    size_t bytes;         /* of their texts */
    struct query *oldest; /* input order, linked by next */
    struct query *newest;
    struct query *free; /* last in, first out: few slots stay warm */
    struct window_block *blocks;
};

/* unordered: rows leave as they are done, not in input order. */
void window_init(struct window *window, bool unordered);
void window_release(struct window *window);

/* Is there room for another row? */
bool window_has_room(const struct window *window);

/* Takes an empty slot for the row to come; not yet part of the order. */
struct query *window_take(struct window *window);

/* The slot is filled: the row joins the order. */
void window_push(struct window *window, struct query *query);

/* The slot was not needed after all. */
void window_put_back(struct window *window, struct query *query);

/* unordered windows: tells that a pushed row became done. */
void window_done(struct window *window, struct query *query);

/* The next row to be written, or NULL; it stays until window_pop. */
struct query *window_next(const struct window *window);

/* Frees the slot that window_next named. */
void window_pop(struct window *window);

#endif

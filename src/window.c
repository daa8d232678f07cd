/*
 * Rows in flight.
 *
 * Responsible for slots and their order; not for what happens to a row.
 * Slots are made in blocks as the window first widens and are reused last
 * in, first out: a run that needs forty rows at a time touches forty slots,
 * however long the window may become. Ordered, the list holds the rows as
 * they came and only its head may leave; unordered, it holds the done ones.
 * Invariant: bytes is the sum of the capacities of the slots handed out.
 */
#include "window.h"

#include <assert.h>
#include <stdlib.h>

#include "mem.h"

enum {
    BLOCK_SLOTS = 64,
    SLOT_KEEPS_BYTES = 1024 /* a larger text is given back to the heap */
};

struct window_block {
    struct window_block *next;
    struct query slots[BLOCK_SLOTS];
};

void window_init(struct window *window, bool unordered)
{
    *window = (struct window){.unordered = unordered};
}

void window_release(struct window *window)
{
    while (window->blocks) {
        struct window_block *block = window->blocks;
        window->blocks = block->next;
        for (size_t i = 0; i < BLOCK_SLOTS; i++)
            query_release(&block->slots[i]);
        free(block);
    }
    *window = (struct window){0};
}

bool window_has_room(const struct window *window)
{
    return window->rows < WINDOW_ROWS && window->bytes < WINDOW_BYTES;
}

static void add_block(struct window *window)
{
    struct window_block *block = mem_alloc(sizeof *block);
    block->next = window->blocks;
    window->blocks = block;
    for (size_t i = BLOCK_SLOTS; i-- > 0;) {
        query_init(&block->slots[i]);
        block->slots[i].next = window->free;
        window->free = &block->slots[i];
    }
}

struct query *window_take(struct window *window)
{
    if (!window->free)
        add_block(window);
    struct query *query = window->free;
    window->free = query->next;
    query_reset(query);
    return query;
}

/* Its next is NULL since it was taken. */
static void append(struct window *window, struct query *query)
{
    if (window->newest)
        window->newest->next = query;
    else
        window->oldest = query;
    window->newest = query;
}

void window_push(struct window *window, struct query *query)
{
    window->rows++;
    window->bytes += query->text.cap;
    if (!window->unordered || query->state == QUERY_DONE)
        append(window, query);
}

void window_put_back(struct window *window, struct query *query)
{
    if (query->text.cap > SLOT_KEEPS_BYTES)
        buf_release(&query->text);
    query->state = QUERY_FREE;
    query->next = window->free;
    window->free = query;
}

void window_done(struct window *window, struct query *query)
{
    assert(query->state == QUERY_DONE);
    if (window->unordered)
        append(window, query);
}

struct query *window_next(const struct window *window)
{
    struct query *query = window->oldest;
    return query && query->state == QUERY_DONE ? query : NULL;
}

void window_pop(struct window *window)
{
    struct query *query = window->oldest;
    assert(query && query->state == QUERY_DONE);
    window->oldest = query->next;
    if (!window->oldest)
        window->newest = NULL;
    window->rows--;
    window->bytes -= query->text.cap;
    window_put_back(window, query);
}

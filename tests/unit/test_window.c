/*
 * The window: order, no order, its two bounds, and slots that stay warm.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "window.h"

static struct query *push(struct window *window, const char *id)
{
    struct query *query = window_take(window);
    assert_int_equal(query_set_id(query, id, strlen(id)), 0);
    query->state = QUERY_IN_FLIGHT;
    window_push(window, query);
    return query;
}

static void finish(struct window *window, struct query *query)
{
    query->state = QUERY_DONE;
    window_done(window, query);
}

/* Leaves of the rows a, b, c, d when they become done in that order. */
static void check_order(bool unordered, const char *done, const char *leaves)
{
    struct window window;
    window_init(&window, unordered);
    struct query *rows[4];
    for (size_t i = 0; i < 4; i++)
        rows[i] = push(&window, (const char[]){(char)('a' + i), '\0'});
    char left[5] = "";
    for (; *done; done++) {
        assert_null(window_next(&window));
        finish(&window, rows[*done - 'a']);
        for (;;) {
            struct query *next = window_next(&window);
            if (!next)
                break;
            left[strlen(left)] = next->text.data[0];
            window_pop(&window);
        }
    }
    assert_string_equal(left, leaves);
    assert_int_equal(window.rows, 4 - strlen(leaves));
    window_release(&window);
}

static void lets_rows_go_in_their_order(void **state)
{
    (void)state;
    static const struct {
        const char *done;
        const char *ordered; /* unordered they leave as they are done */
    } cases[] = {
        {"abcd", "abcd"}, {"dcba", "abcd"}, {"bacd", "abcd"}, {"bcd", ""},
        {"acd", "a"},     {"ab", "ab"},     {"dca", "a"},     {"cab", "abc"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_order(false, cases[i].done, cases[i].ordered);
        check_order(true, cases[i].done, cases[i].done);
    }
}

/* Rows that need no asking are done when they come. */
static void takes_rows_that_are_done(void **state)
{
    (void)state;
    for (int unordered = 0; unordered <= 1; unordered++) {
        struct window window;
        window_init(&window, unordered);
        struct query *first = push(&window, "first");
        struct query *second = window_take(&window);
        query_fail(second, QUERY_BAD_ROW);
        window_push(&window, second);
        if (unordered)
            assert_ptr_equal(window_next(&window), second);
        else
            assert_null(window_next(&window));
        finish(&window, first);
        assert_ptr_equal(window_next(&window), unordered ? second : first);
        window_pop(&window);
        assert_ptr_equal(window_next(&window), unordered ? first : second);
        window_pop(&window);
        assert_null(window_next(&window));
        assert_int_equal(window.rows, 0);
        assert_int_equal(window.bytes, 0);
        window_release(&window);
    }
}

static void hands_slots_out_last_in_first_out(void **state)
{
    (void)state;
    struct window window;
    window_init(&window, false);
    struct query *one = push(&window, "one");
    struct query *two = push(&window, "two");
    struct query *unused = window_take(&window);
    window_put_back(&window, unused);
    assert_ptr_equal(window_take(&window), unused);
    window_put_back(&window, unused);
    finish(&window, two);
    finish(&window, one);
    window_pop(&window);
    window_pop(&window);
    assert_ptr_equal(window_take(&window), two);
    assert_ptr_equal(window_take(&window), one);
    assert_ptr_equal(window_take(&window), unused);
    window_release(&window);
}

/* A run that needs forty rows at a time touches forty slots. */
static void keeps_to_few_slots(void **state)
{
    (void)state;
    struct window window;
    window_init(&window, false);
    const struct query *slots[64] = {NULL};
    size_t used = 0;
    for (int row = 0; row < 10000; row++) {
        const struct query *query = push(&window, "306520284186458");
        size_t i = 0;
        while (i < used && slots[i] != query)
            i++;
        assert_true(i < 40);
        slots[i] = query;
        used += i == used;
        if (window.rows < 40)
            continue;
        finish(&window, window.oldest);
        window_pop(&window);
    }
    assert_int_equal(used, 40);
    window_release(&window);
}

static void hands_out_empty_slots(void **state)
{
    (void)state;
    struct window window;
    window_init(&window, false);
    struct query *query = push(&window, "id");
    query->attempts = 3;
    query->latency_ns = 5;
    query->copies = query;
    query->error = QUERY_TIMEOUT;
    assert_int_equal(query_add_cell(query, QUERY_CELL_TEXT, "x", 1), 0);
    finish(&window, query);
    window_pop(&window);
    assert_int_equal(query->state, QUERY_FREE);
    assert_ptr_equal(window_take(&window), query);
    assert_int_equal(query->text.len, 0);
    assert_int_equal(query->id_len, 0);
    assert_int_equal(query->attempts, 0);
    assert_int_equal(query->latency_ns, -1);
    assert_int_equal(query->error, QUERY_ANSWERED);
    assert_null(query->copies);
    assert_true(query->text.cap > 0); /* a short text stays allocated */
    window_release(&window);
}

static void is_bounded_in_rows(void **state)
{
    (void)state;
    struct window window;
    window_init(&window, true);
    struct query *last = NULL;
    for (size_t i = 0; i < WINDOW_ROWS; i++) {
        assert_true(window_has_room(&window));
        last = push(&window, "");
    }
    assert_false(window_has_room(&window));
    finish(&window, last);
    assert_false(window_has_room(&window));
    window_pop(&window);
    assert_true(window_has_room(&window));
    window_release(&window);
}

/* 64 MiB of texts; long ones are given back to the heap. */
static void is_bounded_in_bytes(void **state)
{
    (void)state;
    static char big[1024 * 1024];
    memset(big, 'x', sizeof big - 1);
    struct window window;
    window_init(&window, false);
    size_t rows = 0;
    while (window_has_room(&window)) {
        (void)push(&window, big);
        rows++;
    }
    assert_in_range(rows, 32, 64);
    assert_true(window.bytes >= WINDOW_BYTES);
    finish(&window, window.oldest);
    struct query *slot = window.oldest;
    window_pop(&window);
    assert_true(window_has_room(&window));
    assert_int_equal(slot->text.cap, 0);
    assert_ptr_equal(push(&window, big), slot); /* and may grow again */
    while (window.oldest) {
        finish(&window, window.oldest);
        window_pop(&window);
    }
    assert_int_equal(window.bytes, 0);
    window_release(&window);
    window_release(&window); /* twice does no harm */
}

/* They lie side by side. */
static void makes_slots_in_blocks(void **state)
{
    (void)state;
    struct window window;
    window_init(&window, false);
    const struct query *before = window_take(&window);
    for (int i = 1; i < 40; i++) {
        const struct query *query = window_take(&window);
        assert_ptr_equal(query, before + 1);
        before = query;
    }
    window_release(&window);
}

/* A text of 1 KiB stays with its slot, one byte more does not. */
static void keeps_short_texts(void **state)
{
    (void)state;
    static char text[1026];
    memset(text, 'x', sizeof text - 1);
    for (size_t len = 1024; len <= 1025; len++) {
        struct window window;
        window_init(&window, false);
        struct query *query = window_take(&window);
        assert_int_equal(query_set_id(query, text, len), 0);
        assert_int_equal(query->text.cap > 1024, len > 1024);
        window_put_back(&window, query);
        assert_int_equal(query->text.cap > 0, len == 1024);
        assert_int_equal(window.rows, 0);
        window_release(&window);
        assert_null(window.blocks);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_rows_go_in_their_order),
        cmocka_unit_test(takes_rows_that_are_done),
        cmocka_unit_test(hands_slots_out_last_in_first_out),
        cmocka_unit_test(keeps_to_few_slots),
        cmocka_unit_test(hands_out_empty_slots),
        cmocka_unit_test(is_bounded_in_rows),
        cmocka_unit_test(is_bounded_in_bytes),
        cmocka_unit_test(makes_slots_in_blocks),
        cmocka_unit_test(keeps_short_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

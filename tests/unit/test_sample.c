/*
 * A uniform sample, in order, that a seed repeats.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

enum {
    ROWS = 1000,
    DRAWS = 2000
};

/* Draws from rows 1 to n; notes which came, in order. Returns how many. */
static size_t draw(const struct sample_settings *settings, uint64_t random,
                   size_t n, unsigned *came)
{
    struct sample sample;
    struct query query;
    size_t count = 0;
    sample_init(&sample, settings, random);
    query_init(&query);
    for (size_t i = 1; i <= n; i++) {
        char id[16];
        query_reset(&query);
        query.line = i;
        int len = snprintf(id, sizeof id, "id%zu", i);
        assert_int_equal(query_set_id(&query, id, (size_t)len), 0);
        if (sample_takes(&sample, &query))
            came[count++] = (unsigned)i;
    }
    while (sample_next(&sample, &query)) {
        char id[16];
        int len = snprintf(id, sizeof id, "id%d", (int)query.line);
        assert_int_equal(query.id_len, len);
        assert_memory_equal(query.text.data, id, (size_t)len);
        assert_true(sample_takes(&sample, &query)); /* it stays drawn */
        came[count++] = (unsigned)query.line;
    }
    assert_int_equal(sample.seen, sample_is_on(&sample) ? n : 0);
    query_release(&query);
    sample_release(&sample);
    for (size_t i = 1; i < count; i++)
        assert_true(came[i - 1] < came[i]);
    return count;
}

static void takes_all_without_a_sample(void **state)
{
    (void)state;
    static const struct sample_settings none = {0};
    static const struct sample_settings all = {.share = 1};
    static const struct sample_settings more = {.rows = ROWS + 1};
    unsigned came[ROWS];
    assert_int_equal(draw(&none, 1, ROWS, came), ROWS);
    assert_int_equal(draw(&all, 1, ROWS, came), ROWS);
    assert_int_equal(draw(&more, 1, ROWS, came), ROWS);
    assert_int_equal(draw(&more, 1, 0, came), 0);
}

static void repeats_with_a_seed(void **state)
{
    (void)state;
    static const struct sample_settings kinds[] = {
        {.rows = 100, .seed = 7},
        {.share = 0.1, .seed = 7},
    };
    for (size_t i = 0; i < 2; i++) {
        unsigned first[ROWS];
        unsigned second[ROWS];
        struct sample_settings other = kinds[i];
        size_t count = draw(&kinds[i], 1, ROWS, first);
        assert_int_equal(draw(&kinds[i], 2, ROWS, second), count);
        assert_memory_equal(first, second, count * sizeof *first);
        other.seed = 8;
        size_t n = draw(&other, 1, ROWS, second);
        assert_true(n != count ||
                    memcmp(first, second, n * sizeof *first) != 0);
    }
}

/*
 * Each row comes with the same chance: over 2,000 draws of 10 % a row comes
 * 200 times, standard deviation 13.4; six of those hold for 1,000 rows. The
 * sum of squares is chi-squared with 999 degrees: 1,000 +- 5 * 44.7.
 */
static void is_uniform(void **state)
{
    (void)state;
    static const struct sample_settings kinds[] = {
        {.rows = 100},
        {.share = 0.1},
    };
    for (size_t i = 0; i < 2; i++) {
        static unsigned hits[ROWS + 1];
        unsigned came[ROWS];
        double squares = 0;
        memset(hits, 0, sizeof hits);
        for (uint64_t random = 1; random <= DRAWS; random++) {
            size_t count = draw(&kinds[i], random, ROWS, came);
            assert_true(kinds[i].rows == 0 || count == kinds[i].rows);
            while (count > 0)
                hits[came[--count]]++;
        }
        for (size_t row = 1; row <= ROWS; row++) {
            double off = (double)hits[row] - DRAWS * 0.1;
            assert_true(off < 81 && off > -81);
            squares += off * off / (DRAWS * 0.1 * 0.9);
        }
        assert_true(squares > 776 && squares < 1224);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_all_without_a_sample),
        cmocka_unit_test(repeats_with_a_seed),
        cmocka_unit_test(is_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

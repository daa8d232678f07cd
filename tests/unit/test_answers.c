/*
 * Equal ids: asked once, answered on every row, for a stated price.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "answers.h"

static struct query row(const char *id, size_t len)
{
    struct query query;
    query_init(&query);
    assert_int_equal(query_set_id(&query, id, len), 0);
    query.state = QUERY_READY;
    return query;
}

static struct query row_number(unsigned number)
{
    char id[16];
    int len = snprintf(id, sizeof id, "VIN%07u", number);
    return row(id, (size_t)len);
}

static void assert_same_result(const struct query *copy,
                               const struct query *query)
{
    assert_int_equal(copy->state, QUERY_DONE);
    assert_int_equal(copy->error, query->error);
    assert_int_equal(copy->online, query->online);
    assert_int_equal(copy->http_status, query->http_status);
    assert_int_equal(copy->latency_ns, query->latency_ns);
    assert_int_equal(copy->checked_ms, query->checked_ms);
    assert_int_equal(copy->attempts, 0);
}

/* Every code, and the edges of each field. */
static void repeats_a_result(void **state)
{
    (void)state;
    static const struct {
        uint16_t http_status;
        int64_t latency_ns;
        int64_t checked_ms;
    } cases[] = {
        {200, 12345000, INT64_C(1795335330123)}, {0, -1, 0}, {999, 0, 1},
        {404, 1000, INT64_C(17592186044415)}, /* year 2527 */
        {500, INT64_C(4294967293000), 1},     /* 71 minutes */
    };
    for (int error = 0; error < QUERY_ERROR_COUNT; error++) {
        for (size_t i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
            struct answers *answers = answers_new();
            struct query first = row("id", 2);
            struct query early = row("id", 2);
            struct query late = row("id", 2);
            assert_int_equal(answers_claim(answers, &first), ANSWERS_ASK);
            assert_int_equal(answers_claim(answers, &early), ANSWERS_WAIT);
            assert_int_equal(early.state, QUERY_COPY);
            first.state = QUERY_DONE;
            first.error = (enum query_error)error;
            first.online = i % 2;
            first.http_status = cases[i / 2].http_status;
            first.latency_ns = cases[i / 2].latency_ns;
            first.checked_ms = cases[i / 2].checked_ms;
            first.attempts = 3;
            assert_ptr_equal(answers_settle(answers, &first), &early);
            assert_null(early.copies);
            assert_null(first.copies);
            assert_same_result(&early, &first);
            assert_int_equal(answers_claim(answers, &late), ANSWERS_KNOWN);
            assert_same_result(&late, &first);
            assert_int_equal(answers_count(answers), 1);
            query_release(&first);
            query_release(&early);
            query_release(&late);
            answers_free(answers);
        }
    }
}

/* What an earlier run found answers later rows, and never an asking one. */
static void learns(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    struct query known = row("id", 2);
    struct query later = row("id", 2);
    struct query asking = row("other", 5);
    struct query other = row("other", 5);
    known.state = QUERY_DONE;
    known.http_status = 404;
    known.error = QUERY_NOT_FOUND;
    answers_learn(answers, &known);
    assert_int_equal(answers_claim(answers, &later), ANSWERS_KNOWN);
    assert_same_result(&later, &known);
    known.error = QUERY_TIMEOUT; /* the first stands */
    answers_learn(answers, &known);
    assert_int_equal(answers_claim(answers, &later), ANSWERS_KNOWN);
    assert_int_equal(later.error, QUERY_NOT_FOUND);
    assert_int_equal(answers_claim(answers, &asking), ANSWERS_ASK);
    answers_learn(answers, &other);
    assert_null(answers_settle(answers, &asking));
    assert_int_equal(answers_count(answers), 2);
    query_release(&known);
    query_release(&later);
    query_release(&asking);
    query_release(&other);
    answers_free(answers);
}

/* What the packed form cannot hold: whole microseconds, 71 minutes. */
static void rounds_a_latency(void **state)
{
    (void)state;
    static const struct {
        int64_t latency_ns;
        int64_t copy_ns;
    } cases[] = {
        {499, 0},
        {500, 1000},
        {1499, 1000},
        {INT64_C(4294967294000), INT64_C(4294967293000)},
        {INT64_C(36000000000000), INT64_C(4294967293000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct answers *answers = answers_new();
        struct query first = row("id", 2);
        struct query copy = row("id", 2);
        (void)answers_claim(answers, &first);
        first.latency_ns = cases[i].latency_ns;
        assert_null(answers_settle(answers, &first));
        assert_int_equal(answers_claim(answers, &copy), ANSWERS_KNOWN);
        assert_int_equal(copy.latency_ns, cases[i].copy_ns);
        query_release(&first);
        query_release(&copy);
        answers_free(answers);
    }
}

static void gives_every_copy_its_answer(void **state)
{
    (void)state;
    enum {
        COPIES = 1000
    };
    static struct query copies[COPIES];
    struct answers *answers = answers_new();
    struct query first = row("id", 2);
    (void)answers_claim(answers, &first);
    for (size_t i = 0; i < COPIES; i++) {
        copies[i] = row("id", 2);
        assert_int_equal(answers_claim(answers, &copies[i]), ANSWERS_WAIT);
    }
    first.online = true;
    first.http_status = 200;
    size_t count = 0;
    struct query *copy = answers_settle(answers, &first);
    for (; copy; copy = copy->copies, count++)
        assert_same_result(copy, &first);
    assert_int_equal(count, COPIES);
    for (size_t i = 0; i < COPIES; i++)
        query_release(&copies[i]);
    query_release(&first);
    answers_free(answers);
}

/* Ids are bytes: case, blanks, NUL, length. */
static void tells_ids_apart(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        size_t len;
    } ids[] = {
        {"", 0},          {"\0", 1},  {"\0\0", 2}, {"a", 1},    {"A", 1},
        {"a ", 2},        {" a", 2},  {"a\0", 2},  {"a\0b", 3}, {"ab", 2},
        {"ba", 2},        {"007", 3}, {"7", 1},    {"07", 2},   {"\xc3\xa9", 2},
        {"e\xcc\x81", 3}, /* composed or not */
    };
    struct answers *answers = answers_new();
    enum {
        IDS = sizeof ids / sizeof ids[0]
    };
    static struct query rows[2 * IDS];
    for (size_t i = 0; i < 2 * IDS; i++) {
        rows[i] = row(ids[i % IDS].id, ids[i % IDS].len);
        assert_int_equal(answers_claim(answers, &rows[i]),
                         i < IDS ? ANSWERS_ASK : ANSWERS_WAIT);
    }
    for (size_t i = 0; i < IDS; i++)
        assert_ptr_equal(answers_settle(answers, &rows[i]), &rows[i + IDS]);
    for (size_t i = 0; i < 2 * IDS; i++)
        query_release(&rows[i]);
    answers_free(answers);
}

/* 24 bytes an id in blocks of 4,096, and an index at most 7/8 full. */
enum {
    BLOCK = 262144 /* entries */
};

static size_t bytes_by_formula(size_t ids)
{
    size_t slots = 1024;
    while (ids > slots / 8 * 7)
        slots *= 2;
    return (ids + BLOCK - 1) / BLOCK * BLOCK * 24 + slots * 4;
}

static void keeps_its_price_while_it_grows(void **state)
{
    (void)state;
    enum {
        IDS = 2 * BLOCK + 1000
    };
    struct answers *answers = answers_new();
    for (unsigned i = 0; i < IDS; i++) {
        struct query query = row_number(i);
        assert_int_equal(answers_claim(answers, &query), ANSWERS_ASK);
        query.checked_ms = i;
        query.online = i % 3 == 0;
        assert_null(answers_settle(answers, &query));
        query_release(&query);
        size_t ids = i + 1;
        size_t bytes = answers_bytes(answers);
        assert_int_equal(answers_count(answers), ids);
        assert_int_equal(bytes, bytes_by_formula(ids));
        /* 24 + 4 x 2 x 8/7 = 33.15, and the block that is being filled */
        if (ids > 50000)
            assert_true((double)bytes <= 33.15 * (double)ids + BLOCK * 24);
    }
    for (unsigned i = 0; i < IDS; i++) {
        struct query query = row_number(i);
        assert_int_equal(answers_claim(answers, &query), ANSWERS_KNOWN);
        assert_int_equal(query.checked_ms, i);
        assert_int_equal(query.online, i % 3 == 0);
        query_release(&query);
    }
    assert_int_equal(answers_count(answers), IDS);
    answers_free(answers);
    answers_free(NULL);
}

/* "About 31 at 10 million", up to 33.9 beyond. */
static void costs_what_it_says(void **state)
{
    (void)state;
    assert_in_range(bytes_by_formula(10000000), 312000000, 312500000);
    for (size_t ids = 10000000; ids < 100000000; ids += 9973) {
        double each = (double)bytes_by_formula(ids) / (double)ids;
        assert_true(each >= 28.5 && each <= 33.9);
    }
}

/* Rows that are still being asked survive the growth of the index. */
static void grows_while_rows_are_asked(void **state)
{
    (void)state;
    enum {
        ASKED = 5000
    };
    static struct query rows[ASKED];
    struct answers *answers = answers_new();
    for (unsigned i = 0; i < ASKED; i++) {
        rows[i] = row_number(i);
        assert_int_equal(answers_claim(answers, &rows[i]), ANSWERS_ASK);
    }
    for (unsigned i = 0; i < ASKED; i++) {
        struct query copy = row_number(i);
        assert_int_equal(answers_claim(answers, &copy), ANSWERS_WAIT);
        assert_ptr_equal(answers_settle(answers, &rows[i]), &copy);
        query_release(&copy);
        query_release(&rows[i]);
    }
    answers_free(answers);
}

/* The same on every machine, for ever: XXH3-64 modulo shards. */
static void assigns_stable_shards(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        uint64_t shards;
        uint64_t shard;
    } cases[] = {
        {"VIN0000001", 1, 1},    {"VIN0000001", 4, 1},
        {"VIN0000002", 4, 2},    {"306520284186458", 10, 7},
        {"\xc3\xa9", 1000, 796},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query query = row(cases[i].id, strlen(cases[i].id));
        assert_int_equal(answers_shard(&query, cases[i].shards),
                         cases[i].shard);
        query_release(&query);
    }
}

static void balances_shards(void **state)
{
    (void)state;
    enum {
        IDS = 100000,
        SHARDS = 7
    };
    unsigned counts[SHARDS + 1] = {0};
    for (unsigned i = 0; i < IDS; i++) {
        struct query query = row_number(i);
        uint64_t shard = answers_shard(&query, SHARDS);
        assert_in_range(shard, 1, SHARDS);
        counts[shard]++;
        query_release(&query);
    }
    for (size_t i = 1; i <= SHARDS; i++) /* within 3 % of a seventh */
        assert_in_range(counts[i], IDS / SHARDS * 97 / 100,
                        IDS / SHARDS * 103 / 100);
}

/* A row that has been asked already, in vain, and finds the answer. */
static void forgets_attempts_of_a_copy(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    struct query first = row("id", 2);
    struct query late = row("id", 2);
    assert_int_equal(answers_claim(answers, &first), ANSWERS_ASK);
    first.state = QUERY_DONE;
    assert_null(answers_settle(answers, &first));
    late.attempts = 3;
    assert_int_equal(answers_claim(answers, &late), ANSWERS_KNOWN);
    assert_same_result(&late, &first);
    query_release(&first);
    query_release(&late);
    answers_free(answers);
}

/* Only answers are found, and looking adds nothing. */
static void finds_answers(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    struct query rows[3] = {row("on", 2), row("off", 3), row("failed", 6)};
    struct query asked = row("asked", 5);
    struct query other = row("other", 5);
    bool online = false;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(answers_claim(answers, &rows[i]), ANSWERS_ASK);
        rows[i].online = i == 0;
        rows[i].error = i == 2 ? QUERY_TIMEOUT : QUERY_ANSWERED;
        assert_null(answers_settle(answers, &rows[i]));
    }
    assert_int_equal(answers_claim(answers, &asked), ANSWERS_ASK);
    assert_true(answers_find(answers, &rows[0], &online) && online);
    assert_true(answers_find(answers, &rows[1], &online) && !online);
    assert_false(answers_find(answers, &rows[2], &online));
    assert_false(answers_find(answers, &asked, &online));
    assert_false(answers_find(answers, &other, &online));
    assert_int_equal(answers_count(answers), 4);
    for (size_t i = 0; i < 3; i++)
        query_release(&rows[i]);
    query_release(&asked);
    query_release(&other);
    answers_free(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_a_result),
        cmocka_unit_test(learns),
        cmocka_unit_test(rounds_a_latency),
        cmocka_unit_test(gives_every_copy_its_answer),
        cmocka_unit_test(tells_ids_apart),
        cmocka_unit_test(keeps_its_price_while_it_grows),
        cmocka_unit_test(costs_what_it_says),
        cmocka_unit_test(grows_while_rows_are_asked),
        cmocka_unit_test(assigns_stable_shards),
        cmocka_unit_test(balances_shards),
        cmocka_unit_test(forgets_attempts_of_a_copy),
        cmocka_unit_test(finds_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Results read back: what a run writes is read, nothing else is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "query_result.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* online,error,http_status,attempts,latency_ms,checked_at */
static const char *const written[] = {
    "true,,200,1,12.345,2026-11-22T08:15:30.123Z",
    "false,,200,3,0.001,1999-12-31T23:59:59.999Z",
    "false,,200,0,86400000.000,2026-11-22T08:15:30.123Z",
    "false,,404,1,1.000,2026-11-22T08:15:30.123Z",
    ",timeout,,3,,2026-11-22T08:15:41.002Z",
    ",rate_limited,429,7,,2026-11-22T08:15:41.002Z",
    ",not_found,404,1,,2026-11-22T08:15:41.002Z",
    ",bad_client_id,,0,,",
    ",not_attempted,,0,,",
};

static const char *const refused[] = {
    ",,,,,",
    "true,,200,,12.345,2026-11-22T08:15:30.123Z",
    ",,200,1,12.345,2026-11-22T08:15:30.123Z",
    "True,,200,1,12.345,2026-11-22T08:15:30.123Z",
    "1,,200,1,12.345,2026-11-22T08:15:30.123Z",
    "true,timeout,200,1,12.345,2026-11-22T08:15:30.123Z",
    "true,,,1,12.345,2026-11-22T08:15:30.123Z",
    "true,,201,1,12.345,2026-11-22T08:15:30.123Z",
    "true,,404,1,12.345,2026-11-22T08:15:30.123Z",
    "true,,2000,1,12.345,2026-11-22T08:15:30.123Z",
    "true,,200,-1,12.345,2026-11-22T08:15:30.123Z",
    "true,,200,4294967296,12.345,2026-11-22T08:15:30.123Z",
    "true,,200,9999999999999999,12.345,2026-11-22T08:15:30.123Z",
    "true,,200,1,12.34,2026-11-22T08:15:30.123Z",
    "true,,200,1,.345,2026-11-22T08:15:30.123Z",
    "true,,200,1,12345,2026-11-22T08:15:30.123Z",
    "true,,200,1,12.345,2026-02-29T08:15:30.123Z",
    "true,,200,1,12.345,2026-11-22T08:15:60.123Z",
    "true,,200,1,12.345,2026-11-22T08:15:30.12Z",
    "true,,200,1,12.345,2026-11-22T08:15:30.123+",
    ",timeout,,3,1.000,2026-11-22T08:15:41.002Z",
    ",time,,3,,2026-11-22T08:15:41.002Z",
    ",timeouts,,3,,2026-11-22T08:15:41.002Z",
};

static int read_text(struct query *query, const char *text)
{
    struct query_text cells[QUERY_RESULT_CELLS];
    for (size_t i = 0; i < QUERY_RESULT_CELLS; i++) {
        cells[i] = (struct query_text){text, strcspn(text, ",")};
        text += cells[i].len + (text[cells[i].len] == ',');
    }
    return query_result_read(query, cells);
}

static void test_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(written); i++) {
        struct query query = {.state = QUERY_READY};
        if (read_text(&query, written[i]))
            fail_msg("not read: %s", written[i]);
        assert_int_equal(query.state, QUERY_DONE);
    }
}

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct query query = {.state = QUERY_READY, .attempts = 77};
        if (read_text(&query, refused[i]) == 0)
            fail_msg("read: %s", refused[i]);
        assert_int_equal(query.state, QUERY_READY);
        assert_int_equal(query.attempts, 77);
    }
}

static void test_values(void **state)
{
    (void)state;
    struct query query = {0};
    assert_int_equal(read_text(&query, written[0]), 0);
    assert_true(query.online);
    assert_int_equal(query.error, QUERY_ANSWERED);
    assert_int_equal(query.http_status, 200);
    assert_int_equal(query.attempts, 1);
    assert_int_equal(query.latency_ns, 12345000);
    assert_true(query.checked_ms == INT64_C(1795335330123));
    assert_int_equal(read_text(&query, ",timeout,,3,,"), 0);
    assert_false(query.online);
    assert_int_equal(query.error, QUERY_TIMEOUT);
    assert_int_equal(query.http_status, 0);
    assert_int_equal(query.latency_ns, -1);
    assert_int_equal(query.checked_ms, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

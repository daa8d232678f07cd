/*
 * The progress line at all widths, and the rates in it; time is passed in.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "buf.h"
#include "progress.h"
#include "query.h"

#define S UINT64_C(1000000000)

static const struct stats busy = {
    .rows = 12345,
    .online = 8200,
    .offline = 4000,
    .errors = {[QUERY_ANSWERED] = 12200, [QUERY_TIMEOUT] = 145},
    .sent = 12500,
    .refused = 12,
    .retried = 155,
};

static const struct progress_facts under_way = {
    .stats = &busy,
    .now_ns = 124 * S,
    .started_ns = S,
    .rows = 12400,
    .taken = 0.124,
    .cap_per_s = 100,
};

/* 120 s ago nothing had been done. */
static const struct progress since_start = {.samples = {{.at_ns = 4 * S}}};

static const char *line_of(const struct progress *progress,
                           const struct progress_facts *facts, size_t width,
                           bool color)
{
    static char text[2048];
    struct buf line;
    buf_init(&line, sizeof text);
    progress_line(progress, facts, width, color, &line);
    memcpy(text, line.data, line.len);
    buf_release(&line);
    return text;
}

static void test_widths(void **state)
{
    static const struct {
        size_t width;
        const char *line;
    } cases[] = {
        {0, ""},
        {10, ""},
        {11, "12,345 rows"},
        {19, "12,345 rows, 12 %"},
        {39, "12,345 rows, 12 %, 14 min 12 s left"},
        {79, "12,345 rows, 12 %, 8,200 online, 145 failed, 12 x 429, 104/s, "
             "14 min 12 s left"},
        {119, "12,345 rows after 2 min 3 s, 12 %, 8,200 online, 4,000 "
              "offline, 145 failed, 12 x 429, 104/s of 100/s, 14 min 12 s "
              "left"},
        {199, "12,345 rows after 2 min 3 s, 12 %, 8,200 online, 4,000 "
              "offline, 145 failed, 12 x 429, 155 retried, 12,500 requests, "
              "104/s of 100/s, 14 min 12 s left"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            line_of(&since_start, &under_way, cases[i].width, false),
            cases[i].line);
}

/* Never too wide, never narrower where there is more room. */
static void test_every_width(void **state)
{
    (void)state;
    struct stats huge = busy;
    huge.rows = huge.online = huge.sent = UINT64_MAX / 2;
    struct progress_facts many = under_way;
    many.stats = &huge;
    many.rows = UINT64_MAX / 2 + 1;
    many.taken = 1e-9;
    const struct progress_facts *facts[] = {&under_way, &many};
    for (size_t i = 0; i < 2; i++) {
        size_t before = 0;
        for (size_t width = 20; width <= 200; width++) {
            size_t len = strlen(line_of(&since_start, facts[i], width, false));
            assert_true(len <= width && len >= before);
            before = len;
        }
        assert_true(before > 100);
    }
}

static void test_colors(void **state)
{
    (void)state;
    struct progress_facts good = under_way;
    struct stats stats = {.rows = 1, .online = 1, .errors = {1}, .sent = 1};
    assert_string_equal(line_of(&since_start, &under_way, 79, true),
                        "12,345 rows, 12 %, 8,200 online, \x1b[31m145 failed"
                        "\x1b[0m, \x1b[33m12 x 429\x1b[0m, 104/s, 14 min 12 s "
                        "left");
    good.stats = &stats;
    assert_null(strchr(line_of(&since_start, &good, 200, true), '\x1b'));
}

/* What is not known is not said; near the end there is nothing left. */
static void test_unknown(void **state)
{
    (void)state;
    struct progress_facts facts = under_way;
    facts.taken = 0;
    assert_string_equal(line_of(&since_start, &facts, 82, false),
                        "12,345 rows, 8,200 online, 4,000 offline, 145 failed, "
                        "12 x 429, 104/s of 100/s");
    facts.taken = 1;
    facts.rows = 12350;
    assert_string_equal(line_of(&since_start, &facts, 39, false),
                        "12,345 rows, 99 %, 104/s, 0 s left");
    facts.rows = 12345;
    assert_string_equal(line_of(&since_start, &facts, 39, false),
                        "12,345 rows, 100 %, 145 failed, 104/s");
    facts.rows = 22345;
    facts.stats = &(struct stats){
        .rows = 22245, .errors = {22245}, .sent = 12345, .earlier = 9900};
    assert_string_equal(line_of(&since_start, &facts, 39, false),
                        "22,245 rows, 99 %, 103/s, 1 s left");
    facts.stats = &(struct stats){0};
    facts.rows = 0;
    facts.now_ns = since_start.samples[0].at_ns;
    assert_string_equal(line_of(&since_start, &facts, 20, false),
                        "0 rows after 3 s");
}

/* A minute at 100/s, then a stall: rates are those of the last seconds. */
static void test_rate_of_late(void **state)
{
    (void)state;
    struct stats stats = {0};
    struct progress_facts facts = {.stats = &stats, .rows = 100000, .taken = 1};
    struct progress progress;
    int saved = dup(STDERR_FILENO);
    int null = open("/dev/null", O_WRONLY);
    assert_true(saved >= 0 && dup2(null, STDERR_FILENO) == STDERR_FILENO);
    assert_int_equal(progress_init(&progress, PROGRESS_NEVER, false, &facts),
                     0);
    for (int tick = 1; tick <= 240; tick++) {
        facts.now_ns += S / 4;
        stats.rows = stats.online = stats.sent += tick < 200 ? 1 : 25;
        progress_tell(&progress, &facts);
    }
    assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
    assert_int_equal(close(saved) + close(null), 0);
    assert_string_equal(line_of(&progress, &facts, 40, false),
                        "1,224 rows, 1 %, 100/s, 16 min 27 s left");
    facts.now_ns += 20 * S;
    assert_non_null(strstr(line_of(&progress, &facts, 99, false), "25.9/s"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),       cmocka_unit_test(test_every_width),
        cmocka_unit_test(test_colors),       cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_rate_of_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

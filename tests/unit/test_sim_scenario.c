/*
 * The simulator's scenarios: which lines are accepted, which rule holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/scenario.h"

/* Lines, and a part of the reason why they are refused; NULL: accepted. */
static const struct {
    const char *line;
    const char *why;
} lines[] = {
    {"", NULL},
    {"  # status=", NULL},
    {"status=503", NULL},
    {"status=503 # why not", NULL},
    {"\tid=VIN* n=3 status=503\r", NULL},
    {"n=2-4 each=1 every=7 conn=1 on=2- after=1s until=2s share=5% hang", NULL},
    {"body=\"a \\\"b\\\" \\x00\\r\\n\\t\\\\\" header=\"A: b\" header=C:", NULL},
    {"body-size=10M length=-3 chunk-bad=final cut=0 rst", NULL},
    {"after=10s quota=0.5", NULL},
    {"quota=none", NULL},
    {"login=u:p", NULL},
    {"conn=2 accept=rst", NULL},
    {"tls-fault=wrong-name", NULL},
    {"statsu=503", "did you mean `status`?"},
    {"hnag", "did you mean `hang`?"},
    {"xylophone", "unknown word `xylophone`"},
    {"status", "`status` wants a number"},
    {"status=", "`status=`: bad value"},
    {"status=99", "a number from 100 to 999"},
    {"hang=1", "`hang` takes no value"},
    {"n=0 hang", "a number from 1"},
    {"n=4-2 hang", "a number from 1"},
    {"n=x hang", "a number from 1"},
    {"every=0 hang", "a number from 1"},
    {"share=5 hang", "a share such as 5%"},
    {"share=101% hang", "a share such as 5%"},
    {"delay=1w", "a duration"},
    {"online=yes", "true or false"},
    {"length=+", "+N, -N, N or none"},
    {"header=\"no colon\"", "\"Name: value\""},
    {"body-file=/nonexistent/x", "No such file"},
    {"chunk-bad=x", "size, final or extension"},
    {"login=nobody", "USER:PASSWORD"},
    {"body=\"open", "closing quote is missing"},
    {"body=\"\\q\"", "bad escape"},
    {"body=\"\\x4\"", "bad escape"},
    {"body=\"a\"b", "a blank is missing"},
    {"status=500 status=501", "`status` stands in the line twice"},
    {"id=x n=2", "an action is missing"},
    {"quota=5 status=500", "lines of their own"},
    {"accept=rst hang", "lines of their own"},
    {"id=x accept=rst", "`accept` goes with"},
};

static void reads_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct scenario *scenario = scenario_new();
        char why[RULE_WHY_BYTES] = "";
        int failed = scenario_add(scenario, span_of(lines[i].line), why);
        if (!lines[i].why != !failed || (failed && !strstr(why, lines[i].why)))
            fail_msg("`%s`: `%s`", lines[i].line, why);
        scenario_free(scenario);
    }
}

static struct scenario *make(const char *text)
{
    struct scenario *scenario = scenario_new();
    while (*text) {
        size_t len = strcspn(text, "\n");
        char why[RULE_WHY_BYTES] = "";
        struct span line = {.data = text, .len = len};
        if (scenario_add(scenario, line, why))
            fail_msg("`%.*s`: %s", (int)len, text, why);
        text += len + (text[len] == '\n');
    }
    return scenario;
}

/* Requests 1 to 8 (same id, one connection, 1 s apart) get these statuses. */
static const struct {
    const char *text;
    int statuses[8];
} runs[] = {
    {"", {0, 0, 0, 0, 0, 0, 0, 0}},
    {"status=500", {500, 500, 500, 500, 500, 500, 500, 500}},
    {"n=2 status=500\nstatus=501", {501, 500, 501, 501, 501, 501, 501, 501}},
    {"n=2-3 status=500", {0, 500, 500, 0, 0, 0, 0, 0}},
    {"n=7- status=500", {0, 0, 0, 0, 0, 0, 500, 500}},
    {"every=3 status=500", {0, 0, 500, 0, 0, 500, 0, 0}},
    {"each=1-2 status=500", {500, 500, 0, 0, 0, 0, 0, 0}},
    {"on=4 status=500", {0, 0, 0, 500, 0, 0, 0, 0}},
    {"conn=2 status=500", {0, 0, 0, 0, 0, 0, 0, 0}},
    {"after=3s status=500", {0, 0, 0, 500, 500, 500, 500, 500}},
    {"after=1s until=3s status=500", {0, 500, 500, 0, 0, 0, 0, 0}},
    {"until=1s status=500", {500, 0, 0, 0, 0, 0, 0, 0}},
    {"share=100% n=1 status=500", {500, 0, 0, 0, 0, 0, 0, 0}},
    {"n=1 after=1s status=500", {0, 0, 0, 0, 0, 0, 0, 0}},
    {"id=VIN* n=1 status=500", {500, 0, 0, 0, 0, 0, 0, 0}},
    {"id=vin* status=500", {0, 0, 0, 0, 0, 0, 0, 0}},
    {"id=VIN[0-5]? status=500\nid=VIN?? status=501",
     {501, 501, 501, 501, 501, 501, 501, 501}},
};

static struct occasion occasion_of(uint64_t number)
{
    return (struct occasion){
        .has_id = true,
        .id = span_of("VIN77"),
        .number = number,
        .of_id = number,
        .connection = 1,
        .on_connection = number,
        .elapsed_ns = (number - 1) * UINT64_C(1000000000),
    };
}

static void finds_the_first_rule_that_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        struct scenario *scenario = make(runs[i].text);
        for (uint64_t number = 1; number <= 8; number++) {
            struct occasion occasion = occasion_of(number);
            int status = scenario_reply(scenario, &occasion)->status;
            if (status != runs[i].statuses[number - 1])
                fail_msg("`%s`, request %d: %d", runs[i].text, (int)number,
                         status);
        }
        scenario_free(scenario);
    }
}

static void keeps_bytes(void **state)
{
    (void)state;
    struct scenario *scenario = make(
        "body=\"\\x00\\xff\\r\\n\" header=\"A: b\" header=\"C: d\" "
        "length=-3 cut=7 delay=200ms");
    struct occasion occasion = occasion_of(1);
    const struct behaviour *behaviour = scenario_reply(scenario, &occasion);
    assert_int_equal(behaviour->body.len, 4);
    assert_memory_equal(behaviour->body.data, "\0\xff\r\n", 4);
    assert_int_equal(behaviour->fields.len, 12);
    assert_memory_equal(behaviour->fields.data, "A: b\r\nC: d\r\n", 12);
    assert_int_equal(behaviour->length_kind, BEHAVIOUR_LENGTH_OFF);
    assert_int_equal(behaviour->length, -3);
    assert_int_equal(behaviour->cut, 7);
    assert_int_equal(behaviour->delay_ns, 200000000);
    assert_int_equal(behaviour->drip_ns, -1);
    scenario_free(scenario);
}

static void changes_once(void **state)
{
    (void)state;
    struct scenario *scenario = make(
        "status=500\nn=2- quota=50\nn=2 login=u:p\nafter=3s quota=none");
    struct occasion occasion = occasion_of(1);
    assert_null(scenario_change(scenario, &occasion));
    occasion = occasion_of(2);
    const struct rule_change *change = scenario_change(scenario, &occasion);
    assert_true(change && change->has_quota && change->quota == 50);
    change = scenario_change(scenario, &occasion);
    assert_true(change && strcmp(change->login, "u:p") == 0);
    assert_null(scenario_change(scenario, &occasion));
    occasion = occasion_of(5);
    change = scenario_change(scenario, &occasion);
    assert_true(change && change->has_quota && change->quota < 0);
    assert_null(scenario_change(scenario, &occasion));
    assert_int_equal(scenario_reply(scenario, &occasion)->status, 500);
    scenario_free(scenario);
}

static void accepts_by_rule(void **state)
{
    (void)state;
    struct scenario *scenario = make(
        "hang\nconn=2 accept=rst\nevery=3 accept=hang\n");
    static const enum rule_accept expected[] = {
        RULE_ACCEPT_USUAL, RULE_ACCEPT_RST,   RULE_ACCEPT_HANG,
        RULE_ACCEPT_USUAL, RULE_ACCEPT_USUAL, RULE_ACCEPT_HANG,
    };
    for (uint64_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct occasion occasion = {.number = i + 1, .connection = i + 1};
        assert_int_equal(scenario_accept(scenario, &occasion), expected[i]);
    }
    scenario_free(scenario);
}

/* A pattern is text: it matches no id with a NUL, and no other path. */
static void patterns_want_ids(void **state)
{
    (void)state;
    struct scenario *scenario = make("id=* status=500");
    struct occasion occasion = occasion_of(1);
    assert_int_equal(scenario_reply(scenario, &occasion)->status, 500);
    occasion.id = (struct span){.data = "a\0b", .len = 3};
    assert_int_equal(scenario_reply(scenario, &occasion)->status, 0);
    occasion = (struct occasion){.number = 1};
    assert_int_equal(scenario_reply(scenario, &occasion)->status, 0);
    scenario_free(scenario);
}

static void chance_is_fair_and_repeats(void **state)
{
    (void)state;
    struct scenario *scenario = make("share=10% status=500");
    struct scenario *again = make("share=10% status=500");
    int hits = 0;
    for (uint64_t number = 1; number <= 100000; number++) {
        struct occasion occasion = occasion_of(number);
        int status = scenario_reply(scenario, &occasion)->status;
        assert_int_equal(status, scenario_reply(again, &occasion)->status);
        hits += status == 500;
    }
    assert_in_range(hits, 9600, 10400);
    scenario_free(scenario);
    scenario_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lines),
        cmocka_unit_test(finds_the_first_rule_that_holds),
        cmocka_unit_test(keeps_bytes),
        cmocka_unit_test(changes_once),
        cmocka_unit_test(accepts_by_rule),
        cmocka_unit_test(patterns_want_ids),
        cmocka_unit_test(chance_is_fair_and_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

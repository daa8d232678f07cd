/*
 * The gate: its modes, the stops of a whole run, and what costs no tries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>

#include "gate.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const uint64_t MS = 1000000;
static const uint64_t SECOND = 1000000000;
static const uint64_t EPOCH = UINT64_C(1000) * 1000000000;

/* A gate and the clock that it is told. */
struct scene {
    struct gate gate;
    uint64_t now;
};

static struct scene begin(double rate_per_s)
{
    struct scene scene = {.now = EPOCH};
    const struct gate_settings settings = {.give_up_ns = 300 * (int64_t)SECOND};
    gate_init(&scene.gate, &settings, rate_per_s, EPOCH);
    return scene;
}

/* What stands for an outcome in the tables below. */
static struct gate_reply reply_of(char what)
{
    static const struct {
        char what;
        enum query_error error;
        int status;
    } replies[] = {
        {'+', QUERY_ANSWERED, 200},     {'9', QUERY_RATE_LIMITED, 429},
        {'1', QUERY_UNAUTHORIZED, 401}, {'3', QUERY_FORBIDDEN, 403},
        {'4', QUERY_NOT_FOUND, 404},    {'0', QUERY_HTTP_ERROR, 400},
        {'5', QUERY_SERVER_ERROR, 503}, {'t', QUERY_TIMEOUT, 0},
        {'d', QUERY_DNS_FAILED, 0},     {'c', QUERY_CONNECT_FAILED, 0},
        {'s', QUERY_TLS_FAILED, 0},     {'l', QUERY_CONNECTION_LOST, 0},
        {'b', QUERY_BAD_RESPONSE, 200}, {'n', QUERY_DNS_FAILED, 0},
        {'7', QUERY_HTTP_ERROR, 407},
    };
    for (size_t i = 0; i < COUNT_OF(replies); i++)
        if (replies[i].what == what)
            return (struct gate_reply){.error = replies[i].error,
                                       .mistake = what == 's' || what == 'n',
                                       .http_status = replies[i].status,
                                       .wait_ns = -1,
                                       .random = 0.5};
    fail_msg("no reply '%c'", what);
    return (struct gate_reply){.error = QUERY_ANSWERED};
}

static bool answer(struct scene *scene, char what)
{
    struct gate_reply reply = reply_of(what);
    return gate_reply(&scene->gate, &reply, scene->now);
}

/* Asks as soon as it may, and gets that reply. */
static bool ask(struct scene *scene, char what)
{
    uint64_t when = gate_when(&scene->gate, 0);
    assert_true(when < UINT64_MAX);
    scene->now = when > scene->now ? when : scene->now;
    gate_sent(&scene->gate);
    return answer(scene, what);
}

static bool ask_all(struct scene *scene, const char *replies)
{
    bool again = false;
    for (; *replies; replies++)
        again = ask(scene, *replies);
    return again;
}

static struct scene begin_open(double rate_per_s)
{
    struct scene scene = begin(rate_per_s);
    (void)ask(&scene, '+');
    assert_int_equal(scene.gate.mode, GATE_OPEN);
    return scene;
}

/* One reply after the other, each asked for when the gate allows it. */
static void goes_from_mode_to_mode(void **state)
{
    (void)state;
    static const struct {
        const char *replies;
        enum gate_mode mode;
        enum gate_end end;
        bool again; /* of the last */
    } cases[] = {
        {"", GATE_PROBE, GATE_RUNNING, false},
        /* the probe */
        {"+", GATE_OPEN, GATE_RUNNING, false},
        {"4", GATE_OPEN, GATE_RUNNING, false},
        {"0", GATE_OPEN, GATE_RUNNING, false},
        {"b", GATE_OPEN, GATE_RUNNING, false},
        {"1", GATE_PROBE, GATE_LOGIN, false},
        {"n", GATE_PROBE, GATE_UNREACHABLE, false},
        {"d", GATE_BROKEN, GATE_RUNNING, true},
        {"dn", GATE_BROKEN, GATE_RUNNING, true},
        {"s", GATE_PROBE, GATE_UNREACHABLE, false},
        {"3", GATE_CAREFUL, GATE_RUNNING, false},
        {"c", GATE_BROKEN, GATE_RUNNING, true},
        {"t", GATE_BROKEN, GATE_RUNNING, true},
        {"l", GATE_BROKEN, GATE_RUNNING, true},
        {"5", GATE_BROKEN, GATE_RUNNING, true},
        {"9", GATE_PROBE, GATE_RUNNING, false},
        {"9991", GATE_PROBE, GATE_LOGIN, false},
        {"99+", GATE_OPEN, GATE_RUNNING, false},
        /* careful */
        {"3+", GATE_OPEN, GATE_RUNNING, false},
        {"333333333", GATE_CAREFUL, GATE_RUNNING, false},
        {"3333333333", GATE_CAREFUL, GATE_LOGIN, false},
        {"3939393939333339", GATE_CAREFUL, GATE_LOGIN, false},
        {"3333333334333333333", GATE_CAREFUL, GATE_RUNNING, false},
        {"33333333343333333333", GATE_CAREFUL, GATE_LOGIN, false},
        {"333333333+3333333333", GATE_CONTROL, GATE_RUNNING, false},
        {"34444", GATE_CAREFUL, GATE_RUNNING, false},
        {"344+", GATE_OPEN, GATE_RUNNING, false},
        {"31", GATE_CAREFUL, GATE_LOGIN, false},
        {"35", GATE_BROKEN, GATE_RUNNING, true},
        /* broken from the start: the login is not proven */
        {"c+", GATE_OPEN, GATE_RUNNING, false},
        {"c1", GATE_PROBE, GATE_LOGIN, false},
        {"c3", GATE_CAREFUL, GATE_RUNNING, false},
        {"c9", GATE_PROBE, GATE_RUNNING, false},
        {"cccc", GATE_BROKEN, GATE_RUNNING, true},
        {"cb", GATE_BROKEN, GATE_RUNNING, false},
        {"c5t+", GATE_OPEN, GATE_RUNNING, false},
        /* open */
        {"+333333333", GATE_OPEN, GATE_RUNNING, false},
        {"+33333339333", GATE_CONTROL, GATE_RUNNING, false},
        /* many 403: the control tells whether all or some */
        {"+3333333333", GATE_CONTROL, GATE_RUNNING, false},
        {"+33333333333", GATE_CONTROL, GATE_LOGIN, false},
        {"+3333333333+", GATE_OPEN, GATE_RUNNING, false},
        {"+3333333333+3333333333333333333", GATE_OPEN, GATE_RUNNING, false},
        {"+3333333333+33333333333333333333", GATE_CONTROL, GATE_RUNNING, false},
        {"+33333333339", GATE_CONTROL, GATE_RUNNING, false},
        {"+333333333393", GATE_CONTROL, GATE_LOGIN, false},
        {"+3333333333t", GATE_BROKEN, GATE_RUNNING, false},
        {"+33333333331", GATE_CONFIRM, GATE_RUNNING, false},
        /* no answer so far, so no control */
        {"43333333333", GATE_CAREFUL, GATE_RUNNING, false},
        {"433333333333", GATE_CAREFUL, GATE_LOGIN, false},
        {"+1", GATE_CONFIRM, GATE_RUNNING, true},
        {"+11", GATE_CONFIRM, GATE_LOGIN, false},
        {"+1+", GATE_OPEN, GATE_RUNNING, false},
        {"+14", GATE_OPEN, GATE_RUNNING, false},
        {"+19", GATE_CONFIRM, GATE_RUNNING, false},
        {"+191", GATE_CONFIRM, GATE_LOGIN, false},
        {"+19+", GATE_OPEN, GATE_RUNNING, false},
        {"+1t", GATE_BROKEN, GATE_RUNNING, true},
        {"+1t1", GATE_CONFIRM, GATE_RUNNING, true},
        {"+1t11", GATE_CONFIRM, GATE_LOGIN, false},
        {"+1t+", GATE_OPEN, GATE_RUNNING, false},
        {"+1+1+1+1", GATE_CONFIRM, GATE_RUNNING, true},
        {"+ssss", GATE_OPEN, GATE_RUNNING, false},
        {"+7", GATE_OPEN, GATE_PROXY, false},
        {"+5555", GATE_OPEN, GATE_RUNNING, false},
        /* three in a row that could not even be asked */
        {"+dc", GATE_OPEN, GATE_RUNNING, false},
        {"+ddc", GATE_BROKEN, GATE_RUNNING, false},
        {"+dd+dd4cc5cc", GATE_OPEN, GATE_RUNNING, false},
        {"+cc9c", GATE_BROKEN, GATE_RUNNING, false},
        {"+ccc+cc", GATE_OPEN, GATE_RUNNING, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        const char *last = cases[i].replies;
        bool again = false;
        for (; *last && scene.gate.end == GATE_RUNNING; last++)
            again = ask(&scene, *last);
        if (scene.gate.mode != cases[i].mode ||
            scene.gate.end != cases[i].end || again != cases[i].again)
            fail_msg("\"%s\": mode %d, end %d, again %d", cases[i].replies,
                     (int)scene.gate.mode, (int)scene.gate.end, again);
        if (scene.gate.end != GATE_RUNNING)
            assert_true(gate_when(&scene.gate, 0) == UINT64_MAX);
    }
}

static void asks_one_at_a_time_but_when_open(void **state)
{
    (void)state;
    static const struct {
        const char *replies;
        bool open;
    } cases[] = {{"", false},   {"3", false}, {"c", false},
                 {"+1", false}, {"+", true},  {"9", false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        (void)ask_all(&scene, cases[i].replies);
        assert_true(gate_when(&scene.gate, 0) < UINT64_MAX);
        assert_int_equal(gate_when(&scene.gate, 1) < UINT64_MAX, cases[i].open);
        assert_int_equal(gate_when(&scene.gate, 200) < UINT64_MAX,
                         cases[i].open);
    }
}

/* 401 under way: every one in flight is asked again, but only the repeat
 * that was sent afterwards, a second later, decides. */
static void confirms_a_refused_login_once(void **state)
{
    (void)state;
    struct scene scene = begin_open(100);
    for (int i = 0; i < 20; i++)
        gate_sent(&scene.gate);
    for (int i = 0; i < 10; i++) {
        assert_true(answer(&scene, '1'));
        assert_int_equal(scene.gate.end, GATE_RUNNING);
    }
    for (int i = 0; i < 9; i++) /* let in before the change: proves nothing */
        assert_false(answer(&scene, '+'));
    assert_int_equal(scene.gate.mode, GATE_CONFIRM);
    assert_true(gate_when(&scene.gate, 1) == UINT64_MAX);
    assert_true(answer(&scene, '1'));
    assert_int_equal(gate_when(&scene.gate, 0), EPOCH + SECOND);
    scene.now = EPOCH + SECOND;
    gate_sent(&scene.gate);
    assert_false(answer(&scene, '1'));
    assert_int_equal(scene.gate.end, GATE_LOGIN);
    assert_int_equal(scene.gate.sent, 22);
}

/* The service dies before it confirms: an outage, not a lost row a second. */
static void breaks_when_the_confirmation_fails(void **state)
{
    (void)state;
    struct scene scene = begin_open(100);
    (void)ask(&scene, '1');
    for (int i = 0; i < 8; i++)
        assert_true(ask(&scene, 'c'));
    assert_int_equal(scene.gate.mode, GATE_BROKEN);
    scene.now += 600 * SECOND;
    (void)ask(&scene, 'c');
    assert_int_equal(scene.gate.end, GATE_UNREACHABLE);
}

/* More than half of the last max(50, 2 s of rate). */
static void breaks_when_most_fail(void **state)
{
    (void)state;
    static const struct {
        double rate;
        uint32_t size;
    } cases[] = {{0.1, 50},   {10, 50},     {25, 50},      {100, 200},
                 {995, 1990}, {4096, 8192}, {20000, 8192}, {1e9, 8192}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin_open(cases[i].rate);
        assert_int_equal(scene.gate.ring_size, cases[i].size);
        /* half of them may fail for ever */
        for (uint32_t k = 0; k < 3 * cases[i].size; k++)
            (void)ask(&scene, k % 2 ? '5' : '+');
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        /* refusals and other answers are no failures */
        for (uint32_t k = 0; k < cases[i].size; k++)
            (void)ask(&scene, k % 2 ? '9' : '4');
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        for (uint32_t k = 0; k < cases[i].size; k++)
            (void)ask(&scene, '+');
        for (uint32_t k = 0; k < cases[i].size / 2; k++)
            (void)ask(&scene, '5');
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        (void)ask(&scene, '5');
        assert_int_equal(scene.gate.mode, GATE_BROKEN);
        /* what was still in flight changes nothing, but costs no try */
        assert_true(answer(&scene, 't'));
        assert_true(answer(&scene, '1'));
        assert_false(answer(&scene, '+'));
        assert_int_equal(scene.gate.mode, GATE_BROKEN);
        assert_false(ask(&scene, '+'));
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        assert_int_equal(scene.gate.ring_failed, 0);
    }
}

static void backs_off_up_to_half_a_minute(void **state)
{
    (void)state;
    static const double randoms[] = {0, 0.5, 0.999};
    for (size_t i = 0; i < COUNT_OF(randoms); i++) {
        struct scene scene = begin(10);
        struct gate_reply reply = reply_of('c');
        reply.random = randoms[i];
        uint64_t wait_s = 1;
        while (scene.now < EPOCH + 200 * SECOND) {
            gate_sent(&scene.gate);
            assert_true(gate_reply(&scene.gate, &reply, scene.now));
            uint64_t when = gate_when(&scene.gate, 0);
            double share = 0.75 + 0.5 * randoms[i];
            assert_in_range(when - scene.now,
                            (uint64_t)((double)wait_s * 1e9 * share) - 10,
                            (uint64_t)((double)wait_s * 1e9 * share) + 10);
            wait_s = wait_s < 16 ? 2 * wait_s : 30;
            scene.now = when;
        }
    }
}

/* The last probe is sent when the time is over, and its reply decides. */
static void gives_up_after_a_long_outage(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    while (scene.gate.mode == GATE_OPEN)
        (void)ask(&scene, 't');
    uint64_t last = scene.now + 300 * SECOND;
    while (scene.gate.end == GATE_RUNNING) {
        assert_true(scene.now < last);
        (void)ask(&scene, 't');
    }
    assert_int_equal(scene.now, last);
    assert_int_equal(scene.gate.end, GATE_UNREACHABLE);
}

/* Suspended, or told a rate of one in ten minutes: it asks once more. */
static void asks_before_it_gives_up(void **state)
{
    (void)state;
    for (const char *what = "t9"; *what; what++) {
        for (int good = 0; good <= 1; good++) {
            struct scene scene = begin_open(10);
            for (int i = 0; i < 30; i++)
                (void)ask(&scene, *what);
            scene.now += 600 * SECOND;
            gate_tick(&scene.gate, scene.now);
            assert_int_equal(scene.gate.end, GATE_RUNNING);
            assert_true(gate_when(&scene.gate, 0) <= scene.now);
            (void)ask(&scene, good ? '+' : *what);
            assert_int_equal(scene.gate.end == GATE_RUNNING, good);
        }
    }
}

static void gives_up_when_refused_for_long(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    (void)ask(&scene, '9');
    scene.now += 299 * SECOND;
    (void)ask(&scene, '9');
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    (void)ask(&scene, '+'); /* it counts from a later refusal now */
    scene.now += SECOND;
    (void)ask(&scene, '9');
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    scene.now += 300 * SECOND - 1;
    (void)ask(&scene, '9');
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    scene.now += 1;
    (void)ask(&scene, '9');
    assert_int_equal(scene.gate.end, GATE_RATE_LIMITED);
}

static void obeys_retry_after(void **state)
{
    (void)state;
    static const struct {
        char what;
        int64_t wait_s;
        double random;
        int64_t pause_s; /* of the whole run; -1 its end */
    } cases[] = {
        {'9', -1, 0.5, 0},          {'9', 0, 0.5, 0},     {'9', 1, 0.5, 0},
        {'9', 60, 0.5, 0},          {'9', 61, 0, 61},     {'9', 100, 0.5, 105},
        {'9', 600, 0, 600},         {'9', 600, 0.5, 630}, {'9', 601, 0, -1},
        {'9', 1000000000, 0.5, -1}, {'5', 60, 0.5, 0},    {'5', 200, 0, 200},
        {'5', 3600, 0.5, -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin_open(10);
        struct gate_reply reply = reply_of(cases[i].what);
        reply.wait_ns = cases[i].wait_s < 0 ? -1
                                            : cases[i].wait_s * (int64_t)SECOND;
        reply.random = cases[i].random;
        gate_sent(&scene.gate);
        assert_false(gate_reply(&scene.gate, &reply, scene.now));
        uint64_t when = gate_when(&scene.gate, 0);
        if (cases[i].pause_s < 0) {
            assert_int_equal(scene.gate.end, GATE_RATE_LIMITED);
            continue;
        }
        assert_int_equal(scene.gate.end, GATE_RUNNING);
        uint64_t pause = (uint64_t)cases[i].pause_s * SECOND;
        assert_int_equal(when > scene.now ? when - scene.now : 0, pause);
    }
}

/* A probe that fails with a Retry-After holds the next one. */
static void obeys_retry_after_when_broken(void **state)
{
    (void)state;
    static const struct {
        int64_t wait_s;
        int64_t next_s; /* probe; 0.75 s of back-off, or 1 s */
    } cases[] = {{0, 1}, {1, 1}, {30, 30}, {60, 60}, {300, 300}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        struct gate_reply reply = reply_of('5');
        reply.wait_ns = cases[i].wait_s * (int64_t)SECOND;
        reply.random = cases[i].wait_s > 0 ? 0 : 0.5;
        gate_sent(&scene.gate);
        assert_true(gate_reply(&scene.gate, &reply, scene.now));
        assert_int_equal(gate_when(&scene.gate, 0),
                         EPOCH + (uint64_t)cases[i].next_s * SECOND);
    }
}

/* A pause longer than --give-up-after is waited for, once. */
static void does_not_give_up_in_a_pause(void **state)
{
    (void)state;
    static const char whats[] = {'9', '5'};
    for (size_t i = 0; i < COUNT_OF(whats); i++) {
        for (int good = 0; good <= 1; good++) {
            struct scene scene = begin(10);
            struct gate_reply reply = reply_of(whats[i]);
            reply.wait_ns = 500 * (int64_t)SECOND;
            reply.random = 0;
            gate_sent(&scene.gate);
            (void)gate_reply(&scene.gate, &reply, scene.now);
            scene.now += 499 * SECOND;
            gate_tick(&scene.gate, scene.now);
            assert_int_equal(scene.gate.end, GATE_RUNNING);
            scene.now += SECOND;
            gate_tick(&scene.gate, scene.now);
            assert_int_equal(gate_when(&scene.gate, 0), scene.now);
            gate_sent(&scene.gate);
            scene.now += SECOND;
            gate_tick(&scene.gate, scene.now);
            if (good)
                reply = reply_of('+');
            (void)gate_reply(&scene.gate, &reply, scene.now);
            assert_int_equal(scene.gate.end == GATE_RUNNING, good);
        }
    }
}

static void ends_at_the_deadline(void **state)
{
    (void)state;
    struct gate gate;
    const struct gate_settings settings = {.give_up_ns = 300 * (int64_t)SECOND,
                                           .deadline_ns = 5 * (int64_t)SECOND};
    gate_init(&gate, &settings, 10, EPOCH);
    assert_int_equal(gate_ends_at(&gate), EPOCH + 5 * SECOND);
    gate_tick(&gate, EPOCH + 5 * SECOND - 1);
    assert_int_equal(gate.end, GATE_RUNNING);
    struct scene scene = {.gate = gate, .now = EPOCH};
    (void)ask(&scene, 'c'); /* broken: the deadline comes first */
    assert_int_equal(gate_ends_at(&scene.gate), EPOCH + 5 * SECOND);
    gate_tick(&scene.gate, EPOCH + 5 * SECOND);
    assert_int_equal(scene.gate.end, GATE_DEADLINE);
    gate_tick(&scene.gate, EPOCH + 500 * SECOND); /* the first end stands */
    assert_int_equal(scene.gate.end, GATE_DEADLINE);
}

/* What is still in flight may tell why, but never hides it. */
static void the_weightiest_cause_stands(void **state)
{
    (void)state;
    static const struct {
        const char *replies; /* after --max-queries were sent */
        int64_t wait_s;
        enum gate_end end;
    } cases[] = {
        {"+", -1, GATE_MAX_QUERIES},   {"1", -1, GATE_LOGIN},
        {"s", -1, GATE_UNREACHABLE},   {"19", 601, GATE_LOGIN},
        {"s9", 601, GATE_UNREACHABLE}, {"9s", 601, GATE_UNREACHABLE},
        {"91", 601, GATE_LOGIN},       {"9+", 601, GATE_RATE_LIMITED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        scene.gate.settings.max_queries = 2;
        for (const char *at = cases[i].replies; *at; at++)
            gate_sent(&scene.gate);
        gate_sent(&scene.gate);
        assert_true(gate_when(&scene.gate, 2) == UINT64_MAX);
        for (const char *at = cases[i].replies; *at; at++) {
            struct gate_reply reply = reply_of(*at);
            if (*at == '9')
                reply.wait_ns = cases[i].wait_s * (int64_t)SECOND;
            (void)gate_reply(&scene.gate, &reply, scene.now);
        }
        gate_give_up(&scene.gate); /* lighter than most */
        assert_int_equal(scene.gate.end, cases[i].end > GATE_RATE_LIMITED
                                             ? cases[i].end
                                             : GATE_RATE_LIMITED);
    }
}

static void counts_every_query(void **state)
{
    (void)state;
    struct scene scene = begin(10);
    scene.gate.settings.max_queries = 3;
    (void)ask_all(&scene, "+95"); /* refused and failed ones too */
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    assert_true(gate_when(&scene.gate, 0) == UINT64_MAX);
    assert_int_equal(scene.gate.end, GATE_MAX_QUERIES);
}

/* 400, 405 or 414 for more than half of the first hundred. */
static void leaves_what_rejects_everything(void **state)
{
    (void)state;
    static const struct {
        int status;
        int rejected;
        enum gate_end end;
    } cases[] = {
        {400, 50, GATE_RUNNING},  {400, 51, GATE_REJECTED},
        {405, 51, GATE_REJECTED}, {414, 100, GATE_REJECTED},
        {418, 100, GATE_RUNNING}, {404, 100, GATE_RUNNING},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        for (int k = 0; k < 100; k++) {
            assert_int_equal(scene.gate.end, GATE_RUNNING);
            struct gate_reply reply = reply_of(k < cases[i].rejected ? '0'
                                                                     : '+');
            if (k < cases[i].rejected)
                reply.http_status = cases[i].status;
            gate_sent(&scene.gate);
            (void)gate_reply(&scene.gate, &reply, scene.now);
        }
        assert_int_equal(scene.gate.end, cases[i].end);
        if (cases[i].end == GATE_RUNNING) /* later ones do not count */
            for (int k = 0; k < 200; k++)
                (void)ask(&scene, '0');
        assert_int_equal(scene.gate.end, cases[i].end);
    }
}

/* A captive portal: 200, but no answers. */
static void leaves_what_is_not_the_service(void **state)
{
    (void)state;
    for (int first = 0; first <= 1; first++) {
        struct scene scene = begin(10);
        if (first)
            (void)ask(&scene, '+');
        for (int i = 0; i < 19; i++)
            assert_false(ask(&scene, 'b'));
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        assert_false(ask(&scene, '9')); /* says nothing about it */
        assert_false(ask(&scene, 'b'));
        assert_int_equal(scene.gate.mode, GATE_BROKEN);
        assert_false(ask(&scene, 'b')); /* a row's result all the same */
        assert_int_equal(scene.gate.mode, GATE_BROKEN);
        scene.now += 300 * SECOND;
        assert_false(ask(&scene, 'b'));
        assert_int_equal(scene.gate.end, GATE_UNREACHABLE);
    }
    struct scene scene = begin_open(10);
    for (int i = 0; i < 200; i++)
        (void)ask(&scene, i % 20 == 19 ? '4' : 'b');
    assert_int_equal(scene.gate.mode, GATE_OPEN);
}

static void suspects_an_outage(void **state)
{
    (void)state;
    static const struct {
        const char *replies;
        bool suspected;
    } cases[] = {
        {"", false},        {"+tttt", false},     {"+ttttt", true},
        {"+cctlds5", true}, {"+ttttt+", false},   {"+ttttt9", true},
        {"+tt+ttt", false}, {"+ttttt4", false},   {"+t9t9t9t9t", true},
        {"+bbbbbb", false}, {"+tttttt+t", false}, {"c+", false},
        {"ccccc", true},    {"cccccc9", false},   {"ccccccc+", false},
        {"+cc", false},     {"+ccc", true},       {"+ccc+", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        (void)ask_all(&scene, cases[i].replies);
        if (gate_suspects_outage(&scene.gate) != cases[i].suspected)
            fail_msg("\"%s\"", cases[i].replies);
    }
}

/* Everything fails: what is asked before the breaker opens, and then a
 * handful a minute. */
static void an_outage_costs_little(void **state)
{
    (void)state;
    static const struct {
        char what;
        uint64_t until_broken;
    } cases[] = {{'5', 101}, {'t', 101}, {'c', 3}, {'d', 3}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin_open(100);
        uint64_t before = scene.gate.sent;
        while (scene.gate.end == GATE_RUNNING) {
            uint64_t when = gate_when(&scene.gate, 0);
            scene.now = when > scene.now ? when : scene.now + 10 * MS;
            (void)ask(&scene, cases[i].what);
        }
        assert_int_equal(scene.gate.end, GATE_UNREACHABLE);
        uint64_t sent = scene.gate.sent - before;
        assert_in_range(sent, cases[i].until_broken + 10,
                        cases[i].until_broken + 20);
    }
}

/* The ring against a plain count of the failures among the last 50. */
static void counts_the_last_replies(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    bool failed[1000] = {false};
    uint32_t seed = 5;
    for (int i = 50; i < 1000; i++) {
        unsigned count = 0;
        seed = seed * 1664525U + 1013904223U;
        failed[i] = seed >> 30 == 0; /* a quarter */
        (void)ask(&scene, failed[i] ? '5' : '4');
        for (int k = i - 49; k <= i; k++)
            count += failed[k];
        assert_int_equal(scene.gate.ring_failed, count);
    }
    /* closed and opened again it starts anew */
    while (scene.gate.mode == GATE_OPEN)
        (void)ask(&scene, 'c');
    (void)ask(&scene, '+');
    assert_int_equal(scene.gate.mode, GATE_OPEN);
    for (int i = 0; i < 200; i++) {
        (void)ask(&scene, i % 8 < 4 ? '5' : '+');
        assert_true(scene.gate.ring_failed <= 26);
    }
    assert_int_equal(scene.gate.mode, GATE_OPEN);
}

/* While the control is asked for, what was in flight decides nothing. */
static void waits_for_the_control(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    for (int i = 0; i < 14; i++)
        gate_sent(&scene.gate);
    for (int i = 0; i < 10; i++)
        assert_false(answer(&scene, '3'));
    assert_int_equal(scene.gate.mode, GATE_CONTROL);
    assert_false(answer(&scene, '3'));
    assert_true(answer(&scene, '1')); /* asked again, not believed */
    assert_false(answer(&scene, '9'));
    assert_false(answer(&scene, '4'));
    assert_int_equal(scene.gate.mode, GATE_CONTROL);
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    gate_sent(&scene.gate);
    assert_false(answer(&scene, '9')); /* refused: asked again in a second */
    assert_int_equal(gate_when(&scene.gate, 0), scene.now + SECOND);
    assert_false(answer(&scene, '3')); /* one more that was in flight */
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    scene.now += SECOND;
    gate_sent(&scene.gate);
    assert_false(answer(&scene, '+'));
    assert_int_equal(scene.gate.mode, GATE_OPEN);
    assert_int_equal(scene.gate.forbidden_run, 0);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(scene.gate.mode, GATE_OPEN);
        (void)ask(&scene, '3');
    }
    assert_int_equal(scene.gate.mode, GATE_CONTROL);
}

/* A refused control may be no control at all: the 403 run starts anew. */
static void forgets_a_run_of_forbidden(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    (void)ask_all(&scene, "3333333333");
    (void)ask(&scene, '4'); /* the control: no answer, but no 403 */
    assert_int_equal(scene.gate.mode, GATE_OPEN);
    assert_int_equal(scene.gate.forbidden_run, 0);
    assert_int_equal(scene.gate.control_at, 20);
}

/* 429 to the confirmation of a 401: again after a second, and then alone. */
static void confirms_after_a_refusal(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    (void)ask(&scene, '1');
    scene.now += 2 * SECOND;
    gate_sent(&scene.gate);
    assert_false(answer(&scene, '9'));
    assert_int_equal(gate_when(&scene.gate, 0), scene.now + SECOND);
    assert_true(answer(&scene, '1')); /* an older one: proves nothing */
    assert_int_equal(scene.gate.end, GATE_RUNNING);
    assert_int_equal(scene.gate.mode, GATE_CONFIRM);
    (void)ask(&scene, '1');
    assert_int_equal(scene.gate.end, GATE_LOGIN);
}

/* An earlier run has answers: its id decides at the first 403. */
static void asks_a_recalled_control(void **state)
{
    (void)state;
    for (const char *what = "+3"; *what; what++) {
        struct scene scene = begin(10);
        gate_recall(&scene.gate);
        assert_false(ask(&scene, '3'));
        assert_int_equal(scene.gate.mode, GATE_CONTROL);
        assert_false(ask(&scene, *what));
        assert_int_equal(scene.gate.mode == GATE_OPEN, *what == '+');
        assert_int_equal(scene.gate.end,
                         *what == '+' ? GATE_RUNNING : GATE_LOGIN);
    }
}

/* A pause that the service asked for with it, or before, is not cut short. */
static void confirms_after_a_pause(void **state)
{
    (void)state;
    struct gate_reply pause = reply_of('9');
    pause.wait_ns = 120 * (int64_t)SECOND;
    pause.random = 0;
    for (const char *before = "13"; *before; before++) {
        struct scene scene = begin_open(10);
        while (scene.gate.mode == GATE_OPEN)
            (void)ask(&scene, *before);
        uint64_t when = gate_when(&scene.gate, 0);
        scene.now = when > scene.now ? when : scene.now;
        gate_sent(&scene.gate);
        (void)gate_reply(&scene.gate, &pause, scene.now);
        assert_int_equal(gate_when(&scene.gate, 0), scene.now + 120 * SECOND);
    }
    struct scene scene = begin_open(10);
    gate_sent(&scene.gate);
    gate_sent(&scene.gate);
    (void)gate_reply(&scene.gate, &pause, scene.now);
    (void)answer(&scene, '1');
    assert_int_equal(gate_when(&scene.gate, 0), scene.now + 120 * SECOND);
}

/* After a probe of the open breaker failed, older replies are no probes. */
static void believes_probes_only(void **state)
{
    (void)state;
    struct scene scene = begin_open(10);
    while (scene.gate.mode == GATE_OPEN)
        (void)ask(&scene, 't');
    (void)ask(&scene, 't'); /* the probe */
    assert_false(answer(&scene, '+'));
    assert_int_equal(scene.gate.mode, GATE_BROKEN);
    /* nor is one that was out when the mode changed */
    scene = begin(10);
    gate_sent(&scene.gate);
    gate_sent(&scene.gate);
    assert_true(answer(&scene, 'c'));
    assert_int_equal(scene.gate.mode, GATE_BROKEN);
    assert_false(answer(&scene, '+'));
    assert_int_equal(scene.gate.mode, GATE_BROKEN);
}

/* The pause that a probe's reply asks for gets up to 10 % on top. */
static void adds_to_a_pause(void **state)
{
    (void)state;
    static const struct {
        int64_t wait_ns;
        double random;
        uint64_t least_ns; /* of what follows */
    } cases[] = {
        {30 * 1000000000LL, 0.5, UINT64_C(31500000000)},
        {30 * 1000000000LL, 1, UINT64_C(33000000000)},
        {1, 0, UINT64_C(750000000)},
        {0, 0, UINT64_C(750000000)},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scene scene = begin(10);
        struct gate_reply reply = reply_of('5');
        reply.wait_ns = cases[i].wait_ns;
        reply.random = cases[i].random;
        gate_sent(&scene.gate);
        (void)gate_reply(&scene.gate, &reply, scene.now);
        assert_int_equal(gate_when(&scene.gate, 0),
                         scene.now + cases[i].least_ns);
        /* a later and shorter wait does not shorten it */
        uint64_t when = gate_when(&scene.gate, 0);
        gate_sent(&scene.gate);
        reply.wait_ns = -1;
        reply.random = 0;
        (void)gate_reply(&scene.gate, &reply, scene.now);
        assert_true(gate_when(&scene.gate, 0) >= when);
    }
}

/* Limits of one: not more, and to the nanosecond. */
static void keeps_its_limits(void **state)
{
    (void)state;
    struct gate gate;
    struct gate_settings settings = {
        .give_up_ns = (int64_t)SECOND, .deadline_ns = 1, .max_queries = 1};
    gate_init(&gate, &settings, 10, EPOCH);
    assert_int_equal(gate_ends_at(&gate), EPOCH + 1);
    assert_true(gate_when(&gate, 0) < UINT64_MAX);
    gate_sent(&gate);
    assert_true(gate_when(&gate, 0) == UINT64_MAX);
    assert_int_equal(gate.end, GATE_MAX_QUERIES);
    settings = (struct gate_settings){.give_up_ns = (int64_t)SECOND,
                                      .deadline_ns = 1};
    gate_init(&gate, &settings, 10, EPOCH);
    gate_tick(&gate, EPOCH + 1);
    assert_int_equal(gate.end, GATE_DEADLINE);
    settings.deadline_ns = 500 * (int64_t)SECOND;
    gate_init(&gate, &settings, 10, EPOCH);
    struct scene scene = {.gate = gate, .now = EPOCH};
    /* the deadline is far, the outage is long enough */
    for (const char *what = "c9"; *what; what++) {
        gate_init(&scene.gate, &settings, 10, EPOCH);
        scene.now = EPOCH;
        (void)ask(&scene, *what);
        scene.now = EPOCH + SECOND;
        gate_sent(&scene.gate);
        (void)answer(&scene, *what);
        assert_true(scene.gate.end > GATE_DEADLINE);
    }
    gate_init(&scene.gate, &settings, 10, EPOCH);
    gate_give_up(&scene.gate);
    assert_int_equal(scene.gate.end, GATE_RATE_LIMITED);
    gate_init(&scene.gate, &settings, 10, 0); /* time may begin at 1 */
    scene.now = 1;
    (void)ask(&scene, '9');
    scene.now = SECOND;
    (void)ask(&scene, '9');
    assert_int_equal(scene.gate.end, GATE_RUNNING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_from_mode_to_mode),
        cmocka_unit_test(asks_one_at_a_time_but_when_open),
        cmocka_unit_test(confirms_a_refused_login_once),
        cmocka_unit_test(breaks_when_the_confirmation_fails),
        cmocka_unit_test(breaks_when_most_fail),
        cmocka_unit_test(backs_off_up_to_half_a_minute),
        cmocka_unit_test(gives_up_after_a_long_outage),
        cmocka_unit_test(asks_before_it_gives_up),
        cmocka_unit_test(gives_up_when_refused_for_long),
        cmocka_unit_test(obeys_retry_after),
        cmocka_unit_test(obeys_retry_after_when_broken),
        cmocka_unit_test(does_not_give_up_in_a_pause),
        cmocka_unit_test(ends_at_the_deadline),
        cmocka_unit_test(the_weightiest_cause_stands),
        cmocka_unit_test(counts_every_query),
        cmocka_unit_test(leaves_what_rejects_everything),
        cmocka_unit_test(leaves_what_is_not_the_service),
        cmocka_unit_test(suspects_an_outage),
        cmocka_unit_test(an_outage_costs_little),
        cmocka_unit_test(counts_the_last_replies),
        cmocka_unit_test(waits_for_the_control),
        cmocka_unit_test(forgets_a_run_of_forbidden),
        cmocka_unit_test(confirms_after_a_refusal),
        cmocka_unit_test(confirms_after_a_pause),
        cmocka_unit_test(asks_a_recalled_control),
        cmocka_unit_test(believes_probes_only),
        cmocka_unit_test(adds_to_a_pause),
        cmocka_unit_test(keeps_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

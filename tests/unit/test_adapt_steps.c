/*
 * The rate controller's decisions, each on numbers of its own: what a window
 * of so many answers leads to. How they work together is test_adapt's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "adapt.h"
#include "adapt_window.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const uint64_t MS = 1000000;
static const uint64_t SECOND = 1000000000;
static const uint64_t EPOCH = UINT64_C(1000) * 1000000000;

static void assert_near(double value, double wanted)
{
    if (fabs(value - wanted) > 1e-6 * fmax(1, fabs(wanted)))
        fail_msg("%.9g, not %.9g", value, wanted);
}

/* stated 0: the quota is searched for, from what is remembered. */
static struct adapt begin(double stated, double remembered)
{
    struct adapt adapt;
    struct adapt_settings settings = {.rate_per_s = stated,
                                      .search = stated <= 0};
    adapt_init(&adapt, &settings, remembered, EPOCH);
    return adapt;
}

/* Refused, and the answer took no time. */
static void refuse(struct adapt *adapt, uint32_t tag, double random,
                   uint64_t wait_ns, uint64_t now)
{
    const struct adapt_refusal refusal = {
        .tag = tag, .wait_ns = wait_ns, .random = random};
    adapt_refuse(adapt, &refusal, now);
}

/* Refusals are spread evenly, so that there is no run of them. */
static void answer(struct adapt *adapt, unsigned sent, unsigned refused,
                   uint64_t now)
{
    for (unsigned i = 0; i < sent; i++) {
        uint32_t tag = adapt_sent(adapt);
        if ((i + 1) * refused / sent > i * refused / sent)
            refuse(adapt, tag, 0.5, 0, now);
        else
            adapt_accept(adapt, tag, 0, now);
    }
}

/* Sends and answers at the window's start, judges at its end. */
static uint64_t window(struct adapt *adapt, unsigned sent, unsigned refused,
                       uint64_t now)
{
    answer(adapt, sent, refused, now);
    now += adapt->window_ns;
    adapt_tick(adapt, now);
    return now;
}

static void saturation_and_fullness(void **state)
{
    (void)state;
    static const struct {
        uint32_t accepted;
        uint32_t refused;
        bool saturated; /* one, and one in a hundred */
    } cases[] = {{0, 0, false},  {5, 0, false},   {5, 1, true},
                 {0, 1, true},   {99, 1, true},   {100, 1, false},
                 {198, 2, true}, {199, 2, false}, {10000, 102, true}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt_window counts = {.accepted = cases[i].accepted,
                                      .refused = cases[i].refused};
        assert_int_equal(adapt_saturated(&counts), cases[i].saturated);
    }
    struct adapt_window counts = {
        .rate_per_s = 100, .length_ns = 2 * SECOND, .sent = 150};
    assert_true(adapt_was_full(&counts));
    counts.sent = 149;
    assert_false(adapt_was_full(&counts));
}

static void counts_accepts_of_a_second(void **state)
{
    (void)state;
    struct adapt adapt = begin(100, 0);
    for (int i = 0; i < 40; i++) /* one in each slot of two seconds */
        adapt_count_accept(&adapt, EPOCH + (uint64_t)i * 50 * MS);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 2 * SECOND), 20);
    /* the slot that is under way does not count yet */
    adapt_count_accept(&adapt, EPOCH + 2 * SECOND);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 2 * SECOND), 20);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 2 * SECOND + 50 * MS), 20);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 2 * SECOND + 100 * MS), 19);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 3 * SECOND), 1);
    assert_near(adapt_accepts_per_s(&adapt, EPOCH + 4 * SECOND), 0);
    adapt = begin(100, 0);
    adapt_count_accept(&adapt, 0); /* the clock may have begun just now */
    adapt_count_accept(&adapt, 60 * MS);
    assert_near(adapt_accepts_per_s(&adapt, 100 * MS), 2);
}

/* Tells so many answers to the stop-loss, a share of them refused, over a
 * time; returns what the last of them says. */
static bool lose(struct adapt *adapt, unsigned answers, unsigned refused,
                 uint64_t *now, uint64_t over_ns)
{
    bool lost = false;
    for (unsigned i = 0; i < answers; i++) {
        bool is = (i + 1) * refused / answers > i * refused / answers;
        assert_false(lost);
        lost = adapt_count_loss(adapt, is, *now + over_ns * i / (answers - 1));
    }
    *now += over_ns;
    return lost;
}

static void stops_a_lasting_loss(void **state)
{
    (void)state;
    static const struct {
        bool stated;
        unsigned first;   /* refused of the first thousand */
        unsigned second;  /* and of the second */
        uint64_t over_ns; /* each */
        bool trickle;
        bool lost;
    } cases[] = {
        {true, 50, 41, 11 * SECOND, false, true},
        {true, 50, 40, 11 * SECOND, false, false}, /* no more than 4 % */
        {true, 0, 41, 11 * SECOND, false, true},
        {true, 0, 40, 11 * SECOND, false, false},
        {true, 999, 0, 11 * SECOND, false, false},
        {false, 50, 500, 11 * SECOND, false, false},
        {true, 50, 500, 11 * SECOND, true, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(cases[i].stated ? 1000 : 0, 1000);
        uint64_t now = EPOCH;
        assert_false(
            lose(&adapt, 1000, cases[i].first, &now, cases[i].over_ns));
        adapt.trickle = cases[i].trickle;
        now += MS;
        if (lose(&adapt, 1000, cases[i].second, &now, cases[i].over_ns) !=
            cases[i].lost)
            fail_msg("case %zu", i);
    }
    /* 5 % of late, but less than 2 % of all */
    struct adapt adapt = begin(1000, 0);
    uint64_t now = EPOCH;
    for (int i = 0; i < 4; i++)
        assert_false(lose(&adapt, 1000, 0, &now, 11 * SECOND));
    assert_false(lose(&adapt, 1000, 50, &now, 11 * SECOND));
    assert_false(lose(&adapt, 1000, 49, &now, 11 * SECOND));
    assert_true(lose(&adapt, 1000, 60, &now, 11 * SECOND));
    /* exactly 2 % of all */
    adapt = begin(1000, 0);
    now = EPOCH;
    assert_false(lose(&adapt, 1000, 0, &now, 11 * SECOND));
    assert_false(lose(&adapt, 1000, 0, &now, 11 * SECOND));
    assert_false(lose(&adapt, 1000, 60, &now, 11 * SECOND));
    /* what is judged first ends 10 s after the first answer */
    adapt = begin(1000, 0);
    now = EPOCH;
    assert_false(lose(&adapt, 1000, 50, &now, 2 * SECOND));
    assert_false(lose(&adapt, 1000, 500, &now, 8 * SECOND));
    assert_false(lose(&adapt, 100, 50, &now, 3 * SECOND));
    /* a thousand in less than 10 s: not before the 10 s are over */
    adapt = begin(1000, 0);
    now = EPOCH;
    assert_false(lose(&adapt, 1000, 50, &now, 10 * SECOND));
    assert_false(lose(&adapt, 1000, 300, &now, 10 * SECOND - 1));
    assert_true(adapt_count_loss(&adapt, false, now + 1));
}

/* What the stop-loss says is done by the answer that it heard of. */
static void halves_the_estimate(void **state)
{
    (void)state;
    for (int refused = 0; refused <= 1; refused++) {
        struct adapt adapt = begin(1000, 0);
        adapt.answers = 5000;
        adapt.refusals = 500;
        adapt.loss_answers = 999;
        adapt.loss_refused = 100;
        adapt.loss_since_ns = EPOCH;
        double estimate = adapt.estimate;
        uint32_t tag = adapt_sent(&adapt);
        if (refused)
            refuse(&adapt, tag, 0.5, 0, EPOCH + 10 * SECOND);
        else
            adapt_accept(&adapt, tag, 0, EPOCH + 10 * SECOND);
        assert_near(adapt.estimate, estimate / 2);
        assert_near(adapt_rate(&adapt), 0.985 * estimate / 2);
    }
}

static void gives_up_at_the_floor(void **state)
{
    (void)state;
    static const struct {
        double rate;
        unsigned refused; /* of 100 answers */
        uint64_t for_ns;
        bool trickle;
        bool hopeless;
    } cases[] = {
        {0.5, 6, 60 * SECOND, false, true},
        {0.505, 6, 60 * SECOND, false, true},
        {0.5, 5, 60 * SECOND, false, false},
        {0.5, 6, 60 * SECOND - 1, false, false},
        {0.51, 100, 90 * SECOND, false, false},
        {0.5, 100, 60 * SECOND, true, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(100, 0);
        uint64_t now = EPOCH;
        (void)adapt_count_loss(&adapt, true, now); /* faster, until now */
        adapt.rate = cases[i].rate;
        adapt.trickle = cases[i].trickle;
        (void)adapt_count_loss(&adapt, false, now);
        (void)lose(&adapt, 100, cases[i].refused, &now, cases[i].for_ns);
        if (adapt_is_hopeless(&adapt) != cases[i].hopeless)
            fail_msg("case %zu", i);
    }
    /* 5 of 99 in all: the one with which the minute began is none of them */
    struct adapt exact = begin(100, 0);
    exact.rate = 0.5;
    uint64_t at = EPOCH;
    (void)adapt_count_loss(&exact, false, at);
    (void)lose(&exact, 99, 5, &at, 60 * SECOND);
    assert_true(adapt_is_hopeless(&exact));
    /* a minute that was good, then one that was not; each by itself */
    struct adapt adapt = begin(100, 0);
    adapt.rate = 0.5;
    uint64_t now = EPOCH;
    (void)adapt_count_loss(&adapt, false, now);
    (void)adapt_count_loss(&adapt, false, now);
    (void)lose(&adapt, 100, 2, &now, 60 * SECOND);
    assert_false(adapt_is_hopeless(&adapt));
    (void)adapt_count_loss(&adapt, false, now);
    (void)lose(&adapt, 19, 2, &now, 60 * SECOND); /* too few to say so */
    assert_false(adapt_is_hopeless(&adapt));
    (void)adapt_count_loss(&adapt, false, now);
    assert_true(adapt_is_hopeless(&adapt));
    (void)adapt_count_loss(&adapt, true, now);
    (void)lose(&adapt, 100, 5, &now, 60 * SECOND);
    assert_false(adapt_is_hopeless(&adapt));
    /* and one that began faster starts again at the floor */
    adapt = begin(100, 0);
    adapt.rate = 0.5;
    (void)adapt_count_loss(&adapt, true, EPOCH);
    adapt.rate = 50;
    (void)adapt_count_loss(&adapt, true, EPOCH + 59 * SECOND);
    adapt.rate = 0.5;
    (void)adapt_count_loss(&adapt, true, EPOCH + 61 * SECOND);
    assert_false(adapt_is_hopeless(&adapt));
    /* a rate that was told to be slow is not the floor */
    adapt = begin(0.2, 0);
    for (int i = 0; i < 100; i++)
        (void)adapt_count_loss(&adapt, i % 10 == 0,
                               EPOCH + 5 * (uint64_t)i * SECOND);
    assert_false(adapt_is_hopeless(&adapt));
    assert_near(adapt_floor(&adapt), 0.2 * 0.995 / 4);
}

/* Three round trips and 50 ms for what has not come: refusals' or others'. */
static void waits_for_the_slower_answers(void **state)
{
    (void)state;
    for (int slow = 0; slow <= 1; slow++) {
        struct adapt adapt = begin(100, 0);
        answer(&adapt, 90, 9, EPOCH);
        (void)adapt_sent(&adapt); /* never answered */
        adapt.rtt_ns = slow ? 10 * (int64_t)MS : 100 * (int64_t)MS;
        adapt.refusal_rtt_ns = slow ? 100 * (int64_t)MS : 10 * (int64_t)MS;
        adapt_tick(&adapt, EPOCH + SECOND);
        adapt_tick(&adapt, EPOCH + SECOND + 349 * MS);
        assert_near(adapt_rate(&adapt), 99.5);
        /* the next window is open all the while */
        assert_int_equal(adapt.tag, adapt.judging + 1);
        adapt_tick(&adapt, EPOCH + SECOND + 350 * MS);
        assert_near(adapt_rate(&adapt), 99.5 * 0.9);
    }
    struct adapt adapt = begin(100, 0); /* a tenth of each one's */
    const struct adapt_refusal refusal = {.rtt_ns = (int64_t)SECOND};
    adapt_refuse(&adapt, &refusal, EPOCH);
    assert_int_equal(adapt.refusal_rtt_ns, SECOND / 10);
    adapt_refuse(&adapt, &refusal, EPOCH);
    assert_int_equal(adapt.refusal_rtt_ns, 19 * SECOND / 100);
}

static void tells_its_estimate(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 1000);
    uint64_t now = window(&adapt, 900, 0, EPOCH);
    assert_near(adapt_estimate(&adapt), 0); /* no news: what is known stays */
    (void)window(&adapt, 900, 90, now);
    assert_near(adapt_estimate(&adapt), 810);
    adapt_hold(&adapt, 900, EPOCH);
    adapt.phase = ADAPT_PROBE;
    assert_near(adapt_estimate(&adapt), 900);
    adapt.phase = ADAPT_CLIMB;
    assert_near(adapt_estimate(&adapt), 0);
    adapt.phase = ADAPT_START;
    assert_near(adapt_estimate(&adapt), 0);
}

/* Where a stop is left for: by phase, by what was accepted before it. */
static void goes_on_after_a_stop(void **state)
{
    (void)state;
    static const struct {
        enum adapt_phase phase;
        double accepted;
        uint64_t since_ns; /* the stop before; 0: none */
        enum adapt_phase next;
        double rate; /* from 200, estimated as 300 */
    } cases[] = {
        {ADAPT_START, 20, 0, ADAPT_CLIMB, 100},
        {ADAPT_START, 150, 0, ADAPT_CLIMB, 150},
        {ADAPT_CLIMB, 20, 0, ADAPT_HOLD, 0.985 * 100},
        {ADAPT_CLIMB, 150, 0, ADAPT_HOLD, 0.985 * 150},
        {ADAPT_CLIMB, 199, 0, ADAPT_HOLD, 0.985 * 200 / 1.1},
        {ADAPT_HOLD, 20, 0, ADAPT_HOLD, 0.985 * 150},
        {ADAPT_HOLD, 200, 0, ADAPT_HOLD, 0.985 * 200},
        {ADAPT_HOLD, 299, 0, ADAPT_HOLD, 0.985 * 0.98 * 300},
        {ADAPT_PROBE, 299, 0, ADAPT_HOLD, 0.985 * 0.98 * 300},
        {ADAPT_HOLD, 299, 2999 * MS, ADAPT_HOLD, 0.985 * 0.95 * 300},
        {ADAPT_HOLD, 299, 3000 * MS, ADAPT_HOLD, 0.985 * 0.98 * 300},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000);
        adapt.phase = cases[i].phase;
        adapt.rate = 200;
        adapt.estimate = 300;
        adapt.resumed_ns = cases[i].since_ns > 0 ? EPOCH - cases[i].since_ns
                                                 : 0;
        uint32_t before = adapt_sent(&adapt);
        adapt_stop(&adapt, EPOCH);
        assert_true(adapt_trickling(&adapt));
        assert_int_equal(adapt_when(&adapt), EPOCH + 50 * MS);
        assert_int_equal(adapt.tag, before + 1);
        assert_int_equal(adapt.decided, adapt.tag);
        adapt.trickle_accepted = cases[i].accepted;
        (void)adapt_sent(&adapt);
        adapt_resume(&adapt, EPOCH + SECOND);
        assert_false(adapt_trickling(&adapt));
        assert_false(adapt.trickle_asked);
        assert_int_equal(adapt.phase, cases[i].next);
        assert_near(adapt_rate(&adapt), cases[i].rate);
        assert_int_equal(adapt.resumed_ns, EPOCH + SECOND);
        assert_int_equal(adapt.decided, adapt.tag);
    }
}

/* A first stop is no second one, however young the clock is. */
static void has_a_first_stop(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 1000);
    adapt_hold(&adapt, 300, SECOND);
    adapt_stop(&adapt, SECOND);
    adapt.trickle_accepted = 299;
    adapt_resume(&adapt, 2 * SECOND);
    assert_near(adapt.estimate, 0.98 * 300);
}

/* Doubled after each full window, kept after an idle one, held at the cap. */
static void starts(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 0);
    uint64_t now = window(&adapt, 10, 0, EPOCH);
    assert_near(adapt_rate(&adapt), 40);
    now = window(&adapt, 14, 0, now);
    assert_near(adapt_rate(&adapt), 40);
    assert_int_equal(adapt.phase, ADAPT_START);
    uint32_t tag = adapt.tag;
    now = window(&adapt, 15, 0, now);
    assert_near(adapt_rate(&adapt), 80);
    assert_int_equal(adapt.tag, tag + 2); /* closed, and judged */
    answer(&adapt, 30, 1, now);           /* one refusal is no measure */
    assert_int_equal(adapt.phase, ADAPT_START);
    answer(&adapt, 1, 1, now);
    assert_int_equal(adapt.phase, ADAPT_CLIMB);
    assert_near(adapt_rate(&adapt), 40);
    const struct adapt_settings capped = {.search = true, .max_rate_per_s = 60};
    adapt_init(&adapt, &capped, 0, EPOCH); /* up to the cap, not half way */
    now = window(&adapt, 10, 0, EPOCH);
    assert_near(adapt_rate(&adapt), 40);
    now = window(&adapt, 20, 0, now);
    assert_near(adapt_rate(&adapt), 59.7);
    assert_int_equal(adapt.phase, ADAPT_START);
    (void)window(&adapt, 30, 0, now);
    assert_int_equal(adapt.phase, ADAPT_HOLD);
    adapt = begin(0, 0); /* 2 % of many */
    answer(&adapt, 200, 3, EPOCH);
    assert_int_equal(adapt.phase, ADAPT_START);
    answer(&adapt, 1, 1, EPOCH);
    assert_int_equal(adapt.phase, ADAPT_START);
    answer(&adapt, 1, 1, EPOCH);
    assert_int_equal(adapt.phase, ADAPT_CLIMB);
}

/* +20 % while clean; refused by much: look again; by little: hold. */
static void climbs(void **state)
{
    (void)state;
    static const struct {
        unsigned sent;
        unsigned refused;
        enum adapt_phase phase;
        double rate; /* from 100/s */
    } cases[] = {
        {100, 0, ADAPT_CLIMB, 120},
        {74, 0, ADAPT_CLIMB, 100}, /* idle */
        {7, 2, ADAPT_CLIMB, 100},  /* too few to be judged */
        {8, 2, ADAPT_CLIMB, 100 * 0.75 * 1.02},
        {100, 1, ADAPT_HOLD, 99 * 0.985},
        {100, 20, ADAPT_HOLD, 80 * 0.985},
        {100, 21, ADAPT_CLIMB, 79 * 1.02},
        {100, 40, ADAPT_CLIMB, 60 * 1.02},
        {100, 70, ADAPT_CLIMB, 50 * 1.02}, /* no more than by half */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 0);
        adapt_enter(&adapt, ADAPT_CLIMB, 100, EPOCH);
        assert_int_equal(adapt.window_ns, SECOND);
        uint64_t now = window(&adapt, cases[i].sent, cases[i].refused, EPOCH);
        if (adapt.phase != cases[i].phase)
            fail_msg("case %zu", i);
        assert_near(adapt_rate(&adapt), cases[i].rate);
        if (adapt.phase == ADAPT_HOLD)
            assert_int_equal(adapt.probed_ns, now);
    }
}

/* In a climb twenty answers with more than 35 % refused do not wait. */
static void climbs_down_at_once(void **state)
{
    (void)state;
    static const struct {
        unsigned accepted;
        unsigned refused;
        uint64_t after_ns;
        bool at_once;
    } cases[] = {
        {12, 8, 151 * MS, true},  {12, 7, 151 * MS, false},
        {13, 7, 151 * MS, false}, {26, 14, 151 * MS, false},
        {24, 13, 151 * MS, true}, {12, 8, 150 * MS, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 0);
        adapt_enter(&adapt, ADAPT_CLIMB, 100, EPOCH);
        uint64_t now = EPOCH + cases[i].after_ns;
        answer(&adapt, cases[i].accepted, 0, now);
        for (unsigned k = 0; k < cases[i].refused; k++) {
            adapt.run = 0; /* not one after the other */
            assert_near(adapt_rate(&adapt), 100);
            answer(&adapt, 1, 1, now);
        }
        double n = cases[i].accepted + cases[i].refused;
        double quota = 100 * cases[i].accepted / n;
        assert_near(adapt_rate(&adapt), cases[i].at_once ? quota * 1.02 : 100);
    }
}

/* Held: a cut by the share refused; twice in 90 s: somebody shares it. */
static void cuts(void **state)
{
    (void)state;
    static const struct {
        uint64_t later_ns; /* the second cut */
        bool contended;
        double ease;
    } cases[] = {
        {10 * SECOND, true, 0.5}, {15 * SECOND - 1, true, 0.5},
        {15 * SECOND, true, 1},   {20 * SECOND, true, 1},
        {89 * SECOND, true, 1},   {91 * SECOND, false, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000);
        uint64_t now = window(&adapt, 800, 80, EPOCH);
        assert_near(adapt.estimate, 900 * 0.9);
        assert_false(adapt.contended);
        uint64_t cut = now;
        now = cut + cases[i].later_ns - SECOND;
        now = window(&adapt, 700, 70, now);
        assert_int_equal(adapt.contended, cases[i].contended);
        assert_near(adapt.estimate, 810 * 0.9 * (cases[i].contended ? 0.9 : 1));
        assert_near(adapt.ease, cases[i].ease);
        assert_near(adapt.cut_estimate, adapt.estimate);
        assert_int_equal(adapt.phase, ADAPT_HOLD);
    }
    /* a third so soon eases more, down to an eighth */
    struct adapt adapt = begin(0, 1000);
    uint64_t now = EPOCH;
    static const double eases[] = {1, 0.5, 0.25, 0.125, 0.125};
    for (size_t i = 0; i < COUNT_OF(eases); i++) {
        now = window(&adapt, 800, 80, now);
        assert_near(adapt.ease, eases[i]);
    }
    now += 15 * SECOND;
    now = window(&adapt, 800, 80, now);
    assert_near(adapt.ease, 0.25);
}

/* Which windows are a reason to cut: more than 0.6 %, and two. */
static void forgives_few(void **state)
{
    (void)state;
    static const struct {
        unsigned sent;
        unsigned refused;
        bool cut;
    } cases[] = {
        {100, 1, false}, {100, 2, true},   {7, 3, false},   {8, 2, true},
        {900, 5, false}, {1000, 6, false}, {1000, 7, true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000);
        (void)window(&adapt, cases[i].sent, cases[i].refused, EPOCH);
        double share = 1.0 * cases[i].refused / cases[i].sent;
        assert_near(adapt.estimate, cases[i].cut ? 900 * (1 - share) : 900);
    }
}

/* The echo of our own probe proves nobody else. */
static void knows_its_own_echo(void **state)
{
    (void)state;
    for (int late = 0; late <= 1; late++) {
        struct adapt adapt = begin(0, 1000);
        uint64_t now = window(&adapt, 800, 80, EPOCH);
        adapt.probed_ns = now + SECOND - (4 + 2) * SECOND + !late;
        (void)window(&adapt, 700, 70, now);
        assert_int_equal(adapt.contended, late);
        assert_near(adapt.estimate, 900 * 0.81 * (late ? 0.9 : 1));
        assert_int_equal(adapt.cut_ns, late ? now + SECOND : now);
    }
}

/* Contended: a little each clean window, until half as much again. */
static void grows_beside_others(void **state)
{
    (void)state;
    for (int stated = 0; stated <= 1000; stated += 1000) {
        struct adapt adapt = begin(stated, 1000);
        adapt_hold(&adapt, 400, EPOCH);
        adapt.contended = true;
        adapt.cut_estimate = 400;
        adapt.ease = 0.5;
        double step = stated ? 0.004 * 1000 : 0.5 * sqrt(400);
        uint64_t now = window(&adapt, 100, 0, EPOCH); /* hardly used */
        assert_near(adapt.estimate, 400);
        now = window(&adapt, 394, 0, now);
        assert_near(adapt.estimate, 400 + step / 2);
        adapt_hold(&adapt, 600, now);
        now = window(&adapt, 594, 0, now);
        assert_true(adapt.contended);
        adapt_hold(&adapt, 601, now);
        uint32_t tag = adapt.tag;
        now = window(&adapt, 594, 0, now);
        assert_false(adapt.contended);
        assert_near(adapt.estimate, 601);
        assert_int_equal(adapt.probed_ns, now);
        assert_int_equal(adapt.decided, tag + 2);
    }
}

/* Quiet for 4 s and 500 requests: probes of 3, 6 and 12 %, then anew. */
static void probes_upwards(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 1000 / 0.9);
    uint64_t now = EPOCH;
    double estimate = 1000;
    assert_int_equal(adapt.probe_due_ns, EPOCH + 4 * SECOND);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(adapt.phase, ADAPT_HOLD);
        now = window(&adapt, 980, 0, now);
    }
    static const double steps[] = {0.03, 0.06, 0.12};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        assert_int_equal(adapt.phase, ADAPT_PROBE);
        assert_int_equal(adapt.probed_ns, now);
        assert_near(adapt_rate(&adapt), estimate * (1 + steps[i]));
        estimate *= 1 + steps[i];
        now = window(&adapt, (unsigned)estimate, 0, now);
        if (i == 2)
            break;
        assert_int_equal(adapt.phase, ADAPT_HOLD);
        assert_near(adapt.estimate, estimate);
        assert_int_equal(adapt.probe_due_ns, now + SECOND);
        now = window(&adapt, (unsigned)estimate, 0, now);
    }
    assert_int_equal(adapt.phase, ADAPT_START);
    assert_near(adapt_rate(&adapt), estimate * 1.5);
    assert_near(adapt.step, 0.03);
}

/* A probe that was refused: hold what was accepted, and wait for longer. */
static void probes_in_vain(void **state)
{
    (void)state;
    static const struct {
        unsigned sent; /* at 1030/s */
        unsigned refused;
        double estimate;
        uint64_t quiet_ns;
    } cases[] = {
        {1000, 10, 1030 * 0.99, 8 * SECOND},
        {1000, 41, 1030 * 0.959, 8 * SECOND},
        {400, 40, 1030 * 0.9, 8 * SECOND},
        {100, 40, 900, 8 * SECOND},  /* no more than a tenth */
        {1000, 9, 1030, 4 * SECOND}, /* not saturated */
        {700, 0, 1000, 4 * SECOND},  /* idle */
        {7, 3, 1000, 4 * SECOND},    /* too few: still under way */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000 / 0.9);
        adapt_enter(&adapt, ADAPT_PROBE, 1030, EPOCH);
        uint64_t now = window(&adapt, cases[i].sent, cases[i].refused, EPOCH);
        assert_near(adapt.estimate, cases[i].estimate);
        assert_int_equal(adapt.quiet_ns, cases[i].quiet_ns);
        if (cases[i].sent > 7)
            assert_int_equal(adapt.phase, ADAPT_HOLD);
        if (cases[i].quiet_ns == 8 * SECOND)
            assert_int_equal(adapt.probe_due_ns, now + 8 * SECOND);
    }
    struct adapt adapt = begin(0, 1000 / 0.9);
    uint64_t now = EPOCH;
    static const unsigned quiet_s[] = {8, 16, 32, 60, 60};
    for (size_t i = 0; i < COUNT_OF(quiet_s); i++) {
        adapt.step = 0.06;
        adapt_enter(&adapt, ADAPT_PROBE, 1030, now);
        now = window(&adapt, 1000, 40, now);
        assert_int_equal(adapt.quiet_ns, quiet_s[i] * SECOND);
        assert_near(adapt.step, 0.03);
    }
    adapt.quiet_ns = 25 * SECOND;
    adapt_enter(&adapt, ADAPT_PROBE, 1030, now);
    now = window(&adapt, 1000, 40, now);
    assert_int_equal(adapt.quiet_ns, 50 * SECOND);
    adapt.quiet_ns = 60 * SECOND;
    now = window(&adapt, 900, 90, now); /* a cut makes it shorter again */
    assert_int_equal(adapt.quiet_ns, 30 * SECOND);
    adapt.quiet_ns = 7 * SECOND;
    (void)window(&adapt, 900, 90, now);
    assert_int_equal(adapt.quiet_ns, 4 * SECOND);
}

/* 4 % of what the window will have, or three: it does not wait for its end. */
static void ends_a_probe_early(void **state)
{
    (void)state;
    static const struct {
        unsigned refused; /* that are not enough */
        double least;     /* the estimate before */
        double rate;
        double estimate; /* after one more, of 500 or 50 answers */
    } cases[] = {{41, 900, 1030, 1030 * (1 - 42.0 / 500)},
                 {41, 1000, 1030, 1000},
                 {2, 9, 10.5, 10.5 * (1 - 3.0 / 50)}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 0);
        unsigned answers = cases[i].rate > 100 ? 499 : 49;
        adapt.estimate = cases[i].least;
        adapt.step = 0.06;
        adapt_enter(&adapt, ADAPT_PROBE, cases[i].rate, EPOCH);
        answer(&adapt, answers, cases[i].refused, EPOCH);
        assert_int_equal(adapt.phase, ADAPT_PROBE);
        answer(&adapt, 1, 1, EPOCH);
        assert_int_equal(adapt.phase, ADAPT_HOLD);
        assert_near(adapt.estimate, cases[i].estimate);
        assert_int_equal(adapt.quiet_ns, 8 * SECOND);
        assert_near(adapt.step, 0.03);
    }
}

/* One in a hundred is forgiven; again and again it is not. */
static void hears_single_refusals_drip(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 1000);
    uint64_t now = EPOCH;
    for (int round = 0; round < 2; round++) {
        double estimate = adapt.estimate;
        now = window(&adapt, 100, 1, now + 200 * SECOND);
        adapt.phase = ADAPT_HOLD;
        now = window(&adapt, 100, 1, now);
        assert_near(adapt.estimate, estimate);
        now = window(&adapt, 100, 0, now);
        assert_near(adapt.estimate, estimate);
        now = window(&adapt, 100, 1, now);
        assert_near(adapt.estimate, estimate);
        now = window(&adapt, 100, 1, now);
        assert_near(adapt.estimate, estimate * 0.99);
    }
    /* half a percent of all that were judged is no drip */
    adapt = begin(0, 1000);
    for (int i = 0; i < 20; i++)
        now = window(&adapt, 600, 3, now);
    assert_near(adapt.estimate, 900);
}

/* When the next probe is due: quiet time, 500 requests, a lost quota. */
static void waits_before_a_probe(void **state)
{
    (void)state;
    static const struct {
        double estimate; /* the best was 1000 */
        uint64_t quiet_ns;
        uint64_t due_ns;
    } cases[] = {
        {1000, 4 * SECOND, 4 * SECOND}, {1000, 60 * SECOND, 60 * SECOND},
        {250, 4 * SECOND, 4 * SECOND},  {250, 32 * SECOND, 32 * SECOND},
        {249, 32 * SECOND, 8 * SECOND}, {100, 4 * SECOND, 5 * SECOND},
        {50, 4 * SECOND, 8 * SECOND},   {1, 60 * SECOND, 8 * SECOND},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000 / 0.9);
        adapt.quiet_ns = cases[i].quiet_ns;
        adapt_hold(&adapt, cases[i].estimate, EPOCH);
        assert_int_equal(adapt.probe_due_ns, EPOCH + cases[i].due_ns);
        assert_near(adapt.best, 1000);
    }
    struct adapt adapt = begin(0, 10); /* never better: a minute */
    assert_int_equal(adapt.probe_due_ns, EPOCH + 500 * SECOND / 9);
    adapt = begin(0, 1);
    assert_int_equal(adapt.probe_due_ns, EPOCH + 60 * SECOND);
}

/* At least 1.5 requests more than before in the window, and never above the
 * cap, where there is nothing to be found. */
static void probes_by_a_request(void **state)
{
    (void)state;
    struct adapt adapt = begin(0, 10 / 0.9);
    assert_near(adapt.estimate, 10);
    assert_int_equal(adapt.window_ns, 3 * SECOND);
    adapt.probe_due_ns = EPOCH;
    (void)window(&adapt, 30, 0, EPOCH);
    assert_int_equal(adapt.phase, ADAPT_PROBE);
    assert_near(adapt_rate(&adapt), 10 * (1 + 1.5 / 30));
    adapt = begin(1000, 0);
    adapt.probe_due_ns = EPOCH;
    (void)window(&adapt, 1000, 0, EPOCH);
    assert_int_equal(adapt.phase, ADAPT_HOLD);
    assert_near(adapt_rate(&adapt), 995);
}

/* How long a window is: 25 requests, a second at least, ten at most; but
 * nine requests however slow it is. */
static void sizes_its_windows(void **state)
{
    (void)state;
    static const struct {
        enum adapt_phase phase;
        double rate;
        double window_s;
    } cases[] = {
        {ADAPT_HOLD, 1000, 1},  {ADAPT_HOLD, 25, 1},    {ADAPT_HOLD, 24, 2},
        {ADAPT_HOLD, 10, 3},    {ADAPT_CLIMB, 3, 9},    {ADAPT_HOLD, 2.5, 10},
        {ADAPT_HOLD, 1, 10},    {ADAPT_HOLD, 0.5, 18},  {ADAPT_START, 20, 0.5},
        {ADAPT_START, 18, 0.5}, {ADAPT_START, 10, 0.9},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 0);
        adapt_enter(&adapt, cases[i].phase, cases[i].rate, EPOCH);
        assert_near((double)adapt.window_ns / 1e9, cases[i].window_s);
    }
}

/* Held, and accepted and refused come mixed for 0.2 s: far too fast. */
static void sees_gross_excess(void **state)
{
    (void)state;
    static const struct {
        unsigned refused; /* in a row, at first; then mixed */
        unsigned mixed;
        uint64_t after_ns;
        double estimate; /* of 1000 */
    } cases[] = {
        {15, 15, 200 * MS, 0.985 * 500}, {15, 15, 200 * MS - 1, 1000},
        {14, 15, 200 * MS, 1000}, /* 29 answers */
        {12, 18, 200 * MS, 0.985 * 600}, {11, 19, 200 * MS, 1000}, /* 37 % */
        {26, 4, 200 * MS, 1000}, /* an outage */
        {25, 5, 200 * MS, 250},  /* by no more than to a quarter */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(0, 1000 / 0.9);
        adapt.quiet_ns = 60 * SECOND;
        adapt.step = 0.06;
        for (unsigned k = 1; k < cases[i].refused; k++) {
            adapt.run = 0;
            answer(&adapt, 1, 1, EPOCH);
        }
        uint64_t now = EPOCH + cases[i].after_ns;
        answer(&adapt, cases[i].mixed, 0, now);
        assert_near(adapt.estimate, 1000);
        answer(&adapt, 1, 1, now);
        assert_near(adapt.estimate, cases[i].estimate);
        bool cut = cases[i].estimate < 1000;
        assert_int_equal(adapt.quiet_ns, (cut ? 4 : 60) * SECOND);
        assert_near(adapt.step, cut ? 0.03 : 0.06);
        assert_int_equal(adapt.probed_ns, cut ? now : 0);
    }
}

/* A run: ten, or 5 % of a second's requests; older windows count but once. */
static void counts_runs(void **state)
{
    (void)state;
    static const struct {
        double rate;
        int run;
    } cases[] = {{100, 10}, {200, 10}, {220, 11}, {1000, 50}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct adapt adapt = begin(cases[i].rate, 0);
        for (int k = 0; k < cases[i].run; k++) {
            assert_false(adapt_trickling(&adapt));
            refuse(&adapt, adapt_sent(&adapt), 0.5, 0, EPOCH);
        }
        assert_true(adapt_trickling(&adapt));
    }
    /* of the window before the last decision they count, of older ones not */
    for (int age = 1; age <= 2; age++) {
        struct adapt adapt = begin(100, 0);
        uint32_t tag = adapt_sent(&adapt);
        for (int k = 0; k < age; k++)
            adapt_enter(&adapt, ADAPT_HOLD, 100, EPOCH);
        for (int k = 0; k < 10; k++)
            refuse(&adapt, tag, 0.5, 0, EPOCH);
        assert_int_equal(adapt_trickling(&adapt), age == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saturation_and_fullness),
        cmocka_unit_test(counts_accepts_of_a_second),
        cmocka_unit_test(stops_a_lasting_loss),
        cmocka_unit_test(halves_the_estimate),
        cmocka_unit_test(gives_up_at_the_floor),
        cmocka_unit_test(waits_for_the_slower_answers),
        cmocka_unit_test(tells_its_estimate),
        cmocka_unit_test(goes_on_after_a_stop),
        cmocka_unit_test(has_a_first_stop),
        cmocka_unit_test(starts),
        cmocka_unit_test(climbs),
        cmocka_unit_test(climbs_down_at_once),
        cmocka_unit_test(cuts),
        cmocka_unit_test(forgives_few),
        cmocka_unit_test(knows_its_own_echo),
        cmocka_unit_test(grows_beside_others),
        cmocka_unit_test(probes_upwards),
        cmocka_unit_test(probes_in_vain),
        cmocka_unit_test(ends_a_probe_early),
        cmocka_unit_test(hears_single_refusals_drip),
        cmocka_unit_test(waits_before_a_probe),
        cmocka_unit_test(probes_by_a_request),
        cmocka_unit_test(sizes_its_windows),
        cmocka_unit_test(sees_gross_excess),
        cmocka_unit_test(counts_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

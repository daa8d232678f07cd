/*
 * Conditions: what is one, and when it holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fail_if.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct stats fleet = {
    .rows = 1000,
    .online = 900,
    .offline = 50,
    .errors =
        {[QUERY_ANSWERED] = 950, [QUERY_TIMEOUT] = 48, [QUERY_BAD_ROW] = 2},
};

static void test_holds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool holds;
    } cases[] = {
        {"error>0", true},
        {"error>50", false},
        {"error>=50", true},
        {"error>49", true},
        {"error<51", true},
        {"error<50", false},
        {"error<=50", true},
        {"online<90%", false},
        {"online<=90%", true},
        {"online<90.1%", true},
        {"offline>5%", false},
        {"offline>=5%", true},
        {"offline>4.9%", true},
        {"timeout>10", true},
        {"timeout>48", false},
        {"bad_row>=2", true},
        {"not_attempted>0", false},
        {"online>1k", false},
        {"offline<1k", true},
        {"error>99,online<1000", true},
        {"error>99,online<5", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (!fail_if_valid(cases[i].text) ||
            fail_if_any(cases[i].text, &fleet) != cases[i].holds)
            fail_msg("%s", cases[i].text);
    }
    assert_false(fail_if_any(NULL, &fleet));
}

/* Of no rows every share is 0 %. */
static void test_no_rows(void **state)
{
    (void)state;
    static const struct stats none = {0};
    assert_true(fail_if_any("online<90%", &none));
    assert_false(fail_if_any("offline>5%", &none));
    assert_false(fail_if_any("error>0", &none));
}

static void test_invalid(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        ",",
        "error",
        "error>",
        "error>=",
        ">5",
        "error=5",
        "error>>5",
        "error>5%%",
        "error>101%",
        "error>-1",
        "error>1e3",
        "error> 5",
        " error>5",
        "Error>5",
        "errors>5",
        "error>5,",
        ",error>5",
        "error>5,,online<1",
        "error>5;online<1",
        "error>1.5",
        "error>0x5",
        "error>%",
        "error>1k%",
        "error>12345678901234567890123456",
        "error<>5",
        "online<90%x",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (fail_if_valid(cases[i]))
            fail_msg("%s", cases[i]);
    }
}

static void test_walk(void **state)
{
    (void)state;
    const char *text = "timeout>10,offline<=2.5%";
    struct fail_if condition;
    assert_int_equal(fail_if_next(&text, &condition), 1);
    assert_memory_equal(condition.text, "timeout>10", condition.len);
    assert_int_equal(fail_if_count(&condition, &fleet), 48);
    assert_int_equal(fail_if_next(&text, &condition), 1);
    assert_int_equal(condition.len, 13);
    assert_true(condition.share && condition.below && condition.equal);
    assert_int_equal(fail_if_next(&text, &condition), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

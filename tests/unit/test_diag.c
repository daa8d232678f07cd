/*
 * Diagnostics: levels, what they return, and text made harmless.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "utf8.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

enum {
    SAID_BYTES = 65536
};

static char said[SAID_BYTES];

/* Standard error becomes a file. */
static int listen_start(void)
{
    int saved = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    assert_true(saved >= 0 && file);
    assert_int_equal(dup2(fileno(file), STDERR_FILENO), STDERR_FILENO);
    assert_int_equal(fclose(file), 0);
    return saved;
}

static const char *listen_stop(int saved)
{
    ssize_t got = pread(STDERR_FILENO, said, SAID_BYTES - 1, 0);
    said[got > 0 ? got : 0] = '\0';
    assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
    assert_int_equal(close(saved), 0);
    return said;
}

static void say_everything(void)
{
    assert_int_equal(diag_error("e%d", 1), -1);
    assert_int_equal(diag_fail(STATUS_IO, "f%d", 2), STATUS_IO);
    diag_warn("w%d", 3);
    diag_note("n%d", 4);
    diag_debug("d%d", 5);
}

static void test_levels(void **state)
{
    static const struct {
        enum diag_level level;
        const char *said;
    } cases[] = {
        {DIAG_QUIET, "x: e1\nx: f2\n"},
        {DIAG_NORMAL, "x: e1\nx: f2\nx: w3\n"},
        {DIAG_VERBOSE, "x: e1\nx: f2\nx: w3\nx: n4\nx: d5\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int saved = listen_start();
        diag_setup("x", cases[i].level);
        say_everything();
        assert_string_equal(listen_stop(saved), cases[i].said);
        assert_int_equal(diag_verbose(), cases[i].level == DIAG_VERBOSE);
    }
}

/* Notes are for people: shown on a terminal unless -q. */
static void test_terminal(void **state)
{
    static const enum diag_level levels[] = {DIAG_QUIET, DIAG_NORMAL,
                                             DIAG_VERBOSE};
    bool shown[3];
    int master = -1;
    int slave = -1;
    (void)state;
    assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
    int saved = dup(STDERR_FILENO);
    assert_int_equal(dup2(slave, STDERR_FILENO), STDERR_FILENO);
    for (size_t i = 0; i < 3; i++) {
        diag_setup("x", levels[i]);
        shown[i] = diag_notes_shown();
    }
    assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
    (void)close(saved);
    (void)close(slave);
    (void)close(master);
    assert_false(shown[0]);
    assert_true(shown[1]);
    assert_true(shown[2]);
}

static void test_clean(void **state)
{
    static const struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"plain", "plain"},
        {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
         "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
        {"a\nb\rc\td", "a\\x0ab\\x0dc\\x09d"},
        {"\x1b[31m", "\\x1b[31m"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b", "\\xc2\\x9b"},          /* C1 */
        {"\xff\x80", "\\xff\\x80"},          /* malformed */
        {"\xd8\x9c", "\\xd8\\x9c"},          /* U+061C, bidi mark */
        {"\xe2\x80\xae", "\\xe2\\x80\\xae"}, /* U+202E, bidi override */
        {"\xe2\x81\xa6", "\\xe2\\x81\\xa6"}, /* U+2066, bidi isolate */
        {"\xe2\x80\x8b", "\\xe2\\x80\\x8b"}, /* U+200B, no width */
        {"\xef\xbb\xbf", "\\xef\\xbb\\xbf"}, /* U+FEFF */
        {"", ""},
    };
    (void)state;
    diag_setup("mqstat", DIAG_NORMAL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char wanted[128];
        int saved = listen_start();
        (void)diag_error("<%s>", cases[i].text);
        (void)snprintf(wanted, sizeof wanted, "mqstat: <%s>\n", cases[i].shown);
        assert_string_equal(listen_stop(saved), wanted);
    }
}

/* However long: one line, whole, printable, within bounds. */
static void test_long(void **state)
{
    static const char *const units[] = {
        "x", "\x1b", "\xc2\x9b", "\xe2\x80\xae", "\xff", "\xf0\x9f\x98\x80"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(units) * 20; i++) {
        char text[10000] = "";
        size_t unit = strlen(units[i / 20]);
        size_t len = i % 20;
        memset(text, 'a', len);
        for (; len + unit < sizeof text; len += unit)
            memcpy(text + len, units[i / 20], unit);
        int saved = listen_start();
        (void)diag_error("%s", text);
        len = strlen(listen_stop(saved));
        assert_true(len > 4000 && len < 4500);
        assert_ptr_equal(strchr(said, '\n'), said + len - 1);
        for (size_t at = 0; at + 1 < len; at++)
            assert_true((unsigned char)said[at] >= 0x20);
        assert_true(utf8_valid(said, len));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

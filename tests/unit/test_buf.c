/*
 * Buffers: growth, the maximum, and text made valid UTF-8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "buf.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define BYTES(text)     text, sizeof(text) - 1

static void assert_holds(const struct buf *buf, const char *text)
{
    assert_int_equal(buf->len, strlen(text));
    assert_memory_equal(buf->data, text, buf->len);
}

static void test_append(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 1000);
    assert_int_equal(buf_append(&buf, "ab", 2), 0);
    assert_int_equal(buf_append(&buf, NULL, 0), 0);
    assert_int_equal(buf_putc(&buf, 'c'), 0);
    assert_int_equal(buf_puts(&buf, "def"), 0);
    assert_int_equal(buf_puts(&buf, ""), 0);
    assert_int_equal(buf_printf(&buf, "%d-%s", 42, "x"), 0);
    assert_holds(&buf, "abcdef42-x");
    buf_consume(&buf, 3);
    assert_holds(&buf, "def42-x");
    buf_consume(&buf, 0);
    buf_consume(&buf, 7);
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

/* In steady use nothing is allocated. */
static void test_clear_keeps_memory(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 1000);
    assert_int_equal(buf_puts(&buf, "some text"), 0);
    const char *data = buf.data;
    buf_clear(&buf);
    assert_int_equal(buf_puts(&buf, "other"), 0);
    assert_ptr_equal(buf.data, data);
    assert_holds(&buf, "other");
    buf_release(&buf);
}

static void test_empty(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_clear(&buf);
    buf_consume(&buf, 0);
    assert_int_equal(buf_putc(&buf, 'x'), -1);
    assert_int_equal(buf_puts(&buf, ""), 0);
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
    buf_release(&buf);
}

/* Up to the maximum everything goes; beyond it nothing changes. */
static void test_maximum(void **state)
{
    static const size_t maxima[] = {1, 5, 63, 64, 65, 1000};
    static char text[1001];
    (void)state;
    memset(text, 'x', 1000);
    for (size_t i = 0; i < COUNT_OF(maxima); i++) {
        struct buf buf;
        size_t max = maxima[i];
        buf_init(&buf, max);
        assert_int_equal(buf_append(&buf, text, max + 1 - (max == 1000)),
                         max == 1000 ? 0 : -1);
        assert_int_equal(buf.len, max == 1000 ? 1000 : 0);
        buf_clear(&buf);
        assert_int_equal(buf_append(&buf, text, max - 1), 0);
        assert_int_equal(buf_puts(&buf, "yz"), -1);
        assert_int_equal(buf_append_utf8(&buf, "yz", 2), -1);
        assert_int_equal(buf_append_utf8(&buf, "\0", 1), -1);
        assert_int_equal(buf_printf(&buf, "%d", 42), -1);
        assert_null(buf_reserve(&buf, 2));
        assert_null(buf_reserve(&buf, SIZE_MAX));
        assert_int_equal(buf.len, max - 1);
        assert_int_equal(buf_putc(&buf, 'y'), 0);
        assert_int_equal(buf_putc(&buf, 'z'), -1);
        assert_int_equal(buf.len, max);
        assert_true(buf.cap <= max);
        assert_true(buf.data[max - 1] == 'y');
        buf_release(&buf);
    }
}

static void test_printf_fills_it(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 4);
    assert_int_equal(buf_printf(&buf, "%s", "abcd"), 0);
    assert_holds(&buf, "abcd");
    assert_int_equal(buf_printf(&buf, "%s", ""), 0);
    assert_int_equal(buf_printf(&buf, "%s", "e"), -1);
    assert_holds(&buf, "abcd");
    buf_release(&buf);
}

static void test_growth(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buf_putc(&buf, (char)('a' + i % 26)), 0);
    assert_int_equal(buf_putc(&buf, 'x'), -1);
    for (int i = 0; i < 100000; i++)
        assert_true(buf.data[i] == (char)('a' + i % 26));
    buf_release(&buf);
}

static void test_utf8(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        const char *wanted;
    } cases[] = {
        {BYTES(""), ""},
        {BYTES("plain"), "plain"},
        {BYTES("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"),
         "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
        {BYTES("a\0b"), "a\xef\xbf\xbd"
                        "b"},
        {BYTES("\xff"), "\xef\xbf\xbd"},
        {BYTES("\xe2\x82x"), "\xef\xbf\xbd\xef\xbf\xbdx"},
        {BYTES("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {BYTES("\xc3"), "\xef\xbf\xbd"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf buf;
        buf_init(&buf, 1000);
        assert_int_equal(buf_append_utf8(&buf, cases[i].text, cases[i].len), 0);
        if (cases[i].len > 0)
            assert_holds(&buf, cases[i].wanted);
        buf_release(&buf);
    }
}

/* An append that does not fit whole leaves no part behind. */
static void test_utf8_is_whole_or_nothing(void **state)
{
    struct buf buf;
    (void)state;
    buf_init(&buf, 4);
    assert_int_equal(buf_append_utf8(&buf, "ab\xff", 3), -1);
    assert_int_equal(buf.len, 0);
    assert_int_equal(buf_append_utf8(&buf, "a\xff", 2), 0);
    assert_holds(&buf, "a\xef\xbf\xbd");
    buf_release(&buf);
}

static void test_clean(void **state)
{
    static const char good[] = "a\xc3\xa4";
    struct buf scratch = {0};
    const char *text = good;
    size_t len = 3;
    (void)state;
    buf_clean(&scratch, &text, &len);
    assert_ptr_equal(text, good);
    assert_int_equal(len, 3);
    assert_null(scratch.data);
    for (size_t i = 0; i < 2; i++) { /* a second time with what it holds */
        text = "\0\xff" + i;
        len = 2 - i;
        buf_clean(&scratch, &text, &len);
        assert_ptr_equal(text, scratch.data);
        assert_int_equal(len, 3 * (2 - i));
        assert_memory_equal(text, "\xef\xbf\xbd\xef\xbf\xbd", len);
    }
    buf_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_clear_keeps_memory),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_maximum),
        cmocka_unit_test(test_printf_fills_it),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_utf8_is_whole_or_nothing),
        cmocka_unit_test(test_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * UTF-8: every code point, every pair of bytes, and the classic traps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "utf8.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define BYTES(text)     text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t len;
    bool valid;
} cases[] = {
    {BYTES(""), true},
    {BYTES("plain"), true},
    {BYTES("a\0b"), true},
    {BYTES("12345678\xff"), false},
    {BYTES("1234567\xff"), false},
    {BYTES("\xff"
           "12345678"),
     false},
    {BYTES("1234567\xc3\xa4"), true},
    {BYTES("1234567\xc3"), false},
    {BYTES("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"), true},
    {BYTES("\x80"), false},
    {BYTES("\xc0\x80"), false},         /* U+0000, overlong */
    {BYTES("\xc1\xbf"), false},         /* U+007F, overlong */
    {BYTES("\xe0\x9f\xbf"), false},     /* U+07FF, overlong */
    {BYTES("\xe0\xa0\x80"), true},      /* U+0800 */
    {BYTES("\xed\x9f\xbf"), true},      /* U+D7FF */
    {BYTES("\xed\xa0\x80"), false},     /* U+D800, a surrogate */
    {BYTES("\xed\xbf\xbf"), false},     /* U+DFFF */
    {BYTES("\xee\x80\x80"), true},      /* U+E000 */
    {BYTES("\xef\xbf\xbf"), true},      /* U+FFFF */
    {BYTES("\xf0\x8f\xbf\xbf"), false}, /* U+FFFF, overlong */
    {BYTES("\xf0\x90\x80\x80"), true},  /* U+10000 */
    {BYTES("\xf4\x8f\xbf\xbf"), true},  /* U+10FFFF */
    {BYTES("\xf4\x90\x80\x80"), false}, /* U+110000 */
    {BYTES("\xf5\x80\x80\x80"), false},
    {BYTES("\xe2\x82"), false},
    {BYTES("\xe2\x82\x41"), false},
    {BYTES("\xf0\x9f\x98"), false},
};

static void test_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (utf8_valid(cases[i].bytes, cases[i].len) != cases[i].valid)
            fail_msg("case %zu", i);
    }
}

/* Encodes a code point, by the table of RFC 3629 section 3. */
static size_t encode(uint32_t code, char out[4])
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(leads[len] | code);
    return len;
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x120000; code++) {
        char text[5] = {0};
        uint32_t got = 0;
        size_t len = encode(code, text);
        bool right = code < 0x110000 && !(code >= 0xd800 && code < 0xe000);
        size_t used = utf8_decode(text, len, &got);
        if (used != (right ? len : 0) || (right && got != code))
            fail_msg("U+%04X", (unsigned)code);
        if (right && len > 1 && utf8_decode(text, len - 1, NULL) != 0)
            fail_msg("U+%04X, cut", (unsigned)code);
    }
}

static void test_every_pair(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char text[2] = {(char)(pair >> 8), (char)(pair & 0xff)};
        bool ascii = pair < 0x8000 && (pair & 0xff) < 0x80;
        bool two = pair >> 8 >= 0xc2 && pair >> 8 <= 0xdf &&
                   (pair & 0xc0) == 0x80;
        if (utf8_valid(text, 2) != (ascii || two))
            fail_msg("%04x", pair);
    }
}

static void test_nothing(void **state)
{
    uint32_t code = 7;
    (void)state;
    assert_int_equal(utf8_decode("", 0, &code), 0);
    assert_int_equal(utf8_decode("\xff", 1, &code), 0);
    assert_int_equal(code, 7);
    assert_int_equal(utf8_decode("\0", 1, &code), 1);
    assert_int_equal(code, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_every_pair),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Which ids can be asked for, and how each byte of them is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query.h"
#include "url.h"

#define BYTES(text) text, sizeof(text) - 1

static void tells_which_ids_are_valid(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        size_t len;
        bool valid;
    } cases[] = {
        {BYTES("VIN0000001"), true},
        {BYTES("306520284186458"), true},
        {BYTES("a"), true},
        {BYTES(" "), true},
        {BYTES("\t\r\n"), true},
        {BYTES("\x7f"), true},
        {BYTES("a/b?c#d%e"), true},
        {BYTES("%2e%2e"), true},
        {BYTES("..."), true},
        {BYTES(".a"), true},
        {BYTES("a."), true},
        {BYTES("./"), true},
        {BYTES("../x"), true},
        {BYTES("\xc3\xa9"), true},
        {BYTES("\xef\xbb\xbfid"), true}, /* U+FEFF is part of the id */
        {BYTES("\xf0\x9f\x98\x80"), true},
        {BYTES("\xf4\x8f\xbf\xbf"), true}, /* U+10FFFF */
        {BYTES("\xef\xbf\xbf"), true},     /* a noncharacter is UTF-8 */
        {BYTES(""), false},
        {BYTES("."), false},
        {BYTES(".."), false},
        {BYTES("\0"), false},
        {BYTES("a\0b"), false},
        {BYTES("a\0"), false},
        {BYTES("\x80"), false},
        {BYTES("\xff"), false},
        {BYTES("a\xc3"), false},
        {BYTES("\xc0\x80"), false},         /* U+0000, overlong */
        {BYTES("\xc1\xbf"), false},         /* overlong */
        {BYTES("\xe0\x80\xaf"), false},     /* overlong */
        {BYTES("\xf0\x80\x80\xaf"), false}, /* overlong */
        {BYTES("\xed\xa0\x80"), false},     /* surrogates */
        {BYTES("\xed\xbf\xbf"), false},
        {BYTES("\xf4\x90\x80\x80"), false}, /* above U+10FFFF */
        {BYTES("\xf8\x88\x80\x80\x80"), false},
        {BYTES("caf\xe9"), false}, /* Latin-1 */
        {BYTES("\xff\xfeI\0D\0"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (url_id_valid(cases[i].id, cases[i].len) != cases[i].valid)
            fail_msg("case %zu: \"%s\"", i, cases[i].id);
}

static void writes_paths(void **state)
{
    (void)state;
    static const struct {
        const char *prefix;
        const char *id;
        size_t len;
        const char *path;
    } cases[] = {
        {"", BYTES("VIN1"), "/client-id/VIN1/status"},
        {"/api/v1", BYTES("VIN1"), "/api/v1/client-id/VIN1/status"},
        {"", BYTES("a b"), "/client-id/a%20b/status"},
        {"", BYTES("a/b"), "/client-id/a%2Fb/status"},
        {"", BYTES("a?b#c"), "/client-id/a%3Fb%23c/status"},
        {"", BYTES("%2e"), "/client-id/%252e/status"},
        {"", BYTES("..."), "/client-id/.../status"},
        {"", BYTES("\xc3\xa9"), "/client-id/%C3%A9/status"},
        {"", BYTES("\xf0\x9f\x98\x80"), "/client-id/%F0%9F%98%80/status"},
        {"", BYTES("x\r\nHost: y"), "/client-id/x%0D%0AHost%3A%20y/status"},
        {"", BYTES("a\0b"), "/client-id/a%00b/status"},
        {"", BYTES("+&=;,@"), "/client-id/%2B%26%3D%3B%2C%40/status"},
        {"", BYTES("-._~"), "/client-id/-._~/status"},
    };
    struct buf path;
    buf_init(&path, 1024);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            url_path(&path, cases[i].prefix, cases[i].id, cases[i].len), 0);
        assert_string_equal(path.data, cases[i].path);
        assert_int_equal(path.len, strlen(cases[i].path));
    }
    buf_release(&path);
}

/* RFC 3986 section 2.3, byte by byte. */
static void writes_every_byte(void **state)
{
    (void)state;
    struct buf path;
    buf_init(&path, 1024);
    for (int byte = 0; byte < 256; byte++) {
        bool plain = byte > 0 && byte < 128 &&
                     strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "abcdefghijklmnopqrstuvwxyz0123456789-._~",
                            byte);
        char want[64];
        (void)snprintf(want, sizeof want,
                       plain ? "/client-id/%c/status"
                             : "/client-id/%%%02X/status",
                       (unsigned)byte);
        char id = (char)byte;
        assert_int_equal(url_path(&path, "", &id, 1), 0);
        assert_string_equal(path.data, want);
    }
    buf_release(&path);
}

static void takes_the_longest_id(void **state)
{
    (void)state;
    static char id[QUERY_ID_MAX_BYTES + 1];
    static const struct {
        char byte;
        size_t step;
    } cases[] = {{'a', 1}, {'/', 3}};
    struct buf path;
    buf_init(&path, 4 * QUERY_ID_MAX_BYTES);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memset(id, cases[i].byte, sizeof id);
        assert_true(url_id_valid(id, QUERY_ID_MAX_BYTES));
        assert_false(url_id_valid(id, QUERY_ID_MAX_BYTES + 1));
        assert_int_equal(url_path(&path, "/p", id, QUERY_ID_MAX_BYTES), 0);
        assert_int_equal(path.len, strlen("/p/client-id//status") +
                                       cases[i].step * QUERY_ID_MAX_BYTES);
        assert_string_equal(path.data + path.len - 7, "/status");
    }
    buf_release(&path);
}

static void keeps_to_the_maximum(void **state)
{
    (void)state;
    const size_t len = strlen("/client-id/%2F/status");
    for (size_t max = 1; max < len + 4; max++) {
        struct buf path;
        buf_init(&path, max);
        int failed = url_path(&path, "", "/", 1);
        assert_int_equal(failed, max >= len + 1 ? 0 : -1);
        buf_release(&path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_which_ids_are_valid),
        cmocka_unit_test(writes_paths),
        cmocka_unit_test(writes_every_byte),
        cmocka_unit_test(takes_the_longest_id),
        cmocka_unit_test(keeps_to_the_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

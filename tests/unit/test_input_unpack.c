/*
 * gzip and zstd in the smallest pieces, cut anywhere, damaged anywhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "input_unpack.h"

enum {
    TEXT_BYTES = 600,
    ROOM_BYTES = 4096
};

struct packed {
    char data[ROOM_BYTES];
    size_t len;
    size_t parts[3]; /* where a member or frame has ended */
    char text[2 * TEXT_BYTES];
};

static void pack_part(struct packed *packed, enum input_packing packing,
                      const char *text)
{
    char *to = packed->data + packed->len;
    size_t room = sizeof packed->data - packed->len;
    if (packing == INPUT_ZSTD) {
        size_t len = ZSTD_compress(to, room, text, TEXT_BYTES, 3);
        assert_false(ZSTD_isError(len));
        packed->len += len;
        return;
    }
    z_stream gzip = {0};
    assert_int_equal(deflateInit2(&gzip, 6, Z_DEFLATED, MAX_WBITS + 16, 8,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    gzip.next_in = (Bytef *)text;
    gzip.avail_in = TEXT_BYTES;
    gzip.next_out = (Bytef *)to;
    gzip.avail_out = (uInt)room;
    assert_int_equal(deflate(&gzip, Z_FINISH), Z_STREAM_END);
    packed->len += gzip.total_out;
    deflateEnd(&gzip);
}

/* Two members or frames. */
static void pack(struct packed *packed, enum input_packing packing)
{
    packed->len = 0;
    packed->parts[0] = 0;
    for (size_t i = 0; i < sizeof packed->text; i++)
        packed->text[i] = (char)('a' + i * i / 7 % 26);
    pack_part(packed, packing, packed->text);
    packed->parts[1] = packed->len;
    pack_part(packed, packing, packed->text + TEXT_BYTES);
    packed->parts[2] = packed->len;
}

/* What is left of the data, which comes in pieces. */
struct pieces {
    const char *data;
    size_t left;
    size_t piece;
};

static ssize_t next_piece(void *ctx, char *to, size_t room)
{
    struct pieces *pieces = ctx;
    size_t len = pieces->left < pieces->piece ? pieces->left : pieces->piece;
    assert_true(len <= room);
    memcpy(to, pieces->data, len);
    pieces->data += len;
    pieces->left -= len;
    return (ssize_t)len;
}

/* Unpacks the first len bytes in pieces; *whole: it was no fault. */
static size_t unpack(const struct packed *packed, enum input_packing packing,
                     size_t len, size_t piece, char *text, bool *whole)
{
    struct pieces pieces = {packed->data, len, piece};
    struct input_unpack *unpack = input_unpack_new(packing, next_piece,
                                                   &pieces);
    size_t got = 0;
    ssize_t more = 0;
    do {
        /* damaged data may unpack to more */
        size_t at = got <= 2 * TEXT_BYTES ? got : 0;
        more = input_unpack_read(unpack, text + at, piece);
        got += more > 0 ? (size_t)more : 0;
    } while (more > 0);
    *whole = more == 0;
    assert_true(*whole || errno == EBADMSG);
    assert_true(*whole == (*input_unpack_fault(unpack) == '\0'));
    input_unpack_free(unpack);
    return got;
}

static void unpacks_any_pieces(void **state)
{
    (void)state;
    for (enum input_packing packing = INPUT_GZIP; packing <= INPUT_ZSTD;
         packing++) {
        struct packed packed;
        pack(&packed, packing);
        for (size_t piece = 1; piece < 600; piece = piece * 2 + 1) {
            char text[3 * TEXT_BYTES];
            bool whole;
            size_t got = unpack(&packed, packing, packed.len, piece, text,
                                &whole);
            assert_true(whole);
            assert_int_equal(got, sizeof packed.text);
            assert_memory_equal(text, packed.text, got);
        }
    }
}

/* Cut anywhere but at a part's end it is no whole, and what came is right. */
static void notices_each_cut(void **state)
{
    (void)state;
    for (enum input_packing packing = INPUT_GZIP; packing <= INPUT_ZSTD;
         packing++) {
        struct packed packed;
        pack(&packed, packing);
        for (size_t len = 0; len < packed.len; len++) {
            char text[3 * TEXT_BYTES];
            bool whole;
            size_t got = unpack(&packed, packing, len, 100, text, &whole);
            assert_true(whole == (len == packed.parts[1]));
            assert_memory_equal(text, packed.text, got);
        }
    }
}

/* gzip has checksums: no damaged byte goes unnoticed but in its time,
 * operating system and compression flags (bytes 4 to 9 of each member). */
static void notices_damage(void **state)
{
    (void)state;
    struct packed packed;
    pack(&packed, INPUT_GZIP);
    for (size_t at = 0; at < packed.len; at++) {
        size_t in_part = at >= packed.parts[1] ? at - packed.parts[1] : at;
        char text[3 * TEXT_BYTES];
        bool whole;
        packed.data[at] ^= 0x55;
        (void)unpack(&packed, INPUT_GZIP, packed.len, 100, text, &whole);
        packed.data[at] ^= 0x55;
        assert_true(!whole || (in_part >= 4 && in_part < 10));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unpacks_any_pieces),
        cmocka_unit_test(notices_each_cut),
        cmocka_unit_test(notices_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

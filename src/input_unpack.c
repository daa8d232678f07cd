/*
 * Compressed input, by zlib and libzstd.
 *
 * Responsible for members and frames behind each other, and for telling an
 * end from a cut: the data is whole only when a member or frame has just
 * ended. Not for reading files. What was unpacked before a fault is given
 * out first. NULs behind a gzip member are padding, as gzip(1) has it.
 */
#include "input_unpack.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "mem.h"

enum {
    PACKED_BYTES = 65536 + 64, /* a block, and the few bytes before it */
    GZIP_ONLY = MAX_WBITS + 16 /* inflateInit2's way to say so */
};

struct input_unpack {
    enum input_packing packing;
    z_stream gzip;
    ZSTD_DStream *zstd;
    input_unpack_file_fn file;
    void *ctx; /* file's */
    char packed[PACKED_BYTES];
    size_t len;      /* of packed */
    size_t at;       /* what is unpacked of it */
    bool ended;      /* the file has */
    bool whole;      /* a member or frame has just ended */
    char fault[128]; /* "": none */
};

static void fail(struct input_unpack *unpack, const char *what, const char *why)
{
    (void)snprintf(unpack->fault, sizeof unpack->fault, "the %s data %s%s%s%s",
                   unpack->packing == INPUT_GZIP ? "gzip" : "zstd", what,
                   why ? " (" : "", why ? why : "", why ? ")" : "");
}

struct input_unpack *input_unpack_new(enum input_packing packing,
                                      input_unpack_file_fn file, void *ctx)
{
    struct input_unpack *unpack = mem_alloc(sizeof *unpack);
    unpack->packing = packing;
    unpack->file = file;
    unpack->ctx = ctx;
    if (packing == INPUT_ZSTD)
        unpack->zstd = ZSTD_createDStream();
    bool made = packing == INPUT_ZSTD
                    ? unpack->zstd != NULL
                    : inflateInit2(&unpack->gzip, GZIP_ONLY) == Z_OK;
    if (!made)
        fail(unpack, "cannot be unpacked", "out of memory");
    return unpack;
}

void input_unpack_free(struct input_unpack *unpack)
{
    if (!unpack)
        return;
    if (unpack->packing == INPUT_GZIP)
        (void)inflateEnd(&unpack->gzip); /* says what is known: not whole */
    (void)ZSTD_freeDStream(unpack->zstd);
    free(unpack);
}

void input_unpack_feed(struct input_unpack *unpack, const char *packed,
                       size_t len)
{
    assert(len <= sizeof unpack->packed);
    memcpy(unpack->packed, packed, len);
    unpack->len = len;
}

static size_t read_gzip(struct input_unpack *unpack, char *to, size_t room)
{
    z_stream *gzip = &unpack->gzip;
    while (unpack->whole && unpack->at < unpack->len &&
           unpack->packed[unpack->at] == '\0')
        unpack->at++;
    if (unpack->at == unpack->len && unpack->whole)
        return 0;
    gzip->next_in = (Bytef *)unpack->packed + unpack->at;
    gzip->avail_in = (uInt)(unpack->len - unpack->at);
    gzip->next_out = (Bytef *)to;
    gzip->avail_out = (uInt)room;
    if (unpack->whole)
        (void)inflateReset(gzip); /* of a stream that is one */
    int result = inflate(gzip, Z_NO_FLUSH);
    unpack->whole = result == Z_STREAM_END;
    unpack->at = unpack->len - gzip->avail_in;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        fail(unpack, "is damaged", gzip->msg);
    return room - gzip->avail_out;
}

static size_t read_zstd(struct input_unpack *unpack, char *to, size_t room)
{
    ZSTD_inBuffer in = {unpack->packed, unpack->len, unpack->at};
    ZSTD_outBuffer out = {to, room, 0};
    size_t result = ZSTD_decompressStream(unpack->zstd, &out, &in);
    if (ZSTD_isError(result))
        fail(unpack, "is damaged", ZSTD_getErrorName(result));
    else if (in.pos > unpack->at || out.pos > 0)
        unpack->whole = result == 0;
    unpack->at = in.pos;
    return out.pos;
}

/* Reads on in the file; -1 with errno set. */
static int refill(struct input_unpack *unpack)
{
    ssize_t got = unpack->file(unpack->ctx, unpack->packed,
                               sizeof unpack->packed);
    if (got < 0)
        return -1;
    unpack->len = (size_t)got;
    unpack->at = 0;
    unpack->ended = got == 0;
    return 0;
}

ssize_t input_unpack_read(struct input_unpack *unpack, char *to, size_t room)
{
    while (!unpack->fault[0]) {
        size_t before = unpack->at;
        size_t got = unpack->packing == INPUT_GZIP
                         ? read_gzip(unpack, to, room)
                         : read_zstd(unpack, to, room);
        if (got > 0)
            return (ssize_t)got;
        if (unpack->fault[0] || unpack->at > before)
            continue;
        if (!unpack->ended && refill(unpack))
            return -1;
        if (unpack->ended && unpack->whole)
            return 0;
        if (unpack->ended)
            fail(unpack, "ends early", NULL);
    }
    errno = EBADMSG;
    return -1;
}

const char *input_unpack_fault(const struct input_unpack *unpack)
{
    return unpack->fault;
}

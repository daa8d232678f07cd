/*
 * The rows of a file that was being written.
 *
 * Responsible for where a row ends and where the file ends; not for what a
 * row says. The invariant: what a crash leaves at the end is no row, neither
 * one without its end nor what the file system filled with zeros, a page
 * that was never written:
 *
 *     VIN1,true,,200,...Z\nVIN2,fal            one row, and a torn one
 *     VIN1,true,,200,...Z\nVIN2,fal\0\0\0...   the same
 */
#include "output_rows.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"

enum {
    BLOCK_BYTES = 256 * 1024,
    BACK_BYTES = 64 * 1024, /* kept for rows that are a little out of order */
    SECTOR_BYTES = 512      /* what a disk writes whole or not at all */
};

void output_rows_init(struct output_rows *rows, int fd, const char *name,
                      bool quotes)
{
    off_t size = lseek(fd, 0, SEEK_END);
    *rows = (struct output_rows){.fd = fd, .name = name, .quotes = quotes};
    rows->size = size > 0 ? (uint64_t)size : 0;
    buf_init(&rows->block, OUTPUT_ROWS_MAX_BYTES);
}

void output_rows_release(struct output_rows *rows)
{
    buf_release(&rows->block);
}

/* pread(2), repeated when a signal interrupts it. */
static ssize_t read_at(int fd, void *data, size_t len, uint64_t at)
{
    return TEMP_FAILURE_RETRY(pread(fd, data, len, (off_t)at));
}

/* Do zeros fill the sector from here on, or the file? No row holds any. */
static bool is_lost(const struct output_rows *rows, uint64_t at)
{
    static const char zeros[SECTOR_BYTES];
    char sector[SECTOR_BYTES];
    size_t len = SECTOR_BYTES - at % SECTOR_BYTES;
    if (len > rows->size - at)
        len = (size_t)(rows->size - at);
    return read_at(rows->fd, sector, len, at) == (ssize_t)len &&
           memcmp(sector, zeros, len) == 0;
}

/* Reads on behind the block: 1, 0 at the end, -1 after saying why. */
static int read_on(struct output_rows *rows)
{
    struct buf *block = &rows->block;
    uint64_t from = rows->block_at + block->len;
    size_t want = block->len > BLOCK_BYTES ? block->len : BLOCK_BYTES;
    if (want > rows->size - from)
        want = (size_t)(rows->size - from);
    if (want == 0)
        return 0;
    char *to = buf_reserve(block, want);
    errno = EFBIG; /* a row that nobody writes */
    ssize_t got = to ? read_at(rows->fd, to, want, from) : -1;
    if (got <= 0)
        return diag_error("cannot read %s: %s", rows->name, strerror(errno));
    block->len += (size_t)got;
    const char *zero = memchr(to, 0, (size_t)got);
    uint64_t zero_at = zero ? from + (uint64_t)(zero - to) : 0;
    if (zero && is_lost(rows, zero_at)) {
        rows->size = zero_at;
        block->len = (size_t)(zero_at - rows->block_at);
    }
    return 1;
}

size_t output_rows_length(const struct output_rows *rows, const char *row,
                          size_t len)
{
    const char *at = row;
    const char *end = row + len;
    bool quoted = false;
    while (at < end) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        if (!lf)
            return 0;
        while (rows->quotes && at < lf) {
            const char *quote = memchr(at, '"', (size_t)(lf - at));
            quoted = quote ? !quoted : quoted;
            at = quote ? quote + 1 : lf;
        }
        at = lf + 1;
        if (!quoted)
            return (size_t)(at - row);
    }
    return 0;
}

/* Has the block begin near a place in the file. */
static void seek(struct output_rows *rows, uint64_t at)
{
    struct buf *block = &rows->block;
    if (at < rows->block_at || at > rows->block_at + block->len) {
        buf_clear(block);
        rows->block_at = at;
        return;
    }
    uint64_t before = at - rows->block_at;
    if (before > BLOCK_BYTES) {
        buf_consume(block, (size_t)before - BACK_BYTES);
        rows->block_at = at - BACK_BYTES;
    }
}

int output_rows_at(struct output_rows *rows, uint64_t at,
                   struct query_text *row)
{
    seek(rows, at);
    for (;;) {
        const struct buf *block = &rows->block;
        size_t from = (size_t)(at - rows->block_at);
        row->text = block->len > from ? block->data + from : "";
        size_t there = block->len - from;
        row->len = output_rows_length(rows, row->text, there);
        if (row->len > 0)
            return 1;
        row->len = there;
        int more = read_on(rows);
        if (more <= 0)
            return more;
    }
}

uint64_t output_rows_line(const struct output_rows *rows, uint64_t end)
{
    char text[4096];
    uint64_t line = 1;
    for (uint64_t at = 0; at < end;) {
        size_t want = end - at < sizeof text ? (size_t)(end - at) : sizeof text;
        ssize_t got = read_at(rows->fd, text, want, at);
        if (got <= 0)
            break; /* it is for a message only */
        for (ssize_t i = 0; i < got; i++)
            line += text[i] == '\n';
        at += (uint64_t)got;
    }
    return line;
}

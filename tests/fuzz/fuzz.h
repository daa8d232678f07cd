/*
 * Shared by the fuzz targets (libFuzzer). A target reads its first bytes as
 * settings and the rest as what a stranger may send, and compares the
 * program's answer with one found another way. Nothing is written to a file:
 * fuzz_file lends bytes a name, and messages end in __wrap_write, which
 * checks that nothing in them could drive a terminal.
 */
#ifndef MQSTAT_FUZZ_H
#define MQSTAT_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* The program is wrong: says where and ends, so that the input is kept. */
#define FUZZ_CHECK(truth)                                                      \
    ((truth) ? (void)0 : fuzz_wrong(__FILE__, __LINE__, #truth))

enum {
    FUZZ_TEXT_BYTES = 16 * 1048576
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
ssize_t __real_write(int fd, const void *data, size_t len);
ssize_t __wrap_write(int fd, const void *data, size_t len);
ssize_t __real_file_read(int fd, void *data, size_t len);
ssize_t __wrap_file_read(int fd, void *data, size_t len);

static inline void fuzz_wrong(const char *file, int line, const char *what)
{
    (void)fprintf(stderr, "%s:%d: wrong: %s\n", file, line, what);
    abort();
}

/* What the target still has to read. */
struct fuzz {
    const uint8_t *at;
    size_t left;
};

/* The next byte; 0 behind the last one. */
static inline unsigned fuzz_byte(struct fuzz *fuzz)
{
    if (fuzz->left == 0)
        return 0;
    fuzz->left--;
    return *fuzz->at++;
}

/* Length of the UTF-8 character at the front of text, by the byte ranges of
 * RFC 3629 section 4; 0 when it is none. */
static inline size_t fuzz_utf8(const char *text, size_t len)
{
    static const struct {
        unsigned char first, last, low, high;
        size_t len;
    } rows[] = {
        {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    const unsigned char *byte = (const unsigned char *)text;
    for (size_t i = 0; len > 0 && i < COUNT_OF(rows); i++) {
        if (byte[0] < rows[i].first || byte[0] > rows[i].last)
            continue;
        bool good = rows[i].len <= len;
        if (good && rows[i].len > 1)
            good = byte[1] >= rows[i].low && byte[1] <= rows[i].high;
        for (size_t k = 2; good && k < rows[i].len; k++)
            good = byte[k] >= 0x80 && byte[k] <= 0xbf;
        return good ? rows[i].len : 0;
    }
    return 0;
}

/* Is text well-formed UTF-8 without U+0000? */
static inline bool fuzz_is_text(const char *text, size_t len)
{
    size_t step = 1;
    for (size_t at = 0; at < len && step > 0; at += step)
        step = text[at] ? fuzz_utf8(text + at, len - at) : 0;
    return step > 0;
}

/* Appends text with U+FFFD for NUL and for what is no UTF-8. */
static inline void fuzz_put_clean(struct buf *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t step = text[at] ? fuzz_utf8(text + at, len - at) : 0;
        FUZZ_CHECK(!buf_append(out, step ? text + at : "\xef\xbf\xbd",
                               step ? step : 3));
        at += step ? step : 1;
    }
}

/* Messages: one line each, of which a terminal shows every character. */
ssize_t __wrap_write(int fd, const void *data, size_t len)
{
    const char *text = data;
    if (fd != STDERR_FILENO)
        return __real_write(fd, data, len);
    FUZZ_CHECK(len > 0 && text[len - 1] == '\n');
    FUZZ_CHECK(fuzz_is_text(text, len));
    for (size_t i = 0; i + 1 < len; i++)
        FUZZ_CHECK((unsigned char)text[i] >= 0x20 && text[i] != 0x7f);
    return (ssize_t)len;
}

/* Each read gives so many bytes at most; 0: as many as are wanted. */
static size_t fuzz_read_most;

ssize_t __wrap_file_read(int fd, void *data, size_t len)
{
    if (fuzz_read_most > 0 && len > fuzz_read_most)
        len = fuzz_read_most;
    return __real_file_read(fd, data, len);
}

/* A file without a place: returns a name under which data can be read. */
static inline const char *fuzz_file(const void *data, size_t len)
{
    static char name[32];
    static int fd = -1;
    if (fd < 0) {
        fd = memfd_create("fuzz", MFD_CLOEXEC);
        FUZZ_CHECK(fd >= 0 && fchmod(fd, 0600) == 0);
        (void)snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
        diag_setup("fuzz", DIAG_VERBOSE);
    }
    FUZZ_CHECK(ftruncate(fd, 0) == 0);
    FUZZ_CHECK(pwrite(fd, data, len, 0) == (ssize_t)len);
    return name;
}

#endif

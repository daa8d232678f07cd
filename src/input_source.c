/*
 * Physical lines from a file, with the row's bytes kept.
 *
 * Responsible for opening, reading, line ends, line numbers and the limit
 * on a row's bytes; not for what a line means. The invariant: mark <= at <=
 * len <= cap <= INPUT_ROW_MAX_BYTES + INPUT_BLOCK_BYTES, and the bytes from
 * mark to len are the file's, without a gap.
 *
 * The trick: lf and cr remember where the next LF and the next CR are, or
 * how far was looked in vain, so that each byte is searched twice at most
 * however the file ends its lines and however slowly a pipe delivers:
 *
 *     a1\na2\nb\r     at 0: lf 2, cr 7; line "a1\n", at 3: lf 5, cr still 7
 *
 * The CR at 7 is the last byte read: it may be half of a CRLF, so the line
 * waits for one more byte or the end of the file.
 *
 * What is no regular file is read only when poll(2) says that read(2) will
 * not wait: O_NONBLOCK would be seen by every process that shares it.
 */
#include "input_source.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

#define ICONV(from) "use: iconv -f " from " -t UTF-8 FILE | mqstat ... -"

/* How a file that is no UTF-8 text begins, and what to do about it. */
static const struct magic {
    const char *bytes;
    size_t len;
    enum input_packing packing; /* PLAIN: as it is */
    const char *what;           /* NULL: a UTF-8 byte order mark, dropped */
    const char *advice;
} magics[] = {
    {"\xef\xbb\xbf", 3, INPUT_PLAIN, NULL, NULL},
    {"\x1f\x8b", 2, INPUT_GZIP, "gzip data", "unpack it first"},
    {"\x28\xb5\x2f\xfd", 4, INPUT_ZSTD, "zstd data", "unpack it first"},
    /* a frame to skip, as pzstd begins with */
    {"\x50\x2a\x4d\x18", 4, INPUT_ZSTD, "zstd data", "unpack it first"},
    {"\xfd\x37zXZ", 5, INPUT_PLAIN, "xz data",
     "use: xzcat FILE | mqstat ... -"},
    {"PK\x03\x04", 4, INPUT_PLAIN, "a zip archive or an Excel sheet",
     "save it as CSV"},
    {"\xff\xfe\0\0", 4, INPUT_PLAIN, "UTF-32 text", ICONV("UTF-32")},
    {"\xff\xfe", 2, INPUT_PLAIN, "UTF-16 text", ICONV("UTF-16")},
    {"\xfe\xff", 2, INPUT_PLAIN, "UTF-16 text", ICONV("UTF-16")},
    {"\0\0\0\0", 4, INPUT_PLAIN, "binary data",
     "text with one id a line is wanted"},
};

/* UTF-16 without its mark: every second byte of the start is NUL. */
static const struct magic utf16le = {"", 0, INPUT_PLAIN, "UTF-16 text",
                                     ICONV("UTF-16LE")};
static const struct magic utf16be = {"", 0, INPUT_PLAIN, "UTF-16 text",
                                     ICONV("UTF-16BE")};

enum {
    MAGIC_COUNT = sizeof magics / sizeof magics[0],
    MAGIC_MIN_BYTES = 2, /* of UTF-16, of which one says nothing */
    MAGIC_MAX_BYTES = 5
};

/* Does poll(2) say that a read will not wait? Waits for it on request. */
static bool readable(const struct input_source *source)
{
    struct pollfd pollfd = {.fd = source->fd, .events = POLLIN};
    return poll(&pollfd, 1, source->patient ? -1 : 0) != 0;
}

/* Moves the bytes from mark on to the front. */
static void shift(struct input_source *source)
{
    size_t gone = source->mark;
    source->len -= gone;
    source->at -= gone;
    source->lf -= gone < source->lf ? gone : source->lf;
    source->cr -= gone < source->cr ? gone : source->cr;
    source->mark = 0;
    source->dropped += gone;
    memmove(source->data, source->data + gone, source->len);
}

/* Makes room for a block behind the bytes from mark on. */
static void make_room(struct input_source *source)
{
    if (source->cap - source->len >= INPUT_BLOCK_BYTES)
        return;
    if (source->mark > 0)
        shift(source);
    size_t need = source->len + INPUT_BLOCK_BYTES;
    if (need > source->cap) {
        source->cap = need;
        source->data = mem_realloc(source->data, need);
    }
}

/* Reads from the file; -1 with EAGAIN: it has nothing yet. */
static ssize_t read_file(void *ctx, char *to, size_t room)
{
    struct input_source *source = ctx;
    ssize_t got = -1;
    do {
        errno = EAGAIN;
        if (!source->regular && !readable(source))
            return -1;
        got = file_read(source->fd, to, room);
    } while (got < 0 && errno == EAGAIN && source->patient);
    if (got > 0)
        source->bytes += (uint64_t)got;
    return got;
}

static void tell_failure(const struct input_source *source)
{
    if (errno == EBADMSG && source->unpack)
        (void)diag_error("%s:%llu: cannot read on: %s", source->name,
                         (unsigned long long)source->line,
                         input_unpack_fault(source->unpack));
    else
        (void)diag_error("%s: cannot read: %s", source->name, strerror(errno));
}

/* Its rows are those that were there when they were read. */
static void tell_change(const struct input_source *source)
{
    struct stat ours;
    struct stat named;
    if (!source->regular || source->packing || fstat(source->fd, &ours))
        return;
    if (source->fd > STDIN_FILENO &&
        (stat(source->name, &named) || named.st_ino != ours.st_ino ||
         named.st_dev != ours.st_dev))
        diag_note("%s: was replaced while it was read: the rows are the old "
                  "file's",
                  source->name);
    else if (source->bytes != source->size)
        diag_note("%s: was written to while it was read", source->name);
}

/* What was read after parking begins with what had been taken before. */
static void drop_skipped(struct input_source *source)
{
    size_t gone = source->skip < source->len ? (size_t)source->skip
                                             : source->len;
    source->skip -= gone;
    source->mark = source->at = gone;
    shift(source);
}

/* Reads a block: ROW for "more bytes, or the end", WAIT or FAILED. */
static enum input_result fill(struct input_source *source)
{
    make_room(source);
    char *to = source->data + source->len;
    if (source->packing && !source->unpack)
        source->unpack = input_unpack_new(source->packing, read_file, source);
    ssize_t got = source->unpack
                      ? input_unpack_read(source->unpack, to, INPUT_BLOCK_BYTES)
                      : read_file(source, to, INPUT_BLOCK_BYTES);
    if (got < 0 && errno == EAGAIN)
        return INPUT_WAIT;
    if (got < 0) {
        tell_failure(source);
        return INPUT_FAILED;
    }
    source->ended = got == 0;
    if (source->ended)
        tell_change(source);
    source->len += (size_t)got;
    if (source->skip > 0)
        drop_skipped(source);
    return INPUT_ROW;
}

/* The magic that text begins with, or may begin with if more is to come. */
static const struct magic *find_magic(const char *text, size_t len, bool more)
{
    for (size_t i = 0; i < MAGIC_COUNT; i++) {
        size_t both = more && len < magics[i].len ? len : magics[i].len;
        if (both > len)
            continue;
        if (memcmp(text, magics[i].bytes, both) == 0)
            return &magics[i];
    }
    if (len < 4 || !text[0] == !text[1] || !text[0] != !text[2] ||
        !text[1] != !text[3])
        return NULL;
    return text[0] ? &utf16le : &utf16be;
}

/* Reads until the first bytes can be judged. *magic is NULL: they are nothing
 * special. */
static enum status sniff(struct input_source *source,
                         const struct magic **magic)
{
    bool unsure;
    do {
        if (fill(source) == INPUT_FAILED)
            return STATUS_IO;
        *magic = find_magic(source->data, source->len, !source->ended);
        unsure = source->len < MAGIC_MIN_BYTES ||
                 (source->len < MAGIC_MAX_BYTES &&
                  (*magic || memchr(source->data, 0, source->len)));
    } while (unsure && !source->ended);
    return STATUS_OK;
}

/* What was read is packed, and so will be the rest. */
static void begin_unpacking(struct input_source *source,
                            enum input_packing packing)
{
    source->packing = packing;
    source->unpack = input_unpack_new(packing, read_file, source);
    input_unpack_feed(source->unpack, source->data, source->len);
    source->len = source->lf = source->cr = 0;
    source->ended = false;
}

/* Judges the file's first bytes. */
static enum status judge(struct input_source *source)
{
    const struct magic *magic = NULL;
    enum status status = sniff(source, &magic);
    if (magic && magic->packing) {
        begin_unpacking(source, magic->packing);
        status = sniff(source, &magic);
    }
    if (status != STATUS_OK || !magic)
        return status;
    if (magic->what)
        return diag_fail(
            STATUS_USAGE, "%s: this is %s%s: %s", source->name, magic->what,
            magic->packing ? " in compressed data" : "", magic->advice);
    source->at = source->mark = magic->len;
    return STATUS_OK;
}

/* Could a missing file's name be an id that was meant for the input? */
static bool looks_like_id(const char *file)
{
    const char *at = file;
    while (isalnum((unsigned char)*at) || (*at && strchr("-_:", *at)))
        at++;
    return *at == '\0' && at > file;
}

static enum status cannot_open(const char *file)
{
    int cause = errno;
    if (cause == ENOENT && looks_like_id(file))
        return diag_fail(STATUS_IO,
                         "%s: cannot open: %s; if it is an id: "
                         "echo %s | mqstat ... -",
                         file, strerror(cause), file);
    return diag_fail(STATUS_IO, "%s: cannot open: %s", file, strerror(cause));
}

enum status input_source_open(struct input_source *source, const char *file)
{
    bool standard = strcmp(file, "-") == 0;
    *source = (struct input_source){
        .name = standard ? "stdin" : file,
        .fd = standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC),
        .patient = true,
        .line = 1,
    };
    struct stat stat;
    if (source->fd < 0 || fstat(source->fd, &stat))
        return cannot_open(source->name);
    if (S_ISDIR(stat.st_mode))
        return diag_fail(STATUS_IO, "%s: cannot read: %s", source->name,
                         strerror(EISDIR));
    source->regular = S_ISREG(stat.st_mode);
    off_t start = source->regular ? lseek(source->fd, 0, SEEK_CUR) : 0;
    if (source->regular && start >= 0 && start < stat.st_size)
        source->size = (uint64_t)(stat.st_size - start);
    return judge(source);
}

/* Gives all memory back; what was read but not taken is gone. */
static void forget(struct input_source *source)
{
    input_unpack_free(source->unpack);
    free(source->data);
    source->unpack = NULL;
    source->data = NULL;
    source->mark = source->at = source->len = source->cap = 0;
    source->lf = source->cr = 0;
}

void input_source_close(struct input_source *source)
{
    if (source->fd > STDIN_FILENO)
        (void)close(source->fd); /* read only: nothing can be lost */
    source->fd = -1;
    forget(source);
}

/* It is read again from where we began when its turn comes. */
void input_source_park(struct input_source *source)
{
    if (!source->regular ||
        lseek(source->fd, -(off_t)source->bytes, SEEK_CUR) == (off_t)-1)
        return;
    source->skip = source->dropped + source->at;
    source->dropped = 0;
    source->bytes = 0;
    source->ended = false;
    forget(source);
}

size_t input_source_tell(const struct input_source *source)
{
    return source->at - source->mark;
}

void input_source_rewind(struct input_source *source, size_t place,
                         uint64_t line)
{
    source->at = source->mark + place;
    source->line = line;
    source->lf = source->at;
    source->cr = source->at;
}

/* Moves *from to the next byte of its kind, or to the end of what is read. */
static inline size_t look(const struct input_source *source, char byte,
                          size_t *from)
{
    if (*from < source->at)
        *from = source->at;
    if (*from < source->len && source->data[*from] != byte) {
        const char *start = source->data + *from;
        const char *found = memchr(start, byte, source->len - *from);
        *from = found ? (size_t)(found - source->data) : source->len;
    }
    return *from;
}

/*
 * Finds where the line at at ends and where the next one starts. Returns
 * false when more bytes are needed to know; *end is then how far the line
 * surely goes.
 */
static inline bool find_end(struct input_source *source, size_t *end,
                            size_t *next)
{
    size_t lf = look(source, '\n', &source->lf);
    size_t cr = look(source, '\r', &source->cr);
    *end = lf < cr ? lf : cr;
    *next = *end + (*end < source->len);
    if (*end == source->len)
        return source->ended && (*end > source->at || source->skipping);
    if (*end == lf)
        return true;
    if (*next == source->len)
        return source->ended;
    *next += *next == lf;
    return true;
}

/* Hands out the line from at to end. */
static void take(struct input_source *source, size_t end, size_t next,
                 struct input_line *line)
{
    *line = (struct input_line){
        .text = source->data + source->at,
        .len = end - source->at,
        .size = next - source->at,
        .number = source->line++,
        .too_long = source->skipping,
    };
    source->at = next;
    source->skipping = false;
}

enum input_result input_source_line(struct input_source *source,
                                    struct input_line *line, bool begins)
{
    if (begins)
        source->mark = source->at;
    for (bool again = false;; again = true) {
        size_t end = 0;
        size_t next = 0;
        bool whole = find_end(source, &end, &next);
        if (end - source->mark > INPUT_ROW_MAX_BYTES) {
            source->skipping = source->mark == source->at;
            if (!source->skipping) {
                *line = (struct input_line){.text = "", .too_long = true};
                return INPUT_ROW;
            }
        }
        if (source->skipping)
            source->mark = source->at = end;
        if (whole) {
            take(source, end, next, line);
            return INPUT_ROW;
        }
        if (source->ended)
            return INPUT_END;
        /* An endless line must not keep the loop from its signals. */
        if (source->skipping && again && !source->regular && !source->patient)
            return INPUT_WAIT;
        enum input_result result = fill(source);
        if (result != INPUT_ROW)
            return result;
    }
}

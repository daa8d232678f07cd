/*
 * The arrival log.
 *
 * Responsible for the lines' form and for getting them to the file soon and
 * in order; a failed write is said once and then remembered.
 */
#include "sim/arrival.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"
#include "file.h"
#include "mem.h"

enum {
    ARRIVAL_FULL_BYTES = 65536,
    ARRIVAL_MAX_BYTES = 4 * 1048576, /* room for a head, all of it escaped */
    ARRIVAL_FLUSH_MS = 40
};

struct arrival_log {
    const char *path; /* borrowed */
    int fd;
    bool failed;
    struct buf lines;
    uv_timer_t timer; /* runs while lines wait */
};

struct arrival_log *arrival_new(const char *path, uv_loop_t *loop)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC,
                  0644);
    if (fd < 0) {
        diag_error("%s: cannot create the log: %s", path, strerror(errno));
        return NULL;
    }
    struct arrival_log *log = mem_alloc(sizeof *log);
    log->path = path;
    log->fd = fd;
    buf_init(&log->lines, ARRIVAL_MAX_BYTES);
    (void)uv_timer_init(loop, &log->timer); /* cannot fail */
    uv_unref((uv_handle_t *)&log->timer);   /* arrival_stop flushes */
    log->timer.data = log;
    return log;
}

void arrival_flush(struct arrival_log *log)
{
    if (!log || log->lines.len == 0)
        return;
    if (!log->failed &&
        file_write_all(log->fd, log->lines.data, log->lines.len)) {
        log->failed = true;
        diag_error("%s: cannot write the log: %s", log->path, strerror(errno));
    }
    buf_clear(&log->lines);
}

static void on_timer(uv_timer_t *timer)
{
    arrival_flush(timer->data);
}

/* Appends one byte so that a reader sees no blank, control or 8-bit one. */
static void put_byte(struct buf *lines, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char shown[4] = {'\\', 'x', digits[c >> 4], digits[c & 15]};
    size_t len = sizeof shown;
    if (c == '\r' || c == '\n') {
        shown[1] = c == '\r' ? 'r' : 'n';
        len = 2;
    }
    (void)buf_append(lines, shown, len); /* fits: see ARRIVAL_MAX_BYTES */
}

static void put_escaped(struct buf *lines, struct span text)
{
    size_t plain = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c > 0x20 && c < 0x7f && c != '\\')
            continue;
        (void)buf_append(lines, text.data + plain, i - plain); /* likewise */
        put_byte(lines, c);
        plain = i + 1;
    }
    (void)buf_append(lines, text.data + plain, text.len - plain); /* same */
}

/* Called before lines are added: starts the clock, keeps room free. */
static void begin(struct arrival_log *log)
{
    if (log->lines.len >= ARRIVAL_FULL_BYTES)
        arrival_flush(log);
    if (log->lines.len == 0 && !uv_is_active((uv_handle_t *)&log->timer))
        (void)uv_timer_start(&log->timer, on_timer, ARRIVAL_FLUSH_MS, 0);
}

void arrival_add(struct arrival_log *log, const struct arrival *arrival)
{
    if (!log)
        return;
    begin(log);
    char numbers[64];
    int len = snprintf(numbers, sizeof numbers, "%" PRIu64 " %" PRIu64 " ",
                       arrival->ns, arrival->connection);
    (void)buf_append(&log->lines, numbers, (size_t)len); /* fits, as above */
    put_escaped(&log->lines, arrival->method);
    (void)buf_putc(&log->lines, ' '); /* likewise */
    put_escaped(&log->lines, arrival->id);
    len = snprintf(numbers, sizeof numbers, " %d\n", arrival->status);
    (void)buf_append(&log->lines, numbers, (size_t)len); /* likewise */
}

void arrival_add_head(struct arrival_log *log, struct span head)
{
    if (!log)
        return;
    begin(log);
    (void)buf_puts(&log->lines, "# "); /* fits, as above */
    for (size_t at = 0; at < head.len;) {
        const char *from = head.data + at;
        const char *blank = memchr(from, ' ', head.len - at);
        size_t len = blank ? (size_t)(blank - from) : head.len - at;
        put_escaped(&log->lines, (struct span){.data = from, .len = len});
        if (blank)
            (void)buf_putc(&log->lines, ' '); /* likewise */
        at += len + 1;
    }
    (void)buf_putc(&log->lines, '\n'); /* likewise */
}

void arrival_stop(struct arrival_log *log)
{
    if (!log)
        return;
    arrival_flush(log);
    uv_close((uv_handle_t *)&log->timer, NULL);
}

int arrival_free(struct arrival_log *log)
{
    if (!log)
        return 0;
    int failed = log->failed ? -1 : 0;
    if (close(log->fd) && !failed)
        failed = diag_error("%s: cannot write the log: %s", log->path,
                            strerror(errno));
    buf_release(&log->lines);
    free(log);
    return failed;
}

/*
 * Result rows on their way out: target, buffer, flush, rename.
 *
 * Responsible for where the bytes go and when; not for what they say (see
 * the writers in output_csv.c and output_json.c) and not for when to flush.
 * The invariants: what leaves for a pipe leaves in whole rows, and a file ends
 * with one even on a full disk; FILE is the old one or the complete new one,
 * never in between; FILE.partial is ours (created, never opened).
 *
 * Positions are counted from the output's first byte. For rows of 40 bytes
 * behind a header of 70, of which a pipe has taken the first 110:
 *
 *     written 110   pending "row 2, row 3"   row_ends 150, 190
 *
 * Each write(2) to a pipe ends at the last of row_ends within PIPE_BUF, an
 * amount that does not block once poll(2) says POLLOUT. O_NONBLOCK is not
 * set, since it would hold for all processes that share the descriptor.
 */
#include "output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "output_earlier.h"
#include "output_format.h"
#include "output_target.h"

enum {
    FLUSH_BYTES = 64 * 1024,
    HELD_MAX_BYTES = 64 * 1048576,     /* by a partial not matched yet */
    PENDING_MAX_BYTES = 128 * 1048576, /* rows of a few MiB, each byte \u00XX */
    KEEP_BYTES = 4 * 1048576           /* more memory is not kept when empty */
};

/* Bytes that leave at the front without being moved each time. */
struct queue {
    struct buf bytes;
    size_t gone; /* of them, at the front */
};

struct output {
    struct output_columns columns;
    enum output_only only;
    struct queue pending;
    struct queue row_ends; /* uint64_t positions beyond written */
    uint64_t written;      /* position that the target has reached */
    uint64_t whole;        /* the last row end up to there */
    uint64_t header_end;
    uint64_t rows;
    struct output_earlier *earlier; /* rows not matched yet; NULL: none */
    enum output_result state;       /* CLOSED or FAILED: for good */
    struct output_target target;
    bool waiting; /* for room, by watch */
};

static size_t queue_len(const struct queue *queue)
{
    return queue->bytes.len - queue->gone;
}

/* Moves the rest only when at least as much has gone. */
static void queue_drop(struct queue *queue, size_t len)
{
    queue->gone += len;
    if (queue->gone < FLUSH_BYTES && queue_len(queue) > 0)
        return;
    if (queue->gone < queue_len(queue))
        return;
    buf_consume(&queue->bytes, queue->gone);
    queue->gone = 0;
    if (queue->bytes.len == 0 && queue->bytes.cap > KEEP_BYTES)
        buf_release(&queue->bytes);
}

static bool has_rows(const struct output *output)
{
    return output->target.left ||
           (output->rows > 0 && output->whole > output->header_end);
}

/* Takes a row that was cut short back, from a file that ends with it. */
static void take_back(const struct output *output)
{
    int fd = output->target.fd;
    off_t torn = (off_t)(output->written - output->whole);
    off_t at = lseek(fd, 0, SEEK_CUR);
    struct stat is;
    if (torn > 0 && at >= torn && fstat(fd, &is) == 0 && S_ISREG(is.st_mode) &&
        is.st_size == at && ftruncate(fd, at - torn) == 0)
        (void)lseek(fd, -torn, SEEK_CUR); /* it is there */
}

/* Says why the target cannot be written and gives up on it. */
static enum output_result fail(struct output *output, int cause)
{
    bool kept = output->target.partial && has_rows(output);
    diag_error("cannot write %s: %s%s", output->target.name, strerror(cause),
               kept ? "; the rows so far are in it" : "");
    take_back(output);
    return OUTPUT_FAILED;
}

/* What the writers appended last may leave, up to here. */
static void end_row(struct output *output)
{
    uint64_t end = output->written + queue_len(&output->pending);
    output_put(&output->row_ends.bytes, (const char *)&end, sizeof end);
}

/* Do these settings go together? */
static enum status check_settings(const struct output_settings *settings,
                                  const struct output_writer *writer)
{
    if (settings->excel && writer != &output_excel)
        return diag_fail(STATUS_USAGE, "--excel: goes with csv only");
    if (settings->resume && !writer->scan)
        return diag_fail(STATUS_USAGE, "--resume: json cannot be gone on with: "
                                       "choose --to ndjson, csv or tsv");
    return STATUS_OK;
}

/* Where the target stands, with nothing pending. */
static void start_at(struct output *output, uint64_t end)
{
    output->written = end;
    output->whole = end;
    queue_drop(&output->row_ends, queue_len(&output->row_ends));
}

/* A partial with rows has its header, too. */
static enum status open_earlier(struct output *output,
                                const struct output_settings *settings)
{
    struct queue *pending = &output->pending;
    enum status status = output_earlier_open(&output->earlier, &output->target,
                                             &output->columns,
                                             settings->unordered);
    output->target.left = status || output->earlier;
    if (output->earlier) {
        queue_drop(pending, queue_len(pending));
        start_at(output, output_earlier_place(output->earlier));
    }
    return status;
}

enum status output_new(struct output **output,
                       const struct output_settings *settings,
                       const char *const *kept, size_t n_kept)
{
    struct output *made = mem_alloc(sizeof *made);
    made->target.fd = -1;
    made->target.watch = -1;
    made->only = settings->only;
    buf_init(&made->pending.bytes, PENDING_MAX_BYTES);
    buf_init(&made->row_ends.bytes, PENDING_MAX_BYTES);
    output_columns_init(&made->columns, settings, kept, n_kept);
    const struct output_writer *writer = made->columns.writer;
    writer->header(&made->pending.bytes, &made->columns);
    made->header_end = queue_len(&made->pending);
    end_row(made);
    enum status status = check_settings(settings, writer);
    if (!status)
        status = output_target_open(&made->target, settings);
    if (!status && settings->resume)
        status = open_earlier(made, settings);
    if (status) {
        output_free(made);
        made = NULL;
    }
    *output = made;
    return status;
}

enum status output_set_origin(struct output *output, const char *from)
{
    if (!output->target.partial)
        return STATUS_OK;
    return output_target_mark(&output->target, from, output->earlier != NULL);
}

bool output_resumes(const struct output *output)
{
    return output->earlier != NULL;
}

/*
 * All rows are matched: from here on the output is like any other. Rows that
 * wait already stand at the right place, since only those in any order can,
 * and of them the end was known.
 */
static enum status end_earlier(struct output *output)
{
    if (output_earlier_cut(output->earlier))
        return STATUS_IO;
    if (queue_len(&output->pending) == 0)
        start_at(output, output_earlier_place(output->earlier));
    output_earlier_free(output->earlier);
    output->earlier = NULL;
    output->target.left = false;
    return STATUS_OK;
}

enum status output_recall(struct output *output, struct query *query,
                          const char *file)
{
    enum status status = output_earlier_recall(output->earlier, query, file);
    if (status)
        return status;
    if (output_earlier_is_over(output->earlier))
        return end_earlier(output);
    if (queue_len(&output->pending) > HELD_MAX_BYTES)
        return output_earlier_end(output->earlier); /* too many are not in it */
    return STATUS_OK;
}

enum status output_recall_end(struct output *output)
{
    enum status status = output_earlier_end(output->earlier);
    return status ? status : end_earlier(output);
}

static bool is_wanted(enum output_only only, const struct query *query)
{
    if (only == OUTPUT_ONLY_ALL)
        return true;
    if (query->error != QUERY_ANSWERED)
        return only == OUTPUT_ONLY_ERROR;
    return only == (query->online ? OUTPUT_ONLY_ONLINE : OUTPUT_ONLY_OFFLINE);
}

void output_row(struct output *output, const struct query *query)
{
    assert(query->state == QUERY_DONE);
    if (output->state || !is_wanted(output->only, query))
        return; /* of a failure it was said why */
    struct buf *out = &output->pending.bytes;
    bool first = output->rows++ == 0;
    if (query->recalled)
        return; /* it is there */
    const struct output_writer *writer = output->columns.writer;
    if (!first && writer->separator)
        output_puts(out, writer->separator);
    writer->row(out, &output->columns, query);
    end_row(output);
}

/* The last row end up to a limit, 0: none; len: of row_ends until there. */
static uint64_t last_end(const struct output *output, uint64_t limit,
                         size_t *len)
{
    const struct queue *ends = &output->row_ends;
    uint64_t last = 0;
    for (*len = 0; *len < queue_len(ends); *len += sizeof last) {
        uint64_t end;
        memcpy(&end, ends->bytes.data + ends->gone + *len, sizeof end);
        if (end > limit)
            break;
        last = end;
    }
    return last;
}

/* Accounts for len bytes that have left. */
static void advance(struct output *output, size_t len)
{
    output->written += len;
    queue_drop(&output->pending, len);
    uint64_t end = last_end(output, output->written, &len);
    output->whole = len > 0 ? end : output->whole;
    queue_drop(&output->row_ends, len);
}

/*
 * How much to give a stream at once: whole rows; a row that is longer than
 * PIPE_BUF goes in pieces.
 */
static size_t next_piece(const struct output *output)
{
    size_t ignored;
    uint64_t end = last_end(output, output->written + PIPE_BUF, &ignored);
    return end > 0 ? (size_t)(end - output->written) : PIPE_BUF;
}

/* Does a stream take bytes (FLUSHED), and is its reader there? */
static enum output_result poll_stream(const struct output *output, int wait_ms)
{
    struct pollfd writable = {.fd = output->target.fd, .events = POLLOUT};
    if (poll(&writable, 1, wait_ms) <= 0)
        return OUTPUT_BLOCKED;
    if (writable.revents & (POLLERR | POLLHUP))
        return OUTPUT_CLOSED;
    return OUTPUT_FLUSHED; /* POLLNVAL too: the write tells */
}

static enum output_result write_piece(struct output *output, size_t len)
{
    const char *data = output->pending.bytes.data + output->pending.gone;
    ssize_t put = file_write(output->target.fd, data, len);
    if (put >= 0) {
        advance(output, (size_t)put);
        return OUTPUT_FLUSHED;
    }
    if (output->target.stream && (errno == EAGAIN || errno == EWOULDBLOCK))
        return OUTPUT_BLOCKED; /* somebody made it non-blocking */
    if (output->target.stream && (errno == EPIPE || errno == ECONNRESET))
        return OUTPUT_CLOSED;
    return fail(output, errno);
}

/* Watches for room too, or for the reader's end alone. */
static void wait_for_room(struct output *output, bool wanted)
{
    struct epoll_event event = {.events = wanted ? EPOLLOUT : 0};
    if (output->target.watch >= 0 && output->waiting != wanted)
        (void)epoll_ctl(output->target.watch, EPOLL_CTL_MOD, output->target.fd,
                        &event);
    output->waiting = wanted;
}

static enum output_result flush(struct output *output)
{
    while (!output->state && output_pending(output) > 0) {
        size_t len = output_pending(output);
        enum output_result result = OUTPUT_FLUSHED;
        if (output->target.stream) {
            result = poll_stream(output, 0);
            len = next_piece(output);
        }
        if (result == OUTPUT_FLUSHED)
            result = write_piece(output, len);
        if (result == OUTPUT_BLOCKED)
            return OUTPUT_BLOCKED;
        output->state = result;
    }
    return output->state;
}

enum output_result output_flush(struct output *output)
{
    enum output_result result = flush(output);
    wait_for_room(output, result == OUTPUT_BLOCKED);
    return result;
}

bool output_wants_flush(const struct output *output)
{
    return output_pending(output) >= FLUSH_BYTES;
}

size_t output_pending(const struct output *output)
{
    if (output->state || output->earlier)
        return 0;
    return queue_len(&output->pending);
}

const struct stat *output_replaces(const struct output *output)
{
    return output->target.replaces ? &output->target.replaced : NULL;
}

bool output_is_terminal(const struct output *output)
{
    return output->target.terminal;
}

bool output_is_resumable(const struct output *output)
{
    return output->target.partial && output->columns.writer->scan &&
           output->only == OUTPUT_ONLY_ALL;
}

int output_partial_fd(const struct output *output)
{
    return output->target.partial ? output->target.fd : -1;
}

enum output_result output_fail(struct output *output, int cause)
{
    if (!output->state)
        output->state = fail(output, cause);
    return OUTPUT_FAILED;
}

int output_wait_fd(const struct output *output)
{
    return output->target.watch;
}

bool output_has_lost_reader(const struct output *output)
{
    return output->target.stream && poll_stream(output, 0) == OUTPUT_CLOSED;
}

const char *output_partial_name(const struct output *output)
{
    return output->target.partial;
}

static enum output_result sync_and_close(struct output *output)
{
    bool changed = output->target.partial && !output->earlier;
    bool unsynced = changed && fdatasync(output->target.fd) &&
                    errno != EINVAL && errno != ENOTSUP;
    if (unsynced)
        return fail(output, errno);
    return output_target_close(&output->target) ? fail(output, errno)
                                                : OUTPUT_FLUSHED;
}

enum output_result output_finish(struct output *output, bool complete)
{
    const struct output_writer *writer = output->columns.writer;
    if (!output->state && !output->earlier && writer->footer) {
        output_puts(&output->pending.bytes,
                    output->rows > 0 ? writer->footer : writer->footer_empty);
        end_row(output);
    }
    while (output_flush(output) == OUTPUT_BLOCKED)
        (void)poll_stream(output, -1); /* the next write tells */
    if (!output->state)
        output->state = sync_and_close(output);
    else
        (void)output_target_close(&output->target); /* it was said already */
    if (output->target.partial && complete && !output->state &&
        output_target_publish(&output->target))
        output->state = OUTPUT_FAILED;
    if (output->target.partial && !has_rows(output))
        output_target_remove(&output->target);
    return output->state;
}

void output_free(struct output *output)
{
    if (!output)
        return;
    if (output->target.fd >= 0)
        (void)output_target_close(&output->target);
    if (output->target.watch >= 0)
        (void)close(output->target.watch); /* nothing can be lost */
    if (output->target.partial && !has_rows(output))
        output_target_remove(&output->target);
    output_earlier_free(output->earlier);
    buf_release(&output->pending.bytes);
    buf_release(&output->row_ends.bytes);
    output_columns_release(&output->columns);
    free(output->target.name);
    free(output->target.file);
    free(output->target.partial);
    free(output);
}

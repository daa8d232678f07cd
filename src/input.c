/*
 * Rows from files, one after the other.
 *
 * Responsible for opening all files before the first row is given out, for
 * their order, and for waiting on the loop; not for lines (input_source)
 * and formats (input_csv and its siblings). The invariant: the poll handle
 * is active only while the last answer was INPUT_WAIT, so a reader who does
 * not ask is never called.
 *
 * uv_poll_init would set O_NONBLOCK, which the processes that share our
 * standard input would see. So the loop watches an epoll descriptor of our
 * own, and that one watches the file while we wait for it.
 */
#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "input_columns.h"
#include "input_format.h"
#include "mem.h"

struct input {
    struct input_shared shared;
    struct input_reader *readers;
    size_t n_readers;
    size_t current; /* the reader whose turn it is */
    size_t last;    /* the reader that gave the last row */
    uint64_t rows;
    bool failed;
    bool waiting; /* poll is active, for the current reader */
    int epoll;    /* -1: none, and poll is not open */
    uv_poll_t poll;
    input_ready_fn ready;
    void *ready_ctx;
};

static enum status open_reader(struct input *input, const char *file)
{
    struct input_reader *reader = &input->readers[input->n_readers++];
    reader->shared = &input->shared;
    enum status status = input_source_open(&reader->source, file);
    if (status == STATUS_OK)
        status = input_format_find(reader, file);
    if (status == STATUS_OK)
        status = reader->ops->open(reader);
    if (status == STATUS_OK && input->n_readers > 1)
        input_source_park(&reader->source);
    return status;
}

static void close_reader(struct input_reader *reader)
{
    if (reader->state)
        reader->ops->close(reader);
    reader->state = NULL;
    input_columns_free(reader->columns);
    reader->columns = NULL;
    input_source_close(&reader->source);
}

static enum status open_all(struct input *input, char *const *files,
                            size_t n_files)
{
    const struct input_settings *settings = input->shared.settings;
    enum status status = input_keep_init(&input->shared.keep, settings->keep);
    bool standard = false;
    for (size_t i = 0; i < n_files && status == STATUS_OK; i++) {
        bool dash = strcmp(files[i], "-") == 0;
        if (dash && standard)
            return diag_fail(STATUS_USAGE, "standard input (-) is given twice");
        standard = standard || dash;
        status = open_reader(input, files[i]);
    }
    return n_files == 0 && status == STATUS_OK ? open_reader(input, "-")
                                               : status;
}

enum status input_new(struct input **input,
                      const struct input_settings *settings, char *const *files,
                      size_t n_files)
{
    struct input *made = mem_alloc(sizeof *made);
    made->epoll = -1;
    made->shared.settings = settings;
    buf_init(&made->shared.scratch, (size_t)4 * INPUT_ROW_MAX_BYTES);
    made->readers = mem_alloc_array(n_files + 1, sizeof *made->readers);
    enum status status = open_all(made, files, n_files);
    if (status != STATUS_OK) {
        input_free(made);
        made = NULL;
    }
    *input = made;
    return status;
}

void input_watch(struct input *input, uv_loop_t *loop, input_ready_fn ready,
                 void *ctx)
{
    bool any = false;
    for (size_t i = 0; i < input->n_readers; i++) {
        input->readers[i].source.patient = false;
        any = any || !input->readers[i].source.regular;
    }
    input->ready = ready;
    input->ready_ctx = ctx;
    input->poll.data = input;
    if (!any)
        return;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    int failed = epoll < 0 ? -errno : uv_poll_init(loop, &input->poll, epoll);
    if (failed)
        (void)diag_error("cannot watch standard input: %s",
                         uv_strerror(failed));
    else
        input->epoll = epoll;
}

static void stop_waiting(struct input *input)
{
    if (!input->waiting)
        return;
    int fd = input->readers[input->current].source.fd;
    input->waiting = false;
    (void)uv_poll_stop(&input->poll); /* cannot fail for an open handle */
    (void)epoll_ctl(input->epoll, EPOLL_CTL_DEL, fd, NULL); /* it is in */
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    struct input *input = poll->data;
    (void)status; /* reading will tell */
    (void)events;
    stop_waiting(input);
    input->ready(input->ready_ctx);
}

/* Asks the loop to call when the current reader's file has more. */
static enum input_result start_waiting(struct input *input)
{
    const struct input_source *source = &input->readers[input->current].source;
    struct epoll_event event = {.events = EPOLLIN};
    if (input->waiting)
        return INPUT_WAIT;
    if (epoll_ctl(input->epoll, EPOLL_CTL_ADD, source->fd, &event)) {
        (void)diag_error("%s: cannot wait for more: %s", source->name,
                         strerror(errno));
        return INPUT_FAILED;
    }
    input->waiting = true;
    /* It fails for a closed handle only. */
    (void)uv_poll_start(&input->poll, UV_READABLE, on_readable);
    return INPUT_WAIT;
}

enum input_result input_next(struct input *input, struct query *query)
{
    while (!input->failed && input->current < input->n_readers) {
        struct input_reader *reader = &input->readers[input->current];
        enum input_result result = reader->ops->next(reader, query);
        if (result == INPUT_WAIT)
            result = start_waiting(input);
        else
            stop_waiting(input);
        if (result == INPUT_ROW) {
            input->rows++;
            input->last = input->current;
        }
        input->failed = result == INPUT_FAILED;
        if (result != INPUT_END)
            return result;
        close_reader(reader);
        input->current++;
    }
    return input->failed ? INPUT_FAILED : INPUT_END;
}

bool input_reads(const struct input *input, const struct stat *file)
{
    for (size_t i = 0; i < input->n_readers; i++) {
        struct stat own;
        int fd = input->readers[i].source.fd;
        if (fd >= 0 && fstat(fd, &own) == 0 && own.st_dev == file->st_dev &&
            own.st_ino == file->st_ino)
            return true;
    }
    return false;
}

bool input_is_files(const struct input *input)
{
    for (size_t i = 0; i < input->n_readers; i++) {
        const struct input_source *source = &input->readers[i].source;
        if (!source->regular || source->fd == STDIN_FILENO)
            return false;
    }
    return true;
}

size_t input_kept(const struct input *input, const char *const **names)
{
    *names = input->shared.keep.names;
    return input->shared.keep.count;
}

const char *input_file_name(const struct input *input)
{
    return input->readers[input->last].source.name;
}

struct input_counts input_counts(const struct input *input)
{
    struct input_counts counts = {
        .rows = input->rows,
        .trimmed = input->shared.trimmed,
    };
    bool unknown = false;
    for (size_t i = 0; i < input->n_readers; i++) {
        const struct input_source *source = &input->readers[i].source;
        counts.bytes += source->bytes;
        if (!source->packing)
            counts.bytes -= source->len - source->at;
        counts.size += source->size;
        unknown = unknown || !source->regular;
    }
    if (unknown)
        counts.size = 0;
    return counts;
}

void input_close(struct input *input)
{
    stop_waiting(input);
    if (input->epoll < 0)
        return;
    uv_close((uv_handle_t *)&input->poll, NULL);
    (void)close(input->epoll); /* nothing can be lost */
    input->epoll = -1;
}

void input_free(struct input *input)
{
    if (!input)
        return;
    for (size_t i = 0; i < input->n_readers; i++)
        close_reader(&input->readers[i]);
    free(input->readers);
    input_keep_release(&input->shared.keep);
    buf_release(&input->shared.scratch);
    free(input);
}

/*
 * Rows reach the disk while the run goes on.
 *
 * Responsible for syncing the partial soon after rows are done, and for
 * doing so beside the loop, never in it: a disk may take seconds. The
 * invariant: at most one sync is under way, and a row that is done is on its
 * way to the disk within half a second or, when more than 10,000 are, at
 * once; while a sync takes longer, with the next one.
 *
 * libuv ends the program where its pool can start no thread. So one is
 * started here first, and the pool is kept at that one.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "run_state.h"
#include "units.h"

static const uint64_t SYNC_ROWS = 10000;

static const uint64_t SYNC_NS = UNITS_NS_PER_S / 2;

static void on_synced(uv_fs_t *request)
{
    struct run *run = request->data;
    int cause = -(int)request->result;
    run->sync.busy = false;
    uv_fs_req_cleanup(request);
    if (cause == EINVAL || cause == ENOTSUP)
        run->sync.fd = -1; /* the file system has no such thing */
    else if (cause > 0 && output_fail(run->output, cause))
        run_output_failed(run);
    run_pump(run);
}

static void start(struct run *run)
{
    struct run_sync *sync = &run->sync;
    sync->due_ns = 0;
    sync->rows = 0;
    /* It fails without a callback only. */
    int failed = uv_fs_fdatasync(&run->loop, &sync->request, sync->fd,
                                 on_synced);
    assert(!failed);
    sync->busy = true;
}

static void do_nothing(void *ctx)
{
    (void)ctx;
}

/* What it found is of no use: that the thread runs is all. */
static void on_pool_started(uv_fs_t *request)
{
    struct run *run = request->data;
    run->sync.busy = false;
    uv_fs_req_cleanup(request);
}

enum status run_sync_open(struct run *run)
{
    uv_thread_t thread;
    run->sync.fd = output_partial_fd(run->output);
    if (run->sync.fd < 0)
        return STATUS_OK;
    int failed = uv_thread_create(&thread, do_nothing, NULL);
    if (failed)
        return diag_fail(STATUS_IO,
                         "cannot start a thread, for syncing the output: %s; "
                         "raise the limit on processes (ulimit -u)",
                         uv_strerror(failed));
    (void)uv_thread_join(&thread);              /* it was started */
    (void)setenv("UV_THREADPOOL_SIZE", "1", 1); /* there is memory */
    run->sync.request.data = run;
    run->sync.busy = uv_fs_fstat(&run->loop, &run->sync.request, run->sync.fd,
                                 on_pool_started) == 0;
    return STATUS_OK;
}

uint64_t run_sync_due(const struct run *run)
{
    const struct run_sync *sync = &run->sync;
    return sync->due_ns > 0 && !sync->busy ? sync->due_ns : UINT64_MAX;
}

void run_sync(struct run *run, uint64_t now_ns)
{
    struct run_sync *sync = &run->sync;
    if (sync->fd < 0 || sync->rows == 0 || run->output_state == OUTPUT_FAILED)
        return;
    if (sync->due_ns == 0)
        sync->due_ns = now_ns + SYNC_NS;
    if (sync->busy || (sync->rows < SYNC_ROWS && now_ns < sync->due_ns))
        return;
    run_flush(run);
    if (run->output_state != OUTPUT_FAILED)
        start(run);
}

void run_sync_wait(struct run *run)
{
    while (run->sync.busy)
        (void)uv_run(&run->loop, UV_RUN_ONCE);
}

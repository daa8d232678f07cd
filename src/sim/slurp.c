/*
 * Whole files in memory.
 *
 * Responsible for reading to the end; not for wording what went wrong.
 */
#include "sim/slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file.h"

enum {
    SLURP_STEP_BYTES = 65536
};

static int read_all(struct buf *buf, int fd)
{
    for (;;) {
        if (buf->len == buf->max) {
            errno = EFBIG;
            return -1;
        }
        size_t step = buf->max - buf->len;
        if (step > SLURP_STEP_BYTES)
            step = SLURP_STEP_BYTES;
        ssize_t got = file_read(fd, buf_reserve(buf, step), step);
        if (got <= 0)
            return (int)got;
        buf->len += (size_t)got;
    }
}

int slurp(struct buf *buf, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int failed = read_all(buf, fd);
    int cause = errno;
    (void)close(fd); /* read-only: nothing can be lost */
    errno = cause;
    return failed;
}

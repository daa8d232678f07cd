/*
 * Files, as far as more than one module needs them.
 *
 * Responsible for EINTR, short writes and directory syncs; not for wording.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "mem.h"

ssize_t file_read(int fd, void *data, size_t len)
{
    ssize_t got;
    do
        got = read(fd, data, len);
    while (got < 0 && errno == EINTR);
    return got;
}

ssize_t file_write(int fd, const void *data, size_t len)
{
    ssize_t put;
    do
        put = write(fd, data, len);
    while (put < 0 && errno == EINTR);
    return put;
}

int file_write_all(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        ssize_t put = file_write(fd, at, len);
        if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            struct pollfd writable = {.fd = fd, .events = POLLOUT};
            (void)poll(&writable, 1, 1000); /* the write tells the rest */
            continue;
        }
        if (put < 0)
            return -1;
        at += put;
        len -= (size_t)put;
    }
    return 0;
}

int file_reserve_standard(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        /* The lowest free descriptor is fd: those below are open. */
        if (open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY) != fd)
            return -1;
    }
    return 0;
}

int file_sync_directory(const char *path)
{
    char *copy = mem_strdup(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    if (fd < 0)
        return -1;
    int failed = fsync(fd);
    int cause = errno;
    (void)close(fd); /* read-only: nothing can be lost */
    errno = cause;
    return failed;
}

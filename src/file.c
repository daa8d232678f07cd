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
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

ssize_t file_read(int fd, void *data, size_t len)
{
    return TEMP_FAILURE_RETRY(read(fd, data, len));
}

ssize_t file_read_all(int fd, void *data, size_t len)
{
    size_t all = 0;
    ssize_t got = 1;
    while (all < len && got > 0) {
        got = file_read(fd, (char *)data + all, len - all);
        all += got > 0 ? (size_t)got : 0;
    }
    return got < 0 ? -1 : (ssize_t)all;
}

ssize_t file_write(int fd, const void *data, size_t len)
{
    return TEMP_FAILURE_RETRY(write(fd, data, len));
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
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        /* The lowest free descriptor is fd: those below are open. */
        if (open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY) != fd)
            return -1;
    }
    return 0;
}

int file_standard(const char *name)
{
    if (strcmp(name, "-") == 0 || strcmp(name, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    return strcmp(name, "/dev/stderr") == 0 ? STDERR_FILENO : -1;
}

/* What to open for a file that is to be replaced: target is the name it
 * gets at the end, NULL when it is no regular file; both are owned. */
static char *replacing_name(const char *name, char **target)
{
    struct stat old;
    struct stat link;
    bool exists = stat(name, &old) == 0;
    *target = NULL;
    if (exists ? !S_ISREG(old.st_mode) : lstat(name, &link) == 0)
        return mem_strdup(name); /* nor is a link to nothing replaced */
    *target = exists ? realpath(name, NULL) : mem_strdup(name);
    if (!*target)
        return NULL;
    return mem_printf("%s.%ld.tmp", *target, (long)getpid());
}

static int open_replacing(const char *temporary, bool is_new)
{
    int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
    if (is_new) {
        flags |= O_CREAT | O_EXCL;
        (void)unlink(temporary); /* a dead process with our number left it */
    }
    return open(temporary, flags, 0666);
}

static int write_and_close(int fd, const void *data, size_t len, bool sync)
{
    int failed = file_write_all(fd, data, len) || (sync && fsync(fd));
    int cause = errno;
    if (close(fd) && !failed)
        return -1;
    errno = cause;
    return failed ? -1 : 0;
}

/* Without data, only whether it could be done now. */
static int replace(const char *name, const void *data, size_t len, int mode)
{
    char *target;
    char *temporary = replacing_name(name, &target);
    int fd = temporary ? open_replacing(temporary, target != NULL) : -1;
    bool opened = fd >= 0;
    if (opened && target && mode >= 0)
        (void)fchmod(fd, (mode_t)mode); /* cannot fail on our own new file */
    int failed = !opened || write_and_close(fd, data, len, data && target) ||
                 (data && target && rename(temporary, target));
    int cause = errno;
    if (opened && target && (failed || !data))
        (void)unlink(temporary); /* it failed already, or was empty */
    free(temporary);
    free(target);
    errno = cause;
    return failed ? -1 : 0;
}

int file_replace(const char *name, const void *data, size_t len, int mode)
{
    int standard = file_standard(name);
    return standard >= 0 ? file_write_all(standard, data, len)
                         : replace(name, data, len, mode);
}

int file_try_replace(const char *name)
{
    int standard = file_standard(name);
    return standard >= 0 ? (int)file_write(standard, "", 0)
                         : replace(name, NULL, 0, -1);
}

char *file_user_path(const char *variable, const char *below, const char *name)
{
    const char *directory = getenv(variable);
    const char *home = getenv("HOME");
    if (directory && directory[0] == '/')
        return mem_printf("%s/%s", directory, name);
    if (home && home[0] == '/')
        return mem_printf("%s/%s/%s", home, below, name);
    return NULL;
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

/*
 * What rows are written to.
 *
 * Responsible for refusing, in words and before anything is sent, whatever
 * cannot become the output; writes no byte. A link is followed once, so that
 * its target is replaced and not the link.
 */
#include "output_target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "mem.h"

enum status output_target_standard(struct output_target *target)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    target->name = mem_strdup("standard output");
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
        return diag_fail(STATUS_IO, "standard output is not open for writing");
    target->standard = true;
    target->fd = STDOUT_FILENO;
    target->replaces = fstat(target->fd, &target->replaced) == 0 &&
                       S_ISREG(target->replaced.st_mode);
    return STATUS_OK;
}

/* No regular file (/dev/null, a FIFO, a terminal): nothing to rename. */
static enum status open_device(struct output_target *target, const char *file)
{
    target->name = mem_strdup(file);
    target->fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (target->fd < 0)
        return diag_fail(STATUS_IO, "cannot write %s: %s", file,
                         strerror(errno));
    return STATUS_OK;
}

/* Whose is the partial that is there? A run that goes on holds a lock. */
static enum status tell_existing(const char *partial)
{
    int fd = open(partial, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK;
    if (fd >= 0)
        (void)close(fd); /* read-only */
    if (held)
        return diag_fail(STATUS_GAVE_UP,
                         "another run is writing %s: wait for it, or choose "
                         "another -o",
                         partial);
    return diag_fail(STATUS_USAGE,
                     "%s exists: an earlier run left it unfinished; move or "
                     "remove it, or choose another -o",
                     partial);
}

/* Creates the partial; mode -1 is by umask. */
static enum status open_partial(struct output_target *target, int mode)
{
    size_t size = strlen(target->file) + sizeof ".partial";
    char *partial = mem_alloc(size);
    (void)snprintf(partial, size, "%s.partial", target->file); /* it fits */
    target->name = partial;
    target->fd = open(
        partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
        mode < 0 ? S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH
                 : S_IRUSR | S_IWUSR);
    if (target->fd < 0 && errno == EEXIST)
        return tell_existing(partial);
    if (target->fd < 0)
        return diag_fail(STATUS_IO, "cannot create %s: %s", partial,
                         strerror(errno));
    (void)flock(target->fd, LOCK_EX | LOCK_NB); /* only tells others */
    target->partial = mem_strdup(partial);
    return STATUS_OK;
}

/* Gives the partial its permissions before anything is in it. */
static enum status set_mode(const struct output_target *target, int mode,
                            bool wanted)
{
    if (mode < 0 || fchmod(target->fd, (mode_t)mode) == 0 || !wanted)
        return STATUS_OK; /* else it stays private, which is safe */
    return diag_fail(STATUS_IO, "cannot set the mode of %s: %s",
                     target->partial, strerror(errno));
}

/* The file that a new one shall replace: a link's target, not the link. */
static char *resolve(const char *file, bool exists)
{
    if (exists)
        return realpath(file, NULL);
    struct stat link;
    if (lstat(file, &link) == 0) { /* a link to nothing */
        errno = ENOENT;
        return NULL;
    }
    return mem_strdup(file);
}

enum status output_target_open(struct output_target *target,
                               const struct output_settings *settings)
{
    const char *file = settings->file;
    struct stat old;
    if (!*file)
        return diag_fail(STATUS_USAGE, "the output file's name is empty");
    bool exists = stat(file, &old) == 0;
    if (!exists && errno != ENOENT)
        return diag_fail(STATUS_IO, "cannot write %s: %s", file,
                         strerror(errno));
    if (exists && S_ISDIR(old.st_mode))
        return diag_fail(STATUS_IO, "cannot write %s: %s", file,
                         strerror(EISDIR));
    if (exists && !S_ISREG(old.st_mode))
        return open_device(target, file);
    target->replaced = old;
    target->replaces = exists;
    target->file = resolve(file, exists);
    if (!target->file)
        return diag_fail(STATUS_IO, "cannot write %s: its target: %s", file,
                         strerror(errno));
    int mode = settings->mode;
    if (mode < 0 && exists)
        mode = (int)(old.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO));
    enum status status = open_partial(target, mode);
    return status ? status : set_mode(target, mode, settings->mode >= 0);
}

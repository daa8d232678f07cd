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
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

enum {
    MARK_MAX_BYTES = 4096 /* what file systems allow */
};

/* Where there are no such attributes, nothing is known and nothing said. */
static const char mark[] = "user.mqstat.from";

static enum status open_standard(struct output_target *target, bool resume)
{
    if (resume)
        return diag_fail(STATUS_USAGE, "--resume: goes with -o FILE only: "
                                       "standard output cannot be read again");
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

/* Says why, for errno. */
static enum status fail(const char *file)
{
    return diag_fail(STATUS_IO, "cannot write %s: %s", file, strerror(errno));
}

/* No regular file (/dev/null, a FIFO, a terminal): nothing to rename. */
static enum status open_device(struct output_target *target,
                               const struct output_settings *settings,
                               mode_t mode)
{
    const char *file = settings->file;
    if (settings->resume && !S_ISDIR(mode))
        return diag_fail(STATUS_USAGE,
                         "--resume: %s is no regular file: what was written "
                         "to it cannot be read again",
                         file);
    target->name = mem_strdup(file);
    target->fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return target->fd < 0 ? fail(file) : STATUS_OK;
}

static enum status tell_left(const char *partial)
{
    return diag_fail(STATUS_USAGE,
                     "%s exists: an earlier run left it unfinished; go on with "
                     "--resume, or remove it, or choose another -o",
                     partial);
}

/* Is the partial still what its name stands for, and not moved or removed? */
static bool is_named(const struct output_target *target, const char *partial)
{
    struct stat named;
    return stat(partial, &named) == 0 && target->made.st_dev == named.st_dev &&
           target->made.st_ino == named.st_ino;
}

/* Takes the lock, which ends with the process; others learn by it that a run
 * goes on. */
static enum status lock_partial(int fd, const char *partial)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    if (errno == EWOULDBLOCK)
        return diag_fail(STATUS_GAVE_UP,
                         "another run is writing %s: wait for it, or choose "
                         "another -o",
                         partial);
    diag_note("cannot lock %s: %s: nothing keeps another run from it", partial,
              strerror(errno));
    return STATUS_OK;
}

/* A file that is there: one to go on with, or one without a byte. */
static enum status check_left(struct output_target *target, const char *partial,
                              bool resume)
{
    struct stat is;
    if (fstat(target->fd, &is) || !S_ISREG(is.st_mode))
        return diag_fail(STATUS_IO, "%s is no regular file", partial);
    target->left = is.st_size > 0;
    if (target->left && !resume)
        return tell_left(partial);
    return STATUS_OK;
}

/*
 * Creates or opens, then locks. Between the two another run may finish and
 * rename the file: -1, to be tried again. A file of no bytes may be one that
 * another run has just created: whoever gets the lock has it.
 */
static int try_partial(struct output_target *target, const char *partial,
                       bool resume, enum status *status)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    target->fd = open(partial, flags | O_CREAT | O_EXCL,
                      target->mode < 0 ? 0666 : 0600);
    bool made = target->fd >= 0;
    const char *verb = "create";
    if (!made && errno == EEXIST) {
        verb = "open";
        target->fd = open(partial, flags);
        if (target->fd < 0 && errno == ENOENT)
            return -1;
        if (target->fd < 0 && !resume) {
            *status = tell_left(partial);
            return 0;
        }
    }
    *status = target->fd >= 0 ? lock_partial(target->fd, partial)
                              : diag_fail(STATUS_IO, "cannot %s %s: %s", verb,
                                          partial, strerror(errno));
    if (!*status &&
        (fstat(target->fd, &target->made) || !is_named(target, partial)))
        return -1;
    if (!*status && !made)
        *status = check_left(target, partial, resume);
    return 0;
}

static enum status open_partial(struct output_target *target, bool resume)
{
    static const int tries = 100; /* nobody loses that many races */
    enum status status = STATUS_IO;
    char *partial = mem_printf("%s.partial", target->file);
    target->name = partial;
    for (int i = 0; i < tries; i++) {
        if (try_partial(target, partial, resume, &status) == 0) {
            target->partial = status ? NULL : mem_strdup(partial);
            return status;
        }
        if (target->fd >= 0)
            (void)close(target->fd); /* nothing was written */
        target->fd = -1;
    }
    return diag_fail(STATUS_IO,
                     "cannot create %s: it is replaced or removed "
                     "each time",
                     partial);
}

/* Gives the partial its permissions before anything is in it. */
static enum status set_mode(const struct output_target *target, bool wanted)
{
    if (target->mode < 0 || fchmod(target->fd, (mode_t)target->mode) == 0 ||
        !wanted)
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

static enum status open_file(struct output_target *target,
                             const struct output_settings *settings)
{
    const char *file = settings->file;
    struct stat old;
    if (!*file)
        return diag_fail(STATUS_USAGE, "the output file's name is empty");
    bool exists = stat(file, &old) == 0;
    if (!exists && errno != ENOENT)
        return fail(file);
    if (exists && !S_ISREG(old.st_mode))
        return open_device(target, settings, old.st_mode);
    target->replaced = old;
    target->replaces = exists;
    target->file = resolve(file, exists);
    if (!target->file)
        return diag_fail(STATUS_IO, "cannot write %s: its target: %s", file,
                         strerror(errno));
    target->mode = settings->mode;
    if (target->mode < 0 && exists)
        target->mode = (int)(old.st_mode & 0777);
    enum status status = open_partial(target, settings->resume);
    return status ? status : set_mode(target, settings->mode >= 0);
}

/* -1 for a target that epoll does not know: it never blocks. */
static int open_watch(int fd)
{
    struct epoll_event event = {.events = 0}; /* its end is always told */
    int watch = epoll_create1(EPOLL_CLOEXEC);
    if (watch >= 0 && epoll_ctl(watch, EPOLL_CTL_ADD, fd, &event)) {
        (void)close(watch); /* nothing can be lost */
        watch = -1;
    }
    return watch;
}

static void classify(struct output_target *target)
{
    struct stat is;
    target->terminal = isatty(target->fd) == 1;
    target->stream = target->terminal;
    if (fstat(target->fd, &is) == 0 &&
        (S_ISFIFO(is.st_mode) || S_ISSOCK(is.st_mode)))
        target->stream = true;
    if (target->stream)
        target->watch = open_watch(target->fd);
}

enum status output_target_open(struct output_target *target,
                               const struct output_settings *settings)
{
    bool standard = !settings->file ||
                    file_standard(settings->file) == STDOUT_FILENO;
    enum status status = standard ? open_standard(target, settings->resume)
                                  : open_file(target, settings);
    if (!status)
        classify(target);
    return status;
}

enum status output_target_mark(const struct output_target *target,
                               const char *from, bool resumed)
{
    char found[MARK_MAX_BYTES];
    ssize_t len = -1;
    if (resumed)
        len = fgetxattr(target->fd, mark, found, sizeof found);
    else
        (void)fsetxattr(target->fd, mark, from, strlen(from), 0);
    if (resumed && len < 0)
        diag_note("%s does not tell which endpoint and user it was begun with",
                  target->partial);
    if (len < 0 || mem_is(found, (size_t)len, from))
        return STATUS_OK;
    return diag_fail(STATUS_USAGE,
                     "%s was begun with %.*s, not with %s: give that endpoint "
                     "and user; to mix both, put a copy (cp) in its place",
                     target->partial, (int)len, found, from);
}

/* Standard output is closed through a duplicate, which reports the same and
 * leaves the number taken. */
int output_target_close(struct output_target *target)
{
    int fd = target->standard ? dup(target->fd) : target->fd;
    target->fd = -1;
    if (fd >= 0 && close(fd) && errno != EINTR && errno != EINPROGRESS)
        return -1;
    return 0;
}

static void forget_partial(struct output_target *target)
{
    free(target->partial);
    target->partial = NULL;
}

void output_target_remove(struct output_target *target)
{
    if (is_named(target, target->partial))
        (void)unlink(target->partial); /* what stays is found by the next run */
    forget_partial(target);
}

int output_target_publish(struct output_target *target)
{
    if (!is_named(target, target->partial))
        return diag_error("%s was moved, removed or begun anew by others while "
                          "it was written: it does not become %s",
                          target->partial, target->file);
    (void)removexattr(target->partial, mark); /* harmless where it stays */
    if (rename(target->partial, target->file))
        return diag_error("cannot rename %s to %s: %s; the rows are in the "
                          "first",
                          target->partial, target->file, strerror(errno));
    forget_partial(target);
    bool unsynced = file_sync_directory(target->file) && errno != EINVAL &&
                    errno != ENOTSUP && errno != EACCES;
    if (!unsynced)
        return 0;
    return diag_error("%s is complete, but its directory cannot be synced: %s",
                      target->file, strerror(errno));
}

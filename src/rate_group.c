/*
 * Several processes on one host share one rate.
 *
 * Responsible for the file and the swap; the arithmetic is limiter's. The
 * file is a hint of the past, never a lock: what is found in it is believed
 * only as far as it can be true (this boot, this user, not far ahead), else
 * it is made anew. Opening is serialised by flock(2), which a killed
 * process cannot keep; taking a start needs no lock at all.
 */
#include "rate_group.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "limiter.h"
#include "mem.h"
#include "units.h"

enum {
    BOOT_ID_BYTES = 40,
    PATH_BYTES = 4096
};

static const char MAGIC[8] = "mqstat1";

/* The file, shared by all processes of the group. */
struct shared {
    char magic[8];
    char boot_id[BOOT_ID_BYTES]; /* the monotonic clock starts anew */
    _Atomic uint64_t tat_ns;
};

struct rate_group {
    struct shared *shared; /* mapped */
    struct limiter rule;   /* interval and tau; its own TAT is not used */
};

static uint64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UNITS_NS_PER_S + (uint64_t)now.tv_nsec;
}

static void read_boot_id(char id[BOOT_ID_BYTES])
{
    memset(id, 0, BOOT_ID_BYTES);
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return; /* no /proc: one boot is as good as another */
    ssize_t got = file_read(fd, id, BOOT_ID_BYTES - 1);
    if (got < 0)
        memset(id, 0, BOOT_ID_BYTES);
    (void)close(fd); /* read-only */
}

/* A name that is one file's name and nothing else. */
static bool name_is_plain(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    return len > 0 && len <= 64 && !name[len];
}

static void make_path(char path[PATH_BYTES], const char *name)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (runtime && runtime[0] == '/')
        (void)snprintf(path, PATH_BYTES, "%s/mqstat-%s", runtime, name);
    else
        (void)snprintf(path, PATH_BYTES, "/dev/shm/mqstat-%lu-%s",
                       (unsigned long)getuid(), name);
}

/* Is what another process left of use, at this time and in this boot? */
static bool credible(const struct shared *shared, const char *boot_id,
                     uint64_t interval_ns)
{
    uint64_t now_ns = monotonic_ns();
    uint64_t ahead_ns = 2 * interval_ns > UNITS_NS_PER_S ? 2 * interval_ns
                                                         : UNITS_NS_PER_S;
    return memcmp(shared->magic, MAGIC, sizeof MAGIC) == 0 &&
           memcmp(shared->boot_id, boot_id, BOOT_ID_BYTES) == 0 &&
           atomic_load(&shared->tat_ns) <= now_ns + ahead_ns;
}

/* Opens the file, alone for the moment; -1 after saying why. */
static int open_locked(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return diag_error("--rate-group: cannot open %s: %s", path,
                          strerror(errno));
    struct stat file;
    bool ours = fstat(fd, &file) == 0 && S_ISREG(file.st_mode) &&
                file.st_uid == geteuid() && !(file.st_mode & 022);
    if (!ours)
        (void)diag_error("--rate-group: %s is not a file that only this user "
                         "can write: remove it, or use another name",
                         path);
    else if (flock(fd, LOCK_EX) || ftruncate(fd, sizeof(struct shared)))
        ours = diag_error("--rate-group: cannot use %s: %s", path,
                          strerror(errno)) == 0;
    if (ours)
        return fd;
    (void)close(fd); /* nothing was written */
    return -1;
}

enum status rate_group_join(struct rate_group **group, const char *name,
                            double per_s, uint64_t tau_ns)
{
    char path[PATH_BYTES];
    *group = NULL;
    if (!name_is_plain(name))
        return diag_fail(STATUS_USAGE, "--rate-group: give a name of letters, "
                                       "digits, '.', '_' and '-'");
    make_path(path, name);
    int fd = open_locked(path);
    if (fd < 0)
        return STATUS_USAGE;
    struct rate_group *made = mem_alloc(sizeof *made);
    limiter_init(&made->rule, per_s, tau_ns, 0);
    made->shared = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
                        MAP_SHARED, fd, 0);
    int cause = errno;
    bool mapped = made->shared != MAP_FAILED;
    char boot_id[BOOT_ID_BYTES];
    read_boot_id(boot_id);
    if (mapped && !credible(made->shared, boot_id, made->rule.interval_ns)) {
        memcpy(made->shared->magic, MAGIC, sizeof MAGIC);
        memcpy(made->shared->boot_id, boot_id, BOOT_ID_BYTES);
        atomic_store(&made->shared->tat_ns, monotonic_ns() + tau_ns);
    }
    (void)close(fd); /* gives the lock back; the mapping stays */
    if (mapped) {
        *group = made;
        return STATUS_OK;
    }
    free(made);
    return diag_fail(STATUS_USAGE, "--rate-group: cannot map %s: %s", path,
                     strerror(cause));
}

void rate_group_leave(struct rate_group *group)
{
    if (!group)
        return;
    (void)munmap(group->shared, sizeof *group->shared); /* ours */
    free(group);
}

/* The shared time as a limiter; a time that cannot be is taken for now. */
static struct limiter look(const struct rate_group *group, uint64_t *seen)
{
    struct limiter limiter = group->rule;
    *seen = atomic_load(&group->shared->tat_ns);
    limiter.tat_ns = *seen;
    return limiter;
}

uint64_t rate_group_when(const struct rate_group *group)
{
    uint64_t seen;
    struct limiter limiter = look(group, &seen);
    return limiter_when(&limiter);
}

bool rate_group_take(struct rate_group *group, uint64_t now_ns)
{
    uint64_t seen;
    struct limiter limiter = look(group, &seen);
    if (limiter_when(&limiter) > now_ns)
        return false;
    limiter_take(&limiter, now_ns);
    return atomic_compare_exchange_strong(&group->shared->tat_ns, &seen,
                                          limiter.tat_ns);
}

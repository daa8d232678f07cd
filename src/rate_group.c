/*
 * Several processes on one host share one rate.
 *
 * Responsible for the file and the swap; the arithmetic is limiter's. The
 * file is the one number, and a hint of the past, never a lock: a time that
 * lies behind us, as in a new file, does no harm, and one that is too far
 * ahead to be true (garbage, another boot) is replaced. Nothing needs a
 * lock, so a process that is killed holds none.
 */
#include "rate_group.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "limiter.h"
#include "mem.h"
#include "units.h"

struct rate_group {
    _Atomic uint64_t *tat_ns; /* mapped: shared by all of the group */
    struct limiter rule;      /* interval and tau; its own TAT is not used */
};

static uint64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UNITS_NS_PER_S + (uint64_t)now.tv_nsec;
}

/* A name that is one file's name and nothing else. */
static bool name_is_plain(const char *name)
{
    size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    return len > 0 && len <= 64 && !name[len];
}

static char *make_path(const char *name)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (runtime && runtime[0] == '/')
        return mem_printf("%s/mqstat-%s", runtime, name);
    return mem_printf("/dev/shm/mqstat-%lu-%s", (unsigned long)getuid(), name);
}

/* Maps the file's one number; NULL after saying why not. */
static void *map_file(const char *path)
{
    void *mapped = MAP_FAILED;
    struct stat file;
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ours = fd >= 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode) &&
                file.st_uid == geteuid() && !(file.st_mode & 022);
    if (ours && ftruncate(fd, sizeof(uint64_t)) == 0)
        mapped = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE,
                      MAP_SHARED, fd, 0);
    if (fd < 0 || (ours && mapped == MAP_FAILED))
        (void)diag_error("--rate-group: cannot %s %s: %s",
                         fd < 0 ? "open" : "use", path, strerror(errno));
    else if (!ours)
        (void)diag_error("--rate-group: %s is not a file that only this user "
                         "can write: remove it, or use another name",
                         path);
    if (fd >= 0)
        (void)close(fd); /* the mapping stays */
    return mapped == MAP_FAILED ? NULL : mapped;
}

/*
 * No process of the group can have left a time that far ahead, unless it was
 * told another rate, which is not to hold the others up.
 */
static void mend(const struct rate_group *group)
{
    uint64_t now_ns = monotonic_ns();
    uint64_t seen = atomic_load(group->tat_ns);
    uint64_t ahead_ns = 2 * group->rule.interval_ns;
    if (ahead_ns < UNITS_NS_PER_S)
        ahead_ns = UNITS_NS_PER_S;
    if (seen > now_ns + ahead_ns) /* unless another process was faster */
        (void)atomic_compare_exchange_strong(group->tat_ns, &seen,
                                             now_ns + group->rule.interval_ns +
                                                 group->rule.tau_ns);
}

enum status rate_group_join(struct rate_group **group, const char *name,
                            double per_s, uint64_t tau_ns)
{
    *group = NULL;
    if (!name_is_plain(name))
        return diag_fail(STATUS_USAGE, "--rate-group: give a name of letters, "
                                       "digits, '.', '_' and '-'");
    char *path = make_path(name);
    void *mapped = map_file(path);
    free(path);
    if (!mapped)
        return STATUS_USAGE;
    *group = mem_alloc(sizeof **group);
    (*group)->tat_ns = mapped;
    limiter_init(&(*group)->rule, per_s, tau_ns, 0);
    return STATUS_OK;
}

void rate_group_leave(struct rate_group *group)
{
    if (!group)
        return;
    (void)munmap((void *)group->tat_ns, sizeof *group->tat_ns); /* ours */
    free(group);
}

/* The shared time as a limiter. */
static struct limiter look(const struct rate_group *group, uint64_t *seen)
{
    struct limiter limiter = group->rule;
    *seen = atomic_load(group->tat_ns);
    limiter.tat_ns = *seen;
    return limiter;
}

uint64_t rate_group_when(const struct rate_group *group)
{
    uint64_t seen;
    mend(group);
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
    return atomic_compare_exchange_strong(group->tat_ns, &seen, limiter.tat_ns);
}

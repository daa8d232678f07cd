/*
 * No more rights on files than the rest of a run needs: Linux' Landlock.
 *
 * Responsible for the kernel's interface, which libc does not wrap; not for
 * what is to stay possible. Only changes are restricted. Reading is not:
 * certificates, the resolver's files and the name service's modules are
 * opened late, at places that only their libraries know, and mapping a
 * module does not count as executing it.
 *
 * What the kernel does not know yet must not be asked for, so the first
 * call tells the version. To allow /data/out.csv is to allow changes below
 * /data, since the partial there is renamed.
 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mem.h"

static const long TRUNCATE_SINCE = 3; /* version; the headers may be older */

static const uint64_t TRUNCATE = UINT64_C(1) << 14;
static const uint64_t HANDLED =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM | TRUNCATE;
static const uint64_t NEEDED = LANDLOCK_ACCESS_FS_WRITE_FILE |
                               LANDLOCK_ACCESS_FS_REMOVE_FILE |
                               LANDLOCK_ACCESS_FS_MAKE_REG | TRUNCATE;

/* Allows changes in the directory that holds file. */
static int allow(int ruleset, const char *file, uint64_t known)
{
    char *target = realpath(file, NULL);
    char *copy = target ? target : mem_strdup(file);
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = NEEDED & known,
        .parent_fd = open(dirname(copy), O_PATH | O_CLOEXEC),
    };
    free(copy);
    if (beneath.parent_fd < 0)
        return 0; /* nothing could be written there anyway */
    long failed = syscall(SYS_landlock_add_rule, ruleset,
                          LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    int cause = errno;
    (void)close(beneath.parent_fd); /* it only named */
    errno = cause;
    return (int)failed;
}

int sandbox_enter(const char *const *files, size_t n)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 0)
        return -1;
    uint64_t known = version < TRUNCATE_SINCE ? ~TRUNCATE : UINT64_MAX;
    struct landlock_ruleset_attr attr = {.handled_access_fs = HANDLED & known};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr,
                               0);
    if (ruleset < 0)
        return -1;
    long failed = 0;
    for (size_t i = 0; i < n && !failed; i++)
        failed = files[i] ? allow(ruleset, files[i], known) : 0;
    if (!failed)
        failed = syscall(SYS_landlock_restrict_self, ruleset, 0);
    int cause = errno;
    (void)close(ruleset); /* it is in force */
    errno = cause;
    return failed ? -1 : (int)version;
}

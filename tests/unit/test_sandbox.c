/*
 * The sandbox, tried from inside: what still works, and what does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

/* Errno of an action, 0 for success. */
static int cause(int result)
{
    return result < 0 ? errno : 0;
}

static int create(const char *name)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int why = cause(fd);
    if (fd >= 0)
        (void)close(fd);
    return why;
}

static int look(const char *name)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    int why = cause(fd);
    if (fd >= 0)
        (void)close(fd);
    return why;
}

static int run(void)
{
    char *argv[] = {(char[]){"true"}, NULL};
    pid_t pid = fork();
    int status = 0;
    if (pid == 0) {
        (void)execv("/bin/true", argv);
        _exit(errno);
    }
    (void)waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

/* In the child, in a directory with in/ and out/; the line that failed. */
static int try_all(void)
{
    const char *const files[] = {NULL, "in/file", "gone/file", "link"};
    int early = open("out/early", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return __LINE__;
    int version = sandbox_enter(files, sizeof files / sizeof files[0]);
    bool none = version < 0 && (errno == ENOSYS || errno == EOPNOTSUPP);
    int denied = none ? 0 : EACCES;
    if (!none && version < 1)
        return __LINE__;
    if (create("in/a") || create("in/a") || create("linked/a"))
        return __LINE__;
    if (rename("in/a", "in/b") || rename("linked/a", "linked/b"))
        return __LINE__;
    if (truncate("in/b", 0) || unlink("in/b"))
        return __LINE__;
    if (create("out/a") != denied || create("out/old") != denied ||
        create("above") != denied)
        return __LINE__;
    if (cause(rename("out/old", "out/older")) != denied ||
        cause(mkdir("in/d", 0700)) != denied ||
        cause(unlink("out/early")) != denied)
        return __LINE__;
    if (look("/etc/passwd") || look("out/early") != (none ? ENOENT : 0))
        return __LINE__;
    if (write(early, "x", 1) != 1 || ftruncate(early, 0))
        return __LINE__;
    return run() == denied ? 0 : __LINE__;
}

static void only_changes_where_told(void **state)
{
    (void)state;
    char top[] = "/tmp/mqstat-sandbox.XXXXXX";
    assert_non_null(mkdtemp(top));
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int line = chdir(top) || mkdir("in", 0700) || mkdir("out", 0700) ||
                           mkdir("linked", 0700) || create("out/old") ||
                           create("linked/c") || symlink("linked/c", "link")
                       ? __LINE__
                       : try_all();
        if (line)
            (void)fprintf(stderr, "line %d: %s\n", line, strerror(errno));
        _exit(line != 0);
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf %s", top);
    assert_int_equal(system(command), 0); /* made by us */
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_changes_where_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

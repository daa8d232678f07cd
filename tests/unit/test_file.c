/*
 * Files: short and interrupted transfers, full pipes, closed descriptors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"

enum {
    MANY_BYTES = 1000000
};

static void on_alarm(int number)
{
    (void)number;
}

/* Interrupts every system call that blocks, until microseconds is 0. */
static void interrupt_each(int microseconds)
{
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval every = {{0, microseconds}, {0, microseconds}};
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &every, NULL), 0);
}

static char byte_at(size_t i)
{
    return (char)(i * 7 + i / 251);
}

/* In a child: reads everything in small pieces; 0 when all is right. */
static int check_bytes(int fd)
{
    char piece[777];
    size_t seen = 0;
    for (;;) {
        ssize_t got = file_read(fd, piece, sizeof piece);
        if (got <= 0)
            return got < 0 || seen != MANY_BYTES;
        for (ssize_t i = 0; i < got; i++) {
            if (piece[i] != byte_at(seen++))
                return 2;
        }
        (void)poll(NULL, 0, seen % 50 == 0); /* now and then a pause */
    }
}

static void write_many(bool blocking)
{
    int ends[2];
    int status = -1;
    char *bytes = malloc(MANY_BYTES);
    assert_non_null(bytes);
    for (size_t i = 0; i < MANY_BYTES; i++)
        bytes[i] = byte_at(i);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        (void)close(ends[1]);
        _exit(check_bytes(ends[0]));
    }
    assert_true(child > 0);
    assert_int_equal(close(ends[0]), 0);
    if (!blocking)
        assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    interrupt_each(500);
    assert_int_equal(file_write_all(ends[1], bytes, MANY_BYTES), 0);
    interrupt_each(0);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    free(bytes);
}

static void test_write_all(void **state)
{
    (void)state;
    write_many(true);
    write_many(false);
}

static void test_read_all(void **state)
{
    char text[8] = "";
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(file_write_all(ends[1], "abcdefg", 7), 0);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(file_read_all(ends[0], text, 3), 3);
    assert_int_equal(file_read_all(ends[0], text, sizeof text), 4);
    assert_memory_equal(text, "defg", 4);
    assert_int_equal(file_read_all(ends[0], text, sizeof text), 0);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(file_read_all(ends[0], text, sizeof text), -1);
}

static void test_write_fails(void **state)
{
    int ends[2];
    (void)state;
    assert_true(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(file_write_all(ends[1], "x", 1), -1);
    assert_int_equal(errno, EPIPE);
    assert_int_equal(file_write_all(ends[1], "", 0), 0);
    assert_int_equal(close(ends[1]), 0);
    int full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    assert_int_equal(file_write(full, "x", 1), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(file_write_all(full, "x", 1), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(close(full), 0);
    assert_int_equal(file_read(-1, &full, 1), -1);
    assert_int_equal(errno, EBADF);
}

/* In a child with closed descriptors: are all three open afterwards? */
static int reserve_in_child(const int *closed, size_t count)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        for (size_t i = 0; i < count; i++)
            (void)close(closed[i]);
        int failed = file_reserve_standard() != 0;
        for (int fd = 0; fd <= 2; fd++)
            failed += fcntl(fd, F_GETFD) < 0;
        struct stat first;
        failed += fstat(closed[0], &first) != 0 || !S_ISCHR(first.st_mode);
        _exit(failed);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void test_reserve_standard(void **state)
{
    static const int all[] = {0, 1, 2};
    static const int outer[] = {0, 2};
    (void)state;
    assert_int_equal(file_reserve_standard(), 0);
    assert_int_equal(reserve_in_child(all, 3), 0);
    assert_int_equal(reserve_in_child(outer, 2), 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(reserve_in_child(&all[i], 1), 0);
}

static void test_sync_directory(void **state)
{
    (void)state;
    assert_int_equal(file_sync_directory("/tmp/any-name"), 0);
    assert_int_equal(file_sync_directory("any-name"), 0);
    assert_int_equal(file_sync_directory("/no/such/directory/x"), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(file_sync_directory("/dev/null/x"), -1);
    assert_int_equal(errno, ENOTDIR);
}

/* What the file holds, for comparison; static. */
static const char *content_of(const char *name)
{
    static char text[64];
    int fd = open(name, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t got = file_read(fd, text, sizeof text - 1);
    assert_true(got >= 0);
    text[got] = '\0';
    assert_int_equal(close(fd), 0);
    return text;
}

static void expect_mode(const char *name, mode_t mode)
{
    struct stat file;
    assert_int_equal(stat(name, &file), 0);
    assert_int_equal(file.st_mode & 07777, mode);
}

static void test_replace(void **state)
{
    (void)state;
    mode_t before = umask(027);
    assert_int_equal(file_try_replace("new"), 0);
    assert_int_equal(access("new", F_OK), -1);
    assert_int_equal(file_replace("new", "one", 3, -1), 0);
    expect_mode("new", 0640);
    assert_int_equal(file_replace("new", "two", 3, 0644), 0);
    assert_string_equal(content_of("new"), "two");
    expect_mode("new", 0644);
    assert_int_equal(symlink("new", "link"), 0);
    assert_int_equal(file_replace("link", "3", 1, -1), 0);
    assert_string_equal(content_of("new"), "3"); /* the link stays one */
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("new"), 0);
    (void)umask(before);
}

/* No file, no directory, a device, a leftover of a dead namesake. */
static void test_replace_odd(void **state)
{
    (void)state;
    char leftover[64];
    (void)snprintf(leftover, sizeof leftover, "f.%ld.tmp", (long)getpid());
    assert_int_equal(file_try_replace("none/f"), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(file_replace("none/f", "x", 1, -1), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(file_replace(".", "x", 1, -1), -1);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(file_replace("/dev/full", "x", 1, -1), -1);
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(file_replace("/dev/null", "x", 1, 0644), 0);
    assert_int_equal(symlink("/etc/passwd", leftover), 0);
    assert_int_equal(file_replace("f", "x", 1, -1), 0);
    assert_int_equal(access(leftover, F_OK), -1);
    assert_int_equal(unlink("f"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_all),
        cmocka_unit_test(test_read_all),
        cmocka_unit_test(test_write_fails),
        cmocka_unit_test(test_reserve_standard),
        cmocka_unit_test(test_sync_directory),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_replace_odd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

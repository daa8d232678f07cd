/*
 * Calls that fail on order: a library that tests preload into mqstat
 * (tests/lib.sh: `faulty RULES mqstat ...`). The order is in the environment:
 *
 *     LD_PRELOAD=build/faults.so FAULTS='RULE RULE...' mqstat ...
 *
 * RULE is FUNCTION[@SUBJECT]:CALLS:FAULT, as in
 *
 *     write@*.partial:3:ENOSPC      the third write to the partial output
 *     write@pipe*:1+:short=7        writes to pipes take 7 bytes at a time
 *     fdatasync:2-4:EIO             the second to the fourth one
 *     malloc@mqstat:17:ENOMEM       our own 17th allocation
 *     recv:%100:delay=300           each 100th takes 300 ms longer
 *     clock_gettime@realtime:1+:shift=-3600
 *
 * FUNCTION  read recv write send sendmsg open close fsync fdatasync
 *           ftruncate flock fcntl rename unlink lseek mmap dup socket connect
 *           epoll_ctl getaddrinfo pthread_create getrandom clock_gettime time
 *           malloc (calloc and realloc are malloc, too)
 * SUBJECT   a shell pattern (none: every call) for: the path, also where the
 *           function has a descriptor (`socket:*`, `pipe:*` are such, and
 *           what was deleted ends in ` (deleted)`); of rename, the new path;
 *           the clock, `realtime` or `other`; of malloc and pthread_create,
 *           the file name of the caller's program or library
 * CALLS     which of the calls that match, from 1: K, K+, A-B, %N (every
 *           N-th), or 0: none, they are only counted
 * FAULT     an errno by name or number; short=N: at most N bytes (read,
 *           recv, write, send); shift=SECONDS: what the clock says besides;
 *           delay=MS: so much later, then as ever. getaddrinfo fails with
 *           EAI_SYSTEM and that errno.
 *
 * The first rule that holds decides; each rule counts by itself. FAULTS_COUNT
 * names a file that gets `RULE N` for each rule when the program ends by
 * itself: how many calls matched. So that a loop knows where to stop:
 *
 *     FAULTS='write@*.partial:0:EIO' FAULTS_COUNT=n ...   -> how many there are
 *
 * Only in a program called mqstat, so that the shell around it is left alone
 * (FAULTS_IN is another name). What libc calls on its own account (stdio, the
 * resolver) does not pass here: `strace -e inject=` is for that. Built for a
 * sanitizer, the library leaves allocations alone (NO_ALLOCATIONS).
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <netdb.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    RULES_MOST = 16,
    ERRNO_MOST = 134
};

enum kind {
    ERRNO,
    SHORT,
    SHIFT,
    DELAY
};

struct rule {
    char text[120]; /* as it was given */
    char function[24];
    char subject[80];
    unsigned long first, last, every;
    enum kind kind;
    long value;
    atomic_ulong calls;
};

static struct rule rules[RULES_MOST];
static size_t rule_count;

/* ---- rules ---- */

static _Noreturn void refuse(const char *text)
{
    fprintf(stderr, "faults.so: what is this: %s\n", text);
    _exit(99);
}

static void read_calls(struct rule *rule, const char *calls)
{
    char *end;
    if (*calls == '%') {
        rule->every = strtoul(calls + 1, &end, 10);
        if (*end || rule->every == 0)
            refuse(rule->text);
        return;
    }
    rule->first = rule->last = strtoul(calls, &end, 10);
    if (*end == '-')
        rule->last = strtoul(end + 1, &end, 10);
    else if (strcmp(end, "+") == 0)
        rule->last = (unsigned long)-1;
    if (*end && *end != '+')
        refuse(rule->text);
}

static long errno_of(const char *name)
{
    for (int number = 1; number < ERRNO_MOST; number++) {
        const char *known = strerrorname_np(number);
        if (known && strcmp(known, name) == 0)
            return number;
    }
    return atol(name);
}

static void read_fault(struct rule *rule, const char *fault)
{
    static const char *const names[] = {"", "short=", "shift=", "delay="};
    for (int kind = SHORT; kind <= DELAY; kind++) {
        size_t len = strlen(names[kind]);
        if (strncmp(fault, names[kind], len) == 0) {
            rule->kind = (enum kind)kind;
            rule->value = atol(fault + len);
            return;
        }
    }
    rule->value = errno_of(fault);
    if (rule->value == 0)
        refuse(rule->text);
}

static void read_rule(const char *text)
{
    struct rule *rule = &rules[rule_count];
    char calls[24], fault[24];
    if (rule_count == RULES_MOST || strlen(text) >= sizeof rule->text)
        refuse(text);
    strcpy(rule->text, text);
    if (sscanf(text, "%23[^@:]@%79[^ ]", rule->function, rule->subject) < 1)
        refuse(text);
    const char *what = strrchr(text, ':');
    const char *which = what ? memrchr(text, ':', (size_t)(what - text)) : NULL;
    if (!which || sscanf(which, ":%23[^:]:%23s", calls, fault) != 2)
        refuse(text);
    if (rule->subject[0]) /* which may have colons of its own */
        rule->subject[which - strchr(text, '@') - 1] = '\0';
    read_calls(rule, calls);
    read_fault(rule, fault);
    rule_count++;
}

__attribute__((constructor)) static void read_rules(void)
{
    const char *program = getenv("FAULTS_IN");
    const char *text = getenv("FAULTS");
    if (!text || strcmp(program_invocation_short_name,
                        program ? program : "mqstat") != 0)
        return;
    static char copy[RULES_MOST * sizeof rules->text];
    if (strlen(text) >= sizeof copy)
        refuse(text);
    strcpy(copy, text);
    char *rest = NULL;
    for (char *word = strtok_r(copy, " \n", &rest); word;
         word = strtok_r(NULL, " \n", &rest))
        read_rule(word);
}

__attribute__((destructor)) static void tell_counts(void)
{
    const char *path = getenv("FAULTS_COUNT");
    size_t count = rule_count;
    rule_count = 0;
    FILE *file = path && count > 0 ? fopen(path, "w") : NULL;
    for (size_t i = 0; file && i < count; i++)
        fprintf(file, "%s %lu\n", rules[i].text, atomic_load(&rules[i].calls));
    if (file)
        fclose(file);
}

static bool is_due(struct rule *rule)
{
    unsigned long call = atomic_fetch_add(&rule->calls, 1) + 1;
    if (rule->every > 0)
        return call % rule->every == 0;
    return call >= rule->first && call <= rule->last;
}

/* The rule that decides about this call, NULL: none. */
static struct rule *due(const char *function, const char *subject)
{
    struct rule *found = NULL;
    for (size_t i = 0; i < rule_count; i++) {
        struct rule *rule = &rules[i];
        if (strcmp(rule->function, function) == 0 &&
            (!rule->subject[0] || fnmatch(rule->subject, subject, 0) == 0) &&
            is_due(rule) && !found)
            found = rule;
    }
    if (found && found->kind == DELAY) {
        struct timespec pause = {found->value / 1000,
                                 found->value % 1000 * 1000000};
        nanosleep(&pause, NULL);
        found = NULL;
    }
    return found;
}

static struct rule *due_fd(const char *function, int fd)
{
    char link[40], path[4096];
    if (rule_count == 0)
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    return due(function, path);
}

static struct rule *due_caller(const char *function, void *address)
{
    Dl_info info;
    if (rule_count == 0)
        return NULL;
    if (!dladdr(address, &info) || !info.dli_fname)
        return due(function, "");
    const char *slash = strrchr(info.dli_fname, '/');
    return due(function, slash ? slash + 1 : info.dli_fname);
}

static bool fails(const struct rule *rule)
{
    if (!rule || rule->kind != ERRNO)
        return false;
    errno = (int)rule->value;
    return true;
}

/* How many of so many bytes the call may take. */
static size_t length(const struct rule *rule, size_t len)
{
    bool is_short = rule && rule->kind == SHORT && (size_t)rule->value < len;
    return is_short ? (size_t)rule->value : len;
}

/* ---- the calls ---- */

#define REAL(name)                                                             \
    static __typeof__(&name) real;                                             \
    if (!real)                                                                 \
        *(void **)&real = dlsym(RTLD_NEXT, #name);

ssize_t read(int fd, void *data, size_t len)
{
    REAL(read)
    struct rule *rule = due_fd("read", fd);
    return fails(rule) ? -1 : real(fd, data, length(rule, len));
}

ssize_t __read_chk(int fd, void *data, size_t len, size_t room);
ssize_t __read_chk(int fd, void *data, size_t len, size_t room)
{
    if (len > room)
        abort();
    return read(fd, data, len);
}

ssize_t recv(int fd, void *data, size_t len, int flags)
{
    REAL(recv)
    struct rule *rule = due_fd("recv", fd);
    return fails(rule) ? -1 : real(fd, data, length(rule, len), flags);
}

ssize_t __recv_chk(int fd, void *data, size_t len, size_t room, int flags);
ssize_t __recv_chk(int fd, void *data, size_t len, size_t room, int flags)
{
    if (len > room)
        abort();
    return recv(fd, data, len, flags);
}

ssize_t write(int fd, const void *data, size_t len)
{
    REAL(write)
    struct rule *rule = due_fd("write", fd);
    return fails(rule) ? -1 : real(fd, data, length(rule, len));
}

ssize_t send(int fd, const void *data, size_t len, int flags)
{
    REAL(send)
    struct rule *rule = due_fd("send", fd);
    return fails(rule) ? -1 : real(fd, data, length(rule, len), flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    REAL(sendmsg)
    return fails(due_fd("sendmsg", fd)) ? -1 : real(fd, message, flags);
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...)                                 \
    {                                                                          \
        REAL(name)                                                             \
        va_list args;                                                          \
        va_start(args, flags);                                                 \
        mode_t mode = mode_of(flags, args);                                    \
        va_end(args);                                                          \
        return fails(due("open", path)) ? -1 : real(path, flags, mode);        \
    }
OPEN(open)
OPEN(open64)

int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int __open64_2(const char *path, int flags);
int __open64_2(const char *path, int flags)
{
    return open64(path, flags);
}

/* It is closed all the same, as Linux does it. */
int close(int fd)
{
    REAL(close)
    struct rule *rule = due_fd("close", fd);
    int failed = real(fd);
    return fails(rule) ? -1 : failed;
}

#define WITH_FD(name, declared, passed)                                        \
    int name declared                                                          \
    {                                                                          \
        REAL(name)                                                             \
        return fails(due_fd(#name, fd)) ? -1 : real passed;                    \
    }
WITH_FD(fsync, (int fd), (fd))
WITH_FD(fdatasync, (int fd), (fd))
WITH_FD(ftruncate, (int fd, off_t len), (fd, len))
WITH_FD(flock, (int fd, int operation), (fd, operation))
WITH_FD(dup, (int fd), (fd))
WITH_FD(connect, (int fd, const struct sockaddr *address, socklen_t len),
        (fd, address, len))

/* The descriptor that is watched is the subject. */
int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
    REAL(epoll_ctl)
    return fails(due_fd("epoll_ctl", fd)) ? -1
                                          : real(epoll, operation, fd, event);
}

off_t lseek(int fd, off_t offset, int whence)
{
    REAL(lseek)
    return fails(due_fd("lseek", fd)) ? -1 : real(fd, offset, whence);
}

int fcntl(int fd, int command, ...)
{
    REAL(fcntl)
    va_list args;
    va_start(args, command);
    void *argument = va_arg(args, void *);
    va_end(args);
    return fails(due_fd("fcntl", fd)) ? -1 : real(fd, command, argument);
}

int fcntl64(int fd, int command, ...) __attribute__((alias("fcntl")));

int rename(const char *from, const char *to)
{
    REAL(rename)
    return fails(due("rename", to)) ? -1 : real(from, to);
}

int unlink(const char *path)
{
    REAL(unlink)
    return fails(due("unlink", path)) ? -1 : real(path);
}

void *mmap(void *at, size_t len, int prot, int flags, int fd, off_t offset)
{
    REAL(mmap)
    return fails(due_fd("mmap", fd)) ? MAP_FAILED
                                     : real(at, len, prot, flags, fd, offset);
}

int socket(int domain, int type, int protocol)
{
    REAL(socket)
    return fails(due("socket", "")) ? -1 : real(domain, type, protocol);
}

int getaddrinfo(const char *host, const char *service,
                const struct addrinfo *hints, struct addrinfo **found)
{
    REAL(getaddrinfo)
    return fails(due("getaddrinfo", host)) ? EAI_SYSTEM
                                           : real(host, service, hints, found);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *ctx)
{
    REAL(pthread_create)
    struct rule *rule = due_caller("pthread_create",
                                   __builtin_return_address(0));
    return fails(rule) ? (int)rule->value
                       : real(thread, attributes, start, ctx);
}

ssize_t getrandom(void *data, size_t len, unsigned flags)
{
    REAL(getrandom)
    return fails(due("getrandom", "")) ? -1 : real(data, len, flags);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    REAL(clock_gettime)
    struct rule *rule = due("clock_gettime",
                            id == CLOCK_REALTIME ? "realtime" : "other");
    if (fails(rule))
        return -1;
    int failed = real(id, now);
    if (rule && rule->kind == SHIFT)
        now->tv_sec += rule->value;
    return failed;
}

time_t time(time_t *copy)
{
    REAL(time)
    struct rule *rule = due("time", "");
    time_t now = real(NULL);
    if (rule && rule->kind == SHIFT)
        now += rule->value;
    if (copy)
        *copy = now;
    return now;
}

#ifndef NO_ALLOCATIONS
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *data, size_t size);

void *malloc(size_t size)
{
    struct rule *rule = due_caller("malloc", __builtin_return_address(0));
    return fails(rule) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    struct rule *rule = due_caller("malloc", __builtin_return_address(0));
    return fails(rule) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *data, size_t size)
{
    struct rule *rule = due_caller("malloc", __builtin_return_address(0));
    return fails(rule) ? NULL : __libc_realloc(data, size);
}
#endif

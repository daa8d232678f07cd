/*
 * The estimate of a quota, remembered between runs.
 *
 * Responsible for where it lies ($STATE_DIRECTORY, else
 * $XDG_STATE_HOME/mqstat, else ~/.local/state/mqstat), for writing it whole
 * or not at all, and for believing nothing that looks odd. The file is one
 * line: mqstat-rate PER_S EPOCH_S ENDPOINT USER
 */
#include "estimate.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "file.h"
#include "mem.h"

enum {
    LINE_MAX_BYTES = 4096
};

static const int64_t WEEK_S = INT64_C(7) * 86400;

char *estimate_path(const char *endpoint, const char *user, bool make)
{
    const char *state = getenv("STATE_DIRECTORY");
    char *directory = state && state[0] == '/'
                          ? mem_strdup(state)
                          : file_user_path("XDG_STATE_HOME", ".local/state",
                                           "mqstat");
    if (!directory)
        return NULL;
    char *path = mem_printf("%s/rate-%s-%s", directory, endpoint, user);
    char *name = path + strlen(directory) + 1;
    free(directory);
    for (char *at = name; *at; at++) {
        if (!isalnum((unsigned char)*at) && *at != '.' && *at != '-')
            *at = '_';
    }
    for (char *at = path + 1; make && at < name; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        (void)mkdir(path, 0700); /* there already, or open tells */
        *at = '/';
    }
    return path;
}

/* The rate, if the line is ours, of this endpoint and user; 0 when it is
 * old, -1 when it is none. */
static double read_line(const char *line, const char *endpoint,
                        const char *user, int64_t wall_s)
{
    static const char magic[] = "mqstat-rate ";
    char want[LINE_MAX_BYTES];
    char *end = NULL;
    (void)snprintf(want, sizeof want, " %s %s\n", endpoint, user);
    if (strncmp(line, magic, sizeof magic - 1) != 0)
        return -1;
    double per_s = strtod(line + sizeof magic - 1, &end);
    int64_t saved_s = strtoll(end, &end, 10);
    if (strcmp(end, want) != 0 || !(per_s > 0 && per_s <= 1e6))
        return -1;
    bool young = saved_s <= wall_s && wall_s - saved_s < WEEK_S;
    return young ? per_s : 0;
}

double estimate_load(const char *endpoint, const char *user, int64_t wall_s)
{
    char line[LINE_MAX_BYTES] = "";
    struct stat file;
    char *path = estimate_path(endpoint, user, false);
    int fd = path ? open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) : -1;
    double per_s = fd < 0 ? 0 : -1;
    if (path && fd < 0 && errno != ENOENT)
        diag_note("the remembered rate in %s cannot be read: %s", path,
                  strerror(errno));
    if (fd >= 0 && file_read(fd, line, sizeof line - 1) > 0 &&
        fstat(fd, &file) == 0 && file.st_uid == geteuid())
        per_s = read_line(line, endpoint, user, wall_s);
    if (per_s < 0)
        diag_note("the remembered rate in %s is ignored: not written by this "
                  "program for this endpoint and user",
                  path);
    if (fd >= 0)
        (void)close(fd); /* read-only */
    free(path);
    return per_s > 0 ? per_s : 0;
}

void estimate_save(const char *endpoint, const char *user, double per_s,
                   int64_t wall_s)
{
    char *path = estimate_path(endpoint, user, true);
    char *line = mem_printf("mqstat-rate %.3f %" PRId64 " %s %s\n", per_s,
                            wall_s, endpoint, user);
    if (path && file_replace(path, line, strlen(line), 0600))
        diag_note("the rate cannot be remembered in %s: %s", path,
                  strerror(errno));
    free(path);
    free(line);
}

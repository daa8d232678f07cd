/*
 * The estimate of a quota, remembered between runs.
 *
 * Responsible for where it lies ($STATE_DIRECTORY, else
 * $XDG_STATE_HOME/mqstat, else ~/.local/state/mqstat), for writing it whole
 * or not at all, and for believing nothing that looks odd. The file is one
 * line: mqstat-rate PER_S EPOCH_S ENDPOINT USER
 */
#include "estimate.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "file.h"

enum {
    PATH_MAX_BYTES = 4096,
    LINE_MAX_BYTES = 4096
};

static const int64_t WEEK_S = INT64_C(7) * 86400;

/* Appends text as a file's name: what is no letter or digit becomes _. */
static void append_name(struct buf *path, const char *text)
{
    for (; *text; text++) {
        bool plain = (*text >= '0' && *text <= '9') ||
                     (*text >= 'a' && *text <= 'z') ||
                     (*text >= 'A' && *text <= 'Z') || *text == '.' ||
                     *text == '-';
        (void)buf_putc(path, plain ? *text : '_'); /* too long: see below */
    }
}

int estimate_path(struct buf *path, const char *endpoint, const char *user,
                  bool make)
{
    const char *state = getenv("STATE_DIRECTORY");
    const char *xdg = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    buf_init(path, PATH_MAX_BYTES);
    int failed = -1;
    if (state && state[0] == '/')
        failed = buf_puts(path, state);
    else if (xdg && xdg[0] == '/')
        failed = buf_printf(path, "%s/mqstat", xdg);
    else if (home && home[0] == '/')
        failed = buf_printf(path, "%s/.local/state/mqstat", home);
    if (failed || buf_putc(path, '/'))
        return -1;
    for (char *at = path->data + 1; make && at < path->data + path->len; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        (void)mkdir(path->data, 0700); /* there already, or open tells */
        *at = '/';
    }
    (void)buf_puts(path, "rate-");
    append_name(path, endpoint);
    (void)buf_putc(path, '-');
    append_name(path, user);
    return buf_putc(path, '\0');
}

/* Is the line ours, of this endpoint and user, and young enough? */
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
    if (!isfinite(per_s) || per_s <= 0 || per_s > 1e6 || *end != ' ')
        return -1;
    int64_t saved_s = strtoll(end, &end, 10);
    if (strcmp(end, want) != 0)
        return -1;
    bool young = saved_s <= wall_s && wall_s - saved_s < WEEK_S;
    return young ? per_s : 0;
}

double estimate_load(const char *endpoint, const char *user, int64_t wall_s)
{
    struct buf path;
    char line[LINE_MAX_BYTES] = "";
    double per_s = 0;
    int fd = -1;
    if (estimate_path(&path, endpoint, user, false))
        goto out;
    fd = open(path.data, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        if (errno != ENOENT)
            diag_note("the remembered rate in %s cannot be read: %s", path.data,
                      strerror(errno));
        goto out;
    }
    struct stat file;
    ssize_t got = file_read(fd, line, sizeof line - 1);
    if (got > 0 && fstat(fd, &file) == 0 && file.st_uid == geteuid())
        per_s = read_line(line, endpoint, user, wall_s);
    else
        per_s = -1;
    if (per_s < 0)
        diag_note("the remembered rate in %s is ignored: not written by this "
                  "program for this endpoint and user",
                  path.data);
out:
    if (fd >= 0)
        (void)close(fd); /* read-only */
    buf_release(&path);
    return per_s > 0 ? per_s : 0;
}

void estimate_save(const char *endpoint, const char *user, double per_s,
                   int64_t wall_s)
{
    struct buf path;
    struct buf line;
    buf_init(&line, LINE_MAX_BYTES);
    if (estimate_path(&path, endpoint, user, true) ||
        buf_printf(&line, "mqstat-rate %.3f %" PRId64 " %s %s\n", per_s, wall_s,
                   endpoint, user))
        goto out;
    if (file_replace(path.data, line.data, line.len, 0600))
        diag_note("the rate cannot be remembered in %s: %s", path.data,
                  strerror(errno));
out:
    buf_release(&path);
    buf_release(&line);
}

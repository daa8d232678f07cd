/*
 * Inside output: what rows are written to, opened and refused before
 * anything is sent. Only output.c and output_target.c include this.
 */
#ifndef MQSTAT_OUTPUT_TARGET_H
#define MQSTAT_OUTPUT_TARGET_H

#include <stdbool.h>
#include <sys/stat.h>

#include "diag.h"
#include "output.h"

struct output_target {
    int fd;
    int mode;             /* that a new file shall have; -1: by umask */
    bool standard;        /* fd is standard output: not ours to close */
    struct stat replaced; /* the regular file that rows will be in */
    bool replaces;        /* is there such a file already? */
    bool terminal;
    bool stream;      /* pipe, socket, terminal: writes may block */
    int watch;        /* epoll on a stream; -1: none */
    bool left;        /* the partial is an earlier run's: not removed */
    char *name;       /* for messages */
    char *file;       /* NULL without a partial */
    char *partial;    /* NULL, or it exists, is ours and locked */
    struct stat made; /* the partial */
};

/*
 * Opens standard output, a file by way of its partial, or a device straight,
 * finds out what the descriptor is, and watches a stream's end. On failure
 * says why: STATUS_USAGE, STATUS_IO, or STATUS_GAVE_UP when another run
 * holds it. The strings are owned by the target in any case.
 */
enum status output_target_open(struct output_target *target,
                               const struct output_settings *settings);

/*
 * Keeps in the partial whom it asks, as an attribute where the file system
 * has such. A resumed one that was begun otherwise is refused: STATUS_USAGE.
 */
enum status output_target_mark(const struct output_target *target,
                               const char *from, bool resumed);

/* Closes and checks: NFS and quotas may tell only now. -1 with errno. */
int output_target_close(struct output_target *target);

/* Removes the partial. */
void output_target_remove(struct output_target *target);

/*
 * The partial, closed, becomes the file, and stays so after a power cut;
 * -1 after saying why not.
 */
int output_target_publish(struct output_target *target);

#endif

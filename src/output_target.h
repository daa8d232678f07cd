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
    bool standard;        /* fd is standard output: not ours to close */
    struct stat replaced; /* the regular file that rows will be in */
    bool replaces;        /* is there such a file already? */
    char *name;           /* for messages */
    char *file;           /* NULL without a partial */
    char *partial;        /* NULL, or it exists and is ours */
};

/* Standard output. On failure says why: STATUS_IO. */
enum status output_target_standard(struct output_target *target);

/*
 * A file by way of its partial, or a device straight. On failure says why:
 * STATUS_USAGE, STATUS_IO, or STATUS_GAVE_UP when another run holds it. The
 * strings are owned by the target in any case.
 */
enum status output_target_open(struct output_target *target,
                               const struct output_settings *settings);

#endif

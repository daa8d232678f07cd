/*
 * A source delivers the physical lines of one file: LF, CRLF or a lone CR
 * ends a line, the last may lack its end. Internal to the input family.
 */
#ifndef MQSTAT_INPUT_SOURCE_H
#define MQSTAT_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "input.h"
#include "input_unpack.h"

enum {
    INPUT_ROW_MAX_BYTES = 1048576, /* of a row, its last line end apart */
    INPUT_BLOCK_BYTES = 65536      /* what one read(2) asks for */
};

struct input_source {
    const char *name; /* borrowed; "stdin" for "-" */
    int fd;           /* -1: not open */
    bool regular;     /* a regular file: read(2) never waits */
    bool patient;     /* wait for bytes instead of saying WAIT */
    bool ended;       /* read(2) saw the end */
    bool skipping;    /* within a line that is too long */
    char *data;       /* owned; the bytes from mark on are valid */
    size_t cap;
    size_t len;
    size_t mark;    /* the row's first byte; bytes before it may go */
    size_t at;      /* the next line's first byte */
    size_t lf;      /* the first LF from at on, or where to go on looking */
    size_t cr;      /* the same for CR */
    uint64_t line;  /* number of the line at at */
    uint64_t size;  /* of a regular file, from where we began; else 0 */
    uint64_t bytes; /* read so far, of the file itself */
    enum input_packing packing;
    struct input_unpack *unpack; /* owned; NULL: plain, or parked */
    uint64_t dropped;            /* text that was before data */
    uint64_t skip;               /* text to pass by once more */
};

struct input_line {
    const char *text; /* borrowed until the source is asked again */
    size_t len;       /* without its end */
    size_t size;      /* with its end; equal to len: it has none */
    uint64_t number;  /* from 1 */
    bool too_long;    /* see input_source_line; there is no text */
};

/*
 * Opens file ("-": standard input), reads its first bytes (waiting for
 * them), drops a UTF-8 byte order mark and refuses what is no text. On
 * failure says why and returns STATUS_USAGE or STATUS_IO. The source waits
 * for bytes until patient is set to false.
 */
enum status input_source_open(struct input_source *source, const char *file);

/* Closes the file, frees the buffer; takes a zeroed source with fd -1. */
void input_source_close(struct input_source *source);

/* Puts the memory of a regular file away until the next line is asked. */
void input_source_park(struct input_source *source);

/*
 * Delivers the next line. begins: it starts a row, so that the bytes before
 * it are no longer needed. INPUT_ROW, INPUT_WAIT, INPUT_END, or INPUT_FAILED
 * after saying why. A line is too long when the row's bytes would pass
 * INPUT_ROW_MAX_BYTES: one that does so alone, beginning a row, was skipped;
 * of another nothing was consumed, and the caller goes back or begins anew.
 */
enum input_result input_source_line(struct input_source *source,
                                    struct input_line *line, bool begins);

/* Where the next line starts, in bytes from the row's first. */
size_t input_source_tell(const struct input_source *source);

/* Goes back to a place that tell gave within the row, and its line. */
void input_source_rewind(struct input_source *source, size_t place,
                         uint64_t line);

#endif

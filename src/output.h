/*
 * Result rows, written in the order given to standard output or a file.
 * A file is written as FILE.partial and becomes FILE by a rename at the
 * end. Rows collect in a buffer and leave whole.
 */
#ifndef MQSTAT_OUTPUT_H
#define MQSTAT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "diag.h"
#include "query.h"

enum output_format {
    OUTPUT_AUTO, /* by the file's name, else csv */
    OUTPUT_CSV,
    OUTPUT_TSV,
    OUTPUT_NDJSON,
    OUTPUT_JSON
};

enum output_quote {
    OUTPUT_QUOTE_MINIMAL,
    OUTPUT_QUOTE_ALL
};

/* The rows that are written. */
enum output_only {
    OUTPUT_ONLY_ALL,
    OUTPUT_ONLY_ONLINE,
    OUTPUT_ONLY_OFFLINE,
    OUTPUT_ONLY_ERROR
};

struct output_settings {
    const char *file; /* NULL or "-": standard output */
    enum output_format to;
    enum output_quote quote;
    enum output_only only;
    const char *previous; /* an earlier result to compare with; NULL */
    bool excel;           /* csv that a spreadsheet opens, and safely */
    bool line_numbers;    /* adds in_line */
    int mode;             /* permissions of a new file; -1: by umask */
    bool unordered;       /* rows come as they are answered */
    bool resume;          /* goes on with a partial that is there */
};

/* What output_flush did. */
enum output_result {
    OUTPUT_FLUSHED, /* nothing is left in the buffer */
    OUTPUT_BLOCKED, /* wait until the descriptor is writable */
    OUTPUT_CLOSED,  /* the reader has gone (EPIPE) */
    OUTPUT_FAILED   /* it was said why */
};

struct output;

/*
 * Opens the target and puts the header into the buffer. kept names are
 * borrowed for the call; a name that is an output column's gets `in_` in
 * front. On failure says why once and returns STATUS_USAGE, STATUS_IO or,
 * when another run holds the output, STATUS_GAVE_UP.
 */
enum status output_new(struct output **output,
                       const struct output_settings *settings,
                       const char *const *kept, size_t n_kept);

/*
 * Keeps with a partial whom its rows ask (an endpoint and a user). A resumed
 * one that asked another is refused: STATUS_USAGE, said why. Optional.
 */
enum status output_set_origin(struct output *output, const char *from);

/*
 * Are there rows in a resumed partial that no input row has matched yet?
 * Until there are none, nothing may be asked, and nothing is written.
 */
bool output_resumes(const struct output *output);

/*
 * While output_resumes: looks an input row up, in input order. One that is
 * in the partial becomes `recalled` and gets its earlier result (a row that
 * is done already keeps its own); it goes to output_row all the same. file
 * is the input's name, for messages. On failure says why: STATUS_USAGE when
 * the partial is not this run's, STATUS_IO when it cannot be read or cut.
 */
enum status output_recall(struct output *output, struct query *query,
                          const char *file);

/* There are no more input rows, or no room for them: fails as above when
 * rows of the partial are left over. */
enum status output_recall_end(struct output *output);

/*
 * Appends one result row (state QUERY_DONE) to the buffer; drops it when it
 * is not one of those wanted, or the output is closed or has failed.
 */
void output_row(struct output *output, const struct query *query);

/*
 * Writes what can be written without blocking: a pipe, socket or terminal
 * takes whole rows while poll(2) says it takes bytes (its own flags, shared
 * with other processes, are left alone), a file takes everything.
 */
enum output_result output_flush(struct output *output);

/* Is the buffer so full that it should be flushed (64 KiB), or held back? */
bool output_wants_flush(const struct output *output);

/* Bytes that may be written; 0 once the output is closed or has failed. */
size_t output_pending(const struct output *output);

/* The existing regular file that rows go to or that they will replace;
 * NULL when there is none. Borrowed. */
const struct stat *output_replaces(const struct output *output);

/* Does each row want to leave at once (a terminal)? */
bool output_is_terminal(const struct output *output);

/* Can a later run go on with it? */
bool output_is_resumable(const struct output *output);

/* The partial's descriptor, to be synced; borrowed, -1 without one. */
int output_partial_fd(const struct output *output);

/* The output cannot be written, for this errno: says so, and gives up on it.
 * Returns OUTPUT_FAILED. */
enum output_result output_fail(struct output *output, int cause);

/*
 * A descriptor that turns readable when, after OUTPUT_BLOCKED, the target
 * takes bytes again, or when its reader has gone. It is an epoll of our own,
 * because libuv would make a descriptor that it watches non-blocking, for
 * all who share it. -1 when the target never blocks.
 */
int output_wait_fd(const struct output *output);

/* Has the reader of a pipe gone? Writes would end in EPIPE. */
bool output_has_lost_reader(const struct output *output);

/*
 * The name of FILE.partial while it exists, borrowed; NULL without one, and
 * after output_finish has renamed or removed it.
 */
const char *output_partial_name(const struct output *output);

/*
 * Ends the output: footer, flush (blocking), sync, close; then, when
 * complete, the rename. Not complete: FILE.partial stays if it has rows,
 * else it is removed. Returns OUTPUT_FLUSHED, OUTPUT_CLOSED or
 * OUTPUT_FAILED. A caller that must stay responsive flushes until nothing
 * is pending before.
 */
enum output_result output_finish(struct output *output, bool complete);

/*
 * Frees; closes without a word what is still open, removes a FILE.partial
 * without rows. Takes NULL.
 */
void output_free(struct output *output);

#endif

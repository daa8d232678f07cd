/*
 * Rows pulled from files or standard input, one at a time. Nothing is read
 * ahead of what is asked for but one block, so backpressure is simply not
 * asking. Streams: no file is held in memory; a pipe that has nothing yet
 * says INPUT_WAIT and calls back when it has.
 */
#ifndef MQSTAT_INPUT_H
#define MQSTAT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <uv.h>

#include "diag.h"
#include "query.h"

enum input_format {
    INPUT_AUTO,
    INPUT_CSV,
    INPUT_TSV,
    INPUT_LINES,
    INPUT_NDJSON,
    INPUT_RESULT /* a result of ours, csv, tsv or ndjson by its first line */
};

enum input_header {
    INPUT_HEADER_AUTO, /* as the format has it: csv and tsv yes, lines no */
    INPUT_HEADER_YES,
    INPUT_HEADER_NO
};

struct input_settings {
    const char *column; /* name or number of the id's column; NULL */
    enum input_format from;
    char delimiter; /* csv: no quote or line end; 0 is a comma */
    enum input_header header;
    const char *keep; /* "COL,COL" or "all"; NULL: none */
    bool trim;        /* strip blanks around ids */
};

/* What reading met, for the summary. */
struct input_counts {
    uint64_t rows;
    uint64_t trimmed; /* ids that --trim changed */
    uint64_t bytes;   /* taken so far, over all files */
    uint64_t size;    /* in all, when every file is a regular one; else 0 */
};

enum input_result {
    INPUT_ROW,    /* the query holds the next row */
    INPUT_WAIT,   /* nothing yet; the ready callback comes */
    INPUT_END,    /* no more rows in any file */
    INPUT_FAILED, /* reading failed; it was said why */
};

struct input;

/* Called on the loop when a waiting input may have more. */
typedef void (*input_ready_fn)(void *ctx);

/*
 * Opens all files ("-" or none: standard input), reads their headers and
 * resolves the columns. Blocks only for the headers of pipes. Settings and
 * file names are borrowed for the input's life. On failure says why once,
 * returns STATUS_USAGE (column, header, wrong kind of file) or STATUS_IO
 * (cannot open or read), and *input is NULL.
 */
enum status input_new(struct input **input,
                      const struct input_settings *settings, char *const *files,
                      size_t n_files);

/*
 * Tells which loop to wait on and whom to call. Until then input_next waits
 * for pipes itself and never says INPUT_WAIT.
 */
void input_watch(struct input *input, uv_loop_t *loop, input_ready_fn ready,
                 void *ctx);

/*
 * Fills query (reset by the caller) with the next row: its line, id and
 * kept cells, or, for a row that cannot be read, state QUERY_DONE and
 * QUERY_BAD_ROW, the first few times after a diag_note with file and line.
 * There is always one cell per kept column. The id is not judged here
 * beyond that.
 */
enum input_result input_next(struct input *input, struct query *query);

/* Is this file one of the inputs? */
bool input_reads(const struct input *input, const struct stat *file);

/* Are all inputs regular files other than standard input, which can be read
 * once more? */
bool input_is_files(const struct input *input);

/* How many columns are kept, and their names, borrowed, in order. */
size_t input_kept(const struct input *input, const char *const **names);

/* The name of the file that the last row came from, "stdin" for "-". */
const char *input_file_name(const struct input *input);

struct input_counts input_counts(const struct input *input);

/* Stops watching; the loop must run once more before input_free. */
void input_close(struct input *input);

/* Frees everything; takes NULL. The loop must be done with the handles. */
void input_free(struct input *input);

#endif

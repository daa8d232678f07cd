/*
 * What the formats share: a reader is one file in one format; the shared
 * part spans all files of the run. Internal to the input family.
 */
#ifndef MQSTAT_INPUT_FORMAT_H
#define MQSTAT_INPUT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "input.h"
#include "input_source.h"
#include "query.h"

enum {
    INPUT_FIELD_MAX_BYTES = 65536, /* of one cell or id */
    INPUT_COLUMNS_MAX = 16384,     /* of one file; as wide as a spreadsheet */
    INPUT_LIST_MAX_BYTES = 1024    /* of the columns in a message */
};

/* The columns to keep, by name; the names are owned. */
struct input_keep {
    const char **names;
    size_t count;
    bool all; /* the first file that has columns will name them */
};

struct input_shared {
    const struct input_settings *settings; /* borrowed */
    struct input_keep keep;
    struct buf scratch; /* one cell, cleaned */
    uint64_t trimmed;
    uint64_t bad_rows;
};

struct input_reader;

/* A format: what to do with a file's lines. */
struct input_format_ops {
    /* Reads the header and resolves columns; says why it fails. */
    enum status (*open)(struct input_reader *reader);
    /* As input_next, for this file. */
    enum input_result (*next)(struct input_reader *reader, struct query *query);
    /* Frees state; called when there is one. */
    void (*close)(struct input_reader *reader);
    /* Cuts a row for input_columns, of formats that have columns. */
    enum input_result (*cut)(struct input_reader *reader);
};

struct input_reader {
    struct input_source source;
    const struct input_format_ops *ops;
    struct input_shared *shared;   /* borrowed */
    struct input_columns *columns; /* owned; NULL: the format has none */
    void *state;                   /* the format's own, owned */
};

extern const struct input_format_ops input_csv;
extern const struct input_format_ops input_tsv;
extern const struct input_format_ops input_lines;
extern const struct input_format_ops input_ndjson;

/* Finds the format to read file in ("-": standard input), which is open;
 * says why it fails. */
enum status input_format_find(struct input_reader *reader, const char *file);

/* Splits "COL,COL" or takes "all" or NULL; STATUS_USAGE after saying why. */
enum status input_keep_init(struct input_keep *keep, const char *list);
void input_keep_release(struct input_keep *keep);

/* Appends a copy of a name. False: it is in the list. */
bool input_keep_add(struct input_keep *keep, const char *name, size_t len);

/* Is name one that a column of ids usually has? In any case of letters. */
bool input_format_known_id(const char *name);

/* Adds a name to a message's list, of INPUT_LIST_MAX_BYTES. False: it was
 * long enough without. */
bool input_format_list(struct buf *list, const char *name);

/*
 * Sets the query's line and id, trimmed if so set. A bad row's id becomes
 * valid UTF-8.
 */
void input_format_set_id(struct input_shared *shared, struct query *query,
                         const char *id, size_t len, bool bad);

/* Adds a kept cell, made valid UTF-8. */
void input_format_add(struct input_shared *shared, struct query *query,
                      enum query_cell kind, const char *text, size_t len);

/* Ends the row as bad_row and says why, on that line; not for ever. */
void input_format_fail(struct input_reader *reader, struct query *query,
                       uint64_t line, const char *why);

#endif

/*
 * What the writers of the output family share: the columns, the result's
 * own cells as text, and the interface that output.c drives. For output*.c
 * only.
 */
#ifndef MQSTAT_OUTPUT_FORMAT_H
#define MQSTAT_OUTPUT_FORMAT_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "output.h"
#include "query.h"
#include "query_result.h"
#include "units.h"

/* The columns between client_id and the kept ones: those of enum
 * query_result_cell, then these. */
enum output_column {
    OUTPUT_IN_LINE = QUERY_RESULT_CELLS, /* with line_numbers only */
    OUTPUT_PREVIOUS_ONLINE,              /* with previous only, */
    OUTPUT_CHANGED,                      /* as this */
    OUTPUT_COLUMN_COUNT
};

enum {
    OUTPUT_CELL_BYTES = 32 /* none of these columns is wider */
};

/* A cell; len 0: unknown. Not NUL-terminated; see output_cell_copy. */
struct output_cell {
    size_t len;
    char text[OUTPUT_CELL_BYTES];
};

/* Their names; the id's column, before them, is OUTPUT_ID_NAME. */
extern const struct output_cell output_column_names[OUTPUT_COLUMN_COUNT];
#define OUTPUT_ID_NAME "client_id"

/* The last time that was formatted: of most rows the second is the same. */
struct output_clock {
    int64_t minute; /* since the epoch, plus 1; 0: none */
    struct units_text text;
};

/* The shape of every row; names owned, as they stand in the output. */
struct output_columns {
    const struct output_writer *writer;
    enum output_column own[OUTPUT_COLUMN_COUNT]; /* that are written */
    size_t n_own;
    char **kept;
    size_t n_kept;
    bool quote_all;
    struct output_clock clock;
    struct output_cell cells[OUTPUT_COLUMN_COUNT]; /* of the row, by column */
};

/* The cells of a row as it stands in a file; borrowed from it. */
struct output_scan {
    struct query_text id; /* with its quotes and escapes */
    /* By column, the result's first; empty where it is not written. */
    struct query_text own[OUTPUT_COLUMN_COUNT];
    const char *rest; /* behind them, to the row's end */
};

/*
 * One format. Rows are appended whole; the buffer must have room (writers
 * assert that an append succeeds).
 */
struct output_writer {
    void (*header)(struct buf *out, const struct output_columns *columns);
    void (*row)(struct buf *out, struct output_columns *columns,
                const struct query *query);
    /* Finds a row's cells; false when it is no row of this format. NULL:
     * files cannot be gone on with. */
    bool (*scan)(const struct output_columns *columns, struct output_scan *scan,
                 struct query_text row);
    /* Appends a cell's text (csv and its kin); always: in quotes. */
    void (*text)(struct buf *out, const char *text, size_t len, bool always);
    char delimiter;           /* between two cells */
    bool quotes;              /* a line may end inside a cell's quotes */
    bool guards;              /* text is not as plain as it looks */
    const char *start;        /* before the first row */
    const char *end;          /* of each row */
    const char *separator;    /* between two rows; NULL: none */
    const char *footer;       /* after the last row; NULL: none */
    const char *footer_empty; /* instead, when there was no row */
};

extern const struct output_writer output_csv;
extern const struct output_writer output_excel;
extern const struct output_writer output_tsv;
extern const struct output_writer output_ndjson;
extern const struct output_writer output_json;

/*
 * Chooses the writer, OUTPUT_AUTO by the file's name, and names the columns.
 * A kept name that is already a column's, ignoring case
 * (SQL does), gets `in_` in front, again until it is new.
 */
void output_columns_init(struct output_columns *columns,
                         const struct output_settings *settings,
                         const char *const *kept, size_t n_kept);
void output_columns_release(struct output_columns *columns);

/* Fills the cells of the columns that are written. */
void output_cells(struct output_columns *columns, const struct query *query);

/*
 * Puts a cell at `at`, where OUTPUT_CELL_BYTES have room: a copy of fixed
 * size is cheaper, the next one covers the excess. Returns the end.
 */
static inline char *output_cell_copy(char *at, const struct output_cell *cell)
{
    memcpy(at, cell->text, sizeof cell->text);
    return at + cell->len;
}

/*
 * Is each byte one of `-` to `~` and no backslash? Nearly every id is; no
 * format has to look closer then.
 */
bool output_is_plain(const char *text, size_t len);

static inline void output_put(struct buf *out, const char *text, size_t len)
{
    int failed = buf_append(out, text, len);
    assert(!failed);
}

static inline void output_puts(struct buf *out, const char *text)
{
    output_put(out, text, strlen(text));
}

/* How many bytes stand before the first one that the table has. */
static inline size_t output_before(const char *text, size_t len,
                                   const unsigned char special[256])
{
    size_t i = 0;
    while (i < len && !special[(unsigned char)text[i]])
        i++;
    return i;
}

/*
 * Appends text as clean UTF-8 (buf_clean), its special bytes escaped by a
 * backslash and the letter that the table has; `u` is \u00XX, 1 needs a
 * closer look: U+2028 and U+2029 become \u2028 and \u2029.
 */
void output_put_escaped(struct buf *out, const char *text, size_t len,
                        const unsigned char special[256]);

/* A walk over a row's kept cells; starts zeroed. */
struct output_kept {
    size_t at; /* query_cell_next's */
    enum query_cell kind;
    const char *text;
    size_t len;
};

/*
 * Steps to the next kept cell. A row that is short of cells (bad_row) has
 * the JSON value null for each one missing.
 */
void output_kept_next(struct output_kept *kept, const struct query *query);

#endif

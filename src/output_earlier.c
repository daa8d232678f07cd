/*
 * The rows that an earlier run has left in the partial.
 *
 * Responsible for saying of each input row whether it is in there, and for
 * refusing a partial of another input or of other options. The invariant:
 * a row counts as done only when this run, given the result that stands
 * there, writes the same bytes; so ids, kept cells, columns, format and
 * quotes are all compared by one comparison. Nothing is changed in the file
 * before output_earlier_cut.
 *
 * In order, the next input row belongs to the next row. Rows in any order
 * (--unordered) are found by a hash of all that the input says of them; of
 * rows that are equal in that, the first in the file is taken first.
 */
#include "output_earlier.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "mem.h"
#include "output_rows.h"

enum {
    FIRST_ENTRIES = 65536,
    SHOWN_BYTES = 100 /* of a row in a message */
};

/* A row of an unordered file. */
struct entry {
    uint64_t key;
    uint64_t at;   /* UINT64_MAX: it is matched */
    uint64_t used; /* in the first of equal keys: how many are matched */
};

struct output_earlier {
    struct output_rows rows;
    struct output_columns *columns; /* borrowed */
    uint64_t at;                    /* the next row */
    struct buf expected;            /* a row as this run writes it */
    bool over;                      /* each row is matched */
    bool unordered;
    struct entry *entries; /* sorted by key, then by place */
    size_t count;
    size_t room;
    size_t left; /* entries that no input row has matched */
};

static const char no_row[] = "is no row of this format";
static const char advice[] =
    "go on with the input and the options that it was begun with, or remove it";

/* The part of a row that a message shows, around where it differs. */
static struct query_text shown(struct query_text row, size_t differs)
{
    size_t from = differs > SHOWN_BYTES / 2 && row.len > SHOWN_BYTES
                      ? differs - SHOWN_BYTES / 2
                      : 0;
    if (from > row.len)
        from = row.len;
    row.text += from;
    row.len -= from;
    if (row.len > 0 && row.text[row.len - 1] == '\n')
        row.len--;
    if (row.len > SHOWN_BYTES)
        row.len = SHOWN_BYTES;
    return row;
}

static size_t first_difference(struct query_text a, struct query_text b)
{
    size_t at = 0;
    while (at < a.len && at < b.len && a.text[at] == b.text[at])
        at++;
    return at;
}

/* The row in the file is not the one that the input's row makes. */
static enum status refuse_row(const struct output_earlier *earlier, uint64_t at,
                              struct query_text row, const struct query *query,
                              const char *file)
{
    struct query_text wanted = {earlier->expected.data, earlier->expected.len};
    size_t differs = first_difference(row, wanted);
    row = shown(row, differs);
    wanted = shown(wanted, differs);
    return diag_fail(
        STATUS_USAGE,
        "%s:%" PRIu64 ": '%.*s' differs from '%.*s', as %s:%" PRIu64
        " has it: %s",
        earlier->rows.name, output_rows_line(&earlier->rows, at), (int)row.len,
        row.text, (int)wanted.len, wanted.text, file, query->line, advice);
}

static enum status refuse(const struct output_earlier *earlier, uint64_t at,
                          struct query_text row, const char *why)
{
    row = shown(row, 0);
    return diag_fail(STATUS_USAGE, "%s:%" PRIu64 ": '%.*s' %s: %s",
                     earlier->rows.name, output_rows_line(&earlier->rows, at),
                     (int)row.len, row.text, why, advice);
}

/* Finds a row's cells; false when it is none of this format. */
static bool scan_row(const struct output_earlier *earlier,
                     struct output_scan *scan, struct query_text row)
{
    return earlier->columns->writer->scan(earlier->columns, scan, row);
}

/* The row as this run writes it, until the next call, and its cells. */
static struct query_text expect(struct output_earlier *earlier,
                                const struct query *query,
                                struct output_scan *scan)
{
    struct buf *expected = &earlier->expected;
    buf_clear(expected);
    earlier->columns->writer->row(expected, earlier->columns, query);
    struct query_text row = {expected->data, expected->len};
    bool whole = scan_row(earlier, scan, row);
    assert(whole);
    return row;
}

/* Gives the query the result of the row at a place, if it is its row. */
static enum status take_row(struct output_earlier *earlier, uint64_t at,
                            struct query_text row, struct query *query,
                            const char *file)
{
    struct output_scan scan;
    if (!scan_row(earlier, &scan, row))
        return refuse(earlier, at, row, no_row);
    if (query->state != QUERY_DONE && query_result_read(query, scan.own))
        return refuse(earlier, at, row, "is no result that a run writes");
    if (query->error == QUERY_NOT_ATTEMPTED)
        return refuse(earlier, at, row, "was not asked; see --retry-from");
    struct query_text wanted = expect(earlier, query, &scan);
    if (row.len != wanted.len || memcmp(row.text, wanted.text, row.len) != 0)
        return refuse_row(earlier, at, row, query, file);
    query->recalled = true;
    return STATUS_OK;
}

/*
 * Does what is left without a row's end hold a whole row further on? Then
 * it is not torn: something opened a quote before.
 */
static bool hides_row(const struct output_earlier *earlier,
                      struct query_text left)
{
    const char *end = left.text + left.len;
    struct query_text row = left;
    struct output_scan scan;
    struct query ignored = {0};
    for (;;) {
        row.text = memchr(row.text, '\n', (size_t)(end - row.text));
        if (!row.text || ++row.text == end)
            return false;
        row.len = output_rows_length(&earlier->rows, row.text,
                                     (size_t)(end - row.text));
        if (row.len > 0 && scan_row(earlier, &scan, row) &&
            query_result_read(&ignored, scan.own) == 0)
            return true;
    }
}

/* What stands where the row without an end should be: its beginning? */
static enum status judge_torn(struct output_earlier *earlier,
                              struct query_text left, const struct query *query,
                              const char *file)
{
    struct output_scan scan;
    if (hides_row(earlier, left))
        return refuse(earlier, earlier->at, left, no_row);
    struct query_text row = expect(earlier, query, &scan);
    size_t fixed = (size_t)(scan.id.text + scan.id.len - row.text);
    size_t len = left.len < fixed ? left.len : fixed;
    if (memcmp(left.text, row.text, len) != 0)
        return refuse_row(earlier, earlier->at, left, query, file);
    earlier->over = true;
    return STATUS_OK;
}

static enum status recall_next(struct output_earlier *earlier,
                               struct query *query, const char *file)
{
    struct query_text row;
    int found = output_rows_at(&earlier->rows, earlier->at, &row);
    if (found < 0)
        return STATUS_IO;
    if (found == 0)
        return judge_torn(earlier, row, query, file);
    enum status status = take_row(earlier, earlier->at, row, query, file);
    earlier->at += status ? 0 : row.len;
    return status;
}

/* Of all that is known of a row before it is asked: that it cannot be, too,
 * but nothing else of the result, from which `changed` follows. */
static uint64_t key_of(const struct output_scan *scan, struct query_text row)
{
    const char *rest = scan->rest;
    const struct query_text known[] = {
        scan->id,
        scan->own[OUTPUT_IN_LINE],
        scan->own[OUTPUT_PREVIOUS_ONLINE],
        {rest, (size_t)(row.text + row.len - rest)}};
    struct query_text error = scan->own[QUERY_RESULT_ERROR];
    enum query_error code = query_error_find(error.text, error.len);
    bool bad = code == QUERY_BAD_CLIENT_ID || code == QUERY_BAD_ROW;
    uint64_t key = bad ? code : 0;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        key = XXH3_64bits_withSeed(known[i].text, known[i].len, key);
    return key;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static void add_entry(struct output_earlier *earlier, uint64_t key)
{
    if (earlier->count == earlier->room) {
        earlier->room = earlier->room > 0 ? earlier->room * 2 : FIRST_ENTRIES;
        earlier->entries = mem_realloc(
            earlier->entries, earlier->room * sizeof *earlier->entries);
    }
    earlier->entries[earlier->count++] = (struct entry){key, earlier->at, 0};
}

/* Finds all rows of the file. */
static enum status make_index(struct output_earlier *earlier)
{
    struct query_text row;
    struct output_scan scan;
    int found;
    while ((found = output_rows_at(&earlier->rows, earlier->at, &row)) > 0) {
        if (!scan_row(earlier, &scan, row))
            return refuse(earlier, earlier->at, row, no_row);
        add_entry(earlier, key_of(&scan, row));
        earlier->at += row.len;
    }
    if (found < 0)
        return STATUS_IO;
    if (hides_row(earlier, row))
        return refuse(earlier, earlier->at, row, no_row);
    if (earlier->count > 0)
        qsort(earlier->entries, earlier->count, sizeof *earlier->entries,
              compare_entries);
    earlier->left = earlier->count;
    return STATUS_OK;
}

/* The first entry with a key that is not less. */
static size_t find_entry(const struct output_earlier *earlier, uint64_t key)
{
    size_t low = 0;
    size_t high = earlier->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (earlier->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum status recall_any(struct output_earlier *earlier,
                              struct query *query, const char *file)
{
    struct output_scan scan;
    struct query_text row = expect(earlier, query, &scan);
    uint64_t key = key_of(&scan, row); /* its result does not count */
    size_t first = find_entry(earlier, key);
    size_t entry = first;
    if (first < earlier->count && earlier->entries[first].key == key)
        entry += earlier->entries[first].used;
    if (entry >= earlier->count || earlier->entries[entry].key != key)
        return STATUS_OK;
    uint64_t at = earlier->entries[entry].at;
    if (output_rows_at(&earlier->rows, at, &row) <= 0)
        return STATUS_IO;
    earlier->entries[first].used++;
    earlier->entries[entry].at = UINT64_MAX;
    earlier->left--;
    return take_row(earlier, at, row, query, file);
}

/* Where the first row is that no input row has matched. */
static uint64_t first_left(const struct output_earlier *earlier)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < earlier->count; i++) {
        if (earlier->entries[i].at < least)
            least = earlier->entries[i].at;
    }
    return least;
}

/* Does the file begin with the header, as far as it goes? */
static enum status check_header(struct output_earlier *earlier, bool *nothing)
{
    struct buf *header = &earlier->expected;
    earlier->columns->writer->header(header, earlier->columns);
    struct query_text wanted = {header->data, header->len};
    struct query_text row;
    int found = output_rows_at(&earlier->rows, 0, &row);
    if (found < 0)
        return STATUS_IO;
    size_t same = first_difference(row, wanted);
    earlier->at = same;
    *nothing = row.len == 0 || same < header->len;
    if (same == header->len || (same == row.len && found == 0))
        return STATUS_OK;
    row = shown(row, same);
    wanted = shown(wanted, same);
    return diag_fail(STATUS_USAGE,
                     "%s:1: '%.*s' differs from the header '%.*s': %s",
                     earlier->rows.name, (int)row.len, row.text,
                     (int)wanted.len, wanted.text, advice);
}

static enum status open_rows(struct output_earlier *earlier, bool *nothing)
{
    enum status status = check_header(earlier, nothing);
    if (status)
        return status;
    if (*nothing) {
        earlier->at = 0;
        return output_earlier_cut(earlier) ? STATUS_IO : STATUS_OK;
    }
    return earlier->unordered ? make_index(earlier) : STATUS_OK;
}

enum status output_earlier_open(struct output_earlier **earlier,
                                const struct output_target *target,
                                struct output_columns *columns, bool unordered)
{
    bool nothing = false;
    struct output_earlier *made = mem_alloc(sizeof *made);
    output_rows_init(&made->rows, target->fd, target->partial,
                     columns->writer->quotes);
    made->columns = columns;
    made->unordered = unordered;
    buf_init(&made->expected, OUTPUT_ROWS_MAX_BYTES);
    enum status status = open_rows(made, &nothing);
    if (status || nothing) {
        output_earlier_free(made);
        made = NULL;
    }
    *earlier = made;
    return status;
}

enum status output_earlier_recall(struct output_earlier *earlier,
                                  struct query *query, const char *file)
{
    if (!earlier->unordered)
        return recall_next(earlier, query, file);
    enum status status = STATUS_OK;
    if (earlier->left > 0)
        status = recall_any(earlier, query, file);
    earlier->over = earlier->left == 0;
    return status;
}

enum status output_earlier_end(struct output_earlier *earlier)
{
    uint64_t at = earlier->left > 0 ? first_left(earlier) : earlier->at;
    struct query_text row = {"", 0};
    if (earlier->left > 0 || !earlier->unordered) {
        if (output_rows_at(&earlier->rows, at, &row) < 0)
            return STATUS_IO;
    }
    return row.len > 0 ? refuse(earlier, at, row, "is not in the input")
                       : STATUS_OK;
}

bool output_earlier_is_over(const struct output_earlier *earlier)
{
    return earlier->over;
}

uint64_t output_earlier_place(const struct output_earlier *earlier)
{
    return earlier->at;
}

int output_earlier_cut(const struct output_earlier *earlier)
{
    if (ftruncate(earlier->rows.fd, (off_t)earlier->at) ||
        lseek(earlier->rows.fd, (off_t)earlier->at, SEEK_SET) < 0)
        return diag_error("cannot go on with %s: %s", earlier->rows.name,
                          strerror(errno));
    return 0;
}

void output_earlier_free(struct output_earlier *earlier)
{
    if (!earlier)
        return;
    output_rows_release(&earlier->rows);
    buf_release(&earlier->expected);
    free(earlier->entries);
    free(earlier);
}

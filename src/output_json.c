/*
 * Rows as NDJSON (one object a line) and as one JSON array of the same
 * objects, also one a line.
 *
 * Responsible for JSON's syntax (RFC 8259) and escapes; not for what the
 * cells say. The invariant: whatever bytes an id holds, a line is one valid
 * object with each column once. Beyond what JSON asks for, DEL, U+2028 and
 * U+2029 are escaped too: they break terminals and JavaScript.
 */
#include "output_format.h"

#include <assert.h>
#include <string.h>

#include "json.h"
#include "mem.h"

enum {
    OWN_ROOM = OUTPUT_COLUMN_COUNT * (2 * OUTPUT_CELL_BYTES + 6) /* ,"": "" */
};

/* For output_put_escaped. */
static const unsigned char json_special[256] = {
    [0x00] = 'u', [0x01] = 'u', [0x02] = 'u', [0x03] = 'u',  [0x04] = 'u',
    [0x05] = 'u', [0x06] = 'u', [0x07] = 'u', [0x08] = 'b',  [0x09] = 't',
    [0x0a] = 'n', [0x0b] = 'u', [0x0c] = 'f', [0x0d] = 'r',  [0x0e] = 'u',
    [0x0f] = 'u', [0x10] = 'u', [0x11] = 'u', [0x12] = 'u',  [0x13] = 'u',
    [0x14] = 'u', [0x15] = 'u', [0x16] = 'u', [0x17] = 'u',  [0x18] = 'u',
    [0x19] = 'u', [0x1a] = 'u', [0x1b] = 'u', [0x1c] = 'u',  [0x1d] = 'u',
    [0x1e] = 'u', [0x1f] = 'u', ['"'] = '"',  ['\\'] = '\\', [0x7f] = 'u',
    [0xe2] = 1};

/* How a column of ours is written when it has a value. */
static const bool column_is_string[OUTPUT_COLUMN_COUNT] = {
    [QUERY_RESULT_ERROR] = true,
    [QUERY_RESULT_CHECKED_AT] = true,
    [OUTPUT_CHANGED] = true,
};

static void put_text(struct buf *out, const char *text, size_t len)
{
    output_put_escaped(out, text, len, json_special);
}

static char *put_value(char *at, const struct output_cell *cell, bool is_string)
{
    if (cell->len == 0) {
        memcpy(at, "null", 4);
        return at + 4;
    }
    if (!is_string)
        return output_cell_copy(at, cell);
    *at++ = '"';
    at = output_cell_copy(at, cell);
    *at++ = '"';
    return at;
}

static void put_own(struct buf *out, struct output_columns *columns,
                    const struct query *query)
{
    char *at = buf_reserve(out, OWN_ROOM);
    assert(at);
    output_cells(columns, query);
    for (size_t i = 0; i < columns->n_own; i++) {
        *at++ = ',';
        *at++ = '"';
        enum output_column own = columns->own[i];
        at = output_cell_copy(at, &output_column_names[own]);
        *at++ = '"';
        *at++ = ':';
        at = put_value(at, &columns->cells[own], column_is_string[own]);
    }
    out->len = (size_t)(at - out->data);
}

static void put_kept(struct buf *out, const struct output_columns *columns,
                     const struct query *query)
{
    struct output_kept kept = {0};
    for (size_t i = 0; i < columns->n_kept; i++) {
        output_put(out, ",\"", 2);
        put_text(out, columns->kept[i], strlen(columns->kept[i]));
        output_put(out, "\":", 2);
        output_kept_next(&kept, query);
        if (kept.kind == QUERY_CELL_JSON) {
            output_put(out, kept.text, kept.len);
            continue;
        }
        output_put(out, "\"", 1);
        put_text(out, kept.text, kept.len);
        output_put(out, "\"", 1);
    }
}

static void put_object(struct buf *out, struct output_columns *columns,
                       const struct query *query)
{
    output_puts(out, "{\"" OUTPUT_ID_NAME "\":\"");
    put_text(out, query->text.data, query->id_len);
    output_put(out, "\"", 1);
    put_own(out, columns, query);
    put_kept(out, columns, query);
    output_put(out, "}", 1);
    output_puts(out, columns->writer->end);
}

/* Each object names its columns itself. */
static void put_header(struct buf *out, const struct output_columns *columns)
{
    output_puts(out, columns->writer->start);
}

/* Steps over text that must stand there. */
static bool take(const char **at, const char *end, const char *text)
{
    size_t len = strlen(text);
    bool there = (size_t)(end - *at) >= len && memcmp(*at, text, len) == 0;
    *at += there ? len : 0;
    return there;
}

/* A value of ours: null, a number, true, false, or a string in quotes. */
static struct query_text take_value(const char **at, const char *end)
{
    const char *start = *at;
    size_t len = json_value_end(start, (size_t)(end - start), 0);
    *at += len;
    if (mem_is(start, len, "null"))
        len = 0;
    if (len < 2 || *start != '"')
        return (struct query_text){start, len};
    return (struct query_text){start + 1, len - 2};
}

static bool scan_object(const struct output_columns *columns,
                        struct output_scan *scan, struct query_text row)
{
    const char *at = row.text;
    const char *end = row.text + row.len;
    *scan = (struct output_scan){0};
    if (!take(&at, end, "{\"" OUTPUT_ID_NAME "\":\""))
        return false;
    at--; /* to its quote */
    scan->id = take_value(&at, end);
    for (size_t i = 0; i < columns->n_own; i++) {
        enum output_column own = columns->own[i];
        if (!take(&at, end, ",\"") ||
            !take(&at, end, output_column_names[own].text) ||
            !take(&at, end, "\":"))
            return false;
        scan->own[own] = take_value(&at, end);
    }
    scan->rest = at;
    return true;
}

const struct output_writer output_ndjson = {
    .header = put_header,
    .row = put_object,
    .scan = scan_object,
    .start = "",
    .end = "\n",
};
const struct output_writer output_json = {
    .header = put_header,
    .row = put_object,
    .start = "[\n",
    .end = "",
    .separator = ",\n",
    .footer = "\n]\n",
    .footer_empty = "]\n",
};

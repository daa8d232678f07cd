/*
 * Rows as CSV (RFC 4180, LF) and as TSV with escapes.
 *
 * Responsible for delimiters, quotes and escapes; not for what the cells
 * say. The invariant: a row has as many cells as the header, and an empty
 * cell is never quoted (PostgreSQL reads a quoted one as text, not NULL).
 *
 * CSV quotes a cell that holds a comma, a quote, CR or LF, no other: blanks
 * at its ends are part of it for every reader (RFC 4180 section 2.4), and a
 * quote less keeps cut, awk and sniffers happy. TSV never quotes; tab, LF,
 * CR and backslash become \t \n \r \\.
 *
 * For Excel a byte order mark says that it is UTF-8, rows end with CRLF, and
 * a cell that would be taken for a formula gets an apostrophe in front.
 *
 * The trick: nearly every cell is plain, so one look at each byte decides,
 * and the result's own cells, which are always plain, are copied at a fixed
 * width into reserved room, the next one over the excess of the last:
 *
 *     ,true???????  then  ,true,200????????  then  ,true,200,1??????
 */
#include "output_format.h"

#include <assert.h>
#include <string.h>

#include "mem.h"

enum {
    OWN_ROOM = OUTPUT_COLUMN_COUNT * (OUTPUT_CELL_BYTES + 1)
};

static const unsigned char csv_special[256] = {
    ['\n'] = 1, ['\r'] = 1, ['"'] = 1, [','] = 1};

/* The letter that stands behind the backslash. */
static const unsigned char tsv_special[256] = {
    ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'};

/* Encloses text in quotes and doubles those inside. */
static void csv_quote(struct buf *out, const char *text, size_t len)
{
    output_put(out, "\"", 1);
    for (const char *end = text + len; text < end;) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        const char *stop = quote ? quote + 1 : end;
        output_put(out, text, (size_t)(stop - text));
        if (quote)
            output_put(out, "\"", 1);
        text = stop;
    }
    output_put(out, "\"", 1);
}

static void csv_text(struct buf *out, const char *text, size_t len, bool always)
{
    if (len == 0)
        return;
    if (!always && output_is_plain(text, len)) {
        output_put(out, text, len);
        return;
    }
    struct buf scratch = {0};
    buf_clean(&scratch, &text, &len);
    if (always || output_before(text, len, csv_special) < len)
        csv_quote(out, text, len);
    else
        output_put(out, text, len);
    buf_release(&scratch);
}

static void tsv_text(struct buf *out, const char *text, size_t len, bool always)
{
    (void)always; /* tab-separated cells have no quotes */
    output_put_escaped(out, text, len, tsv_special);
}

/* What a spreadsheet would take for a formula begins with an apostrophe. */
static void excel_text(struct buf *out, const char *text, size_t len,
                       bool always)
{
    static const char starts[] = {'=', '+', '-', '@', '\t', '\r'};
    struct buf guarded;
    buf_init(&guarded, len + 1);
    if (len > 0 && memchr(starts, *text, sizeof starts))
        output_put(&guarded, "'", 1);
    output_put(&guarded, text, len);
    csv_text(out, guarded.data, guarded.len, always);
    buf_release(&guarded);
}

static void put_header(struct buf *out, const struct output_columns *columns)
{
    const struct output_writer *writer = columns->writer;
    output_puts(out, writer->start);
    output_puts(out, OUTPUT_ID_NAME);
    for (size_t i = 0; i < columns->n_own; i++) {
        output_put(out, &writer->delimiter, 1);
        output_puts(out, output_column_names[columns->own[i]].text);
    }
    for (size_t i = 0; i < columns->n_kept; i++) {
        output_put(out, &writer->delimiter, 1);
        writer->text(out, columns->kept[i], strlen(columns->kept[i]), false);
    }
    output_puts(out, writer->end);
}

/* The id and our own cells; for most runs that is the row. */
static void put_own(struct buf *out, struct output_columns *columns,
                    const struct query *query)
{
    const struct output_writer *writer = columns->writer;
    const char *id = query->text.data;
    size_t len = query->id_len;
    bool plain = len > 0 && !columns->quote_all && !writer->guards &&
                 output_is_plain(id, len);
    if (!plain)
        writer->text(out, id, len, columns->quote_all);
    char *at = buf_reserve(out, len + OWN_ROOM);
    assert(at);
    if (plain)
        at = (char *)memcpy(at, id, len) + len;
    output_cells(columns, query);
    for (size_t i = 0; i < columns->n_own; i++) {
        *at++ = writer->delimiter;
        at = output_cell_copy(at, &columns->cells[columns->own[i]]);
    }
    out->len = (size_t)(at - out->data);
}

static void put_kept(struct buf *out, const struct output_columns *columns,
                     const struct query *query)
{
    const struct output_writer *writer = columns->writer;
    struct output_kept kept = {0};
    for (size_t i = 0; i < columns->n_kept; i++) {
        output_kept_next(&kept, query);
        output_put(out, &writer->delimiter, 1);
        bool null = kept.kind == QUERY_CELL_JSON &&
                    mem_is(kept.text, kept.len, "null");
        if (!null)
            writer->text(out, kept.text, kept.len, columns->quote_all);
    }
}

static void put_row(struct buf *out, struct output_columns *columns,
                    const struct query *query)
{
    put_own(out, columns, query);
    put_kept(out, columns, query);
    output_puts(out, columns->writer->end);
}

/* The end of a cell of text: where its delimiter is to be. */
static const char *text_end(const char *at, const char *end, char delimiter)
{
    if (at < end && *at == '"' && delimiter == ',') {
        do { /* a doubled quote ends one part and begins another */
            at = memchr(at + 1, '"', (size_t)(end - at - 1));
            at = at ? at + 1 : end;
        } while (at < end && *at == '"');
        return at;
    }
    const char *found = memchr(at, delimiter, (size_t)(end - at));
    return found ? found : end;
}

/* A quote inside a cell stands in quotes, and only there. */
static bool is_cell(const char *at, const char *end)
{
    return at == end || *at == '"' || !memchr(at, '"', (size_t)(end - at));
}

static bool scan_row(const struct output_columns *columns,
                     struct output_scan *scan, struct query_text row)
{
    const char delimiter = columns->writer->delimiter;
    const char *end = row.text + row.len - 1; /* its LF */
    end -= end > row.text && end[-1] == '\r';
    const char *at = text_end(row.text, end, delimiter);
    *scan = (struct output_scan){.id = {row.text, (size_t)(at - row.text)}};
    if (columns->writer->quotes && !is_cell(row.text, at))
        return false;
    for (size_t i = 0; i < columns->n_own; i++) {
        if (at == end || *at != delimiter)
            return false;
        const char *cell = ++at;
        at = memchr(cell, delimiter, (size_t)(end - cell));
        at = at ? at : end;
        scan->own[columns->own[i]] = (struct query_text){cell,
                                                         (size_t)(at - cell)};
    }
    scan->rest = at;
    return true;
}

const struct output_writer output_csv = {
    .header = put_header,
    .row = put_row,
    .scan = scan_row,
    .text = csv_text,
    .delimiter = ',',
    .quotes = true,
    .start = "",
    .end = "\n",
};
const struct output_writer output_excel = {
    .header = put_header,
    .row = put_row,
    .scan = scan_row,
    .text = excel_text,
    .delimiter = ',',
    .quotes = true,
    .guards = true,
    .start = "\xef\xbb\xbf",
    .end = "\r\n",
};
const struct output_writer output_tsv = {
    .header = put_header,
    .row = put_row,
    .scan = scan_row,
    .text = tsv_text,
    .delimiter = '\t',
    .start = "",
    .end = "\n",
};

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

enum {
    OWN_ROOM = OUTPUT_COLUMN_COUNT * (OUTPUT_CELL_BYTES + 1)
};

static const unsigned char csv_special[256] = {
    ['\n'] = 1, ['\r'] = 1, ['"'] = 1, [','] = 1};

/* The letter that stands behind the backslash. */
static const unsigned char tsv_special[256] = {
    ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'};

static void put(struct buf *out, const char *text, size_t len)
{
    int failed = buf_append(out, text, len);
    assert(!failed);
}

static size_t first_special(const char *text, size_t len,
                            const unsigned char special[256])
{
    size_t i = 0;
    while (i < len && !special[(unsigned char)text[i]])
        i++;
    return i;
}

/* Encloses text in quotes and doubles those inside. */
static void csv_quote(struct buf *out, const char *text, size_t len)
{
    put(out, "\"", 1);
    for (const char *end = text + len; text < end;) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        const char *stop = quote ? quote + 1 : end;
        put(out, text, (size_t)(stop - text));
        if (quote)
            put(out, "\"", 1);
        text = stop;
    }
    put(out, "\"", 1);
}

static void csv_text(struct buf *out, const char *text, size_t len, bool always)
{
    if (len == 0)
        return;
    if (!always && output_is_plain(text, len)) {
        put(out, text, len);
        return;
    }
    struct buf scratch = {0};
    buf_clean(&scratch, &text, &len);
    if (always || first_special(text, len, csv_special) < len)
        csv_quote(out, text, len);
    else
        put(out, text, len);
    buf_release(&scratch);
}

static void tsv_text(struct buf *out, const char *text, size_t len, bool always)
{
    (void)always; /* tab-separated cells have no quotes */
    if (output_is_plain(text, len)) {
        put(out, text, len);
        return;
    }
    struct buf scratch = {0};
    buf_clean(&scratch, &text, &len);
    for (size_t i = 0; i < len;) {
        size_t run = first_special(text + i, len - i, tsv_special);
        put(out, text + i, run);
        i += run;
        if (i == len)
            break;
        char escape[] = {'\\', (char)tsv_special[(unsigned char)text[i++]]};
        put(out, escape, sizeof escape);
    }
    buf_release(&scratch);
}

/* Would a spreadsheet take the cell for a formula, or drop its start? */
static bool is_formula(const char *text, size_t len)
{
    static const char starts[] = {'=', '+', '-', '@', '\t', '\r'};
    return len > 0 && memchr(starts, *text, sizeof starts);
}

static void excel_text(struct buf *out, const char *text, size_t len,
                       bool always)
{
    if (!is_formula(text, len)) {
        csv_text(out, text, len, always);
        return;
    }
    struct buf guarded;
    buf_init(&guarded, len + 1);
    put(&guarded, "'", 1);
    put(&guarded, text, len);
    csv_text(out, guarded.data, guarded.len, always);
    buf_release(&guarded);
}

/* What differs between the formats. */
struct dialect {
    char delimiter;
    bool guards; /* plain text is not plain when it is a formula */
    const char *start;
    const char *end;
    void (*text)(struct buf *out, const char *text, size_t len, bool always);
};

static const struct dialect csv = {',', false, "", "\n", csv_text};
static const struct dialect tsv = {'\t', false, "", "\n", tsv_text};
static const struct dialect excel = {',', true, "\xef\xbb\xbf", "\r\n",
                                     excel_text};

static void put_header(struct buf *out, const struct output_columns *columns,
                       const struct dialect *dialect)
{
    put(out, dialect->start, strlen(dialect->start));
    put(out, OUTPUT_ID_NAME, strlen(OUTPUT_ID_NAME));
    for (size_t i = 0; i < columns->n_own; i++) {
        put(out, &dialect->delimiter, 1);
        const struct output_cell *name = &output_column_names[columns->own[i]];
        put(out, name->text, name->len);
    }
    for (size_t i = 0; i < columns->n_kept; i++) {
        put(out, &dialect->delimiter, 1);
        dialect->text(out, columns->kept[i], strlen(columns->kept[i]), false);
    }
    put(out, dialect->end, strlen(dialect->end));
}

/* The id and our own cells; for most runs that is the row. */
static void put_own(struct buf *out, struct output_columns *columns,
                    const struct query *query, const struct dialect *dialect)
{
    struct output_cell cells[OUTPUT_COLUMN_COUNT];
    const char *id = query->text.data;
    size_t len = query->id_len;
    bool plain = len > 0 && !columns->quote_all && output_is_plain(id, len) &&
                 !(dialect->guards && is_formula(id, len));
    if (!plain)
        dialect->text(out, id, len, columns->quote_all);
    char *at = buf_reserve(out, len + OWN_ROOM);
    assert(at);
    if (plain)
        at = (char *)memcpy(at, id, len) + len;
    output_cells(cells, columns, query);
    for (size_t i = 0; i < columns->n_own; i++) {
        *at++ = dialect->delimiter;
        at = output_cell_copy(at, &cells[columns->own[i]]);
    }
    out->len = (size_t)(at - out->data);
}

static void put_kept(struct buf *out, const struct output_columns *columns,
                     const struct query *query, const struct dialect *dialect)
{
    struct output_kept kept = {0};
    for (size_t i = 0; i < columns->n_kept; i++) {
        output_kept_next(&kept, query);
        put(out, &dialect->delimiter, 1);
        bool null = kept.kind == QUERY_CELL_JSON && kept.len == 4 &&
                    memcmp(kept.text, "null", 4) == 0;
        if (!null)
            dialect->text(out, kept.text, kept.len, columns->quote_all);
    }
}

static void put_row(struct buf *out, struct output_columns *columns,
                    const struct query *query, const struct dialect *dialect)
{
    put_own(out, columns, query, dialect);
    put_kept(out, columns, query, dialect);
    put(out, dialect->end, strlen(dialect->end));
}

static const struct dialect *csv_dialect(const struct output_columns *columns)
{
    return columns->excel ? &excel : &csv;
}

static void csv_header(struct buf *out, const struct output_columns *columns)
{
    put_header(out, columns, csv_dialect(columns));
}

static void csv_row(struct buf *out, struct output_columns *columns,
                    const struct query *query)
{
    put_row(out, columns, query, csv_dialect(columns));
}

static void tsv_header(struct buf *out, const struct output_columns *columns)
{
    put_header(out, columns, &tsv);
}

static void tsv_row(struct buf *out, struct output_columns *columns,
                    const struct query *query)
{
    put_row(out, columns, query, &tsv);
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
static bool is_cell(const char *at, const char *end, char delimiter)
{
    return delimiter != ',' || at == end || *at == '"' ||
           !memchr(at, '"', (size_t)(end - at));
}

static bool scan_row(struct output_scan *scan, const char *row, size_t len,
                     char delimiter)
{
    const char *end = row + len - 1; /* its LF */
    end -= end > row && end[-1] == '\r';
    const char *at = text_end(row, end, delimiter);
    scan->id = (struct query_text){row, (size_t)(at - row)};
    if (!is_cell(row, at, delimiter))
        return false;
    for (size_t i = 0; i < QUERY_RESULT_CELLS; i++) {
        if (at == end || *at != delimiter)
            return false;
        const char *cell = ++at;
        at = memchr(cell, delimiter, (size_t)(end - cell));
        at = at ? at : end;
        scan->result[i] = (struct query_text){cell, (size_t)(at - cell)};
    }
    scan->rest = at;
    return true;
}

static bool csv_scan(struct output_scan *scan, const char *row, size_t len)
{
    return scan_row(scan, row, len, csv.delimiter);
}

static bool tsv_scan(struct output_scan *scan, const char *row, size_t len)
{
    return scan_row(scan, row, len, tsv.delimiter);
}

const struct output_writer output_csv = {csv_header, csv_row, csv_scan, true,
                                         "",         "",      ""};
const struct output_writer output_tsv = {tsv_header, tsv_row, tsv_scan, false,
                                         "",         "",      ""};

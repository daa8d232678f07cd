/*
 * Shared by the targets of the input formats: reads all rows of some bytes
 * with the program's input and writes them down, to be compared with what a
 * reader of the target's own writes down. A row:
 *
 *     2 bad_row 4:VIN1 t6:berlin j4:12.5     line, error, id, text, JSON
 */
#ifndef MQSTAT_FUZZ_INPUT_H
#define MQSTAT_FUZZ_INPUT_H

#include "fuzz.h"
#include "input.h"
#include "query.h"

static inline void fuzz_put(struct buf *rows, const char *before,
                            const char *text, size_t len)
{
    FUZZ_CHECK(!buf_printf(rows, "%s%zu:", before, len) &&
               !buf_append(rows, text, len));
}

static inline void fuzz_put_row(struct buf *rows, uint64_t line, bool bad,
                                const char *id, size_t len)
{
    FUZZ_CHECK(!buf_printf(rows, "\n%llu %s ", (unsigned long long)line,
                           bad ? "bad_row" : ""));
    fuzz_put(rows, "", id, len);
}

/* A text with what is no UTF-8 replaced. */
static inline void fuzz_put_cleaned(struct buf *rows, const char *before,
                                    const char *text, size_t len)
{
    struct buf clean;
    buf_init(&clean, FUZZ_TEXT_BYTES);
    fuzz_put_clean(&clean, text, len);
    fuzz_put(rows, before, clean.len ? clean.data : "", clean.len);
    buf_release(&clean);
}

static inline void fuzz_trim(const char **id, size_t *len)
{
    while (*len > 0 && ((*id)[0] == ' ' || (*id)[0] == '\t')) {
        (*id)++;
        (*len)--;
    }
    while (*len > 0 && ((*id)[*len - 1] == ' ' || (*id)[*len - 1] == '\t'))
        (*len)--;
}

/* The id of a row as it must come: trimmed, and clean in a bad row. */
static inline void fuzz_put_id(struct buf *rows, uint64_t line, bool bad,
                               bool trim, const char *id, size_t len)
{
    struct buf clean;
    buf_init(&clean, FUZZ_TEXT_BYTES);
    if (trim)
        fuzz_trim(&id, &len);
    if (bad) {
        fuzz_put_clean(&clean, id, len);
        id = clean.len ? clean.data : "";
        len = clean.len;
    }
    fuzz_put_row(rows, line, bad, id, len);
    buf_release(&clean);
}

/* Where the line that begins at `at` ends (*end) and the next one begins. */
static inline size_t fuzz_line(const char *text, size_t len, size_t at,
                               size_t *end)
{
    while (at < len && text[at] != '\n' && text[at] != '\r')
        at++;
    *end = at;
    if (at < len && text[at++] == '\r' && at < len && text[at] == '\n')
        at++;
    return at;
}

/* May the bytes be taken for a byte order mark or for no text at all? */
static inline bool fuzz_odd_start(const char *text, size_t len)
{
    static const char odd[] = "\xef\x1f\x28\xfdP\xff\xfe"; /* P: zip, zstd */
    return len > 0 &&
           (strchr(odd, text[0]) || memchr(text, 0, len < 4 ? len : 4));
}

/* Does it begin as gzip or zstd data does? What is in it is not judged. */
static inline bool fuzz_is_packed(const char *text, size_t len)
{
    return (len >= 2 && memcmp(text, "\x1f\x8b", 2) == 0) ||
           (len >= 4 && (memcmp(text, "\x28\xb5\x2f\xfd", 4) == 0 ||
                         memcmp(text, "\x50\x2a\x4d\x18", 4) == 0));
}

/*
 * Reads all rows; most: bytes that a read(2) gives, 0 for all. Tells whether
 * the file was read to its end.
 */
static inline bool fuzz_read(const struct input_settings *settings,
                             const char *text, size_t len, size_t most,
                             struct buf *rows)
{
    char file[64];
    char *files[] = {file};
    struct input *input = NULL;
    struct query query;
    uint64_t line = 0;
    bool ended = false;
    (void)snprintf(file, sizeof file, "%s", fuzz_file(text, len));
    fuzz_read_most = most;
    enum status status = input_new(&input, settings, files, 1);
    FUZZ_CHECK((status == STATUS_OK) == (input != NULL));
    if (status)
        FUZZ_CHECK(!buf_printf(rows, "status %d", (int)status));
    query_init(&query);
    while (input && input_next(input, &query) == INPUT_ROW) {
        bool bad = query.error == QUERY_BAD_ROW;
        enum query_cell kind;
        const char *cell;
        size_t cell_len;
        size_t cells = 0;
        const char *const *names;
        FUZZ_CHECK((query.state == QUERY_DONE) == bad && query.line > line);
        line = query.line;
        fuzz_put_row(rows, query.line, bad, query.text.data, query.id_len);
        for (size_t at = 0;
             query_cell_next(&query, &at, &kind, &cell, &cell_len); cells++)
            fuzz_put(rows, kind == QUERY_CELL_JSON ? " j" : " t", cell,
                     cell_len);
        FUZZ_CHECK(cells == input_kept(input, &names));
        query_reset(&query);
    }
    if (input)
        ended = input_next(input, &query) == INPUT_END;
    if (input && !fuzz_is_packed(text, len))
        FUZZ_CHECK(ended && input_counts(input).bytes == len);
    query_release(&query);
    input_free(input);
    return ended;
}

/*
 * Reads text in one piece and in pieces of `most` bytes: both must give the
 * same rows, and those that are wanted (NULL: whatever they are). Of damaged
 * data the unpacker gives out more or fewer rows before its fault, as it was
 * fed; both must be refused.
 */
static inline void fuzz_compare(const struct input_settings *settings,
                                const char *text, size_t len, size_t most,
                                const struct buf *wanted)
{
    struct buf whole;
    struct buf pieces;
    buf_init(&whole, FUZZ_TEXT_BYTES);
    buf_init(&pieces, FUZZ_TEXT_BYTES);
    bool ended = fuzz_read(settings, text, len, 0, &whole);
    FUZZ_CHECK(fuzz_read(settings, text, len, most, &pieces) == ended);
    bool damaged = fuzz_is_packed(text, len) && !ended;
    FUZZ_CHECK(damaged || whole.len == pieces.len);
    FUZZ_CHECK(damaged || whole.len == 0 ||
               memcmp(whole.data, pieces.data, whole.len) == 0);
    if (wanted &&
        (wanted->len != whole.len ||
         (whole.len > 0 && memcmp(wanted->data, whole.data, whole.len) != 0))) {
        (void)fprintf(stderr, "got:%.*s\nwanted:%.*s\n", (int)whole.len,
                      whole.data, (int)wanted->len, wanted->data);
        fuzz_wrong(__FILE__, __LINE__, "not the rows that are wanted");
    }
    buf_release(&whole);
    buf_release(&pieces);
}

#endif

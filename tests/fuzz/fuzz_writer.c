/*
 * Writers: rows written as CSV, TSV or NDJSON and read by the program's own
 * input give the same ids and cells. What is no UTF-8, and NUL, comes back
 * as U+FFFD.
 */
#include "fuzz_input.h"
#include "output_format.h"

enum {
    KEPT = 2,
    ROWS_MAX = 16
};

static const char *const kept_names[KEPT] = {"a", "Online"};
static const char *const json_cells[] = {"12.50", "true", "null", "[1, 2]",
                                         "{\"x\":\"\\u00e9\"}"};

/* Takes a text of the fuzzer: a length and so many bytes. */
static size_t take_text(struct fuzz *fuzz, char text[256])
{
    size_t len = fuzz_byte(fuzz);
    len = len < fuzz->left ? len : fuzz->left;
    memcpy(text, fuzz->at, len);
    fuzz->at += len;
    fuzz->left -= len;
    return len;
}

/* Makes a row, and notes what must come back. */
static void take_row(struct fuzz *fuzz, struct query *query, uint64_t line,
                     enum output_format format, struct buf *wanted)
{
    char text[256];
    bool json = format == OUTPUT_NDJSON;
    size_t len = take_text(fuzz, text);
    unsigned how = fuzz_byte(fuzz);
    struct buf id;
    query_reset(query);
    FUZZ_CHECK(!query_set_id(query, text, len));
    query_fail(query, (enum query_error)(how % QUERY_ERROR_COUNT));
    query->online = how & 16;
    query->http_status = (uint16_t)fuzz_byte(fuzz);
    query->attempts = fuzz_byte(fuzz);
    query->latency_ns = (int64_t)fuzz_byte(fuzz) * 123456 - 1;
    query->checked_ms = (int64_t)fuzz_byte(fuzz) * 13579246801;
    buf_init(&id, FUZZ_TEXT_BYTES);
    fuzz_put_clean(&id, text, len);
    fuzz_put_row(wanted, line, false, id.len ? id.data : "", id.len);
    buf_release(&id);
    for (size_t i = 0; i < KEPT; i++) {
        unsigned kind = fuzz_byte(fuzz);
        if (kind & 1) {
            const char *value = json_cells[kind / 2 % COUNT_OF(json_cells)];
            bool null = !json && strcmp(value, "null") == 0;
            len = strlen(value);
            FUZZ_CHECK(!query_add_cell(query, QUERY_CELL_JSON, value, len));
            fuzz_put(wanted, json ? " j" : " t", value, null ? 0 : len);
        } else {
            len = take_text(fuzz, text);
            FUZZ_CHECK(!query_add_cell(query, QUERY_CELL_TEXT, text, len));
            fuzz_put_cleaned(wanted, " t", text, len);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum output_format outputs[] = {OUTPUT_CSV, OUTPUT_TSV,
                                                 OUTPUT_NDJSON};
    static const enum input_format inputs[] = {INPUT_CSV, INPUT_TSV,
                                               INPUT_NDJSON};
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    size_t most = fuzz_byte(&fuzz) % 64 + 1;
    enum output_format format = outputs[how % 3];
    struct output_settings settings = {
        .to = format,
        .quote = how & 16 ? OUTPUT_QUOTE_ALL : OUTPUT_QUOTE_MINIMAL,
        .line_numbers = how & 32,
    };
    struct input_settings back = {
        .from = inputs[how % 3], .column = "client_id", .keep = "a,in_Online"};
    struct output_columns columns;
    struct query query;
    struct buf out;
    struct buf wanted;
    buf_init(&out, FUZZ_TEXT_BYTES);
    buf_init(&wanted, FUZZ_TEXT_BYTES);
    query_init(&query);
    output_columns_init(&columns, &settings, kept_names, KEPT);
    columns.writer->header(&out, &columns);
    uint64_t line = 1 + (format != OUTPUT_NDJSON);
    for (size_t rows = 0; fuzz.left > 0 && rows < ROWS_MAX; rows++) {
        size_t start = out.len;
        take_row(&fuzz, &query, line, format, &wanted);
        columns.writer->row(&out, &columns, &query);
        FUZZ_CHECK(fuzz_is_text(out.data + start, out.len - start));
        FUZZ_CHECK(out.data[out.len - 1] == '\n');
        for (size_t at = start, end; at < out.len; line++)
            at = fuzz_line(out.data, out.len, at, &end);
    }
    fuzz_compare(&back, out.data, out.len, most, out.len ? &wanted : NULL);
    output_columns_release(&columns);
    query_release(&query);
    buf_release(&out);
    buf_release(&wanted);
    return 0;
}

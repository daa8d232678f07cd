/*
 * What the writers of the output family share.
 *
 * Responsible for the columns' names and for the result's cells as text:
 * which are empty, how numbers and times look. Not for quoting, escaping or
 * what stands between cells: each writer has its own.
 */
#include "output_format.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mem.h"
#include "units.h"
#include "utf8.h"

#define NAME(string) .len = sizeof(string) - 1, .text = (string)

const struct output_cell output_column_names[OUTPUT_COLUMN_COUNT] = {
    [QUERY_RESULT_ONLINE] = {NAME("online")},
    [QUERY_RESULT_ERROR] = {NAME("error")},
    [QUERY_RESULT_HTTP_STATUS] = {NAME("http_status")},
    [QUERY_RESULT_ATTEMPTS] = {NAME("attempts")},
    [QUERY_RESULT_LATENCY_MS] = {NAME("latency_ms")},
    [QUERY_RESULT_CHECKED_AT] = {NAME("checked_at")},
    [OUTPUT_IN_LINE] = {NAME("in_line")},
    [OUTPUT_PREVIOUS_ONLINE] = {NAME("previous_online")},
    [OUTPUT_CHANGED] = {NAME("changed")},
};

static const struct output_cell online_cells[] = {
    [false] = {NAME("false")},
    [true] = {NAME("true")},
};

static const struct {
    const char *ending;
    enum output_format format;
    const struct output_writer *writer;
} formats[] = {
    {".csv", OUTPUT_CSV, &output_csv},
    {".tsv", OUTPUT_TSV, &output_tsv},
    {".ndjson", OUTPUT_NDJSON, &output_ndjson},
    {".jsonl", OUTPUT_NDJSON, &output_ndjson},
    {".json", OUTPUT_JSON, &output_json},
};

static bool ends_with(const char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t tail = strlen(ending);
    return len > tail && strcasecmp(text + len - tail, ending) == 0;
}

static const struct output_writer *
choose_writer(const struct output_settings *settings)
{
    const char *file = settings->file ? settings->file : "";
    size_t i = sizeof formats / sizeof formats[0] - 1;
    while (i > 0 &&
           (settings->to == OUTPUT_AUTO ? !ends_with(file, formats[i].ending)
                                        : formats[i].format != settings->to))
        i--;
    return i == 0 && settings->excel ? &output_excel : formats[i].writer;
}

static bool name_taken(const struct output_columns *columns, const char *name)
{
    if (strcasecmp(name, OUTPUT_ID_NAME) == 0)
        return true;
    for (size_t i = 0; i < columns->n_own; i++) {
        const char *own = output_column_names[columns->own[i]].text;
        if (strcasecmp(name, own) == 0)
            return true;
    }
    for (size_t i = 0; i < columns->n_kept; i++) {
        if (strcasecmp(name, columns->kept[i]) == 0)
            return true;
    }
    return false;
}

void output_columns_init(struct output_columns *columns,
                         const struct output_settings *settings,
                         const char *const *kept, size_t n_kept)
{
    *columns = (struct output_columns){
        .writer = choose_writer(settings),
        .kept = mem_alloc(n_kept * sizeof *columns->kept),
        .quote_all = settings->quote == OUTPUT_QUOTE_ALL,
    };
    for (enum output_column i = 0; i < OUTPUT_COLUMN_COUNT; i++) {
        bool extra = i == OUTPUT_IN_LINE ? settings->line_numbers
                                         : settings->previous != NULL;
        if (i < OUTPUT_IN_LINE || extra)
            columns->own[columns->n_own++] = i;
    }
    for (size_t i = 0; i < n_kept; i++) {
        char *name = mem_strdup(kept[i]);
        while (name_taken(columns, name)) {
            char *longer = mem_printf("in_%s", name);
            free(name);
            name = longer;
        }
        columns->kept[columns->n_kept++] = name;
    }
}

void output_columns_release(struct output_columns *columns)
{
    for (size_t i = 0; i < columns->n_kept; i++)
        free(columns->kept[i]);
    free(columns->kept);
    *columns = (struct output_columns){0};
}

static void put_text(struct output_cell *cell, const char *text)
{
    cell->len = strlen(text);
    assert(cell->len < sizeof cell->text);
    memcpy(cell->text, text, cell->len);
}

static void put_pair(char *at, unsigned value)
{
    at[0] = (char)('0' + value / 10);
    at[1] = (char)('0' + value % 10);
}

/* Apart, since its frame costs more than a small number does. */
__attribute__((noinline)) static void put_large(struct output_cell *cell,
                                                uint64_t number)
{
    int len = snprintf(cell->text, sizeof cell->text, "%" PRIu64, number);
    cell->len = (size_t)len;
}

/* Attempts, status and latency are small, nearly always. */
static void put_number(struct output_cell *cell, uint64_t number)
{
    char *at = cell->text;
    unsigned small = (unsigned)number;
    if (number >= 1000) {
        put_large(cell, number);
        return;
    }
    if (small >= 100)
        *at++ = (char)('0' + small / 100);
    if (small >= 10)
        *at++ = (char)('0' + small / 10 % 10);
    *at++ = (char)('0' + small % 10);
    cell->len = (size_t)(at - cell->text);
}

/* 12,345,678 ns is 12.346 ms. */
static void put_latency(struct output_cell *cell, uint64_t ns)
{
    uint64_t us = (ns + 500) / 1000;
    unsigned fraction = (unsigned)(us % 1000);
    put_number(cell, us / 1000);
    char *at = cell->text + cell->len;
    at[0] = '.';
    at[1] = (char)('0' + fraction / 100);
    put_pair(at + 2, fraction % 100);
    cell->len += 4;
}

/* Formats ms; from the same minute as before, only seconds change. */
static void put_time(struct output_cell *cell, struct output_clock *clock,
                     int64_t ms)
{
    static const size_t seconds = sizeof "2026-11-22T08:15:" - 1;
    int64_t minute = ms / 60000 + 1;
    if (minute != clock->minute)
        clock->text = units_format_time(ms);
    clock->minute = minute;
    unsigned of_minute = (unsigned)(ms % 60000);
    char *at = clock->text.text + seconds;
    put_pair(at, of_minute / 1000);
    at[3] = (char)('0' + of_minute / 100 % 10);
    put_pair(at + 4, of_minute % 100);
    cell->len = UNITS_TIME_LEN;
    memcpy(cell->text, clock->text.text, sizeof cell->text);
}

static void put_changes(struct output_cell *cells, const struct query *query)
{
    if (query->previous != QUERY_WAS_UNKNOWN)
        cells[OUTPUT_PREVIOUS_ONLINE] =
            online_cells[query->previous == QUERY_WAS_ONLINE];
    put_text(&cells[OUTPUT_CHANGED], query_change_name(query_change(query)));
}

void output_cells(struct output_columns *columns, const struct query *query)
{
    struct output_cell *cells = columns->cells;
    bool answered = query->error == QUERY_ANSWERED;
    for (size_t i = 0; i < OUTPUT_COLUMN_COUNT; i++)
        cells[i].len = 0;
    if (answered)
        cells[QUERY_RESULT_ONLINE] = online_cells[query->online];
    else
        put_text(&cells[QUERY_RESULT_ERROR], query_error_name(query->error));
    if (query->http_status > 0)
        put_number(&cells[QUERY_RESULT_HTTP_STATUS], query->http_status);
    put_number(&cells[QUERY_RESULT_ATTEMPTS], query->attempts);
    if (answered && query->latency_ns >= 0)
        put_latency(&cells[QUERY_RESULT_LATENCY_MS],
                    (uint64_t)query->latency_ns);
    if (query->checked_ms > 0)
        put_time(&cells[QUERY_RESULT_CHECKED_AT], &columns->clock,
                 query->checked_ms);
    if (columns->n_own == OUTPUT_IN_LINE)
        return;
    put_number(&cells[OUTPUT_IN_LINE], query->line);
    put_changes(cells, query);
}

/*
 * Marks the high bit of bytes that are not plain, eight at a time: what is
 * below `-` borrows, the backslash becomes 0 and borrows, DEL overflows
 * into the high bit, and beyond ASCII it is set. (A borrow or carry may mark
 * the next byte too; then one is marked anyway.)
 */
static uint64_t odd_bytes(const char *text)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return ((word - ones * '-') | ((word ^ ones * '\\') - ones) |
            (word + ones) | word) &
           ones * 0x80;
}

bool output_is_plain(const char *text, size_t len)
{
    char padded[] = "--------";
    size_t step = sizeof padded - 1;
    if (len < step) {
        memcpy(padded, len > 0 ? text : "", len);
        return odd_bytes(padded) == 0;
    }
    uint64_t odd = odd_bytes(text + len - step);
    for (size_t i = 0; i + step < len; i += step)
        odd |= odd_bytes(text + i);
    return odd == 0;
}

/*
 * Escapes the character at the front of text, of which the first byte is
 * special, and returns how many bytes that was.
 */
static size_t put_escape(struct buf *out, const char *text, size_t len,
                         unsigned char letter)
{
    char escape[12] = {'\\', (char)letter};
    uint32_t code = 0;
    size_t size = utf8_decode(text, len, &code); /* it was made clean */
    if (letter == 1 && code != 0x2028 && code != 0x2029) {
        output_put(out, text, size);
        return size;
    }
    if (letter == 1 || letter == 'u')
        (void)snprintf(escape, sizeof escape, "\\u%04" PRIx32, code);
    output_puts(out, escape);
    return size;
}

void output_put_escaped(struct buf *out, const char *text, size_t len,
                        const unsigned char special[256])
{
    if (output_is_plain(text, len)) {
        output_put(out, text, len);
        return;
    }
    struct buf scratch = {0};
    buf_clean(&scratch, &text, &len);
    for (size_t i = 0; i < len;) {
        size_t run = output_before(text + i, len - i, special);
        output_put(out, text + i, run);
        i += run;
        if (i < len)
            i += put_escape(out, text + i, len - i,
                            special[(unsigned char)text[i]]);
    }
    buf_release(&scratch);
}

void output_kept_next(struct output_kept *kept, const struct query *query)
{
    if (query_cell_next(query, &kept->at, &kept->kind, &kept->text, &kept->len))
        return;
    kept->kind = QUERY_CELL_JSON;
    kept->text = "null";
    kept->len = 4;
}

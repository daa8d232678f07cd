/*
 * CSV and TSV: cut again here, one byte at a time over the whole text. With
 * a header only that pieces of any size give the same rows is checked.
 */
#include "fuzz_input.h"

enum {
    CELLS_MAX = 4096
};

/* The text, and one row of it. */
struct reader {
    const char *text;
    size_t len;
    size_t at;
    uint64_t line; /* that at is in */
    char delimiter;
    size_t n_cells;
    struct {
        size_t from;
        size_t len;
    } cells[CELLS_MAX];
    struct buf bytes; /* of the cells */
};

static void put_byte(struct reader *reader, char byte)
{
    FUZZ_CHECK(!buf_putc(&reader->bytes, byte));
}

static void end_cell(struct reader *reader, size_t from)
{
    FUZZ_CHECK(reader->n_cells < CELLS_MAX);
    reader->cells[reader->n_cells].from = from;
    reader->cells[reader->n_cells++].len = reader->bytes.len - from;
}

static bool at_end(const struct reader *reader)
{
    return reader->at == reader->len || reader->text[reader->at] == '\n' ||
           reader->text[reader->at] == '\r';
}

/* Reads a quoted cell, behind its quote; false when it is not closed. */
static bool quoted(struct reader *reader)
{
    for (; reader->at < reader->len; reader->at++) {
        char byte = reader->text[reader->at];
        bool last = reader->at + 1 == reader->len;
        if (byte == '"' && (last || reader->text[reader->at + 1] != '"')) {
            reader->at++;
            return true;
        }
        reader->at += byte == '"';
        reader->line += byte == '\n' ||
                        (byte == '\r' &&
                         (last || reader->text[reader->at + 1] != '\n'));
        put_byte(reader, byte);
    }
    return false;
}

static bool plain(struct reader *reader)
{
    for (; !at_end(reader); reader->at++) {
        char byte = reader->text[reader->at];
        if (byte == reader->delimiter)
            return true;
        if (byte == '"')
            return false;
        put_byte(reader, byte);
    }
    return true;
}

/* Reads a row of CSV; a bad one ends with the line its last cell is in. */
static bool csv_row(struct reader *reader)
{
    for (;;) {
        size_t start = reader->at;
        size_t from = reader->bytes.len;
        uint64_t line = reader->line;
        bool quote = !at_end(reader) && reader->text[reader->at] == '"';
        reader->at += quote;
        bool good = quote ? quoted(reader) : plain(reader);
        bool more = reader->at < reader->len &&
                    reader->text[reader->at] == reader->delimiter;
        if (!good || (!more && !at_end(reader))) {
            size_t end;
            reader->at = fuzz_line(reader->text, reader->len, start, &end);
            reader->line = line + 1;
            return false;
        }
        end_cell(reader, from);
        if (!more)
            break;
        reader->at++;
    }
    size_t end;
    reader->at = fuzz_line(reader->text, reader->len, reader->at, &end);
    reader->line++;
    return true;
}

static bool tsv_row(struct reader *reader)
{
    static const char letters[] = "tnr\\";
    static const char bytes[] = "\t\n\r\\";
    size_t from = reader->bytes.len;
    for (; !at_end(reader); reader->at++) {
        char byte = reader->text[reader->at];
        if (byte == '\t') {
            end_cell(reader, from);
            from = reader->bytes.len;
            continue;
        }
        const char *letter = NULL;
        if (byte == '\\' && reader->at + 1 < reader->len &&
            reader->text[reader->at + 1])
            letter = strchr(letters, reader->text[reader->at + 1]);
        put_byte(reader, letter ? bytes[letter - letters] : byte);
        reader->at += letter != NULL;
    }
    end_cell(reader, from);
    size_t end;
    reader->at = fuzz_line(reader->text, reader->len, reader->at, &end);
    reader->line++;
    return true;
}

/* A row without a header: the first cell is the id, all others are kept. */
static void put_row(const struct reader *reader, uint64_t line, bool bad,
                    bool trim, size_t columns, struct buf *rows)
{
    bad = bad || reader->n_cells < columns;
    for (size_t i = 0; i < columns; i++) {
        bool there = i < reader->n_cells;
        size_t len = there ? reader->cells[i].len : 0;
        const char *text = len ? reader->bytes.data + reader->cells[i].from
                               : "";
        if (i == 0)
            fuzz_put_id(rows, line, bad, trim, text, len);
        else
            fuzz_put_cleaned(rows, " t", text, len);
    }
}

static void read_rows(const struct input_settings *settings, const char *text,
                      size_t len, struct buf *rows)
{
    static struct reader reader;
    size_t columns = 0;
    reader.text = text;
    reader.len = len;
    reader.at = 0;
    reader.line = 1;
    reader.delimiter = settings->delimiter;
    buf_init(&reader.bytes, FUZZ_TEXT_BYTES);
    while (reader.at < len) {
        size_t end;
        uint64_t line = reader.line;
        reader.n_cells = 0;
        buf_clear(&reader.bytes);
        (void)fuzz_line(text, len, reader.at, &end);
        bool blank = end == reader.at;
        bool good = settings->from == INPUT_CSV ? csv_row(&reader)
                                                : tsv_row(&reader);
        if (columns == 0)
            columns = reader.n_cells;
        if (columns == 0) {
            FUZZ_CHECK(!buf_puts(rows, "status 2"));
            break;
        }
        put_row(&reader, line, !good || (blank && columns > 1), settings->trim,
                columns, rows);
    }
    buf_release(&reader.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = ",;\t| a:\\";
    static char all[] = "all";
    static char first[] = "1";
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    size_t most = fuzz_byte(&fuzz) % 16 + 1;
    const char *text = (const char *)fuzz.at;
    bool header = how & 4;
    struct input_settings settings = {
        .from = how & 1 ? INPUT_TSV : INPUT_CSV,
        .trim = how & 2,
        .header = header ? INPUT_HEADER_YES : INPUT_HEADER_NO,
        .keep = all,
        .column = header && how & 128 ? NULL : first,
        .delimiter = delimiters[how >> 4 & 7],
    };
    struct buf wanted;
    buf_init(&wanted, FUZZ_TEXT_BYTES);
    bool known = !header && !fuzz_odd_start(text, fuzz.left);
    if (known)
        read_rows(&settings, text, fuzz.left, &wanted);
    fuzz_compare(&settings, text, fuzz.left, most, known ? &wanted : NULL);
    buf_release(&wanted);
    return 0;
}

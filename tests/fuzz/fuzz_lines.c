/*
 * Lines: the ids are what stands between line ends, byte for byte; only a
 * byte order mark is dropped, and what is no text is refused.
 */
#include "fuzz_input.h"

/* How a file that is refused begins, beside UTF-16 without a mark. */
static const struct {
    const char *bytes;
    size_t len;
} refused[] = {
    {"\xfd\x37zXZ", 5}, {"PK\x03\x04", 4}, {"\xff\xfe", 2},
    {"\xfe\xff", 2},    {"\0\0\0\0", 4},
};

static bool is_refused(const char *text, size_t len)
{
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        if (len >= refused[i].len &&
            memcmp(text, refused[i].bytes, refused[i].len) == 0)
            return true;
    }
    if (len < 4)
        return false;
    bool little = text[0] && !text[1] && text[2] && !text[3];
    bool big = !text[0] && text[1] && !text[2] && text[3];
    return little || big;
}

static void read_lines(const struct input_settings *settings, const char *text,
                       size_t len, struct buf *rows)
{
    size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t end = 0;
    uint64_t line = 1;
    if (is_refused(text, len)) {
        FUZZ_CHECK(!buf_puts(rows, "status 2"));
        return;
    }
    if (settings->header == INPUT_HEADER_YES && at < len) {
        at = fuzz_line(text, len, at, &end);
        line++;
    }
    while (at < len) {
        size_t start = at;
        at = fuzz_line(text, len, at, &end);
        fuzz_put_id(rows, line++, false, settings->trim, text + start,
                    end - start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    size_t most = fuzz_byte(&fuzz) % 16 + 1;
    const char *text = (const char *)fuzz.at;
    struct input_settings settings = {
        .from = INPUT_LINES,
        .trim = how & 1,
        .header = how & 2 ? INPUT_HEADER_YES : INPUT_HEADER_AUTO,
    };
    struct buf wanted;
    buf_init(&wanted, FUZZ_TEXT_BYTES);
    bool known = !fuzz_is_packed(text, fuzz.left);
    if (known)
        read_lines(&settings, text, fuzz.left, &wanted);
    fuzz_compare(&settings, text, fuzz.left, most, known ? &wanted : NULL);
    buf_release(&wanted);
    return 0;
}

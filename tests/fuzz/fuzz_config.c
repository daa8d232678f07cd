/*
 * Settings files: bytes of a stranger, and what a command line says written
 * as a file, which must set the same.
 */
#include "config.h"
#include "fuzz_options.h"

static struct options told;
static struct options read_back;

static void check_bytes(const char *text, size_t len, const char *profile)
{
    told = option_defaults;
    told.config = fuzz_file(text, len);
    told.profile = profile;
    int failed = config_load(&told, "/nonexistent");
    FUZZ_CHECK(failed == 0 || failed == -1);
    FUZZ_CHECK(failed || !memchr(text, 0, len));
    told.print_config = true; /* an endpoint is not asked for */
    if (!failed) {
        check_ranges(&told);
        check_reads_back(&told);
    }
    options_release(&told);
}

static bool in_file(const struct option *row)
{
    return !(row->traits & (OPTION_ACTION | OPTION_NO_KEY));
}

/* Writes each option as a line of the section, in quotes. */
static void write_options(struct buf *file, const char *section)
{
    FUZZ_CHECK(!buf_puts(file, section));
    for (const struct option *row = option_table; row->name; row++) {
        struct buf shown;
        buf_init(&shown, FUZZ_TEXT_BYTES);
        option_show(&told, row, &shown);
        if (in_file(row) && shown.len > 0)
            FUZZ_CHECK(!buf_printf(file, "%s = \"%.*s\"\n", row->name,
                                   (int)shown.len, shown.data));
        buf_release(&shown);
    }
}

static void check_same(void)
{
    for (const struct option *row = option_table; row->name; row++) {
        struct buf before;
        struct buf after;
        buf_init(&before, FUZZ_TEXT_BYTES);
        buf_init(&after, FUZZ_TEXT_BYTES);
        option_show(&told, row, &before);
        option_show(&read_back, row, &after);
        if (in_file(row)) {
            FUZZ_CHECK(before.len == after.len);
            FUZZ_CHECK(before.len == 0 ||
                       memcmp(before.data, after.data, before.len) == 0);
        }
        buf_release(&before);
        buf_release(&after);
    }
}

static void check_words(struct fuzz *fuzz, const char *profile)
{
    static char words[WORDS_MAX][WORD_MAX_BYTES];
    int count = take_words(fuzz, words);
    char section[64] = "";
    struct buf file;
    told = option_defaults;
    for (int i = 0; i < count; i++) {
        size_t len = strcspn(words[i], "=");
        const struct option *row = option_find(words[i], len);
        const char *value = words[i] + len + (words[i][len] == '=');
        if (row && in_file(row) && !strchr(value, '\r'))
            (void)option_read(&told, row, value);
    }
    buf_init(&file, FUZZ_TEXT_BYTES);
    if (profile)
        (void)snprintf(section, sizeof section,
                       "no-dedup = no\n; x\n[profile %s]\n", profile);
    write_options(&file, section);
    read_back = option_defaults;
    read_back.config = fuzz_file(file.data, file.len);
    read_back.profile = profile;
    FUZZ_CHECK(config_load(&read_back, "/nonexistent") == 0);
    check_same();
    buf_release(&file);
    options_release(&read_back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    const char *profile = how & 2 ? "lab" : NULL;
    if (how & 1)
        check_words(&fuzz, profile);
    else
        check_bytes((const char *)fuzz.at, fuzz.left, profile);
    return 0;
}

/*
 * The command line: words of a stranger. What is accepted is shown by
 * --print-config so that it reads back to the same; what is not gets one
 * message, without the password that a URL or a user name may hold.
 */
#include "fuzz.h"
#include "options.h"
#include "options_table.h"

enum {
    WORDS_MAX = 32,
    WORD_MAX_BYTES = 200
};

static struct options options;
static struct options again;

/* Each option, written out and read back, is what it was. */
static void check_reads_back(void)
{
    for (const struct option *row = option_table; row->name; row++) {
        struct buf shown;
        struct buf second;
        buf_init(&shown, FUZZ_TEXT_BYTES);
        buf_init(&second, FUZZ_TEXT_BYTES);
        option_show(&options, row, &shown);
        FUZZ_CHECK(!buf_putc(&shown, '\0'));
        again = options;
        if (shown.data[0]) {
            FUZZ_CHECK(!option_read(&again, row, shown.data));
            option_show(&again, row, &second);
            FUZZ_CHECK(!buf_putc(&second, '\0'));
            FUZZ_CHECK(strcmp(shown.data, second.data) == 0);
        }
        buf_release(&shown);
        buf_release(&second);
    }
}

/* What every part of the program takes for granted. */
static void check_ranges(void)
{
    FUZZ_CHECK(options.transport.endpoint || options.print_config);
    FUZZ_CHECK(options.adapt.rate_per_s > 0 && options.adapt.rate_per_s <= 1e6);
    FUZZ_CHECK(options.adapt.max_rate_per_s >= 0 &&
               options.adapt.max_rate_per_s <= 1e6);
    FUZZ_CHECK(options.transport.timeout_ns > 0 &&
               options.transport.connect_timeout_ns > 0);
    FUZZ_CHECK(options.run.concurrency <= 1000 && options.retry.retries <= 100);
    FUZZ_CHECK(options.retry.budget >= 0 && options.retry.budget <= 1);
    FUZZ_CHECK(options.run.shard <= options.run.shards);
    FUZZ_CHECK(options.gate.give_up_ns > 0 && options.gate.deadline_ns >= 0);
    FUZZ_CHECK(!options.credentials.user ||
               !strchr(options.credentials.user, ':'));
    FUZZ_CHECK(!options.transport.endpoint ||
               !strchr(options.transport.endpoint, '@'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char words[WORDS_MAX][WORD_MAX_BYTES];
    char *argv[WORDS_MAX + 1] = {words[0]};
    int argc = 0;
    struct fuzz fuzz = {data, size};
    while (argc < WORDS_MAX && (argc == 0 || fuzz.left > 0)) {
        size_t len = 0;
        for (unsigned byte; fuzz.left > 0 && (byte = fuzz_byte(&fuzz)) != '\n';)
            if (byte && len + 1 < WORD_MAX_BYTES)
                words[argc][len++] = (char)byte;
        words[argc][len] = '\0';
        argv[argc] = words[argc];
        argc++;
    }
    diag_setup("fuzz", DIAG_NORMAL);
    enum status status = options_parse(&options, argc, argv);
    FUZZ_CHECK(status == STATUS_OK || status == STATUS_USAGE);
    if (status == STATUS_OK && !options.help && !options.version) {
        check_ranges();
        check_reads_back();
        FUZZ_CHECK(options.n_files < (size_t)argc);
        for (size_t i = 0; i < options.n_files; i++)
            FUZZ_CHECK(options.files[i] >= (char *)words + WORD_MAX_BYTES &&
                       options.files[i] < (char *)words + sizeof words);
    }
    return 0;
}

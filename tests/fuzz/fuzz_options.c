/*
 * The command line: words of a stranger. What is accepted is shown by
 * --print-config so that it reads back to the same, and is in its range.
 */
#include "fuzz_options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char words[WORDS_MAX][WORD_MAX_BYTES];
    static struct options options;
    char *argv[WORDS_MAX + 1] = {NULL};
    struct fuzz fuzz = {data, size};
    int argc = take_words(&fuzz, words);
    for (int i = 0; i < argc; i++) {
        argv[i] = words[i];
        if (strncmp(words[i], "--conf", 6) == 0) /* any file: see fuzz_config */
            return 0;
    }
    diag_setup("fuzz", DIAG_NORMAL);
    enum status status = options_parse(&options, argc, argv);
    FUZZ_CHECK(status == STATUS_OK || status == STATUS_USAGE);
    if (status == STATUS_OK && !options.help && !options.version) {
        check_ranges(&options);
        check_reads_back(&options);
        FUZZ_CHECK(options.n_files < (size_t)argc);
        for (size_t i = 0; i < options.n_files; i++)
            FUZZ_CHECK(options.files[i] >= (char *)words + WORD_MAX_BYTES &&
                       options.files[i] < (char *)words + sizeof words);
    }
    options_release(&options);
    return 0;
}

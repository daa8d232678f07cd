/*
 * Shared by the targets of options: what holds for all that were accepted,
 * and words of a stranger.
 */
#ifndef MQSTAT_FUZZ_OPTIONS_H
#define MQSTAT_FUZZ_OPTIONS_H

#include "fuzz.h"
#include "options.h"
#include "options_table.h"

enum {
    WORDS_MAX = 32,
    WORD_MAX_BYTES = 200
};

/* Each option, written out and read back, is what it was. */
static inline void check_reads_back(const struct options *options)
{
    struct options again;
    for (const struct option *row = option_table; row->name; row++) {
        struct buf shown;
        struct buf second;
        buf_init(&shown, FUZZ_TEXT_BYTES);
        buf_init(&second, FUZZ_TEXT_BYTES);
        option_show(options, row, &shown);
        FUZZ_CHECK(!buf_putc(&shown, '\0'));
        again = *options;
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
static inline void check_ranges(const struct options *options)
{
    FUZZ_CHECK(options->transport.endpoint || options->print_config ||
               options->nagios || options->dry_run);
    FUZZ_CHECK(options->adapt.rate_per_s > 0 &&
               options->adapt.rate_per_s <= 1e6);
    FUZZ_CHECK(options->adapt.max_rate_per_s >= 0 &&
               options->adapt.max_rate_per_s <= 1e6);
    FUZZ_CHECK(options->transport.timeout_ns > 0 &&
               options->transport.connect_timeout_ns > 0);
    FUZZ_CHECK(options->run.concurrency <= 1000 &&
               options->retry.retries <= 100);
    FUZZ_CHECK(options->retry.budget >= 0 && options->retry.budget <= 1);
    FUZZ_CHECK(options->run.shard.part <= options->run.shard.parts);
    FUZZ_CHECK(options->gate.give_up_ns > 0 && options->gate.deadline_ns >= 0);
    FUZZ_CHECK(!options->credentials.user ||
               !strchr(options->credentials.user, ':'));
    FUZZ_CHECK(!options->transport.endpoint ||
               !strchr(options->transport.endpoint, '@'));
}

/* Cuts what is left into words, a line each; returns how many. */
static inline int take_words(struct fuzz *fuzz,
                             char words[WORDS_MAX][WORD_MAX_BYTES])
{
    int count = 0;
    while (count < WORDS_MAX && (count == 0 || fuzz->left > 0)) {
        size_t len = 0;
        for (unsigned byte; fuzz->left > 0 && (byte = fuzz_byte(fuzz)) != '\n';)
            if (byte && len + 1 < WORD_MAX_BYTES)
                words[count][len++] = (char)byte;
        words[count++][len] = '\0';
    }
    return count;
}

#endif

/*
 * The words of a scenario line: `key`, `key=value` or `key="quoted"`.
 */
#ifndef MQSTAT_SIM_WORD_H
#define MQSTAT_SIM_WORD_H

#include <stdbool.h>

#include "buf.h"
#include "sim/span.h"

enum {
    WORD_MAX_BYTES = 16 * 1048576
};

/* One word; both buffers have a NUL behind their last byte. */
struct word {
    struct buf key;
    struct buf value; /* escapes undone; may hold any byte */
    bool has_value;
};

enum word_result {
    WORD_END, /* nothing left, or a comment */
    WORD_TAKEN,
    WORD_BAD /* *why says why */
};

void word_init(struct word *word);
void word_release(struct word *word);

/*
 * Takes the next word off the front of line. Blanks part words; a # at the
 * start of a word begins a comment. Between quotes \r \n \t \" \\ and \xNN
 * stand for one byte each. *why is static.
 */
enum word_result word_take(struct word *word, struct span *line,
                           const char **why);

#endif

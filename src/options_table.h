/*
 * The option table, for the options family and its tests: what an option
 * is, how rows are found, and the one way to set and to show a value.
 */
#ifndef MQSTAT_OPTIONS_TABLE_H
#define MQSTAT_OPTIONS_TABLE_H

#include <stddef.h>

#include "buf.h"
#include "options.h"

/* How a value is read, shown and explained. */
enum option_type {
    OPTION_FLAG,     /* bool or enum: no value on the command line */
    OPTION_TEXT,     /* const char *: anything but nothing */
    OPTION_CHOICE,   /* bool or enum: one of a list of words */
    OPTION_COUNT,    /* uint64_t */
    OPTION_DURATION, /* int64_t, ns */
    OPTION_RATE,     /* double, per second */
    OPTION_SHARE,    /* double: 10% is 0.1 */
    OPTION_MODE,     /* int: octal permissions, -1 by umask */
    OPTION_URL,      /* const char *: text without a login in it */
    OPTION_ADDRESS,  /* const char *: HOST:PORT:ADDR:PORT */
    /* The special ones, for one option each. */
    OPTION_PACE,      /* struct adapt_settings: a rate, or the search */
    OPTION_DELIMITER, /* char: 0 is a comma */
    OPTION_SHARD,     /* struct run_shard */
    OPTION_SAMPLE,    /* struct sample_settings: rows or share */
    OPTION_USER,      /* const char *: text without a colon */
    OPTION_CONDITION, /* const char *: as fail_if.h has it */
    OPTION_TYPES
};

enum option_trait {
    OPTION_OPTIONAL = 1, /* the value may be left out: --netrc[=FILE] */
    OPTION_ACTION = 2,   /* on the command line only: --help */
    OPTION_NO_KEY = 4    /* in no settings file: --config */
};

struct option {
    const char *name;        /* without its dashes; NULL ends the table */
    char letter;             /* 0: none */
    const char *placeholder; /* of the value; NULL: a flag or choices */
    enum option_type type;
    const char *help;
    size_t offset;       /* of the field in struct options */
    size_t size;         /* of the field */
    const char *heading; /* the group of --help that begins here; NULL */
    unsigned traits;
    double min; /* counts; durations in ns */
    double max;
    const char *const *choices; /* words, by what they store; NULLs: none */
    size_t n_choices;
    int on;           /* what a flag stores */
    const char *word; /* count: stands for 0; text: must come first;
                         URL: what to do instead of a login in it */
};

/* The rows, in the order of --help. */
extern const struct option option_table[];

extern const struct options option_defaults;

/* Find a row; NULL when there is none. A name is len bytes, whole. */
const struct option *option_find(const char *name, size_t len);
const struct option *option_find_letter(char letter);

/*
 * The name that was probably meant: the nearest by optimal string alignment
 * distance when it is near enough, else the shortest of those that begin so.
 * NULL when there is none.
 */
const char *option_nearest(const char *name, size_t len);

/* Does the name ask for an option that would take a secret? */
bool option_is_secret(const char *name, size_t len);

enum {
    OPTION_PLACE_BYTES = 40
};

/* Where the option's value is from. */
const struct options_origin *option_origin(const struct options *options,
                                           const struct option *option);

/* Names an option as the source does: "--max-rate", "MQSTAT_MAX_RATE". */
void option_place(const struct option *option, enum options_source source,
                  char place[OPTION_PLACE_BYTES]);

/*
 * Sets an option from text, unless a stronger source has done so already.
 * place is how messages name it there; of files it is FILE:LINE: NAME and
 * borrowed. On a value that is none says what it should be and returns -1.
 * Text is borrowed.
 */
int option_set(struct options *options, const struct option *option,
               enum options_source source, const char *place, const char *text);

/*
 * Says that there is no such option and which one may be meant, or that none
 * takes a secret; returns -1. place and dashes go before the name, and the
 * dashes before what is meant.
 */
int option_unknown(const char *place, const char *dashes, const char *name,
                   size_t len);

/* Reads text into the option's field; -1, and no change, when it is none. */
int option_read(struct options *options, const struct option *option,
                const char *text);

/* Appends the value as option_read takes it; nothing when it is not set. */
void option_show(const struct options *options, const struct option *option,
                 struct buf *text);

/* Appends what is wrong with any other value: "is not a rate: give ...". */
void option_expect(const struct option *option, struct buf *text);

#endif

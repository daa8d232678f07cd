/*
 * What the user asked for: the modules' own settings side by side, filled
 * from defaults, settings files, environment and command line by way of one
 * table. Strings are borrowed from argv, from the environment and from what
 * is kept of the files.
 */
#ifndef MQSTAT_OPTIONS_H
#define MQSTAT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account.h"
#include "adapt.h"
#include "credentials.h"
#include "diag.h"
#include "gate.h"
#include "input.h"
#include "output.h"
#include "progress.h"
#include "retry.h"
#include "sample.h"
#include "transport.h"

/* --shard I/N */
struct run_shard {
    uint64_t part;  /* I, from 1; 0: all rows */
    uint64_t parts; /* N */
};

/* What the run itself decides by. */
struct run_settings {
    uint64_t concurrency; /* 0: auto */
    bool no_dedup;
    bool missing_is_offline; /* --not-found offline */
    const char *retry_from;  /* an earlier result file; NULL */
    struct run_shard shard;
};

enum {
    OPTIONS_MAX = 64 /* rows that the table may have */
};

/* Who set an option; a later one wins over an earlier one. */
enum options_source {
    OPTIONS_DEFAULT,
    OPTIONS_SYSTEM_FILE,
    OPTIONS_FILE,
    OPTIONS_SYSTEM_PROFILE, /* a section of the system's file */
    OPTIONS_PROFILE,
    OPTIONS_ENVIRONMENT,
    OPTIONS_COMMAND_LINE
};

struct option;

/* Where an option's value is from. */
struct options_origin {
    enum options_source source;
    const struct option *setter; /* -q sets -v's field, too; NULL: nobody */
    const char *file;            /* borrowed: FILE:LINE: NAME; NULL: no file */
};

struct options {
    struct input_settings input;
    struct transport_settings transport;
    struct credentials_settings credentials;
    struct adapt_settings adapt;
    struct retry_settings retry;
    struct gate_settings gate;
    struct output_settings output;
    struct run_settings run;
    struct sample_settings sample;
    struct account_settings account;
    enum diag_level level; /* the last of -q and -v */
    enum progress_when progress;
    enum diag_color color;
    const char *rate_group; /* --rate-group NAME; NULL */
    const char *fail_if;    /* --fail-if EXPR; NULL */
    const char *nagios;     /* --nagios SUMMARY: only that; NULL */
    const char *config;     /* --config FILE; NULL */
    const char *profile;    /* --profile NAME; NULL */
    bool dry_run;
    bool no_sandbox;
    bool print_config;
    bool help;
    bool version;
    char **files; /* borrowed: the operands in argv */
    size_t n_files;
    struct options_origin origins[OPTIONS_MAX]; /* by row of the table */
    char **kept; /* owned, each too: what was read from files */
    size_t n_kept;
};

/*
 * Fills options from defaults, settings files, MQSTAT_* variables and argv,
 * the last being the strongest; a value that loses to a variable or to argv
 * is not looked at. options_release them in any case. The operands move to
 * the front of argv, behind argv[0], where files finds them. Tells diag how
 * much to say. Checks ranges and combinations; on a mistake says what,
 * where and the nearest name, and returns STATUS_USAGE. --help and
 * --version end the reading at once; with them or --print-config the
 * combinations are not checked.
 */
enum status options_parse(struct options *options, int argc, char **argv);

/* Frees what was kept of files; the strings among the options are gone. */
void options_release(struct options *options);

/* Prints --help, grouped, from the table, to standard output. */
void options_print_help(void);

/* Says how to call the program, to standard error, for a bare call. */
void options_print_usage(void);

/* Takes an option's name and value; both are the caller's. */
typedef void (*options_value_fn)(const char *name, const char *value,
                                 void *ctx);

/*
 * Calls fn for each option that was given and is not switched off, in the
 * table's order. There are no secrets among them.
 */
void options_each_given(const struct options *options, options_value_fn fn,
                        void *ctx);

/*
 * Prints `name = value  # source` for each option, to standard output.
 * There are no secrets among them.
 */
void options_print_config(const struct options *options);

#endif

/*
 * The files that tell of a run: a summary as JSON, metrics for Prometheus, a
 * report as HTML. What only they need (groups, the first ids) is gathered
 * row by row; everything else they take from struct summary at the end.
 */
#ifndef MQSTAT_ACCOUNT_H
#define MQSTAT_ACCOUNT_H

#include "diag.h"
#include "query.h"
#include "summary.h"

struct account_settings {
    const char *summary;  /* file's name; NULL: not wanted */
    const char *metrics;  /* likewise */
    const char *report;   /* likewise */
    const char *group_by; /* a kept column's name; NULL: none */
};

struct account;

/*
 * Makes what the settings (borrowed) ask for; *account is NULL when that is
 * nothing. kept are the kept columns' names. Refuses what cannot be written
 * or grouped by: says why and returns STATUS_IO or STATUS_USAGE.
 */
enum status account_new(struct account **account,
                        const struct account_settings *settings,
                        const char *const *kept, size_t n_kept);

/* The file of the index-th view; NULL when it is not wanted. */
const char *account_file(const struct account *account, size_t index);

enum {
    ACCOUNT_FILES = 3
};

/* Takes a row that is being written, in the output's order. */
void account_row(struct account *account, const struct query *query);

/* Adds an option's name and value, to be repeated as a setting. */
void account_setting(struct account *account, const char *name,
                     const char *value);

/*
 * Writes the files, each whole or not at all. When one fails, it says so,
 * writes the others anew, with STATUS_IO in summary->status, and returns -1.
 */
int account_write(struct account *account, struct summary *summary);

/* Takes NULL. */
void account_free(struct account *account);

#endif

/*
 * Inside account: what was gathered, and the views of it. Only the
 * files of account's family include this.
 */
#ifndef MQSTAT_ACCOUNT_VIEW_H
#define MQSTAT_ACCOUNT_VIEW_H

#include "account_group.h"
#include "buf.h"
#include "summary.h"

/* Of the summary as JSON; another form would have another name. */
#define ACCOUNT_JSON_FORMAT "mqstat-summary-1"

enum {
    ACCOUNT_IDS = 50,      /* first ones that are told, of each kind */
    ACCOUNT_ID_BYTES = 64, /* of an id that are told */
    ACCOUNT_VIEW_MAX_BYTES = 1024 * 1024
};

/* The beginning of an id, with the line and the error of its row. */
struct account_id {
    char text[ACCOUNT_ID_BYTES];
    size_t len;
    bool cut; /* it is longer */
    uint64_t line;
    enum query_error error;
};

struct account_ids {
    struct account_id ids[ACCOUNT_IDS];
    size_t count;
};

struct account_facts {
    const char *group_by;         /* NULL: no groups */
    struct account_groups groups; /* */
    struct account_ids offline;   /* the first ones, in the output's order */
    struct account_ids failed;
    struct buf settings; /* name, NUL, value, NUL, and so on */
};

/* Makes zeroed facts ready; what they own is their settings. */
void account_facts_init(struct account_facts *facts);

/* Takes a row that is being written. */
void account_facts_row(struct account_facts *facts, const struct query *query);

/* Adds a setting; copies both. */
void account_facts_setting(struct account_facts *facts, const char *name,
                           const char *value);

/* Walks the settings: start with *at = 0; false after the last. */
bool account_setting_next(const struct account_facts *facts, size_t *at,
                          const char **name, const char **value);

/* One word for how the run ended, of a closed set: "complete", "deadline". */
const char *account_ended_code(const struct summary *summary);

/* The exit status of the process, a signal's included. */
int account_exit_code(const struct summary *summary);

/* Each appends a whole file; ACCOUNT_VIEW_MAX_BYTES are enough. */
void account_json(struct buf *out, const struct summary *summary,
                  const struct account_facts *facts);
void account_metrics(struct buf *out, const struct summary *summary,
                     const struct account_facts *facts);
void account_report(struct buf *out, const struct summary *summary,
                    const struct account_facts *facts);

#endif

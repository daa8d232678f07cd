/*
 * Inside account: what was gathered, and the views of it. Only the
 * files of account's family include this.
 */
#ifndef MQSTAT_ACCOUNT_VIEW_H
#define MQSTAT_ACCOUNT_VIEW_H

#include "buf.h"
#include "summary.h"
#include "units.h"

/* Of the summary as JSON; another form would have another name. */
#define ACCOUNT_JSON_FORMAT "mqstat-summary-1"

enum {
    ACCOUNT_IDS = 50,      /* first ones that are told, of each kind */
    ACCOUNT_ID_BYTES = 64, /* of an id that are told */
    ACCOUNT_VIEW_MAX_BYTES = 1024 * 1024
};

enum {
    ACCOUNT_GROUPS = 1024,
    ACCOUNT_GROUPS_SHOWN = 40,
    ACCOUNT_GROUP_BYTES = 64
};

struct account_group {
    char name[ACCOUNT_GROUP_BYTES + 1]; /* valid UTF-8; ends with a NUL */
    size_t len;
    uint64_t rows;
    uint64_t online;
    uint64_t offline;
};

/*
 * Rows by the value of one kept column. At most 1,024 values are told apart,
 * by their first 64 bytes (100 KB in all); the rows of all further values
 * are one group.
 */
struct account_groups {
    size_t column; /* of the kept ones */
    size_t count;
    struct account_group groups[ACCOUNT_GROUPS];
    struct account_group other;         /* of all values beyond */
    uint16_t slots[2 * ACCOUNT_GROUPS]; /* hash table: group + 1; 0: free */
};

/* Counts the row. */
void account_group_row(struct account_groups *groups,
                       const struct query *query);

/*
 * Sorts by rows, most first, and adds those beyond ACCOUNT_GROUPS_SHOWN to
 * other. No rows are counted after that.
 */
void account_group_rank(struct account_groups *groups);

/* The beginning of an id, with the error of its row. */
struct account_id {
    char text[ACCOUNT_ID_BYTES];
    size_t len;
    bool cut; /* it is longer */
    enum query_error error;
};

/* Of the rows with an equal id only the one that was asked. */
struct account_ids {
    struct account_id ids[ACCOUNT_IDS];
    size_t count;
    uint64_t all;
};

struct account_facts {
    const char *group_by; /* NULL: no groups */
    struct account_groups groups;
    struct account_ids offline; /* the first ones, in the output's order */
    struct account_ids failed;
    struct buf settings;           /* values, see account_template.h */
    const struct summary *summary; /* borrowed while views are made */
};

/* Each appends a whole file; ACCOUNT_VIEW_MAX_BYTES are enough. */
void account_json(struct buf *out, const struct account_facts *facts);
void account_metrics(struct buf *out, const struct account_facts *facts);
void account_report(struct buf *out, const struct account_facts *facts);

enum {
    ACCOUNT_TOTAL, /* where the rows stand in the list */
    ACCOUNT_ONLINE,
    ACCOUNT_OFFLINE,
    ACCOUNT_FAILED,
    ACCOUNT_COUNTS = 14
};

/* A count that several views tell. */
struct account_count {
    const char *object; /* of the JSON, */
    const char *name;   /* and its name there and in templates */
    uint64_t value;
    const char *nagios; /* its name in performance data; NULL: not there */
};

void account_counts(const struct summary *summary,
                    struct account_count counts[ACCOUNT_COUNTS]);

enum {
    ACCOUNT_POINTS = 3
};

/* The percentiles of latency that are told. */
struct account_point {
    const char *name;
    double share;
};

extern const struct account_point account_points[ACCOUNT_POINTS];

/* The exit status of the process, a signal's included. */
int account_exit_code(const struct summary *summary);

/* The report's values for a share of a whole, `93.1 %`, and for its charts:
 * requests per second, and latency. */
struct units_text account_share(uint64_t part, uint64_t whole);
void account_chart_rates(struct buf *values, const struct summary *summary);
void account_chart_latencies(struct buf *values, const struct stats *stats);

#endif

/*
 * Inside account: rows by the value of one kept column. At most 1,024
 * values are told apart, by their first 64 bytes (100 KB in all); the rows
 * of all further values are one group.
 */
#ifndef MQSTAT_ACCOUNT_GROUP_H
#define MQSTAT_ACCOUNT_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query.h"

enum {
    ACCOUNT_GROUPS = 1024,
    ACCOUNT_GROUPS_SHOWN = 40,
    ACCOUNT_GROUP_BYTES = 64
};

struct account_group {
    char name[ACCOUNT_GROUP_BYTES]; /* valid UTF-8 */
    size_t len;
    uint64_t rows;
    uint64_t online;
    uint64_t offline;
};

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

#endif

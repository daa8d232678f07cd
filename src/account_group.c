/*
 * Rows by the value of one kept column.
 *
 * Responsible for counting in bounded memory; not for showing. The
 * invariant: the sum over the groups and other is all rows.
 *
 * The trick: of many values the first 1,024 are counted exactly and the
 * largest 40 of them shown, so that a file sorted by that column still
 * shows its large groups, wherever they stand.
 */
#include "account_view.h"

#include <stdlib.h>
#include <string.h>

/* U+2026, of a name that is cut. */
#define ELLIPSIS "\xe2\x80\xa6"

/* FNV-1a: the values are few and nobody gains by making them collide. */
static size_t hash(const char *text, size_t len)
{
    uint64_t sum = 0xcbf29ce484222325U;
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)text[i]) * 0x100000001b3U;
    return (size_t)(sum ^ sum >> 32);
}

static struct account_group *find(struct account_groups *groups,
                                  const char *name, size_t len)
{
    size_t mask = 2 * ACCOUNT_GROUPS - 1;
    size_t at = hash(name, len) & mask;
    for (; groups->slots[at]; at = (at + 1) & mask) {
        struct account_group *group = &groups->groups[groups->slots[at] - 1];
        if (group->len == len && memcmp(group->name, name, len) == 0)
            return group;
    }
    if (groups->count == ACCOUNT_GROUPS)
        return &groups->other;
    struct account_group *group = &groups->groups[groups->count++];
    groups->slots[at] = (uint16_t)groups->count;
    memcpy(group->name, name, len);
    group->len = len;
    return group;
}

void account_group_row(struct account_groups *groups, const struct query *query)
{
    enum query_cell kind;
    const char *text = "";
    size_t len = 0;
    size_t at = 0;
    for (size_t i = 0; i <= groups->column; i++)
        (void)query_cell_next(query, &at, &kind, &text, &len);
    char cut[ACCOUNT_GROUP_BYTES];
    if (len > sizeof cut) {
        len = sizeof cut - strlen(ELLIPSIS);
        while (len > 0 && (text[len] & 0xc0) == 0x80) /* whole characters */
            len--;
        memcpy(cut, text, len);
        memcpy(cut + len, ELLIPSIS, strlen(ELLIPSIS));
        len += strlen(ELLIPSIS);
        text = cut;
    }
    struct account_group *group = find(groups, text, len);
    group->rows++;
    group->online += query->error == QUERY_ANSWERED && query->online;
    group->offline += query->error == QUERY_ANSWERED && !query->online;
}

static int larger_first(const void *a, const void *b)
{
    const struct account_group *left = a;
    const struct account_group *right = b;
    if (left->rows != right->rows)
        return left->rows < right->rows ? 1 : -1;
    size_t len = left->len < right->len ? left->len : right->len;
    int order = memcmp(left->name, right->name, len);
    return order ? order : (int)left->len - (int)right->len;
}

void account_group_rank(struct account_groups *groups)
{
    qsort(groups->groups, groups->count, sizeof groups->groups[0],
          larger_first);
    while (groups->count > ACCOUNT_GROUPS_SHOWN) {
        const struct account_group *last = &groups->groups[--groups->count];
        groups->other.rows += last->rows;
        groups->other.online += last->online;
        groups->other.offline += last->offline;
    }
}

/*
 * The files that tell of a run.
 *
 * Responsible for which files there are, for refusing early what cannot be
 * written, for what is gathered row by row and for writing it all at the
 * end; not for what stands in the files (account_json and others). The
 * invariant: what is gathered is bounded, whatever the rows hold: 100
 * beginnings of ids and 1,024 groups.
 */
#include "account.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "account_template.h"
#include "account_view.h"
#include "file.h"
#include "mem.h"

enum {
    SETTINGS_MAX_BYTES = 1024 * 1024,
    VALUE_MOST_BYTES = 1024
};

static const struct {
    const char *option;
    void (*make)(struct buf *out, const struct account_facts *facts);
    int mode; /* -1: by umask */
} views[ACCOUNT_FILES] = {
    {"summary", account_json, -1},
    {"metrics", account_metrics, 0644},
    {"report", account_report, -1},
};

struct account {
    struct account_facts facts;
    const char *files[ACCOUNT_FILES]; /* NULL: not wanted, or given up */
};

static enum status find_group(struct account_facts *facts, const char *name,
                              const char *const *kept, size_t n_kept)
{
    size_t at = 0;
    while (at < n_kept && strcmp(kept[at], name) != 0)
        at++;
    if (at == n_kept)
        return diag_fail(STATUS_USAGE,
                         "--group-by: no kept column is named '%s': name it "
                         "in --keep too",
                         name);
    facts->group_by = name;
    facts->groups.column = at;
    return STATUS_OK;
}

/* Says that a file cannot be written, for errno. */
static enum status fail(const struct account *account, size_t i)
{
    return diag_fail(STATUS_IO, "--%s: cannot write %s: %s", views[i].option,
                     account->files[i], strerror(errno));
}

enum status account_new(struct account **account,
                        const struct account_settings *settings,
                        const char *const *kept, size_t n_kept)
{
    *account = NULL;
    if (!settings->summary && !settings->metrics && !settings->report)
        return STATUS_OK;
    struct account *made = mem_alloc(sizeof *made);
    *account = made;
    made->files[0] = settings->summary;
    made->files[1] = settings->metrics;
    made->files[2] = settings->report;
    buf_init(&made->facts.settings, SETTINGS_MAX_BYTES);
    enum status status = STATUS_OK;
    if (settings->group_by)
        status = find_group(&made->facts, settings->group_by, kept, n_kept);
    for (size_t i = 0; !status && i < ACCOUNT_FILES; i++) {
        if (made->files[i] && file_try_replace(made->files[i]))
            status = fail(made, i);
    }
    return status;
}

const char *account_file(const struct account *account, size_t index)
{
    return account->files[index];
}

static void note_id(struct account_ids *ids, const struct query *query)
{
    if (query_is_copy(query) || ids->all++ >= ACCOUNT_IDS)
        return;
    struct account_id *id = &ids->ids[ids->count++];
    id->cut = query->id_len > ACCOUNT_ID_BYTES;
    id->len = id->cut ? ACCOUNT_ID_BYTES : query->id_len;
    if (id->len > 0)
        memcpy(id->text, query->text.data, id->len);
    id->error = query->error;
}

void account_row(struct account *account, const struct query *query)
{
    struct account_facts *facts = &account->facts;
    if (facts->group_by)
        account_group_row(&facts->groups, query);
    if (query->error != QUERY_ANSWERED)
        note_id(&facts->failed, query);
    else if (!query->online)
        note_id(&facts->offline, query);
}

void account_setting(struct account *account, const char *name,
                     const char *value)
{
    struct buf *settings = &account->facts.settings;
    account_begin(settings, name);
    /* All options fit, and so they do when each byte becomes U+FFFD. */
    (void)buf_append_utf8(settings, value, strnlen(value, VALUE_MOST_BYTES));
}

/* Writes the files that have not failed; how many now have. */
static int write_views(struct account *account)
{
    int failed = 0;
    for (size_t i = 0; i < ACCOUNT_FILES; i++) {
        if (!account->files[i])
            continue;
        struct buf text;
        buf_init(&text, ACCOUNT_VIEW_MAX_BYTES);
        views[i].make(&text, &account->facts);
        if (file_replace(account->files[i], text.data, text.len,
                         views[i].mode)) {
            (void)fail(account, i);
            account->files[i] = NULL;
            failed++;
        }
        buf_release(&text);
    }
    return failed;
}

int account_write(struct account *account, struct summary *summary)
{
    account->facts.summary = summary;
    account_end(&account->facts.settings);
    if (account->facts.group_by)
        account_group_rank(&account->facts.groups);
    if (write_views(account) == 0)
        return 0;
    summary->status = STATUS_IO;
    (void)write_views(account); /* the others tell of it */
    return -1;
}

void account_free(struct account *account)
{
    if (account)
        buf_release(&account->facts.settings);
    free(account);
}

/*
 * The files that tell of a run.
 *
 * Responsible for which files there are, for refusing early what cannot be
 * written and for writing them at the end; not for what is gathered
 * (account_facts) nor for what stands in them (account_json and others).
 */
#include "account.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "account_view.h"
#include "file.h"
#include "mem.h"

struct view {
    const char *option;
    void (*make)(struct buf *out, const struct summary *summary,
                 const struct account_facts *facts);
    int mode;
    const char *file; /* NULL: not wanted, or given up */
};

struct account {
    struct account_facts facts;
    struct view views[ACCOUNT_FILES];
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

static enum status try_files(const struct account *account)
{
    for (size_t i = 0; i < ACCOUNT_FILES; i++) {
        const struct view *view = &account->views[i];
        if (view->file && file_try_replace(view->file))
            return diag_fail(STATUS_IO, "--%s: cannot write %s: %s",
                             view->option, view->file, strerror(errno));
    }
    return STATUS_OK;
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
    made->views[0] = (struct view){"summary", account_json, -1,
                                   settings->summary};
    made->views[1] = (struct view){"metrics", account_metrics, 0644,
                                   settings->metrics};
    made->views[2] = (struct view){"report", account_report, -1,
                                   settings->report};
    account_facts_init(&made->facts);
    enum status status = STATUS_OK;
    if (settings->group_by)
        status = find_group(&made->facts, settings->group_by, kept, n_kept);
    return status ? status : try_files(made);
}

const char *account_file(const struct account *account, size_t index)
{
    return account->views[index].file;
}

/* Writes the files that have not failed; how many now have. */
static int write_views(struct account *account, const struct summary *summary)
{
    int failed = 0;
    for (size_t i = 0; i < ACCOUNT_FILES; i++) {
        struct view *view = &account->views[i];
        if (!view->file)
            continue;
        struct buf text;
        buf_init(&text, ACCOUNT_VIEW_MAX_BYTES);
        view->make(&text, summary, &account->facts);
        if (file_replace(view->file, text.data, text.len, view->mode)) {
            (void)diag_error("--%s: cannot write %s: %s", view->option,
                             view->file, strerror(errno));
            view->file = NULL;
            failed++;
        }
        buf_release(&text);
    }
    return failed;
}

int account_write(struct account *account, struct summary *summary)
{
    if (account->facts.group_by)
        account_group_rank(&account->facts.groups);
    if (write_views(account, summary) == 0)
        return 0;
    summary->status = STATUS_IO;
    (void)write_views(account, summary); /* the others tell of it */
    return -1;
}

void account_row(struct account *account, const struct query *query)
{
    account_facts_row(&account->facts, query);
}

void account_setting(struct account *account, const char *name,
                     const char *value)
{
    account_facts_setting(&account->facts, name, value);
}

void account_free(struct account *account)
{
    if (account)
        buf_release(&account->facts.settings);
    free(account);
}

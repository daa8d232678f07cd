/*
 * The files that tell of a run.
 *
 * Responsible for which files there are, for refusing early what cannot be
 * written, for gathering what only they need, and for writing them at the
 * end; not for what stands in them (account_json, account_metrics,
 * account_report). The invariant: what is gathered is bounded, whatever the
 * rows hold: 100 beginnings of ids and 1,024 groups.
 */
#include "account.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "account_view.h"
#include "file.h"
#include "mem.h"

enum {
    SETTINGS_MAX_BYTES = 64 * 1024,
    VALUE_MOST_BYTES = 1024
};

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
    if (!settings->summary)
        return STATUS_OK;
    struct account *made = mem_alloc(sizeof *made);
    *account = made;
    made->views[0] = (struct view){"summary", account_json, -1,
                                   settings->summary};
    buf_init(&made->facts.settings, SETTINGS_MAX_BYTES);
    enum status status = STATUS_OK;
    if (settings->group_by)
        status = find_group(&made->facts, settings->group_by, kept, n_kept);
    return status ? status : try_files(made);
}

const char *account_file(const struct account *account, size_t index)
{
    return account->views[index].file;
}

static void note_id(struct account_ids *ids, const struct query *query)
{
    if (ids->count == ACCOUNT_IDS)
        return;
    struct account_id *id = &ids->ids[ids->count++];
    size_t len = query->id_len;
    id->cut = len > ACCOUNT_ID_BYTES;
    if (id->cut)
        len = ACCOUNT_ID_BYTES;
    if (len > 0)
        memcpy(id->text, query->text.data, len);
    id->len = len;
    id->line = query->line;
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
    size_t len = strlen(value);
    if (len > VALUE_MOST_BYTES)
        len = VALUE_MOST_BYTES;
    /* 64 options of 1 KiB fit, grown to U+FFFD hardly ever: then it ends */
    (void)buf_append(settings, name, strlen(name) + 1);
    (void)buf_append_utf8(settings, value, len);
    (void)buf_putc(settings, '\0');
}

bool account_setting_next(const struct account_facts *facts, size_t *at,
                          const char **name, const char **value)
{
    const struct buf *settings = &facts->settings;
    if (*at >= settings->len)
        return false;
    *name = settings->data + *at;
    *at += strlen(*name) + 1;
    *value = settings->data + *at;
    *at += strlen(*value) + 1;
    return true;
}

const char *account_ended_code(const struct summary *summary)
{
    static const char *const codes[] = {
        [GATE_RUNNING] = "complete",
        [GATE_LOGIN] = "login_refused",
        [GATE_UNREACHABLE] = "unreachable",
        [GATE_RATE_LIMITED] = "rate_limited",
        [GATE_REJECTED] = "rejected",
        [GATE_PROXY] = "proxy_refused",
        [GATE_DEADLINE] = "deadline",
        [GATE_MAX_QUERIES] = "max_queries",
    };
    if (summary->closed)
        return "output_closed";
    if (summary->status == STATUS_IO)
        return "file_failed";
    return summary->signal ? "signal" : codes[summary->end];
}

int account_exit_code(const struct summary *summary)
{
    return summary->closed ? 128 + SIGPIPE : (int)summary->status;
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

void account_free(struct account *account)
{
    if (account)
        buf_release(&account->facts.settings);
    free(account);
}

/*
 * What the files about the run need and nobody else gathers.
 *
 * Responsible for the first ids, the settings and the words for how the run
 * ended. The invariant: it is bounded, whatever the rows hold: 100
 * beginnings of ids and 1,024 groups.
 */
#include <signal.h>
#include <string.h>

#include "account_view.h"

enum {
    SETTINGS_MAX_BYTES = 64 * 1024,
    VALUE_MOST_BYTES = 1024
};

void account_facts_init(struct account_facts *facts)
{
    buf_init(&facts->settings, SETTINGS_MAX_BYTES);
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

void account_facts_row(struct account_facts *facts, const struct query *query)
{
    if (facts->group_by)
        account_group_row(&facts->groups, query);
    if (query->error != QUERY_ANSWERED)
        note_id(&facts->failed, query);
    else if (!query->online)
        note_id(&facts->offline, query);
}

void account_facts_setting(struct account_facts *facts, const char *name,
                           const char *value)
{
    struct buf *settings = &facts->settings;
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

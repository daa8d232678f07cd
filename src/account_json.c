/*
 * The summary as JSON, for programs.
 *
 * Responsible for its form, which samples/summary.schema.json describes and
 * which only ever gains members; not for counting. Every count is a whole
 * number, every time says its unit, and what is unknown is null.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "account_view.h"
#include "mem.h"
#include "transport.h"
#include "units.h"
#include "version.h"

static void put_count(cJSON *object, const char *name, uint64_t count)
{
    (void)cJSON_AddNumberToObject(object, name, (double)count);
}

/* Rounded to a thousandth: more is noise. */
static void put_decimal(cJSON *object, const char *name, double value)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%.3f", value);
    (void)cJSON_AddNumberToObject(object, name, strtod(text, NULL));
}

static void put_text(cJSON *object, const char *name, const char *text)
{
    if (!text) {
        (void)cJSON_AddNullToObject(object, name);
        return;
    }
    struct buf clean;
    buf_init(&clean, ACCOUNT_VIEW_MAX_BYTES);
    (void)buf_append_utf8(&clean, text, strlen(text));
    (void)buf_putc(&clean, '\0');
    (void)cJSON_AddStringToObject(object, name, clean.data);
    buf_release(&clean);
}

static void put_time(cJSON *object, const char *name, int64_t ms)
{
    put_text(object, name, units_format_time(ms).text);
}

static void put_versions(cJSON *root)
{
    cJSON *versions = cJSON_AddObjectToObject(root, "versions");
    put_text(versions, "mqstat", MQSTAT_VERSION);
    put_text(versions, "libcurl", transport_version());
    put_text(versions, "libuv", transport_loop_version());
}

static void put_end(cJSON *root, const struct summary *summary)
{
    const char *signal = NULL;
    if (summary->signal)
        signal = summary_signal_name(summary->signal);
    (void)cJSON_AddNumberToObject(root, "exit_code",
                                  account_exit_code(summary));
    cJSON *ended = cJSON_AddObjectToObject(root, "ended");
    put_text(ended, "code", account_ended_code(summary));
    put_text(ended, "reason", summary->ended);
    put_text(ended, "signal", signal);
    put_text(ended, "partial", summary->partial);
    put_time(root, "started_at", summary->started_ms);
    put_time(root, "finished_at", summary->finished_ms);
    put_decimal(root, "duration_s", (double)summary->elapsed_ns / 1e9);
}

static void put_rows(cJSON *root, const struct stats *stats)
{
    cJSON *rows = cJSON_AddObjectToObject(root, "rows");
    put_count(rows, "total", stats->rows);
    put_count(rows, "online", stats->online);
    put_count(rows, "offline", stats->offline);
    put_count(rows, "failed", stats_failed_rows(stats));
    cJSON *errors = cJSON_AddObjectToObject(root, "errors");
    for (int i = QUERY_ANSWERED + 1; i < QUERY_ERROR_COUNT; i++)
        put_count(errors, query_error_name((enum query_error)i),
                  stats->errors[i]);
}

static void put_requests(cJSON *root, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    cJSON *requests = cJSON_AddObjectToObject(root, "requests");
    put_count(requests, "sent", stats->sent);
    put_count(requests, "answered", stats->answered);
    put_count(requests, "refused", stats->refused);
    put_count(requests, "retried", stats->retried);
    put_count(requests, "connections", summary->connections);
    put_decimal(requests, "per_s", stats_rate_per_s(stats));
}

static void put_latency(cJSON *root, const struct stats *stats)
{
    static const struct {
        const char *name;
        double share;
    } points[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"max", 1}};
    cJSON *latency = cJSON_AddObjectToObject(root, "latency_ms");
    put_count(latency, "count", stats->latency_count);
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        double ms = (double)stats_latency_ns(stats, points[i].share) / 1e6;
        if (stats->latency_count > 0)
            put_decimal(latency, points[i].name, ms);
        else
            (void)cJSON_AddNullToObject(latency, points[i].name);
    }
}

static void put_timeline(cJSON *root, const struct timeline *timeline)
{
    cJSON *over = cJSON_AddObjectToObject(root, "timeline");
    put_count(over, "step_s", timeline->step_ns / (uint64_t)UNITS_NS_PER_S);
    cJSON *steps = cJSON_AddArrayToObject(over, "steps");
    for (size_t i = 0; i < timeline->count; i++) {
        cJSON *step = cJSON_CreateObject();
        put_count(step, "sent", timeline->steps[i].sent);
        put_count(step, "refused", timeline->steps[i].refused);
        put_decimal(step, "cap_per_s", timeline->steps[i].cap_per_s);
        (void)cJSON_AddItemToArray(steps, step);
    }
}

static void put_input(cJSON *root, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    cJSON *input = cJSON_AddObjectToObject(root, "input");
    put_count(input, "bytes", summary->bytes);
    put_count(input, "bad_rows", stats->errors[QUERY_BAD_ROW]);
    put_count(input, "bad_client_ids", stats->errors[QUERY_BAD_CLIENT_ID]);
    put_count(input, "copies", stats->copies);
    put_count(input, "trimmed", summary->trimmed);
}

static void put_conditions(cJSON *root, const struct summary *summary)
{
    cJSON *list = cJSON_AddArrayToObject(root, "conditions");
    const char *text = summary->fail_if;
    struct fail_if condition;
    while (text && fail_if_next(&text, &condition) > 0) {
        cJSON *object = cJSON_CreateObject();
        char expression[64];
        (void)snprintf(expression, sizeof expression, "%.*s",
                       (int)condition.len, condition.text);
        put_text(object, "condition", expression);
        put_count(object, "count", fail_if_count(&condition, summary->stats));
        (void)cJSON_AddBoolToObject(object, "holds",
                                    fail_if_holds(&condition, summary->stats));
        (void)cJSON_AddItemToArray(list, object);
    }
}

static void put_changes(cJSON *root, const struct summary *summary)
{
    if (!summary->compared) {
        (void)cJSON_AddNullToObject(root, "changes");
        return;
    }
    cJSON *changes = cJSON_AddObjectToObject(root, "changes");
    for (int i = 0; i < QUERY_CHANGE_COUNT; i++)
        put_count(changes, query_change_name((enum query_change)i),
                  summary->stats->changes[i]);
}

static void put_sample(cJSON *root, const struct summary *summary)
{
    if (summary->sampled_of == 0) {
        (void)cJSON_AddNullToObject(root, "sample");
        return;
    }
    cJSON *sample = cJSON_AddObjectToObject(root, "sample");
    put_count(sample, "drawn_from", summary->sampled_of);
    put_count(sample, "seed", summary->seed);
}

static void put_group(cJSON *list, const char *name,
                      const struct account_group *group)
{
    cJSON *object = cJSON_CreateObject();
    put_text(object, "name", name);
    put_count(object, "rows", group->rows);
    put_count(object, "online", group->online);
    put_count(object, "offline", group->offline);
    (void)cJSON_AddItemToArray(list, object);
}

static void put_groups(cJSON *root, const struct account_facts *facts)
{
    if (!facts->group_by) {
        (void)cJSON_AddNullToObject(root, "groups");
        return;
    }
    cJSON *groups = cJSON_AddObjectToObject(root, "groups");
    put_text(groups, "column", facts->group_by);
    cJSON *list = cJSON_AddArrayToObject(groups, "largest");
    for (size_t i = 0; i < facts->groups.count; i++) {
        const struct account_group *group = &facts->groups.groups[i];
        char name[ACCOUNT_GROUP_BYTES + 1];
        memcpy(name, group->name, group->len);
        name[group->len] = '\0';
        put_group(list, name, group);
    }
    if (facts->groups.other.rows > 0) /* the one without a name */
        put_group(list, NULL, &facts->groups.other);
}

static void put_settings(cJSON *root, const struct summary *summary,
                         const struct account_facts *facts)
{
    put_text(root, "endpoint", summary->endpoint);
    put_text(root, "user", summary->user);
    cJSON *settings = cJSON_AddObjectToObject(root, "settings");
    const char *name;
    const char *value;
    for (size_t at = 0; account_setting_next(facts, &at, &name, &value);)
        put_text(settings, name, value);
}

void account_json(struct buf *out, const struct summary *summary,
                  const struct account_facts *facts)
{
    static cJSON_Hooks hooks = {mem_alloc, free};
    cJSON_InitHooks(&hooks); /* no memory: the program ends */
    cJSON *root = cJSON_CreateObject();
    put_text(root, "format", ACCOUNT_JSON_FORMAT);
    put_versions(root);
    put_end(root, summary);
    put_rows(root, summary->stats);
    put_conditions(root, summary);
    put_requests(root, summary);
    put_latency(root, summary->stats);
    put_input(root, summary);
    put_sample(root, summary);
    put_changes(root, summary);
    put_timeline(root, summary->timeline);
    put_groups(root, facts);
    put_settings(root, summary, facts);
    char *text = cJSON_Print(root);
    (void)buf_puts(out, text);
    (void)buf_putc(out, '\n');
    free(text);
    cJSON_Delete(root);
}

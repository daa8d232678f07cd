/*
 * The summary as JSON, for programs.
 *
 * Responsible for its form, which samples/summary.schema.json describes and
 * which only ever gains members; not for counting. Every count is a whole
 * number, every time says its unit, and what is unknown is null.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "account_template.h"
#include "account_view.h"
#include "mem.h"
#include "transport.h"
#include "units.h"
#include "version.h"

/* Adds an object, or null when there is none: then it returns NULL. */
static cJSON *add_object(cJSON *root, const char *name, bool there)
{
    if (there)
        return cJSON_AddObjectToObject(root, name);
    (void)cJSON_AddNullToObject(root, name);
    return NULL;
}

/* Appends an object to a list. */
static cJSON *add_item(cJSON *list)
{
    cJSON *object = cJSON_CreateObject();
    (void)cJSON_AddItemToArray(list, object);
    return object;
}

static void put_count(cJSON *object, const char *name, uint64_t count)
{
    (void)cJSON_AddNumberToObject(object, name, (double)count);
}

/* Rounded to a thousandth: more is noise. */
static void put_decimal(cJSON *object, const char *name, double value)
{
    (void)cJSON_AddNumberToObject(
        object, name, strtod(units_printf("%.3f", value).text, NULL));
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

/* The counts that are told in this object. */
static cJSON *put_counts(cJSON *root, const char *name,
                         const struct summary *summary)
{
    struct account_count counts[ACCOUNT_COUNTS];
    cJSON *object = cJSON_AddObjectToObject(root, name);
    account_counts(summary, counts);
    for (size_t i = 0; i < ACCOUNT_COUNTS; i++) {
        if (strcmp(counts[i].object, name) == 0)
            put_count(object, counts[i].name, counts[i].value);
    }
    return object;
}

/* One word for how the run ended, of a closed set. */
static const char *ended_code(const struct summary *summary)
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

static void put_end(cJSON *root, const struct summary *summary)
{
    int signal = summary->signal;
    (void)cJSON_AddNumberToObject(root, "exit_code",
                                  account_exit_code(summary));
    cJSON *ended = cJSON_AddObjectToObject(root, "ended");
    put_text(ended, "code", ended_code(summary));
    put_text(ended, "reason", summary->ended);
    put_text(ended, "signal", signal ? summary_signal_name(signal) : NULL);
    put_text(ended, "partial", summary->partial);
    put_text(root, "started_at", units_format_time(summary->started_ms).text);
    put_text(root, "finished_at", units_format_time(summary->finished_ms).text);
    put_decimal(root, "duration_s", (double)summary->elapsed_ns / 1e9);
}

static void put_errors(cJSON *root, const struct stats *stats)
{
    cJSON *errors = cJSON_AddObjectToObject(root, "errors");
    for (enum query_error i = QUERY_ANSWERED + 1; i < QUERY_ERROR_COUNT; i++)
        put_count(errors, query_error_name(i), stats->errors[i]);
}

static void put_point(cJSON *latency, const struct stats *stats,
                      struct account_point point)
{
    double ns = (double)stats_latency_ns(stats, point.share);
    if (stats->latency_count > 0)
        put_decimal(latency, point.name, ns / 1e6);
    else
        (void)cJSON_AddNullToObject(latency, point.name);
}

static void put_latency(cJSON *root, const struct stats *stats)
{
    cJSON *latency = cJSON_AddObjectToObject(root, "latency_ms");
    put_count(latency, "count", stats->latency_count);
    for (size_t i = 0; i < ACCOUNT_POINTS; i++)
        put_point(latency, stats, account_points[i]);
    put_point(latency, stats, (struct account_point){"max", 1});
}

static void put_timeline(cJSON *root, const struct timeline *timeline)
{
    cJSON *over = cJSON_AddObjectToObject(root, "timeline");
    put_count(over, "step_s", timeline->step_ns / (uint64_t)UNITS_NS_PER_S);
    cJSON *steps = cJSON_AddArrayToObject(over, "steps");
    for (size_t i = 0; i < timeline->count; i++) {
        cJSON *step = add_item(steps);
        put_count(step, "sent", timeline->steps[i].sent);
        put_count(step, "refused", timeline->steps[i].refused);
        put_decimal(step, "cap_per_s", timeline->steps[i].cap_per_s);
    }
}

static void put_conditions(cJSON *root, const struct summary *summary)
{
    cJSON *list = cJSON_AddArrayToObject(root, "conditions");
    const char *text = summary->fail_if;
    struct fail_if condition;
    while (text && fail_if_next(&text, &condition) > 0) {
        cJSON *object = add_item(list);
        char *expression = mem_strndup(condition.text, condition.len);
        put_text(object, "condition", expression);
        free(expression);
        put_count(object, "count", fail_if_count(&condition, summary->stats));
        (void)cJSON_AddBoolToObject(object, "holds",
                                    fail_if_holds(&condition, summary->stats));
    }
}

static void put_changes(cJSON *root, const struct summary *summary)
{
    cJSON *changes = add_object(root, "changes", summary->compared);
    for (int i = 0; changes && i < QUERY_CHANGE_COUNT; i++)
        put_count(changes, query_change_name((enum query_change)i),
                  summary->stats->changes[i]);
}

static void put_sample(cJSON *root, const struct summary *summary)
{
    cJSON *sample = add_object(root, "sample", summary->sampled_of > 0);
    if (!sample)
        return;
    put_count(sample, "drawn_from", summary->sampled_of);
    put_count(sample, "seed", summary->seed);
}

static void put_group(cJSON *list, const char *name,
                      const struct account_group *group)
{
    cJSON *object = add_item(list);
    put_text(object, "name", name);
    put_count(object, "rows", group->rows);
    put_count(object, "online", group->online);
    put_count(object, "offline", group->offline);
}

static void put_groups(cJSON *root, const struct account_facts *facts)
{
    cJSON *groups = add_object(root, "groups", facts->group_by);
    if (!groups)
        return;
    put_text(groups, "column", facts->group_by);
    cJSON *list = cJSON_AddArrayToObject(groups, "largest");
    for (size_t i = 0; i < facts->groups.count; i++) {
        const struct account_group *group = &facts->groups.groups[i];
        put_group(list, group->name, group);
    }
    if (facts->groups.other.rows > 0) /* the one without a name */
        put_group(list, NULL, &facts->groups.other);
}

static void put_settings(cJSON *root, const struct account_facts *facts)
{
    put_text(root, "endpoint", facts->summary->endpoint);
    put_text(root, "user", facts->summary->user);
    cJSON *settings = cJSON_AddObjectToObject(root, "settings");
    const char *name;
    const char *value;
    for (size_t at = 0; account_next(&facts->settings, &at, &name, &value);)
        put_text(settings, name, value);
}

void account_json(struct buf *out, const struct account_facts *facts)
{
    const struct summary *summary = facts->summary;
    const struct stats *stats = summary->stats;
    cJSON_InitHooks(&(cJSON_Hooks){mem_alloc, free}); /* or the program ends */
    cJSON *root = cJSON_CreateObject();
    put_text(root, "format", ACCOUNT_JSON_FORMAT);
    cJSON *versions = cJSON_AddObjectToObject(root, "versions");
    put_text(versions, "mqstat", MQSTAT_VERSION);
    put_text(versions, "libcurl", transport_version());
    put_text(versions, "libuv", transport_loop_version());
    put_end(root, summary);
    (void)put_counts(root, "rows", summary);
    put_errors(root, stats);
    put_conditions(root, summary);
    cJSON *requests = put_counts(root, "requests", summary);
    put_decimal(requests, "per_s", stats_rate_per_s(stats));
    put_latency(root, stats);
    (void)put_counts(root, "input", summary);
    put_sample(root, summary);
    put_changes(root, summary);
    put_timeline(root, summary->timeline);
    put_groups(root, facts);
    put_settings(root, facts);
    char *text = cJSON_Print(root);
    (void)buf_puts(out, text);
    (void)buf_putc(out, '\n');
    free(text);
    cJSON_Delete(root);
}

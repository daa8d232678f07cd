/*
 * The report: one HTML file that needs nothing else, to be read on a screen
 * or on paper.
 *
 * Responsible for the values that the page, report.html, has places for; not
 * for charts and escaping. No script, no reference to anything outside, and
 * a policy that forbids both. Well-formed XML, so that it can be checked as
 * such. What is listed is bounded, so that the file stays under 100 KB.
 */
#include <stdio.h>
#include <string.h>

#include "account_template.h"
#include "account_view.h"
#include "version.h"

ACCOUNT_TEMPLATE(account_report_page, "report.html");
ACCOUNT_TEMPLATE(account_report_css, "report.css");

static const size_t TEXT_SHOWN_BYTES = 200; /* of a setting or a reason */

static void put_text(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    bool cut = len > TEXT_SHOWN_BYTES;
    account_put_text(out, text, cut ? TEXT_SHOWN_BYTES : len);
    (void)buf_puts(out, cut ? "&#8230;" : "");
}

/* Never 100 % or 0 % when it is not all, or something. */
struct units_text account_share(uint64_t part, uint64_t whole)
{
    double share = whole > 0 ? 100.0 * (double)part / (double)whole : 0;
    if (part > 0 && share < 0.1)
        return units_printf("&lt; 0.1&#160;%%");
    if (part < whole && share > 99.9)
        return units_printf("&gt; 99.9&#160;%%");
    return units_printf("%.1f&#160;%%", share);
}

static void set_share(struct buf *values, const char *name, uint64_t part,
                      uint64_t whole)
{
    account_set(values, name, account_share(part, whole).text);
}

static void set_time(struct buf *values, const char *name, int64_t ms)
{
    struct units_text time = units_format_time(ms);
    account_begin(values, name);
    (void)buf_printf(values, "%.10s&#160;%.8s", time.text, time.text + 11);
}

static void set_verdict(struct buf *values, const struct summary *summary)
{
    const char *class = "bad";
    const char *kind = "Ended early";
    if (!summary->closed && summary->status == STATUS_OK) {
        class = "ok";
        kind = "Complete";
    } else if (!summary->closed && summary->status == STATUS_ROWS) {
        class = "warn";
        kind = "Complete, with errors";
    } else if (!summary->closed && summary->status == STATUS_CONDITION) {
        kind = "Complete, a condition holds";
    }
    account_set(values, "class", class);
    account_set(values, "kind", kind);
}

static void put_conditions(struct buf *out, const struct summary *summary)
{
    const char *text = summary->fail_if;
    struct fail_if condition;
    while (text && fail_if_next(&text, &condition) > 0) {
        uint64_t count = fail_if_count(&condition, summary->stats);
        if (!fail_if_holds(&condition, summary->stats))
            continue;
        (void)buf_puts(out, "<p>The condition <code>");
        account_put_text(out, condition.text, condition.len);
        (void)buf_printf(out, "</code> holds: %s rows.</p>",
                         units_format_count(count).text);
    }
}

static void put_reason(struct buf *out, const struct summary *summary)
{
    const char *why = summary->ended;
    if (summary->signal)
        why = summary_signal_name(summary->signal);
    else if (summary->closed)
        why = "the reader of standard output went away";
    else if (summary->status == STATUS_IO)
        why = "a file could not be read or written";
    if (why) {
        (void)buf_puts(out, "<p class=\"wrap\">Ended early: ");
        put_text(out, why);
        (void)buf_puts(out, ".</p>");
    }
    if (summary->status == STATUS_CONDITION)
        put_conditions(out, summary);
}

/* The bar of online, offline and unknown; of no rows there is none. */
static void put_bar(struct buf *out, uint64_t online, uint64_t offline,
                    uint64_t rows)
{
    const struct {
        const char *class;
        uint64_t count;
    } parts[] = {
        {"on", online}, {"off", offline}, {"fail", rows - online - offline}};
    if (rows == 0)
        return;
    (void)buf_puts(out, "<div class=\"share\">");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].count > 0)
            (void)buf_printf(out, "<i class=\"%s\" style=\"width:%.2f%%\"></i>",
                             parts[i].class,
                             100.0 * (double)parts[i].count / (double)rows);
    }
    (void)buf_puts(out, "</div>");
}

static void set_counts(struct buf *values, const struct summary *summary)
{
    struct account_count counts[ACCOUNT_COUNTS];
    const struct stats *stats = summary->stats;
    account_counts(summary, counts);
    for (size_t i = 0; i < ACCOUNT_COUNTS; i++)
        account_set(values, counts[i].name,
                    units_format_count(counts[i].value).text);
    account_set(values, "plural", stats->rows == 1 ? "" : "s");
    set_share(values, "online_share", stats->online, stats->rows);
    set_share(values, "offline_share", stats->offline, stats->rows);
    set_share(values, "failed_share", stats_failed_rows(stats), stats->rows);
    account_begin(values, "shares");
    put_bar(values, stats->online, stats->offline, stats->rows);
}

static void set_speed(struct buf *values, const struct summary *summary)
{
    static const char none[] = "&#8211;";
    const struct stats *stats = summary->stats;
    double rate = stats_rate_per_s(stats);
    double median_ms = (double)stats_latency_ns(stats, 0.5) / 1e6;
    double most_ms = (double)stats_latency_ns(stats, 0.99) / 1e6;
    account_set(values, "rate", rate > 0 ? units_format_rate(rate).text : none);
    account_set(values, "rate_allowed",
                units_format_rate(summary->rate_per_s).text);
    account_set(values, "median",
                median_ms > 0 ? units_printf("%.3g&#160;ms", median_ms).text
                              : none);
    account_set(values, "most", units_printf("%.3g", most_ms).text);
}

static void put_errors(struct buf *out, const struct stats *stats)
{
    bool told[QUERY_ERROR_COUNT] = {false};
    for (;;) {
        enum query_error kind = summary_next_kind(stats, told);
        if (kind == QUERY_ANSWERED)
            return;
        (void)buf_printf(out,
                         "\n<tr><td><code>%s</code></td><td class=\"r\">%s</td>"
                         "<td class=\"r wide\">%s</td><td>%s</td></tr>",
                         query_error_name(kind),
                         units_format_count(stats->errors[kind]).text,
                         account_share(stats->errors[kind], stats->rows).text,
                         summary_advice(kind));
    }
}

static void put_group(struct buf *out, const struct account_group *group,
                      const char *name)
{
    (void)buf_puts(out, "\n<tr><td class=\"wrap\">");
    if (name)
        (void)buf_printf(out, "<em>%s</em>", name);
    else
        account_put_text(out, group->name, group->len);
    (void)buf_puts(out, "</td><td class=\"bar\" aria-hidden=\"true\">");
    put_bar(out, group->online, group->offline, group->rows);
    (void)buf_printf(out,
                     "</td><td class=\"r\">%s</td><td class=\"r\">%s</td>"
                     "<td class=\"r\">%s</td><td class=\"r\">%s</td></tr>",
                     account_share(group->online, group->rows).text,
                     units_format_count(group->online).text,
                     units_format_count(group->offline).text,
                     units_format_count(group->rows).text);
}

static void set_groups(struct buf *values, const struct account_facts *facts)
{
    const struct account_groups *groups = &facts->groups;
    if (!facts->group_by)
        return;
    account_begin(values, "group_by");
    put_text(values, facts->group_by);
    account_begin(values, "groups");
    (void)buf_puts(values, "\n"); /* of no rows an empty table */
    for (size_t i = 0; i < groups->count; i++)
        put_group(values, &groups->groups[i],
                  groups->groups[i].len > 0 ? NULL : "empty");
    if (groups->other.rows > 0)
        put_group(values, &groups->other, "all others");
}

/* The first ids, and under name_more that there are more. */
static void set_ids(struct buf *values, const char *name, const char *name_more,
                    const struct account_ids *ids)
{
    account_begin(values, name);
    for (size_t i = 0; i < ids->count; i++) {
        const struct account_id *id = &ids->ids[i];
        (void)buf_puts(values, "\n<li><bdi class=\"id\">");
        account_put_text(values, id->text, id->len);
        (void)buf_printf(values, "%s</bdi>%s<small>%s</small></li>",
                         id->cut ? "&#8230;" : "",
                         id->len > 0 ? "" : "<small>(empty)</small>",
                         query_error_name(id->error));
    }
    account_begin(values, name_more);
    if (ids->all > ids->count)
        (void)buf_printf(values,
                         "<p class=\"soft\">The first %zu of %s; the output "
                         "has them all.</p>",
                         ids->count, units_format_count(ids->all).text);
}

static void put_settings(struct buf *out, const struct buf *settings)
{
    const char *name;
    const char *value;
    for (size_t at = 0; account_next(settings, &at, &name, &value);) {
        (void)buf_printf(
            out, "\n<tr><td class=\"name\">%s</td><td class=\"wrap\"><code>",
            name);
        put_text(out, value);
        (void)buf_puts(out, "</code></td></tr>");
    }
}

void account_report(struct buf *out, const struct account_facts *facts)
{
    const struct summary *summary = facts->summary;
    const struct stats *stats = summary->stats;
    struct buf values;
    buf_init(&values, ACCOUNT_VIEW_MAX_BYTES);
    account_set(&values, "style", account_report_css);
    set_verdict(&values, summary);
    account_begin(&values, "reason");
    put_reason(&values, summary);
    account_begin(&values, "endpoint");
    put_text(&values, summary->endpoint);
    set_time(&values, "started", summary->started_ms);
    set_time(&values, "finished", summary->finished_ms);
    account_set(&values, "duration",
                units_format_duration(summary->elapsed_ns).text);
    set_counts(&values, summary);
    set_speed(&values, summary);
    account_begin(&values, "errors");
    put_errors(&values, stats);
    account_chart_rates(&values, summary);
    account_chart_latencies(&values, stats);
    set_groups(&values, facts);
    set_ids(&values, "failed_ids", "failed_ids_more", &facts->failed);
    set_ids(&values, "offline_ids", "offline_ids_more", &facts->offline);
    account_begin(&values, "settings");
    put_settings(&values, &facts->settings);
    account_set(&values, "version", MQSTAT_VERSION);
    account_set(&values, "exit_code",
                units_printf("%d", account_exit_code(summary)).text);
    account_end(&values);
    account_fill(out, account_report_page, &values);
    buf_release(&values);
}

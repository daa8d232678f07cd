/*
 * The report: one HTML file that needs nothing else, to be read on a screen
 * or on paper.
 *
 * Responsible for what stands in it and in which order; not for charts and
 * escaping. No script, no reference to anything outside, and a policy that
 * forbids both. Well-formed XML, so that it can be checked as such. What is
 * listed is bounded, so that the file stays under 100 KB.
 */
#include "account_html.h"

#include <stdio.h>
#include <string.h>

#include "units.h"
#include "version.h"

/* The style sheet, as it stands in report.css. */
__asm__(".pushsection .rodata\n"
        ".globl account_report_css\n"
        "account_report_css:\n"
        ".incbin \"src/report.css\"\n"
        ".byte 0\n"
        ".popsection\n");
extern const char account_report_css[];

enum {
    SETTING_SHOWN_BYTES = 200
};

static void put_text(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    bool cut = len > SETTING_SHOWN_BYTES;
    account_html_text(out, text, cut ? SETTING_SHOWN_BYTES : len);
    account_html(out, "%s", cut ? "&#8230;" : "");
}

static void put_time(struct buf *out, int64_t ms)
{
    struct units_text time = units_format_time(ms);
    account_html(out, "%.10s&#160;%.8s", time.text, time.text + 11);
}

/* ---- the verdict ---- */

static const char *verdict_class(const struct summary *summary)
{
    if (summary->status == STATUS_OK && !summary->closed)
        return "ok";
    return summary->status == STATUS_ROWS ? "warn" : "bad";
}

static const char *verdict_kind(const struct summary *summary)
{
    if (summary->closed)
        return "Ended early";
    switch (summary->status) {
    case STATUS_OK:
        return "Complete";
    case STATUS_ROWS:
        return "Complete, with errors";
    case STATUS_CONDITION:
        return "Complete, a condition holds";
    default:
        return "Ended early";
    }
}

static void put_conditions(struct buf *out, const struct summary *summary)
{
    const char *text = summary->fail_if;
    struct fail_if condition;
    while (text && fail_if_next(&text, &condition) > 0) {
        if (!fail_if_holds(&condition, summary->stats))
            continue;
        account_html(out, "<p>The condition <code>");
        account_html_text(out, condition.text, condition.len);
        account_html(out, "</code> holds: ");
        account_html_count(out, fail_if_count(&condition, summary->stats));
        account_html(out, " rows.</p>");
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
        account_html(out, "<p class=\"wrap\">Ended early: ");
        put_text(out, why);
        account_html(out, ".</p>");
    }
    if (summary->status == STATUS_CONDITION)
        put_conditions(out, summary);
}

static void put_header(struct buf *out, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    account_html(out, "<header class=\"%s\"><p class=\"kind\">%s</p><h1>",
                 verdict_class(summary), verdict_kind(summary));
    account_html_count(out, stats->online);
    account_html(out, " of ");
    account_html_count(out, stats->rows);
    account_html(out, " client%s online</h1>", stats->rows == 1 ? "" : "s");
    put_reason(out, summary);
    account_html(out, "<p class=\"soft wrap\">");
    put_text(out, summary->endpoint);
    account_html(out, " &#183; ");
    put_time(out, summary->started_ms);
    account_html(out, " to ");
    put_time(out, summary->finished_ms);
    account_html(out, " UTC &#183; %s</p>",
                 units_format_duration(summary->elapsed_ns).text);
    if (stats->rows > 0) {
        account_html_bar(out, stats->online, stats->offline, stats->rows);
        account_html(out, "<ul class=\"key\"><li><i class=\"on\"></i>online"
                          "</li><li><i class=\"off\"></i>offline</li><li><i "
                          "class=\"fail\"></i>unknown, with an error</li>"
                          "</ul>");
    }
    account_html(out, "</header>");
}

/* ---- tiles ---- */

static void open_tile(struct buf *out, const char *name)
{
    account_html(out, "<div><dt>%s</dt><dd><span class=\"n\">", name);
}

static void put_rows_tile(struct buf *out, const char *name, uint64_t count,
                          uint64_t rows)
{
    open_tile(out, name);
    account_html_count(out, count);
    account_html(out, "</span><small>");
    account_html_share(out, count, rows);
    account_html(out, " of rows</small></dd></div>");
}

static void put_tiles(struct buf *out, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    double rate = stats_rate_per_s(stats);
    account_html(out, "<dl class=\"tiles\">");
    put_rows_tile(out, "Online", stats->online, stats->rows);
    put_rows_tile(out, "Offline", stats->offline, stats->rows);
    put_rows_tile(out, "Unknown", stats_failed_rows(stats), stats->rows);
    open_tile(out, "Requests");
    account_html_count(out, stats->sent);
    account_html(out, "</span><small>");
    account_html_count(out, stats->refused);
    account_html(out, " refused, ");
    account_html_count(out, stats->retried);
    account_html(out, " repeated</small></dd></div>");
    open_tile(out, "Rate");
    account_html(out,
                 "%s</span><small>%s allowed at the end</small></dd></div>",
                 rate > 0 ? units_format_rate(rate).text : "&#8211;",
                 units_format_rate(summary->rate_per_s).text);
    open_tile(out, "Median latency");
    if (stats->latency_count > 0)
        account_html(out, "%.3g&#160;ms",
                     (double)stats_latency_ns(stats, 0.5) / 1e6);
    else
        account_html(out, "&#8211;");
    account_html(out,
                 "</span><small>%.3g ms for 99&#160;%%</small></dd></div>"
                 "</dl>",
                 (double)stats_latency_ns(stats, 0.99) / 1e6);
}

/* ---- errors, groups ---- */

static void put_errors(struct buf *out, const struct stats *stats)
{
    if (stats_failed_rows(stats) == 0)
        return;
    account_html(out,
                 "<section><h2>Errors</h2><table class=\"errors\"><tr><th>"
                 "error</th><th class=\"r\">rows</th><th class=\"r wide\">share"
                 "</th><th>what to do</th></tr>");
    bool told[QUERY_ERROR_COUNT] = {false};
    for (;;) {
        enum query_error kind = summary_next_kind(stats, told);
        if (kind == QUERY_ANSWERED)
            break;
        account_html(out, "<tr><td><code>%s</code></td><td class=\"r\">",
                     query_error_name(kind));
        account_html_count(out, stats->errors[kind]);
        account_html(out, "</td><td class=\"r wide\">");
        account_html_share(out, stats->errors[kind], stats->rows);
        account_html(out, "</td><td>%s</td></tr>", summary_advice(kind));
    }
    account_html(out, "</table></section>");
}

static void put_group(struct buf *out, const struct account_group *group,
                      const char *name)
{
    account_html(out, "<tr><td class=\"wrap\">");
    if (name)
        account_html(out, "<em>%s</em>", name);
    else
        account_html_text(out, group->name, group->len);
    account_html(out, "</td><td class=\"bar\" aria-hidden=\"true\">");
    account_html_bar(out, group->online, group->offline, group->rows);
    account_html(out, "</td><td class=\"r\">");
    account_html_share(out, group->online, group->rows);
    account_html(out, "</td><td class=\"r\">");
    account_html_count(out, group->online);
    account_html(out, "</td><td class=\"r\">");
    account_html_count(out, group->offline);
    account_html(out, "</td><td class=\"r\">");
    account_html_count(out, group->rows);
    account_html(out, "</td></tr>");
}

static void put_groups(struct buf *out, const struct account_facts *facts)
{
    const struct account_groups *groups = &facts->groups;
    if (!facts->group_by)
        return;
    account_html(out, "<section class=\"long\"><h2>Online by ");
    put_text(out, facts->group_by);
    account_html(out, "</h2><table><tr><th>");
    put_text(out, facts->group_by);
    account_html(out, "</th><th class=\"bar\"></th><th class=\"r\">share</th>"
                      "<th class=\"r\">online</th><th class=\"r\">offline</th>"
                      "<th class=\"r\">rows</th></tr>");
    for (size_t i = 0; i < groups->count; i++)
        put_group(out, &groups->groups[i],
                  groups->groups[i].len > 0 ? NULL : "empty");
    if (groups->other.rows > 0)
        put_group(out, &groups->other, "all others");
    account_html(out, "</table></section>");
}

/* ---- lists ---- */

static void put_ids(struct buf *out, const struct account_ids *ids,
                    const char *title, uint64_t all)
{
    if (ids->count == 0)
        return;
    account_html(out, "<section class=\"long\"><h2>%s</h2><ol class=\"ids\">",
                 title);
    for (size_t i = 0; i < ids->count; i++) {
        const struct account_id *id = &ids->ids[i];
        account_html(out, "<li><bdi class=\"id\">");
        account_html_text(out, id->text, id->len);
        account_html(out, "%s</bdi>%s<small>%s</small></li>",
                     id->cut ? "&#8230;" : "",
                     id->len > 0 ? "" : "<small>(empty)</small>",
                     query_error_name(id->error));
    }
    account_html(out, "</ol>");
    if (all > ids->count) {
        account_html(out, "<p class=\"soft\">The first %zu of ", ids->count);
        account_html_count(out, all);
        account_html(out, "; the output has them all.</p>");
    }
    account_html(out, "</section>");
}

static void put_fact(struct buf *out, const char *name, uint64_t count)
{
    account_html(out, "<tr><td>%s</td><td class=\"r\">", name);
    account_html_count(out, count);
    account_html(out, "</td></tr>");
}

static void put_input(struct buf *out, const struct summary *summary)
{
    const struct stats *stats = summary->stats;
    account_html(out, "<section><h2>Input</h2><table>");
    put_fact(out, "rows", stats->rows);
    put_fact(out, "bytes read", summary->bytes);
    put_fact(out, "rows that cannot be read", stats->errors[QUERY_BAD_ROW]);
    put_fact(out, "ids that cannot be any client's",
             stats->errors[QUERY_BAD_CLIENT_ID]);
    put_fact(out, "rows with an id seen before", stats->copies);
    put_fact(out, "ids with blanks stripped", summary->trimmed);
    account_html(out, "</table></section>");
}

static void put_settings(struct buf *out, const struct account_facts *facts)
{
    const char *name;
    const char *value;
    account_html(out, "<section><h2>Settings</h2><table>");
    for (size_t at = 0; account_setting_next(facts, &at, &name, &value);) {
        account_html(out, "<tr><td>%s</td><td class=\"wrap\"><code>", name);
        put_text(out, value);
        account_html(out, "</code></td></tr>");
    }
    account_html(out, "</table><p class=\"soft\">All others as by default."
                      "</p></section>");
}

void account_report(struct buf *out, const struct summary *summary,
                    const struct account_facts *facts)
{
    const struct stats *stats = summary->stats;
    account_html(out,
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset="
                 "\"utf-8\"/><meta http-equiv=\"Content-Security-Policy\" "
                 "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>"
                 "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\"/><title>mqstat: %.1f %% online</title>"
                 "<style>\n",
                 stats->rows > 0
                     ? 100.0 * (double)stats->online / (double)stats->rows
                     : 0.0);
    (void)buf_puts(out, account_report_css);
    account_html(out, "</style></head>\n<body><main>");
    put_header(out, summary);
    put_tiles(out, summary);
    put_errors(out, stats);
    account_chart_rate(out, summary);
    account_chart_latency(out, stats);
    put_groups(out, facts);
    put_ids(out, &facts->failed, "Unknown ids", stats_failed_rows(stats));
    put_ids(out, &facts->offline, "Offline ids", stats->offline);
    account_html(out, "<div class=\"pair\">");
    put_input(out, summary);
    put_settings(out, facts);
    account_html(out,
                 "</div><footer><p>mqstat %s &#183; exit status %d &#183; "
                 "times in UTC &#183; ids may be personal data</p>"
                 "</footer></main></body></html>\n",
                 MQSTAT_VERSION, account_exit_code(summary));
}

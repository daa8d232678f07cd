/*
 * The report's two charts.
 *
 * Responsible for scales, shapes and the tables behind them. Shapes are in
 * units of the data and stretched by the browser; labels are HTML beside
 * them, placed in percent, so that they keep their size on any screen.
 */
#include <math.h>
#include <stdio.h>

#include "account_html.h"
#include "units.h"

enum {
    TABLE_ROWS = 60,
    BAND = 4, /* buckets of stats in a bar: a quarter of a power of two */
    BANDS = STATS_BUCKETS / BAND,
    BAR_MOST = 70 /* percent of the height; above are the labels */
};

/* The next number that is round, and its half too. */
static double nice_above(double value)
{
    static const double steps[] = {1, 2, 3, 4, 6, 8, 10};
    double base = pow(10, floor(log10(value > 0 ? value : 1)));
    size_t i = 0;
    while (steps[i] * base < value * (1 - 1e-9))
        i++;
    return steps[i] * base;
}

static void open_chart(struct buf *out, const char *name, const char *title)
{
    account_html(out,
                 "<svg viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" "
                 "role=\"img\" aria-labelledby=\"%s-t %s-d\"><title "
                 "id=\"%s-t\">%s</title><desc id=\"%s-d\">",
                 name, name, name, title, name);
}

/* ---- requests per second ---- */

struct scale {
    const struct timeline *timeline;
    double end_s;
    double top_per_s;
    size_t count; /* steps that are shown */
};

static double step_s(const struct scale *scale)
{
    return (double)scale->timeline->step_ns / 1e9;
}

/* How long the step is: the last one ends with the run. */
static double width_s(const struct scale *scale, size_t i)
{
    if (i + 1 < scale->count)
        return step_s(scale);
    return scale->end_s - (double)i * step_s(scale);
}

/* The requests of a step; a last one that is short is part of its neighbour,
 * or its few requests would look like a burst. */
static struct timeline_step step_of(const struct scale *scale, size_t i)
{
    struct timeline_step step = scale->timeline->steps[i];
    for (size_t j = i + 1; i + 1 == scale->count && j < scale->timeline->count;
         j++) {
        step.sent += scale->timeline->steps[j].sent;
        step.refused += scale->timeline->steps[j].refused;
    }
    return step;
}

static struct scale make_scale(const struct summary *summary)
{
    struct scale scale = {.timeline = summary->timeline,
                          .count = summary->timeline->count};
    double most = 0;
    scale.end_s = fmax((double)summary->elapsed_ns / 1e9,
                       (double)(scale.count - 1) * step_s(&scale) + 1e-3);
    if (scale.count > 1 &&
        scale.end_s < ((double)scale.count - 0.5) * step_s(&scale))
        scale.count--;
    for (size_t i = 0; i < scale.count; i++) {
        struct timeline_step step = step_of(&scale, i);
        most = fmax(most, (double)step.sent / width_s(&scale, i));
        most = fmax(most, step.cap_per_s);
    }
    scale.top_per_s = nice_above(most);
    return scale;
}

enum series {
    SENT,
    REFUSED,
    CAP
};

static double value_of(const struct scale *scale, size_t i, enum series series)
{
    struct timeline_step step = step_of(scale, i);
    if (series == CAP)
        return step.cap_per_s;
    return (double)(series == SENT ? step.sent : step.refused) /
           width_s(scale, i);
}

/* A line in steps; an area has its corners on the base. Where nothing was
 * sent, the cap stays what it was. */
static void put_steps(struct buf *out, const struct scale *scale,
                      enum series series, const char *class)
{
    double before = -1;
    account_html(out, "<path class=\"%s\" d=\"M0 %s", class,
                 series == CAP ? "" : "100V");
    for (size_t i = 0; i < scale->count; i++) {
        double value = value_of(scale, i, series);
        double end = (double)i * step_s(scale) + width_s(scale, i);
        if (series == CAP && value <= 0)
            value = before;
        double y = 100 - 100 * value / scale->top_per_s;
        if (i == 0)
            account_html(out, "%.4g", y);
        else if (value != before)
            account_html(out, "V%.4g", y);
        account_html(out, "H%.4g", 100 * end / scale->end_s);
        before = value;
    }
    account_html(out, "%s\"/>", series == CAP ? "" : "V100Z");
}

static void put_rate_labels(struct buf *out, const struct scale *scale)
{
    int64_t end_ns = (int64_t)(scale->end_s * 1e9);
    account_html(out, "<span class=\"y\" style=\"bottom:0\">0</span>");
    for (int half = 1; half <= 2; half++)
        account_html(out, "<span class=\"y\" style=\"bottom:%d%%\">%s</span>",
                     50 * half,
                     units_format_rate(scale->top_per_s * half / 2).text);
    account_html(out, "<span class=\"x first\" style=\"left:0\">0</span>");
    account_html(out, "<span class=\"x\" style=\"left:50%%\">%s</span>",
                 units_format_duration(end_ns / 2).text);
    account_html(out, "<span class=\"x last\" style=\"left:100%%\">%s</span>",
                 units_format_duration(end_ns).text);
}

static void put_rate_table(struct buf *out, const struct scale *scale)
{
    size_t each = (scale->count + TABLE_ROWS - 1) / TABLE_ROWS;
    account_html(out,
                 "<details><summary>As a table</summary><table><tr><th "
                 "class=\"r\">from second</th><th class=\"r\">sent</th><th "
                 "class=\"r\">refused</th><th class=\"r\">allowed per "
                 "second</th></tr>");
    for (size_t i = 0; i < scale->count; i += each) {
        struct timeline_step sum = step_of(scale, i);
        for (size_t j = i + 1; j < i + each && j < scale->count; j++) {
            struct timeline_step step = step_of(scale, j);
            sum.sent += step.sent;
            sum.refused += step.refused;
            sum.cap_per_s = fmax(sum.cap_per_s, step.cap_per_s);
        }
        account_html(out, "<tr><td class=\"r\">%.0f</td><td class=\"r\">",
                     (double)i * step_s(scale));
        account_html_count(out, sum.sent);
        account_html(out, "</td><td class=\"r\">");
        account_html_count(out, sum.refused);
        account_html(out, "</td><td class=\"r\">%.4g</td></tr>", sum.cap_per_s);
    }
    account_html(out, "</table></details>");
}

void account_chart_rate(struct buf *out, const struct summary *summary)
{
    if (summary->timeline->count == 0)
        return;
    struct scale scale = make_scale(summary);
    account_html(out, "<section><h2>Requests per second</h2><ul class=\"key\">"
                      "<li><i class=\"sent\"></i>sent</li><li><i "
                      "class=\"fail\"></i>of these refused (429)</li><li><i "
                      "class=\"cap\"></i>allowed</li></ul><div "
                      "class=\"plot\">");
    open_chart(out, "rate", "Requests per second over the run");
    account_html_count(out, summary->stats->sent);
    account_html(out, " requests sent, ");
    account_html_count(out, summary->stats->refused);
    account_html(out, " of them refused</desc><path class=\"grid\" "
                      "d=\"M0 0H100M0 50H100\"/>");
    put_steps(out, &scale, SENT, "area");
    put_steps(out, &scale, REFUSED, "refused");
    account_html(out, "<path class=\"base\" d=\"M0 100H100\"/>");
    put_steps(out, &scale, CAP, "limit");
    account_html(out, "</svg>");
    put_rate_labels(out, &scale);
    account_html(out, "</div>");
    put_rate_table(out, &scale);
    account_html(out, "</section>");
}

/* ---- latency ---- */

struct bands {
    uint64_t counts[BANDS];
    size_t first;
    size_t end;
    uint64_t most;
};

static struct bands make_bands(const struct stats *stats)
{
    struct bands bands = {.first = BANDS};
    for (size_t i = 0; i < STATS_BUCKETS; i++) {
        uint64_t *count = &bands.counts[i / BAND];
        *count += stats->latency[i];
        if (stats->latency[i] == 0)
            continue;
        bands.end = i / BAND + 1;
        if (bands.first == BANDS)
            bands.first = i / BAND;
        if (*count > bands.most)
            bands.most = *count;
    }
    /* Room beside few bars, so that they are no wall. */
    bands.first = bands.first > 4 ? bands.first - 4 : 0;
    bands.end = bands.end + 4 < BANDS ? bands.end + 4 : BANDS;
    return bands;
}

/* Where a latency stands, in percent from the left. */
static double band_place(const struct bands *bands, double us)
{
    size_t i = bands->first * BAND;
    while (i + 1 < STATS_BUCKETS && (double)stats_bucket_us(i + 1) <= us)
        i++;
    double lower = (double)stats_bucket_us(i);
    double upper = (double)stats_bucket_us(i + 1);
    double at = ((double)i + (us - lower) / (upper - lower)) / BAND;
    return 100 * (at - (double)bands->first) /
           (double)(bands->end - bands->first);
}

static void put_latency_label(struct buf *out, double us)
{
    if (us < 1e3)
        account_html(out, "%.3g \xc2\xb5s", us);
    else if (us < 1e6)
        account_html(out, "%.3g ms", us / 1e3);
    else
        account_html(out, "%.3g s", us / 1e6);
}

static void put_axis(struct buf *out, const struct bands *bands)
{
    static const double parts[] = {1, 2, 5};
    size_t every = bands->end - bands->first > 28 ? 3 : 1;
    for (int power = 0; power < 10; power++) {
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i += every) {
            double us = pow(10, power) * parts[i];
            double at = us < (double)stats_bucket_us(bands->first * BAND)
                            ? -1
                            : band_place(bands, us);
            if (at < 1 || at > 97)
                continue;
            account_html(out, "<span class=\"x\" style=\"left:%.2f%%\">", at);
            put_latency_label(out, us);
            account_html(out, "</span>");
        }
    }
}

static const struct {
    const char *name;
    double share;
} points[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}};

/* The lines of the percentiles, or, over them, their labels: each lower than
 * the one before, since they may stand close together. */
static void put_points(struct buf *out, const struct stats *stats,
                       const struct bands *bands, bool labels)
{
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        double us = (double)stats_latency_ns(stats, points[i].share) / 1e3;
        double at = band_place(bands, us);
        if (!labels) {
            account_html(out, "<path class=\"at\" d=\"M%.2f %zuV100\"/>", at,
                         2 + 9 * i);
            continue;
        }
        account_html(out,
                     "<span class=\"p%s\" style=\"left:%.2f%%;top:%zu%%\">%s ",
                     at > 75 ? " left" : "", at, 2 + 9 * i, points[i].name);
        put_latency_label(out, us);
        account_html(out, "</span>");
    }
}

static void put_bars(struct buf *out, const struct bands *bands)
{
    double width = 100 / (double)(bands->end - bands->first);
    account_html(out, "<path class=\"area\" d=\"");
    for (size_t i = bands->first; i < bands->end; i++) {
        if (bands->counts[i] == 0)
            continue;
        account_html(out, "M%.4g 100V%.4gh%.4gV100Z",
                     (double)(i - bands->first) * width + width * 0.04,
                     100 - BAR_MOST * (double)bands->counts[i] /
                               (double)bands->most,
                     width * 0.92);
    }
    account_html(out, "\"/>");
}

static void put_latency_table(struct buf *out, const struct stats *stats,
                              const struct bands *bands)
{
    account_html(out, "<details><summary>As a table</summary><table><tr><th "
                      "class=\"r\">from</th><th class=\"r\">replies</th><th "
                      "class=\"r\">share</th></tr>");
    for (size_t i = bands->first; i < bands->end; i++) {
        if (bands->counts[i] == 0)
            continue;
        account_html(out, "<tr><td class=\"r\">");
        put_latency_label(out, (double)stats_bucket_us(i * BAND));
        account_html(out, "</td><td class=\"r\">");
        account_html_count(out, bands->counts[i]);
        account_html(out, "</td><td class=\"r\">");
        account_html_share(out, bands->counts[i], stats->latency_count);
        account_html(out, "</td></tr>");
    }
    account_html(out, "</table></details>");
}

void account_chart_latency(struct buf *out, const struct stats *stats)
{
    if (stats->latency_count == 0)
        return;
    struct bands bands = make_bands(stats);
    account_html(out, "<section><h2>Latency</h2><p class=\"soft\">From sending "
                      "a request to its whole reply; refusals (429) are not "
                      "counted.</p><div class=\"plot\">");
    open_chart(out, "latency", "How many replies took how long");
    account_html_count(out, stats->latency_count);
    account_html(out,
                 " replies</desc><path class=\"grid\" d=\"M0 %dH100M0 "
                 "%dH100\"/>",
                 100 - BAR_MOST, 100 - BAR_MOST / 2);
    put_bars(out, &bands);
    account_html(out, "<path class=\"base\" d=\"M0 100H100\"/>");
    put_points(out, stats, &bands, false);
    account_html(out, "</svg>");
    put_points(out, stats, &bands, true);
    account_html(out, "<span class=\"y\" style=\"bottom:0\">0</span>");
    for (int half = 1; half <= 2; half++)
        account_html(
            out, "<span class=\"y\" style=\"bottom:%d%%\">%.3g %%</span>",
            BAR_MOST * half / 2,
            50.0 * half * (double)bands.most / (double)stats->latency_count);
    put_axis(out, &bands);
    account_html(out, "</div>");
    put_latency_table(out, stats, &bands);
    account_html(out, "</section>");
}

/*
 * The report's two charts.
 *
 * Responsible for scales, shapes and the rows of the tables behind them; what
 * is around them stands in report.html. Shapes are in percent of the plot and
 * stretched by the browser; labels are HTML beside them, so that they keep
 * their size on any screen.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "account_template.h"
#include "account_view.h"

enum {
    TABLE_ROWS = 60,
    BAND = 4, /* buckets of stats in a bar: a quarter of a power of two */
    BANDS = STATS_BUCKETS / BAND,
    BAR_MOST = 70 /* percent of the height, as the page has its grid */
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

enum series {
    SENT,
    REFUSED,
    CAP,
    SERIES
};

struct rates {
    struct timeline_step steps[TIMELINE_STEPS];
    double per_s[SERIES][TIMELINE_STEPS];
    size_t count;
    double step_s;
    double end_s;
    double top_per_s;
};

/* When a step ends: the last one with the run. */
static double step_end_s(const struct rates *rates, size_t i)
{
    return i + 1 < rates->count ? (double)(i + 1) * rates->step_s
                                : rates->end_s;
}

/* A last step that is short is part of its neighbour, or its few requests
 * would look like a burst. */
static void init_steps(struct rates *rates, const struct summary *summary)
{
    const struct timeline *timeline = summary->timeline;
    memcpy(rates->steps, timeline->steps, sizeof rates->steps);
    rates->count = timeline->count;
    rates->step_s = (double)timeline->step_ns / 1e9;
    rates->end_s = fmax((double)summary->elapsed_ns / 1e9,
                        (double)(rates->count - 1) * rates->step_s + 1e-3);
    if (rates->count > 1 &&
        rates->end_s < ((double)rates->count - 0.5) * rates->step_s) {
        rates->count--;
        timeline_add(&rates->steps[rates->count - 1],
                     &rates->steps[rates->count]);
    }
}

/* Where nothing was sent, the cap stays what it was. */
static void init_rates(struct rates *rates, const struct summary *summary)
{
    double most = 0;
    init_steps(rates, summary);
    for (size_t i = 0; i < rates->count; i++) {
        const struct timeline_step *step = &rates->steps[i];
        double width_s = step_end_s(rates, i) - (double)i * rates->step_s;
        double before = i > 0 ? rates->per_s[CAP][i - 1] : 0;
        double cap = step->cap_per_s > 0 ? step->cap_per_s : before;
        rates->per_s[SENT][i] = (double)step->sent / width_s;
        rates->per_s[REFUSED][i] = (double)step->refused / width_s;
        rates->per_s[CAP][i] = cap;
        most = fmax(most, fmax(rates->per_s[SENT][i], cap));
    }
    rates->top_per_s = nice_above(most);
}

/* A line in steps; an area has its corners on the base. */
static void set_steps(struct buf *values, const char *name,
                      const struct rates *rates, enum series series)
{
    const double *per_s = rates->per_s[series];
    account_begin(values, name);
    (void)buf_puts(values, series == CAP ? "M0 " : "M0 100V");
    for (size_t i = 0; i < rates->count; i++) {
        if (i == 0 || per_s[i] != per_s[i - 1])
            (void)buf_printf(values, "%s%.4g", i == 0 ? "" : "V",
                             100 - 100 * per_s[i] / rates->top_per_s);
        (void)buf_printf(values, "H%.4g",
                         100 * step_end_s(rates, i) / rates->end_s);
    }
    (void)buf_puts(values, series == CAP ? "" : "V100Z");
}

static void put_rates(struct buf *out, const struct rates *rates)
{
    size_t each = (rates->count + TABLE_ROWS - 1) / TABLE_ROWS;
    for (size_t i = 0; i < rates->count; i += each) {
        struct timeline_step sum = {0};
        for (size_t j = i; j < i + each && j < rates->count; j++)
            timeline_add(&sum, &rates->steps[j]);
        (void)buf_printf(out,
                         "\n<tr><td class=\"r\">%.0f</td><td class=\"r\">%s"
                         "</td><td class=\"r\">%s</td><td class=\"r\">%.4g</td>"
                         "</tr>",
                         (double)i * rates->step_s,
                         units_format_count(sum.sent).text,
                         units_format_count(sum.refused).text, sum.cap_per_s);
    }
}

void account_chart_rates(struct buf *values, const struct summary *summary)
{
    struct rates rates;
    if (summary->timeline->count == 0)
        return;
    init_rates(&rates, summary);
    int64_t end_ns = (int64_t)(rates.end_s * 1e9);
    set_steps(values, "sent_area", &rates, SENT);
    set_steps(values, "refused_area", &rates, REFUSED);
    set_steps(values, "cap_line", &rates, CAP);
    account_set(values, "rate_half",
                units_format_rate(rates.top_per_s / 2).text);
    account_set(values, "rate_top", units_format_rate(rates.top_per_s).text);
    account_set(values, "time_half", units_format_duration(end_ns / 2).text);
    account_set(values, "time_end", units_format_duration(end_ns).text);
    account_begin(values, "rates");
    put_rates(values, &rates);
}

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

static struct units_text latency_text(double us)
{
    if (us < 1e3)
        return units_printf("%.3g \xc2\xb5s", us);
    if (us < 1e6)
        return units_printf("%.3g ms", us / 1e3);
    return units_printf("%.3g s", us / 1e6);
}

static void put_axis(struct buf *out, const struct bands *bands)
{
    static const double parts[] = {1, 2, 5};
    size_t every = bands->end - bands->first > 28 ? 3 : 1;
    for (int power = 0; power < 10; power++) {
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i += every) {
            double us = pow(10, power) * parts[i];
            double at = band_place(bands, us);
            if (at >= 1 && at <= 97)
                (void)buf_printf(
                    out, "\n<span class=\"x\" style=\"left:%.2f%%\">%s</span>",
                    at, latency_text(us).text);
        }
    }
}

static void put_bars(struct buf *out, const struct bands *bands)
{
    double width = 100 / (double)(bands->end - bands->first);
    for (size_t i = bands->first; i < bands->end; i++) {
        double height = BAR_MOST * (double)bands->counts[i] /
                        (double)bands->most;
        if (bands->counts[i] > 0)
            (void)buf_printf(out, "M%.4g 100V%.4gh%.4gV100Z",
                             ((double)(i - bands->first) + 0.04) * width,
                             100 - height, width * 0.92);
    }
}

/* The percentiles as lines or, over them, as labels: each lower than the one
 * before, since they may stand close together. */
static void put_points(struct buf *out, const struct stats *stats,
                       const struct bands *bands, bool labels)
{
    for (size_t i = 0; i < ACCOUNT_POINTS; i++) {
        const struct account_point *point = &account_points[i];
        double us = (double)stats_latency_ns(stats, point->share) / 1e3;
        double at = band_place(bands, us);
        size_t top = 2 + 9 * i;
        if (labels)
            (void)buf_printf(out,
                             "\n<span class=\"p%s\" style=\"left:%.2f%%;"
                             "top:%zu%%\">%s %s</span>",
                             at > 75 ? " left" : "", at, top, point->name,
                             latency_text(us).text);
        else
            (void)buf_printf(out, "\n<path class=\"at\" d=\"M%.2f %zuV100\"/>",
                             at, top);
    }
}

static void put_latencies(struct buf *out, const struct stats *stats,
                          const struct bands *bands)
{
    for (size_t i = bands->first; i < bands->end; i++) {
        uint64_t count = bands->counts[i];
        double from_us = (double)stats_bucket_us(i * BAND);
        if (count > 0)
            (void)buf_printf(out,
                             "\n<tr><td class=\"r\">%s</td><td class=\"r\">%s"
                             "</td><td class=\"r\">%s</td></tr>",
                             latency_text(from_us).text,
                             units_format_count(count).text,
                             account_share(count, stats->latency_count).text);
    }
}

void account_chart_latencies(struct buf *values, const struct stats *stats)
{
    if (stats->latency_count == 0)
        return;
    struct bands bands = make_bands(stats);
    double most = 100 * (double)bands.most / (double)stats->latency_count;
    account_set(values, "replies",
                units_format_count(stats->latency_count).text);
    account_begin(values, "bars");
    put_bars(values, &bands);
    account_set(values, "bar_half", units_printf("%.3g %%", most / 2).text);
    account_set(values, "bar_most", units_printf("%.3g %%", most).text);
    account_begin(values, "axis");
    put_axis(values, &bands);
    account_begin(values, "point_lines");
    put_points(values, stats, &bands, false);
    account_begin(values, "point_labels");
    put_points(values, stats, &bands, true);
    account_begin(values, "latencies");
    put_latencies(values, stats, &bands);
}

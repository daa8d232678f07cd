/*
 * How far the run is, for people.
 *
 * Responsible for what the line says, what goes when it must be short, and
 * when it is shown; not for counting, nor for how a terminal's line is wiped
 * (diag.c). The invariant: a line in place is narrower than the terminal, so
 * that it never wraps.
 *
 * Rates are of late: since the oldest of eight samples. A sample is taken
 * when the last one is a second old and something happened since, so that
 * they span about eight seconds, and more when little is sent (10/h). In a
 * stall the rate sinks and the time left grows.
 *
 * Worked example: 1,000 rows were taken, which was 5 % of the input's bytes,
 * and 950 of them are done, 760 in the last 8 s. So there are 20,000 rows;
 * 4 % is done, and at 95/s the 19,050 others take 201 s.
 */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "diag.h"
#include "units.h"

enum {
    LIVE_MS = 250,
    PLAIN_MS = 30000,
    COLUMNS = 80, /* where a terminal does not say */
    PART_BYTES = 64,
    LINE_BYTES = 2048 /* more than all parts */
};

static const uint64_t SAMPLE_NS = UNITS_NS_PER_S;
static const double LEFT_MOST_S = 1e8; /* three years: nobody waits for that */

/* What the line is made of, in reading order. */
enum part {
    ROWS,
    TOTAL,
    ELAPSED,
    SHARE,
    ONLINE,
    OFFLINE,
    FAILED,
    REFUSED,
    RETRIED,
    REQUESTS,
    RATE,
    CAP,
    LEFT,
    PARTS
};

/* In this order they find a place. */
static const enum part by_rank[PARTS] = {
    ROWS,    SHARE, LEFT,  RATE,    FAILED,   REFUSED, ONLINE,
    OFFLINE, CAP,   TOTAL, ELAPSED, REQUESTS, RETRIED,
};

/* What should better not be is coloured: red, yellow. */
static const char *const colors[PARTS] = {
    [FAILED] = "\x1b[31m",
    [REFUSED] = "\x1b[33m",
};
static const char uncolored[] = "\x1b[0m";

struct parts {
    char text[PARTS][PART_BYTES]; /* ASCII; "": absent */
    bool chosen[PARTS];
};

static const char *before(enum part part)
{
    switch (part) {
    case ROWS:
        return "";
    case ELAPSED:
        return " after ";
    case TOTAL:
    case CAP:
        return " of ";
    default:
        return ", ";
    }
}

static void set(struct parts *parts, enum part part, const char *text,
                const char *after)
{
    (void)snprintf(parts->text[part], PART_BYTES, "%s%s", text, after);
}

static void set_count(struct parts *parts, enum part part, uint64_t count,
                      const char *after)
{
    if (count > 0 || part == ROWS)
        set(parts, part, units_format_count(count).text, after);
}

/* Whole seconds: tenths would only flicker. */
static void set_duration(struct parts *parts, enum part part, double seconds)
{
    struct units_text text = units_format_duration((int64_t)(seconds * 1e9));
    if (seconds < 60)
        (void)snprintf(text.text, sizeof text.text, "%.0f s", seconds);
    set(parts, part, text.text, part == LEFT ? " left" : "");
}

static const struct progress_sample *newest(const struct progress *progress)
{
    return &progress->samples[progress->newest % PROGRESS_SAMPLES];
}

static const struct progress_sample *oldest(const struct progress *progress)
{
    unsigned at = progress->newest + 1;
    return &progress
                ->samples[at < PROGRESS_SAMPLES ? 0 : at % PROGRESS_SAMPLES];
}

/* Rows done by this run: an earlier one's come all at once. */
static uint64_t own_rows(const struct stats *stats)
{
    return stats->rows - stats->earlier;
}

/* How much is done of how much, and when it will be all. */
static void set_share(struct parts *parts, const struct progress *progress,
                      const struct progress_facts *facts)
{
    uint64_t done = facts->stats->rows;
    double total = (double)facts->rows / facts->taken;
    const struct progress_sample *since = oldest(progress);
    if (facts->rows == 0 || done > facts->rows)
        return;
    char percent[PART_BYTES / 2];
    (void)snprintf(percent, sizeof percent, "%d",
                   (int)(100 * (double)done / total));
    set(parts, SHARE, percent, " %");
    if (facts->taken >= 1)
        set_count(parts, TOTAL, facts->rows, "");
    double span_s = (double)(facts->now_ns - since->at_ns) / 1e9;
    uint64_t own = own_rows(facts->stats);
    double left_s = (total - (double)done) * span_s /
                    (double)(own - since->rows);
    if (own > since->rows && left_s > 0 && left_s < LEFT_MOST_S)
        set_duration(parts, LEFT, left_s);
}

static void set_all(struct parts *parts, const struct progress *progress,
                    const struct progress_facts *facts)
{
    const struct stats *stats = facts->stats;
    const struct progress_sample *since = oldest(progress);
    double span_s = (double)(facts->now_ns - since->at_ns) / 1e9;
    set_count(parts, ROWS, stats->rows, stats->rows == 1 ? " row" : " rows");
    set_duration(parts, ELAPSED,
                 (double)(facts->now_ns - facts->started_ns) / 1e9);
    if (facts->taken > 0)
        set_share(parts, progress, facts);
    set_count(parts, ONLINE, stats->online, " online");
    set_count(parts, OFFLINE, stats->offline, " offline");
    set_count(parts, FAILED, stats_failed_rows(stats), " failed");
    set_count(parts, REFUSED, stats->refused, " x 429");
    set_count(parts, RETRIED, stats->retried, " retried");
    set_count(parts, REQUESTS, stats->sent,
              stats->sent == 1 ? " request" : " requests");
    if (span_s <= 0)
        return;
    double per_s = (double)(stats->sent - since->sent) / span_s;
    set(parts, RATE, units_format_rate(per_s).text, "");
    set(parts, CAP, units_format_rate(facts->cap_per_s).text, "");
}

/* The most important parts that fit. */
static void choose(struct parts *parts, size_t width)
{
    for (size_t i = 0; i < PARTS; i++) {
        enum part part = by_rank[i];
        size_t need = strlen(before(part)) + strlen(parts->text[part]);
        if (!*parts->text[part])
            continue;
        if (need > width)
            break;
        width -= need;
        parts->chosen[part] = true;
    }
}

void progress_line(const struct progress *progress,
                   const struct progress_facts *facts, size_t width, bool color,
                   struct buf *line)
{
    struct parts parts = {.chosen = {false}};
    set_all(&parts, progress, facts);
    choose(&parts, width);
    for (enum part i = 0; i < PARTS; i++) {
        const char *tint = color ? colors[i] : NULL;
        if (parts.chosen[i])
            (void)buf_printf(line, "%s%s%s%s", before(i), tint ? tint : "",
                             parts.text[i], tint ? uncolored : "");
    }
    (void)buf_putc(line, '\0');
}

unsigned progress_init(struct progress *progress, enum progress_when when,
                       bool rows_shown, const struct progress_facts *facts)
{
    bool terminal = isatty(STDERR_FILENO) == 1;
    bool wanted = when == PROGRESS_ALWAYS ||
                  (when == PROGRESS_AUTO && !rows_shown &&
                   (terminal || diag_verbose()));
    *progress = (struct progress){.live = diag_can_move()};
    progress->samples[0] = (struct progress_sample){
        facts->now_ns, facts->stats->sent, own_rows(facts->stats)};
    if (!wanted)
        return 0;
    return progress->live ? LIVE_MS : PLAIN_MS;
}

static void sample(struct progress *progress,
                   const struct progress_facts *facts)
{
    const struct progress_sample *last = newest(progress);
    const struct stats *stats = facts->stats;
    if (facts->now_ns - last->at_ns < SAMPLE_NS ||
        (stats->sent == last->sent && own_rows(stats) == last->rows))
        return;
    progress->newest++;
    progress->samples[progress->newest % PROGRESS_SAMPLES] =
        (struct progress_sample){facts->now_ns, stats->sent, own_rows(stats)};
}

void progress_tell(struct progress *progress,
                   const struct progress_facts *facts)
{
    struct buf line;
    buf_init(&line, LINE_BYTES);
    progress_line(progress, facts, LINE_BYTES, false, &line);
    sample(progress, facts);
    diag_tell("%s", line.data);
    buf_release(&line);
}

void progress_show(struct progress *progress,
                   const struct progress_facts *facts)
{
    struct winsize size = {0};
    if (diag_in_background())
        return;
    if (!progress->live) {
        progress_tell(progress, facts);
        return;
    }
    int failed = ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
    size_t columns = failed || size.ws_col == 0 ? COLUMNS : size.ws_col;
    struct buf line;
    buf_init(&line, LINE_BYTES);
    progress_line(progress, facts, columns - 1, diag_color(), &line);
    sample(progress, facts);
    diag_live(line.data);
    buf_release(&line);
}

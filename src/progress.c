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
    PARTS = 13,
    PART_BYTES = 64,
    LINE_BYTES = 2048 /* more than all parts */
};

static const char red[] = "\x1b[31m";
static const char yellow[] = "\x1b[33m";
static const char uncolored[] = "\x1b[0m";
static const uint64_t SAMPLE_NS = UNITS_NS_PER_S;
static const double LEFT_MOST_S = 1e8; /* three years: nobody waits for that */

/* What the line is made of, in reading order. */
struct part {
    unsigned rank; /* in this order they find a place, from 0 */
    const char *before;
    const char *color; /* NULL: none */
    char text[PART_BYTES];
    bool chosen;
};

struct parts {
    struct part list[PARTS];
    size_t count;
};

static struct part *add(struct parts *parts, unsigned rank, const char *before,
                        const char *text, const char *after)
{
    struct part *part = &parts->list[parts->count++];
    *part = (struct part){.rank = rank, .before = before};
    (void)snprintf(part->text, sizeof part->text, "%s%s", text, after);
    return part;
}

/* What should better not be is coloured. */
static void add_count(struct parts *parts, unsigned rank, uint64_t count,
                      const char *after, const char *color)
{
    if (count > 0)
        add(parts, rank, ", ", units_format_count(count).text, after)->color =
            color;
}

/* Whole seconds: tenths would only flicker. */
static struct units_text duration_text(double seconds)
{
    return seconds < 60 ? units_printf("%.0f s", seconds)
                        : units_format_duration((int64_t)(seconds * 1e9));
}

static const struct progress_sample *newest(const struct progress *progress)
{
    return &progress->samples[progress->newest % PROGRESS_SAMPLES];
}

static const struct progress_sample *oldest(const struct progress *progress)
{
    unsigned at = progress->newest + 1;
    unsigned place = at < PROGRESS_SAMPLES ? 0 : at % PROGRESS_SAMPLES;
    return &progress->samples[place];
}

/* Rows done by this run: an earlier one's come all at once. */
static uint64_t own_rows(const struct stats *stats)
{
    return stats->rows - stats->earlier;
}

/* How many rows there will be; 0: that is not known. */
static double all_rows(const struct progress_facts *facts)
{
    return facts->taken > 0 && facts->stats->rows <= facts->rows
               ? (double)facts->rows / facts->taken
               : 0;
}

/* When all will be done; 0: that is not known, or will be never. */
static double left_s(const struct progress *progress,
                     const struct progress_facts *facts)
{
    const struct progress_sample *since = oldest(progress);
    uint64_t own = own_rows(facts->stats) - since->rows;
    double span_s = (double)(facts->now_ns - since->at_ns) / 1e9;
    double left = all_rows(facts) - (double)facts->stats->rows;
    double seconds = own > 0 ? left * span_s / (double)own : 0;
    return seconds < LEFT_MOST_S ? seconds : 0;
}

static void add_all(struct parts *parts, const struct progress *progress,
                    const struct progress_facts *facts)
{
    const struct stats *stats = facts->stats;
    const struct progress_sample *since = oldest(progress);
    double elapsed_s = (double)(facts->now_ns - facts->started_ns) / 1e9;
    double span_s = (double)(facts->now_ns - since->at_ns) / 1e9;
    double all = all_rows(facts);
    add(parts, 0, "", units_format_count(stats->rows).text,
        stats->rows == 1 ? " row" : " rows");
    if (all > 0 && facts->taken >= 1)
        add(parts, 9, " of ", units_format_count(facts->rows).text, "");
    add(parts, 10, " after ", duration_text(elapsed_s).text, "");
    if (all > 0) {
        int percent = (int)(100 * (double)stats->rows / all);
        add(parts, 1, ", ", units_printf("%d", percent).text, " %");
    }
    add_count(parts, 6, stats->online, " online", NULL);
    add_count(parts, 7, stats->offline, " offline", NULL);
    add_count(parts, 4, stats_failed_rows(stats), " failed", red);
    add_count(parts, 5, stats->refused, " x 429", yellow);
    add_count(parts, 12, stats->retried, " retried", NULL);
    add_count(parts, 11, stats->sent,
              stats->sent == 1 ? " request" : " requests", NULL);
    if (span_s > 0) {
        double per_s = (double)(stats->sent - since->sent) / span_s;
        add(parts, 3, ", ", units_format_rate(per_s).text, "");
        add(parts, 8, " of ", units_format_rate(facts->cap_per_s).text, "");
    }
    double left = left_s(progress, facts);
    if (left > 0)
        add(parts, 2, ", ", duration_text(left).text, " left");
}

/* The most important parts that fit. */
static void choose(struct parts *parts, size_t width)
{
    for (unsigned rank = 0; rank < PARTS; rank++) {
        for (size_t i = 0; i < parts->count; i++) {
            struct part *part = &parts->list[i];
            size_t need = strlen(part->before) + strlen(part->text);
            if (part->rank != rank)
                continue;
            if (need > width)
                return;
            width -= need;
            part->chosen = true;
        }
    }
}

void progress_line(const struct progress *progress,
                   const struct progress_facts *facts, size_t width, bool color,
                   struct buf *line)
{
    struct parts parts = {.count = 0};
    add_all(&parts, progress, facts);
    choose(&parts, width);
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = &parts.list[i];
        bool tinted = color && part->color;
        if (part->chosen)
            (void)buf_printf(line, "%s%s%s%s", part->before,
                             tinted ? part->color : "", part->text,
                             tinted ? uncolored : "");
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

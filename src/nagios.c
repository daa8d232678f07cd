/*
 * A summary as Nagios and its kin want it.
 *
 * Responsible for believing nothing that looks odd, and for the mapping of
 * exit codes to states. The line is made of words of our own and of numbers
 * only: no text of the file gets into it. The states:
 *
 *     0 OK        every row has an answer
 *     1 WARNING   finished, some rows carry an error
 *     3 4 5 6     CRITICAL: it could not do its work, or a condition holds
 *     signals     UNKNOWN: somebody ended it
 */
#include "nagios.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "account_view.h"
#include "diag.h"
#include "file.h"
#include "json.h"
#include "units.h"

static const int64_t STALE_MS = INT64_C(26) * 3600 * 1000;
static const int64_t AHEAD_MS = INT64_C(3600) * 1000; /* clocks differ */

struct facts {
    struct account_count counts[ACCOUNT_COUNTS];
    double exit_code;
    int64_t finished_ms;
    double duration_s;
    double p50_ms; /* -1: none */
};

static const struct {
    int exit_code;
    enum nagios_state state;
    const char *says;
} mappings[] = {
    {0, NAGIOS_OK, NULL},
    {STATUS_ROWS, NAGIOS_WARNING, NULL},
    {STATUS_IO, NAGIOS_CRITICAL, "a file could not be read or written"},
    {STATUS_LOGIN, NAGIOS_CRITICAL, "login or permission refused"},
    {STATUS_GAVE_UP, NAGIOS_CRITICAL, "gave up before the end"},
    {STATUS_CONDITION, NAGIOS_CRITICAL, "a --fail-if condition holds"},
    {129, NAGIOS_UNKNOWN, "ended by SIGHUP"},
    {130, NAGIOS_UNKNOWN, "ended by SIGINT"},
    {131, NAGIOS_UNKNOWN, "ended by SIGQUIT"},
    {143, NAGIOS_UNKNOWN, "ended by SIGTERM"},
    {141, NAGIOS_UNKNOWN, "ended because nobody read its output"},
};

static const char foreign_file[] = "the file is no summary of mqstat";
static const char *const state_names[] = {"OK", "WARNING", "CRITICAL",
                                          "UNKNOWN"};

static int take_number(const cJSON *item, double *number)
{
    if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble) ||
        item->valuedouble < 0 || item->valuedouble > 0x1p53)
        return -1;
    *number = item->valuedouble;
    return 0;
}

/* Where the counts stand is told by an empty summary's. */
static int take_counts(const cJSON *root, struct account_count *counts)
{
    static const struct stats none;
    account_counts(&(struct summary){.stats = &none}, counts);
    for (size_t i = 0; i < ACCOUNT_COUNTS; i++) {
        const cJSON *object = json_member(root, counts[i].object);
        double number;
        if (take_number(json_member(object, counts[i].name), &number) ||
            number != floor(number))
            return -1;
        counts[i].value = (uint64_t)number;
    }
    return counts[ACCOUNT_TOTAL].value == counts[ACCOUNT_ONLINE].value +
                                              counts[ACCOUNT_OFFLINE].value +
                                              counts[ACCOUNT_FAILED].value
               ? 0
               : -1;
}

static int take_facts(const cJSON *root, struct facts *facts)
{
    const cJSON *format = json_member(root, "format");
    const cJSON *finished = json_member(root, "finished_at");
    const cJSON *p50 = json_member(json_member(root, "latency_ms"), "p50");
    if (!cJSON_IsString(format) || !cJSON_IsString(finished) ||
        strcmp(format->valuestring, ACCOUNT_JSON_FORMAT) != 0 ||
        units_parse_time(finished->valuestring, strlen(finished->valuestring),
                         &facts->finished_ms) ||
        take_number(json_member(root, "exit_code"), &facts->exit_code) ||
        take_number(json_member(root, "duration_s"), &facts->duration_s))
        return -1;
    facts->p50_ms = -1;
    if (!cJSON_IsNull(p50) && take_number(p50, &facts->p50_ms))
        return -1;
    return take_counts(root, facts->counts);
}

/* Reads it all; -1 with errno, EFBIG for more than a summary can be. */
static int read_file(const char *file, struct buf *text)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -1;
    ssize_t got = file_read_all(fd, buf_reserve(text, text->max), text->max);
    text->len = got > 0 ? (size_t)got : 0;
    int cause = text->len < text->max ? errno : EFBIG;
    (void)close(fd); /* read-only */
    errno = cause;
    return got < 0 || text->len == text->max ? -1 : 0;
}

static enum nagios_state unknown(struct buf *line, const char *what,
                                 const char *why)
{
    (void)buf_printf(line, "MQSTAT UNKNOWN - %s%s\n", what, why);
    return NAGIOS_UNKNOWN;
}

/* Maximum and minimum of a part are told so that graphs know the whole. */
static void put_performance(struct buf *line, const struct facts *facts)
{
    (void)buf_puts(line, " |");
    for (size_t i = 0; i < ACCOUNT_COUNTS; i++) {
        const struct account_count *count = &facts->counts[i];
        if (!count->nagios)
            continue;
        (void)buf_printf(line, " %s=%" PRIu64 ";;;0;", count->nagios,
                         count->value);
        if (i <= ACCOUNT_FAILED)
            (void)buf_printf(line, "%" PRIu64,
                             facts->counts[ACCOUNT_TOTAL].value);
    }
    (void)buf_printf(line, " duration=%.3fs;;;0;", facts->duration_s);
    if (facts->p50_ms >= 0)
        (void)buf_printf(line, " latency_p50=%.6fs;;;0;", facts->p50_ms / 1e3);
    (void)buf_putc(line, '\n');
}

static enum nagios_state judge(const struct facts *facts, struct buf *line)
{
    size_t i = 0;
    while (i < sizeof mappings / sizeof mappings[0] &&
           mappings[i].exit_code != facts->exit_code)
        i++;
    if (i == sizeof mappings / sizeof mappings[0])
        return unknown(line, foreign_file, "");
    uint64_t total = facts->counts[ACCOUNT_TOTAL].value;
    uint64_t online = facts->counts[ACCOUNT_ONLINE].value;
    uint64_t failed = facts->counts[ACCOUNT_FAILED].value;
    double share = total > 0 ? 100.0 * (double)online / (double)total : 0;
    (void)buf_printf(
        line, "MQSTAT %s - %s%s%s of %s online (%.2f %%), %s error%s",
        state_names[mappings[i].state],
        mappings[i].says ? mappings[i].says : "", mappings[i].says ? ": " : "",
        units_format_count(online).text, units_format_count(total).text, share,
        units_format_count(failed).text, failed == 1 ? "" : "s");
    put_performance(line, facts);
    return mappings[i].state;
}

enum nagios_state nagios_check(const char *file, int64_t now_ms,
                               struct buf *line)
{
    struct buf text;
    struct facts facts;
    char ignored[JSON_WHY_BYTES];
    buf_init(&text, ACCOUNT_VIEW_MAX_BYTES);
    int failed = read_file(file, &text);
    const char *why = strerror(errno);
    cJSON *root = failed ? NULL : json_parse(text.data, text.len, ignored);
    bool foreign = !root || take_facts(root, &facts);
    cJSON_Delete(root);
    buf_release(&text);
    if (failed)
        return unknown(line, "the summary cannot be read: ", why);
    if (foreign)
        return unknown(line, foreign_file, "");
    if (now_ms - facts.finished_ms > STALE_MS)
        return unknown(line, "the last run ended more than 26 hours ago", "");
    if (facts.finished_ms - now_ms > AHEAD_MS)
        return unknown(line, "the last run ends in the future", "");
    return judge(&facts, line);
}

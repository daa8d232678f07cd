/*
 * Option values: from text into struct options and back.
 *
 * Responsible for each type's set and show and for ranges; prints nothing,
 * wherever the text came from. What show writes, set reads to the same
 * value. A set that returns -1 has changed nothing.
 */
#include "options_table.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fail_if.h"
#include "units.h"

#define RATE_MIN (1.0 / 3600) /* 1/h */
#define RATE_MAX 1e6

static const uint64_t SHARDS_MAX = 999999;

/* How a type is read and shown; field is the row's. */
struct option_kind {
    int (*set)(void *field, const struct option *option, const char *text);
    void (*show)(const void *field, const struct option *option,
                 struct buf *text);
};

/* Fields that hold an int, an enum or a bool. */
static int load(const void *field, const struct option *option)
{
    return option->size == sizeof(bool) ? *(const bool *)field
                                        : *(const int *)field;
}

static void store(void *field, const struct option *option, int value)
{
    if (option->size == sizeof(bool))
        *(bool *)field = value != 0;
    else
        *(int *)field = value;
}

/* Reads a switch: 1, 0, or -1 for what is none. */
static int parse_switch(const char *text)
{
    static const char *const words[] = {"0", "1", "false", "true", "no", "yes"};
    for (int i = 0; i < (int)(sizeof words / sizeof words[0]); i++) {
        if (strcasecmp(text, words[i]) == 0)
            return i % 2;
    }
    return -1;
}

/* "No": as if not given; of two that share a field, the other's stays. */
static int set_flag(void *field, const struct option *option, const char *text)
{
    int on = parse_switch(text);
    if (on < 0)
        return -1;
    if (on)
        store(field, option, option->on);
    else if (load(field, option) == option->on)
        store(field, option, 0);
    return 0;
}

static void show_flag(const void *field, const struct option *option,
                      struct buf *text)
{
    bool on = load(field, option) == option->on;
    (void)buf_puts(text, on ? "yes" : "no");
}

static int keep(void *field, const char *text)
{
    const char **value = field;
    *value = text;
    return 0;
}

/* A value left out is "", and a switch says it. */
static int set_text(void *field, const struct option *option, const char *text)
{
    const char *first = option->word ? option->word : "";
    if (*text == '\0' || strncmp(text, first, strlen(first)) != 0)
        return -1;
    int on = option->traits & OPTION_OPTIONAL ? parse_switch(text) : -1;
    if (on >= 0)
        text = on ? "" : NULL;
    return keep(field, text);
}

static int set_condition(void *field, const struct option *option,
                         const char *text)
{
    (void)option;
    return fail_if_valid(text) ? keep(field, text) : -1;
}

static void show_text(const void *field, const struct option *option,
                      struct buf *text)
{
    const char *const *value = field;
    (void)option;
    if (*value)
        (void)buf_puts(text, **value ? *value : "yes");
}

static int set_choice(void *field, const struct option *option,
                      const char *text)
{
    for (size_t i = 0; i < option->n_choices; i++) {
        if (option->choices[i] && strcmp(option->choices[i], text) == 0) {
            store(field, option, (int)i);
            return 0;
        }
    }
    return -1;
}

static void show_choice(const void *field, const struct option *option,
                        struct buf *text)
{
    const char *word = option->choices[load(field, option)];
    (void)buf_puts(text, word ? word : "");
}

static bool in_range(const struct option *option, double value)
{
    return value >= option->min && value <= option->max;
}

static int set_count(void *field, const struct option *option, const char *text)
{
    uint64_t *count = field;
    uint64_t value = 0;
    bool word = option->word && strcmp(text, option->word) == 0;
    if (!word &&
        (units_parse_count(text, &value) || !in_range(option, (double)value)))
        return -1;
    *count = value;
    return 0;
}

static void show_count(const void *field, const struct option *option,
                       struct buf *text)
{
    const uint64_t *count = field;
    if (*count > 0 || option->min <= 0)
        (void)buf_printf(text, "%" PRIu64, *count);
    else
        (void)buf_puts(text, option->word ? option->word : "");
}

static int set_duration(void *field, const struct option *option,
                        const char *text)
{
    int64_t *ns = field;
    int64_t value;
    if (units_parse_duration(text, &value) || !in_range(option, (double)value))
        return -1;
    *ns = value;
    return 0;
}

static void show_duration(const void *field, const struct option *option,
                          struct buf *text)
{
    const int64_t *ns = field;
    (void)option;
    if (*ns > 0)
        (void)buf_puts(text, units_exact_duration(*ns).text);
}

static int set_rate(void *field, const struct option *option, const char *text)
{
    double *rate = field;
    double value;
    (void)option;
    if (units_parse_rate(text, &value) || value < RATE_MIN || value > RATE_MAX)
        return -1;
    *rate = value;
    return 0;
}

static void show_rate(const void *field, const struct option *option,
                      struct buf *text)
{
    const double *rate = field;
    (void)option;
    if (*rate > 0)
        (void)buf_puts(text, units_exact_rate(*rate).text);
}

static int set_pace(void *field, const struct option *option, const char *text)
{
    struct adapt_settings *adapt = field;
    bool search = strcmp(text, "auto") == 0;
    if (search)
        adapt->rate_per_s = option_defaults.adapt.rate_per_s;
    else if (set_rate(&adapt->rate_per_s, option, text))
        return -1;
    adapt->search = search;
    return 0;
}

static void show_pace(const void *field, const struct option *option,
                      struct buf *text)
{
    const struct adapt_settings *adapt = field;
    if (adapt->search)
        (void)buf_puts(text, "auto");
    else
        show_rate(&adapt->rate_per_s, option, text);
}

/* With or without its sign, and short enough to be shown whole. */
static int set_share(void *field, const struct option *option, const char *text)
{
    double *share = field;
    size_t len = strcspn(text, "%");
    double percent;
    (void)option;
    if (len > 15 || (text[len] && text[len + 1]) ||
        units_parse_percent(text, len, &percent))
        return -1;
    *share = percent / 100;
    return 0;
}

/* Never with an exponent, which nobody reads. */
static void show_share(const void *field, const struct option *option,
                       struct buf *text)
{
    const double *share = field;
    char number[24];
    (void)option;
    int len = snprintf(number, sizeof number, "%.13f", *share * 100);
    while (number[len - 1] == '0')
        len--;
    len -= number[len - 1] == '.';
    (void)buf_printf(text, "%.*s%%", len, number);
}

/* Three octal digits, or four with a leading 0: no set-user-ID and such. */
static int set_mode(void *field, const struct option *option, const char *text)
{
    size_t len = strspn(text, "01234567");
    if (text[len] || (len != 3 && (len != 4 || *text != '0')))
        return -1;
    int mode = (int)strtol(text, NULL, 8);
    if ((mode & 0600) != 0600)
        return -1;
    store(field, option, mode);
    return 0;
}

static void show_mode(const void *field, const struct option *option,
                      struct buf *text)
{
    int mode = load(field, option);
    if (mode >= 0)
        (void)buf_printf(text, "%04o", (unsigned)mode);
}

/* Any @, since a password that was not percent-encoded may hold slashes. */
static int set_url(void *field, const struct option *option, const char *text)
{
    (void)option;
    return *text && !strchr(text, '@') ? keep(field, text) : -1;
}

/* A login cannot have come in; if one has, it does not go out. */
static void show_url(const void *field, const struct option *option,
                     struct buf *text)
{
    const char *const *url = field;
    const char *login_end = *url ? strrchr(*url, '@') : NULL;
    if (login_end)
        (void)buf_printf(text, "***%s", login_end);
    else
        show_text(field, option, text);
}

/* Skips a host, in brackets when it holds colons, or none. */
static const char *skip_host(const char *at)
{
    if (*at != '[')
        return at + strcspn(at, ":");
    at += strcspn(at, "]");
    return at + (*at == ']');
}

/* Each part may be empty, as in libcurl's CURLOPT_CONNECT_TO. */
static int set_address(void *field, const struct option *option,
                       const char *text)
{
    const char *at = text;
    (void)option;
    for (int part = 0; part < 4; part++) {
        uint64_t port;
        size_t len = strspn(at, "0123456789");
        if (part % 2 == 1 && len > 0 &&
            units_parse_digits(at, len, 65535, &port))
            return -1;
        at = part % 2 == 0 ? skip_host(at) : at + len;
        if (*at != (part < 3 ? ':' : '\0'))
            return -1;
        at += part < 3;
    }
    return keep(field, text);
}

static int set_delimiter(void *field, const struct option *option,
                         const char *text)
{
    char *delimiter = field;
    (void)option;
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        text = "\t";
    if (!*text || text[1] || strchr("\"\r\n", *text) || (*text & 0x80))
        return -1;
    *delimiter = *text;
    return 0;
}

static void show_delimiter(const void *field, const struct option *option,
                           struct buf *text)
{
    const char *delimiter = field;
    (void)option;
    if (*delimiter == '\t')
        (void)buf_puts(text, "tab");
    else
        (void)buf_putc(text, *delimiter ? *delimiter : ',');
}

static int set_shard(void *field, const struct option *option, const char *text)
{
    struct run_shard *shard = field;
    struct run_shard found;
    (void)option;
    size_t len = strcspn(text, "/");
    const char *rest = text[len] ? text + len + 1 : "";
    if (units_parse_digits(text, len, SHARDS_MAX, &found.part) ||
        units_parse_digits(rest, strlen(rest), SHARDS_MAX, &found.parts) ||
        found.part < 1 || found.part > found.parts)
        return -1;
    *shard = found;
    return 0;
}

static void show_shard(const void *field, const struct option *option,
                       struct buf *text)
{
    const struct run_shard *shard = field;
    (void)option;
    if (shard->part > 0)
        (void)buf_printf(text, "%" PRIu64 "/%" PRIu64, shard->part,
                         shard->parts);
}

/* A share with its sign, else a number of rows. */
static int set_sample(void *field, const struct option *option,
                      const char *text)
{
    struct sample_settings *sample = field;
    struct sample_settings drawn = {.seed = sample->seed};
    int failed = strchr(text, '%') ? set_share(&drawn.share, option, text)
                                   : units_parse_count(text, &drawn.rows);
    if (failed || (drawn.share <= 0 && drawn.rows < 1) ||
        drawn.rows > SAMPLE_ROWS_MAX)
        return -1;
    *sample = drawn;
    return 0;
}

static void show_sample(const void *field, const struct option *option,
                        struct buf *text)
{
    const struct sample_settings *sample = field;
    if (sample->rows > 0)
        (void)buf_printf(text, "%" PRIu64, sample->rows);
    else if (sample->share > 0)
        show_share(&sample->share, option, text);
}

/* RFC 7617 section 2: no colon, no control characters. */
static int set_user(void *field, const struct option *option, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == ':' || iscntrl((unsigned char)*at))
            return -1;
    }
    return set_text(field, option, text);
}

static const struct option_kind kinds[OPTION_TYPES] = {
    [OPTION_FLAG] = {set_flag, show_flag},
    [OPTION_TEXT] = {set_text, show_text},
    [OPTION_CHOICE] = {set_choice, show_choice},
    [OPTION_COUNT] = {set_count, show_count},
    [OPTION_DURATION] = {set_duration, show_duration},
    [OPTION_RATE] = {set_rate, show_rate},
    [OPTION_SHARE] = {set_share, show_share},
    [OPTION_MODE] = {set_mode, show_mode},
    [OPTION_URL] = {set_url, show_url},
    [OPTION_ADDRESS] = {set_address, show_text},
    [OPTION_PACE] = {set_pace, show_pace},
    [OPTION_DELIMITER] = {set_delimiter, show_delimiter},
    [OPTION_SHARD] = {set_shard, show_shard},
    [OPTION_SAMPLE] = {set_sample, show_sample},
    [OPTION_USER] = {set_user, show_text},
    [OPTION_CONDITION] = {set_condition, show_text},
};

int option_read(struct options *options, const struct option *option,
                const char *text)
{
    return kinds[option->type].set((char *)options + option->offset, option,
                                   text);
}

void option_show(const struct options *options, const struct option *option,
                 struct buf *text)
{
    kinds[option->type].show((const char *)options + option->offset, option,
                             text);
}

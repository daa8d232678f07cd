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
#include <string.h>
#include <strings.h>

#include "fail_if.h"
#include "units.h"

#define RATE_MIN (1.0 / 3600) /* 1/h */
#define RATE_MAX 1e6

struct option_kind {
    int (*set)(struct options *options, const struct option *option,
               const char *text);
    void (*show)(const struct options *options, const struct option *option,
                 struct buf *text);
};

static void *field(struct options *options, const struct option *option)
{
    return (char *)options + option->offset;
}

static const void *const_field(const struct options *options,
                               const struct option *option)
{
    return (const char *)options + option->offset;
}

/* Fields that hold an int, an enum or a bool. */
static int load(const struct options *options, const struct option *option)
{
    bool flag;
    int number;
    if (option->size == sizeof flag) {
        memcpy(&flag, const_field(options, option), sizeof flag);
        return flag;
    }
    memcpy(&number, const_field(options, option), sizeof number);
    return number;
}

static void store(struct options *options, const struct option *option,
                  int value)
{
    bool flag = value != 0;
    if (option->size == sizeof flag)
        memcpy(field(options, option), &flag, sizeof flag);
    else
        memcpy(field(options, option), &value, sizeof value);
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
static int set_flag(struct options *options, const struct option *option,
                    const char *text)
{
    int on = parse_switch(text);
    if (on < 0)
        return -1;
    if (on)
        store(options, option, option->on);
    else if (load(options, option) == option->on)
        store(options, option, load(&option_defaults, option));
    return 0;
}

static void show_flag(const struct options *options,
                      const struct option *option, struct buf *text)
{
    bool on = load(options, option) == option->on;
    (void)buf_puts(text, on ? "yes" : "no");
}

static void set_pointer(struct options *options, const struct option *option,
                        const char *text)
{
    memcpy(field(options, option), &text, sizeof text);
}

static const char *pointer(const struct options *options,
                           const struct option *option)
{
    const char *text;
    memcpy(&text, const_field(options, option), sizeof text);
    return text;
}

/* A value left out is "", and a switch says it. */
static int set_text(struct options *options, const struct option *option,
                    const char *text)
{
    const char *first = option->word ? option->word : "";
    if (*text == '\0' || strncmp(text, first, strlen(first)) != 0 ||
        (option->type == OPTION_CONDITION && !fail_if_valid(text)))
        return -1;
    int on = option->traits & OPTION_OPTIONAL ? parse_switch(text) : -1;
    if (on >= 0)
        text = on ? "" : NULL;
    set_pointer(options, option, text);
    return 0;
}

static void show_text(const struct options *options,
                      const struct option *option, struct buf *text)
{
    const char *value = pointer(options, option);
    if (value)
        (void)buf_puts(text, *value ? value : "yes");
}

static int set_choice(struct options *options, const struct option *option,
                      const char *text)
{
    const struct option_choice *choice = option->choices;
    while (choice->name && strcmp(choice->name, text) != 0)
        choice++;
    if (!choice->name)
        return -1;
    store(options, option, choice->value);
    return 0;
}

static void show_choice(const struct options *options,
                        const struct option *option, struct buf *text)
{
    const struct option_choice *choice = option->choices;
    while (choice->name && choice->value != load(options, option))
        choice++;
    (void)buf_puts(text, choice->name ? choice->name : "");
}

static bool in_range(const struct option *option, double value)
{
    return value >= option->min && value <= option->max;
}

static int set_count(struct options *options, const struct option *option,
                     const char *text)
{
    uint64_t *count = field(options, option);
    uint64_t value;
    if (option->word && strcmp(text, option->word) == 0) {
        *count = 0;
        return 0;
    }
    if (units_parse_count(text, &value) || !in_range(option, (double)value))
        return -1;
    *count = value;
    return 0;
}

static void show_count(const struct options *options,
                       const struct option *option, struct buf *text)
{
    const uint64_t *count = const_field(options, option);
    if (*count > 0 || option->min <= 0)
        (void)buf_printf(text, "%" PRIu64, *count);
    else
        (void)buf_puts(text, option->word ? option->word : "");
}

static int set_duration(struct options *options, const struct option *option,
                        const char *text)
{
    int64_t *ns = field(options, option);
    int64_t value;
    if (units_parse_duration(text, &value) || !in_range(option, (double)value))
        return -1;
    *ns = value;
    return 0;
}

/* In the largest unit that makes it a whole number. */
void option_show_duration(int64_t ns, struct buf *text)
{
    static const struct {
        int64_t ms;
        const char *name;
    } units[] = {{86400000, "d"}, {3600000, "h"}, {60000, "m"}, {1000, "s"}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int64_t unit_ns = units[i].ms * UNITS_NS_PER_MS;
        if (ns % unit_ns == 0) {
            (void)buf_printf(text, "%" PRId64 "%s", ns / unit_ns,
                             units[i].name);
            return;
        }
    }
    (void)buf_printf(text, "%.12gms", (double)ns / (double)UNITS_NS_PER_MS);
}

static void show_duration(const struct options *options,
                          const struct option *option, struct buf *text)
{
    const int64_t *ns = const_field(options, option);
    if (*ns > 0)
        option_show_duration(*ns, text);
}

static int set_rate(struct options *options, const struct option *option,
                    const char *text)
{
    double *rate = field(options, option);
    double value;
    if (units_parse_rate(text, &value) || value < RATE_MIN || value > RATE_MAX)
        return -1;
    *rate = value;
    return 0;
}

/* Below one a second: in the unit that makes it at least one. */
static void show_rate(const struct options *options,
                      const struct option *option, struct buf *text)
{
    const double *rate = const_field(options, option);
    if (*rate >= 1)
        (void)buf_printf(text, "%.10g/s", *rate);
    else if (*rate >= 1.0 / 60)
        (void)buf_printf(text, "%.10g/m", *rate * 60);
    else if (*rate > 0)
        (void)buf_printf(text, "%.10g/h", *rate * 3600);
}

static int set_pace(struct options *options, const struct option *option,
                    const char *text)
{
    bool search = strcmp(text, "auto") == 0;
    if (search)
        options->adapt.rate_per_s = option_defaults.adapt.rate_per_s;
    else if (set_rate(options, option, text))
        return -1;
    options->adapt.search = search;
    return 0;
}

static void show_pace(const struct options *options,
                      const struct option *option, struct buf *text)
{
    if (options->adapt.search)
        (void)buf_puts(text, "auto");
    else
        show_rate(options, option, text);
}

/* With or without its sign; whatever units_parse_rate takes as a number. */
static int parse_share(const char *text, double *share)
{
    char number[16] = "";
    size_t len = strspn(text, "0123456789.");
    double value;
    if (len >= sizeof number || (text[len] && strcmp(text + len, "%") != 0))
        return -1;
    memcpy(number, text, len);
    if (units_parse_rate(number, &value) || value > 100)
        return -1;
    *share = value / 100;
    return 0;
}

static int set_share(struct options *options, const struct option *option,
                     const char *text)
{
    return parse_share(text, field(options, option));
}

/* Never with an exponent, which nobody reads. */
static void put_share(double share, struct buf *text)
{
    char number[24];
    int len = snprintf(number, sizeof number, "%.13f", share * 100);
    while (number[len - 1] == '0')
        len--;
    len -= number[len - 1] == '.';
    (void)buf_printf(text, "%.*s%%", len, number);
}

static void show_share(const struct options *options,
                       const struct option *option, struct buf *text)
{
    const double *share = const_field(options, option);
    put_share(*share, text);
}

/* Three octal digits, or four with a leading 0: no set-user-ID and such. */
static int set_mode(struct options *options, const struct option *option,
                    const char *text)
{
    size_t len = strlen(text);
    int mode = 0;
    if (len == 4 && *text == '0')
        text++;
    else if (len != 3)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '7')
            return -1;
        mode = mode * 8 + (*text - '0');
    }
    if ((mode & 0600) != 0600)
        return -1;
    store(options, option, mode);
    return 0;
}

static void show_mode(const struct options *options,
                      const struct option *option, struct buf *text)
{
    int mode = load(options, option);
    if (mode >= 0)
        (void)buf_printf(text, "%04o", (unsigned)mode);
}

/* Any @, since a password that was not percent-encoded may hold slashes. */
static int set_url(struct options *options, const struct option *option,
                   const char *text)
{
    if (!*text || strchr(text, '@'))
        return -1;
    set_pointer(options, option, text);
    return 0;
}

/* A login cannot have come in; if one has, it does not go out. */
static void show_url(const struct options *options, const struct option *option,
                     struct buf *text)
{
    const char *url = pointer(options, option);
    const char *login_end = url ? strrchr(url, '@') : NULL;
    if (login_end)
        (void)buf_printf(text, "***%s", login_end);
    else
        show_text(options, option, text);
}

/* Skips a host, in brackets when it holds colons, or none. */
static const char *skip_host(const char *at)
{
    if (*at != '[')
        return at + strcspn(at, ":");
    at += strcspn(at, "]");
    return at + (*at == ']');
}

static const char *skip_port(const char *at)
{
    unsigned long port = 0;
    for (; *at >= '0' && *at <= '9' && port <= 65535; at++)
        port = port * 10 + (unsigned long)(*at - '0');
    return port <= 65535 ? at : "?";
}

/* Each part may be empty, as in libcurl's CURLOPT_CONNECT_TO. */
static int set_address(struct options *options, const struct option *option,
                       const char *text)
{
    const char *at = text;
    for (int part = 0; part < 4; part++) {
        at = part % 2 == 0 ? skip_host(at) : skip_port(at);
        if (*at != (part < 3 ? ':' : '\0'))
            return -1;
        at += part < 3;
    }
    set_pointer(options, option, text);
    return 0;
}

static int set_delimiter(struct options *options, const struct option *option,
                         const char *text)
{
    char *delimiter = field(options, option);
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        text = "\t";
    if (!*text || text[1] || strchr("\"\r\n", *text) || (*text & 0x80))
        return -1;
    *delimiter = *text;
    return 0;
}

static void show_delimiter(const struct options *options,
                           const struct option *option, struct buf *text)
{
    const char *delimiter = const_field(options, option);
    if (*delimiter == '\t')
        (void)buf_puts(text, "tab");
    else
        (void)buf_putc(text, *delimiter ? *delimiter : ',');
}

/* Reads up to six digits; returns what follows, or NULL. */
static const char *parse_part(const char *text, uint64_t *part)
{
    size_t len = strspn(text, "0123456789");
    *part = 0;
    if (len == 0 || len > 6)
        return NULL;
    for (size_t i = 0; i < len; i++)
        *part = *part * 10 + (uint64_t)(text[i] - '0');
    return text + len;
}

static int set_shard(struct options *options, const struct option *option,
                     const char *text)
{
    uint64_t shard;
    uint64_t shards;
    (void)option; /* two fields */
    const char *rest = parse_part(text, &shard);
    if (!rest || *rest != '/')
        return -1;
    rest = parse_part(rest + 1, &shards);
    if (!rest || *rest || shard < 1 || shard > shards)
        return -1;
    options->run.shard = shard;
    options->run.shards = shards;
    return 0;
}

static void show_shard(const struct options *options,
                       const struct option *option, struct buf *text)
{
    (void)option;
    if (options->run.shard > 0)
        (void)buf_printf(text, "%" PRIu64 "/%" PRIu64, options->run.shard,
                         options->run.shards);
}

/* A share with its sign, else a number of rows. */
static int set_sample(struct options *options, const struct option *option,
                      const char *text)
{
    struct sample_settings sample = {.seed = options->sample.seed};
    (void)option; /* two fields */
    int failed = strchr(text, '%') ? parse_share(text, &sample.share)
                                   : units_parse_count(text, &sample.rows);
    if (failed || (sample.share <= 0 && sample.rows < 1) ||
        sample.rows > SAMPLE_ROWS_MAX)
        return -1;
    options->sample = sample;
    return 0;
}

static void show_sample(const struct options *options,
                        const struct option *option, struct buf *text)
{
    (void)option;
    if (options->sample.rows > 0)
        (void)buf_printf(text, "%" PRIu64, options->sample.rows);
    else if (options->sample.share > 0)
        put_share(options->sample.share, text);
}

/* RFC 7617 section 2: no colon, no control characters. */
static int set_user(struct options *options, const struct option *option,
                    const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == ':' || iscntrl((unsigned char)*at))
            return -1;
    }
    return set_text(options, option, text);
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
    [OPTION_CONDITION] = {set_text, show_text},
};

int option_read(struct options *options, const struct option *option,
                const char *text)
{
    return kinds[option->type].set(options, option, text);
}

void option_show(const struct options *options, const struct option *option,
                 struct buf *text)
{
    kinds[option->type].show(options, option, text);
}

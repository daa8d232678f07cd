/*
 * The command line of mqstat-sim.
 *
 * Responsible for the one table of options, from which parsing, help and
 * the nearest name come; not for what the values mean.
 */
#include "sim/settings.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/nearest.h"
#include "sim/quota.h"
#include "units.h"

struct option;

typedef int (*option_set_fn)(void *field, const struct option *option,
                             const char *value);

struct option {
    const char *name;
    char letter;             /* 0: none */
    const char *placeholder; /* NULL: takes no value */
    option_set_fn set;
    size_t offset; /* of the field in struct settings */
    const char *const *choices;
    const char *help;
};

static int set_flag(void *field, const struct option *option, const char *value)
{
    (void)option; /* the name says it all */
    (void)value;  /* there is none */
    *(bool *)field = true;
    return 0;
}

static int set_text(void *field, const struct option *option, const char *value)
{
    (void)option; /* any text will do */
    *(const char **)field = value;
    return 0;
}

static int set_prefix(void *field, const struct option *option,
                      const char *value)
{
    size_t len = strlen(value);
    if (len > 0 && (value[0] != '/' || value[len - 1] == '/'))
        return -1;
    return set_text(field, option, value);
}

static int set_duration(void *field, const struct option *option,
                        const char *value)
{
    (void)option; /* all durations are alike */
    return units_parse_duration(value, field);
}

static int set_rate(void *field, const struct option *option, const char *value)
{
    (void)option; /* all rates are alike */
    return units_parse_rate(value, field);
}

static int set_share(void *field, const struct option *option,
                     const char *value)
{
    double share;
    if (set_rate(&share, option, value) || strchr(value, '/') || share > 1)
        return -1;
    *(double *)field = share;
    return 0;
}

static int set_choice(void *field, const struct option *option,
                      const char *value)
{
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], value) == 0) {
            *(int *)field = i;
            return 0;
        }
    }
    return -1;
}

/* none, SECONDS, date or date:SECONDS. */
static int set_retry(void *field, const struct option *option,
                     const char *value)
{
    (void)option; /* there is one of this kind */
    struct service_settings *service = field;
    uint64_t seconds = 1;
    service->retry = SERVICE_RETRY_SECONDS;
    if (strcmp(value, "none") == 0) {
        service->retry = SERVICE_RETRY_NONE;
        return 0;
    }
    if (strncmp(value, "date", 4) == 0) {
        service->retry = SERVICE_RETRY_DATE;
        value += 4;
        if (!*value)
            value = ":1";
        if (*value++ != ':')
            return -1;
    }
    if (units_parse_count(value, &seconds))
        return -1;
    service->retry_s = (int64_t)seconds;
    return 0;
}

#define FIELD(member) offsetof(struct settings, member)

static const struct option options[] = {
    {"listen", 0, "ADDRESS:PORT", set_text, FIELD(listen), NULL,
     "where to listen, on loopback (127.0.0.1:0)"},
    {"prefix", 0, "PATH", set_prefix, FIELD(service.prefix), NULL,
     "path before /client-id/, such as /api"},
    {"user", 'u', "NAME", set_text, FIELD(service.user), NULL,
     "accepted user (user0)"},
    {"password-file", 0, "FILE", set_text, FIELD(service.password_file), NULL,
     "accepted password: first line (secret0)"},
    {"online", 0, "SHARE", set_share, FIELD(service.online), NULL,
     "share of ids that are online, 0 to 1 (0.7)"},
    {"online-file", 0, "FILE", set_text, FIELD(service.online_file), NULL,
     "ids that are online, all others are not"},
    {"forbidden-file", 0, "FILE", set_text, FIELD(service.forbidden_file), NULL,
     "ids that are answered with 403"},
    {"unknown-file", 0, "FILE", set_text, FIELD(service.unknown_file), NULL,
     "ids that are answered with 404"},
    {"latency", 0, "DURATION", set_duration, FIELD(service.latency_ns), NULL,
     "wait so long before each reply"},
    {"latency-jitter", 0, "DURATION", set_duration, FIELD(service.jitter_ns),
     NULL, "and up to so much longer, by chance"},
    {"quota", 0, "RATE", set_rate, FIELD(service.quota), NULL,
     "requests per second before 429 (no limit)"},
    {"quota-style", 0, "STYLE", set_choice, FIELD(service.quota_style),
     quota_styles, "how they are counted (token)"},
    {"retry-after", 0, "WHEN", set_retry, FIELD(service), NULL,
     "SECONDS, date[:SECONDS] or none (none)"},
    {"scenario", 0, "FILE", set_text, FIELD(service.scenario), NULL,
     "departures from all this"},
    {"log", 0, "FILE", set_text, FIELD(log), NULL,
     "write one line for each request"},
    {"log-connections", 0, NULL, set_flag, FIELD(log_connections), NULL,
     "log connections too"},
    {"log-headers", 0, NULL, set_flag, FIELD(log_headers), NULL,
     "log request heads too"},
    {"tls", 0, NULL, set_flag, FIELD(tls.on), NULL,
     "speak TLS; so does each of the options below"},
    {"tls-ca-out", 0, "FILE", set_text, FIELD(tls.ca_out), NULL,
     "write the made authority's certificate"},
    {"tls-cert", 0, "FILE", set_text, FIELD(tls.cert), NULL,
     "use this certificate instead of making one"},
    {"tls-key", 0, "FILE", set_text, FIELD(tls.key), NULL, "and this key"},
    {"tls-client-ca", 0, "FILE", set_text, FIELD(tls.client_ca), NULL,
     "ask for client certificates of this authority"},
    {"tls-max", 0, "VERSION", set_choice, FIELD(tls.max_version), tls_versions,
     "newest version to speak (1.3)"},
    {"tls-fault", 0, "FAULT", set_choice, FIELD(tls.fault), certificate_faults,
     "make a bad certificate (none)"},
    {"max-time", 0, "DURATION", set_duration, FIELD(max_time_ns), NULL,
     "end after so long"},
    {"exit-with-stdin", 0, NULL, set_flag, FIELD(exit_with_stdin), NULL,
     "end when standard input ends"},
    {"verbose", 'v', NULL, set_flag, FIELD(verbose), NULL,
     "say totals at the end"},
    {"help", 'h', NULL, set_flag, FIELD(help), NULL, "print this help"},
    {"version", 'V', NULL, set_flag, FIELD(version), NULL, "print the version"},
};

enum {
    OPTION_COUNT = sizeof options / sizeof options[0]
};

void settings_help(void)
{
    printf("Usage: mqstat-sim [OPTION...]\n"
           "A stand-in for the MQTT service's client status query, on "
           "loopback.\n\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &options[i];
        char letter[8] = "    ";
        char name[40];
        if (option->letter)
            (void)snprintf(letter, sizeof letter, "-%c, ", option->letter);
        (void)snprintf(name, sizeof name, "%s%s%s", option->name,
                       option->placeholder ? " " : "",
                       option->placeholder ? option->placeholder : "");
        printf("  %s--%-24s %s\n", letter, name, option->help);
        for (size_t c = 0; option->choices && option->choices[c]; c++)
            printf("%s%s", c == 0 ? "           " : " | ", option->choices[c]);
        if (option->choices)
            putchar('\n');
    }
    printf("\nPrints its endpoint when it is ready. The scenario's words: see "
           "mqstat-sim(1).\n");
}

static const struct option *find_name(const char *name, size_t len)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strlen(options[i].name) == len &&
            memcmp(options[i].name, name, len) == 0)
            return &options[i];
    }
    return NULL;
}

static const struct option *find_letter(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].letter == letter)
            return &options[i];
    }
    return NULL;
}

static enum status refuse_unknown(const char *word)
{
    struct nearest nearest = {.name = NULL};
    char name[64];
    size_t dashes = strspn(word, "-");
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(word + dashes, "="),
                   word + dashes);
    for (size_t i = 0; i < OPTION_COUNT && dashes == 2; i++)
        nearest_offer(&nearest, name, options[i].name);
    if (nearest.name)
        return diag_fail(STATUS_USAGE,
                         "unknown option `%s`, did you mean `--%s`?", word,
                         nearest.name);
    return diag_fail(STATUS_USAGE, "unknown option `%s`, see --help", word);
}

static enum status set_option(struct settings *settings,
                              const struct option *option, const char *value)
{
    void *field = (char *)settings + option->offset;
    if (value && !option->placeholder)
        return diag_fail(STATUS_USAGE, "--%s takes no value", option->name);
    if (!value && option->placeholder)
        return diag_fail(STATUS_USAGE, "--%s wants a value: %s", option->name,
                         option->placeholder);
    if (option->set(field, option, value))
        return diag_fail(STATUS_USAGE, "--%s: `%s` is no %s; see --help",
                         option->name, value, option->placeholder);
    return STATUS_OK;
}

/* Takes one option, and its value, which may be the next argument. */
static enum status take_option(struct settings *settings, char ***at)
{
    char *word = *(*at)++;
    assert(word);
    const struct option *option;
    char *value = NULL;
    if (strncmp(word, "--", 2) == 0) {
        size_t len = strcspn(word + 2, "=");
        option = find_name(word + 2, len);
        if (word[2 + len] == '=')
            value = word + 2 + len + 1;
    } else {
        option = word[0] == '-' && word[1] ? find_letter(word[1]) : NULL;
        if (option && word[2])
            value = word + 2;
    }
    if (!option && word[0] == '-')
        return refuse_unknown(word);
    if (!option)
        return diag_fail(STATUS_USAGE, "unexpected argument `%s`, see --help",
                         word);
    if (!value && option->placeholder && **at)
        value = *(*at)++;
    return set_option(settings, option, value);
}

static enum status check(struct settings *settings)
{
    struct tls_settings *tls = &settings->tls;
    if (!tls->cert != !tls->key)
        return diag_fail(STATUS_USAGE, "--tls-cert and --tls-key go together");
    if (tls->cert && (tls->ca_out || tls->fault != CERTIFICATE_GOOD))
        return diag_fail(STATUS_USAGE, "--tls-ca-out and --tls-fault do not "
                                       "go with --tls-cert");
    if (settings->log_headers + settings->log_connections > 0 && !settings->log)
        return diag_fail(STATUS_USAGE,
                         "--log-headers and --log-connections want --log");
    tls->on |= tls->cert || tls->ca_out || tls->client_ca || tls->fault > 0 ||
               tls->max_version < 3;
    return STATUS_OK;
}

enum status settings_parse(struct settings *settings, int argc, char **argv)
{
    *settings = (struct settings){
        .listen = "127.0.0.1:0",
        .service =
            {
                .prefix = "",
                .user = "user0",
                .online = 0.7,
                .quota = -1,
                .quota_style = QUOTA_TOKEN,
            },
        .tls = {.max_version = 3},
    };
    char **at = argv + 1;
    enum status status = STATUS_OK;
    while (!status && at < argv + argc)
        status = take_option(settings, &at);
    return status ? status : check(settings);
}

/*
 * What the user asked for: command line, environment and settings files into
 * struct options.
 *
 * Responsible for walking argv and the environment, for who wins, and for
 * options that do not go together; what options there are stands in
 * options_table.c, how values are read in options_value.c, files in
 * config.c. The strongest
 * source is read first and what is set stays set, so that a value that
 * loses is not even looked at and --help always works.
 */
#include "options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "fail_if.h"
#include "options_table.h"

#define SYSTEM_CONFIG "/etc/mqstat/config"

static const size_t ECHO_BYTES = 40; /* of what was typed, in messages */

static const char secret_hint[] =
    "no option takes a password, others could read it: give "
    "--password-file FILE, or set MQSTAT_PASSWORD";

/* Where the reading of argv stands. */
struct walk {
    struct options *options;
    char **argv; /* NULL-terminated */
    int argc;
    int at; /* the word to be read next */
};

void option_place(const struct option *option, enum options_source source,
                  char place[OPTION_PLACE_BYTES])
{
    bool variable = source == OPTIONS_ENVIRONMENT;
    (void)snprintf(place, OPTION_PLACE_BYTES, "%s%s",
                   variable ? "MQSTAT_" : "--", option->name);
    for (char *at = place; variable && *at; at++)
        *at = (char)(*at == '-' ? '_' : toupper((unsigned char)*at));
}

const struct options_origin *option_origin(const struct options *options,
                                           const struct option *option)
{
    return &options->origins[option - option_table];
}

/* How many bytes of a text to repeat: few, and whole characters. */
static int echoed(const char *text, size_t len)
{
    if (len <= ECHO_BYTES)
        return (int)len;
    len = ECHO_BYTES;
    while (len > 0 && (text[len] & 0xc0) == 0x80)
        len--;
    return (int)len;
}

/* Says why text is no value; what may hold a secret is not repeated. */
static int refuse(const struct option *option, const char *place,
                  const char *text)
{
    if (option->type == OPTION_URL && strchr(text, '@'))
        return diag_error("%s: a URL with a login in it is refused, others "
                          "could read it: %s",
                          place, option->word);
    if (option->type == OPTION_USER && *text)
        return diag_error("%s: a user name has no colon and no control "
                          "characters; %s",
                          place, secret_hint);
    struct buf expected;
    buf_init(&expected, 1024);
    option_expect(option, &expected);
    int shown = echoed(text, strlen(text));
    (void)diag_error("%s: '%.*s'%s %.*s", place, shown, text,
                     text[shown] ? "..." : "", (int)expected.len,
                     expected.data);
    buf_release(&expected);
    return -1;
}

int option_set(struct options *options, const struct option *option,
               enum options_source source, const char *place, const char *text)
{
    const char *file = source < OPTIONS_ENVIRONMENT ? place : NULL;
    const struct options_origin origin = {source, option, file};
    if (option_origin(options, option)->source > source)
        return 0;
    if (option_read(options, option, text))
        return refuse(option, place, text);
    for (const struct option *row = option_table; row->name; row++) {
        if (row->offset == option->offset) /* --header and --no-header */
            options->origins[row - option_table] = origin;
    }
    return 0;
}

/* A password may be glued to a name: what begins as one is not repeated. */
int option_unknown(const char *place, const char *dashes, const char *name,
                   size_t len)
{
    bool secret = option_is_secret(name, len);
    bool glued = !secret && len > 4 && memcmp(name, "pass", 4) == 0;
    int shown = glued ? 4 : echoed(name, len);
    const char *cut = (size_t)shown < len ? "..." : "";
    const char *nearest = option_nearest(name, len);
    if (secret || (glued && !nearest))
        return diag_error("%s%s%.*s%s: %s", place, dashes, shown, name, cut,
                          secret_hint);
    if (nearest)
        return diag_error("%sunknown option '%s%.*s'%s: did you mean %s%s?",
                          place, dashes, shown, name, cut, dashes, nearest);
    return diag_error("%sunknown option '%s%.*s'%s: mqstat --help lists them "
                      "all",
                      place, dashes, shown, name, cut);
}

static int value_missing(const struct option *option)
{
    struct buf expected;
    buf_init(&expected, 1024);
    option_expect(option, &expected);
    const char *give = memchr(expected.data, ':', expected.len);
    (void)diag_error("--%s: a value is missing%.*s", option->name,
                     (int)(expected.data + expected.len - give), give);
    buf_release(&expected);
    return -1;
}

/*
 * Sets an option that was met in argv; value is what stands in the same
 * word, NULL for nothing. Otherwise the next word is the value, whatever it
 * looks like.
 */
static int take_option(struct walk *walk, const struct option *option,
                       const char *value)
{
    bool bare = option->type == OPTION_FLAG ||
                (option->traits & OPTION_OPTIONAL) != 0;
    char place[OPTION_PLACE_BYTES];
    if (!value && !bare && walk->at == walk->argc)
        return value_missing(option);
    if (!value)
        value = bare ? "yes" : walk->argv[walk->at++];
    option_place(option, OPTIONS_COMMAND_LINE, place);
    return option_set(walk->options, option, OPTIONS_COMMAND_LINE, place,
                      value);
}

/* --name, --name=value */
static int take_long(struct walk *walk, const char *name)
{
    size_t len = strcspn(name, "=");
    const char *value = name[len] ? name + len + 1 : NULL;
    const struct option *option = option_find(name, len);
    if (!option)
        return option_unknown("", "--", name, len);
    if (value && option->type == OPTION_FLAG)
        return diag_error("--%s: takes no value", option->name);
    return take_option(walk, option, value);
}

/* -q, -qv, -j50, -qj 50 */
static int take_letters(struct walk *walk, const char *letters)
{
    for (; *letters; letters++) {
        const struct option *option = option_find_letter(*letters);
        if (!option)
            return option_unknown("", "-", letters, 1);
        bool bare = option->type == OPTION_FLAG;
        const char *value = !bare && letters[1] ? letters + 1 : NULL;
        if (take_option(walk, option, value))
            return -1;
        if (!bare)
            break;
    }
    return 0;
}

/* Operands gather at the front of argv, where every word has been read. */
static void take_operand(struct walk *walk, char *word)
{
    walk->options->files[walk->options->n_files++] = word;
}

static int take_word(struct walk *walk, char *word)
{
    if (word[0] != '-' || word[1] == '\0') {
        take_operand(walk, word);
        return 0;
    }
    if (word[1] != '-')
        return take_letters(walk, word + 1);
    if (word[2] != '\0')
        return take_long(walk, word + 2);
    while (walk->at < walk->argc)
        take_operand(walk, walk->argv[walk->at++]);
    return 0;
}

static int read_arguments(struct options *options, int argc, char **argv)
{
    struct walk walk = {options, argv, argc, 1};
    options->files = argc > 0 ? argv + 1 : argv;
    while (walk.at < argc && !options->help && !options->version) {
        if (take_word(&walk, argv[walk.at++]))
            return -1;
    }
    if (options->n_files + 1 < (size_t)argc)
        options->files[options->n_files] = NULL;
    return 0;
}

/* The option that a MQSTAT_* variable sets, or NULL. */
static const struct option *find_variable(const char *entry)
{
    char place[OPTION_PLACE_BYTES];
    for (const struct option *row = option_table; row->name; row++) {
        option_place(row, OPTIONS_ENVIRONMENT, place);
        size_t len = strlen(place);
        if (strncmp(entry, place, len) == 0 && entry[len] == '=')
            return row->traits & OPTION_ACTION ? NULL : row;
    }
    return NULL;
}

/* In the table's order, so that the environment's does not matter. An empty
 * variable is none. */
static int read_environment(struct options *options)
{
    char place[OPTION_PLACE_BYTES];
    for (const struct option *row = option_table; row->name; row++) {
        option_place(row, OPTIONS_ENVIRONMENT, place);
        const char *text = getenv(place);
        if (!text || !*text || row->traits & OPTION_ACTION)
            continue;
        if (option_set(options, row, OPTIONS_ENVIRONMENT, place, text))
            return -1;
    }
    return 0;
}

/* Only names: a value may be anybody's secret. */
static void name_unknown_variables(void)
{
    for (char **entry = environ; *entry; entry++) {
        size_t len = strcspn(*entry, "=");
        if (strncmp(*entry, "MQSTAT_", 7) == 0 && !find_variable(*entry) &&
            strncmp(*entry, "MQSTAT_PASSWORD=", 16) != 0)
            diag_debug("%.*s: ignored, no such option", (int)len, *entry);
    }
}

/* Says that the option at field must not be given alone. */
static int misplaced(const struct options *options, const char *name,
                     const char *why)
{
    const struct option *option = option_find(name, strlen(name));
    const struct options_origin *origin = option_origin(options, option);
    char place[OPTION_PLACE_BYTES];
    option_place(option, origin->source, place);
    return diag_error("%s: %s", origin->file ? origin->file : place, why);
}

/* Options that go with another one only, or not with it. */
static int check_pairs(const struct options *options)
{
    const struct sample_settings *sample = &options->sample;
    const struct account_settings *account = &options->account;
    bool sampled = sample->rows > 0 || sample->share > 0;
    bool resumes = options->output.resume;
    const struct {
        bool wrong;
        const char *name;
        const char *why;
    } pairs[] = {
        {options->run.retry_from && sampled, "retry-from",
         "does not go with --sample"},
        {options->transport.key && !options->transport.cert, "key",
         "goes with --cert only"},
        {options->adapt.max_rate_per_s > 0 && !options->adapt.search,
         "max-rate", "goes with --rate auto only"},
        {sample->seed > 0 && !sampled, "seed", "goes with --sample only"},
        {options->rate_group && options->adapt.search, "rate-group",
         "needs a rate that is stated, the same for all the group"},
        {fail_if_compares(options->fail_if) && !options->output.previous,
         "fail-if", "what changed is known with --previous only"},
        {account->group_by && !account->summary && !account->report, "group-by",
         "goes with --summary or --report only"},
        /* A run that is gone on with must write the same rows again. */
        {resumes && options->output.only, "resume",
         "does not go with --only: rows that were left out would be asked "
         "again"},
        {resumes && sampled && sample->seed == 0, "resume",
         "goes with --sample only when --seed makes it the same sample"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i].wrong)
            return misplaced(options, pairs[i].name, pairs[i].why);
    }
    return 0;
}

static int check_together(const struct options *options)
{
    if (options->n_files == 0 && isatty(STDIN_FILENO)) {
        options_print_usage();
        return -1;
    }
    if (!options->transport.endpoint && !options->dry_run)
        return diag_error("no endpoint: give -e https://HOST, or set "
                          "MQSTAT_ENDPOINT");
    return check_pairs(options);
}

void options_release(struct options *options)
{
    for (size_t i = 0; i < options->n_kept; i++)
        free(options->kept[i]);
    free(options->kept);
}

enum status options_parse(struct options *options, int argc, char **argv)
{
    *options = option_defaults;
    if (read_arguments(options, argc, argv))
        return STATUS_USAGE;
    if (options->nagios && options->n_files > 0)
        return diag_fail(STATUS_USAGE, "--nagios: goes without files to ask "
                                       "for");
    if (options->help || options->version || options->nagios)
        return STATUS_OK;
    if (read_environment(options) || config_load(options, SYSTEM_CONFIG))
        return STATUS_USAGE;
    diag_setup("mqstat", options->level);
    diag_set_color(options->color);
    name_unknown_variables();
    if (!options->print_config && check_together(options))
        return STATUS_USAGE;
    return STATUS_OK;
}

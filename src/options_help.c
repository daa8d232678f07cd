/*
 * The option table in words.
 *
 * Responsible for --help, the usage lines, --print-config and for saying
 * what a value must be; all of it is made from the table, so none of it can
 * disagree with what is read.
 */
#include "options_table.h"

#include <stdio.h>
#include <string.h>

#include "fail_if.h"
#include "units.h"

enum {
    HELP_COLUMN = 32, /* where the sentences stand */
    HELP_WIDTH = 79,
    HELP_TEXT_BYTES = 1024,
    VALUE_BYTES = 1024 * 1024
};

static const char rate_expected[] =
    "is not a rate: give a number from 1/h to 1M/s, like 200, 0.5 or 30/m";

/* The others depend on the row. */
static const char *const expected[OPTION_TYPES] = {
    [OPTION_FLAG] = "is not a switch: give yes or no, 1 or 0, true or false",
    [OPTION_RATE] = rate_expected,
    [OPTION_SHARE] = "is not a share: give a number from 0% to 100%",
    [OPTION_MODE] = "is not a file mode: give octal digits that let the owner "
                    "read and write, like 0600 or 0640",
    [OPTION_URL] = "is not a URL: give http://... or https://...",
    [OPTION_ADDRESS] = "is not an address: give HOST:PORT:ADDR:PORT",
    [OPTION_PACE] = rate_expected,
    [OPTION_DELIMITER] = "is not a delimiter: give one ASCII character, no "
                         "quote or line end, or the word tab",
    [OPTION_SHARD] = "is not a shard: give I/N, like 2/8, with I from 1 to N",
    [OPTION_SAMPLE] = "is not a sample: give a number of rows from 1 to 1M, or "
                      "a share of up to 100%, like 1000 or 2.5%",
    [OPTION_USER] = "is not a user name: give NAME",
};

/* Appends the choices' names: "a, b or c", "a|b|c". */
static void join(const struct option *option, const char *comma,
                 const char *last, struct buf *text)
{
    size_t n = option->n_choices;
    for (size_t i = option->choices[0] ? 0 : 1; i < n; i++) {
        (void)buf_puts(text, option->choices[i]);
        if (i + 1 < n)
            (void)buf_puts(text, i + 2 < n ? comma : last);
    }
}

void option_expect(const struct option *option, struct buf *text)
{
    switch (option->type) {
    case OPTION_CHOICE:
        (void)buf_puts(text, "is not known: give ");
        join(option, ", ", " or ", text);
        break;
    case OPTION_COUNT:
        (void)buf_printf(
            text, "is not a count: give a whole number from %.0f to %.0f",
            option->min, option->max);
        if (option->word)
            (void)buf_printf(text, ", or %s", option->word);
        break;
    case OPTION_DURATION:
        (void)buf_printf(text,
                         "is not a time: give one from %s to %s, like "
                         "500ms, 10s or 2h",
                         units_exact_duration((int64_t)option->min).text,
                         units_exact_duration((int64_t)option->max).text);
        break;
    case OPTION_CONDITION:
        fail_if_expect(text);
        break;
    case OPTION_TEXT:
        if (option->word)
            (void)buf_printf(text, "is not a %s: give %s...",
                             option->placeholder, option->word);
        else
            (void)buf_printf(text, "is empty: give %s", option->placeholder);
        break;
    default:
        (void)buf_puts(text, expected[option->type]);
        break;
    }
}

/* "  -r, --rate N|auto" */
static void synopsis(const struct option *option, struct buf *text)
{
    if (option->letter)
        (void)buf_printf(text, "  -%c, --%s", option->letter, option->name);
    else
        (void)buf_printf(text, "      --%s", option->name);
    if (option->traits & OPTION_OPTIONAL)
        (void)buf_printf(text, "[=%s]", option->placeholder);
    else if (option->placeholder)
        (void)buf_printf(text, " %s", option->placeholder);
    if (option->choices) {
        (void)buf_putc(text, ' ');
        join(option, "|", "|", text);
    }
}

/* The sentence, and the default where there is one. */
static void sentence(const struct option *option, struct buf *text)
{
    (void)buf_puts(text, option->help);
    if (option->type == OPTION_FLAG)
        return;
    struct buf value;
    buf_init(&value, HELP_TEXT_BYTES);
    option_show(&option_defaults, option, &value);
    if (value.len > 0)
        (void)buf_printf(text, " [%.*s]", (int)value.len, value.data);
    buf_release(&value);
}

/* How much of the text fits into a line: whole words, at least one. */
static size_t fitting(const char *text, size_t len)
{
    size_t room = HELP_WIDTH - HELP_COLUMN;
    if (len <= room)
        return len;
    while (room > 0 && text[room] != ' ')
        room--;
    return room > 0 ? room : len;
}

static void print_option(const struct option *option)
{
    struct buf left;
    struct buf right;
    buf_init(&left, HELP_TEXT_BYTES);
    buf_init(&right, HELP_TEXT_BYTES);
    synopsis(option, &left);
    sentence(option, &right);
    if (left.len + 2 > HELP_COLUMN) {
        (void)printf("%.*s\n", (int)left.len, left.data);
        left.len = 0;
    }
    while (right.len > 0) {
        size_t len = fitting(right.data, right.len);
        (void)printf("%-*.*s%.*s\n", HELP_COLUMN, (int)left.len, left.data,
                     (int)len, right.data);
        left.len = 0;
        buf_consume(&right, len < right.len ? len + 1 : len);
    }
    buf_release(&left);
    buf_release(&right);
}

void options_print_help(void)
{
    (void)fputs(
        "Usage: mqstat [OPTION...] [FILE...]\n"
        "Asks TDMQ for MQTT which clients are online, at a controlled rate, "
        "and writes\none result row for every row of client ids. No FILE, or "
        "-, is standard input.\n\n"
        "Defaults stand in brackets. DUR is a time: 500ms, 10s, 5m, 2h; a "
        "bare number is\nseconds. Rates are by the second, like 200 or 0.5, "
        "or by the minute, like 30/m.\n",
        stdout);
    for (const struct option *row = option_table; row->name; row++) {
        if (row->heading)
            (void)printf("\n%s:\n", row->heading);
        print_option(row);
    }
    (void)fputs(
        "\nMQSTAT_ENDPOINT, MQSTAT_USER and so on set an option from the "
        "environment,\nlines such as rate = 200 in ~/.config/mqstat/config "
        "from there.\nMQSTAT_PASSWORD holds the password; "
        "no option does.\n"
        "\nExamples:\n"
        "  mqstat -e https://HOST -u NAME --password-file FILE ids.txt\n"
        "  mqstat -c vin -k model -o result.csv fleet.csv\n"
        "  mqstat --rate 30/m ids.txt | awk -F, '$2 == \"false\"'\n"
        "\nThe manual: man mqstat\n",
        stdout);
}

void options_print_usage(void)
{
    (void)diag_error("usage: mqstat [OPTION...] [FILE...]");
    (void)diag_error("give client ids in a FILE or on standard input; "
                     "mqstat --help lists the options");
}

static const char *source_name(enum options_source source)
{
    static const char *const names[] = {
        [OPTIONS_DEFAULT] = "default",
        [OPTIONS_SYSTEM_FILE] = "config ",
        [OPTIONS_FILE] = "config ",
        [OPTIONS_SYSTEM_PROFILE] = "profile ",
        [OPTIONS_PROFILE] = "profile ",
        [OPTIONS_ENVIRONMENT] = "environment ",
        [OPTIONS_COMMAND_LINE] = "command line",
    };
    return names[source];
}

/* A value with a line end in it stays in its line, harmless. */
static void print_clean(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7f)
            (void)printf("\\x%02x", byte);
        else
            (void)putchar(byte);
    }
}

/* "default", "environment MQSTAT_RATE", "config FILE:LINE" */
static void print_source(const struct options *options,
                         const struct option *option)
{
    const struct options_origin *origin = option_origin(options, option);
    const char *file = origin->file;
    char place[OPTION_PLACE_BYTES] = "";
    if (origin->source == OPTIONS_ENVIRONMENT)
        option_place(origin->setter, OPTIONS_ENVIRONMENT, place);
    (void)printf("  # %s%s", source_name(origin->source), place);
    if (file)
        print_clean(file,
                    strlen(file) - strlen(": ") - strlen(origin->setter->name));
    (void)putchar('\n');
}

void options_print_config(const struct options *options)
{
    struct buf value;
    buf_init(&value, VALUE_BYTES);
    for (const struct option *row = option_table; row->name; row++) {
        if (row->traits & OPTION_ACTION)
            continue;
        buf_clear(&value);
        option_show(options, row, &value);
        (void)printf("%s =%s", row->name, value.len > 0 ? " " : "");
        print_clean(value.data, value.len);
        print_source(options, row);
    }
    buf_release(&value);
}

void options_each_given(const struct options *options, options_value_fn fn,
                        void *ctx)
{
    struct buf value;
    buf_init(&value, VALUE_BYTES);
    for (const struct option *row = option_table; row->name; row++) {
        bool given = option_origin(options, row)->setter != NULL;
        if (!given || row->traits & OPTION_ACTION)
            continue;
        buf_clear(&value);
        option_show(options, row, &value);
        (void)buf_putc(&value, '\0');
        bool off = row->type == OPTION_FLAG && strcmp(value.data, "no") == 0;
        if (value.data[0] && !off)
            fn(row->name, value.data, ctx);
    }
    buf_release(&value);
}

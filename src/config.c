/*
 * Settings files: lines `NAME = VALUE`, sections `[profile NAME]`.
 *
 * Responsible for which files are read, which section counts, and for
 * mistakes with file and line; inih tells names from values, option_set what
 * a value may be and who wins. The invariant: a line is read whole or
 * refused. inih passes over sections without lines and cuts their names at
 * 49 bytes, so sections are taken from the lines as they go in to it:
 *
 *     rate = 5            take_entry("rate", "5")     OPTIONS_FILE
 *     [profile lab]       take_section                OPTIONS_PROFILE, or
 *     rate = 1            take_entry("rate", "1")     none: only its names
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "options_table.h"

enum {
    LINE_BYTES = 65536,
    NAMES_BYTES = 65536,
    PLACE_BYTES = 8192
};

static const char not_an_entry[] = "a line must be NAME = VALUE";
static const char byte_order_mark[] = "\xef\xbb\xbf";

struct reading {
    struct options *options;
    struct buf profiles; /* the names that were met: "lab, prod" */
    struct buf files;    /* the files that were looked for: "a or b" */
    bool found;          /* the profile that is asked for */
    /* Of the file that is being read: */
    const char *path; /* borrowed */
    FILE *file;
    unsigned line;               /* the last one that went in to inih */
    bool failed;                 /* and why was said */
    enum options_source outside; /* of what stands before all sections */
    enum options_source inside;  /* of what the profile has */
    enum options_source source;  /* of this line; OPTIONS_DEFAULT: none */
};

static int complain(struct reading *reading, const char *what)
{
    reading->failed = true;
    return diag_error("%s:%u: %s", reading->path, reading->line, what);
}

static char *keep(struct options *options, const char *text)
{
    size_t n = options->n_kept++;
    options->kept = mem_realloc(options->kept,
                                options->n_kept * sizeof *options->kept);
    options->kept[n] = mem_strdup(text);
    return options->kept[n];
}

/* One pair of quotes is left out. */
static const char *keep_unquoted(struct options *options, const char *value)
{
    char *kept = keep(options, value);
    size_t len = strlen(kept);
    if (len < 2 || kept[0] != '"' || kept[len - 1] != '"')
        return kept;
    kept[len - 1] = '\0';
    return kept + 1;
}

/* Names each profile once. */
static void note_profile(struct buf *names, const char *name)
{
    for (size_t at = 0; at < names->len;) {
        size_t len = strcspn(names->data + at, ",");
        if (mem_is(names->data + at, len, name))
            return;
        at += len + strlen(", ");
    }
    (void)buf_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* Takes a section's line; nothing when the line is none. */
static int take_section(struct reading *reading, const char *line)
{
    char name[41];
    int end = 0;
    const char *profile = reading->options->profile;
    line += strspn(line, " \t");
    if (*line != '[')
        return 0;
    (void)sscanf(line, "[profile%*[ \t]%40[^] \t\"',] ] %n", name, &end);
    if (end == 0 || line[end])
        return complain(reading, "unknown section: write [profile NAME], with "
                                 "no more than 40 bytes in NAME, and no "
                                 "blank, comma or quote");
    note_profile(&reading->profiles, name);
    bool ours = profile && strcmp(profile, name) == 0;
    reading->found = reading->found || ours;
    reading->source = ours ? reading->inside : OPTIONS_DEFAULT;
    return 0;
}

/* An ini_reader: the next line without its end; NULL at the file's end and
 * after a mistake. */
static char *read_line(char *line, int size, void *ctx)
{
    struct reading *reading = ctx;
    int len = 0;
    int byte = reading->failed ? EOF : getc(reading->file);
    if (byte == EOF)
        return NULL;
    reading->line++;
    for (; byte != EOF && byte != '\n'; byte = getc(reading->file)) {
        if (byte == '\0' || len + 1 == size) {
            (void)complain(reading, byte ? "a line over 64 KiB" : "not a text");
            return NULL;
        }
        line[len++] = (char)byte;
    }
    line[len] = '\0';
    size_t skip = strlen(byte_order_mark);
    bool marked = reading->line == 1 &&
                  strncmp(line, byte_order_mark, skip) == 0;
    return take_section(reading, line + (marked ? skip : 0)) ? NULL : line;
}

static int set_entry(struct reading *reading, const char *name,
                     const char *value)
{
    struct options *options = reading->options;
    const struct option *option = option_find(name, strlen(name));
    char place[PLACE_BYTES]; /* of an open file: there is no longer path */
    (void)snprintf(place, sizeof place, "%s:%u: ", reading->path,
                   reading->line);
    if (name[strcspn(name, " \t")])
        return complain(reading, not_an_entry);
    if (!option)
        return option_unknown(place, "", name, strlen(name));
    if (option->traits & (OPTION_ACTION | OPTION_NO_KEY))
        return diag_error("%s%s: has no place in a settings file", place, name);
    if (reading->source == OPTIONS_DEFAULT)
        return 0;
    (void)strncat(place, name, OPTION_PLACE_BYTES);
    return option_set(options, option, reading->source, keep(options, place),
                      keep_unquoted(options, value));
}

/* An ini_handler: 1, or 0 for a mistake. */
static int take_entry(void *ctx, const char *section, const char *name,
                      const char *value)
{
    struct reading *reading = ctx;
    (void)section; /* take_section has it whole */
    reading->failed = set_entry(reading, name, value) != 0;
    return reading->failed ? 0 : 1;
}

static int cannot_read(const char *path)
{
    return diag_error("%s: the settings cannot be read: %s; --config FILE "
                      "names others",
                      path, strerror(errno));
}

static int parse(struct reading *reading)
{
    ini_allow_multiline = false;
    ini_allow_inline_comments = false; /* a value may hold a ; */
    ini_stop_on_first_error = true;
    ini_use_stack = false; /* whose lines are cut at 200 bytes */
    ini_max_line = LINE_BYTES;
    ini_initial_alloc = LINE_BYTES;
    int wrong = ini_parse_stream(read_line, reading, take_entry, reading);
    if (wrong && !reading->failed)
        return complain(reading, not_an_entry);
    if (ferror(reading->file))
        return cannot_read(reading->path);
    return reading->failed ? -1 : 0;
}

/* Reads a file; one that is not there is an error when it must be. */
static int read_file(struct reading *reading, const char *path, bool must)
{
    (void)buf_printf(&reading->files, "%s%s",
                     reading->files.len > 0 ? " or " : "", path);
    reading->path = path;
    reading->line = 0;
    reading->source = reading->outside;
    reading->file = fopen(path, "re");
    if (!reading->file && !must && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (!reading->file)
        return cannot_read(path);
    int failed = parse(reading);
    (void)fclose(reading->file); /* read-only */
    return failed;
}

static int check_profile(const struct reading *reading)
{
    static const char name[] = "profile";
    const struct option *option = option_find(name, strlen(name));
    char place[OPTION_PLACE_BYTES];
    const struct buf *known = &reading->profiles;
    if (!reading->options->profile || reading->found)
        return 0;
    option_place(option, option_origin(reading->options, option)->source,
                 place);
    return diag_error("%s: no [profile %s] in %s: %s%.*s", place,
                      reading->options->profile, reading->files.data,
                      known->len > 0 ? "there are " : "there is none",
                      (int)known->len, known->len > 0 ? known->data : "");
}

int config_load(struct options *options, const char *system)
{
    struct reading reading = {
        .options = options, .outside = OPTIONS_FILE, .inside = OPTIONS_PROFILE};
    buf_init(&reading.profiles, NAMES_BYTES);
    buf_init(&reading.files, NAMES_BYTES);
    int failed;
    if (options->config) {
        failed = read_file(&reading, options->config, true);
    } else {
        char *path = file_user_path("XDG_CONFIG_HOME", ".config",
                                    "mqstat/config");
        failed = path && read_file(&reading, path, false);
        free(path);
        reading.outside = OPTIONS_SYSTEM_FILE;
        reading.inside = OPTIONS_SYSTEM_PROFILE;
        failed = failed || read_file(&reading, system, false);
    }
    failed = failed || check_profile(&reading);
    buf_release(&reading.profiles);
    buf_release(&reading.files);
    return failed ? -1 : 0;
}

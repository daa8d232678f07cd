/*
 * What the formats share.
 *
 * Responsible for choosing a file's format, the list of kept names, and
 * for how an id, a kept cell and a failure get into the query; not for
 * lines or columns. The invariant: a kept cell is valid UTF-8 without
 * U+0000, and so is the id of a bad row; other ids are the input's bytes.
 */
#include "input_format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mem.h"

static const uint64_t NOTES_MAX = 5; /* of bad rows, without -v */

/* Does a name of len bytes? In any case of letters. */
static bool ends_with(const char *name, size_t len, const char *ending)
{
    size_t tail = strlen(ending);
    return len >= tail && strncasecmp(name + len - tail, ending, tail) == 0;
}

/* A result file of ours by its first line, which is read again. */
static enum status find_result(struct input_reader *reader)
{
    static const char id[] = "client_id";
    struct input_line line = {.text = ""};
    enum input_result result = input_source_line(&reader->source, &line, true);
    if (result == INPUT_FAILED)
        return STATUS_IO;
    if (line.too_long)
        return diag_fail(STATUS_USAGE,
                         "%s:1: columns cannot be read: it is too long",
                         reader->source.name);
    bool object = line.len > 0 && *line.text == '{';
    if (!object && !memmem(line.text, line.len, id, sizeof id - 1))
        return diag_fail(STATUS_USAGE,
                         "%s: is no result of mqstat in csv, tsv or ndjson: "
                         "its first line names no client_id",
                         reader->source.name);
    input_source_rewind(&reader->source, 0, 1);
    reader->ops = &input_csv;
    if (memchr(line.text, '\t', line.len))
        reader->ops = &input_tsv;
    if (object)
        reader->ops = &input_ndjson;
    return STATUS_OK;
}

enum status input_format_find(struct input_reader *reader, const char *file)
{
    static const struct {
        const char *ending;
        enum input_format format;
        const struct input_format_ops *ops;
    } formats[] = {
        {"", INPUT_LINES, &input_lines},
        {".csv", INPUT_CSV, &input_csv},
        {".tsv", INPUT_TSV, &input_tsv},
        {".ndjson", INPUT_NDJSON, &input_ndjson},
        {".jsonl", INPUT_NDJSON, &input_ndjson},
    };
    const struct input_settings *settings = reader->shared->settings;
    enum input_format format = settings->from;
    size_t len = strlen(file);
    if (format == INPUT_RESULT)
        return find_result(reader);
    if (format == INPUT_AUTO && strcmp(file, "-") == 0 && settings->column)
        format = INPUT_CSV;
    if (ends_with(file, len, ".gz"))
        len -= strlen(".gz");
    else if (ends_with(file, len, ".zst"))
        len -= strlen(".zst");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (format == INPUT_AUTO ? ends_with(file, len, formats[i].ending)
                                 : format == formats[i].format)
            reader->ops = formats[i].ops;
    }
    return STATUS_OK;
}

enum status input_keep_init(struct input_keep *keep, const char *list)
{
    *keep = (struct input_keep){.all = list && strcmp(list, "all") == 0};
    if (!list || keep->all)
        return STATUS_OK;
    for (bool more = true; more;) {
        size_t len = strcspn(list, ",");
        if (len == 0)
            return diag_fail(STATUS_USAGE, "--keep: an empty column name");
        if (!input_keep_add(keep, list, len))
            return diag_fail(STATUS_USAGE, "--keep: '%.*s' is named twice",
                             (int)len, list);
        more = list[len] != '\0';
        list += len + more;
    }
    return STATUS_OK;
}

void input_keep_release(struct input_keep *keep)
{
    for (size_t i = 0; i < keep->count; i++)
        free((char *)keep->names[i]);
    free(keep->names);
    *keep = (struct input_keep){0};
}

bool input_keep_add(struct input_keep *keep, const char *name, size_t len)
{
    for (size_t i = 0; i < keep->count; i++) {
        if (mem_is(name, len, keep->names[i]))
            return false;
    }
    keep->names = mem_realloc(keep->names,
                              (keep->count + 1) * sizeof *keep->names);
    keep->names[keep->count++] = mem_strndup(name, len);
    return true;
}

bool input_format_known_id(const char *name)
{
    static const char *const known[] = {"client_id", "client-id", "clientid",
                                        "vin", "id"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcasecmp(name, known[i]) == 0)
            return true;
    }
    return false;
}

bool input_format_list(struct buf *list, const char *name)
{
    static const char more[] = ", ...";
    if (strlen(name) + 2 * sizeof more > list->max - list->len) {
        (void)buf_puts(list, more); /* there is room for that */
        return false;
    }
    (void)buf_printf(list, "%s%s", list->len > 0 ? ", " : "", name);
    return true;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static const char *trimmed(struct input_shared *shared, const char *id,
                           size_t *len)
{
    size_t before = *len;
    while (*len > 0 && is_blank(id[*len - 1]))
        (*len)--;
    while (*len > 0 && is_blank(*id)) {
        id++;
        (*len)--;
    }
    shared->trimmed += *len < before;
    return id;
}

void input_format_set_id(struct input_shared *shared, struct query *query,
                         const char *id, size_t len, bool bad)
{
    if (shared->settings->trim)
        id = trimmed(shared, id, &len);
    if (bad)
        buf_clean(&shared->scratch, &id, &len);
    int failed = query_set_id(query, id, len);
    assert(!failed); /* rows are far shorter than what a query holds */
}

void input_format_add(struct input_shared *shared, struct query *query,
                      enum query_cell kind, const char *text, size_t len)
{
    buf_clean(&shared->scratch, &text, &len);
    int failed = query_add_cell(query, kind, text, len);
    assert(!failed);
}

void input_format_fail(struct input_reader *reader, struct query *query,
                       uint64_t line, const char *why)
{
    query_fail(query, QUERY_BAD_ROW);
    uint64_t count = ++reader->shared->bad_rows;
    if (count <= NOTES_MAX || diag_verbose())
        diag_note("%s:%llu: row cannot be read: %s", reader->source.name,
                  (unsigned long long)line, why);
    else if (count == NOTES_MAX + 1)
        diag_note("further rows that cannot be read are only counted; -v "
                  "names them");
}

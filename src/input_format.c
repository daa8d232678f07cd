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
#include "utf8.h"

enum {
    NOTES_MAX = 5 /* of bad rows in a run */
};

/* Does a name of len bytes? In any case of letters. */
static bool ends_with(const char *name, size_t len, const char *ending)
{
    size_t tail = strlen(ending);
    return len >= tail && strncasecmp(name + len - tail, ending, tail) == 0;
}

static const struct input_format_ops *by_name(const char *file)
{
    static const struct {
        const char *ending;
        const struct input_format_ops *ops;
    } endings[] = {
        {".csv", &input_csv},
        {".tsv", &input_tsv},
        {".ndjson", &input_ndjson},
        {".jsonl", &input_ndjson},
    };
    size_t len = strlen(file);
    if (ends_with(file, len, ".gz"))
        len -= sizeof ".gz" - 1;
    else if (ends_with(file, len, ".zst"))
        len -= sizeof ".zst" - 1;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (ends_with(file, len, endings[i].ending))
            return endings[i].ops;
    }
    return &input_lines;
}

const struct input_format_ops *
input_format_find(const struct input_settings *settings, const char *file)
{
    static const struct input_format_ops *const formats[] = {
        [INPUT_CSV] = &input_csv,
        [INPUT_TSV] = &input_tsv,
        [INPUT_LINES] = &input_lines,
        [INPUT_NDJSON] = &input_ndjson,
    };
    if (settings->from != INPUT_AUTO)
        return formats[settings->from];
    if (strcmp(file, "-") == 0 && settings->column)
        return &input_csv;
    return by_name(file);
}

bool input_keep_has(const struct input_keep *keep, const char *name)
{
    for (size_t i = 0; i < keep->count; i++) {
        if (strcmp(keep->names[i], name) == 0)
            return true;
    }
    return false;
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
        char *name = mem_strndup(list, len);
        bool twice = input_keep_has(keep, name);
        if (!twice)
            input_keep_add(keep, name);
        free(name);
        if (twice)
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
        free(keep->names[i]);
    free(keep->names);
    *keep = (struct input_keep){0};
}

void input_keep_add(struct input_keep *keep, const char *name)
{
    keep->names = mem_realloc(keep->names,
                              (keep->count + 1) * sizeof *keep->names);
    keep->names[keep->count++] = mem_strdup(name);
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

enum input_result input_format_stopped(enum input_source_result result)
{
    if (result == INPUT_SOURCE_WAIT)
        return INPUT_WAIT;
    return result == INPUT_SOURCE_END ? INPUT_END : INPUT_FAILED;
}

/* Returns text as it is, or a copy in scratch made valid UTF-8. */
static const char *cleaned(struct buf *scratch, const char *text, size_t *len)
{
    if (!memchr(text, 0, *len) && utf8_valid(text, *len))
        return text;
    buf_clear(scratch);
    int failed = buf_append_utf8(scratch, text, *len);
    assert(!failed); /* a row's text is limited below a third of scratch */
    *len = scratch->len;
    return scratch->data;
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
        id = cleaned(&shared->scratch, id, &len);
    int failed = query_set_id(query, id, len);
    assert(!failed); /* rows are far shorter than what a query holds */
}

void input_format_add_text(struct input_shared *shared, struct query *query,
                           const char *text, size_t len)
{
    text = cleaned(&shared->scratch, text, &len);
    int failed = query_add_cell(query, QUERY_CELL_TEXT, text, len);
    assert(!failed);
}

void input_format_add_json(struct query *query, const char *text, size_t len)
{
    int failed = query_add_cell(query, QUERY_CELL_JSON, text, len);
    assert(!failed);
}

void input_format_fail(struct input_reader *reader, struct query *query,
                       uint64_t line, const char *why)
{
    query_fail(query, QUERY_BAD_ROW);
    uint64_t count = ++reader->shared->bad_rows;
    if (count <= NOTES_MAX)
        diag_note("%s:%llu: row cannot be read: %s", reader->source.name,
                  (unsigned long long)line, why);
    if (count == NOTES_MAX + 1)
        diag_note("further rows that cannot be read are only counted");
}

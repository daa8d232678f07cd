/*
 * NDJSON: one object, or one bare id, a line.
 *
 * Responsible for the member that holds the id and for kept members; not
 * for JSON. The invariant: an id is never cut or rounded: a string without
 * U+0000, or an integer up to 2^53 with its own digits; anything else makes
 * a bad row. Kept values that are no strings are repeated as they stand in
 * the line:
 *
 *     {"id":"A1","km":12.50,"tags":[1, 2]}    keep km: 12.50, tags: [1, 2]
 *
 * For that each value is given its text for cJSON's valuestring, which
 * cJSON_Delete frees.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_format.h"
#include "json.h"
#include "mem.h"
#include "units.h"

enum {
    WHY_MAX_BYTES = 200 + JSON_WHY_BYTES /* two names and some words */
};

/* 2^53: up to here a double, and so every JSON tool, has each integer. */
static const uint64_t integer_max = UINT64_C(1) << 53;

struct ndjson_state {
    cJSON *root;             /* of the line, owned; NULL: it was not parsed */
    const cJSON *id;         /* NULL: there is none */
    uint64_t skipped_line;   /* told too long at the open; 0: none */
    char why[WHY_MAX_BYTES]; /* the row is bad; "": it is good */
};

static void explain(struct ndjson_state *ndjson, const char *why)
{
    (void)snprintf(ndjson->why, sizeof ndjson->why, "%s", why);
}

static bool is_blank(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at == len;
}

/* Gives a value that is no string its raw text for a string. */
static void set_raw(cJSON *item, const char *text, size_t len)
{
    if (!cJSON_IsString(item))
        item->valuestring = mem_strndup(text, len);
}

/* Walks the members, or the bare value, and their raw text side by side. */
static void set_all_raw(cJSON *root, const char *text, size_t len)
{
    size_t at = json_next(text, len, 0);
    if (!cJSON_IsObject(root)) {
        set_raw(root, text + at, json_value_end(text, len, at) - at);
        return;
    }
    at++; /* the brace */
    cJSON *item = NULL;
    cJSON_ArrayForEach(item, root)
    {
        at = json_next(text, len, at);
        at = json_value_end(text, len, at); /* of its name */
        at = json_next(text, len, at);
        size_t end = json_value_end(text, len, at);
        set_raw(item, text + at, end - at);
        at = end;
    }
}

/* Is the member the id's, as told or by a known name? */
static bool is_id(const struct input_reader *reader, const char *name)
{
    const char *column = reader->shared->settings->column;
    return column ? strcmp(name, column) == 0 : input_format_known_id(name);
}

/* Finds the line's id; of an object the one member that may be it. */
static void find_id(struct input_reader *reader)
{
    struct ndjson_state *ndjson = reader->state;
    if (!cJSON_IsObject(ndjson->root)) {
        ndjson->id = reader->shared->settings->column ? NULL : ndjson->root;
        return;
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, ndjson->root)
    {
        if (!is_id(reader, item->string))
            continue;
        if (ndjson->id) {
            (void)snprintf(ndjson->why, sizeof ndjson->why,
                           "'%.100s' and '%.100s' may both be the id",
                           ndjson->id->string, item->string);
            return;
        }
        ndjson->id = item;
    }
}

/* The member of a name, the last of equal ones; NULL: there is none. */
static const cJSON *find_member(const cJSON *root, const char *name)
{
    const cJSON *found = NULL;
    const cJSON *item = NULL;
    if (!cJSON_IsObject(root))
        return NULL;
    cJSON_ArrayForEach(item, root)
    {
        if (strcmp(item->string, name) == 0)
            found = item;
    }
    return found;
}

/* What is wrong with the id of a line that was parsed, or NULL. */
static const char *judge_id(const cJSON *id)
{
    uint64_t number;
    if (!id)
        return "it has no member for the id";
    const char *text = id->valuestring;
    if (cJSON_IsString(id))
        return strlen(text) > INPUT_FIELD_MAX_BYTES ? "the id is too long"
                                                    : NULL;
    if (!cJSON_IsNumber(id))
        return "the id is neither text nor an integer";
    text += *text == '-';
    return units_parse_digits(text, strlen(text), integer_max, &number)
               ? "the id is no integer up to 2^53"
               : NULL;
}

/* Parses a line into members and id, or explains why it is bad. */
static void parse(struct input_reader *reader, const struct input_line *line)
{
    struct ndjson_state *ndjson = reader->state;
    cJSON_Delete(ndjson->root);
    ndjson->root = NULL;
    ndjson->id = NULL;
    ndjson->why[0] = '\0';
    if (line->too_long)
        explain(ndjson, "it is too long");
    else if (is_blank(line->text, line->len))
        explain(ndjson, "the line is blank");
    else
        ndjson->root = json_parse(line->text, line->len, ndjson->why);
    if (!ndjson->root)
        return;
    set_all_raw(ndjson->root, line->text, line->len);
    find_id(reader);
}

static enum status refuse(const struct input_reader *reader, const char *why)
{
    const struct ndjson_state *ndjson = reader->state;
    struct buf names;
    buf_init(&names, INPUT_LIST_MAX_BYTES);
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, ndjson->root)
    {
        if (!input_format_list(&names, item->string))
            break;
    }
    enum status status = diag_fail(
        STATUS_USAGE, "%s:1: %s; the members are: %.*s", reader->source.name,
        why, (int)names.len, names.data ? names.data : "");
    buf_release(&names);
    return status;
}

/* Names the run's kept columns after the first line's: all but the id. */
static enum status keep_all(struct input_reader *reader)
{
    const struct ndjson_state *ndjson = reader->state;
    struct input_keep *keep = &reader->shared->keep;
    const cJSON *item = NULL;
    if (!cJSON_IsObject(ndjson->root))
        return diag_fail(STATUS_USAGE,
                         "%s:1: --keep all wants an object in the first line",
                         reader->source.name);
    cJSON_ArrayForEach(item, ndjson->root)
    {
        if (item != ndjson->id)
            (void)input_keep_add(keep, item->string, strlen(item->string));
        if (keep->count > INPUT_COLUMNS_MAX)
            return diag_fail(STATUS_USAGE, "%s:1: more than %d members",
                             reader->source.name, INPUT_COLUMNS_MAX);
    }
    keep->all = false;
    return STATUS_OK;
}

/* Reads the first line, to settle what it can settle for the file. */
static enum status ndjson_open(struct input_reader *reader)
{
    struct ndjson_state *ndjson = mem_alloc(sizeof *ndjson);
    struct input_line line;
    reader->state = ndjson;
    enum input_result result = input_source_line(&reader->source, &line, true);
    if (result != INPUT_ROW)
        return result == INPUT_FAILED ? STATUS_IO : STATUS_OK;
    parse(reader, &line);
    if (line.too_long)
        ndjson->skipped_line = line.number;
    else
        input_source_rewind(&reader->source, 0, line.number);
    if (cJSON_IsObject(ndjson->root) && !reader->shared->settings->column) {
        if (ndjson->why[0])
            return refuse(reader, ndjson->why);
        if (!ndjson->id)
            return refuse(reader,
                          "which member is the id? choose with --column");
    }
    return reader->shared->keep.all ? keep_all(reader) : STATUS_OK;
}

/* Puts the row that was parsed into the query. */
static void fill(struct input_reader *reader, struct query *query)
{
    const struct ndjson_state *ndjson = reader->state;
    const struct input_keep *keep = &reader->shared->keep;
    const char *id = ndjson->why[0] ? "" : ndjson->id->valuestring;
    input_format_set_id(reader->shared, query, id, strlen(id), ndjson->why[0]);
    for (size_t i = 0; i < keep->count; i++) {
        const cJSON *item = find_member(ndjson->root, keep->names[i]);
        const char *text = item ? item->valuestring : "null";
        input_format_add(reader->shared, query,
                         cJSON_IsString(item) ? QUERY_CELL_TEXT
                                              : QUERY_CELL_JSON,
                         text, strlen(text));
    }
    if (ndjson->why[0])
        input_format_fail(reader, query, query->line, ndjson->why);
}

static enum input_result ndjson_next(struct input_reader *reader,
                                     struct query *query)
{
    struct ndjson_state *ndjson = reader->state;
    struct input_line line = {.number = ndjson->skipped_line, .too_long = true};
    enum input_result result = INPUT_ROW;
    if (ndjson->skipped_line == 0)
        result = input_source_line(&reader->source, &line, true);
    if (result != INPUT_ROW)
        return result;
    ndjson->skipped_line = 0;
    query->line = line.number;
    parse(reader, &line);
    const char *wrong = ndjson->why[0] ? NULL : judge_id(ndjson->id);
    if (wrong)
        explain(ndjson, wrong);
    fill(reader, query);
    return INPUT_ROW;
}

static void ndjson_close(struct input_reader *reader)
{
    struct ndjson_state *ndjson = reader->state;
    cJSON_Delete(ndjson->root);
    free(ndjson);
}

const struct input_format_ops input_ndjson = {
    .open = ndjson_open,
    .next = ndjson_next,
    .close = ndjson_close,
};

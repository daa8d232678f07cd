/*
 * NDJSON: one object, or one bare id, a line.
 *
 * Responsible for the member that holds the id and for kept members; cJSON
 * parses, input_json is strict where cJSON is not. The invariant: an id is
 * never cut or rounded: a string without U+0000, or an integer up to 2^53
 * with its own digits; anything else makes a bad row. Kept values that are
 * no strings are repeated as they stand in the line:
 *
 *     {"id":"A1","km":12.50,"tags":[1, 2]}    keep km: 12.50, tags: [1, 2]
 *
 * cJSON's members and the raw text are walked side by side for that.
 */
#include <assert.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_format.h"
#include "input_json.h"
#include "mem.h"

enum {
    WHY_MAX_BYTES = 256,
    NAMES_MAX_BYTES = 1024 /* of the members in a message */
};

/* 2^53: up to here a double, and so every JSON tool, has each integer. */
static const unsigned long long integer_max = 1ULL << 53;

/* A value of the line: what cJSON made of it, and its bytes. */
struct value {
    const cJSON *item; /* NULL: there is none */
    const char *raw;
    size_t len;
};

struct ndjson_state {
    cJSON *root; /* of the line, owned; NULL: it was not parsed */
    struct value id;
    struct value *kept;      /* by kept member; the last of equal names */
    const char *rival;       /* another member that could be it; borrowed */
    uint64_t skipped_line;   /* told too long at the open; 0: none */
    char why[WHY_MAX_BYTES]; /* the row is bad; "": it is good */
};

static void explain(struct ndjson_state *ndjson, const char *why)
{
    if (!ndjson->why[0])
        (void)snprintf(ndjson->why, sizeof ndjson->why, "%s", why);
}

static void forget(struct ndjson_state *ndjson, size_t n_kept)
{
    cJSON_Delete(ndjson->root);
    ndjson->root = NULL;
    ndjson->id.item = NULL;
    ndjson->rival = NULL;
    ndjson->why[0] = '\0';
    for (size_t i = 0; ndjson->kept && i < n_kept; i++)
        ndjson->kept[i].item = NULL;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] != ' ' && text[i] != '\t')
            return false;
    }
    return true;
}

/* Is the member the id's, as told or by a known name? */
static bool is_id(const struct input_reader *reader, const char *name)
{
    const char *column = reader->shared->settings->column;
    return column ? strcmp(name, column) == 0 : input_format_known_id(name);
}

/* Takes a member of the line if it is the id or kept. */
static void take_member(struct input_reader *reader, struct value value)
{
    struct ndjson_state *ndjson = reader->state;
    const struct input_keep *keep = &reader->shared->keep;
    const char *name = value.item->string;
    bool id = is_id(reader, name);
    if (id && !ndjson->id.item)
        ndjson->id = value;
    else if (id && !ndjson->rival) {
        ndjson->rival = name;
        (void)snprintf(ndjson->why, sizeof ndjson->why,
                       "'%.100s' and '%.100s' may both be the id",
                       ndjson->id.item->string, name);
    }
    for (size_t i = 0; ndjson->kept && i < keep->count; i++) {
        if (strcmp(keep->names[i], name) == 0)
            ndjson->kept[i] = value;
    }
}

/* Walks the members and their raw text side by side. */
static void walk(struct input_reader *reader, const char *text, size_t len)
{
    struct ndjson_state *ndjson = reader->state;
    size_t at = input_json_next(text, len, 0) + 1; /* behind the brace */
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, ndjson->root)
    {
        at = input_json_next(text, len, at);
        at = input_json_value_end(text, len, at); /* of its name */
        at = input_json_next(text, len, at);
        size_t end = input_json_value_end(text, len, at);
        take_member(reader, (struct value){item, text + at, end - at});
        at = end;
    }
}

/* Takes a line that is no object for the id. */
static void take_bare(struct ndjson_state *ndjson, const char *text, size_t len)
{
    size_t at = input_json_next(text, len, 0);
    size_t end = input_json_value_end(text, len, at);
    ndjson->id = (struct value){ndjson->root, text + at, end - at};
}

/* Is the number an integer up to 2^53, without point or exponent? */
static bool is_integer(struct value value)
{
    unsigned long long number = 0;
    for (size_t i = value.raw[0] == '-'; i < value.len; i++) {
        if (value.raw[i] < '0' || value.raw[i] > '9')
            return false;
        number = number * 10 + (unsigned long long)(value.raw[i] - '0');
        if (number > integer_max)
            return false;
    }
    return true;
}

/* Says what is wrong with the id, if anything is. */
static void judge_id(struct ndjson_state *ndjson)
{
    const cJSON *item = ndjson->id.item;
    if (!item)
        explain(ndjson, "it has no member for the id");
    else if (cJSON_IsNumber(item) && !is_integer(ndjson->id))
        explain(ndjson, "the id is no integer up to 2^53");
    else if (!cJSON_IsNumber(item) && !cJSON_IsString(item))
        explain(ndjson, "the id is neither text nor an integer");
    else if (ndjson->id.len > INPUT_FIELD_MAX_BYTES + 2 &&
             strlen(item->valuestring) > INPUT_FIELD_MAX_BYTES)
        explain(ndjson, "the id is too long");
}

/* Parses a line into id and kept members, or explains why it is bad. */
static void parse(struct input_reader *reader, const char *text, size_t len)
{
    struct ndjson_state *ndjson = reader->state;
    forget(ndjson, reader->shared->keep.count);
    const char *wrong = is_blank(text, len) ? "the line is blank"
                                            : input_json_check(text, len);
    if (wrong) {
        explain(ndjson, wrong);
        return;
    }
    const char *end = text;
    ndjson->root = cJSON_ParseWithLengthOpts(text, len, &end, false);
    size_t used = end ? (size_t)(end - text) : 0;
    if (!ndjson->root || !is_blank(text + used, len - used)) {
        (void)snprintf(ndjson->why, sizeof ndjson->why,
                       "not valid JSON at byte %zu", used + 1);
        cJSON_Delete(ndjson->root);
        ndjson->root = NULL;
        return;
    }
    if (cJSON_IsObject(ndjson->root))
        walk(reader, text, len);
    else if (!reader->shared->settings->column)
        take_bare(ndjson, text, len);
    judge_id(ndjson);
}

static enum status refuse(const struct input_reader *reader, const char *why)
{
    const struct ndjson_state *ndjson = reader->state;
    struct buf names;
    buf_init(&names, NAMES_MAX_BYTES);
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, ndjson->root)
    {
        if (buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", item->string))
            break; /* long enough */
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
        if (item == ndjson->id.item || input_keep_has(keep, item->string))
            continue;
        if (keep->count == INPUT_COLUMNS_MAX)
            return diag_fail(STATUS_USAGE, "%s:1: more than %d members",
                             reader->source.name, INPUT_COLUMNS_MAX);
        input_keep_add(keep, item->string);
    }
    keep->all = false;
    return STATUS_OK;
}

/* Settles what the first line, just parsed, can settle for the file. */
static enum status check_first(struct input_reader *reader)
{
    const struct ndjson_state *ndjson = reader->state;
    const char *column = reader->shared->settings->column;
    if (cJSON_IsObject(ndjson->root) && !column && ndjson->rival)
        return refuse(reader, ndjson->why);
    if (cJSON_IsObject(ndjson->root) && !column && !ndjson->id.item)
        return refuse(reader, "which member is the id? choose with --column");
    return reader->shared->keep.all ? keep_all(reader) : STATUS_OK;
}

static enum status ndjson_open(struct input_reader *reader)
{
    /* Out of memory must not look like a malformed row. */
    cJSON_InitHooks(&(cJSON_Hooks){mem_alloc, free});
    struct ndjson_state *ndjson = mem_alloc(sizeof *ndjson);
    reader->state = ndjson;
    struct input_line line;
    input_source_mark(&reader->source);
    enum input_source_result result = input_source_line(&reader->source, &line);
    if (result == INPUT_SOURCE_FAILED)
        return STATUS_IO;
    if (result == INPUT_SOURCE_END)
        return STATUS_OK;
    if (result == INPUT_SOURCE_TOO_LONG) {
        ndjson->skipped_line = line.number;
        line.len = 0;
    }
    parse(reader, line.text, line.len);
    if (result == INPUT_SOURCE_LINE)
        input_source_rewind(&reader->source, 0, line.number);
    return check_first(reader);
}

/* Puts the row that was parsed into the query. */
static void fill(struct input_reader *reader, struct query *query)
{
    struct ndjson_state *ndjson = reader->state;
    const struct value *id = &ndjson->id;
    const char *text = "";
    size_t len = 0;
    if (!ndjson->why[0]) {
        bool string = cJSON_IsString(id->item);
        text = string ? id->item->valuestring : id->raw;
        len = string ? strlen(text) : id->len;
    }
    input_format_set_id(reader->shared, query, text, len, ndjson->why[0]);
    for (size_t i = 0; i < reader->shared->keep.count; i++) {
        const struct value *kept = &ndjson->kept[i];
        if (cJSON_IsString(kept->item)) {
            text = kept->item->valuestring;
            input_format_add_text(reader->shared, query, text, strlen(text));
        } else if (kept->item) {
            input_format_add_json(query, kept->raw, kept->len);
        } else {
            input_format_add_json(query, "null", 4);
        }
    }
    if (ndjson->why[0])
        input_format_fail(reader, query, query->line, ndjson->why);
}

static enum input_result ndjson_next(struct input_reader *reader,
                                     struct query *query)
{
    struct ndjson_state *ndjson = reader->state;
    const struct input_keep *keep = &reader->shared->keep;
    struct input_line line = {.number = ndjson->skipped_line};
    enum input_source_result result = INPUT_SOURCE_TOO_LONG;
    if (!ndjson->kept)
        ndjson->kept = mem_alloc(keep->count * sizeof *ndjson->kept);
    input_source_mark(&reader->source);
    if (ndjson->skipped_line == 0)
        result = input_source_line(&reader->source, &line);
    ndjson->skipped_line = 0;
    if (result > INPUT_SOURCE_TOO_LONG)
        return input_format_stopped(result);
    query->line = line.number;
    if (result == INPUT_SOURCE_LINE) {
        parse(reader, line.text, line.len);
    } else {
        forget(ndjson, keep->count);
        explain(ndjson, "it is too long");
    }
    fill(reader, query);
    return INPUT_ROW;
}

static void ndjson_close(struct input_reader *reader)
{
    struct ndjson_state *ndjson = reader->state;
    if (!ndjson)
        return;
    cJSON_Delete(ndjson->root);
    free(ndjson->kept);
    free(ndjson);
    reader->state = NULL;
}

const struct input_format_ops input_ndjson = {
    ndjson_open,
    ndjson_next,
    ndjson_close,
};

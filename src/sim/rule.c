/*
 * One line of a scenario, from text.
 *
 * Responsible for the table of words below, which the man page repeats, and
 * for saying what is wrong with a line; not for when rules are asked.
 */
#include "sim/rule.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "sim/nearest.h"
#include "sim/slurp.h"
#include "sim/word.h"
#include "units.h"

/* A word of any kind may stand in one line with MATCH words only. */
enum word_use {
    WORD_MATCH,     /* requests */
    WORD_MATCH_ANY, /* requests and connections */
    WORD_REPLY,
    WORD_ACCEPT,
    WORD_CHANGE
};

typedef int (*word_set_fn)(void *field, const struct word *word);

struct word_row {
    const char *name;
    enum word_use use;
    word_set_fn set;
    size_t offset;       /* of the field in struct rule */
    const char *expects; /* for messages; NULL: takes no value */
};

void behaviour_init(struct behaviour *behaviour)
{
    *behaviour = (struct behaviour){
        .delay_ns = -1,
        .drip_ns = -1,
        .cut = -1,
        .close_after_ns = -1,
        .extra_delay_ns = -1,
    };
    buf_init(&behaviour->body, RULE_BODY_MAX_BYTES);
    buf_init(&behaviour->fields, WORD_MAX_BYTES);
    buf_init(&behaviour->raw, WORD_MAX_BYTES);
    buf_init(&behaviour->extra, WORD_MAX_BYTES);
}

void rule_free(struct rule *rule)
{
    if (!rule)
        return;
    free(rule->match.id);
    free(rule->change.login);
    buf_release(&rule->behaviour.body);
    buf_release(&rule->behaviour.fields);
    buf_release(&rule->behaviour.raw);
    buf_release(&rule->behaviour.extra);
    free(rule);
}

static int set_flag(void *field, const struct word *word)
{
    (void)word; /* the name says it all */
    *(bool *)field = true;
    return 0;
}

static int set_glob(void *field, const struct word *word)
{
    *(char **)field = mem_strdup(word->value.data);
    return 0;
}

static int set_count(void *field, const struct word *word)
{
    uint64_t *count = field;
    return units_parse_count(word->value.data, count) || *count == 0 ? -1 : 0;
}

/* K, A-B or A- (from A on); the first is 1. */
static int set_range(void *field, const struct word *word)
{
    struct range *range = field;
    char *text = word->value.data;
    char *dash = strchr(text, '-');
    if (dash)
        *dash = '\0';
    int failed = units_parse_count(text, &range->first);
    range->last = dash ? UINT64_MAX : range->first;
    if (dash && dash[1])
        failed |= units_parse_count(dash + 1, &range->last);
    if (dash)
        *dash = '-';
    return failed || range->first == 0 || range->last < range->first ? -1 : 0;
}

static int set_duration(void *field, const struct word *word)
{
    return units_parse_duration(word->value.data, field);
}

static int set_share(void *field, const struct word *word)
{
    char *end;
    double percent = strtod(word->value.data, &end);
    *(double *)field = percent / 100;
    bool whole = end != word->value.data && strcmp(end, "%") == 0;
    return whole && percent > 0 && percent <= 100 ? 0 : -1;
}

static int set_status(void *field, const struct word *word)
{
    uint64_t status;
    if (units_parse_count(word->value.data, &status) || status < 100 ||
        status > 999)
        return -1;
    *(int *)field = (int)status;
    return 0;
}

/* The place of text in names (NULL at the end), or -1. */
static int choice(const char *const *names, const char *text)
{
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) == 0)
            return i;
    }
    return -1;
}

static int set_online(void *field, const struct word *word)
{
    static const char *const names[] = {"true", "false", NULL};
    int found = choice(names, word->value.data);
    *(enum behaviour_online *)field = found == 0 ? BEHAVIOUR_ONLINE
                                                 : BEHAVIOUR_OFFLINE;
    return found < 0 ? -1 : 0;
}

static int set_bytes(void *field, const struct word *word)
{
    return buf_append(field, word->value.data, word->value.len);
}

/* The body's three words end in one buffer: `body` stands for them all. */
static int set_body(void *field, const struct word *word)
{
    struct behaviour *behaviour = field;
    behaviour->has_body = true;
    return set_bytes(&behaviour->body, word);
}

static int set_body_file(void *field, const struct word *word)
{
    struct behaviour *behaviour = field;
    behaviour->has_body = true;
    return slurp(&behaviour->body, word->value.data);
}

static int set_body_size(void *field, const struct word *word)
{
    struct behaviour *behaviour = field;
    uint64_t size;
    if (units_parse_count(word->value.data, &size))
        return -1;
    char *bytes = buf_reserve(&behaviour->body, size);
    if (!bytes)
        return -1;
    memset(bytes, 'x', size);
    behaviour->body.len += size;
    behaviour->has_body = true;
    return 0;
}

static int set_header(void *field, const struct word *word)
{
    const char *colon = memchr(word->value.data, ':', word->value.len);
    if (!colon || colon == word->value.data)
        return -1;
    return set_bytes(field, word) || buf_puts(field, "\r\n") ? -1 : 0;
}

static int set_raw(void *field, const struct word *word)
{
    struct behaviour *behaviour = field;
    behaviour->has_raw = true;
    return set_bytes(&behaviour->raw, word);
}

static int set_length(void *field, const struct word *word)
{
    struct behaviour *behaviour = field;
    const char *text = word->value.data;
    bool off = text[0] == '+' || text[0] == '-';
    uint64_t value = 0;
    if (strcmp(text, "none") == 0) {
        behaviour->length_kind = BEHAVIOUR_LENGTH_NONE;
        return 0;
    }
    if (units_parse_count(text + off, &value))
        return -1;
    behaviour->length_kind = off ? BEHAVIOUR_LENGTH_OFF : BEHAVIOUR_LENGTH_IS;
    behaviour->length = text[0] == '-' ? -(int64_t)value : (int64_t)value;
    return 0;
}

static int set_chunked(void *field, const struct word *word)
{
    (void)word; /* the name says it all */
    *(enum behaviour_chunks *)field = BEHAVIOUR_CHUNKS;
    return 0;
}

static int set_chunk_bad(void *field, const struct word *word)
{
    static const char *const names[] = {"size", "final", "extension", NULL};
    int found = choice(names, word->value.data);
    *(enum behaviour_chunks *)field = (enum behaviour_chunks)(
        BEHAVIOUR_CHUNKS_BAD_SIZE + found);
    return found < 0 ? -1 : 0;
}

static int set_cut(void *field, const struct word *word)
{
    uint64_t bytes;
    if (units_parse_count(word->value.data, &bytes))
        return -1;
    *(int64_t *)field = (int64_t)bytes;
    return 0;
}

static int set_accept(void *field, const struct word *word)
{
    static const char *const names[] = {"hang", "close", "rst", NULL};
    int found = choice(names, word->value.data);
    *(enum rule_accept *)field = (enum rule_accept)(RULE_ACCEPT_HANG + found);
    return found < 0 ? -1 : 0;
}

static int set_quota(void *field, const struct word *word)
{
    struct rule_change *change = field;
    change->has_quota = true;
    change->quota = -1;
    if (strcmp(word->value.data, "none") == 0)
        return 0;
    return units_parse_rate(word->value.data, &change->quota);
}

static int set_login(void *field, const struct word *word)
{
    if (!strchr(word->value.data, ':'))
        return -1;
    return set_glob(field, word);
}

static int set_fault(void *field, const struct word *word)
{
    struct rule_change *change = field;
    int found = choice(certificate_faults, word->value.data);
    change->has_fault = true;
    change->fault = (enum certificate_fault)found;
    return found < 0 ? -1 : 0;
}

static const char a_range[] = "a number from 1, a range A-B or A-";
static const char a_duration[] = "a duration such as 200ms or 2s";
static const char some_text[] = "text";
static const char a_size[] = "a number of bytes such as 100 or 10M";

#define FIELD(member) offsetof(struct rule, member)

static const struct word_row rows[] = {
    {"id", WORD_MATCH, set_glob, FIELD(match.id), "a pattern"},
    {"n", WORD_MATCH, set_range, FIELD(match.number), a_range},
    {"each", WORD_MATCH, set_range, FIELD(match.of_id), a_range},
    {"on", WORD_MATCH, set_range, FIELD(match.on_connection), a_range},
    {"conn", WORD_MATCH_ANY, set_range, FIELD(match.connection), a_range},
    {"every", WORD_MATCH_ANY, set_count, FIELD(match.every), "a number from 1"},
    {"after", WORD_MATCH_ANY, set_duration, FIELD(match.after_ns), a_duration},
    {"until", WORD_MATCH_ANY, set_duration, FIELD(match.until_ns), a_duration},
    {"share", WORD_MATCH_ANY, set_share, FIELD(match.share),
     "a share such as 5%"},
    {"status", WORD_REPLY, set_status, FIELD(behaviour.status),
     "a number from 100 to 999"},
    {"online", WORD_REPLY, set_online, FIELD(behaviour.online),
     "true or false"},
    {"body", WORD_REPLY, set_body, FIELD(behaviour), some_text},
    {"body-file", WORD_REPLY, set_body_file, FIELD(behaviour),
     "a readable file"},
    {"body-size", WORD_REPLY, set_body_size, FIELD(behaviour),
     "a number of bytes, at most 268435456"},
    {"header", WORD_REPLY, set_header, FIELD(behaviour.fields),
     "\"Name: value\""},
    {"headers", WORD_REPLY, set_count, FIELD(behaviour.field_count),
     "a number from 1"},
    {"header-size", WORD_REPLY, set_count, FIELD(behaviour.field_bytes),
     a_size},
    {"informational", WORD_REPLY, set_count, FIELD(behaviour.informational),
     "a number from 1"},
    {"raw", WORD_REPLY, set_raw, FIELD(behaviour), some_text},
    {"length", WORD_REPLY, set_length, FIELD(behaviour), "+N, -N, N or none"},
    {"chunked", WORD_REPLY, set_chunked, FIELD(behaviour.chunks), NULL},
    {"chunk-bad", WORD_REPLY, set_chunk_bad, FIELD(behaviour.chunks),
     "size, final or extension"},
    {"delay", WORD_REPLY, set_duration, FIELD(behaviour.delay_ns), a_duration},
    {"drip", WORD_REPLY, set_duration, FIELD(behaviour.drip_ns), a_duration},
    {"cut", WORD_REPLY, set_cut, FIELD(behaviour.cut), a_size},
    {"hang", WORD_REPLY, set_flag, FIELD(behaviour.hang), NULL},
    {"rst", WORD_REPLY, set_flag, FIELD(behaviour.rst), NULL},
    {"close", WORD_REPLY, set_flag, FIELD(behaviour.close), NULL},
    {"endless", WORD_REPLY, set_flag, FIELD(behaviour.endless), NULL},
    {"close-after", WORD_REPLY, set_duration, FIELD(behaviour.close_after_ns),
     a_duration},
    {"extra", WORD_REPLY, set_bytes, FIELD(behaviour.extra), some_text},
    {"extra-delay", WORD_REPLY, set_duration, FIELD(behaviour.extra_delay_ns),
     a_duration},
    {"accept", WORD_ACCEPT, set_accept, FIELD(accept), "hang, close or rst"},
    {"quota", WORD_CHANGE, set_quota, FIELD(change),
     "a rate such as 50 or 0.5, or none"},
    {"login", WORD_CHANGE, set_login, FIELD(change.login), "USER:PASSWORD"},
    {"tls-fault", WORD_CHANGE, set_fault, FIELD(change),
     "none, expired, future, wrong-name or self-signed"},
};

enum {
    ROW_COUNT = sizeof rows / sizeof rows[0]
};

/* A line on its way to a rule. */
struct draft {
    struct rule *rule;
    bool used[ROW_COUNT];
    char *why;
};

static int refuse(struct draft *draft, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int refuse(struct draft *draft, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(draft->why, RULE_WHY_BYTES, format, args);
    va_end(args);
    return -1;
}

static int refuse_unknown(struct draft *draft, const char *name)
{
    struct nearest nearest = {.name = NULL};
    for (size_t i = 0; i < ROW_COUNT; i++)
        nearest_offer(&nearest, name, rows[i].name);
    if (nearest.name)
        return refuse(draft, "unknown word `%.60s`, did you mean `%s`?", name,
                      nearest.name);
    return refuse(draft, "unknown word `%.60s`", name);
}

static size_t find_row(const char *name)
{
    size_t i = 0;
    while (i < ROW_COUNT && strcmp(rows[i].name, name) != 0)
        i++;
    return i;
}

/* Writes one word into the draft's rule. */
static int take(struct draft *draft, const struct word *word)
{
    const char *name = word->key.data;
    size_t at = find_row(name);
    if (at == ROW_COUNT)
        return refuse_unknown(draft, name);
    const struct word_row *row = &rows[at];
    if (draft->used[at] && row->set != set_header)
        return refuse(draft, "`%s` stands in the line twice", name);
    draft->used[at] = true;
    if (word->has_value && !row->expects)
        return refuse(draft, "`%s` takes no value", name);
    if (!word->has_value && row->expects)
        return refuse(draft, "`%s` wants %s", name, row->expects);
    errno = 0;
    if (row->set((char *)draft->rule + row->offset, word)) {
        const char *cause = errno ? strerror(errno) : "bad value";
        return refuse(draft, "`%s=%.60s`: %s; it wants %s", name,
                      word->value.data, cause, row->expects);
    }
    return 0;
}

/* Checks that the words fit together and settles the rule's kind. */
static int settle(struct draft *draft)
{
    bool has[WORD_CHANGE + 1] = {false};
    for (size_t i = 0; i < ROW_COUNT; i++)
        has[rows[i].use] |= draft->used[i];
    int actions = has[WORD_REPLY] + has[WORD_ACCEPT] + has[WORD_CHANGE];
    if (actions == 0)
        return refuse(draft, "the line does nothing: an action is missing");
    if (actions > 1)
        return refuse(draft, "`accept`, and `quota`, `login`, `tls-fault`, "
                             "want lines of their own");
    if (has[WORD_ACCEPT] && has[WORD_MATCH])
        return refuse(draft, "`accept` goes with `conn`, `every`, `after`, "
                             "`until` and `share` only");
    if (has[WORD_ACCEPT])
        draft->rule->kind = RULE_ACCEPT;
    if (has[WORD_CHANGE])
        draft->rule->kind = RULE_CHANGE;
    return 0;
}

static int parse_words(struct draft *draft, struct span line)
{
    struct word word;
    word_init(&word);
    int words = 0;
    int failed = 0;
    while (!failed) {
        const char *why = NULL;
        enum word_result result = word_take(&word, &line, &why);
        if (result == WORD_END)
            break;
        if (result == WORD_BAD)
            failed = refuse(draft, "`%.60s`: %s", word.key.data, why);
        else
            failed = take(draft, &word);
        words++;
    }
    word_release(&word);
    if (!failed && words > 0)
        failed = settle(draft);
    return failed ? -1 : words > 0;
}

int rule_parse(struct rule **rule, struct span line, char *why)
{
    struct draft draft = {.rule = mem_alloc(sizeof *draft.rule), .why = why};
    behaviour_init(&draft.rule->behaviour);
    int result = parse_words(&draft, line);
    if (result > 0)
        *rule = draft.rule;
    else
        rule_free(draft.rule);
    return result;
}

/*
 * The scenario: which rule holds.
 *
 * Responsible for order and matching; not for the lines' grammar and not
 * for what a rule does. Chance is a pure function of the occasion's number
 * and the line's, so that a run can be repeated.
 */
#include "sim/scenario.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "mem.h"
#include "sim/chance.h"

struct scenario {
    struct rule *first;
    struct rule **end;
    uint64_t lines;
    bool wants_of_id;
    struct behaviour usual;
};

struct scenario *scenario_new(void)
{
    struct scenario *scenario = mem_alloc(sizeof *scenario);
    scenario->end = &scenario->first;
    behaviour_init(&scenario->usual);
    return scenario;
}

void scenario_free(struct scenario *scenario)
{
    if (!scenario)
        return;
    while (scenario->first) {
        struct rule *rule = scenario->first;
        scenario->first = rule->next;
        rule_free(rule);
    }
    free(scenario);
}

int scenario_add(struct scenario *scenario, struct span line, char *why)
{
    struct rule *rule = NULL;
    scenario->lines++;
    int result = rule_parse(&rule, line, why);
    if (result <= 0)
        return result;
    rule->seed = scenario->lines << 40;
    scenario->wants_of_id |= rule->match.of_id.first > 0;
    *scenario->end = rule;
    scenario->end = &rule->next;
    return 0;
}

bool scenario_wants_of_id(const struct scenario *scenario)
{
    return scenario->wants_of_id;
}

static bool in_range(const struct range *range, uint64_t number)
{
    return range->first == 0 ||
           (number >= range->first && number <= range->last);
}

static bool in_time(const struct rule_match *match, uint64_t elapsed_ns)
{
    return elapsed_ns >= (uint64_t)match->after_ns &&
           (match->until_ns == 0 || elapsed_ns < (uint64_t)match->until_ns);
}

/* Patterns are strings: an id with a NUL inside matches none. */
static bool id_matches(const char *pattern, const struct occasion *occasion)
{
    if (!pattern)
        return true;
    if (!occasion->has_id || memchr(occasion->id.data, '\0', occasion->id.len))
        return false;
    return fnmatch(pattern, occasion->id.data, 0) == 0;
}

static bool holds(const struct rule *rule, const struct occasion *occasion)
{
    const struct rule_match *match = &rule->match;
    if (!in_range(&match->number, occasion->number) ||
        !in_range(&match->of_id, occasion->of_id) ||
        !in_range(&match->connection, occasion->connection) ||
        !in_range(&match->on_connection, occasion->on_connection) ||
        !in_time(match, occasion->elapsed_ns))
        return false;
    if (match->every > 0 && occasion->number % match->every != 0)
        return false;
    if (match->share > 0 &&
        chance_of(occasion->number ^ rule->seed) >= match->share)
        return false;
    return id_matches(match->id, occasion);
}

static struct rule *find(const struct scenario *scenario, enum rule_kind kind,
                         const struct occasion *occasion)
{
    struct rule *rule = scenario->first;
    while (rule && (rule->kind != kind || rule->done || !holds(rule, occasion)))
        rule = rule->next;
    return rule;
}

const struct behaviour *scenario_reply(const struct scenario *scenario,
                                       const struct occasion *occasion)
{
    const struct rule *rule = find(scenario, RULE_REPLY, occasion);
    return rule ? &rule->behaviour : &scenario->usual;
}

const struct behaviour *scenario_usual(const struct scenario *scenario)
{
    return &scenario->usual;
}

enum rule_accept scenario_accept(const struct scenario *scenario,
                                 const struct occasion *occasion)
{
    const struct rule *rule = find(scenario, RULE_ACCEPT, occasion);
    return rule ? rule->accept : RULE_ACCEPT_USUAL;
}

const struct rule_change *scenario_change(struct scenario *scenario,
                                          const struct occasion *occasion)
{
    struct rule *rule = find(scenario, RULE_CHANGE, occasion);
    if (!rule)
        return NULL;
    rule->done = true;
    return &rule->change;
}

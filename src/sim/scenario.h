/*
 * The scenario: the rules of a file in order, and which of them holds.
 */
#ifndef MQSTAT_SIM_SCENARIO_H
#define MQSTAT_SIM_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/rule.h"
#include "sim/span.h"

/* What happens just now. Numbers count from 1. */
struct occasion {
    bool has_id;     /* the path is that of a status query */
    struct span id;  /* with a NUL behind its last byte */
    uint64_t number; /* of the request; of the connection on accept */
    uint64_t of_id;  /* of the request for this id */
    uint64_t connection;
    uint64_t on_connection; /* of the request on its connection */
    uint64_t elapsed_ns;    /* since the first request */
};

struct scenario;

struct scenario *scenario_new(void);

/* Frees a scenario; takes NULL. */
void scenario_free(struct scenario *scenario);

/*
 * Adds a line behind the others. Returns -1 with the reason in why
 * (RULE_WHY_BYTES).
 */
int scenario_add(struct scenario *scenario, struct span line, char *why);

/* Does any rule ask for the number of a request for its id? */
bool scenario_wants_of_id(const struct scenario *scenario);

/* The behaviour of the first reply rule that holds; never NULL. Borrowed. */
const struct behaviour *scenario_reply(const struct scenario *scenario,
                                       const struct occasion *occasion);

/* The behaviour without any departure. Borrowed. */
const struct behaviour *scenario_usual(const struct scenario *scenario);

/* What to do with a new connection: the first accept rule that holds. */
enum rule_accept scenario_accept(const struct scenario *scenario,
                                 const struct occasion *occasion);

/*
 * The next change that holds and has not happened yet, which it now has;
 * NULL when there is none left. Borrowed.
 */
const struct rule_change *scenario_change(struct scenario *scenario,
                                          const struct occasion *occasion);

#endif

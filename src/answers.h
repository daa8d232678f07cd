/*
 * Equal ids: asked once in a run, answered on every row. 96 bits of XXH3
 * stand for an id (ten million ids collide with probability 6e-16), so
 * memory is 24 bytes an id plus 4.6 to 9.2 of index: about 31 at 10 million.
 */
#ifndef MQSTAT_ANSWERS_H
#define MQSTAT_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query.h"

struct answers;

enum answers_claim {
    ANSWERS_ASK,  /* the first row with this id: ask, then settle */
    ANSWERS_WAIT, /* an equal id is being asked: the row was tied to it */
    ANSWERS_KNOWN /* the row holds the answer and is done */
};

struct answers *answers_new(void);

/* Takes NULL. */
void answers_free(struct answers *answers);

/* The id will be looked for soon: memory begins to fetch its place. */
void answers_expect(const struct answers *answers, const struct query *query);

/* Looks the row's id up. On WAIT the row hangs in its first's copies list
 * (state QUERY_COPY) until answers_settle. */
enum answers_claim answers_claim(struct answers *answers, struct query *query);

/*
 * The first row is done: keeps its result and gives it to its copies, which
 * become done with attempts 0. Returns the list of copies, linked by
 * `copies`, NULL when there are none.
 */
struct query *answers_settle(struct answers *answers, struct query *query);

/* The row is done by an earlier run: keeps its result for rows with the same
 * id, unless one is known or on its way. */
void answers_learn(struct answers *answers, const struct query *query);

/* Looks the answer to an id up, and adds nothing: false when there is none. */
bool answers_find(const struct answers *answers, const struct query *query,
                  bool *online);

/* The shard, 1 to shards, that an id belongs to; the same everywhere. */
uint64_t answers_shard(const struct query *query, uint64_t shards);

/* Distinct ids seen, and the memory they take. */
size_t answers_count(const struct answers *answers);
size_t answers_bytes(const struct answers *answers);

#endif

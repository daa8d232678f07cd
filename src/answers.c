/*
 * Equal ids: asked once in a run, answered on every row.
 *
 * Responsible for finding an id's earlier row or answer; not for asking.
 * The id itself is not stored: 96 bits of its XXH3-128 hash stand for it.
 * Entries lie in blocks that never move, 24 bytes each; an open-addressed
 * index of 32-bit entry numbers, at most 7/8 full, finds them. The index is
 * rebuilt from the entries when it grows, after the old one is freed, so
 * growth has no peak. A slot holds the entry's number + 1 in its low bits,
 * as many as slots are numbered with, and above them bits of the hash, so
 * that the entries of other ids in the way are hardly ever looked at. With
 * 2^24 slots: 24 bits of number, 8 bits of hash.
 *
 * An entry whose id is being asked holds the asking row; a settled one
 * holds the answer packed into 64 bits:
 *
 *     bits 63..20  checked_at, ms since the epoch (until the year 2527)
 *     bits 19..10  HTTP status
 *     bits  9..5   error code
 *     bit   4      online
 */
#include "answers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "mem.h"

enum {
    BLOCK_ENTRIES = 1 << 18, /* 6 MiB: three huge pages */
    FIRST_SLOTS = 1024,
    AHEAD = 16 /* entries whose places are fetched before they are needed */
};

struct entry {
    uint32_t hash[3];
    uint32_t latency_us; /* or ASKING, or NO_LATENCY */
    union {
        uint64_t answer;
        struct query *asking; /* borrowed from the window */
    } is;
};

static_assert(sizeof(struct entry) == 24, "an id costs 24 bytes");

struct answers {
    struct entry **blocks; /* owned */
    size_t n_blocks;
    uint32_t count;
    uint32_t *index; /* see above; 0 is free */
    uint32_t slots;  /* a power of two */
};

/* Values of latency_us that are no latency. */
#define ASKING     UINT32_MAX
#define NO_LATENCY (UINT32_MAX - 1)

static void make_index(struct answers *answers, uint32_t slots)
{
    size_t size = slots * sizeof *answers->index;
    answers->slots = slots;
    answers->index = memset(mem_alloc_table(size), 0, size);
}

struct answers *answers_new(void)
{
    struct answers *answers = mem_alloc(sizeof *answers);
    make_index(answers, FIRST_SLOTS);
    return answers;
}

void answers_free(struct answers *answers)
{
    if (!answers)
        return;
    for (size_t i = 0; i < answers->n_blocks; i++)
        free(answers->blocks[i]);
    free(answers->blocks);
    free(answers->index);
    free(answers);
}

static struct entry *entry_at(const struct answers *answers, uint32_t number)
{
    return &answers->blocks[number / BLOCK_ENTRIES][number % BLOCK_ENTRIES];
}

/* The entry that a slot names. */
static struct entry *entry_in(const struct answers *answers, uint32_t slot)
{
    uint32_t mask = answers->slots - 1;
    return entry_at(answers, (answers->index[slot] & mask) - 1);
}

/* The slot that holds the hash, or the free one where it belongs. */
static uint32_t find_slot(const struct answers *answers, const uint32_t hash[3])
{
    uint32_t mask = answers->slots - 1;
    uint32_t slot = hash[0] & mask;
    while (answers->index[slot]) {
        bool like = ((answers->index[slot] ^ hash[1]) & ~mask) == 0;
        if (like && memcmp(entry_in(answers, slot)->hash, hash,
                           3 * sizeof hash[0]) == 0)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void set_slot(struct answers *answers, uint32_t slot, uint32_t number)
{
    uint32_t mask = answers->slots - 1;
    uint32_t like = entry_at(answers, number)->hash[1] & ~mask;
    answers->index[slot] = like | (number + 1);
}

/* Memory begins to fetch the place of a hash. */
static void expect_hash(const struct answers *answers, const uint32_t hash[3])
{
    __builtin_prefetch(&answers->index[hash[0] & (answers->slots - 1)], 1);
}

static void grow_index(struct answers *answers)
{
    assert(answers->slots < UINT32_C(1) << 31);
    free(answers->index);
    make_index(answers, 2 * answers->slots);
    for (uint32_t i = 0; i < answers->count; i++) {
        if (i + AHEAD < answers->count)
            expect_hash(answers, entry_at(answers, i + AHEAD)->hash);
        set_slot(answers, find_slot(answers, entry_at(answers, i)->hash), i);
    }
}

static uint32_t add_entry(struct answers *answers, const uint32_t hash[3])
{
    uint32_t number = answers->count++;
    if (number % BLOCK_ENTRIES == 0) {
        answers->blocks = mem_realloc(
            answers->blocks, (answers->n_blocks + 1) * sizeof *answers->blocks);
        /* of the first one a small fleet touches a few pages only */
        size_t size = BLOCK_ENTRIES * sizeof(struct entry);
        answers->blocks[answers->n_blocks++] = number == 0
                                                   ? mem_alloc_bare(size)
                                                   : mem_alloc_table(size);
    }
    memcpy(entry_at(answers, number)->hash, hash, 3 * sizeof hash[0]);
    return number;
}

static uint64_t pack(const struct query *query)
{
    return (uint64_t)query->checked_ms << 20 |
           (uint64_t)(query->http_status & 1023) << 10 |
           (uint64_t)query->error << 5 | (uint64_t)query->online << 4;
}

static void unpack(const struct entry *entry, struct query *query)
{
    uint64_t answer = entry->is.answer;
    query->checked_ms = (int64_t)(answer >> 20);
    query->http_status = (uint16_t)(answer >> 10 & 1023);
    query->error = (enum query_error)(answer >> 5 & 31);
    query->online = answer >> 4 & 1;
    query->latency_ns = entry->latency_us == NO_LATENCY
                            ? -1
                            : (int64_t)entry->latency_us * 1000;
    query->attempts = 0;
    query->state = QUERY_DONE;
}

static uint32_t latency_us(const struct query *query)
{
    if (query->latency_ns < 0)
        return NO_LATENCY;
    int64_t us = (query->latency_ns + 500) / 1000;
    return us < NO_LATENCY ? (uint32_t)us : NO_LATENCY - 1;
}

static void hash_id(const struct query *query, uint32_t hash[3])
{
    XXH128_hash_t wide = XXH3_128bits(query->text.data, query->id_len);
    memcpy(hash, &wide, 3 * sizeof hash[0]);
}

/* The id's entry; the last one of all, with nothing in it, when it is new. */
static struct entry *find_entry(struct answers *answers,
                                const struct query *query, bool *is_new)
{
    uint32_t hash[3];
    hash_id(query, hash);
    uint32_t slot = find_slot(answers, hash);
    *is_new = !answers->index[slot];
    if (!*is_new)
        return entry_in(answers, slot);
    uint32_t number = add_entry(answers, hash);
    set_slot(answers, slot, number);
    if (answers->count > answers->slots / 8 * 7)
        grow_index(answers);
    return entry_at(answers, number);
}

void answers_expect(const struct answers *answers, const struct query *query)
{
    uint32_t hash[3];
    hash_id(query, hash);
    expect_hash(answers, hash);
}

enum answers_claim answers_claim(struct answers *answers, struct query *query)
{
    bool is_new;
    struct entry *entry = find_entry(answers, query, &is_new);
    if (is_new) {
        query->answer = answers->count - 1;
        entry->latency_us = ASKING;
        entry->is.asking = query;
        return ANSWERS_ASK;
    }
    if (entry->latency_us != ASKING) {
        unpack(entry, query);
        return ANSWERS_KNOWN;
    }
    query->state = QUERY_COPY;
    query->copies = entry->is.asking->copies;
    entry->is.asking->copies = query;
    return ANSWERS_WAIT;
}

static void keep(struct entry *entry, const struct query *query)
{
    entry->is.answer = pack(query);
    entry->latency_us = latency_us(query);
}

void answers_learn(struct answers *answers, const struct query *query)
{
    bool is_new;
    struct entry *entry = find_entry(answers, query, &is_new);
    if (is_new)
        keep(entry, query);
}

struct query *answers_settle(struct answers *answers, struct query *query)
{
    struct entry *entry = entry_at(answers, query->answer);
    assert(entry->latency_us == ASKING && entry->is.asking == query);
    keep(entry, query);
    for (struct query *copy = query->copies; copy; copy = copy->copies)
        unpack(entry, copy);
    struct query *copies = query->copies;
    query->copies = NULL;
    return copies;
}

bool answers_find(const struct answers *answers, const struct query *query,
                  bool *online)
{
    uint32_t hash[3];
    struct query found = {.state = QUERY_READY};
    hash_id(query, hash);
    uint32_t slot = find_slot(answers, hash);
    if (!answers->index[slot])
        return false;
    const struct entry *entry = entry_in(answers, slot);
    if (entry->latency_us != ASKING)
        unpack(entry, &found);
    *online = found.online;
    return found.state == QUERY_DONE && found.error == QUERY_ANSWERED;
}

uint64_t answers_shard(const struct query *query, uint64_t shards)
{
    return XXH3_64bits(query->text.data, query->id_len) % shards + 1;
}

size_t answers_count(const struct answers *answers)
{
    return answers->count;
}

size_t answers_bytes(const struct answers *answers)
{
    return answers->n_blocks * BLOCK_ENTRIES * sizeof(struct entry) +
           answers->slots * sizeof *answers->index;
}

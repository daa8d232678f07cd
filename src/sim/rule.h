/*
 * One line of a scenario: when it holds, and what then happens.
 */
#ifndef MQSTAT_SIM_RULE_H
#define MQSTAT_SIM_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "sim/certificate.h"
#include "sim/span.h"

enum {
    RULE_WHY_BYTES = 256,
    RULE_BODY_MAX_BYTES = 256 * 1048576
};

/* Numbers from first to last; first 0: all. */
struct range {
    uint64_t first;
    uint64_t last;
};

struct rule_match {
    char *id;                   /* fnmatch(3) pattern, NULL: all; owned */
    struct range number;        /* n=: of the request */
    struct range of_id;         /* each= */
    struct range connection;    /* conn= */
    struct range on_connection; /* on= */
    uint64_t every;             /* 0: all */
    int64_t after_ns;
    int64_t until_ns; /* 0: for ever */
    double share;     /* 0: all */
};

enum behaviour_online {
    BEHAVIOUR_AS_USUAL,
    BEHAVIOUR_ONLINE,
    BEHAVIOUR_OFFLINE
};

enum behaviour_length {
    BEHAVIOUR_LENGTH_TRUE,
    BEHAVIOUR_LENGTH_OFF, /* the true length plus length */
    BEHAVIOUR_LENGTH_IS,  /* length, whatever is true */
    BEHAVIOUR_LENGTH_NONE /* no Content-Length: ends with the connection */
};

enum behaviour_chunks {
    BEHAVIOUR_CHUNKS_NONE,
    BEHAVIOUR_CHUNKS,
    BEHAVIOUR_CHUNKS_BAD_SIZE,
    BEHAVIOUR_CHUNKS_NO_FINAL,
    BEHAVIOUR_CHUNKS_EXTENSION /* one of a megabyte */
};

/* How a reply departs from the usual. Times are -1 when not given. */
struct behaviour {
    int status; /* 0: as usual */
    enum behaviour_online online;
    struct buf body;
    bool has_body;
    struct buf fields; /* whole header lines, CRLF included */
    uint64_t field_count;
    uint64_t field_bytes;
    uint64_t informational;
    struct buf raw; /* sent instead of everything above */
    bool has_raw;
    enum behaviour_length length_kind;
    int64_t length;
    enum behaviour_chunks chunks;
    int64_t delay_ns;
    int64_t drip_ns;
    int64_t cut; /* bytes sent before the cut, -1: all */
    bool hang;
    bool rst;
    bool close;
    bool endless;
    int64_t close_after_ns;
    struct buf extra;
    int64_t extra_delay_ns;
};

enum rule_accept {
    RULE_ACCEPT_USUAL,
    RULE_ACCEPT_HANG,
    RULE_ACCEPT_CLOSE,
    RULE_ACCEPT_RST
};

/* What a line does for good, once, instead of answering. */
struct rule_change {
    bool has_quota;
    double quota; /* negative: none */
    char *login;  /* USER:PASSWORD, NULL: unchanged; owned */
    bool has_fault;
    enum certificate_fault fault;
};

enum rule_kind {
    RULE_REPLY,
    RULE_ACCEPT,
    RULE_CHANGE
};

struct rule {
    struct rule *next;
    enum rule_kind kind;
    struct rule_match match;
    struct behaviour behaviour; /* RULE_REPLY */
    enum rule_accept accept;    /* RULE_ACCEPT */
    struct rule_change change;  /* RULE_CHANGE */
    bool done;                  /* RULE_CHANGE: happened */
    uint64_t seed;              /* share=: tells the lines apart */
};

/* Makes a behaviour without any departure. */
void behaviour_init(struct behaviour *behaviour);

/*
 * Reads one line. Returns 1 and a new rule, 0 when the line is blank or a
 * comment, or -1 with the reason in why (RULE_WHY_BYTES).
 */
int rule_parse(struct rule **rule, struct span line, char *why);

/* Frees a rule; takes NULL. */
void rule_free(struct rule *rule);

#endif

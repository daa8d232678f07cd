/*
 * TLS over bytes in memory: what the server shows to all clients, and one
 * session for each connection. The only module that knows SSL.
 */
#ifndef MQSTAT_SIM_TLS_H
#define MQSTAT_SIM_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "sim/certificate.h"

enum {
    TLS_RECORD_BYTES = 16384
};

struct tls_settings {
    bool on;
    const char *cert;      /* NULL: made at start */
    const char *key;       /* with cert */
    const char *ca_out;    /* where the made authority goes, or NULL */
    const char *client_ca; /* asks for client certificates of it, or NULL */
    int max_version;       /* index into tls_versions */
    int fault;             /* enum certificate_fault */
};

/* "1.0" to "1.3", NULL at the end. */
extern const char *const tls_versions[];

enum tls_result {
    TLS_MORE,  /* feed more first */
    TLS_BYTES, /* there are some */
    TLS_END,   /* the client has said goodbye */
    TLS_FAILED
};

struct tls;
struct tls_session;

/* Loads or makes the certificate. Returns NULL after saying why. */
struct tls *tls_new(const struct tls_settings *settings);

/* Frees it; takes NULL. Sessions live on. */
void tls_free(struct tls *tls);

/*
 * Shows another certificate to new connections, which cannot resume older
 * sessions. Returns -1 after saying why.
 */
int tls_change(struct tls *tls, enum certificate_fault fault);

struct tls_session *tls_session_new(struct tls *tls);

/* Frees it; takes NULL. */
void tls_session_free(struct tls_session *session);

/* Takes bytes that came from the network. */
void tls_feed(struct tls_session *session, const char *data, size_t len);

/* Reads up to size bytes of what the client says; goes on shaking hands. */
enum tls_result tls_read(struct tls_session *session, char *data, size_t *size);

/* Takes up to TLS_RECORD_BYTES that the client shall read, after TLS_BYTES. */
int tls_write(struct tls_session *session, const char *data, size_t len);

/* Says goodbye to the client. */
void tls_goodbye(struct tls_session *session);

/* Moves the bytes that wait for the network to the end of out. */
void tls_take(struct tls_session *session, struct buf *out);

/* Why the session failed, for people; static. */
const char *tls_reason(void);

#endif

/*
 * Certificates made at start: an authority, and what it says about
 * localhost.
 */
#ifndef MQSTAT_SIM_CERTIFICATE_H
#define MQSTAT_SIM_CERTIFICATE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

enum certificate_fault {
    CERTIFICATE_GOOD,
    CERTIFICATE_EXPIRED,    /* since yesterday */
    CERTIFICATE_FUTURE,     /* valid from tomorrow */
    CERTIFICATE_WRONG_NAME, /* for wrong.example */
    CERTIFICATE_SELF_SIGNED /* not by the authority */
};

/* The faults' names in enum order, NULL at the end. */
extern const char *const certificate_faults[];

/* A key and the certificate for it; both owned. Start with zeroes. */
struct certificate {
    EVP_PKEY *key;
    X509 *x509;
};

/* Makes a self-signed authority. Functions here return -1 silently. */
int certificate_authority(struct certificate *authority);

/* Makes a server certificate for localhost, 127.0.0.1 and ::1. */
int certificate_issue(struct certificate *made,
                      const struct certificate *authority,
                      enum certificate_fault fault);

/* Writes the certificate, not the key, as PEM. */
int certificate_write(const struct certificate *certificate, const char *path);

/* Frees key and certificate, takes zeroes. */
void certificate_release(struct certificate *certificate);

#endif

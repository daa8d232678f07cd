/*
 * Certificates made at start.
 *
 * Responsible for P-256 keys and X.509 version 3 certificates in memory,
 * good ones and the usual bad ones; not for what a server does with them.
 */
#include "sim/certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    CERTIFICATE_DAY_S = 86400
};

const char *const certificate_faults[] = {
    "none", "expired", "future", "wrong-name", "self-signed", NULL,
};

void certificate_release(struct certificate *certificate)
{
    EVP_PKEY_free(certificate->key);
    X509_free(certificate->x509);
    *certificate = (struct certificate){.key = NULL};
}

static int add_extension(X509 *x509, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, x509, x509, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    if (!extension)
        return -1;
    int added = X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
    return added == 1 ? 0 : -1;
}

static int set_name(X509_NAME *name, const char *common)
{
    const unsigned char *text = (const unsigned char *)common;
    int added = X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1,
                                           -1, 0);
    return added == 1 ? 0 : -1;
}

static int set_serial(X509 *x509)
{
    uint64_t serial;
    if (RAND_bytes((unsigned char *)&serial, sizeof serial) != 1)
        return -1;
    ASN1_INTEGER *field = X509_get_serialNumber(x509);
    return ASN1_INTEGER_set_uint64(field, serial >> 1 | 1) == 1 ? 0 : -1;
}

/* A new key and an unsigned certificate with what all of them share. */
static int begin(struct certificate *made, const char *common,
                 enum certificate_fault fault)
{
    long from_s = -CERTIFICATE_DAY_S;
    long to_s = 365L * CERTIFICATE_DAY_S;
    if (fault == CERTIFICATE_EXPIRED) {
        from_s = -30L * CERTIFICATE_DAY_S;
        to_s = -CERTIFICATE_DAY_S;
    }
    if (fault == CERTIFICATE_FUTURE)
        from_s = CERTIFICATE_DAY_S;
    made->key = EVP_EC_gen("P-256");
    made->x509 = X509_new();
    if (!made->key || !made->x509 || set_serial(made->x509) ||
        set_name(X509_get_subject_name(made->x509), common))
        return -1;
    if (X509_set_version(made->x509, X509_VERSION_3) != 1 ||
        !X509_gmtime_adj(X509_getm_notBefore(made->x509), from_s) ||
        !X509_gmtime_adj(X509_getm_notAfter(made->x509), to_s) ||
        X509_set_pubkey(made->x509, made->key) != 1)
        return -1;
    return add_extension(made->x509, NID_subject_key_identifier, "hash");
}

static int sign(struct certificate *made, const struct certificate *issuer)
{
    X509_NAME *name = X509_get_subject_name(issuer->x509);
    if (X509_set_issuer_name(made->x509, name) != 1)
        return -1;
    return X509_sign(made->x509, issuer->key, EVP_sha256()) > 0 ? 0 : -1;
}

int certificate_authority(struct certificate *authority)
{
    X509 *x509;
    if (begin(authority, "mqstat-sim authority", CERTIFICATE_GOOD))
        return -1;
    x509 = authority->x509;
    if (add_extension(x509, NID_basic_constraints, "critical,CA:TRUE") ||
        add_extension(x509, NID_key_usage, "critical,keyCertSign,cRLSign"))
        return -1;
    return sign(authority, authority);
}

int certificate_issue(struct certificate *made,
                      const struct certificate *authority,
                      enum certificate_fault fault)
{
    bool wrong = fault == CERTIFICATE_WRONG_NAME;
    const char *names = wrong ? "DNS:wrong.example"
                              : "DNS:localhost,IP:127.0.0.1,IP:::1";
    if (begin(made, wrong ? "wrong.example" : "localhost", fault) ||
        add_extension(made->x509, NID_subject_alt_name, names) ||
        add_extension(made->x509, NID_ext_key_usage, "serverAuth"))
        return -1;
    return sign(made, fault == CERTIFICATE_SELF_SIGNED ? made : authority);
}

int certificate_write(const struct certificate *certificate, const char *path)
{
    FILE *file = fopen(path, "we");
    if (!file)
        return -1;
    int written = PEM_write_X509(file, certificate->x509);
    return fclose(file) == 0 && written == 1 ? 0 : -1;
}

/*
 * TLS over bytes in memory.
 *
 * Responsible for OpenSSL's context, sessions and memory BIOs; not for
 * sockets. A change of certificate makes a whole new context, because a
 * session ticket of the old one would spare the client the new certificate.
 */
#include "sim/tls.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "mem.h"

struct tls {
    const struct tls_settings *settings; /* borrowed */
    struct certificate authority;
    SSL_CTX *ctx;
};

struct tls_session {
    SSL *ssl;
    BIO *in;  /* from the network; owned by ssl */
    BIO *out; /* to the network; owned by ssl */
};

static const int version_codes[] = {
    TLS1_VERSION,
    TLS1_1_VERSION,
    TLS1_2_VERSION,
    TLS1_3_VERSION,
};

const char *const tls_versions[] = {"1.0", "1.1", "1.2", "1.3", NULL};

const char *tls_reason(void)
{
    unsigned long code = ERR_peek_error();
    const char *reason = ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code))
                                                : ERR_reason_error_string(code);
    ERR_clear_error();
    return reason ? reason : "unknown reason";
}

/* HTTP/1.1 is the only protocol that is spoken here. */
static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_len,
                   const unsigned char *in, unsigned in_len, void *ctx)
{
    static const unsigned char known[] = "\x08http/1.1";
    (void)ssl; /* all are treated alike */
    (void)ctx; /* unused */
    unsigned char *chosen;
    int result = SSL_select_next_proto(&chosen, out_len, known,
                                       sizeof known - 1, in, in_len);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK
                                            : SSL_TLSEXT_ERR_NOACK;
}

static int load(const struct tls_settings *settings, SSL_CTX *ctx)
{
    if (SSL_CTX_use_certificate_chain_file(ctx, settings->cert) != 1)
        return diag_error("%s: cannot use the certificate: %s", settings->cert,
                          tls_reason());
    if (SSL_CTX_use_PrivateKey_file(ctx, settings->key, SSL_FILETYPE_PEM) != 1)
        return diag_error("%s: cannot use the key: %s", settings->key,
                          tls_reason());
    return 0;
}

static int issue(struct tls *tls, SSL_CTX *ctx, enum certificate_fault fault)
{
    struct certificate made = {.key = NULL};
    int failed = certificate_issue(&made, &tls->authority, fault) ||
                 SSL_CTX_use_certificate(ctx, made.x509) != 1 ||
                 SSL_CTX_use_PrivateKey(ctx, made.key) != 1;
    certificate_release(&made);
    if (failed)
        return diag_error("cannot make a certificate: %s", tls_reason());
    return 0;
}

static int ask_clients(const struct tls_settings *settings, SSL_CTX *ctx)
{
    if (!settings->client_ca)
        return 0;
    STACK_OF(X509_NAME) *names = SSL_load_client_CA_file(settings->client_ca);
    SSL_CTX_set_client_CA_list(ctx, names);
    if (!names || SSL_CTX_load_verify_file(ctx, settings->client_ca) != 1)
        return diag_error("%s: cannot use the client authority: %s",
                          settings->client_ca, tls_reason());
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       NULL);
    return 0;
}

static int configure(struct tls *tls, SSL_CTX *ctx,
                     enum certificate_fault fault)
{
    static const unsigned char name[] = "mqstat-sim";
    const struct tls_settings *settings = tls->settings;
    int most = version_codes[settings->max_version];
    if (most < TLS1_2_VERSION) /* their SHA-1 is below OpenSSL's level 1 */
        SSL_CTX_set_security_level(ctx, 0);
    (void)SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION); /* constants */
    (void)SSL_CTX_set_max_proto_version(ctx, most);         /* likewise */
    (void)SSL_CTX_set_session_id_context(ctx, name, sizeof name - 1);
    (void)SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_alpn_select_cb(ctx, on_alpn, NULL);
    int failed = settings->cert ? load(settings, ctx) : issue(tls, ctx, fault);
    return failed || ask_clients(settings, ctx) ? -1 : 0;
}

int tls_change(struct tls *tls, enum certificate_fault fault)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    if (!ctx)
        return diag_error("cannot set up TLS: %s", tls_reason());
    if (configure(tls, ctx, fault)) {
        SSL_CTX_free(ctx);
        return -1;
    }
    SSL_CTX_free(tls->ctx);
    tls->ctx = ctx;
    return 0;
}

static int make_authority(struct tls *tls)
{
    const char *path = tls->settings->ca_out;
    if (certificate_authority(&tls->authority))
        return diag_error("cannot make an authority: %s", tls_reason());
    if (path && certificate_write(&tls->authority, path))
        return diag_error("%s: cannot write the authority: %s", path,
                          strerror(errno));
    return 0;
}

struct tls *tls_new(const struct tls_settings *settings)
{
    struct tls *tls = mem_alloc(sizeof *tls);
    tls->settings = settings;
    bool made = !settings->cert;
    if ((made && make_authority(tls)) ||
        tls_change(tls, (enum certificate_fault)settings->fault)) {
        tls_free(tls);
        return NULL;
    }
    return tls;
}

void tls_free(struct tls *tls)
{
    if (!tls)
        return;
    SSL_CTX_free(tls->ctx);
    certificate_release(&tls->authority);
    free(tls);
}

struct tls_session *tls_session_new(struct tls *tls)
{
    struct tls_session *session = mem_alloc(sizeof *session);
    session->ssl = SSL_new(tls->ctx);
    session->in = BIO_new(BIO_s_mem());
    session->out = BIO_new(BIO_s_mem());
    if (!session->ssl || !session->in || !session->out)
        abort(); /* out of memory: OpenSSL has no other reason here */
    SSL_set_bio(session->ssl, session->in, session->out);
    SSL_set_accept_state(session->ssl);
    return session;
}

void tls_session_free(struct tls_session *session)
{
    if (!session)
        return;
    SSL_free(session->ssl);
    free(session);
}

void tls_feed(struct tls_session *session, const char *data, size_t len)
{
    (void)BIO_write(session->in, data, (int)len); /* memory takes it all */
}

enum tls_result tls_read(struct tls_session *session, char *data, size_t *size)
{
    ERR_clear_error();
    if (SSL_read_ex(session->ssl, data, *size, size) == 1)
        return TLS_BYTES;
    switch (SSL_get_error(session->ssl, 0)) {
    case SSL_ERROR_WANT_READ:
        return TLS_MORE;
    case SSL_ERROR_ZERO_RETURN:
        return TLS_END;
    default:
        return TLS_FAILED;
    }
}

int tls_write(struct tls_session *session, const char *data, size_t len)
{
    size_t taken = 0;
    ERR_clear_error();
    if (SSL_write_ex(session->ssl, data, len, &taken) != 1 || taken != len)
        return -1;
    return 0;
}

void tls_goodbye(struct tls_session *session)
{
    if (SSL_is_init_finished(session->ssl))
        (void)SSL_shutdown(session->ssl); /* the answer is not awaited */
}

void tls_take(struct tls_session *session, struct buf *out)
{
    size_t waiting = BIO_ctrl_pending(session->out);
    char *end = waiting > 0 ? buf_reserve(out, waiting) : NULL;
    if (!end)
        return;
    int taken = BIO_read(session->out, end, (int)waiting);
    out->len += taken > 0 ? (size_t)taken : 0;
}

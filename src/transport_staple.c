/*
 * A server whose certificate was revoked.
 *
 * Responsible for looking at the OCSP response that a server may staple to
 * its handshake (RFC 6066 section 8): one by which the certificate's issuer
 * revokes it ends the handshake before a byte of the request. Asks nobody
 * else. No response, or one that the issuer did not sign, proves nothing and
 * is passed over: who could leave it out could forge none.
 */
#include "transport_staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>
#include <stdbool.h>

/* Does the response, signed by whom we trust, revoke the certificate? */
static bool revokes(OCSP_BASICRESP *response, SSL *ssl)
{
    STACK_OF(X509) *chain = SSL_get0_verified_chain(ssl);
    X509_STORE *trusted = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
    if (sk_X509_num(chain) < 2 ||
        OCSP_basic_verify(response, chain, trusted, 0) != 1)
        return false;
    OCSP_CERTID *id = OCSP_cert_to_id(NULL, sk_X509_value(chain, 0),
                                      sk_X509_value(chain, 1));
    int state = V_OCSP_CERTSTATUS_UNKNOWN;
    if (id &&
        !OCSP_resp_find_status(response, id, &state, NULL, NULL, NULL, NULL))
        state = V_OCSP_CERTSTATUS_UNKNOWN;
    OCSP_CERTID_free(id);
    return state == V_OCSP_CERTSTATUS_REVOKED;
}

/*
 * OpenSSL's: 0 ends the handshake with "invalid status response". What was
 * passed over leaves no error behind: the handshake would fail by it.
 */
static int on_status(SSL *ssl, void *ctx)
{
    (void)ctx;
    const unsigned char *der = NULL;
    (void)ERR_set_mark();
    long len = SSL_get_tlsext_status_ocsp_resp(ssl, &der);
    OCSP_RESPONSE *whole = der ? d2i_OCSP_RESPONSE(NULL, &der, len) : NULL;
    OCSP_BASICRESP *basic = whole ? OCSP_response_get1_basic(whole) : NULL;
    bool revoked = basic && revokes(basic, ssl);
    OCSP_BASICRESP_free(basic);
    OCSP_RESPONSE_free(whole);
    (void)ERR_pop_to_mark();
    return !revoked;
}

CURLcode staple_watch(CURL *easy, void *tls, void *ctx)
{
    (void)easy;
    (void)ctx;
    SSL_CTX *context = tls;
    (void)SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp);
    (void)SSL_CTX_set_tlsext_status_cb(context, on_status);
    return CURLE_OK;
}

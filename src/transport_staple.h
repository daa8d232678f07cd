/*
 * Inside transport: revoked certificates. Only transport.c includes this.
 */
#ifndef MQSTAT_TRANSPORT_STAPLE_H
#define MQSTAT_TRANSPORT_STAPLE_H

#include <curl/curl.h>

/*
 * CURLOPT_SSL_CTX_FUNCTION: the handshake asks for a stapled OCSP response
 * and fails when that revokes the server's certificate.
 */
CURLcode staple_watch(CURL *easy, void *tls, void *ctx);

#endif

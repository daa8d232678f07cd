/*
 * What a transfer's end means.
 *
 * Responsible for turning libcurl's result codes, and where these are
 * coarse its words, into our error codes; keeps no state.
 */
#include "transport_attempt.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>

/*
 * Must the request be sent again? libcurl wanted to; or a kept connection
 * died before a byte of the answer, and it did not even try (it counts
 * resends for the handle's whole life, and not after every kind of end); or
 * the server said that it had waited for too long (RFC 9110 15.5.9).
 */
static bool wants_resend(const struct attempt *attempt, CURL *easy,
                         CURLcode code, int http_status)
{
    long connects = 0;
    bool cut = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
               code == CURLE_GOT_NOTHING;
    bool idle = !code && http_status == 408;
    bool nothing = cut && attempt->header_bytes == 0;
    if (attempt->resend || !attempt->sent || !(idle || nothing))
        return attempt->resend;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    return connects == 0;
}

static enum query_error tls_error(const struct attempt *attempt)
{
    /* cut off under the handshake: an outage, no matter of certificates */
    bool cut = strstr(attempt->detail, "SSL_ERROR_SYSCALL") ||
               strstr(attempt->detail, "reset by peer") ||
               strstr(attempt->detail, "unexpected eof");
    return cut ? QUERY_CONNECT_FAILED : QUERY_TLS_FAILED;
}

static enum query_error receive_error(const struct attempt *attempt)
{
    if (!attempt->sent) /* by a proxy, which did not connect us */
        return QUERY_CONNECT_FAILED;
    if (strstr(attempt->detail, "chunk"))
        return QUERY_BAD_RESPONSE;
    /* TLS 1.3 tells of a refused client certificate after the handshake */
    return strstr(attempt->detail, "certificate") ? QUERY_TLS_FAILED
                                                  : QUERY_CONNECTION_LOST;
}

/* The request never left: which step took too long? */
static enum query_error timeout_error(const struct attempt *attempt, CURL *easy)
{
    double resolved = 0;
    if (attempt->sent)
        return QUERY_TIMEOUT;
    curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME, &resolved);
    return resolved > 0 ? QUERY_CONNECT_FAILED : QUERY_DNS_FAILED;
}

/* Has this machine no descriptor, port or memory left for a connection? */
static bool is_crowded(const struct attempt *attempt, CURL *easy)
{
    long cause = attempt->no_socket;
    if (cause == 0 && !attempt->sent)
        curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &cause);
    return cause == EMFILE || cause == ENFILE || cause == ENOBUFS ||
           cause == ENOMEM || cause == EADDRNOTAVAIL;
}

static bool is_no_name(const struct attempt *attempt)
{
    const char *name = strstr(attempt->detail, ": ");
    struct addrinfo *found = NULL;
    if (!name)
        return false; /* it took too long */
    int failed = getaddrinfo(name + 2, NULL, NULL, &found);
    if (!failed)
        freeaddrinfo(found);
    return failed == EAI_NONAME || failed == EAI_NODATA;
}

/*
 * Does asking again help nobody? The server is not trusted, the proxy wants
 * a login, or there is no such name. libcurl does not tell this from a
 * resolver that fails, so it is looked up once more, which takes as long as
 * the resolver does: only for a run that has not reached anybody yet.
 */
static bool is_mistake(const struct attempt *attempt, enum query_error error,
                       bool never_reached)
{
    if (error == QUERY_DNS_FAILED)
        return never_reached && is_no_name(attempt);
    return error == QUERY_TLS_FAILED ||
           strstr(attempt->detail, "response 407") != NULL;
}

/* The error code that the end stands for; ANSWERED: a whole reply. */
static enum query_error error_of(const struct attempt *attempt, CURL *easy,
                                 CURLcode code)
{
    switch (code) {
    case CURLE_OK: /* for libcurl, so is a head that breaks off */
        return attempt->head_ended ? QUERY_ANSWERED : QUERY_CONNECTION_LOST;
    case CURLE_OPERATION_TIMEDOUT:
        return timeout_error(attempt, easy);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return QUERY_DNS_FAILED;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY:
        return QUERY_CONNECT_FAILED;
    case CURLE_SSL_CONNECT_ERROR:
        return tls_error(attempt);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return QUERY_TLS_FAILED;
    case CURLE_WRITE_ERROR: /* more than we read: the status may stand */
        return attempt->overlong ? QUERY_BAD_RESPONSE : QUERY_ANSWERED;
    case CURLE_RECV_ERROR:
        return receive_error(attempt);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
        return QUERY_CONNECTION_LOST;
    default:
        return QUERY_BAD_RESPONSE;
    }
}

void attempt_judge(const struct attempt *attempt, CURL *easy, CURLcode code,
                   bool never_reached, struct outcome *outcome)
{
    outcome->resend = wants_resend(attempt, easy, code, outcome->http_status);
    outcome->error = outcome->resend ? QUERY_CONNECTION_LOST
                                     : error_of(attempt, easy, code);
    outcome->crowded = code && is_crowded(attempt, easy);
    outcome->mistake = is_mistake(attempt, outcome->error, never_reached);
    outcome->detail = code && !attempt->detail[0] ? curl_easy_strerror(code)
                                                  : attempt->detail;
    if (strstr(attempt->detail, "invalid status response")) /* see staple */
        outcome->detail = "the server's certificate was revoked (stapled OCSP "
                          "response)";
}

/*
 * What is looked at before anything is sent: the endpoint and the
 * certificate files.
 *
 * Responsible for refusing early and in words; opens no connection.
 */
#include "transport.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

/* NULL when there is none; curl_free() it. */
static char *take_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    return curl_url_get(url, part, &text, 0) ? NULL : text;
}

static const char *endpoint_fault(CURLU *url)
{
    static const struct {
        CURLUPart part;
        const char *fault;
    } refused[] = {
        {CURLUPART_USER, "must not hold a user or password: use -u NAME and "
                         "--password-file or MQSTAT_PASSWORD"},
        {CURLUPART_PASSWORD, "must not hold a password: use --password-file "
                             "or MQSTAT_PASSWORD"},
        {CURLUPART_QUERY, "must not hold a query (?...)"},
        {CURLUPART_FRAGMENT, "must not hold a fragment (#...)"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char *part = take_part(url, refused[i].part);
        curl_free(part);
        if (part)
            return refused[i].fault;
    }
    return NULL;
}

static bool is_loopback(const char *host)
{
    struct in_addr address;
    bool number = inet_pton(AF_INET, host, &address) == 1;
    return (number && strncmp(host, "127.", 4) == 0) ||
           strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

enum status transport_check_endpoint(const char *text, char **host,
                                     bool *exposed)
{
    CURLU *url = curl_url();
    CURLUcode code = curl_url_set(url, CURLUPART_URL, text, 0);
    const char *fault = code ? curl_url_strerror(code) : endpoint_fault(url);
    char *scheme = take_part(url, CURLUPART_SCHEME);
    bool plain = scheme && strcmp(scheme, "http") == 0;
    if (!fault && !plain && (!scheme || strcmp(scheme, "https") != 0))
        fault = "must be http or https";
    *host = fault ? NULL : take_part(url, CURLUPART_HOST);
    *exposed = *host && plain && !is_loopback(*host);
    curl_free(scheme);
    curl_url_cleanup(url);
    /* the text itself may hold a password: it is not repeated */
    return fault ? diag_fail(STATUS_USAGE,
                             "--endpoint: %s; give one like https://HOST or "
                             "http://HOST:PORT",
                             fault)
                 : STATUS_OK;
}

/* Certificate files are looked at before anything is sent; needs: what must
 * be in it, too, or NULL. */
static enum status check_file(const char *option, const char *name,
                              const char *needs)
{
    if (!name)
        return STATUS_OK;
    char text[16384] = "";
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : file_read(fd, text, sizeof text - 1);
    int cause = errno;
    if (fd >= 0)
        (void)close(fd); /* read-only */
    /* PEM says so in its first lines (RFC 7468 section 11, RFC 1421) */
    bool locked = got > 0 && strstr(text, "ENCRYPTED");
    bool whole = got < (ssize_t)sizeof text - 1;
    bool foreign = whole && !strstr(text, "-----BEGIN ");
    bool lacks = whole && needs && !strstr(text, needs);
    mem_wipe(text, sizeof text);
    if (got < 0)
        return diag_fail(STATUS_USAGE, "%s: cannot read %s: %s", option, name,
                         strerror(cause));
    if (got == 0)
        return diag_fail(STATUS_USAGE, "%s: %s is empty", option, name);
    if (foreign)
        return diag_fail(STATUS_USAGE,
                         "%s: %s is no PEM file: nothing in it begins with "
                         "-----BEGIN; from DER, openssl x509 and openssl pkey "
                         "make one",
                         option, name);
    if (locked)
        return diag_fail(STATUS_USAGE,
                         "%s: %s needs a pass-phrase, which nobody could be "
                         "asked for: give a key without one",
                         option, name);
    if (lacks)
        return diag_fail(STATUS_USAGE,
                         "%s: %s holds no private key: give one with --key "
                         "FILE",
                         option, name);
    return STATUS_OK;
}

/* `sha256//` and the 32 bytes of a hash in base64, or several, with ';'. */
static bool is_pin(const char *text)
{
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char before[] = "sha256//";
    enum {
        DIGITS = 43
    };
    for (;;) {
        if (strncmp(text, before, sizeof before - 1) != 0)
            return false;
        text += sizeof before - 1;
        if (strspn(text, base64) != DIGITS || text[DIGITS] != '=')
            return false;
        text += DIGITS + 1;
        if (*text != ';')
            return !*text;
        text++;
    }
}

enum status transport_check_files(const struct transport_settings *settings)
{
    static const char key[] = "PRIVATE KEY-----";
    enum status status = check_file("--cacert", settings->cacert, NULL);
    if (!status)
        status = check_file("--cert", settings->cert,
                            settings->key ? NULL : key);
    if (!status)
        status = check_file("--key", settings->key, key);
    if (!status && settings->pinned_key && !is_pin(settings->pinned_key))
        status = diag_fail(STATUS_USAGE, "--pinned-key: a hash has 43 letters "
                                         "and = behind sha256//");
    return status;
}

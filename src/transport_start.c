/*
 * libcurl's start: what the environment would do to the traffic, and what
 * the libraries do without memory.
 *
 * Responsible for taking both out of their hands; opens nothing.
 */
#include "transport.h"

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "mem.h"

/* Would libcurl or OpenSSL obey it, or its user think that they do? */
static bool is_obeyed(const char *name, size_t len)
{
    static const char *const names[] = {
        "SSLKEYLOGFILE",   "SSL_CERT_FILE",  "SSL_CERT_DIR",
        "CURL_CA_BUNDLE",  "OPENSSL_CONF",   "OPENSSL_CONF_INCLUDE",
        "OPENSSL_ENGINES", "OPENSSL_MODULES"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            return true;
    }
    return len > 6 && strncasecmp(name + len - 6, "_proxy", 6) == 0;
}

static void clean_environment(void)
{
    char **at = environ;
    while (at && *at) {
        size_t len = strcspn(*at, "=");
        if (!is_obeyed(*at, len)) {
            at++;
            continue;
        }
        char *name = mem_strndup(*at, len);
        diag_debug("the environment's %s is ignored", name);
        (void)unsetenv(name); /* a valid name; the others move down */
        free(name);
    }
}

/* OpenSSL's allocations, which name the place they are made at. */
static void *crypto_alloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return mem_alloc_bare(size);
}

static void *crypto_realloc(void *ptr, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return mem_realloc(ptr, size);
}

static void crypto_free(void *ptr, const char *file, int line)
{
    (void)file;
    (void)line;
    free(ptr);
}

enum status transport_init(void)
{
    clean_environment();
    /* Out of memory is our end, not one row's error or, in OpenSSL 3.0, a
     * crash. Refused once OpenSSL has allocated, as a tool may have it do. */
    (void)CRYPTO_set_mem_functions(crypto_alloc, crypto_realloc, crypto_free);
    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, mem_alloc_bare, free,
                             mem_realloc, mem_strdup, mem_alloc_array))
        return diag_fail(STATUS_IO, "libcurl cannot start");
    return STATUS_OK;
}

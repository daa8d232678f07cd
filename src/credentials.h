/*
 * Finds, reads, guards and wipes the login. Everything secret lives in
 * struct credentials, is wiped by credentials_wipe, and has no formatting
 * function.
 */
#ifndef MQSTAT_CREDENTIALS_H
#define MQSTAT_CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"

struct credentials_settings {
    const char *user;          /* NULL: from netrc */
    const char *password_file; /* "-": standard input */
    const char *netrc;         /* NULL: not asked; "": ~/.netrc */
};

struct credentials {
    char *user;          /* owned */
    char *authorization; /* owned: "Authorization: Basic ..." (RFC 7617) */
};

/*
 * Takes MQSTAT_PASSWORD out of the environment, overwriting the bytes that
 * /proc/PID/environ shows; the value is kept for credentials_load. Call it
 * first of all; without it the variable is not looked at.
 */
void credentials_take_environment(void);

/*
 * Finds the password: --password-file, else MQSTAT_PASSWORD, else
 * $CREDENTIALS_DIRECTORY/mqstat-password, else netrc for this host. Each
 * source is read once. stdin_taken tells that standard input is the ids'.
 * On failure says what to do and returns STATUS_USAGE; no password at all
 * is such a failure. Warns when others can read the file.
 */
enum status credentials_load(struct credentials *credentials,
                             const struct credentials_settings *settings,
                             const char *host, bool stdin_taken);

/* Wipes and frees; takes a zeroed struct. */
void credentials_wipe(struct credentials *credentials);

#endif

/*
 * The netrc format, as libcurl reads it: `machine HOST login NAME password
 * WORD`, `default` for any host; words end at blanks or stand in "quotes"
 * with \" \\ \n \r \t; `macdef` up to an empty line and `#` comments are
 * passed over. Prints nothing, copies nothing.
 */
#ifndef MQSTAT_NETRC_H
#define MQSTAT_NETRC_H

#include <stdbool.h>
#include <stddef.h>

/* A part of the text, not NUL-terminated. */
struct netrc_word {
    const char *text; /* borrowed; NULL: absent */
    size_t len;
};

struct netrc_entry {
    bool fits_host;
    struct netrc_word login;
    struct netrc_word password;
    unsigned line; /* of the fault, when it is malformed */
};

/*
 * Finds the first entry for host (ignoring case) and user (NULL: any) that
 * has both login and password. Returns 1, 0 for none, -1 for quotes that do
 * not close. Unescapes quoted words in place.
 */
int netrc_find(char *text, size_t len, const char *host, const char *user,
               struct netrc_entry *entry);

#endif

/*
 * The netrc format.
 *
 * Responsible for words, quotes, comments, macros, and for which entry fits;
 * not for reading or wiping the text. The invariant: nothing is copied, so
 * no secret leaves the text's memory.
 *
 * A small file, and what is found in it for host "b":
 *
 *     machine a login x password 1     no: another host
 *     machine b login y password "2 3" for user y, or any user
 *     default login z password 4       for user z
 */
#include "netrc.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "mem.h"

/* The text while it is read. */
struct netrc {
    char *at;
    char *end;
    unsigned line; /* from 1 */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct netrc *netrc)
{
    for (; netrc->at < netrc->end && is_blank(*netrc->at); netrc->at++)
        netrc->line += *netrc->at == '\n';
}

/* Moves behind the next LF; returns how many bytes the line had before. */
static size_t skip_line(struct netrc *netrc)
{
    size_t rest = (size_t)(netrc->end - netrc->at);
    char *lf = memchr(netrc->at, '\n', rest);
    size_t len = lf ? (size_t)(lf - netrc->at) : rest;
    if (len > 0 && netrc->at[len - 1] == '\r')
        len--;
    netrc->at = lf ? lf + 1 : netrc->end;
    netrc->line++;
    return len;
}

static char unescape(char letter)
{
    static const char letters[] = "nrt";
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? "\n\r\t"[found - letters] : letter;
}

/* Reads a word in quotes, unescaped in place; -1 when they do not close. */
static int quoted_word(struct netrc *netrc, struct netrc_word *word)
{
    char *put = ++netrc->at;
    word->text = put;
    for (; netrc->at < netrc->end && *netrc->at != '\n'; netrc->at++) {
        if (*netrc->at == '"') {
            netrc->at++;
            word->len = (size_t)(put - word->text);
            return 0;
        }
        bool escaped = *netrc->at == '\\' && netrc->at + 1 < netrc->end;
        *put++ = escaped ? unescape(*++netrc->at) : *netrc->at;
    }
    return -1;
}

/* The next word: 1, 0 at the end, -1 for quotes that do not close. */
static int next_word(struct netrc *netrc, struct netrc_word *word)
{
    skip_blanks(netrc);
    if (netrc->at == netrc->end)
        return 0;
    if (*netrc->at == '"')
        return quoted_word(netrc, word) ? -1 : 1;
    word->text = netrc->at;
    while (netrc->at < netrc->end && !is_blank(*netrc->at))
        netrc->at++;
    word->len = (size_t)(netrc->at - word->text);
    return 1;
}

static bool word_is(const struct netrc_word *word, const char *text)
{
    return word->len == strlen(text) &&
           strncasecmp(word->text, text, word->len) == 0;
}

static bool entry_fits(const struct netrc_entry *entry, const char *user)
{
    if (!entry->fits_host || !entry->password.text || !entry->login.text)
        return false;
    return !user || mem_is(entry->login.text, entry->login.len, user);
}

/* Takes one keyword, with its value, into entry; as next_word. */
static int next_item(struct netrc *netrc, const char *host,
                     struct netrc_word keyword, struct netrc_entry *entry)
{
    struct netrc_word value = {0};
    if (*keyword.text == '#') {
        netrc->at -= keyword.len;
        (void)skip_line(netrc);
        return 1;
    }
    if (word_is(&keyword, "macdef")) { /* up to an empty line */
        (void)skip_line(netrc);
        while (netrc->at < netrc->end && skip_line(netrc) > 0)
            ;
        return 1;
    }
    if (word_is(&keyword, "default")) {
        *entry = (struct netrc_entry){.fits_host = true};
        return 1;
    }
    int got = next_word(netrc, &value);
    if (got <= 0)
        return got;
    if (word_is(&keyword, "machine"))
        *entry = (struct netrc_entry){.fits_host = word_is(&value, host)};
    else if (word_is(&keyword, "login"))
        entry->login = value;
    else if (word_is(&keyword, "password"))
        entry->password = value;
    return 1; /* account and unknown keywords: the value is passed over */
}

int netrc_find(char *text, size_t len, const char *host, const char *user,
               struct netrc_entry *entry)
{
    struct netrc netrc = {text, text + len, 1};
    *entry = (struct netrc_entry){0};
    for (;;) {
        struct netrc_word keyword = {0};
        int got = next_word(&netrc, &keyword);
        bool over = got <= 0 || word_is(&keyword, "machine") ||
                    word_is(&keyword, "default");
        if (over && entry_fits(entry, user))
            return 1;
        if (got > 0)
            got = next_item(&netrc, host, keyword, entry);
        if (got > 0)
            continue;
        entry->line = netrc.line;
        return got;
    }
}

/*
 * Password files and netrc: the header that comes out, decoded again, is
 * the login that a reader by the letter finds; else there is none.
 */
#include <strings.h>

#include "credentials.h"
#include "fuzz.h"

enum {
    PASSWORD_MAX = 4096,
    WORDS_MAX = 512
};

/* Undoes Base64 (RFC 4648 section 4). */
static void decode(const char *text, struct buf *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
                                 "tuvwxyz0123456789+/";
    size_t len = strlen(text);
    FUZZ_CHECK(len % 4 == 0);
    for (size_t i = 0; i < len; i += 4) {
        unsigned bits = 0;
        unsigned pads = 0;
        for (size_t k = 0; k < 4; k++) {
            const char *digit = strchr(digits, text[i + k]);
            FUZZ_CHECK(digit || (text[i + k] == '=' && i + 4 == len && k > 1));
            FUZZ_CHECK(!digit || pads == 0);
            pads += !digit;
            bits = bits << 6 | (digit ? (unsigned)(digit - digits) : 0);
        }
        const char bytes[] = {(char)(bits >> 16), (char)(bits >> 8),
                              (char)bits};
        FUZZ_CHECK(!buf_append(out, bytes, 3 - pads));
    }
}

/* The header must say user:password; NULL: there must be none. */
static void check(const struct credentials *credentials, enum status status,
                  const char *user, const char *password, size_t len)
{
    static const char start[] = "Authorization: Basic ";
    struct buf pair;
    FUZZ_CHECK((status == STATUS_OK) == (credentials->authorization != NULL));
    FUZZ_CHECK((status == STATUS_OK) == (password != NULL));
    if (!password)
        return;
    buf_init(&pair, FUZZ_TEXT_BYTES);
    FUZZ_CHECK(!strncmp(credentials->authorization, start, strlen(start)));
    decode(credentials->authorization + strlen(start), &pair);
    size_t user_len = strlen(user);
    FUZZ_CHECK(pair.len == user_len + 1 + len);
    FUZZ_CHECK(memcmp(pair.data, user, user_len) == 0);
    FUZZ_CHECK(pair.data[user_len] == ':');
    FUZZ_CHECK(memcmp(pair.data + user_len + 1, password, len) == 0);
    FUZZ_CHECK(strcmp(credentials->user, user) == 0);
    buf_release(&pair);
}

/* Can this be a password? One line, not empty, a CR at its end at most. */
static bool is_password(const char *text, size_t len)
{
    return len > 0 && !memchr(text, 0, len) && !memchr(text, '\n', len) &&
           !memchr(text, '\r', len - 1);
}

static void check_password_file(const char *text, size_t len)
{
    struct credentials credentials;
    struct credentials_settings settings = {
        .user = "user0", .password_file = fuzz_file(text, len)};
    enum status status = credentials_load(&credentials, &settings, "host",
                                          true);
    size_t used = len - (len > 0 && text[len - 1] == '\n');
    bool good = len <= PASSWORD_MAX && is_password(text, used);
    check(&credentials, status, "user0", good ? text : NULL, used);
    credentials_wipe(&credentials);
}

/* A netrc as words; a line's words end with the line. */
struct words {
    struct buf text;
    size_t count;
    struct {
        size_t from, len;
    } at[WORDS_MAX];
};

static const char *word(const struct words *words, size_t i)
{
    return words->text.data + words->at[i].from;
}

static bool is_word(const struct words *words, size_t i, const char *text)
{
    return i < words->count && strcasecmp(word(words, i), text) == 0 &&
           words->at[i].len == strlen(text);
}

static size_t skip_line(const char *text, size_t len, size_t at)
{
    while (at < len && text[at] != '\n')
        at++;
    return at + (at < len);
}

static size_t skip_macro(const char *text, size_t len, size_t at)
{
    at = skip_line(text, len, at);
    while (at < len && text[at] != '\n' &&
           !(text[at] == '\r' && (at + 1 == len || text[at + 1] == '\n')))
        at = skip_line(text, len, at);
    return skip_line(text, len, at);
}

/* Reads the word at *at; false when its quotes do not close. */
static bool take_word(struct words *words, const char *text, size_t len,
                      size_t *at)
{
    static const char letters[] = "nrt";
    static const char bytes[] = "\n\r\t";
    bool quoted = text[*at] == '"';
    size_t from = words->text.len;
    for (*at += quoted; *at < len; (*at)++) {
        char byte = text[*at];
        if (quoted ? byte == '"' || byte == '\n'
                   : memchr(" \t\r\n", byte, 4) != NULL)
            break;
        if (quoted && byte == '\\' && *at + 1 < len) {
            byte = text[++*at];
            const char *letter = strchr(letters, byte);
            byte = letter ? bytes[letter - letters] : byte;
        }
        FUZZ_CHECK(!buf_putc(&words->text, byte));
    }
    if (quoted && (*at >= len || text[*at] != '"'))
        return false;
    *at += quoted;
    words->at[words->count].from = from;
    words->at[words->count++].len = words->text.len - from;
    FUZZ_CHECK(!buf_putc(&words->text, '\0'));
    return true;
}

/* An entry's parts, as indexes of words; 0: absent. */
struct entry {
    bool fits;
    size_t login, password;
};

static bool entry_fits(const struct words *words, const struct entry *entry,
                       const char *user)
{
    return entry->fits && entry->login && entry->password &&
           (!user || (strcmp(word(words, entry->login), user) == 0));
}

/* Finds the entry: 1, 0 for none, -1 for quotes that do not close. */
static int find_entry(const char *text, size_t len, const char *user,
                      struct words *words, struct entry *entry)
{
    *entry = (struct entry){0};
    for (size_t at = 0; words->count + 2 < WORDS_MAX;) {
        while (at < len && memchr(" \t\r\n", text[at], 4))
            at++;
        size_t start = at;
        bool end = at >= len;
        size_t key = words->count;
        bool good = end || take_word(words, text, len, &at);
        bool machine = good && !end && is_word(words, key, "machine");
        bool any = good && !end && is_word(words, key, "default");
        if ((end || !good || machine || any) && entry_fits(words, entry, user))
            return 1;
        if (end || !good)
            return end ? 0 : -1;
        if (word(words, key)[0] == '#') {
            at = skip_line(text, len, text[start] == '"' ? at : start);
            continue;
        }
        if (is_word(words, key, "macdef")) {
            at = skip_macro(text, len, at);
            continue;
        }
        if (any) {
            *entry = (struct entry){.fits = true};
            continue;
        }
        while (at < len && memchr(" \t\r\n", text[at], 4))
            at++;
        if (at >= len)
            return 0;
        size_t value = words->count;
        if (!take_word(words, text, len, &at))
            return -1;
        if (machine)
            *entry = (struct entry){.fits = is_word(words, value, "host")};
        else if (is_word(words, key, "login"))
            entry->login = value;
        else if (is_word(words, key, "password"))
            entry->password = value;
    }
    return 2; /* too many words for this reader */
}

static void check_netrc(const char *text, size_t len, const char *user)
{
    static struct words words;
    struct credentials credentials;
    struct entry entry;
    struct credentials_settings settings = {.user = user,
                                            .netrc = fuzz_file(text, len)};
    enum status status = credentials_load(&credentials, &settings, "host",
                                          true);
    words.count = 1; /* 0 is none */
    buf_init(&words.text, FUZZ_TEXT_BYTES);
    int found = find_entry(text, len, user, &words, &entry);
    bool good = found == 1 && !memchr(text, 0, len) &&
                is_password(word(&words, entry.password),
                            words.at[entry.password].len);
    for (const char *at = good && !user ? word(&words, entry.login) : ":x"; *at;
         at++)
        good = good && (user || (*at != ':' && (unsigned char)*at >= 0x20 &&
                                 *at != 0x7f));
    good = good && (user || words.at[entry.login].len > 0);
    if (found != 2)
        check(&credentials, status,
              good && !user ? word(&words, entry.login) : user,
              good ? word(&words, entry.password) : NULL,
              good ? words.at[entry.password].len : 0);
    buf_release(&words.text);
    credentials_wipe(&credentials);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    fuzz_read_most = fuzz_byte(&fuzz) % 8;
    const char *text = (const char *)fuzz.at;
    (void)unsetenv("CREDENTIALS_DIRECTORY");
    if (how & 1)
        check_password_file(text, fuzz.left);
    else
        check_netrc(text, fuzz.left, how & 2 ? "user0" : NULL);
    return 0;
}

/*
 * Finds, reads, guards and wipes the login.
 *
 * Responsible for the sources of user and password, their order, the files'
 * permissions and the Authorization header (RFC 7617). Not for sending it.
 * The invariant: no message holds a secret, and every copy that is made on
 * the way to the header lives in one of two kinds of block, struct secret or
 * the joined pair, which are wiped before they are freed; nothing secret is
 * ever in a buffer that realloc may move.
 */
#include "credentials.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "netrc.h"

enum {
    PASSWORD_MAX_BYTES = 4096,
    NETRC_MAX_BYTES = 128 * 1024
};

static const char variable[] = "MQSTAT_PASSWORD";

/* A secret of known size; a NUL follows its bytes. */
struct secret {
    size_t len;
    size_t max;
    char bytes[];
};

/*
 * What credentials_take_environment keeps for credentials_load. A mutable
 * file-local variable, because the value must leave the environment before
 * there is anything of ours that could hold it.
 */
static struct secret *environment;

static struct secret *secret_new(size_t max)
{
    /* One byte more tells a source that is too long; one for the NUL. */
    struct secret *secret = mem_alloc(sizeof *secret + max + 2);
    secret->max = max;
    return secret;
}

static void secret_free(struct secret *secret)
{
    if (secret)
        mem_wipe(secret, sizeof *secret + secret->max + 2);
    free(secret);
}

void credentials_take_environment(void)
{
    size_t name_len = strlen(variable);
    for (char **at = environ; at && *at; at++) {
        if (strncmp(*at, variable, name_len) != 0 || (*at)[name_len] != '=')
            continue;
        char *value = *at + name_len + 1;
        size_t len = strlen(value);
        if (!environment) {
            environment = secret_new(len);
            memcpy(environment->bytes, value, len);
            environment->len = len;
        }
        mem_wipe(value, len);
    }
    (void)unsetenv(variable); /* fails for names with "=" only */
}

/*
 * Reads all of fd, up to the secret's maximum and one byte more. -1 with
 * errno, which is EFBIG when it is longer.
 */
static int read_secret(int fd, struct secret *secret)
{
    ssize_t got = file_read_all(fd, secret->bytes, secret->max + 1);
    if (got < 0)
        return -1;
    secret->len = (size_t)got;
    errno = EFBIG;
    return secret->len > secret->max ? -1 : 0;
}

/*
 * Who can read a secrets file: others get a warning; when it is not even
 * ours or root's, somebody else may have put it there, and it is refused.
 */
static enum status check_access(int fd, const char *name)
{
    struct stat is;
    if (fstat(fd, &is) || !S_ISREG(is.st_mode) ||
        !(is.st_mode & (S_IRGRP | S_IROTH)))
        return STATUS_OK;
    unsigned mode = is.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
    if (is.st_uid != geteuid() && is.st_uid != 0)
        return diag_fail(STATUS_USAGE,
                         "%s: belongs to another user, and others can read it "
                         "(mode %04o); use a file of your own",
                         name, mode);
    diag_warn("%s: others can read this secret (mode %04o); chmod 600 %s", name,
              mode, name);
    return STATUS_OK;
}

static enum status cannot_read(const char *name, int cause)
{
    return diag_fail(STATUS_USAGE, "%s: cannot read the secret: %s", name,
                     cause == EFBIG ? "it is too long" : strerror(cause));
}

/* Reads a secrets file whole; checked: who else can read it matters. */
static enum status read_file(const char *name, bool checked,
                             struct secret *secret)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return cannot_read(name, errno);
    enum status status = checked ? check_access(fd, name) : STATUS_OK;
    if (status == STATUS_OK && read_secret(fd, secret))
        status = cannot_read(name, errno);
    (void)close(fd); /* read-only: nothing can be lost */
    return status;
}

/*
 * Judges a password: no NUL, no line end but one LF at a file's end, which
 * is taken off. A CR before it may be meant and is kept.
 */
static enum status check_password(struct secret *secret, const char *source,
                                  bool is_file)
{
    char *text = secret->bytes;
    if (is_file && secret->len > 0 && text[secret->len - 1] == '\n')
        secret->len--;
    text[secret->len] = '\0';
    if (secret->len == 0)
        return diag_fail(STATUS_USAGE, "%s: the password is empty", source);
    if (memchr(text, '\0', secret->len))
        return diag_fail(STATUS_USAGE, "%s: the password holds a NUL byte",
                         source);
    if (memchr(text, '\n', secret->len) || memchr(text, '\r', secret->len - 1))
        return diag_fail(STATUS_USAGE,
                         "%s: the password has more than one line", source);
    if (text[secret->len - 1] == '\r')
        diag_note("%s: the password ends with a carriage return, which is "
                  "kept",
                  source);
    return STATUS_OK;
}

/* What was found so far, on the way to struct credentials. */
struct login {
    char *user;              /* owned; NULL: not known yet */
    struct secret *password; /* owned; NULL: not known yet */
};

/* Takes from the file's text what the login lacks. */
static enum status search_netrc(const char *name, struct secret *text,
                                const char *host, struct login *login)
{
    struct netrc_entry entry;
    int found = netrc_find(text->bytes, text->len, host, login->user, &entry);
    if (found < 0)
        return diag_fail(STATUS_USAGE, "%s:%u: quotes do not close", name,
                         entry.line);
    if (found == 0 && login->user)
        return diag_fail(STATUS_USAGE, "%s: no password for %s at %s", name,
                         login->user, host);
    if (found == 0)
        return diag_fail(STATUS_USAGE, "%s: no login and password for %s", name,
                         host);
    if (!login->user)
        login->user = mem_strndup(entry.login.text, entry.login.len);
    if (login->password)
        return STATUS_OK;
    login->password = secret_new(entry.password.len);
    login->password->len = entry.password.len;
    memcpy(login->password->bytes, entry.password.text, entry.password.len);
    return check_password(login->password, name, false);
}

/* ~/.netrc, or NULL after saying why not; free() it. */
static char *default_netrc(void)
{
    const char *home = getenv("HOME");
    if (!home || !*home) {
        const struct passwd *account = getpwuid(geteuid());
        home = account ? account->pw_dir : NULL;
    }
    if (!home) {
        diag_error("--netrc: no home directory; give --netrc=FILE");
        return NULL;
    }
    return mem_printf("%s/.netrc", home);
}

static enum status ask_netrc(const char *file, const char *host,
                             struct login *login)
{
    char *name = *file ? mem_strdup(file) : default_netrc();
    if (!name)
        return STATUS_USAGE;
    struct secret *text = secret_new(NETRC_MAX_BYTES);
    enum status status = read_file(name, true, text);
    if (status == STATUS_OK && memchr(text->bytes, '\0', text->len))
        status = diag_fail(STATUS_USAGE, "%s: holds a NUL byte", name);
    if (status == STATUS_OK)
        status = search_netrc(name, text, host, login);
    secret_free(text);
    free(name);
    return status;
}

static enum status take_file(const char *name, bool checked,
                             struct login *login)
{
    login->password = secret_new(PASSWORD_MAX_BYTES);
    enum status status = read_file(name, checked, login->password);
    return status ? status : check_password(login->password, name, true);
}

static enum status ask_password_file(const char *file, bool stdin_taken,
                                     struct login *login)
{
    if (strcmp(file, "-") != 0)
        return take_file(file, true, login);
    if (stdin_taken)
        return diag_fail(STATUS_USAGE,
                         "--password-file -: standard input is the ids'; read "
                         "them from a FILE, or the password from one");
    login->password = secret_new(PASSWORD_MAX_BYTES);
    if (read_secret(STDIN_FILENO, login->password))
        return cannot_read("standard input", errno);
    return check_password(login->password, "standard input", true);
}

/*
 * $CREDENTIALS_DIRECTORY/mqstat-password, if it is there. systemd guards
 * the directory and uses access lists, which look like group bits: who can
 * read it is not ours to judge.
 */
static enum status ask_directory(struct login *login)
{
    const char *directory = getenv("CREDENTIALS_DIRECTORY");
    if (!directory || !*directory)
        return STATUS_OK;
    char *name = mem_printf("%s/mqstat-password", directory);
    bool there = access(name, F_OK) == 0;
    enum status status = there ? take_file(name, false, login) : STATUS_OK;
    free(name);
    return status;
}

/* The sources but netrc, in their order, until one has a password. */
static enum status ask_sources(const struct credentials_settings *settings,
                               bool stdin_taken, struct login *login)
{
    if (settings->password_file)
        return ask_password_file(settings->password_file, stdin_taken, login);
    if (!environment)
        return ask_directory(login);
    login->password = environment;
    environment = NULL;
    return check_password(login->password, variable, false);
}

/* RFC 7617: the name ends at the first colon, so it cannot hold one. */
static enum status check_user(const char *user)
{
    if (strchr(user, ':'))
        return diag_fail(STATUS_USAGE,
                         "the user name holds a colon: a password is not "
                         "given there, but with --password-file FILE or %s",
                         variable);
    if (!*user)
        return diag_fail(STATUS_USAGE, "the user name is empty");
    for (const char *at = user; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            return diag_fail(STATUS_USAGE,
                             "the user name holds a control character");
    }
    return STATUS_OK;
}

static enum status find_login(const struct credentials_settings *settings,
                              const char *host, bool stdin_taken,
                              struct login *login)
{
    if (!settings->user && !settings->netrc)
        return diag_fail(STATUS_USAGE, "no user: give -u NAME, or --netrc");
    enum status status = settings->user ? check_user(settings->user)
                                        : STATUS_OK;
    if (status)
        return status;
    login->user = settings->user ? mem_strdup(settings->user) : NULL;
    status = ask_sources(settings, stdin_taken, login);
    if (status == STATUS_OK && settings->netrc &&
        (!login->user || !login->password))
        status = ask_netrc(settings->netrc, host, login);
    if (status)
        return status;
    if (!login->password)
        return diag_fail(STATUS_USAGE,
                         "no password: give --password-file FILE, %s in the "
                         "environment, or --netrc",
                         variable);
    return settings->user ? STATUS_OK : check_user(login->user);
}

static char *make_authorization(const struct login *login)
{
    static const char start[] = "Authorization: Basic ";
    assert(login->user && login->password);
    size_t user_len = strlen(login->user);
    size_t pair_len = user_len + 1 + login->password->len;
    unsigned char *pair = mem_alloc(pair_len);
    memcpy(pair, login->user, user_len);
    pair[user_len] = ':';
    memcpy(pair + user_len + 1, login->password->bytes, login->password->len);
    size_t size = sizeof start + (pair_len + 2) / 3 * 4;
    char *header = mem_alloc(size);
    (void)mlock(header, size); /* best effort: keeps it out of swap */
    memcpy(header, start, sizeof start - 1);
    (void)EVP_EncodeBlock((unsigned char *)header + sizeof start - 1, pair,
                          (int)pair_len); /* ends with a NUL */
    mem_wipe(pair, pair_len);
    free(pair);
    return header;
}

enum status credentials_load(struct credentials *credentials,
                             const struct credentials_settings *settings,
                             const char *host, bool stdin_taken)
{
    struct login login = {0};
    *credentials = (struct credentials){0};
    enum status status = find_login(settings, host, stdin_taken, &login);
    if (status == STATUS_OK) {
        credentials->authorization = make_authorization(&login);
        credentials->user = login.user;
        login.user = NULL;
    }
    free(login.user);
    secret_free(login.password);
    secret_free(environment);
    environment = NULL;
    return status;
}

void credentials_wipe(struct credentials *credentials)
{
    secret_free(environment);
    environment = NULL;
    if (credentials->authorization)
        mem_wipe(credentials->authorization,
                 strlen(credentials->authorization));
    free(credentials->authorization);
    free(credentials->user);
    *credentials = (struct credentials){0};
}

/*
 * Where the login comes from, what is refused, what is said; the netrc
 * format; and that no message holds a secret.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "credentials.h"
#include "diag.h"
#include "file.h"
#include "netrc.h"

#define BYTES(text) text, sizeof text - 1

/* Base64 of Aladdin:open sesame, the example of RFC 7617. */
static const char aladdin[] =
    "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";

static char directory[] = "/tmp/test_credentials.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    (void)unsetenv("MQSTAT_PASSWORD");
    (void)unsetenv("CREDENTIALS_DIRECTORY");
    (void)umask(022);
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return chdir("/") == 0 ? rmdir(directory) : -1;
}

static void write_file(const char *name, const char *data, size_t len,
                       mode_t mode)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, mode);
    assert_true(fd >= 0);
    assert_int_equal(file_write_all(fd, data, len), 0);
    (void)close(fd);
}

/* Loads with messages kept in text. */
static enum status load(struct credentials *credentials,
                        const struct credentials_settings *settings,
                        bool stdin_taken, char text[4096])
{
    int ends[2];
    int old = dup(STDERR_FILENO);
    assert_true(old >= 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    (void)close(ends[1]);
    enum status status = credentials_load(credentials, settings, "mq.example",
                                          stdin_taken);
    assert_int_equal(dup2(old, STDERR_FILENO), STDERR_FILENO);
    (void)close(old);
    ssize_t got = file_read(ends[0], text, 4095);
    assert_true(got >= 0);
    text[got] = '\0';
    (void)close(ends[0]);
    return status;
}

/* Loads; the header is wanted, or NULL and what was said. */
static void check_load(const struct credentials_settings *settings,
                       const char *header, const char *said)
{
    struct credentials credentials;
    char text[4096];
    enum status status = load(&credentials, settings, false, text);
    assert_string_equal(text, said);
    assert_int_equal(status, header ? STATUS_OK : STATUS_USAGE);
    if (header)
        assert_string_equal(credentials.authorization, header);
    else
        assert_null(credentials.authorization);
    credentials_wipe(&credentials);
    assert_null(credentials.user);
    assert_null(credentials.authorization);
}

static void test_base64(void **state)
{
    (void)state;
    static const struct {
        const char *user;
        const char *password;
        const char *header;
    } cases[] = {
        {"Aladdin", "open sesame", aladdin},
        {"u", "p", "Authorization: Basic dTpw"},
        {"u", "pw", "Authorization: Basic dTpwdw=="},
        {"u", "pwd", "Authorization: Basic dTpwd2Q="},
        {"u", "a:b", "Authorization: Basic dTphOmI="},
        {"test", "123\xc2\xa3", "Authorization: Basic dGVzdDoxMjPCow=="},
        {"u", "\xff\xfe", "Authorization: Basic dTr//g=="},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct credentials_settings settings = {.user = cases[i].user};
        assert_int_equal(setenv("MQSTAT_PASSWORD", cases[i].password, 1), 0);
        credentials_take_environment();
        check_load(&settings, cases[i].header, "");
    }
}

static void test_password_files(void **state)
{
    (void)state;
    static char long_text[4098];
    memset(long_text, 'x', sizeof long_text);
    static const struct {
        const char *data;
        size_t len;
        bool good;
        const char *said;
    } cases[] = {
        {BYTES("p"), true, ""},
        {BYTES("p\n"), true, ""},
        {BYTES(""), false, "mqstat: pw: the password is empty\n"},
        {BYTES("\n"), false, "mqstat: pw: the password is empty\n"},
        {BYTES("p\n\n"), false,
         "mqstat: pw: the password has more than one line\n"},
        {BYTES("p\nq"), false,
         "mqstat: pw: the password has more than one line\n"},
        {BYTES("p\rq\n"), false,
         "mqstat: pw: the password has more than one line\n"},
        {BYTES("p\0q"), false, "mqstat: pw: the password holds a NUL byte\n"},
        {long_text, 4097, false,
         "mqstat: pw: cannot read the secret: it is too long\n"},
        {long_text, 4098, false,
         "mqstat: pw: cannot read the secret: it is too long\n"},
    };
    struct credentials_settings settings = {.user = "u", .password_file = "pw"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file("pw", cases[i].data, cases[i].len, 0600);
        check_load(&settings,
                   cases[i].good ? "Authorization: Basic dTpw" : NULL,
                   cases[i].said);
        (void)unlink("pw");
    }
    write_file("pw", long_text, 4096, 0600);
    struct credentials credentials;
    assert_int_equal(
        credentials_load(&credentials, &settings, "mq.example", false),
        STATUS_OK);
    assert_int_equal(strlen(credentials.authorization), 21 + 5464);
    credentials_wipe(&credentials);
    (void)unlink("pw");
}

/* A carriage return may be meant: kept, and told where notes are shown. */
static void test_carriage_return(void **state)
{
    (void)state;
    struct credentials_settings settings = {.user = "u", .password_file = "pw"};
    write_file("pw", BYTES("p\r\n"), 0600);
    check_load(&settings, "Authorization: Basic dTpwDQ==", "");
    diag_setup("mqstat", DIAG_VERBOSE);
    check_load(&settings, "Authorization: Basic dTpwDQ==",
               "mqstat: pw: the password ends with a carriage return, which "
               "is kept\n");
    diag_setup("mqstat", DIAG_NORMAL);
    (void)unlink("pw");
}

static void test_file_access(void **state)
{
    (void)state;
    static const struct {
        mode_t mode;
        bool other_owner;
        bool good;
        const char *said;
    } cases[] = {
        {0600, false, true, ""},
        {0400, false, true, ""},
        {0640, false, true,
         "mqstat: pw: others can read this secret (mode 0640); chmod 600 pw\n"},
        {0604, false, true,
         "mqstat: pw: others can read this secret (mode 0604); chmod 600 pw\n"},
        {0600, true, true, ""},
        {0644, true, false,
         "mqstat: pw: belongs to another user, and others can read it (mode "
         "0644); use a file of your own\n"},
    };
    struct credentials_settings settings = {.user = "u", .password_file = "pw"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].other_owner && geteuid() != 0)
            continue;
        write_file("pw", BYTES("p"), 0600);
        assert_int_equal(chmod("pw", cases[i].mode), 0);
        if (cases[i].other_owner)
            assert_int_equal(chown("pw", 65534, 65534), 0);
        check_load(&settings,
                   cases[i].good ? "Authorization: Basic dTpw" : NULL,
                   cases[i].said);
        (void)unlink("pw");
    }
}

static void test_odd_files(void **state)
{
    (void)state;
    struct credentials_settings settings = {.user = "u", .password_file = "pw"};
    check_load(&settings, NULL,
               "mqstat: pw: cannot read the secret: No such file or "
               "directory\n");
    assert_int_equal(mkdir("pw", 0700), 0);
    check_load(&settings, NULL,
               "mqstat: pw: cannot read the secret: Is a directory\n");
    (void)rmdir("pw");
    /* A FIFO, as <(command) of a shell gives it; nobody's mode matters. */
    int ends[2];
    char name[32];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(file_write_all(ends[1], "p\n", 2), 0);
    (void)close(ends[1]);
    (void)snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    settings.password_file = name;
    check_load(&settings, "Authorization: Basic dTpw", "");
    (void)close(ends[0]);
}

static void test_standard_input(void **state)
{
    (void)state;
    int ends[2];
    char said[4096];
    struct credentials credentials;
    struct credentials_settings settings = {.user = "u", .password_file = "-"};
    assert_int_equal(load(&credentials, &settings, true, said), STATUS_USAGE);
    assert_string_equal(said, "mqstat: --password-file -: standard input is "
                              "the ids'; read them from a FILE, or the "
                              "password from one\n");
    credentials_wipe(&credentials);
    int old = dup(STDIN_FILENO);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(file_write_all(ends[1], "p\n", 2), 0);
    (void)close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    (void)close(ends[0]);
    check_load(&settings, "Authorization: Basic dTpw", "");
    check_load(&settings, NULL,
               "mqstat: standard input: the password is empty\n");
    assert_int_equal(dup2(old, STDIN_FILENO), STDIN_FILENO);
    (void)close(old);
}

/* The value leaves the environment, its bytes too, and serves one load. */
static void test_environment(void **state)
{
    (void)state;
    static char variable[] = "MQSTAT_PASSWORD=p";
    struct credentials_settings settings = {.user = "u"};
    assert_int_equal(putenv(variable), 0);
    credentials_take_environment();
    assert_null(getenv("MQSTAT_PASSWORD"));
    assert_memory_equal(variable, "MQSTAT_PASSWORD=\0", 18);
    check_load(&settings, "Authorization: Basic dTpw", "");
    check_load(&settings, NULL,
               "mqstat: no password: give --password-file FILE, "
               "MQSTAT_PASSWORD in the environment, or --netrc\n");
    assert_int_equal(setenv("MQSTAT_PASSWORD", "", 1), 0);
    credentials_take_environment();
    check_load(&settings, NULL,
               "mqstat: MQSTAT_PASSWORD: the password is empty\n");
    assert_int_equal(setenv("MQSTAT_PASSWORD", "canary\n", 1), 0);
    credentials_take_environment();
    check_load(&settings, NULL,
               "mqstat: MQSTAT_PASSWORD: the password has more than one "
               "line\n");
    assert_int_equal(setenv("MQSTAT_PASSWORD", "p", 1), 0);
    credentials_take_environment();
    credentials_take_environment();
    credentials_wipe(&(struct credentials){0});
    check_load(&settings, NULL,
               "mqstat: no password: give --password-file FILE, "
               "MQSTAT_PASSWORD in the environment, or --netrc\n");
}

/* Without take_environment the variable is not looked at. */
static void test_environment_not_taken(void **state)
{
    (void)state;
    assert_int_equal(setenv("MQSTAT_PASSWORD", "p", 1), 0);
    check_load(&(struct credentials_settings){.user = "u"}, NULL,
               "mqstat: no password: give --password-file FILE, "
               "MQSTAT_PASSWORD in the environment, or --netrc\n");
    (void)unsetenv("MQSTAT_PASSWORD");
}

static void test_users(void **state)
{
    (void)state;
    static const char hint[] =
        "mqstat: the user name holds a colon: a password is not given there, "
        "but with --password-file FILE or MQSTAT_PASSWORD\n";
    static const struct {
        const char *user;
        const char *said;
    } cases[] = {
        {NULL, "mqstat: no user: give -u NAME, or --netrc\n"},
        {"", "mqstat: the user name is empty\n"},
        {"u:canary", hint},
        {":", hint},
        {"a\nb", "mqstat: the user name holds a control character\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_load(&(struct credentials_settings){.user = cases[i].user,
                                                  .password_file = "missing"},
                   NULL, cases[i].said);
}

/* The sources' order: each is added before the one that it beats. */
static void test_order(void **state)
{
    (void)state;
    struct credentials_settings settings = {.user = "u", .netrc = "netrc"};
    write_file("netrc", BYTES("machine mq.example login u password a\n"), 0600);
    check_load(&settings, "Authorization: Basic dTph", "");

    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", ".", 1), 0);
    check_load(&settings, "Authorization: Basic dTph", "");
    write_file("mqstat-password", BYTES("b\n"), 0644);
    check_load(&settings, "Authorization: Basic dTpi", "");

    assert_int_equal(setenv("MQSTAT_PASSWORD", "c", 1), 0);
    credentials_take_environment();
    check_load(&settings, "Authorization: Basic dTpj", "");

    write_file("pw", BYTES("d\n"), 0600);
    settings.password_file = "pw";
    assert_int_equal(setenv("MQSTAT_PASSWORD", "c", 1), 0);
    credentials_take_environment();
    check_load(&settings, "Authorization: Basic dTpk", "");

    /* The user from netrc, the password from elsewhere. */
    settings.user = NULL;
    check_load(&settings, "Authorization: Basic dTpk", "");
    (void)unsetenv("CREDENTIALS_DIRECTORY");
    (void)unlink("mqstat-password");
    (void)unlink("netrc");
    (void)unlink("pw");
}

static void test_netrc_file(void **state)
{
    (void)state;
    static const struct {
        const char *user;
        const char *data;
        size_t len;
        const char *header;
        const char *said;
    } cases[] = {
        {NULL, BYTES("machine mq.example login u password p"),
         "Authorization: Basic dTpw", ""},
        {"u", BYTES("machine other login u password p"), NULL,
         "mqstat: ~netrc: no password for u at mq.example\n"},
        {NULL, BYTES(""), NULL,
         "mqstat: ~netrc: no login and password for mq.example\n"},
        {NULL, BYTES("default login u:x password p"), NULL,
         "mqstat: the user name holds a colon: a password is not given there, "
         "but with --password-file FILE or MQSTAT_PASSWORD\n"},
        {NULL, BYTES("default login u\n\npassword \"canary"), NULL,
         "mqstat: ~netrc:3: quotes do not close\n"},
        {NULL, BYTES("default login u password \"\""), NULL,
         "mqstat: ~netrc: the password is empty\n"},
        {NULL, BYTES("default login u password \"a\\nb\""), NULL,
         "mqstat: ~netrc: the password has more than one line\n"},
        {NULL, BYTES("default login u\0 password p"), NULL,
         "mqstat: ~netrc: holds a NUL byte\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file("~netrc", cases[i].data, cases[i].len, 0600);
        check_load(&(struct credentials_settings){.user = cases[i].user,
                                                  .netrc = "~netrc"},
                   cases[i].header, cases[i].said);
        (void)unlink("~netrc");
    }
    check_load(&(struct credentials_settings){.netrc = "~netrc"}, NULL,
               "mqstat: ~netrc: cannot read the secret: No such file or "
               "directory\n");
}

static void test_default_netrc(void **state)
{
    (void)state;
    char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    write_file(".netrc",
               BYTES("default login Aladdin password "
                     "\"open sesame\""),
               0644);
    assert_int_equal(setenv("HOME", ".", 1), 0);
    check_load(&(struct credentials_settings){.netrc = ""}, aladdin,
               "mqstat: ./.netrc: others can read this secret (mode 0644); "
               "chmod 600 ./.netrc\n");
    if (home)
        (void)setenv("HOME", home, 1);
    free(home);
    (void)unlink(".netrc");
}

/* The format alone: host "h", and user or any. */
static void test_netrc_format(void **state)
{
    (void)state;
    static const struct {
        const char *user;
        const char *text;
        int found;
        const char *login;
        const char *password;
    } cases[] = {
        {NULL, "machine h login a password b", 1, "a", "b"},
        {NULL, "machine H\tlogin a\r\npassword b\r\n", 1, "a", "b"},
        {NULL, "MACHINE h LOGIN a PASSWORD b", 1, "a", "b"},
        {NULL, "machine h password b account x login a", 1, "a", "b"},
        {NULL, "machine hh login x password y machine h login a password b", 1,
         "a", "b"},
        {NULL, "machine h login a password b machine h login c password d", 1,
         "a", "b"},
        {"c", "machine h login a password b machine h login c password d", 1,
         "c", "d"},
        {"C", "machine h login c password d", 0, "", ""},
        {"e", "machine h login a password b default login e password f", 1, "e",
         "f"},
        {NULL, "default login a password b", 1, "a", "b"},
        {NULL, "machine h login a machine g password b", 0, "", ""},
        {NULL, "machine h login a", 0, "", ""},
        {"a", "machine h password b", 0, "", ""},
        {NULL, "machine", 0, "", ""},
        {NULL, "machine h login a password", 0, "", ""},
        {NULL, "login a password b", 0, "", ""},
        {NULL,
         "# machine h login x password y\nmachine h # why\n"
         "login a password b#c # d \"e",
         1, "a", "b#c"},
        {NULL, "machine h login a password #b", 1, "a", "#b"},
        {NULL, "machine \"h\" login \"a b\" password \"c\\\"\\\\d\\te\"", 1,
         "a b", "c\"\\d\te"},
        {NULL, "machine h login a password \"b\"", 1, "a", "b"},
        {NULL, "machine h login a password \"\"", 1, "a", ""},
        {NULL, "machine h login a password b\"c", 1, "a", "b\"c"},
        {NULL,
         "macdef m\nmachine h login x password y\n\n"
         "machine h login a password b",
         1, "a", "b"},
        {NULL, "macdef m\r\nput \"x\r\n\r\nmachine h login a password b", 1,
         "a", "b"},
        {NULL, "machine h login a password b\nmacdef m\nx", 1, "a", "b"},
        {NULL, "machine h macdef m\nx\n\nlogin a password b", 1, "a", "b"},
        {NULL, "macdef", 0, "", ""},
        {NULL, "machine h login a password \"b", -1, "", ""},
        {NULL, "machine h login a password \"b\\", -1, "", ""},
        {NULL, "machine h login a password \"b\n\"", -1, "", ""},
        {NULL, "\"\" x machine h login a password b", 1, "a", "b"},
        {NULL, "machine h login a password b machine g login \"", 1, "a", "b"},
        {NULL, " \n\t ", 0, "", ""},
        {NULL, "\"", -1, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct netrc_entry entry;
        size_t len = strlen(cases[i].text);
        char *text = malloc(len > 0 ? len : 1); /* exact: reads beyond show */
        assert_non_null(text);
        memcpy(text, cases[i].text, len);
        assert_int_equal(netrc_find(text, len, "h", cases[i].user, &entry),
                         cases[i].found);
        if (cases[i].found == 1) {
            assert_int_equal(entry.login.len, strlen(cases[i].login));
            assert_memory_equal(entry.login.text, cases[i].login,
                                entry.login.len);
            assert_int_equal(entry.password.len, strlen(cases[i].password));
            assert_memory_equal(entry.password.text, cases[i].password,
                                entry.password.len);
        }
        free(text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_password_files),
        cmocka_unit_test(test_carriage_return),
        cmocka_unit_test(test_file_access),
        cmocka_unit_test(test_odd_files),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_environment_not_taken),
        cmocka_unit_test(test_users),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_netrc_file),
        cmocka_unit_test(test_default_netrc),
        cmocka_unit_test(test_netrc_format),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

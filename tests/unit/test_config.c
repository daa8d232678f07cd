/*
 * Settings files: which are read, which section counts, who wins, what is
 * kept, and what is no such file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "options_table.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

enum {
    TEXT_BYTES = 4096
};

static char home[] = "/tmp/mqstat-config.XXXXXX";
static char user_file[96];
static char system_file[96];

static void write_text(const char *path, const char *text)
{
    FILE *file = text ? fopen(path, "w") : NULL;
    if (!text) {
        (void)unlink(path); /* may not be there */
        return;
    }
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int make_home(void **state)
{
    char directory[64];
    (void)state;
    assert_non_null(mkdtemp(home));
    (void)snprintf(directory, sizeof directory, "%s/mqstat", home);
    assert_int_equal(mkdir(directory, 0700), 0);
    (void)snprintf(user_file, sizeof user_file, "%s/config", directory);
    (void)snprintf(system_file, sizeof system_file, "%s/system", home);
    (void)setenv("XDG_CONFIG_HOME", home, 1);
    return 0;
}

static int remove_home(void **state)
{
    (void)state;
    (void)unlink(user_file);
    (void)unlink(system_file);
    *strrchr(user_file, '/') = '\0';
    return rmdir(user_file) || rmdir(home) ? -1 : 0;
}

/* Loads both files, NULL for none; what is said on standard error is lost. */
static int load(struct options *options, const char *user, const char *system)
{
    write_text(user_file, user);
    write_text(system_file, system);
    int saved = dup(STDERR_FILENO);
    assert_non_null(freopen("/dev/null", "w", stderr));
    int failed = config_load(options, system_file);
    (void)fflush(stderr);
    assert_true(dup2(saved, STDERR_FILENO) == STDERR_FILENO);
    (void)close(saved);
    return failed;
}

/* "VALUE FILE:LINE: NAME" of the option, the directory left out. */
static void assert_set(const struct options *options, const char *name,
                       const char *expected)
{
    const struct option *option = option_find(name, strlen(name));
    const char *place = option_origin(options, option)->file;
    struct buf text;
    buf_init(&text, TEXT_BYTES);
    option_show(options, option, &text);
    if (place)
        (void)buf_printf(&text, " %s", strrchr(place, '/') + 1);
    (void)buf_putc(&text, '\0');
    assert_string_equal(text.data, expected);
    buf_release(&text);
}

static const char user_text[] = "rate = 1\n"
                                "retries = 1\n"
                                "timeout = 1\n"
                                "keep = a\n"
                                "[profile lab]\n"
                                "rate = 2\n";

static const char system_text[] = "rate = 3\n"
                                  "retries = 3\n"
                                  "deadline = 3\n"
                                  "[profile lab]\n"
                                  "rate = 4\n"
                                  "timeout = 4\n"
                                  "[profile prod]\n"
                                  "retries = 5\n";

static void test_user_before_system(void **state)
{
    struct options options = option_defaults;
    (void)state;
    assert_int_equal(load(&options, user_text, system_text), 0);
    assert_set(&options, "rate", "1/s config:1: rate");
    assert_set(&options, "retries", "1 config:2: retries");
    assert_set(&options, "timeout", "1s config:3: timeout");
    assert_set(&options, "deadline", "3s system:3: deadline");
    assert_set(&options, "concurrency", "auto");
    options_release(&options);
}

/* Both files' sections of a profile come before both files' beginnings. */
static void test_profile_before_file(void **state)
{
    struct options options = option_defaults;
    (void)state;
    options.profile = "lab";
    assert_int_equal(load(&options, user_text, system_text), 0);
    assert_set(&options, "rate", "2/s config:6: rate");
    assert_set(&options, "timeout", "4s system:6: timeout");
    assert_set(&options, "retries", "1 config:2: retries");
    assert_set(&options, "deadline", "3s system:3: deadline");
    options_release(&options);

    options = option_defaults;
    options.profile = "prod";
    assert_int_equal(load(&options, user_text, system_text), 0);
    assert_set(&options, "retries", "5 system:8: retries");
    assert_set(&options, "timeout", "1s config:3: timeout");
    options_release(&options);
}

static void test_stronger_stays(void **state)
{
    struct options options = option_defaults;
    const struct option *rate = option_find("rate", 4);
    (void)state;
    assert_int_equal(
        option_set(&options, rate, OPTIONS_ENVIRONMENT, "MQSTAT_RATE", "9"), 0);
    assert_int_equal(load(&options, "rate = nonsense\n", NULL), 0);
    assert_set(&options, "rate", "9/s");
    options_release(&options);
}

static void test_one_file(void **state)
{
    struct options options = option_defaults;
    (void)state;
    options.config = system_file;
    assert_int_equal(load(&options, user_text, system_text), 0);
    assert_set(&options, "timeout", "10s");
    assert_set(&options, "deadline", "3s system:3: deadline");
    options_release(&options);

    options = option_defaults;
    options.config = system_file;
    assert_int_equal(load(&options, user_text, NULL), -1);
    options_release(&options);

    options = option_defaults;
    assert_int_equal(load(&options, NULL, NULL), 0);
    options_release(&options);
}

/* The text belongs to options, not to what was read. */
static void test_kept(void **state)
{
    struct options options = option_defaults;
    (void)state;
    assert_int_equal(load(&options, "keep = a;b #c\nuser = \" u \"\n", NULL),
                     0);
    write_text(user_file, "keep = overwritten\n");
    assert_string_equal(options.input.keep, "a;b #c");
    assert_string_equal(options.credentials.user, " u ");
    assert_int_equal(options.n_kept, 4);
    options_release(&options);
}

static const struct {
    const char *text;
    const char *profile;
} mistakes[] = {
    {"rats = 1\n", NULL},
    {"[profile x]\nrats = 1\n", NULL},
    {"rate = x\n", NULL},
    {"rate = \n", NULL},
    {"rate\n", NULL},
    {"rate x = 1\n", NULL},
    {"= 1\n", NULL},
    {"password = x\n", NULL},
    {"config = x\n", NULL},
    {"profile = x\n", NULL},
    {"help = yes\n", NULL},
    {"user = u:x\n", NULL},
    {"[other]\n", NULL},
    {"[profile]\n", NULL},
    {"[profile ]\n", NULL},
    {"[profile x\n", NULL},
    {"[profile x] y\n", NULL},
    {"[profile x y]\n", NULL},
    {"[profilex]\n", NULL},
    {"rate = 1\n", "x"},
    {"[profile xy]\n[profile ax]\n", "x"},
    {"[profile x]\n[profile y]\nrate = z\n", "y"},
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        struct options options = option_defaults;
        options.profile = mistakes[i].profile;
        if (load(&options, mistakes[i].text, NULL) != -1)
            fail_msg("was taken: %s", mistakes[i].text);
        options_release(&options);
    }
}

static const struct {
    const char *text;
    const char *profile;
    const char *rate;
} fine[] = {
    {"", NULL, "100/s"},
    {"\n\n# x\n; y\n  \t\n", NULL, "100/s"},
    {"rate=7", NULL, "7/s config:1: rate"},
    {" \t rate \t = \t 7 \t \r\n", NULL, "7/s config:1: rate"},
    {"\xef\xbb\xbfrate = 7\r\n", NULL, "7/s config:1: rate"},
    {"\xef\xbb\xbf[profile x]\nrate = 7\n", "x", "7/s config:2: rate"},
    {"rate = 6\nrate = 7\n", NULL, "7/s config:2: rate"},
    {"[profile x]\nrate = nonsense\n", NULL, "100/s"},
    {"[profile x]\n", "x", "100/s"},
    {" [profile \t x ] \nrate = 7\n", "x", "7/s config:2: rate"},
    {"[profile x]\n[profile y]\nrate = 8\n[profile x]\nrate = \"7\"\n", "x",
     "7/s config:5: rate"},
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++) {
        struct options options = option_defaults;
        options.profile = fine[i].profile;
        if (load(&options, fine[i].text, NULL))
            fail_msg("was refused: %s", fine[i].text);
        assert_set(&options, "rate", fine[i].rate);
        options_release(&options);
    }
}

/* A line of 65,535 bytes is whole, a longer one a mistake. */
static void test_long_lines(void **state)
{
    enum {
        FITS = 65535
    };
    char *text = calloc(1, FITS + 2);
    (void)state;
    assert_non_null(text);
    memset(text, 'x', FITS + 1);
    memcpy(text, "keep = ", 7);
    struct options options = option_defaults;
    assert_int_equal(load(&options, text, NULL), -1);
    options_release(&options);

    text[FITS] = '\0';
    options = option_defaults;
    assert_int_equal(load(&options, text, NULL), 0);
    assert_int_equal(strlen(options.input.keep), FITS - 7);
    options_release(&options);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_user_before_system),
        cmocka_unit_test(test_profile_before_file),
        cmocka_unit_test(test_stronger_stays),
        cmocka_unit_test(test_one_file),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_long_lines),
    };
    return cmocka_run_group_tests(tests, make_home, remove_home);
}

/*
 * Options: the table itself, values of every type, argv, environment,
 * messages, --help and --print-config.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "options_table.h"

enum {
    WORDS = 12,
    TEXT_BYTES = 16384
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* What a descriptor gets while something runs. */
struct capture {
    int fd;
    int saved;
    FILE *file;
    char text[TEXT_BYTES];
};

static void capture_start(struct capture *capture, int fd)
{
    (void)fflush(stdout);
    capture->fd = fd;
    capture->file = tmpfile();
    assert_non_null(capture->file);
    capture->saved = dup(fd);
    assert_true(dup2(fileno(capture->file), fd) == fd);
}

static void capture_stop(struct capture *capture)
{
    (void)fflush(stdout);
    assert_true(dup2(capture->saved, capture->fd) == capture->fd);
    (void)close(capture->saved);
    rewind(capture->file);
    size_t len = fread(capture->text, 1, TEXT_BYTES - 1, capture->file);
    capture->text[len] = '\0';
    (void)fclose(capture->file);
}

/* Parses words (the last is NULL) and keeps what is said on stderr. */
static enum status parse(struct options *options, const char *const *words,
                         struct capture *said)
{
    static char program[] = "mqstat";
    static char *argv[WORDS + 2];
    int argc = 1;
    argv[0] = program;
    for (; words[argc - 1]; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
    argv[argc] = NULL;
    capture_start(said, STDERR_FILENO);
    enum status status = options_parse(options, argc, argv);
    capture_stop(said);
    return status;
}

static int without_environment(void **state)
{
    (void)state;
    (void)clearenv();
    (void)setenv("MQSTAT_ENDPOINT", "https://h", 1);
    return 0;
}

static const struct option *find(const char *name)
{
    const struct option *option = option_find(name, strlen(name));
    assert_non_null(option);
    return option;
}

static bool shows(const struct options *options, const char *name,
                  const char *expected)
{
    struct buf text;
    buf_init(&text, TEXT_BYTES);
    option_show(options, find(name), &text);
    bool equal = text.len == strlen(expected) &&
                 (text.len == 0 || memcmp(text.data, expected, text.len) == 0);
    if (!equal)
        print_message("%s: shows '%.*s', not '%s'\n", name, (int)text.len,
                      text.len > 0 ? text.data : "", expected);
    buf_release(&text);
    return equal;
}

static void test_rows(void **state)
{
    (void)state;
    for (const struct option *row = option_table; row->name; row++) {
        size_t len = strlen(row->name);
        assert_ptr_equal(option_find(row->name, len), row);
        assert_null(option_find(row->name, len - 1));
        if (row->letter)
            assert_ptr_equal(option_find_letter(row->letter), row);
        assert_true(len + sizeof "MQSTAT_" <= OPTION_PLACE_BYTES);
        assert_true(strspn(row->name, "abcdefghijklmnopqrstuvwxyz-") == len);
        assert_in_range(row->type, 0, OPTION_TYPES - 1);
        assert_true(row->offset + row->size <= sizeof(struct options));
        assert_false(option_is_secret(row->name, len));
    }
    assert_null(option_find_letter('\0'));
    assert_null(option_find_letter('p'));
    assert_null(option_find("", 0));
}

/* Help: lower case (a name apart), no full stop, short. */
static void test_rows_have_help(void **state)
{
    (void)state;
    for (const struct option *row = option_table; row->name; row++) {
        assert_non_null(row->help);
        size_t len = strlen(row->help);
        assert_in_range(len, 10, 60);
        assert_in_range(row->help[0], 'a', 'z');
        assert_int_not_equal(row->help[len - 1], '.');
    }
}

static void test_rows_fit_their_type(void **state)
{
    (void)state;
    for (const struct option *row = option_table; row->name; row++) {
        bool flag = row->type == OPTION_FLAG;
        bool choice = row->type == OPTION_CHOICE;
        assert_int_equal(!row->placeholder, flag || choice);
        assert_int_equal(row->choices != NULL, choice);
        assert_int_equal(row->on != 0, flag);
        if (row->type == OPTION_COUNT || row->type == OPTION_DURATION)
            assert_true(row->min < row->max);
        if (flag || choice)
            assert_true(row->size == sizeof(bool) || row->size == sizeof(int));
        if (row->type == OPTION_URL)
            assert_non_null(row->word);
        if (row->traits & OPTION_OPTIONAL)
            assert_int_equal(row->type, OPTION_TEXT);
    }
}

/* Whatever is shown can be read again, to the same. */
static void test_defaults_are_values(void **state)
{
    (void)state;
    for (const struct option *row = option_table; row->name; row++) {
        struct options options = option_defaults;
        struct buf text;
        buf_init(&text, TEXT_BYTES);
        option_show(&options, row, &text);
        if (text.len > 0) {
            assert_int_equal(buf_putc(&text, '\0'), 0);
            assert_int_equal(option_read(&options, row, text.data), 0);
            assert_true(shows(&options, row->name, text.data));
        }
        buf_release(&text);
    }
}

static void test_defaults(void **state)
{
    static const char *const none[] = {NULL};
    struct options options;
    struct capture said;
    (void)state;
    assert_int_equal(parse(&options, none, &said), STATUS_OK);
    assert_string_equal(said.text, "");
    assert_string_equal(options.transport.endpoint, "https://h");
    assert_null(options.credentials.user);
    assert_null(options.credentials.netrc);
    assert_true(options.transport.timeout_ns == INT64_C(10000000000));
    assert_true(options.transport.connect_timeout_ns == INT64_C(10000000000));
    assert_true(options.adapt.rate_per_s == 100);
    assert_false(options.adapt.search);
    assert_true(options.adapt.max_rate_per_s == 0);
    assert_int_equal(options.retry.retries, 2);
    assert_true(options.retry.budget == 0.1);
    assert_true(options.gate.give_up_ns == INT64_C(300000000000));
    assert_true(options.gate.deadline_ns == 0);
    assert_int_equal(options.gate.max_queries, 0);
    assert_int_equal(options.run.concurrency, 0);
    assert_int_equal(options.output.mode, -1);
    assert_int_equal(options.level, DIAG_NORMAL);
    assert_int_equal(options.n_files, 0);
}

struct value_case {
    const char *name;
    const char *text;
    const char *shown; /* NULL: refused */
};

static const struct value_case good_values[] = {
    {"column", "vin", "vin"},
    {"column", "2", "2"},
    {"column", " a b ", " a b "},
    {"from", "csv", "csv"},
    {"from", "tsv", "tsv"},
    {"from", "lines", "lines"},
    {"from", "ndjson", "ndjson"},
    {"delimiter", ";", ";"},
    {"delimiter", "|", "|"},
    {"delimiter", " ", " "},
    {"delimiter", "tab", "tab"},
    {"delimiter", "\\t", "tab"},
    {"delimiter", "\t", "tab"},
    {"trim", "1", "yes"},
    {"trim", "TRUE", "yes"},
    {"trim", "yes", "yes"},
    {"trim", "0", "no"},
    {"trim", "false", "no"},
    {"trim", "no", "no"},
    {"keep", "all", "all"},
    {"keep", "a,b", "a,b"},
    {"sample", "1k", "1000"},
    {"sample", "0.00001%", "0.00001%"},
    {"shard", "1/1", "1/1"},
    {"shard", "999999/999999", "999999/999999"},
    {"shard", "8/8", "8/8"},
    {"shard", "02/10", "2/10"},
    {"endpoint", "https://h:8888/x", "https://h:8888/x"},
    {"user", "m\xc3\xbcller", "m\xc3\xbcller"},
    {"password-file", "-", "-"},
    {"netrc", "/etc/netrc", "/etc/netrc"},
    {"netrc", "yes", "yes"},
    {"netrc", "0", ""},
    {"method", "post", "post"},
    {"pinned-key", "sha256//abc=", "sha256//abc="},
    {"connect-to", "h:443:10.0.0.1:8443", "h:443:10.0.0.1:8443"},
    {"connect-to", "[::1]:443:[::2]:80", "[::1]:443:[::2]:80"},
    {"connect-to", "::10.0.0.1:", "::10.0.0.1:"},
    {"proxy", "socks5h://p:1080", "socks5h://p:1080"},
    {"timeout", "3", "3s"},
    {"timeout", "500ms", "500ms"},
    {"timeout", "1.5", "1500ms"},
    {"timeout", "1ms", "1ms"},
    {"timeout", "1d", "1d"},
    {"timeout", "90m", "90m"},
    {"timeout", "120m", "2h"},
    {"timeout", "1.5ms", "1.5ms"},
    {"not-found", "offline", "offline"},
    {"rate", "200", "200/s"},
    {"rate", "0.5", "30/m"},
    {"rate", "30/m", "30/m"},
    {"rate", "1/h", "1/h"},
    {"rate", "100/h", "1.666666667/m"},
    {"rate", "1M", "1000000/s"},
    {"rate", "auto", "auto"},
    {"max-rate", "2k", "2000/s"},
    {"concurrency", "1", "1"},
    {"concurrency", "1k", "1000"},
    {"concurrency", "auto", "auto"},
    {"retries", "0", "0"},
    {"retries", "100", "100"},
    {"retry-budget", "0", "0%"},
    {"retry-budget", "2.5%", "2.5%"},
    {"retry-budget", "0.00001", "0.00001%"},
    {"retry-budget", "33.333333333333%", "33.333333333333%"},
    {"retry-budget", "100%", "100%"},
    {"max-queries", "1", "1"},
    {"max-queries", "10M", "10000000"},
    {"max-queries", "9007199254740991", "9007199254740991"},
    {"deadline", "8h", "8h"},
    {"deadline", "365d", "365d"},
    {"to", "json", "json"},
    {"quote", "all", "all"},
    {"output-mode", "0600", "0600"},
    {"output-mode", "644", "0644"},
};

static const struct value_case bad_values[] = {
    {"column", "", NULL},
    {"output", "", NULL},
    {"from", "", NULL},
    {"from", "CSV", NULL},
    {"from", "xml", NULL},
    {"delimiter", "", NULL},
    {"delimiter", "\"", NULL},
    {"delimiter", "\r", NULL},
    {"delimiter", "\n", NULL},
    {"delimiter", ",,", NULL},
    {"delimiter", "\xc3\xa9", NULL},
    {"delimiter", "\xa7", NULL},
    {"trim", "", NULL},
    {"trim", "2", NULL},
    {"trim", "on ", NULL},
    {"shard", "", NULL},
    {"shard", "0/2", NULL},
    {"shard", "3/2", NULL},
    {"shard", "1/0", NULL},
    {"shard", "1", NULL},
    {"shard", "1/", NULL},
    {"shard", "/2", NULL},
    {"shard", "1/2/3", NULL},
    {"shard", "1/1000000", NULL},
    {"shard", "-1/2", NULL},
    {"shard", " 1/2", NULL},
    {"shard", "1/18446744073709551617", NULL},
    {"endpoint", "", NULL},
    {"endpoint", "https://u:p@h", NULL},
    {"endpoint", "https://u@h", NULL},
    {"endpoint", "https://u:p/a@h", NULL},
    {"proxy", "http://u:p@h:3128", NULL},
    {"user", "", NULL},
    {"user", "u:p", NULL},
    {"user", "u:", NULL},
    {"user", "u\r\nX", NULL},
    {"netrc", "", NULL},
    {"method", "put", NULL},
    {"pinned-key", "abc=", NULL},
    {"pinned-key", "", NULL},
    {"connect-to", "h:443:10.0.0.1", NULL},
    {"connect-to", "h:443:10.0.0.1:80:", NULL},
    {"connect-to", "h:443:::1:80", NULL},
    {"connect-to", "h:x:a:1", NULL},
    {"connect-to", "h:65536:a:1", NULL},
    {"connect-to", "[::1:443:a:1", NULL},
    {"timeout", "0", NULL},
    {"timeout", "0.9ms", NULL},
    {"timeout", "25h", NULL},
    {"timeout", "10 s", NULL},
    {"timeout", "10S", NULL},
    {"timeout", "s", NULL},
    {"deadline", "366d", NULL},
    {"rate", "0", NULL},
    {"rate", "0.9/h", NULL},
    {"rate", "1.1M", NULL},
    {"rate", "AUTO", NULL},
    {"rate", "10/d", NULL},
    {"max-rate", "auto", NULL},
    {"concurrency", "0", NULL},
    {"concurrency", "1001", NULL},
    {"concurrency", "1.5", NULL},
    {"retries", "101", NULL},
    {"retry-budget", "101%", NULL},
    {"retry-budget", "%", NULL},
    {"retry-budget", "10%%", NULL},
    {"retry-budget", "1k", NULL},
    {"retry-budget", "10/s", NULL},
    {"retry-budget", "1.2.3", NULL},
    {"retry-budget", "0.00000000000000000001", NULL},
    {"max-queries", "0", NULL},
    {"max-queries", "9007199254740992", NULL},
    {"max-queries", "9007199254740993", NULL},
    {"max-queries", "9007199254740993k", NULL},
    {"output-mode", "", NULL},
    {"output-mode", "4755", NULL},
    {"output-mode", "0400", NULL},
    {"output-mode", "00600", NULL},
    {"output-mode", "0680", NULL},
    {"output-mode", "60", NULL},
    {"output-mode", "rw-", NULL},
};

static void test_good_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good_values); i++) {
        const struct value_case *value = &good_values[i];
        struct options options = option_defaults;
        if (option_read(&options, find(value->name), value->text))
            fail_msg("--%s %s is refused", value->name, value->text);
        assert_true(shows(&options, value->name, value->shown));
    }
}

static void test_bad_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_values); i++) {
        const struct value_case *value = &bad_values[i];
        struct options options;
        memcpy(&options, &option_defaults, sizeof options);
        if (option_read(&options, find(value->name), value->text) != -1)
            fail_msg("--%s %s is taken", value->name, value->text);
        assert_memory_equal(&options, &option_defaults, sizeof options);
    }
}

/* No number is written like these. */
static void test_bad_numbers(void **state)
{
    static const char *const numbers[] = {
        "",     "1e9", "-1",  "+1",  " 5",       "5 ",
        "0x10", ".5",  "5.",  "1,5", "1_0",      "five",
        "nan",  "inf", "--1", "1\n", "\xd9\xa1", "18446744073709551616",
    };
    (void)state;
    for (const struct option *row = option_table; row->name; row++) {
        if (row->type != OPTION_COUNT && row->type != OPTION_DURATION &&
            row->type != OPTION_RATE && row->type != OPTION_PACE &&
            row->type != OPTION_SHARE && row->type != OPTION_MODE)
            continue;
        for (size_t i = 0; i < COUNT_OF(numbers); i++) {
            struct options options = option_defaults;
            if (option_read(&options, row, numbers[i]) != -1)
                fail_msg("--%s '%s' is taken", row->name, numbers[i]);
        }
    }
}

static void test_rate_auto(void **state)
{
    static const struct {
        const char *words[WORDS];
        bool search;
        double rate;
    } cases[] = {
        {{"-r", "auto"}, true, 100},
        {{"-r50", "-rauto"}, true, 100},
        {{"-r", "auto", "--rate=50"}, false, 50},
        {{"-r", "auto", "--max-rate", "500"}, true, 100},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        assert_int_equal(parse(&options, cases[i].words, &said), STATUS_OK);
        assert_int_equal(options.adapt.search, cases[i].search);
        assert_true(options.adapt.rate_per_s == cases[i].rate);
    }
}

/* Command lines, and what of them arrives. */
static void test_arguments(void **state)
{
    static const struct {
        const char *words[WORDS];
        const char *name; /* this option ... */
        const char *shown;
        const char *files[WORDS];
    } cases[] = {
        {{"--column", "vin"}, "column", "vin", {NULL}},
        {{"--column=vin"}, "column", "vin", {NULL}},
        {{"--column=a=b"}, "column", "a=b", {NULL}},
        {{"-c", "vin", "f"}, "column", "vin", {"f"}},
        {{"-cvin", "f"}, "column", "vin", {"f"}},
        {{"-j50"}, "concurrency", "50", {NULL}},
        {{"-j", "50"}, "concurrency", "50", {NULL}},
        {{"-qj50", "f"}, "concurrency", "50", {"f"}},
        {{"-qj", "50", "f"}, "concurrency", "50", {"f"}},
        {{"-j1", "-j2"}, "concurrency", "2", {NULL}},
        {{"-qv"}, "verbose", "yes", {NULL}},
        {{"-vq"}, "verbose", "no", {NULL}},
        {{"-vq"}, "quiet", "yes", {NULL}},
        {{"--header", "--no-header"}, "header", "no", {NULL}},
        {{"--header", "--no-header"}, "no-header", "yes", {NULL}},
        {{"a", "--trim", "b", "-", "-q", "c"},
         "trim",
         "yes",
         {"a", "b", "-", "c"}},
        {{"a", "--", "--trim", "-q", "--"},
         "trim",
         "no",
         {"a", "--trim", "-q", "--"}},
        {{"--"}, "trim", "no", {NULL}},
        {{"-o", "-"}, "output", "-", {NULL}},
        {{"-o", "--trim"}, "output", "--trim", {NULL}},
        {{"-o", "--", "f"}, "output", "--", {"f"}},
        {{"--netrc", "f"}, "netrc", "yes", {"f"}},
        {{"--netrc=f", "g"}, "netrc", "f", {"g"}},
        {{""}, "trim", "no", {""}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        assert_int_equal(parse(&options, cases[i].words, &said), STATUS_OK);
        assert_string_equal(said.text, "");
        assert_true(shows(&options, cases[i].name, cases[i].shown));
        size_t n = 0;
        for (; cases[i].files[n]; n++)
            assert_string_equal(options.files[n], cases[i].files[n]);
        assert_int_equal(options.n_files, n);
        assert_null(options.files[n]);
    }
}

/* Mistakes: each is one line that holds these words. */
static void test_mistakes(void **state)
{
    static const struct {
        const char *words[WORDS];
        const char *said;
    } cases[] = {
        {{"--rate", "1e9"},
         "mqstat: --rate: '1e9' is not a rate: give a number from 1/h to "
         "1M/s, like 200, 0.5 or 30/m\n"},
        {{"-r", "-1"}, "mqstat: --rate: '-1' is not a rate"},
        {{"--rate"}, "mqstat: --rate: a value is missing: give a number"},
        {{"-qr"}, "mqstat: --rate: a value is missing: give a number"},
        {{"--output="}, "mqstat: --output: '' is empty: give FILE\n"},
        {{"-j", "1001"},
         "'1001' is not a count: give a whole number from 1 "
         "to 1000, or auto\n"},
        {{"--timeout", "0"}, "give one from 1ms to 1d, like 500ms"},
        {{"--max-queries=0"},
         "give a whole number from 1 to 9007199254740991\n"},
        {{"-f", "xml"}, "'xml' is not known: give csv, tsv, lines or ndjson"},
        {{"--not-found", "x"}, "give error or offline\n"},
        {{"--output-mode", "rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-"},
         "'rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-rw-r'... is not a file mode"},
        {{"--quiet=1"}, "mqstat: --quiet: takes no value\n"},
        {{"--colum", "x"}, "unknown option '--colum': did you mean --column?"},
        {{"--edn-point"}, "did you mean --endpoint?"},
        {{"--ot"}, "unknown option '--ot': did you mean --to?"},
        {{"--conc", "5"},
         "unknown option '--conc': did you mean "
         "--concurrency?"},
        {{"--xyz", "5"}, "unknown option '--xyz': mqstat --help lists"},
        {{"--frobnicate=x"}, "unknown option '--frobnicate': mqstat --help"},
        {{"-x"}, "unknown option '-x': mqstat --help"},
        {{"-qx"}, "unknown option '-x': mqstat --help"},
        {{"--key", "k"}, "mqstat: --key: goes with --cert only\n"},
        {{"--max-rate", "5"}, "--max-rate: goes with --rate auto only\n"},
        {{"--shard", "3/2"}, "'3/2' is not a shard: give I/N"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        assert_int_equal(parse(&options, cases[i].words, &said), STATUS_USAGE);
        if (!strstr(said.text, cases[i].said))
            fail_msg("'%s' in: %s", cases[i].said, said.text);
        assert_ptr_equal(strchr(said.text, '\n'),
                         said.text + strlen(said.text) - 1);
    }
}

/* However a password is given, it is refused and not repeated. */
static void test_secrets(void **state)
{
    static const char *const cases[][WORDS] = {
        {"--password", "hunter2"},
        {"--password=hunter2"},
        {"--Password=hunter2"},
        {"--pass", "hunter2"},
        {"--passwd=hunter2"},
        {"--passwordhunter2"},
        {"--password-hunter2"},
        {"-p", "hunter2"},
        {"-phunter2"},
        {"-qphunter2"},
        {"--token=hunter2"},
        {"--basic=me:hunter2"},
        {"-u", "me:hunter2"},
        {"-ume:hunter2"},
        {"--user=me:hunter2"},
        {"-e", "https://me:hunter2@h"},
        {"-ehttps://me:hunter2@h/x"},
        {"--endpoint=me:hunter2@h"},
        {"--endpoint=https://me:a/hunter2@h"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        assert_int_equal(parse(&options, cases[i], &said), STATUS_USAGE);
        assert_null(strstr(said.text, "hunter2"));
        assert_non_null(strstr(said.text, "--password-file"));
        assert_non_null(strstr(said.text, "MQSTAT_PASSWORD"));
    }
    static const char *const proxy[] = {"--proxy=http://me:hunter2@h", NULL};
    struct options options;
    struct capture said;
    assert_int_equal(parse(&options, proxy, &said), STATUS_USAGE);
    assert_null(strstr(said.text, "hunter2"));
    assert_non_null(strstr(said.text, "--proxy: a URL with a login"));
}

static void test_nearest(void **state)
{
    static const struct {
        const char *name;
        const char *nearest;
    } cases[] = {
        {"retrys", "retries"},
        {"time-out", "timeout"},
        {"noheader", "no-header"},
        {"line-number", "line-numbers"},
        {"pinend-key", "pinned-key"},
        {"deadlien", "deadline"},
        {"print", "print-config"},
        {"give-up", "give-up-after"},
        {"out", "output"},
        {"retr", "retries"},
        {"insecrue", "insecure"},
        {"x", NULL},
        {"", NULL},
        {"resum", "resume"},
        {"samples", "sample"},
        {"a-name-that-is-longer-than-any-option-is", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *name = cases[i].name;
        const char *nearest = option_nearest(name, strlen(name));
        if (!cases[i].nearest != !nearest ||
            (nearest && strcmp(nearest, cases[i].nearest) != 0))
            fail_msg("%s: %s", name, nearest ? nearest : "none");
    }
}

static void test_environment(void **state)
{
    static const struct {
        const char *variable;
        const char *value;
        const char *words[WORDS];
        const char *name;
        const char *shown;
        enum options_source source;
    } cases[] = {
        {"MQSTAT_RATE", "50", {NULL}, "rate", "50/s", OPTIONS_ENVIRONMENT},
        {"MQSTAT_RATE", "50", {"-r5"}, "rate", "5/s", OPTIONS_COMMAND_LINE},
        {"MQSTAT_RATE", "1e9", {"-r5"}, "rate", "5/s", OPTIONS_COMMAND_LINE},
        {"MQSTAT_RATE", "", {NULL}, "rate", "100/s", OPTIONS_DEFAULT},
        {"MQSTAT_NO_DEDUP",
         "1",
         {NULL},
         "no-dedup",
         "yes",
         OPTIONS_ENVIRONMENT},
        {"MQSTAT_NO_DEDUP",
         "False",
         {NULL},
         "no-dedup",
         "no",
         OPTIONS_ENVIRONMENT},
        {"MQSTAT_NETRC", "yes", {NULL}, "netrc", "yes", OPTIONS_ENVIRONMENT},
        {"MQSTAT_HEADER",
         "yes",
         {"--no-header"},
         "header",
         "no",
         OPTIONS_COMMAND_LINE},
        {"MQSTAT_QUIET", "yes", {"-v"}, "verbose", "yes", OPTIONS_COMMAND_LINE},
        {"mqstat_rate", "50", {NULL}, "rate", "100/s", OPTIONS_DEFAULT},
        {"MQSTAT_HELP", "1", {NULL}, "help", "no", OPTIONS_DEFAULT},
        {"MQSTAT_PRINT_CONFIG",
         "1",
         {NULL},
         "print-config",
         "no",
         OPTIONS_DEFAULT},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        (void)without_environment(state);
        (void)setenv(cases[i].variable, cases[i].value, 1);
        assert_int_equal(parse(&options, cases[i].words, &said), STATUS_OK);
        assert_true(shows(&options, cases[i].name, cases[i].shown));
        assert_int_equal(option_origin(&options, find(cases[i].name))->source,
                         cases[i].source);
    }
}

/* "No" for one of a pair leaves what the other says. */
static void test_environment_pairs(void **state)
{
    static const char *const none[] = {NULL};
    static const struct {
        const char *quiet;
        const char *verbose;
        enum diag_level level;
    } cases[] = {
        {"0", "0", DIAG_NORMAL},
        {"0", "1", DIAG_VERBOSE},
        {"1", "0", DIAG_QUIET},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        (void)setenv("MQSTAT_QUIET", cases[i].quiet, 1);
        (void)setenv("MQSTAT_VERBOSE", cases[i].verbose, 1);
        assert_int_equal(parse(&options, none, &said), STATUS_OK);
        assert_int_equal(options.level, cases[i].level);
    }
}

static void test_environment_mistakes(void **state)
{
    static const char *const none[] = {NULL};
    static const struct {
        const char *variable;
        const char *value;
        const char *said;
    } cases[] = {
        {"MQSTAT_RATE", "1e9", "mqstat: MQSTAT_RATE: '1e9' is not a rate"},
        {"MQSTAT_TRIM", "maybe", "MQSTAT_TRIM: 'maybe' is not a switch: give"},
        {"MQSTAT_MAX_RATE", "9", "MQSTAT_MAX_RATE: goes with --rate auto"},
        {"MQSTAT_USER", "me:pw", "MQSTAT_USER: a user name has no colon"},
        {"MQSTAT_ENDPOINT", "https://me:pw@h", "MQSTAT_ENDPOINT: a URL with"},
        {"MQSTAT_ENDPOINT", "",
         "mqstat: no endpoint: give -e https://HOST, "
         "or set MQSTAT_ENDPOINT\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        (void)without_environment(state);
        (void)setenv(cases[i].variable, cases[i].value, 1);
        assert_int_equal(parse(&options, none, &said), STATUS_USAGE);
        if (!strstr(said.text, cases[i].said))
            fail_msg("'%s' in: %s", cases[i].said, said.text);
        assert_null(strstr(said.text, "me:pw"));
    }
}

/* Only with -v, only names, and never the password's. */
static void test_unknown_variables(void **state)
{
    static const char *const verbose[] = {"-v", NULL};
    static const char *const none[] = {NULL};
    struct options options;
    struct capture said;
    (void)state;
    (void)setenv("MQSTAT_RAET", "hunter2", 1);
    (void)setenv("MQSTAT_PASSWORD", "hunter2", 1);
    (void)setenv("OTHER_RATE", "5", 1);
    assert_int_equal(parse(&options, none, &said), STATUS_OK);
    assert_string_equal(said.text, "");
    assert_int_equal(parse(&options, verbose, &said), STATUS_OK);
    assert_string_equal(said.text,
                        "mqstat: MQSTAT_RAET: ignored, no such option\n");
}

/* They work whatever else is wrong. */
static void test_help_and_version(void **state)
{
    static const char *const cases[][WORDS] = {
        {"--help"}, {"-h"},        {"-qh", "--frobnicate"},
        {"-V"},     {"--version"}, {"--version", "--rate", "1e9"},
    };
    (void)state;
    (void)clearenv();
    (void)setenv("MQSTAT_RATE", "1e9", 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct options options;
        struct capture said;
        assert_int_equal(parse(&options, cases[i], &said), STATUS_OK);
        assert_string_equal(said.text, "");
        assert_true(options.help != options.version);
    }
}

static void test_print_help(void **state)
{
    struct capture help;
    (void)state;
    capture_start(&help, STDOUT_FILENO);
    options_print_help();
    capture_stop(&help);
    assert_memory_equal(help.text, "Usage: mqstat ", 14);
    for (const struct option *row = option_table; row->name; row++) {
        char entry[64];
        if (row->letter)
            (void)snprintf(entry, sizeof entry, "\n  -%c, --%s", row->letter,
                           row->name);
        else
            (void)snprintf(entry, sizeof entry, "\n      --%s", row->name);
        if (!strstr(help.text, entry))
            fail_msg("--%s is not in --help", row->name);
    }
    for (const char *line = help.text; *line;) {
        size_t len = strcspn(line, "\n");
        assert_in_range(len, 0, 80);
        if (len > 0)
            assert_int_not_equal(line[len - 1], ' ');
        line += len + 1;
    }
}

static bool has_line(const char *text, const char *line)
{
    char whole[256];
    (void)snprintf(whole, sizeof whole, "\n%s\n", line);
    return strstr(text, whole) != NULL;
}

static void test_print_config(void **state)
{
    static const char *const words[] = {
        "--print-config", "-j50", "--trim", "-k", "a\nb", NULL};
    static const char *const lines[] = {
        "concurrency = 50  # command line",
        "trim = yes  # command line",
        "keep = a\\x0ab  # command line",
        "max-rate = 9/s  # environment MQSTAT_MAX_RATE",
        "rate = 100/s  # default",
        "timeout = 10s  # default",
        "retry-budget = 10%  # default",
        "from =  # default",
        "no-dedup = no  # default",
        "proxy = ***@h  # default",
    };
    struct options options;
    struct capture said;
    struct capture config;
    (void)state;
    (void)clearenv();
    (void)setenv("MQSTAT_MAX_RATE", "9", 1);
    assert_int_equal(parse(&options, words, &said), STATUS_OK);
    assert_true(options.print_config);
    assert_string_equal(said.text, "");
    options.transport.proxy = "http://me:hunter2@h";
    capture_start(&config, STDOUT_FILENO);
    options_print_config(&options);
    capture_stop(&config);
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (!has_line(config.text, lines[i]))
            fail_msg("'%s' in: %s", lines[i], config.text);
    }
    for (const struct option *row = option_table; row->name; row++) {
        char start[64];
        (void)snprintf(start, sizeof start, "\n%s =", row->name);
        bool first = row == option_table;
        bool shown = strstr(config.text, start + first) != NULL;
        assert_int_equal(shown, !(row->traits & OPTION_ACTION));
    }
}

static void test_print_usage(void **state)
{
    struct capture said;
    (void)state;
    capture_start(&said, STDERR_FILENO);
    options_print_usage();
    capture_stop(&said);
    assert_memory_equal(said.text, "mqstat: usage: mqstat [OPTION...]", 33);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_rows_have_help),
        cmocka_unit_test(test_rows_fit_their_type),
        cmocka_unit_test(test_defaults_are_values),
        cmocka_unit_test_setup(test_defaults, without_environment),
        cmocka_unit_test(test_good_values),
        cmocka_unit_test(test_bad_values),
        cmocka_unit_test(test_bad_numbers),
        cmocka_unit_test_setup(test_rate_auto, without_environment),
        cmocka_unit_test_setup(test_arguments, without_environment),
        cmocka_unit_test_setup(test_mistakes, without_environment),
        cmocka_unit_test_setup(test_secrets, without_environment),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test_setup(test_environment, without_environment),
        cmocka_unit_test_setup(test_environment_pairs, without_environment),
        cmocka_unit_test_setup(test_environment_mistakes, without_environment),
        cmocka_unit_test_setup(test_unknown_variables, without_environment),
        cmocka_unit_test_setup(test_help_and_version, without_environment),
        cmocka_unit_test(test_print_help),
        cmocka_unit_test_setup(test_print_config, without_environment),
        cmocka_unit_test(test_print_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

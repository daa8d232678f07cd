/*
 * NDJSON: which ids are taken, what is kept, what is refused.
 */
#include "input_cases.h"

#define NDJSON                                                                 \
    {                                                                          \
        .from = INPUT_NDJSON                                                   \
    }
#define ALL                                                                    \
    {                                                                          \
        .from = INPUT_NDJSON, .keep = "all"                                    \
    }

/* A second line that may hold anything: the first one settles the file. */
#define SECOND(text) BYTES("{\"id\":\"0\"}\n" text "\n")
#define BAD          "1 ok 0\n2 bad_row \n"

static const struct input_case ids[] = {
    {"text", NDJSON, SECOND("{\"id\":\"A\"}"), "1 ok 0\n2 ok A\n", NULL},
    {"empty text", NDJSON, SECOND("{\"id\":\"\"}"), "1 ok 0\n2 ok \n", NULL},
    {"escapes", NDJSON,
     SECOND("{\"id\":\"\\\"\\\\\\/\\t\\u00e4\\ud83d\\ude00\"}"),
     "1 ok 0\n2 ok \"\\/\t\xc3\xa4\xf0\x9f\x98\x80\n", NULL},
    {"escaped name", NDJSON, SECOND("{\"\\u0069d\":\"A\"}"), "1 ok 0\n2 ok A\n",
     NULL},
    {"integer", NDJSON, SECOND("{\"id\":12}"), "1 ok 0\n2 ok 12\n", NULL},
    {"zero", NDJSON, SECOND("{\"id\":0}"), "1 ok 0\n2 ok 0\n", NULL},
    {"negative", NDJSON, SECOND("{\"id\":-7}"), "1 ok 0\n2 ok -7\n", NULL},
    {"2^53", NDJSON, SECOND("{\"id\":9007199254740992}"),
     "1 ok 0\n2 ok 9007199254740992\n", NULL},
    {"2^53 + 1", NDJSON, SECOND("{\"id\":9007199254740993}"), BAD,
     "input:2: row cannot be read: the id is no integer up to 2^53"},
    {"2^64 + 1", NDJSON, SECOND("{\"id\":18446744073709551617}"), BAD, NULL},
    {"fraction", NDJSON, SECOND("{\"id\":1.0}"), BAD, NULL},
    {"exponent", NDJSON, SECOND("{\"id\":1e3}"), BAD, NULL},
    {"null", NDJSON, SECOND("{\"id\":null}"), BAD,
     "neither text nor an integer"},
    {"true", NDJSON, SECOND("{\"id\":true}"), BAD, NULL},
    {"array", NDJSON, SECOND("{\"id\":[\"A\"]}"), BAD, NULL},
    {"object", NDJSON, SECOND("{\"id\":{\"id\":\"A\"}}"), BAD, NULL},
    {"none", NDJSON, SECOND("{\"x\":1}"), BAD, "no member for the id"},
    {"empty object", NDJSON, SECOND("{}"), BAD, NULL},
    {"twice", NDJSON, SECOND("{\"id\":\"A\",\"id\":\"A\"}"), BAD, NULL},
    {"two names", NDJSON, SECOND("{\"ID\":\"A\",\"vin\":\"B\"}"), BAD,
     "'ID' and 'vin' may both be the id"},
    {"nested names do not count", NDJSON,
     SECOND("{\"x\":{\"vin\":1},\"vin\":\"A\"}"), "1 ok 0\n2 ok A\n", NULL},
    {"u+0000", NDJSON, SECOND("{\"id\":\"A\\u0000B\"}"), BAD,
     "U+0000 in a string"},
    {"u+0000 in another member", NDJSON,
     SECOND("{\"id\":\"A\",\"x\":\"\\u0000\"}"), BAD, NULL},
    {"no u+0000", NDJSON, SECOND("{\"id\":\"\\\\u0000\"}"),
     "1 ok 0\n2 ok \\u0000\n", NULL},
    {"bare text", NDJSON, SECOND("\"A\""), "1 ok 0\n2 ok A\n", NULL},
    {"bare integer", NDJSON, SECOND(" 12\t"), "1 ok 0\n2 ok 12\n", NULL},
    {"bare number", NDJSON, SECOND("1.5"), BAD, NULL},
    {"bare array", NDJSON, SECOND("[1]"), BAD, NULL},
    {"bare null", NDJSON, SECOND("null"), BAD, NULL},
    {"only bare ids", NDJSON, BYTES("\"A\"\n12"), "1 ok A\n2 ok 12\n", NULL},
    {"column",
     {.from = INPUT_NDJSON, .column = "serial"},
     BYTES("{\"id\":1,\"serial\":\"A\"}\n{\"Serial\":\"B\"}\n\"C\"\n"),
     "1 ok A\n2 bad_row \n3 bad_row \n",
     NULL},
    {"trim",
     {.from = INPUT_NDJSON, .trim = true},
     BYTES("{\"id\":\" A\\t\"}\n"),
     "1 ok A\n",
     NULL},
    {"two names in the first line", NDJSON, BYTES("{\"id\":1,\"vin\":2}\n"),
     "status 2\n",
     "input:1: 'id' and 'vin' may both be the id; the members "
     "are: id, vin"},
    {"no name in the first line", NDJSON, BYTES("{\"a\":1,\"b\":2}\n"),
     "status 2\n", "which member is the id? choose with --column"},
    {"first line is broken", NDJSON, BYTES("{\n\"A\"\n"),
     "1 bad_row \n2 ok A\n", NULL},
    {"empty", NDJSON, BYTES(""), "", NULL},
    {"line ends", NDJSON, BYTES("\"A\"\r\n\"B\"\r\"C\""),
     "1 ok A\n2 ok B\n3 ok C\n", NULL},
    {"byte order mark", NDJSON, BYTES("\xef\xbb\xbf\"A\"\n"), "1 ok A\n", NULL},
};

static const struct input_case strict[] = {
    {"blank line", NDJSON, SECOND(""), BAD, "the line is blank"},
    {"only blanks", NDJSON, SECOND(" \t"), BAD, NULL},
    {"not closed", NDJSON, SECOND("{\"id\":\"A\""), BAD,
     "not valid JSON at byte"},
    {"string not closed", NDJSON, SECOND("{\"id\":\"A"), BAD, NULL},
    {"ends with a backslash", NDJSON, SECOND("\"A\\"), BAD, NULL},
    {"two values", NDJSON, SECOND("{\"id\":\"A\"} {\"id\":\"B\"}"), BAD, NULL},
    {"a line of an array", NDJSON, SECOND("{\"id\":\"A\"},"), BAD, NULL},
    {"comma at the end", NDJSON, SECOND("{\"id\":\"A\",}"), BAD, NULL},
    {"bad utf-8", NDJSON, SECOND("{\"id\":\"A\xff\"}"), BAD, "not valid UTF-8"},
    {"encoded surrogate", NDJSON, SECOND("{\"id\":\"\xed\xa0\x80\"}"), BAD,
     NULL},
    {"lone surrogate", NDJSON, SECOND("{\"id\":\"\\ud800\"}"), BAD, NULL},
    {"surrogates the wrong way", NDJSON, SECOND("{\"id\":\"\\ude00\\ud83d\"}"),
     BAD, NULL},
    {"raw tab", NDJSON, SECOND("{\"id\":\"A\tB\"}"), BAD, "control character"},
    {"raw nul", NDJSON, SECOND("{\"id\":\"A\0B\"}"), BAD, NULL},
    {"nul outside", NDJSON, SECOND("{\"id\":\"A\"}\0"), BAD, NULL},
    {"control byte as a blank", NDJSON, SECOND("{\"id\":\x01\"A\"}"), BAD,
     NULL},
    {"u+00a0 as a blank", NDJSON, SECOND("{\"id\":\xc2\xa0\"A\"}"), BAD, NULL},
    {"byte order mark", NDJSON, SECOND("\xef\xbb\xbf{\"id\":\"A\"}"), BAD,
     NULL},
    {"unknown escape", NDJSON, SECOND("{\"id\":\"\\x41\"}"), BAD,
     "unknown escape"},
    {"bad hexadecimal", NDJSON, SECOND("{\"id\":\"\\u00zz\"}"), BAD, NULL},
    {"short hexadecimal", NDJSON, SECOND("\"\\u00"), BAD, NULL},
    {"leading zero", NDJSON, SECOND("{\"id\":\"A\",\"x\":01}"), BAD,
     "malformed number"},
    {"plus", NDJSON, SECOND("{\"id\":+1}"), BAD, NULL},
    {"only minus", NDJSON, SECOND("{\"id\":-}"), BAD, NULL},
    {"no digit after the point", NDJSON, SECOND("{\"id\":\"A\",\"x\":1.}"), BAD,
     NULL},
    {"no digit in the exponent", NDJSON, SECOND("{\"id\":\"A\",\"x\":1e+}"),
     BAD, NULL},
    {"hexadecimal", NDJSON, SECOND("{\"id\":0x10}"), BAD, NULL},
    {"nan", NDJSON, SECOND("{\"id\":NaN}"), BAD, NULL},
    {"other quotes", NDJSON, SECOND("{'id':1}"), BAD, NULL},
    {"comment", NDJSON, SECOND("{\"id\":\"A\"} // x"), BAD, NULL},
};

static const struct input_case kept[] = {
    {"all", ALL, BYTES("{\"a\":\"x\",\"id\":\"A\",\"b\":1}\n"), "1 ok A|x|=1\n",
     NULL},
    {"a list",
     {.from = INPUT_NDJSON, .keep = "b,a"},
     BYTES("{\"a\":1,\"b\":2,\"id\":\"A\"}\n{\"a\":3,\"id\":\"B\"}\n"),
     "1 ok A|=2|=1\n2 ok B|=null|=3\n",
     NULL},
    {"verbatim", ALL,
     BYTES("{\"id\":\"A\",\"n\":-12.50E+1,\"t\":true,\"f\":false,\"z\":null,"
           "\"a\": [1, \"]\\\"\", {}] ,\"o\":{\"k\":[{}]},\"s\":\"\\u00e4\"}"),
     "1 ok A|=-12.50E+1|=true|=false|=null|=[1, \"]\\\"\", {}]|"
     "={\"k\":[{}]}|\xc3\xa4\n",
     NULL},
    {"blanks anywhere", ALL, BYTES(" { \"id\" : \"A\" , \"n\" :\t1 } \n"),
     "1 ok A|=1\n", NULL},
    {"names with anything in them", ALL,
     BYTES("{\"a:\\\"b\\\\\":1,\"id\":\"A\",\"{\":2}\n"), "1 ok A|=1|=2\n",
     NULL},
    {"a name occurs twice: the last one", ALL,
     BYTES("{\"id\":\"A\",\"n\":1,\"n\":2}\n"), "1 ok A|=2\n", NULL},
    {"bad id, good members", ALL,
     BYTES("{\"id\":\"A\",\"n\":1}\n{\"id\":1.5,\"n\":2}\n{\"n\":3\n"),
     "1 ok A|=1\n2 bad_row |=2\n3 bad_row |=null\n", NULL},
    {"all, but no object", ALL, BYTES("\"A\"\n{\"id\":\"B\",\"n\":1}\n"),
     "status 2\n", "--keep all wants an object"},
};

static void test_ids(void **state)
{
    (void)state;
    cases_run(ids, COUNT_OF(ids));
}

static void test_strict(void **state)
{
    (void)state;
    cases_run(strict, COUNT_OF(strict));
}

static void test_kept(void **state)
{
    (void)state;
    cases_run(kept, COUNT_OF(kept));
}

/* Lines and ids at their maximum, and arrays nested beyond cJSON's limit. */
static void test_limits(void **state)
{
    static char file[] = "input";
    static const struct {
        const char *head;
        char byte;
        size_t count;
        const char *tail;
        const char *row;
    } cases[] = {
        {"{\"id\":\"", 'x', 65536, "\"}", "1 ok xx"},
        {"{\"id\":\"", 'x', 65537, "\"}", "1 bad_row \n"},
        {"\"A\"", ' ', 1048573, "", "1 ok A\n"},
        {"\"A\"", ' ', 1048574, "", "1 bad_row \n"},
        {"{\"id\":1,\"x\":", '[', 100000, "", "1 bad_row \n"},
    };
    char *const files[] = {file};
    const struct input_settings settings = NDJSON;
    struct buf bytes;
    (void)state;
    buf_init(&bytes, 4 * 1048576);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_clear(&bytes);
        assert_int_equal(buf_puts(&bytes, cases[i].head), 0);
        memset(buf_reserve(&bytes, cases[i].count), cases[i].byte,
               cases[i].count);
        bytes.len += cases[i].count;
        assert_int_equal(buf_puts(&bytes, cases[i].tail), 0);
        assert_int_equal(buf_puts(&bytes, "\n\"B\"\n"), 0);
        cases_write(file, bytes.data, bytes.len);
        const char *rows = cases_read(&settings, files, 1);
        assert_memory_equal(rows, cases[i].row, strlen(cases[i].row));
        assert_non_null(strstr(rows, "\n2 ok B\n"));
    }
    buf_release(&bytes);
    assert_int_equal(unlink(file), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_strict),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, cases_setup, cases_teardown);
}

/*
 * NDJSON: the rows of a reader that takes JSON by the letter. The id is
 * member `id` (or a bare line), `a` and `b` are kept.
 */
#include "fuzz_input.h"
#include "fuzz_json.h"

struct value {
    const char *raw; /* NULL: there is none */
    size_t len;
};

static bool is_name(const struct fuzz_member *member, const char *name)
{
    return member->name.len == strlen(name) &&
           memcmp(member->name.data, name, member->name.len) == 0;
}

/* Finds the id, first of all, and the kept members, the last of a name. */
static unsigned find(const char *text, size_t len, struct value found[3])
{
    struct fuzz_json json = {text, text + len, 0};
    struct fuzz_member member = {0};
    unsigned ids = 0;
    json_blanks(&json);
    (void)json_take(&json, "{");
    buf_init(&member.name, FUZZ_TEXT_BYTES);
    for (int got = json_next(&json, true, true, &member); got > 0;) {
        struct value value = {member.raw, member.len};
        if (is_name(&member, "id") && ids++ == 0)
            found[0] = value;
        if (is_name(&member, "a"))
            found[1] = value;
        if (is_name(&member, "b"))
            found[2] = value;
        got = json_more(&json, true);
        if (got > 0)
            got = json_next(&json, true, false, &member);
    }
    buf_release(&member.name);
    return ids;
}

/* What the id says; false when it is none. */
static bool read_id(struct value value, struct buf *id)
{
    unsigned long long number = 0;
    if (!value.raw)
        return false;
    if (value.raw[0] == '"') {
        struct fuzz_json json = {value.raw, value.raw + value.len, 0};
        return json_string(&json, id);
    }
    for (size_t i = value.raw[0] == '-'; i < value.len; i++) {
        if (value.raw[i] < '0' || value.raw[i] > '9')
            return false;
        number = number * 10 + (unsigned long long)(value.raw[i] - '0');
        if (number > 1ULL << 53)
            return false;
    }
    return !buf_append(id, value.raw, value.len);
}

static void put_kept(struct buf *rows, struct value value)
{
    struct buf text;
    if (value.raw && value.raw[0] == '"') {
        struct fuzz_json json = {value.raw, value.raw + value.len, 0};
        buf_init(&text, FUZZ_TEXT_BYTES);
        FUZZ_CHECK(json_string(&json, &text));
        fuzz_put(rows, " t", text.len ? text.data : "", text.len);
        buf_release(&text);
    } else {
        fuzz_put(rows, " j", value.raw ? value.raw : "null",
                 value.raw ? value.len : 4);
    }
}

static void read_row(const char *text, size_t len, uint64_t line, bool trim,
                     bool column, struct buf *rows)
{
    struct value found[3] = {{0}};
    struct buf id;
    unsigned ids = 1;
    bool valid = fuzz_json_valid(text, len);
    size_t at = 0;
    buf_init(&id, FUZZ_TEXT_BYTES);
    while (at < len && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (valid && text[at] == '{') {
        ids = find(text, len, found);
    } else if (valid && !column) {
        size_t end = len;
        while (text[end - 1] == ' ' || text[end - 1] == '\t')
            end--;
        found[0] = (struct value){text + at, end - at};
    }
    bool good = valid && read_id(found[0], &id) && ids == 1;
    if (!good)
        buf_clear(&id);
    fuzz_put_id(rows, line, !good, trim, id.len ? id.data : "", id.len);
    if (column) {
        put_kept(rows, found[1]);
        put_kept(rows, found[2]);
    }
    buf_release(&id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char kept[] = "a,b";
    static char column[] = "id";
    struct fuzz fuzz = {data, size};
    unsigned how = fuzz_byte(&fuzz);
    size_t most = fuzz_byte(&fuzz) % 16 + 1;
    const char *text = (const char *)fuzz.at;
    size_t len = fuzz.left;
    uint64_t line = 1;
    bool named = !(how & 2);
    struct input_settings settings = {
        .from = INPUT_NDJSON,
        .trim = how & 1,
        .column = named ? column : NULL,
        .keep = named ? kept : NULL,
    };
    struct buf wanted;
    buf_init(&wanted, FUZZ_TEXT_BYTES);
    /* Without a column the names that ids usually have are looked for. */
    bool known = !fuzz_odd_start(text, len) &&
                 (named || !memchr(text, '{', len));
    for (size_t at = 0, end = 0; known && at < len;) {
        size_t start = at;
        at = fuzz_line(text, len, at, &end);
        read_row(text + start, end - start, line++, settings.trim, named,
                 &wanted);
    }
    fuzz_compare(&settings, text, len, most, known ? &wanted : NULL);
    buf_release(&wanted);
    return 0;
}

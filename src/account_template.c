/*
 * Templates.
 *
 * Responsible for putting values into their places, and for escaping. The
 * invariant: whatever bytes come in as text, what goes out is text, valid in
 * XML too, and reads from left to right as it stands. The places are ours: a
 * name that nobody knows is a mistake, found by the first run.
 */
#include "account_template.h"

#include <assert.h>
#include <string.h>

#include "mem.h"
#include "utf8.h"

void account_begin(struct buf *values, const char *name)
{
    if (values->len > 0)
        account_end(values);
    (void)buf_append(values, name, strlen(name) + 1);
}

void account_set(struct buf *values, const char *name, const char *value)
{
    account_begin(values, name);
    (void)buf_puts(values, value);
}

void account_end(struct buf *values)
{
    (void)buf_putc(values, '\0');
}

bool account_next(const struct buf *values, size_t *at, const char **name,
                  const char **value)
{
    if (*at >= values->len)
        return false;
    *name = values->data + *at;
    *value = *name + strlen(*name) + 1;
    *at = (size_t)(*value + strlen(*value) + 1 - values->data);
    return true;
}

/* XML has no way to write U+FFFE and U+FFFF. */
static bool may_stand(uint32_t code)
{
    return utf8_harmless(code) && (code & 0xfffe) != 0xfffe;
}

void account_put_text(struct buf *out, const char *text, size_t len)
{
    static const char *const escapes[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};
    for (size_t i = 0; i < len;) {
        uint32_t code = 0;
        size_t step = utf8_decode(text + i, len - i, &code);
        size_t end = i + (step ? step : 1);
        if (step > 0 && code <= '>' && escapes[code])
            (void)buf_puts(out, escapes[code]);
        else if (step > 0 && may_stand(code))
            (void)buf_append(out, text + i, step);
        else
            for (; i < end; i++)
                (void)buf_printf(out, "\\x%02x", (unsigned char)text[i]);
        i = end;
    }
}

/* The length of the name that text begins with. */
static size_t name_len(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz_");
}

/* The value of the name that text begins with; NULL when there is none. */
static const char *find(const struct buf *values, const char *text)
{
    size_t len = name_len(text);
    const char *name;
    const char *value;
    for (size_t at = 0; account_next(values, &at, &name, &value);) {
        if (mem_is(text, len, name))
            return value;
    }
    return NULL;
}

void account_fill(struct buf *out, const char *text, const struct buf *values)
{
    static const char condition[] = "if ";
    static const char end[] = "end\n";
    for (;;) {
        size_t plain = strcspn(text, "$");
        (void)buf_append(out, text, plain);
        text += plain;
        if (!*text++)
            return;
        if (strncmp(text, end, strlen(end)) == 0) {
            text += strlen(end);
        } else if (strncmp(text, condition, strlen(condition)) == 0) {
            text += strlen(condition);
            const char *value = find(values, text);
            text = value && *value ? strchr(text, '\n') + 1
                                   : strstr(text, end) + strlen(end);
        } else {
            const char *value = find(values, text);
            assert(value);
            (void)buf_puts(out, value);
            text += name_len(text);
        }
    }
}

/*
 * The words of a scenario line.
 *
 * Responsible for blanks, comments, quotes and escapes; knows no word.
 */
#include "sim/word.h"

#include <stddef.h>
#include <string.h>

#include "sim/hex.h"

void word_init(struct word *word)
{
    *word = (struct word){.has_value = false};
    buf_init(&word->key, WORD_MAX_BYTES);
    buf_init(&word->value, WORD_MAX_BYTES);
}

void word_release(struct word *word)
{
    buf_release(&word->key);
    buf_release(&word->value);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Undoes the escape at the front of line (behind the backslash). */
static int take_escape(struct buf *value, struct span *line)
{
    static const char names[] = "rnt\"\\";
    static const char bytes[] = "\r\n\t\"\\";
    char name = line->len > 0 ? line->data[0] : '\0';
    const char *at = name ? strchr(names, name) : NULL;
    if (at) {
        span_skip(line, 1);
        return buf_putc(value, bytes[at - names]);
    }
    if (name != 'x' || line->len < 3)
        return -1;
    int byte = hex_byte(line->data + 1);
    if (byte < 0)
        return -1;
    span_skip(line, 3);
    return buf_putc(value, (char)byte);
}

/* Takes the rest of a quoted value (behind the first quote). */
static const char *take_quoted(struct buf *value, struct span *line)
{
    for (;;) {
        if (line->len == 0)
            return "the closing quote is missing";
        char c = line->data[0];
        span_skip(line, 1);
        if (c == '"')
            break;
        if (c != '\\' && buf_putc(value, c))
            return "the value is too long";
        if (c == '\\' && take_escape(value, line))
            return "bad escape; known are \\r \\n \\t \\\" \\\\ \\xNN";
    }
    if (line->len > 0 && !is_blank(line->data[0]))
        return "a blank is missing behind the closing quote";
    return NULL;
}

static const char *take_plain(struct buf *value, struct span *line)
{
    size_t len = 0;
    while (len < line->len && !is_blank(line->data[len]))
        len++;
    if (buf_append(value, line->data, len))
        return "the value is too long";
    span_skip(line, len);
    return NULL;
}

static const char *take_value(struct word *word, struct span *line)
{
    if (line->len == 0 || line->data[0] != '=')
        return NULL;
    word->has_value = true;
    span_skip(line, 1);
    if (line->len == 0 || line->data[0] != '"')
        return take_plain(&word->value, line);
    span_skip(line, 1);
    return take_quoted(&word->value, line);
}

/* Puts a NUL behind the end without counting it. */
static int terminate(struct buf *buf)
{
    if (buf_putc(buf, '\0'))
        return -1;
    buf->len--;
    return 0;
}

enum word_result word_take(struct word *word, struct span *line,
                           const char **why)
{
    buf_clear(&word->key);
    buf_clear(&word->value);
    word->has_value = false;
    while (line->len > 0 && is_blank(line->data[0]))
        span_skip(line, 1);
    if (line->len == 0 || line->data[0] == '#')
        return WORD_END;
    size_t len = 0;
    while (len < line->len && !is_blank(line->data[len]) &&
           line->data[len] != '=')
        len++;
    int failed = buf_append(&word->key, line->data, len);
    span_skip(line, len);
    *why = take_value(word, line);
    failed |= terminate(&word->key) | terminate(&word->value);
    if (failed)
        *why = "the word is too long";
    return *why ? WORD_BAD : WORD_TAKEN;
}

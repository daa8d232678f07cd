/*
 * The report's building blocks.
 *
 * Responsible for escaping and for numbers. The invariant: whatever bytes
 * come in, what goes out is text, valid in XML too, and reads from left to
 * right as it stands.
 */
#include "account_html.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "units.h"
#include "utf8.h"

enum {
    PIECE_BYTES = 4096
};

void account_html(struct buf *out, const char *format, ...)
{
    char piece[PIECE_BYTES];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    assert(len >= 0 && (size_t)len < sizeof piece);
    (void)buf_append(out, piece, (size_t)len);
}

/* XML has no way to write U+FFFE and U+FFFF. */
static bool may_stand(uint32_t code)
{
    return utf8_harmless(code) && (code & 0xfffe) != 0xfffe;
}

static const char *escape_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void account_html_text(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t code = 0;
        size_t step = utf8_decode(text + i, len - i, &code);
        const char *escape = escape_of(text[i]);
        if (escape)
            (void)buf_puts(out, escape);
        else if (step > 0 && may_stand(code))
            (void)buf_append(out, text + i, step);
        else
            for (size_t j = 0; j < (step ? step : 1); j++)
                account_html(out, "\\x%02x", (unsigned char)text[i + j]);
        i += step ? step : 1;
    }
}

void account_html_count(struct buf *out, uint64_t count)
{
    (void)buf_puts(out, units_format_count(count).text);
}

/* Never 100 % or 0 % when it is not all, or something. */
void account_html_share(struct buf *out, uint64_t part, uint64_t whole)
{
    double share = whole > 0 ? 100.0 * (double)part / (double)whole : 0;
    if (part > 0 && share < 0.1)
        account_html(out, "&lt; 0.1&#160;%%");
    else if (part < whole && share > 99.9)
        account_html(out, "&gt; 99.9&#160;%%");
    else
        account_html(out, "%.1f&#160;%%", share);
}

static void put_part(struct buf *out, const char *class, uint64_t part,
                     uint64_t rows)
{
    if (part > 0)
        account_html(out, "<i class=\"%s\" style=\"width:%.2f%%\"></i>", class,
                     100.0 * (double)part / (double)rows);
}

void account_html_bar(struct buf *out, uint64_t online, uint64_t offline,
                      uint64_t rows)
{
    account_html(out, "<div class=\"share\">");
    put_part(out, "on", online, rows);
    put_part(out, "off", offline, rows);
    put_part(out, "fail", rows - online - offline, rows);
    account_html(out, "</div>");
}

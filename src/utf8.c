/*
 * UTF-8 decoding by the table of RFC 3629 section 4.
 *
 * Responsible for what is well-formed, for nothing about what is wanted:
 * callers decide about U+0000 and friends.
 */
#include "utf8.h"

#include <string.h>

/* What a lead byte promises: length, payload bits, smallest code point. */
struct lead {
    size_t len;
    uint32_t bits;
    uint32_t least;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte >= 0xc2 && byte <= 0xdf)
        return (struct lead){2, byte & 0x1fU, 0x80};
    if ((byte & 0xf0U) == 0xe0)
        return (struct lead){3, byte & 0x0fU, 0x800};
    if (byte >= 0xf0 && byte <= 0xf4)
        return (struct lead){4, byte & 0x07U, 0x10000};
    return (struct lead){0, 0, 0};
}

size_t utf8_decode(const char *text, size_t len, uint32_t *code)
{
    if (len == 0)
        return 0;
    unsigned char first = (unsigned char)text[0];
    struct lead lead = first < 0x80 ? (struct lead){1, first, 0}
                                    : lead_of(first);
    if (lead.len == 0 || lead.len > len)
        return 0;
    uint32_t value = lead.bits;
    for (size_t i = 1; i < lead.len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xc0U) != 0x80)
            return 0;
        value = value << 6 | (byte & 0x3fU);
    }
    if (value < lead.least || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff))
        return 0;
    if (code)
        *code = value;
    return lead.len;
}

static bool ascii_word(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return (word & 0x8080808080808080U) == 0;
}

/* ASCII, eight bytes at a time: nearly every id is nothing else. */
static size_t ascii_prefix(const char *text, size_t len)
{
    size_t i = 0;
    while (i + 8 <= len && ascii_word(text + i))
        i += 8;
    bool rest = len >= 8 && i + 8 > len && ascii_word(text + len - 8);
    return rest ? len : i;
}

bool utf8_harmless(uint32_t code)
{
    return code >= 0x20 && !(code >= 0x7f && code < 0xa0) && code != 0x61c &&
           !(code >= 0x200b && code <= 0x200f) &&
           !(code >= 0x2028 && code <= 0x202e) &&
           !(code >= 0x2060 && code <= 0x206f) && code != 0xfeff;
}

bool utf8_valid(const char *text, size_t len)
{
    size_t i = ascii_prefix(text, len);
    while (i < len) {
        size_t step = utf8_decode(text + i, len - i, NULL);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

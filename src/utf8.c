/*
 * UTF-8 decoding by the table of RFC 3629 section 4.
 *
 * Responsible for what is well-formed, for nothing about what is wanted:
 * callers decide about U+0000 and friends.
 */
#include "utf8.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t len, uint32_t *code)
{
    /* The length that a lead byte promises, by its upper half. */
    static const unsigned char sizes[16] = {1, 1, 1, 1, 1, 1, 1, 1,
                                            0, 0, 0, 0, 2, 2, 3, 4};
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (len == 0)
        return 0;
    unsigned char first = (unsigned char)text[0];
    size_t size = sizes[first >> 4];
    if (size == 0 || size > len)
        return 0;
    uint32_t value = first & (0xffU >> size);
    for (size_t i = 1; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xc0U) != 0x80)
            return 0;
        value = value << 6 | (byte & 0x3fU);
    }
    if (value < least[size] || value > 0x10ffff ||
        (value >= 0xd800 && value <= 0xdfff))
        return 0;
    if (code)
        *code = value;
    return size;
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

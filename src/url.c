/*
 * The request path of a client id.
 *
 * Responsible for which ids can be asked for and how they are written;
 * always by length, so an id can never end the path or start a header.
 * `/` in an id becomes %2F: it is data, not a separator.
 */
#include "url.h"

#include <string.h>

#include "query.h"
#include "utf8.h"

bool url_id_valid(const char *id, size_t len)
{
    if (len == 0 || len > QUERY_ID_MAX_BYTES || memchr(id, '\0', len))
        return false;
    if (id[0] == '.' && (len == 1 || (len == 2 && id[1] == '.')))
        return false;
    return utf8_valid(id, len);
}

/* RFC 3986 section 2.3: ALPHA DIGIT - . _ ~ */
static bool unreserved(unsigned char byte)
{
    static const char table[256] = {
        ['-'] = 1, ['.'] = 1, ['_'] = 1, ['~'] = 1, ['0'] = 1, ['1'] = 1,
        ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
        ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1,
        ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1,
        ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1,
        ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
        ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1,
        ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1,
        ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
        ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
        ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
    };
    return table[byte];
}

int url_path(struct buf *path, const char *prefix, const char *id, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char middle[] = "/client-id/";
    static const char end[] = "/status";
    buf_clear(path);
    if (buf_puts(path, prefix) || buf_append(path, middle, sizeof middle - 1))
        return -1;
    char *out = buf_reserve(path, 3 * len + sizeof end);
    if (!out)
        return -1;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)id[i];
        if (unreserved(byte)) {
            *out++ = (char)byte;
            continue;
        }
        *out++ = '%';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    memcpy(out, end, sizeof end);
    path->len = (size_t)(out - path->data) + sizeof end - 1;
    return 0;
}

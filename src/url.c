/*
 * The request path of a client id.
 *
 * Responsible for which ids can be asked for and how they are written;
 * always by length, so an id can never end the path or start a header.
 * `/` in an id becomes %2F: it is data, not a separator.
 */
#include "url.h"

#include <ctype.h>
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
    return isalnum(byte) || byte == '-' || byte == '.' || byte == '_' ||
           byte == '~';
}

int url_path(struct buf *path, const char *prefix, const char *id, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char end[] = "/status";
    buf_clear(path);
    if (buf_puts(path, prefix) || buf_puts(path, "/client-id/"))
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

/*
 * Request paths: nothing but what RFC 3986 lets stand in a segment, and
 * decoded again it is the id; which ids can be asked for, by the letter.
 */
#include "fuzz.h"
#include "query.h"
#include "url.h"

static int hex(char digit)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void check_segment(const char *at, const char *end, const char *id,
                          size_t len)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)id[i];
        FUZZ_CHECK(at < end);
        if (*at != '%') {
            FUZZ_CHECK(*at && strchr(plain, *at) && *at == id[i]);
            at++;
            continue;
        }
        FUZZ_CHECK(end - at >= 3 && hex(at[1]) * 16 + hex(at[2]) == byte);
        FUZZ_CHECK(!byte || !strchr(plain, byte));
        at += 3;
    }
    FUZZ_CHECK(at == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char before[] = "/mqtt/client-id/";
    static const char behind[] = "/status";
    char *id = malloc(size + 1); /* of its own, so that ASan sees its end */
    struct buf path;
    FUZZ_CHECK(id != NULL);
    memcpy(id, size ? (const char *)data : "", size);
    id[size] = '\0';
    bool dots = strcmp(id, ".") == 0 || strcmp(id, "..") == 0;
    bool valid = size > 0 && size <= QUERY_ID_MAX_BYTES && !dots &&
                 fuzz_is_text(id, size);
    id = realloc(id, size + !size);
    FUZZ_CHECK(id && url_id_valid(id, size) == valid);
    buf_init(&path, FUZZ_TEXT_BYTES);
    FUZZ_CHECK(!url_path(&path, "/mqtt", id, size));
    const char *end = path.data + path.len - strlen(behind);
    FUZZ_CHECK(path.data[path.len] == '\0' && strlen(path.data) == path.len);
    FUZZ_CHECK(memcmp(path.data, before, strlen(before)) == 0);
    FUZZ_CHECK(strcmp(end, behind) == 0);
    check_segment(path.data + strlen(before), end, id, size);
    buf_release(&path);
    buf_init(&path, size); /* never enough */
    FUZZ_CHECK(url_path(&path, "/mqtt", id, size) == -1);
    buf_release(&path);
    free(id);
    return 0;
}

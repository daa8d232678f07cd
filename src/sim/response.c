/*
 * The bytes of a response.
 *
 * Responsible for status line, fields, body and framing, with the lies a
 * behaviour asks for; not for when and how the bytes are sent. A field of a
 * behaviour replaces the usual one of the same name.
 */
#include "sim/response.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/http.h"
#include "sim/span.h"

enum {
    RESPONSE_EXTENSION_BYTES = 1000000
};

static int put_repeated(struct buf *out, char byte, size_t count)
{
    char *end = buf_reserve(out, count);
    if (!end)
        return -1;
    memset(end, byte, count);
    out->len += count;
    return 0;
}

/* Has the behaviour a field of this name? */
static bool overrides(const struct behaviour *behaviour, const char *name)
{
    const char *at = behaviour->fields.data;
    const char *end = at + behaviour->fields.len;
    size_t len = strlen(name);
    while (at && (size_t)(end - at) > len) {
        if (at[len] == ':' && strncasecmp(at, name, len) == 0)
            return true;
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    return false;
}

static int put_field(struct buf *out, const struct behaviour *behaviour,
                     const char *name, const char *value)
{
    if (behaviour->fields.len > 0 && overrides(behaviour, name))
        return 0;
    return buf_puts(out, name) || buf_puts(out, ": ") || buf_puts(out, value) ||
                   buf_puts(out, "\r\n")
               ? -1
               : 0;
}

static int put_length(struct buf *out, const struct behaviour *behaviour,
                      size_t body_len)
{
    int64_t length = (int64_t)body_len;
    if (behaviour->length_kind == BEHAVIOUR_LENGTH_NONE)
        return 0;
    if (behaviour->length_kind == BEHAVIOUR_LENGTH_OFF)
        length += behaviour->length;
    if (behaviour->length_kind == BEHAVIOUR_LENGTH_IS)
        length = behaviour->length;
    char text[32];
    (void)snprintf(text, sizeof text, "%lld", (long long)length);
    return put_field(out, behaviour, "Content-Length", text);
}

/* The many and the big fields that a behaviour may ask for. */
static int put_filling(struct buf *out, const struct behaviour *behaviour)
{
    int failed = 0;
    for (uint64_t i = 0; i < behaviour->field_count && !failed; i++)
        failed = buf_printf(out, "X-Filling-%llu: x\r\n",
                            (unsigned long long)i);
    if (behaviour->field_bytes > 0)
        failed |= buf_puts(out, "X-Filling: ") ||
                  put_repeated(out, 'x', behaviour->field_bytes) ||
                  buf_puts(out, "\r\n");
    return failed;
}

static const char *connection_word(const struct response *response)
{
    if (!response->keep_alive)
        return "close";
    return response->minor_0 ? "keep-alive" : NULL;
}

static int put_head(struct buf *out, const struct response *response,
                    const struct behaviour *behaviour, size_t body_len)
{
    int failed = 0;
    for (uint64_t i = 0; i < behaviour->informational && !failed; i++)
        failed = buf_puts(out, "HTTP/1.1 103 Early Hints\r\n\r\n");
    failed |= buf_printf(out, "HTTP/1.1 %d %s\r\n", response->status,
                         http_phrase(response->status));
    failed |= put_field(out, behaviour, "Date", response->date);
    bool bodiless = response->status == 204 || response->status == 304;
    if (!bodiless)
        failed |= put_field(out, behaviour, "Content-Type",
                            response->status == 200 ? "application/json"
                                                    : "text/plain");
    if (behaviour->chunks != BEHAVIOUR_CHUNKS_NONE)
        failed |= put_field(out, behaviour, "Transfer-Encoding", "chunked");
    else if (!bodiless || behaviour->has_body)
        failed |= put_length(out, behaviour, body_len);
    if (response->status == 401)
        failed |= put_field(out, behaviour, "WWW-Authenticate",
                            "Basic realm=\"mqtt\"");
    if (response->status == 429 && response->retry_after)
        failed |= put_field(out, behaviour, "Retry-After",
                            response->retry_after);
    const char *connection = connection_word(response);
    if (connection)
        failed |= put_field(out, behaviour, "Connection", connection);
    failed |= buf_append(out, behaviour->fields.data, behaviour->fields.len);
    return failed | put_filling(out, behaviour) | buf_puts(out, "\r\n");
}

static int put_chunk(struct buf *out, struct span part)
{
    if (part.len == 0)
        return 0; /* an empty chunk would be the last */
    return buf_printf(out, "%zx\r\n", part.len) |
           buf_append(out, part.data, part.len) | buf_puts(out, "\r\n");
}

/* In two chunks, since one would be too easy. */
static int put_chunks(struct buf *out, struct span body,
                      enum behaviour_chunks chunks)
{
    struct span first = {.data = body.data, .len = body.len / 2};
    struct span second = {.data = body.data + first.len,
                          .len = body.len - first.len};
    int failed = put_chunk(out, first);
    if (chunks == BEHAVIOUR_CHUNKS_BAD_SIZE)
        return failed | buf_puts(out, "zz\r\n");
    if (chunks == BEHAVIOUR_CHUNKS_EXTENSION)
        failed |= buf_puts(out, "1;x=") |
                  put_repeated(out, 'x', RESPONSE_EXTENSION_BYTES) |
                  buf_puts(out, "\r\n \r\n");
    failed |= put_chunk(out, second);
    if (chunks != BEHAVIOUR_CHUNKS_NO_FINAL)
        failed |= buf_puts(out, "0\r\n\r\n");
    return failed;
}

static struct span usual_body(const struct response *response)
{
    if (response->status == 200)
        return span_of(response->online ? "{\"online\":true}"
                                        : "{\"online\":false}");
    if (response->status == 204 || response->status == 304)
        return span_of("");
    return span_of(http_phrase(response->status));
}

int response_write(struct buf *out, const struct response *response,
                   const struct behaviour *behaviour, size_t *body_at)
{
    int failed;
    if (behaviour->has_raw) {
        *body_at = out->len;
        failed = buf_append(out, behaviour->raw.data, behaviour->raw.len);
    } else {
        struct span body = usual_body(response);
        if (behaviour->has_body)
            body = span_of_buf(&behaviour->body, 0);
        failed = put_head(out, response, behaviour, body.len);
        *body_at = out->len;
        failed |= behaviour->chunks == BEHAVIOUR_CHUNKS_NONE
                      ? buf_append(out, body.data, body.len)
                      : put_chunks(out, body, behaviour->chunks);
    }
    if (behaviour->extra_delay_ns < 0)
        failed |= buf_append(out, behaviour->extra.data, behaviour->extra.len);
    return failed ? -1 : 0;
}

int response_status(const struct buf *out)
{
    static const char front[] = "HTTP/1.";
    if (out->len < 12 || memcmp(out->data, front, sizeof front - 1) != 0)
        return 0;
    char digits[4] = {out->data[9], out->data[10], out->data[11], '\0'};
    int status = (int)strtol(digits, NULL, 10);
    return status > 0 ? status : 0;
}

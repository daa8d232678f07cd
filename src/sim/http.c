/*
 * HTTP/1.x request heads.
 *
 * Responsible for the syntax of a head and for client ids in paths; keeps
 * no state, allocates nothing and never reads past the bytes it is given,
 * which may be anything at all.
 */
#include "sim/http.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "sim/hex.h"

/* The characters of a method or field name (RFC 9110 5.6.2). */
static bool is_token(struct span text)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && (!c || !strchr(others, c)))
            return false;
    }
    return text.len > 0;
}

static bool is_word(struct span text, const char *word)
{
    return text.len == strlen(word) &&
           strncasecmp(text.data, word, text.len) == 0;
}

static struct span trim(struct span text)
{
    while (text.len > 0 && (*text.data == ' ' || *text.data == '\t')) {
        span_skip(&text, 1);
    }
    while (text.len > 0 &&
           (text.data[text.len - 1] == ' ' || text.data[text.len - 1] == '\t'))
        text.len--;
    return text;
}

/* Takes what stands before the first mark off text; all when there is none. */
static struct span split(struct span *text, char mark)
{
    const char *at = memchr(text->data, mark, text->len);
    struct span head = *text;
    if (!at) {
        *text = (struct span){.data = text->data + text->len, .len = 0};
        return head;
    }
    head.len = (size_t)(at - text->data);
    span_skip(text, head.len + 1);
    return head;
}

/* Takes a line off head, without its end. */
static struct span take_line(struct span *head)
{
    struct span line = split(head, '\n');
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

static int parse_request_line(struct http_request *request, struct span line)
{
    request->method = split(&line, ' ');
    request->target = split(&line, ' ');
    request->minor_0 = span_is(line, "HTTP/1.0");
    request->keep_alive = !request->minor_0;
    if (!is_token(request->method) || request->target.len == 0)
        return -1;
    for (size_t i = 0; i < request->target.len; i++) {
        unsigned char c = (unsigned char)request->target.data[i];
        if (c < 0x21 || c == 0x7f)
            return -1;
    }
    return request->minor_0 || span_is(line, "HTTP/1.1") ? 0 : -1;
}

static void set_connection(struct http_request *request, struct span value)
{
    while (value.len > 0) {
        struct span word = trim(split(&value, ','));
        if (is_word(word, "close"))
            request->keep_alive = false;
        if (is_word(word, "keep-alive"))
            request->keep_alive = true;
    }
}

static int set_length(struct http_request *request, struct span value)
{
    uint64_t number = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' ||
            number > UINT64_MAX / 16)
            return -1;
        number = number * 10 + (uint64_t)(value.data[i] - '0');
    }
    if (value.len == 0 || (request->has_length && request->body_len != number))
        return -1;
    request->has_length = true;
    request->body_len = number;
    return 0;
}

static int parse_field(struct http_request *request, struct span line)
{
    if (!memchr(line.data, ':', line.len))
        return -1;
    struct span name = split(&line, ':');
    struct span value = trim(line);
    if (!is_token(name) || memchr(value.data, '\0', value.len) ||
        memchr(value.data, '\r', value.len))
        return -1;
    if (is_word(name, "authorization"))
        request->authorization = value;
    if (is_word(name, "connection"))
        set_connection(request, value);
    if (is_word(name, "transfer-encoding"))
        return -1;
    return is_word(name, "content-length") ? set_length(request, value) : 0;
}

static int parse_head(struct http_request *request, struct span head)
{
    if (parse_request_line(request, take_line(&head)))
        return -1;
    while (head.len > 0) {
        struct span line = take_line(&head);
        if (line.len == 0)
            return 0;
        if (parse_field(request, line))
            return -1;
    }
    return 0;
}

/* The length up to and with the empty line, or 0 when it is not there. */
static size_t find_end(struct span data, size_t *scanned)
{
    size_t at = *scanned;
    for (;;) {
        const char *feed = memchr(data.data + at, '\n', data.len - at);
        if (!feed)
            break;
        at = (size_t)(feed - data.data) + 1;
        size_t next = at + (at < data.len && data.data[at] == '\r');
        if (next >= data.len) {
            *scanned = at - 1; /* look at this line feed again */
            return 0;
        }
        if (data.data[next] == '\n')
            return next + 1;
    }
    *scanned = data.len;
    return 0;
}

/* Blank lines before a request line are allowed (RFC 9112 2.2). */
static size_t count_blank(struct span data)
{
    size_t at = 0;
    while (at < data.len && (data.data[at] == '\r' || data.data[at] == '\n'))
        at++;
    return at;
}

enum http_result http_parse(struct http_request *request, struct span data,
                            size_t *scanned)
{
    size_t blank = count_blank(data);
    if (*scanned < blank)
        *scanned = blank;
    size_t len = find_end(data, scanned);
    if (len > HTTP_HEAD_MAX_BYTES ||
        (len == 0 && data.len >= HTTP_HEAD_MAX_BYTES))
        return HTTP_TOO_LONG;
    if (len == 0)
        return HTTP_MORE;
    *request = (struct http_request){.head_len = len};
    struct span head = {.data = data.data + blank, .len = len - blank};
    return parse_head(request, head) ? HTTP_BAD : HTTP_DONE;
}

static bool take_front(struct span *text, struct span front)
{
    if (text->len < front.len || memcmp(text->data, front.data, front.len) != 0)
        return false;
    span_skip(text, front.len);
    return true;
}

bool http_client_id(struct span target, struct span prefix, struct span *id)
{
    if (take_front(&target, span_of("http://"))) {
        const char *path = memchr(target.data, '/', target.len);
        if (!path)
            return false;
        span_skip(&target, (size_t)(path - target.data));
    }
    if (!take_front(&target, prefix) ||
        !take_front(&target, span_of("/client-id/")))
        return false;
    *id = split(&target, '/');
    return span_is(target, "status");
}

int http_percent_decode(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        int byte = (unsigned char)text.data[i];
        if (byte == '%') {
            byte = text.len - i < 3 ? -1 : hex_byte(text.data + i + 1);
            i += 2;
        }
        if (byte < 0 || buf_putc(out, (char)byte))
            return -1;
    }
    return 0;
}

const char *http_phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {
        {200, "OK"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {414, "URI Too Long"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (phrases[i].status == status)
            return phrases[i].phrase;
    }
    return "Simulated";
}

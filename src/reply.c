/*
 * What a reply means.
 *
 * Responsible for the one distinction that matters: an answer or not.
 * Of two members named online none is believed. The usual two bodies are
 * recognised by comparison alone, which is the same judgement, sooner.
 */
#include "reply.h"

#include <string.h>

#include "json.h"
#include "mem.h"

static enum query_error read_object(const char *body, size_t len, bool *online)
{
    char ignored[JSON_WHY_BYTES]; /* a bad reply is told as no more */
    cJSON *root = json_parse(body, len, ignored);
    const cJSON *member = json_member(root, "online");
    bool answered = cJSON_IsBool(member);
    if (answered)
        *online = cJSON_IsTrue(member);
    cJSON_Delete(root);
    return answered ? QUERY_ANSWERED : QUERY_BAD_RESPONSE;
}

static enum query_error read_body(const char *body, size_t len, bool *online)
{
    if (mem_is(body, len, "{\"online\":true}")) {
        *online = true;
        return QUERY_ANSWERED;
    }
    if (mem_is(body, len, "{\"online\":false}")) {
        *online = false;
        return QUERY_ANSWERED;
    }
    if (len == 0 || len > REPLY_MAX_BYTES)
        return QUERY_BAD_RESPONSE;
    return read_object(body, len, online);
}

/* A page comes of a web server that does not know the path: it says nothing
 * about the client. */
static bool is_page(const char *body)
{
    return body[strspn(body, " \t\r\n")] == '<';
}

enum query_error reply_read(int http_status, const char *body, size_t len,
                            bool missing_is_offline, bool *online)
{
    switch (http_status) {
    case 200:
        return read_body(body, len, online);
    case 401:
        return QUERY_UNAUTHORIZED;
    case 403:
        return QUERY_FORBIDDEN;
    case 404:
        *online = false;
        return missing_is_offline && !is_page(body) ? QUERY_ANSWERED
                                                    : QUERY_NOT_FOUND;
    case 429:
        return QUERY_RATE_LIMITED;
    default:
        break;
    }
    return http_status >= 500 && http_status <= 599 ? QUERY_SERVER_ERROR
                                                    : QUERY_HTTP_ERROR;
}

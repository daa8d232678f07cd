/*
 * Reply bodies: an answer only where JSON read by the letter has one object
 * with one real boolean `online`; never offline by mistake.
 */
#include "fuzz_json.h"
#include "reply.h"

/* What the body says: 1 online, 0 offline, -1 nothing. */
static int opinion(const char *text, size_t len)
{
    struct fuzz_json json = {text, text + len, 0};
    struct fuzz_member member = {0};
    int says = -1;
    unsigned named = 0;
    if (len > REPLY_MAX_BYTES || !fuzz_json_valid(text, len))
        return -1;
    json_blanks(&json);
    if (!json_take(&json, "{"))
        return -1;
    buf_init(&member.name, FUZZ_TEXT_BYTES);
    for (int got = json_next(&json, true, true, &member); got > 0;) {
        if (member.name.len == 6 &&
            memcmp(member.name.data, "online", 6) == 0) {
            named++;
            says = member.raw[0] == 't' ? 1 : member.raw[0] == 'f' ? 0 : -1;
        }
        got = json_more(&json, true);
        if (got > 0)
            got = json_next(&json, true, false, &member);
    }
    buf_release(&member.name);
    return named == 1 ? says : -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = {0,   100, 200, 204, 301, 400,
                                   401, 403, 404, 429, 500, 599};
    char *body = malloc(size + 1); /* of its own, so that ASan sees its end */
    bool online = false;
    FUZZ_CHECK(body != NULL);
    memcpy(body, size ? (const char *)data : "", size);
    body[size] = '\0';
    int says = opinion(body, size);
    enum query_error error = reply_read(200, body, size, false, &online);
    FUZZ_CHECK(error == (says >= 0 ? QUERY_ANSWERED : QUERY_BAD_RESPONSE));
    FUZZ_CHECK(says < 0 || online == (says > 0));
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        error = reply_read(statuses[i], body, size, false, &online);
        FUZZ_CHECK(error != QUERY_ANSWERED || statuses[i] == 200);
    }
    free(body);
    return 0;
}

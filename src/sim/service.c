/*
 * The service: what it answers.
 *
 * Responsible for the order of things: changes of the scenario first, then
 * login (401), quota (429), path and method (400, 404, 405), fleet (403,
 * 404, 200), and at the end whatever the scenario's reply rule says instead.
 * Not for bytes or time-outs: the time is passed in.
 */
#include "sim/service.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "buf.h"
#include "mem.h"
#include "sim/chance.h"
#include "sim/fleet.h"
#include "sim/quota.h"
#include "sim/scenario.h"
#include "sim/slurp.h"
#include "sim/tally.h"

enum {
    SERVICE_DATE_BYTES = 40,
    SERVICE_SECRET_MAX_BYTES = 4096,
    SERVICE_SCENARIO_MAX_BYTES = 8 * 1048576
};

struct service {
    const struct service_settings *settings; /* borrowed */
    struct tls *tls;                         /* borrowed, or NULL */
    char *login; /* the credentials that are accepted, base64 */
    struct fleet fleet;
    struct quota quota;
    struct scenario *scenario;
    struct tally tally;
    struct buf id; /* of the request that is being decided */
    uint64_t requests;
    uint64_t first_ns; /* of the first request; 0: none yet */
    time_t date_s;
    char date[SERVICE_DATE_BYTES];
    char retry_after[SERVICE_DATE_BYTES];
};

static void set_login(struct service *service, const char *plain)
{
    size_t len = strlen(plain);
    char *code = mem_alloc(len / 3 * 4 + 8);
    (void)EVP_EncodeBlock((unsigned char *)code, (const unsigned char *)plain,
                          (int)len); /* the room is enough */
    free(service->login);
    service->login = code;
}

/* The login at start: user and the first line of the password file. */
static enum status load_login(struct service *service)
{
    const struct service_settings *settings = service->settings;
    struct buf plain;
    buf_init(&plain, SERVICE_SECRET_MAX_BYTES);
    int failed = buf_printf(&plain, "%s:", settings->user);
    errno = EFBIG;
    if (!failed && settings->password_file)
        failed = slurp(&plain, settings->password_file);
    else if (!failed)
        failed = buf_puts(&plain, "secret0");
    if (failed || buf_putc(&plain, '\0')) {
        buf_release(&plain);
        return diag_fail(STATUS_USAGE, "cannot read the password: %s",
                         strerror(errno));
    }
    plain.data[strcspn(plain.data, "\r\n")] = '\0';
    set_login(service, plain.data);
    buf_release(&plain);
    return STATUS_OK;
}

static enum status load_ids(struct fleet_set *set, const char *path)
{
    if (path && fleet_load(set, path))
        return diag_fail(STATUS_USAGE, "%s: cannot read the ids: %s", path,
                         strerror(errno));
    return STATUS_OK;
}

static enum status add_lines(struct scenario *scenario, const char *path,
                             struct span text)
{
    char why[RULE_WHY_BYTES];
    size_t number = 0;
    while (text.len > 0) {
        const char *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;
        struct span line = {.data = text.data, .len = len};
        number++;
        if (scenario_add(scenario, line, why))
            return diag_fail(STATUS_USAGE, "%s:%zu: %s", path, number, why);
        len += end != NULL;
        span_skip(&text, len);
    }
    return STATUS_OK;
}

static enum status load_scenario(struct service *service)
{
    const char *path = service->settings->scenario;
    service->scenario = scenario_new();
    if (!path)
        return STATUS_OK;
    struct buf text;
    enum status status;
    buf_init(&text, SERVICE_SCENARIO_MAX_BYTES);
    if (slurp(&text, path))
        status = diag_fail(STATUS_USAGE, "%s: cannot read the scenario: %s",
                           path, strerror(errno));
    else
        status = add_lines(service->scenario, path, span_of_buf(&text, 0));
    buf_release(&text);
    return status;
}

enum status service_new(struct service **service,
                        const struct service_settings *settings,
                        struct tls *tls)
{
    struct service *made = mem_alloc(sizeof *made);
    made->settings = settings;
    made->tls = tls;
    made->fleet.share = settings->online;
    buf_init(&made->id, HTTP_HEAD_MAX_BYTES + 1);
    quota_init(&made->quota, (enum quota_style)settings->quota_style,
               settings->quota);
    enum status status = load_login(made);
    if (!status)
        status = load_scenario(made);
    if (!status)
        status = load_ids(&made->fleet.online, settings->online_file);
    if (!status)
        status = load_ids(&made->fleet.forbidden, settings->forbidden_file);
    if (!status)
        status = load_ids(&made->fleet.unknown, settings->unknown_file);
    if (status)
        service_free(made);
    else
        *service = made;
    return status;
}

void service_free(struct service *service)
{
    if (!service)
        return;
    free(service->login);
    fleet_release(&service->fleet);
    quota_release(&service->quota);
    scenario_free(service->scenario);
    tally_release(&service->tally);
    buf_release(&service->id);
    free(service);
}

static void format_date(char *out, time_t when_s)
{
    struct tm when;
    (void)gmtime_r(&when_s, &when); /* fails for absurd years only */
    (void)strftime(out, SERVICE_DATE_BYTES, "%a, %d %b %Y %H:%M:%S GMT",
                   &when); /* the room is enough */
}

static void fill_date(struct service *service, struct verdict *verdict)
{
    time_t now_s = time(NULL);
    if (now_s != service->date_s)
        format_date(service->date, now_s);
    service->date_s = now_s;
    verdict->date = service->date;
}

static void fill_retry_after(struct service *service, struct verdict *verdict)
{
    const struct service_settings *settings = service->settings;
    if (settings->retry == SERVICE_RETRY_NONE || verdict->status != 429)
        return;
    verdict->retry_after = service->retry_after;
    if (settings->retry == SERVICE_RETRY_DATE)
        format_date(service->retry_after,
                    service->date_s + (time_t)settings->retry_s);
    else
        (void)snprintf(service->retry_after, sizeof service->retry_after,
                       "%lld", (long long)settings->retry_s);
}

static bool logged_in(const struct service *service,
                      const struct http_request *request)
{
    static const char scheme[] = "Basic ";
    struct span given = request->authorization;
    size_t len = sizeof scheme - 1;
    if (given.len < len || strncasecmp(given.data, scheme, len) != 0)
        return false;
    span_skip(&given, len);
    return span_is(given, service->login);
}

static int ask_fleet(const struct service *service, struct span id,
                     bool *online)
{
    enum fleet_state state = fleet_look_up(&service->fleet, id);
    *online = state == FLEET_ONLINE;
    if (state == FLEET_FORBIDDEN)
        return 403;
    return state == FLEET_UNKNOWN ? 404 : 200;
}

/*
 * What does the request ask for? Decodes the id, fills id and online in.
 * Returns the status, as far as login and quota do not matter.
 */
static int look_up(struct service *service, const struct http_request *request,
                   struct occasion *occasion, struct verdict *verdict)
{
    struct span code = request->target;
    struct span prefix = span_of(service->settings->prefix);
    verdict->asked = code;
    buf_clear(&service->id);
    if (!http_client_id(request->target, prefix, &code))
        return 404;
    verdict->asked = code;
    if (http_percent_decode(&service->id, code) || code.len == 0)
        return 400;
    (void)buf_putc(&service->id, '\0'); /* decoding made it no longer */
    occasion->has_id = true;
    occasion->id = (struct span){.data = service->id.data,
                                 .len = service->id.len - 1};
    if (scenario_wants_of_id(service->scenario))
        occasion->of_id = tally_count(&service->tally,
                                      fleet_hash(occasion->id));
    bool known = span_is(request->method, "GET") ||
                 span_is(request->method, "POST");
    int status = ask_fleet(service, occasion->id, &verdict->online);
    return known ? status : 405;
}

/* Carries out the changes that are due. */
static void make_changes(struct service *service,
                         const struct occasion *occasion)
{
    for (;;) {
        const struct rule_change *change = scenario_change(service->scenario,
                                                           occasion);
        if (!change)
            return;
        if (change->has_quota)
            quota_change(&service->quota, change->quota);
        if (change->login)
            set_login(service, change->login);
        if (change->has_fault && service->tls)
            (void)tls_change(service->tls, change->fault); /* said there */
    }
}

/* Departs from the usual answer where the scenario says so. */
static void depart(struct service *service, const struct occasion *occasion,
                   struct verdict *verdict)
{
    const struct behaviour *behaviour = scenario_reply(service->scenario,
                                                       occasion);
    verdict->behaviour = behaviour;
    if (behaviour->status > 0)
        verdict->status = behaviour->status;
    if (behaviour->online != BEHAVIOUR_AS_USUAL)
        verdict->online = behaviour->online == BEHAVIOUR_ONLINE;
    double jitter = (double)service->settings->jitter_ns;
    jitter *= chance_of(occasion->number);
    int64_t delay_ns = service->settings->latency_ns + (int64_t)jitter;
    if (behaviour->delay_ns > 0)
        delay_ns += behaviour->delay_ns;
    verdict->delay_ns = (uint64_t)delay_ns;
}

static uint64_t elapsed_ns(struct service *service, uint64_t now_ns)
{
    return service->first_ns > 0 ? now_ns - service->first_ns : 0;
}

void service_decide(struct service *service, const struct http_request *request,
                    const struct visit *visit, struct verdict *verdict)
{
    *verdict = (struct verdict){.status = 0};
    if (service->first_ns == 0)
        service->first_ns = visit->now_ns;
    struct occasion occasion = {
        .number = ++service->requests,
        .connection = visit->connection,
        .on_connection = visit->on_connection,
        .elapsed_ns = elapsed_ns(service, visit->now_ns),
    };
    verdict->status = look_up(service, request, &occasion, verdict);
    make_changes(service, &occasion);
    if (!logged_in(service, request))
        verdict->status = 401;
    else if (!quota_admit(&service->quota, visit->now_ns))
        verdict->status = 429;
    depart(service, &occasion, verdict);
    fill_date(service, verdict);
    fill_retry_after(service, verdict);
}

void service_reject(struct service *service, int status,
                    struct verdict *verdict)
{
    *verdict = (struct verdict){
        .status = status,
        .asked = span_of("-"),
        .behaviour = scenario_usual(service->scenario),
    };
    fill_date(service, verdict);
}

enum rule_accept service_accept(struct service *service, uint64_t connection,
                                uint64_t now_ns)
{
    struct occasion occasion = {
        .number = connection,
        .connection = connection,
        .elapsed_ns = elapsed_ns(service, now_ns),
    };
    return scenario_accept(service->scenario, &occasion);
}

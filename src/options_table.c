/*
 * The one option table, and its rows found by name, letter or likeness.
 *
 * Responsible for what options there are, where each is stored, what it
 * may be and what --help says of it; not for reading values. From the rows
 * come argv, environment, files' keys, --help, --print-config, what shells
 * complete and all messages about options, so adding one is adding a row.
 */
#include "options_table.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "mem.h"
#include "units.h"

#define FIELD(member)                                                          \
    .offset = offsetof(struct options, member),                                \
    .size = sizeof(((struct options *)NULL)->member)

#define SWITCH(member) FIELD(member), .on = true

/* The words of a choice: [VALUE] = "word", ... */
#define WORDS(...)                                                             \
    .choices = (const char *const[]){__VA_ARGS__},                             \
    .n_choices = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

#define MS  1e6
#define DAY 864e11

const struct options option_defaults = {
    .transport = {.timeout_ns = 10 * UNITS_NS_PER_S,
                  .connect_timeout_ns = 10 * UNITS_NS_PER_S},
    .adapt = {.rate_per_s = 100},
    .retry = {.retries = 2, .budget = 0.1},
    .gate = {.give_up_ns = 300 * UNITS_NS_PER_S},
    .output = {.mode = -1},
};

const struct option option_table[] = {
    {"column", 'c', "NAME|N", OPTION_TEXT,
     "column of the ids, by name or number", FIELD(input.column),
     .heading = "Input"},
    {"from", 'f', NULL, OPTION_CHOICE, "input format; else by file name",
     FIELD(input.from),
     WORDS([INPUT_CSV] = "csv", [INPUT_TSV] = "tsv", [INPUT_LINES] = "lines",
           [INPUT_NDJSON] = "ndjson")},
    {"delimiter", 0, "C", OPTION_DELIMITER,
     "character between csv cells, or tab", FIELD(input.delimiter)},
    {"header", 0, NULL, OPTION_FLAG, "the first row names the columns",
     FIELD(input.header), .on = INPUT_HEADER_YES},
    {"no-header", 0, NULL, OPTION_FLAG, "the first row is data",
     FIELD(input.header), .on = INPUT_HEADER_NO},
    {"keep", 'k', "COL,...|all", OPTION_TEXT,
     "input columns to repeat in the output", FIELD(input.keep)},
    {"trim", 0, NULL, OPTION_FLAG, "strip blanks around ids",
     SWITCH(input.trim)},
    {"sample", 0, "N|P%", OPTION_SAMPLE,
     "only N rows, or P% of them, drawn at random", FIELD(sample)},
    {"seed", 0, "N", OPTION_COUNT, "draw the same sample as another run did",
     FIELD(sample.seed), .min = 1, .max = 9007199254740992},
    {"shard", 0, "I/N", OPTION_SHARD, "only the ids that fall into part I of N",
     FIELD(run.shard)},
    {"no-dedup", 0, NULL, OPTION_FLAG,
     "ask again for an id seen before; saves memory", SWITCH(run.no_dedup)},

    {"endpoint", 'e', "URL", OPTION_URL,
     "access point, like https://HOST[:PORT]", FIELD(transport.endpoint),
     .heading = "Service",
     .word = "give the user with -u, the password with --password-file or "
             "MQSTAT_PASSWORD"},
    {"user", 'u', "NAME", OPTION_USER, "user name to log in with",
     FIELD(credentials.user)},
    {"password-file", 0, "FILE", OPTION_TEXT, "read the password from FILE",
     FIELD(credentials.password_file)},
    {"netrc", 0, "FILE", OPTION_TEXT,
     "take the login from FILE, or from ~/.netrc", FIELD(credentials.netrc),
     .traits = OPTION_OPTIONAL},
    {"method", 0, NULL, OPTION_CHOICE, "request method",
     FIELD(transport.method),
     WORDS([TRANSPORT_GET] = "get", [TRANSPORT_POST] = "post")},
    {"cacert", 0, "FILE", OPTION_TEXT, "certificate authorities to trust",
     FIELD(transport.cacert)},
    {"cert", 0, "FILE", OPTION_TEXT, "client certificate to show",
     FIELD(transport.cert)},
    {"key", 0, "FILE", OPTION_TEXT, "private key of the client certificate",
     FIELD(transport.key)},
    {"pinned-key", 0, "HASH", OPTION_TEXT,
     "accept only this server key: sha256//BASE64", FIELD(transport.pinned_key),
     .word = "sha256//"},
    {"connect-to", 0, "HOST:PORT:ADDR:PORT", OPTION_ADDRESS,
     "connect to ADDR:PORT in place of HOST:PORT", FIELD(transport.connect_to)},
    {"proxy", 0, "URL", OPTION_URL, "go through this proxy",
     FIELD(transport.proxy),
     .word = "a proxy that asks for a login cannot be used"},
    {"insecure", 0, NULL, OPTION_FLAG, "do not verify the server's certificate",
     SWITCH(transport.insecure)},
    {"timeout", 0, "DUR", OPTION_DURATION, "longest wait for an answer",
     FIELD(transport.timeout_ns), .min = MS, .max = DAY},
    {"connect-timeout", 0, "DUR", OPTION_DURATION,
     "longest wait for a connection", FIELD(transport.connect_timeout_ns),
     .min = MS, .max = DAY},
    {"not-found", 0, NULL, OPTION_CHOICE, "what a 404 means",
     FIELD(run.missing_is_offline),
     WORDS([false] = "error", [true] = "offline")},

    {"rate", 'r', "N|auto", OPTION_PACE, "most queries a second", FIELD(adapt),
     .heading = "Pace"},
    {"max-rate", 0, "N", OPTION_RATE, "where --rate auto stops searching",
     FIELD(adapt.max_rate_per_s)},
    {"concurrency", 'j', "N|auto", OPTION_COUNT,
     "most queries in flight at once", FIELD(run.concurrency), .min = 1,
     .max = 1000, .word = "auto"},
    {"retries", 0, "N", OPTION_COUNT, "further tries of a query that failed",
     FIELD(retry.retries), .max = 100},
    {"retry-budget", 0, "P%", OPTION_SHARE, "most retries, in share of answers",
     FIELD(retry.budget)},
    {"max-queries", 0, "N", OPTION_COUNT, "end the run after N queries",
     FIELD(gate.max_queries), .min = 1, .max = 9007199254740991},
    {"deadline", 0, "DUR", OPTION_DURATION, "end the run after this time",
     FIELD(gate.deadline_ns), .min = MS, .max = 365 * DAY},
    {"give-up-after", 0, "DUR", OPTION_DURATION,
     "end the run after so long an outage", FIELD(gate.give_up_ns), .min = MS,
     .max = 365 * DAY},

    {"rate-group", 0, "NAME", OPTION_TEXT,
     "share the rate with the runs of this group", FIELD(rate_group)},

    {"output", 'o', "FILE", OPTION_TEXT,
     "write to FILE, which appears when complete", FIELD(output.file),
     .heading = "Output"},
    {"to", 't', NULL, OPTION_CHOICE, "output format; else by FILE's name",
     FIELD(output.to),
     WORDS([OUTPUT_CSV] = "csv", [OUTPUT_TSV] = "tsv",
           [OUTPUT_NDJSON] = "ndjson", [OUTPUT_JSON] = "json")},
    {"unordered", 0, NULL, OPTION_FLAG, "write rows as they are answered",
     SWITCH(output.unordered)},
    {"only", 0, NULL, OPTION_CHOICE, "write only these rows",
     FIELD(output.only),
     WORDS([OUTPUT_ONLY_ONLINE] = "online", [OUTPUT_ONLY_OFFLINE] = "offline",
           [OUTPUT_ONLY_ERROR] = "error")},
    {"resume", 0, NULL, OPTION_FLAG, "go on with what an earlier run has left",
     SWITCH(output.resume)},
    {"retry-from", 0, "OLD", OPTION_TEXT,
     "ask only rows that may now do better than in OLD", FIELD(run.retry_from)},
    {"previous", 0, "OLD", OPTION_TEXT,
     "tell what changed since this earlier result", FIELD(output.previous)},
    {"quote", 0, NULL, OPTION_CHOICE, "csv cells to quote", FIELD(output.quote),
     WORDS([OUTPUT_QUOTE_MINIMAL] = "minimal", [OUTPUT_QUOTE_ALL] = "all")},
    {"excel", 0, NULL, OPTION_FLAG,
     "csv for spreadsheets, with formulae made harmless", SWITCH(output.excel)},
    {"output-mode", 0, "MODE", OPTION_MODE,
     "permissions of FILE, like 0600; else by umask", FIELD(output.mode)},
    {"line-numbers", 0, NULL, OPTION_FLAG, "add each row's input line, in_line",
     SWITCH(output.line_numbers)},

    {"summary", 0, "FILE", OPTION_TEXT,
     "write the run's totals to FILE, as JSON", FIELD(account.summary),
     .heading = "Account of the run"},
    {"metrics", 0, "FILE", OPTION_TEXT, "write metrics to FILE, for Prometheus",
     FIELD(account.metrics)},
    {"report", 0, "FILE", OPTION_TEXT, "write a report to FILE, as HTML",
     FIELD(account.report)},
    {"fail-if", 0, "EXPR", OPTION_CONDITION,
     "exit 6 when this holds, like offline>5%", FIELD(fail_if)},
    {"group-by", 0, "COL", OPTION_TEXT,
     "count by the values of this kept column", FIELD(account.group_by)},
    {"nagios", 0, "SUMMARY", OPTION_TEXT,
     "tell a --summary file as a Nagios check, and exit", FIELD(nagios),
     .traits = OPTION_ACTION},
    {"dry-run", 0, NULL, OPTION_FLAG,
     "read all input, say what it would take, send nothing", SWITCH(dry_run)},
    {"progress", 0, NULL, OPTION_CHOICE, "show how far the run is",
     FIELD(progress),
     WORDS([PROGRESS_AUTO] = "auto", [PROGRESS_ALWAYS] = "always",
           [PROGRESS_NEVER] = "never")},
    {"color", 0, NULL, OPTION_CHOICE, "colour messages and progress",
     FIELD(color),
     WORDS([DIAG_COLOR_AUTO] = "auto", [DIAG_COLOR_ALWAYS] = "always",
           [DIAG_COLOR_NEVER] = "never")},
    {"quiet", 'q', NULL, OPTION_FLAG, "print errors only", FIELD(level),
     .on = DIAG_QUIET},
    {"verbose", 'v', NULL, OPTION_FLAG, "print more than usual", FIELD(level),
     .on = DIAG_VERBOSE},

    {"config", 0, "FILE", OPTION_TEXT, "read settings from FILE and no other",
     FIELD(config), .heading = "Settings", .traits = OPTION_NO_KEY},
    {"profile", 0, "NAME", OPTION_TEXT, "use the settings of [profile NAME]",
     FIELD(profile), .traits = OPTION_NO_KEY},
    {"print-config", 0, NULL, OPTION_FLAG, "print all values and their sources",
     SWITCH(print_config), .traits = OPTION_ACTION},
    {"no-sandbox", 0, NULL, OPTION_FLAG, "keep all rights on files",
     SWITCH(no_sandbox)},
    {"help", 'h', NULL, OPTION_FLAG, "print this help and exit", SWITCH(help),
     .traits = OPTION_ACTION},
    {"version", 'V', NULL, OPTION_FLAG, "print the version and exit",
     SWITCH(version), .traits = OPTION_ACTION},
    {.name = NULL},
};

_Static_assert(sizeof option_table / sizeof option_table[0] <= OPTIONS_MAX,
               "OPTIONS_MAX is too small for the table");

const struct option *option_find(const char *name, size_t len)
{
    const struct option *row = option_table;
    while (row->name && !mem_is(name, len, row->name))
        row++;
    return row->name ? row : NULL;
}

const struct option *option_find_letter(char letter)
{
    const struct option *row = option_table;
    while (row->name && (letter == 0 || row->letter != letter))
        row++;
    return row->name ? row : NULL;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum {
    NAME_BYTES = 32 /* longer ones are like no option's name */
};

/*
 * Optimal string alignment: insertions, deletions, substitutions and swaps
 * of neighbours, each part edited once. cost[i][j] is the distance of the
 * first i bytes of a and the first j of b.
 */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t cost[NAME_BYTES + 1][NAME_BYTES + 1];
    assert(a_len <= NAME_BYTES && b_len <= NAME_BYTES);
    for (size_t i = 0; i <= a_len; i++)
        cost[i][0] = i;
    for (size_t j = 0; j <= b_len; j++)
        cost[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        for (size_t j = 1; j <= b_len; j++) {
            size_t other = a[i - 1] != b[j - 1];
            cost[i][j] = smaller(cost[i - 1][j], cost[i][j - 1]) + 1;
            cost[i][j] = smaller(cost[i][j], cost[i - 1][j - 1] + other);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a_len][b_len];
}

/* The shortest name that begins with these bytes, or NULL. */
static const char *completion(const char *name, size_t len)
{
    const char *found = NULL;
    for (const struct option *row = option_table; row->name; row++) {
        if (strncmp(row->name, name, len) == 0 &&
            (!found || strlen(row->name) < strlen(found)))
            found = row->name;
    }
    return found;
}

const char *option_nearest(const char *name, size_t len)
{
    const char *nearest = NULL;
    size_t least = len / 3 > 1 ? len / 3 : 1; /* a third may be wrong */
    if (len < 2 || len > NAME_BYTES)
        return NULL;
    for (const struct option *row = option_table; row->name; row++) {
        size_t far = distance(name, len, row->name, strlen(row->name));
        if (far < least || (far == least && !nearest)) {
            nearest = row->name;
            least = far;
        }
    }
    return nearest ? nearest : completion(name, len);
}

bool option_is_secret(const char *name, size_t len)
{
    static const char *const secrets[] = {
        "p",      "pass",    "passwd",       "password", "pw",    "pwd",
        "secret", "api-key", "access-token", "bearer",   "token", "basic",
        "auth",   "login",   "credentials",  NULL,
    };
    for (const char *const *secret = secrets; *secret; secret++) {
        if (strlen(*secret) == len && strncasecmp(*secret, name, len) == 0)
            return true;
    }
    return false;
}

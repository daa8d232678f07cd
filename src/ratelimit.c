/*
 * What RateLimit fields say.
 *
 * Responsible for reading them, strictly; what is done about it is adapt's.
 * Of several items in a list the first counts.
 */
#include "ratelimit.h"

#include <stddef.h>
#include <string.h>

#include "units.h"

static const double MOST_SECONDS = 3600; /* more is a mistake, or a trap */
static const double MOST_REQUESTS = 1e9;

/* Digits up to a separator or the end; -1 when they are none. */
static double read_number(const char *text)
{
    uint64_t number;
    size_t len = strspn(text, "0123456789");
    if (len > 10 || !strchr(";, \t", text[len]) || /* nor the end */
        units_parse_digits(text, len, UINT64_MAX, &number))
        return -1;
    return (double)number;
}

/* The number of parameter `name=` in the first item; -1 when absent. */
static double parameter(const char *field, char name)
{
    bool quoted = false;
    bool begins = true; /* a word may begin here */
    for (const char *at = field; *at && (quoted || *at != ','); at++) {
        if (*at == '"')
            quoted = !quoted;
        if (!quoted && begins && at[0] == name && at[1] == '=')
            return read_number(at + 2);
        begins = *at == ';' || *at == ' ' || *at == '\t';
    }
    return -1;
}

static bool make(double requests, double seconds, uint64_t for_ns,
                 struct ratelimit *limit)
{
    if (requests < 0 || requests > MOST_REQUESTS || seconds <= 0 ||
        seconds > MOST_SECONDS)
        return false;
    limit->per_s = requests / seconds;
    limit->for_ns = for_ns > 0 ? for_ns
                               : (uint64_t)(seconds * (double)UNITS_NS_PER_S);
    return true;
}

bool ratelimit_read(const char *field, struct ratelimit *limit)
{
    return field &&
           make(parameter(field, 'r'), parameter(field, 't'), 0, limit);
}

bool ratelimit_read_policy(const char *field, struct ratelimit *limit)
{
    return field && make(parameter(field, 'q'), parameter(field, 'w'),
                         UINT64_MAX, limit);
}

bool ratelimit_read_pair(const char *remaining, const char *reset,
                         struct ratelimit *limit)
{
    return remaining && reset &&
           make(read_number(remaining), read_number(reset), 0, limit);
}

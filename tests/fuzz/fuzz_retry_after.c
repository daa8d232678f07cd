/*
 * Retry-After: digits and the three forms of an HTTP-date, by the letter;
 * whatever else comes, the wait is -1 or between 0 and 31 years.
 */
#include "fuzz.h"
#include "retry.h"

enum {
    FIELD_MAX_BYTES = 256
};

static const int64_t second = INT64_C(1000000000);
static const int64_t most_s = INT64_C(1000000000);

/* Takes one of `count` names of three letters; its index, or -1. */
static int take_name(const char **at, const char *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (strncmp(*at, names + 3 * i, 3) == 0) {
            *at += 3;
            return i;
        }
    }
    return -1;
}

static int take_digits(const char **at, int digits)
{
    int number = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return -1;
        number = number * 10 + (**at - '0');
    }
    return number;
}

/* Days since 1970 by counting, a year and a month at a time. */
static int64_t days_since_epoch(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    int64_t days = day - 1;
    for (int y = year < 1970 ? year : 1970; y < (year < 1970 ? 1970 : year);
         y++) {
        bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        days += (year < 1970 ? -1 : 1) * (365 + leap);
    }
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    for (int m = 0; m < month; m++)
        days += lengths[m] + (m == 1 && leap);
    return days;
}

/* The parts of a date by a form: w weekday, W its long name, d day, e day of
 * two places, b month, Y and y year, T time; others for themselves. */
static bool read_form(const char *at, const char *form, int64_t *seconds)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char *const ends[] = {"day",   "day", "sday", "nesday",
                                       "rsday", "day", "urday"};
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day = -1, month = -1, year = -1, hour = -1, minute = -1, rest = -1;
    for (; *form; form++) {
        bool good = true;
        int name;
        switch (*form) {
        case 'w':
        case 'W':
            name = take_name(&at, days, 7);
            good = name >= 0;
            if (good && *form == 'W') {
                size_t len = strlen(ends[name]);
                good = strncmp(at, ends[name], len) == 0;
                at += good ? len : 0;
            }
            break;
        case 'd':
            day = take_digits(&at, 2);
            break;
        case 'e':
            at += *at == ' ';
            day = take_digits(&at, at[-1] == ' ' && at[-2] == ' ' ? 1 : 2);
            break;
        case 'b':
            month = take_name(&at, months, 12);
            break;
        case 'Y':
            year = take_digits(&at, 4);
            break;
        case 'y':
            year = take_digits(&at, 2);
            year += year < 0 ? 0 : year < 69 ? 2000 : 1900;
            break;
        case 'T':
            hour = take_digits(&at, 2);
            good = *at++ == ':';
            minute = good ? take_digits(&at, 2) : -1;
            good = good && minute >= 0 && *at++ == ':';
            rest = good ? take_digits(&at, 2) : -1;
            break;
        default:
            good = *at == *form;
            at += good;
        }
        if (!good)
            return false;
    }
    if (*at || day < 1 || day > 28 || month < 0 || year < 0 || hour < 0 ||
        hour > 23 || minute < 0 || minute > 59 || rest < 0 || rest > 59)
        return false;
    *seconds = days_since_epoch(year, month, day) * 86400 + hour * 3600 +
               minute * 60 + rest;
    return true;
}

static bool read_date(const char *text, int64_t *seconds)
{
    return read_form(text, "w, d b Y T GM\x54", seconds) ||
           read_form(text, "W, d-b-y T GM\x54", seconds) ||
           read_form(text, "w b e T Y", seconds);
}

static int64_t limited(int64_t seconds)
{
    if (seconds < 0)
        return -1;
    return (seconds < most_s ? seconds : most_s) * second;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t wall_s = INT64_C(1795335330);
    char value[FIELD_MAX_BYTES];
    if (size >= sizeof value)
        return 0;
    memcpy(value, size ? (const char *)data : "", size);
    value[size] = '\0';
    char *date = strchr(value, '\n'); /* the second line is the Date field */
    if (date)
        *date++ = '\0';
    int64_t wait = retry_after_parse(value, date, wall_s);
    FUZZ_CHECK(wait == -1 || (wait >= 0 && wait <= most_s * second));
    int64_t until;
    int64_t now = wall_s;
    size_t digits = strspn(value, "0123456789");
    if (digits > 0 && !value[digits]) {
        FUZZ_CHECK(wait == (digits > 18 ? wait : limited(atoll(value))));
        FUZZ_CHECK(digits < 19 || value[0] == '0' || wait == most_s * second);
    } else if (read_date(value, &until) && (!date || read_date(date, &now))) {
        now = now < 0 ? wall_s : now; /* before 1970: no clock at all */
        FUZZ_CHECK(wait == (until < 0 ? -1 : limited(until - now)));
    } else if (strcspn(value, "0123456789") == strlen(value)) {
        FUZZ_CHECK(wait == -1);
    }
    return 0;
}

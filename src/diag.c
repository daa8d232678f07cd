/*
 * The only writer of diagnostics.
 *
 * Responsible for prefix, level and cleaning; not for wording. A line is
 * made whole in memory and leaves in one write(2), so lines of several
 * processes do not mix. What the level and the like are kept in are the
 * program's only mutable globals (style.md 5).
 *
 * The trick of the live line: the cursor goes back to its first column.
 * So what the terminal echoes (^C) falls upon it, and "erase to the end of
 * the screen" wipes it whole even when a window that became narrower has
 * wrapped it:
 *
 *     ESC[?7l ESC[K "12 rows, 97/s" ESC[J ESC[?7h CR
 *     CR ESC[K ESC[J "mqstat: message" LF
 *
 * ESC[?7l keeps it from wrapping where the terminal is narrower already and
 * has not told yet. ESC[K of the whole row goes before the rest: with it
 * tmux forgets that the row was wrapped, and has nothing to save when ESC[J
 * clears the whole screen.
 */
#include "diag.h"

#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

enum {
    DIAG_LINE_BYTES = 4096
};

static const char *diag_program = "mqstat";
static enum diag_level diag_level = DIAG_NORMAL;
static bool diag_colored;
static bool diag_live_shown;

static const char wipe[] = "\r\x1b[K\x1b[J";
static const char red[] = "\x1b[31m";
static const char yellow[] = "\x1b[33m";

void diag_setup(const char *program, enum diag_level level)
{
    diag_program = program;
    diag_level = level;
}

bool diag_verbose(void)
{
    return diag_level >= DIAG_VERBOSE;
}

bool diag_can_move(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && term && *term &&
           strcmp(term, "dumb") != 0;
}

void diag_set_color(enum diag_color when)
{
    const char *no_color = getenv("NO_COLOR"); /* no-color.org */
    diag_colored = when == DIAG_COLOR_ALWAYS ||
                   (when == DIAG_COLOR_AUTO && diag_can_move() &&
                    (!no_color || !*no_color));
}

bool diag_color(void)
{
    return diag_colored;
}

bool diag_in_background(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);
    return foreground >= 0 && foreground != getpgrp();
}

bool diag_notes_shown(void)
{
    return diag_verbose() ||
           (diag_level > DIAG_QUIET && isatty(STDERR_FILENO) == 1);
}

/* Copies text, with what could drive a terminal shown as \xNN. */
static size_t clean(char *to, size_t room, const char *text)
{
    size_t len = strlen(text);
    size_t used = 0;
    for (size_t i = 0; i < len;) {
        uint32_t code = 0;
        size_t step = utf8_decode(text + i, len - i, &code);
        if (used + 16 > room)
            break;
        if (step > 0 && utf8_harmless(code)) {
            memcpy(to + used, text + i, step);
            used += step;
            i += step;
            continue;
        }
        for (size_t end = i + (step ? step : 1); i < end; i++)
            used += (size_t)snprintf(to + used, room - used, "\\x%02x",
                                     (unsigned)(unsigned char)text[i]);
    }
    return used;
}

static void put(const char *line, size_t len)
{
    ssize_t ignored = write(STDERR_FILENO, line, len);
    (void)ignored; /* there is nobody else to tell */
}

static void say(const char *color, const char *format, va_list args)
{
    char text[DIAG_LINE_BYTES];
    char line[DIAG_LINE_BYTES + 256];
    int len = vsnprintf(text, sizeof text, format, args);
    if (len < 0)
        return;
    bool colored = color && diag_colored;
    bool wiped = diag_live_shown && !diag_in_background();
    diag_live_shown = false;
    size_t used = (size_t)snprintf(line, 192, "%s%s%.100s:%s ",
                                   wiped ? wipe : "", colored ? color : "",
                                   diag_program, colored ? "\x1b[0m" : "");
    used += clean(line + used, sizeof line - used - 1, text);
    line[used++] = '\n';
    put(line, used);
}

void diag_live(const char *text)
{
    char line[DIAG_LINE_BYTES];
    struct pollfd terminal = {.fd = STDERR_FILENO, .events = POLLOUT};
    if ((!text && !diag_live_shown) || diag_in_background() ||
        poll(&terminal, 1, 0) != 1)
        return;
    int len = snprintf(line, sizeof line, "\x1b[?7l\x1b[K%s\x1b[J\x1b[?7h\r",
                       text ? text : "");
    diag_live_shown = text != NULL;
    if (len > 0 && (size_t)len < sizeof line)
        put(line, (size_t)len);
}

int diag_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(red, format, args);
    va_end(args);
    return -1;
}

enum status diag_fail(enum status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(red, format, args);
    va_end(args);
    return status;
}

void diag_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (diag_level > DIAG_QUIET)
        say(yellow, format, args);
    va_end(args);
}

void diag_note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (diag_notes_shown())
        say(NULL, format, args);
    va_end(args);
}

void diag_debug(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (diag_verbose())
        say(NULL, format, args);
    va_end(args);
}

void diag_tell(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(NULL, format, args);
    va_end(args);
}

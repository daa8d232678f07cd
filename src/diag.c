/*
 * The only writer of diagnostics.
 *
 * Responsible for prefix, level and cleaning; not for wording. A line is
 * made whole in memory and leaves in one write(2), so lines of several
 * processes do not mix. The level and the name are the program's only
 * mutable globals (style.md 5).
 */
#include "diag.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

enum {
    DIAG_LINE_BYTES = 4096
};

static const char *diag_program = "mqstat";
static enum diag_level diag_level = DIAG_NORMAL;

void diag_setup(const char *program, enum diag_level level)
{
    diag_program = program;
    diag_level = level;
}

bool diag_verbose(void)
{
    return diag_level >= DIAG_VERBOSE;
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

static void say(const char *format, va_list args)
{
    char text[DIAG_LINE_BYTES];
    char line[DIAG_LINE_BYTES + 256];
    int len = vsnprintf(text, sizeof text, format, args);
    if (len < 0)
        return;
    size_t used = (size_t)snprintf(line, 128, "%.100s: ", diag_program);
    used += clean(line + used, sizeof line - used - 1, text);
    line[used++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, line, used);
    (void)ignored; /* there is nobody else to tell */
}

int diag_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return -1;
}

enum status diag_fail(enum status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return status;
}

void diag_warn(const char *format, ...)
{
    if (diag_level <= DIAG_QUIET)
        return;
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void diag_note(const char *format, ...)
{
    if (!diag_notes_shown())
        return;
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void diag_debug(const char *format, ...)
{
    if (!diag_verbose())
        return;
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

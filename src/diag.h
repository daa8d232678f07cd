/*
 * The only writer of diagnostics. Everything goes to standard error, one
 * line a call, prefixed with the program's name. The finished line is
 * cleaned: control characters, C1, bidi marks and malformed UTF-8 are shown
 * as \xNN, so untrusted bytes may be passed with %s or %.*s as they are.
 * Texts say what failed, on what, why; lower case, no full stop, no
 * newline, never a secret.
 */
#ifndef MQSTAT_DIAG_H
#define MQSTAT_DIAG_H

#include <stdbool.h>

/* The program's exit statuses (contract.md 3). */
enum status {
    STATUS_OK = 0,       /* every row has an answer */
    STATUS_ROWS = 1,     /* finished, some rows carry an error */
    STATUS_USAGE = 2,    /* bad option, config or header; nothing sent */
    STATUS_IO = 3,       /* input unreadable or output unwritable */
    STATUS_LOGIN = 4,    /* login or permission refused */
    STATUS_GAVE_UP = 5,  /* deadline, limit, unreachable, or held */
    STATUS_CONDITION = 6 /* finished, and a --fail-if condition holds */
};

enum diag_level {
    DIAG_QUIET = -1, /* -q: errors only */
    DIAG_NORMAL = 0,
    DIAG_VERBOSE = 1 /* -v */
};

enum diag_color {
    DIAG_COLOR_AUTO, /* on a terminal, unless NO_COLOR or TERM=dumb */
    DIAG_COLOR_ALWAYS,
    DIAG_COLOR_NEVER
};

/* Sets the name before each message (borrowed) and what is shown. */
void diag_setup(const char *program, enum diag_level level);

/* Decides whether to colour; until then nothing is. */
void diag_set_color(enum diag_color when);

/* Is colour wanted? */
bool diag_color(void);

/* Does standard error go to a terminal that knows escape sequences? */
bool diag_can_move(void);

/* Does a terminal's foreground belong to other processes than ours? */
bool diag_in_background(void);

/* Is standard error a terminal, or -v given (and not -q)? */
bool diag_notes_shown(void);

/* Is -v given? */
bool diag_verbose(void);

/* Reports a failure, always shown; returns -1 for the caller to pass on. */
int diag_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Reports a failure and returns the exit status that it stands for. */
enum status diag_fail(enum status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Something the operator must know even in cron; hidden by -q only. */
void diag_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Something nice to know: on a terminal or with -v. */
void diag_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What was asked for, such as a status line: always shown. */
void diag_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Shows text (ours alone, colours allowed, narrower than the terminal) in
 * place, on a terminal that diag_can_move: the next text replaces it, and
 * a message, or NULL, wipes it first. Does nothing while another process
 * has the foreground, or while the terminal takes no bytes (Ctrl-S).
 */
void diag_live(const char *text);

/* Detail for -v only. */
void diag_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

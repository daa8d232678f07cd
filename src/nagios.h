/*
 * A summary as Nagios and its kin want it: one line and an exit code.
 */
#ifndef MQSTAT_NAGIOS_H
#define MQSTAT_NAGIOS_H

#include <stdint.h>

#include "buf.h"

enum nagios_state {
    NAGIOS_OK = 0,
    NAGIOS_WARNING = 1,
    NAGIOS_CRITICAL = 2,
    NAGIOS_UNKNOWN = 3
};

/*
 * Reads the file that --summary wrote and appends the line, with its line
 * end. now_ms is the wall clock. UNKNOWN, with why, for a file that is
 * missing, unreadable, no summary, or older than 26 hours.
 */
enum nagios_state nagios_check(const char *file, int64_t now_ms,
                               struct buf *line);

#endif

/*
 * The server: the loop, the listener, and when all of it ends.
 */
#ifndef MQSTAT_SIM_SERVER_H
#define MQSTAT_SIM_SERVER_H

#include "diag.h"
#include "sim/settings.h"

/*
 * Listens, prints the endpoint on standard output and serves until a
 * signal, --max-time or the end of standard input. Says what goes wrong.
 */
enum status server_run(const struct settings *settings);

#endif

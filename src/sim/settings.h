/*
 * The command line of mqstat-sim.
 */
#ifndef MQSTAT_SIM_SETTINGS_H
#define MQSTAT_SIM_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "sim/service.h"
#include "sim/tls.h"

/* The modules' own settings side by side; texts are borrowed from argv. */
struct settings {
    const char *listen;
    struct service_settings service;
    struct tls_settings tls;
    const char *log; /* NULL: none */
    bool log_connections;
    bool log_headers;
    int64_t max_time_ns; /* 0: no end */
    bool exit_with_stdin;
    bool verbose;
    bool help;
    bool version;
};

/* Reads the arguments. Says what is wrong and returns STATUS_USAGE. */
enum status settings_parse(struct settings *settings, int argc, char **argv);

/* Prints the help on standard output. */
void settings_help(void);

#endif

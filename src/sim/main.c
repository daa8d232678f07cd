/*
 * mqstat-sim: the service's status query on loopback. The map; each file
 * includes only files that stand below it here, and mqstat's base modules
 * (mem, buf, diag, units, file).
 *
 *   main         limits, signals, exit status
 *   server       loop, listener, start and end
 *   settings     the command line
 *   connection   one client: requests in, replies out, faults on the way
 *   service      what is answered: login, quota, fleet, scenario
 *   response     the bytes of a reply
 *   scenario     which rule holds
 *   rule, word   the lines of a scenario file
 *   quota        429 or not
 *   fleet        which ids are online, forbidden, unknown
 *   tally        how often each id was asked
 *   arrival      the log
 *   agenda       what is due later
 *   link         a socket, plain or TLS
 *   tls          OpenSSL's sessions over bytes in memory
 *   certificate  made at start, good and bad ones
 *   http         request heads
 *   nearest, slurp, span, hex, chance   small helpers
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "diag.h"
#include "file.h"
#include "sim/server.h"
#include "sim/settings.h"
#include "version.h"

/* As many connections as the system lets us have. */
static void raise_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files))
        return;
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files); /* fewer will do as well */
}

int main(int argc, char **argv)
{
    struct settings settings;
    diag_setup("mqstat-sim", DIAG_NORMAL);
    if (file_reserve_standard())
        return STATUS_IO;
    enum status status = settings_parse(&settings, argc, argv);
    if (status)
        return (int)status;
    if (settings.help)
        settings_help();
    if (settings.version)
        printf("mqstat-sim %s\n", MQSTAT_VERSION);
    if (settings.help || settings.version)
        return fflush(stdout) ? STATUS_IO : STATUS_OK;
    if (settings.verbose)
        diag_setup("mqstat-sim", DIAG_VERBOSE);
    (void)signal(SIGPIPE, SIG_IGN); /* known signal: cannot fail */
    raise_files();
    return (int)server_run(&settings);
}

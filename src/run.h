/*
 * The conductor: pulls rows, starts queries, takes answers, retries,
 * writes, drains when told to. The only module that knows more than one
 * part.
 */
#ifndef MQSTAT_RUN_H
#define MQSTAT_RUN_H

#include "diag.h"
#include "options.h"

struct run;

/*
 * Opens everything that the options name: endpoint, login, inputs, output,
 * libcurl. Nothing is sent yet. options are borrowed. On failure it was
 * said why and the status tells the kind; run_close is due all the same,
 * unless *run is NULL.
 */
enum status run_open(struct run **run, const struct options *options);

/* Audits the fleet: returns when the last row is written or the run ends. */
void run_go(struct run *run);

/*
 * Finishes the output, prints the summary and frees everything. Returns the
 * exit status; *signal is set to the signal that the program should die of
 * (SIGPIPE), else 0.
 */
int run_close(struct run *run, int *signal);

/*
 * Reads all input and says on standard output what asking for it would
 * take: counts, rows that cannot be asked, queries, time. Opens no output
 * and sends nothing, so needs no login. STATUS_ROWS when rows would carry
 * an error, STATUS_USAGE or STATUS_IO after saying why.
 */
enum status run_dry(const struct options *options);

#endif

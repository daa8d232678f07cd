/*
 * The estimate of a quota, remembered between runs: one small file for each
 * endpoint and user, so that `--rate auto` starts where it ended.
 */
#ifndef MQSTAT_ESTIMATE_H
#define MQSTAT_ESTIMATE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The remembered rate in requests per second, or 0: none, older than a
 * week, or a file that is not what we wrote (which is noted). wall_s is
 * seconds since the epoch.
 */
double estimate_load(const char *endpoint, const char *user, int64_t wall_s);

/*
 * The file's name, free() it; its directory is made when make is set. NULL
 * when there is no place for it.
 */
char *estimate_path(const char *endpoint, const char *user, bool make);

/* Remembers a rate; what fails is noted, nothing depends on it. */
void estimate_save(const char *endpoint, const char *user, double per_s,
                   int64_t wall_s);

#endif

/*
 * Settings files: INI by inih, into the option table.
 */
#ifndef MQSTAT_CONFIG_H
#define MQSTAT_CONFIG_H

#include "options.h"

/*
 * Reads --config FILE, else $XDG_CONFIG_HOME/mqstat/config (or
 * ~/.config/mqstat/config) and the file system, of which the user's is the
 * stronger; the section [profile NAME] of --profile is stronger than what
 * stands before all sections. Call it when argv and environment have been
 * read. What is kept for the options' strings is options'. On a mistake says
 * what and where, and returns -1.
 */
int config_load(struct options *options, const char *system);

#endif

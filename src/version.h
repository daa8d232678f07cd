/*
 * The program's version, once.
 */
#ifndef MQSTAT_VERSION_H
#define MQSTAT_VERSION_H

#define MQSTAT_VERSION "0.1.0"

#endif

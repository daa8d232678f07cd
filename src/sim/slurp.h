/*
 * Whole files in memory.
 */
#ifndef MQSTAT_SIM_SLURP_H
#define MQSTAT_SIM_SLURP_H

#include "buf.h"

/*
 * Appends everything in the file at path to buf. Returns -1 with errno set
 * (EFBIG when it does not fit the buffer's maximum); prints nothing.
 */
int slurp(struct buf *buf, const char *path);

#endif

/*
 * No more rights on files than the rest of a run needs. Prints nothing.
 */
#ifndef MQSTAT_SANDBOX_H
#define MQSTAT_SANDBOX_H

#include <stddef.h>

/*
 * From here on this thread, and those that it starts, can create, write,
 * rename and remove regular files only in and below the directories that
 * hold files (skipped: NULLs, and directories that are not there), and
 * execute nothing. A file that is a link stands for its target. Reading, and
 * descriptors that are open already, stay as they are. Returns the version
 * of Landlock's interface, or -1 with errno, ENOSYS or EOPNOTSUPP where the
 * kernel has none; then nothing has changed.
 */
int sandbox_enter(const char *const *files, size_t n);

#endif

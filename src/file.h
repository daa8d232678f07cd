/*
 * Files, as far as more than one module needs them. Functions return -1
 * with errno set and print nothing.
 */
#ifndef MQSTAT_FILE_H
#define MQSTAT_FILE_H

#include <stddef.h>
#include <sys/types.h>

/* read(2), repeated when a signal interrupts it. */
ssize_t file_read(int fd, void *data, size_t len);

/* Reads up to the end or len bytes: how many there were, or -1. */
ssize_t file_read_all(int fd, void *data, size_t len);

/* write(2), repeated when a signal interrupts it; may be short. */
ssize_t file_write(int fd, const void *data, size_t len);

/* Writes all bytes, waiting for writability where fd does not block. */
int file_write_all(int fd, const void *data, size_t len);

/*
 * Opens /dev/null for each of descriptors 0 to 2 that is closed, so that no
 * file or socket takes its place; 0 and 1 the wrong way round, so that using
 * them is an error and not silence.
 */
int file_reserve_standard(void);

/*
 * The descriptor that a name stands for: 1 for - and /dev/stdout, 2 for
 * /dev/stderr, -1 for any other. Opened by name, a regular file behind one
 * would be written from its start again.
 */
int file_standard(const char *name);

/*
 * Writes a whole file or leaves the old one: to a temporary name beside it,
 * then renamed. A link is followed; what is no regular file is written
 * straight. mode -1 is by umask, another holds whatever the umask.
 */
int file_replace(const char *name, const void *data, size_t len, int mode);

/* Could file_replace create its temporary name now? */
int file_try_replace(const char *name);

/*
 * The name of a file of the user's (XDG base directories): in the variable's
 * directory, else in the one below $HOME; free() it. NULL without either.
 */
char *file_user_path(const char *variable, const char *below, const char *name);

/* Syncs the directory that holds path, so that a rename lasts. */
int file_sync_directory(const char *path);

#endif

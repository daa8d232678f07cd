/*
 * Compressed input: gzip (RFC 1952) and zstd (RFC 8878), with any number of
 * members or frames, streamed. Internal to the input family. The source
 * feeds what the file holds and reads what it unpacks to; memory depends on
 * the format (zstd: up to 128 MiB of window), never on how much that is.
 */
#ifndef MQSTAT_INPUT_UNPACK_H
#define MQSTAT_INPUT_UNPACK_H

#include <stddef.h>
#include <sys/types.h>

enum input_packing {
    INPUT_PLAIN,
    INPUT_GZIP,
    INPUT_ZSTD
};

enum {
    INPUT_UNPACK_MORE = -1,  /* feed it */
    INPUT_UNPACK_BROKEN = -2 /* see input_unpack_fault */
};

struct input_unpack;

struct input_unpack *input_unpack_new(enum input_packing packing);

/* Takes NULL. */
void input_unpack_free(struct input_unpack *unpack);

/* Where to put the file's next bytes, once MORE are wanted; borrowed. */
char *input_unpack_room(struct input_unpack *unpack, size_t *room);

/* So many bytes were put there; 0: the file has ended. */
void input_unpack_feed(struct input_unpack *unpack, size_t len);

/* Unpacks up to room bytes, at least one; 0: the end, or a code above. */
ssize_t input_unpack_read(struct input_unpack *unpack, char *to, size_t room);

/* What is wrong with the data, for people. */
const char *input_unpack_fault(const struct input_unpack *unpack);

#endif

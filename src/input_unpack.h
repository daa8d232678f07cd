/*
 * Compressed input: gzip (RFC 1952) and zstd (RFC 8878), with any number of
 * members or frames, streamed. Internal to the input family. Memory depends on
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

struct input_unpack;

/* Reads up to room bytes of the file, as read(2) does. */
typedef ssize_t (*input_unpack_file_fn)(void *ctx, char *to, size_t room);

struct input_unpack *input_unpack_new(enum input_packing packing,
                                      input_unpack_file_fn file, void *ctx);

/* Takes NULL. */
void input_unpack_free(struct input_unpack *unpack);

/* Gives it the file's first bytes, at most a block, read already. */
void input_unpack_feed(struct input_unpack *unpack, const char *packed,
                       size_t len);

/* As read(2) of what the file unpacks to. EBADMSG: see input_unpack_fault. */
ssize_t input_unpack_read(struct input_unpack *unpack, char *to, size_t room);

/* What is wrong with the data, for people; "": nothing so far. */
const char *input_unpack_fault(const struct input_unpack *unpack);

#endif

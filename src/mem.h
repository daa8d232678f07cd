/*
 * Allocate or die, compare, wipe. Out of memory ends the program with status 3:
 * rows already written are whole, so a rerun is safe and no caller needs an
 * error path.
 */
#ifndef MQSTAT_MEM_H
#define MQSTAT_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Returns size zeroed bytes (never NULL, also for 0); free() them. */
void *mem_alloc(size_t size);

/* The same, but not zeroed: for libraries, which allocate for each query. */
void *mem_alloc_bare(size_t size);

/* Returns n times size zeroed bytes, like mem_alloc. */
void *mem_alloc_array(size_t n, size_t size);

/* The same as mem_alloc_bare, for a table that is looked at here and there:
 * in huge pages where it is large and the kernel has them. */
void *mem_alloc_table(size_t size);

/* Resizes an allocation; growth is not zeroed. Takes NULL. */
void *mem_realloc(void *ptr, size_t size);

/* Returns a copy of a string; free() it. */
char *mem_strdup(const char *text);

/* Returns a NUL-terminated copy of len bytes; free() it. */
char *mem_strndup(const char *text, size_t len);

/* Returns formatted text (printf(3)); free() it. */
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Are these len bytes the word? */
static inline bool mem_is(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && memcmp(text, word, len) == 0;
}

/* Overwrites a secret in a way that the compiler keeps. Takes NULL, 0. */
void mem_wipe(void *ptr, size_t size);

#endif

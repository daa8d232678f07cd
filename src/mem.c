/*
 * Allocate or die, and wipe.
 *
 * Responsible for the one answer to "out of memory": say so, exit 3. It
 * writes with write(2) because stdio may want memory itself.
 */
#include "mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const size_t HUGE_BYTES = 2 << 20; /* of x86 and, mostly, of ARM */

/* Returns what was allocated, or not at all. */
static void *checked(void *ptr)
{
    static const char text[] = "mqstat: out of memory\n";
    if (ptr)
        return ptr;
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored; /* nothing is left to do about it */
    _exit(3);
}

void *mem_alloc_bare(size_t size)
{
    return checked(malloc(size > 0 ? size : 1));
}

void *mem_alloc_array(size_t n, size_t size)
{
    return checked(calloc(n > 0 ? n : 1, size > 0 ? size : 1));
}

void *mem_alloc(size_t size)
{
    return mem_alloc_array(1, size);
}

void *mem_alloc_table(size_t size)
{
    size_t whole = (size + HUGE_BYTES - 1) / HUGE_BYTES * HUGE_BYTES;
    if (size < HUGE_BYTES)
        return mem_alloc_bare(size);
    void *ptr = checked(aligned_alloc(HUGE_BYTES, whole));
    (void)madvise(ptr, whole, MADV_HUGEPAGE); /* best effort */
    return ptr;
}

void *mem_realloc(void *ptr, size_t size)
{
    return checked(realloc(ptr, size > 0 ? size : 1));
}

char *mem_strdup(const char *text)
{
    return checked(strdup(text));
}

char *mem_strndup(const char *text, size_t len)
{
    char *copy = mem_alloc_bare(len + 1);
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *mem_printf(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);
    return checked(len < 0 ? NULL : text);
}

void mem_wipe(void *ptr, size_t size)
{
    if (ptr)
        explicit_bzero(ptr, size);
}

/*
 * A wall clock that moves: preloaded, it adds an hour to CLOCK_REALTIME from
 * the hundredth look on, and takes two hours off from the two hundredth.
 * Other clocks go on as they are.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <time.h>

int clock_gettime(clockid_t id, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    static int looks;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(id, now);
    if (id == CLOCK_REALTIME && !failed)
        looks++;
    if (id == CLOCK_REALTIME && looks > 100)
        now->tv_sec += looks > 200 ? -3600 : 3600;
    return failed;
}

/*
 * Chance that can be repeated: a number in [0, 1) that depends on its
 * argument only (splitmix64).
 */
#ifndef MQSTAT_SIM_CHANCE_H
#define MQSTAT_SIM_CHANCE_H

#include <stdint.h>

static inline double chance_of(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return (double)((x ^ x >> 31) >> 11) * 0x1p-53;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel as far as the files of mm/pghot need it that bench/scale runs in user space:
 * one CPU, on which nothing happens at the same time, and a clock that is moved by hand.
 * A header here has the name of the kernel's and the part of it that is used. Where there
 * is nothing to do, as for locks, it does nothing.
 */
#ifndef SHIM_LINUX_TYPES_H
#define SHIM_LINUX_TYPES_H

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef long long s64;
typedef unsigned int gfp_t;
typedef long ssize_t;

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	long counter;
} atomic_long_t;

typedef struct {
	s64 counter;
} atomic64_t;

#define U8_MAX	255
#define U32_MAX 4294967295U
#define S32_MAX 2147483647
#define U64_MAX 18446744073709551615ULL

#define BITS_PER_LONG 64

#define __percpu
#define __rcu
#define __read_mostly
#define __init
#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#define __maybe_unused __attribute__((unused))
#define likely(x)      (x)
#define unlikely(x)    (x)

#define READ_ONCE(x)		    (x)
#define WRITE_ONCE(x, value)	    ((void)((x) = (value)))
#define smp_load_acquire(p)	    (*(p))
#define smp_store_release(p, value) ((void)(*(p) = (value)))
#define smp_mb()		    ((void)0)
#define smp_mb__after_atomic()	    ((void)0)
#define smp_mb__before_atomic()	    ((void)0)

#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
#define ARRAY_SIZE(a)			(sizeof(a) / sizeof((a)[0]))

/* Nobody else is there to change it. */
#define try_cmpxchg(ptr, old, new) (*(ptr) = (new), (void)(old), true)

#endif

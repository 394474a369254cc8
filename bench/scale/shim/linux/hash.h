/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_HASH_H
#define SHIM_LINUX_HASH_H

/* Of all bits of a number, by multiplication. */
static inline unsigned int hash_long(unsigned long value, unsigned int bits)
{
	return value * 0x9E3779B97F4A7C15UL >> (64 - bits);
}

#endif /* SHIM_LINUX_HASH_H */

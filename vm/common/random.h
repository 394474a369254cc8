/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * random - sequences that the same seed repeats, cheap enough to access memory by
 */
#ifndef PGHOT_VM_RANDOM_H
#define PGHOT_VM_RANDOM_H

#include <stdint.h>

/**
 * next_random - the next of a sequence: Marsaglia's xorshift64*
 * @state: of the sequence, never 0; see seed_random()
 *
 * Return: 64 bits, of which the multiplication whitens the upper ones.
 */
static inline uint64_t next_random(uint64_t *state)
{
	uint64_t x = *state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return x * 0x2545f4914f6cdd1dULL;
}

/**
 * seed_random - a state to start from, by splitmix64
 * @seed: small consecutive numbers will do
 *
 * Return: distinct for distinct seeds, not 0.
 */
static inline uint64_t seed_random(uint64_t seed)
{
	uint64_t z = seed * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	z ^= z >> 31;
	return z ? z : 1;
}

/**
 * pick - evenly one of 0 .. @n-1 out of 32 random bits, without a division
 * @random: the bits
 * @n: how many there are to choose from
 */
static inline uint32_t pick(uint32_t random, uint32_t n)
{
	return ((uint64_t)random * n) >> 32;
}

#endif /* PGHOT_VM_RANDOM_H */

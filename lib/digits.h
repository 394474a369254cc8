/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The digits of a number, for what writes millions of them: a dump. printf() reads its format
 * each time, and that costs ten times as much.
 */
#ifndef PGHOT_LIB_DIGITS_H
#define PGHOT_LIB_DIGITS_H

#include <stdint.h>

/* The longest that either of them writes. */
#define PGHOT_DIGITS_MAX 20

/**
 * pghot_put_u64() - write a number in decimal, as %u does and as JSON has it
 * @to: buffer with room for PGHOT_DIGITS_MAX bytes
 * @v: number
 *
 * Return: where the digits end. Nothing is written there, no final zero either.
 */
char *pghot_put_u64(char *to, uint64_t v);

/**
 * pghot_put_hex() - write a number in hexadecimal, as %#x does: "0x1f", and "0" for zero
 * @to: buffer with room for PGHOT_DIGITS_MAX bytes
 * @v: number
 *
 * Return: as above.
 */
char *pghot_put_hex(char *to, uint64_t v);

#endif /* PGHOT_LIB_DIGITS_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes - which NUMA node a physical address is on
 */
#ifndef PGHOT_BENCH_NODES_H
#define PGHOT_BENCH_NODES_H

#include <stdint.h>

/** NODES_MAX_BLOCKS - memory blocks told apart: 512 GiB in blocks of 128 MiB */
#define NODES_MAX_BLOCKS 4096

/**
 * struct nodes - the nodes of all memory blocks
 * @block_bytes: size of a block
 * @of_block: the node of each, or -1
 */
struct nodes {
	uint64_t block_bytes;
	int16_t of_block[NODES_MAX_BLOCKS];
};

const char *nodes_find(struct nodes *n);

/**
 * nodes_of - the node of a physical address
 * @n: what nodes_find() has found
 * @address: in bytes
 *
 * Return: the node's number, or -1 when there is no memory at that address.
 */
static inline int nodes_of(const struct nodes *n, uint64_t address)
{
	uint64_t block = address / n->block_bytes;

	return block < NODES_MAX_BLOCKS ? n->of_block[block] : -1;
}

#endif /* PGHOT_BENCH_NODES_H */

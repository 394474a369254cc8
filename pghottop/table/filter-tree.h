/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a filter is made of: for those who read, apply and sum it up. */
#ifndef PGHOTTOP_TABLE_FILTER_TREE_H
#define PGHOTTOP_TABLE_FILTER_TREE_H

#include "table/filter.h"

enum op {
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_HAS,
	OP_HAS_NOT,
	NR_OPS
};

enum field_id {
	FIELD_NODE,
	FIELD_TARGET,
	FIELD_FREQ,
	FIELD_AGE,
	FIELD_SCORE,
	FIELD_SOURCE,
	FIELD_TYPE,
	FIELD_FLAG,
	FIELD_CGROUP,
	FIELD_SIZE,
	FIELD_ORDER,
	FIELD_PFN,
	FIELD_ADDR,
	FIELD_HOT,
	FIELD_WARM,
	FIELD_FAST,
	FIELD_SLOW,
	FIELD_IN_FAST,
	FIELD_PROM,
	FIELD_DEM,
	FIELD_PID,
	FIELD_COMMAND,
	FIELD_MAPPING,
	NR_FIELDS
};

enum node_kind {
	NODE_TERM,
	NODE_AND,
	NODE_OR,
	NODE_NOT,
};

/**
 * struct node - a part of an expression
 * @kind: what it is
 * @a: first operand, an index
 * @b: second operand
 * @field: NODE_TERM: what is compared
 * @op: NODE_TERM: how
 * @first: NODE_TERM: its first value
 * @nr: NODE_TERM: how many
 */
struct node {
	enum node_kind kind;
	uint16_t a, b;
	enum field_id field;
	enum op op;
	uint16_t first, nr;
};

/**
 * struct operand - what a page's field is compared with
 * @num: a number, or a mask
 * @text: where a text begins in the filter's own copy
 */
struct operand {
	uint64_t num;
	uint16_t text;
};

/* Each takes at least one byte of the expression; "and" may be left out nowhere. */
#define MAX_NODES  FILTER_LEN
#define MAX_VALUES FILTER_LEN

struct filter {
	enum row_kind kind;
	uint16_t root;
	uint16_t nr_nodes, nr_values, used;
	struct node nodes[MAX_NODES];
	struct operand values[MAX_VALUES];
	char text[2 * FILTER_LEN];
};

/* States above the flags, so that one number has both. */
static inline uint64_t flags_of(uint32_t page_flags, uint8_t state)
{
	return (uint64_t)state << 32 | page_flags;
}

#endif

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * filter-bounds.c - what a filter says of all pages that pass: ranges of numbers,
 * by interval arithmetic on its tree, which the kernel can apply
 */
#include "table/filter-tree.h"

static const struct filter_range any = { 0, FILTER_ANY };

static struct filter_range both(struct filter_range a, struct filter_range b)
{
	return (struct filter_range){
		.lo = a.lo > b.lo ? a.lo : b.lo,
		.hi = a.hi < b.hi ? a.hi : b.hi,
	};
}

/* From the one to the other, with what lies between. */
static struct filter_range either(struct filter_range a, struct filter_range b)
{
	return (struct filter_range){
		.lo = a.lo < b.lo ? a.lo : b.lo,
		.hi = a.hi > b.hi ? a.hi : b.hi,
	};
}

/* What a number is compared with; no number is both below 0 and above the rest. */
static struct filter_range term_range(enum op op, uint64_t num)
{
	static const struct filter_range none = { FILTER_ANY, 0 };

	switch (op) {
	case OP_EQ:
		return (struct filter_range){ num, num };
	case OP_GE:
		return (struct filter_range){ num, FILTER_ANY };
	case OP_GT:
		return num < FILTER_ANY ? (struct filter_range){ num + 1, FILTER_ANY } : none;
	case OP_LE:
		return (struct filter_range){ 0, num };
	case OP_LT:
		return num ? (struct filter_range){ 0, num - 1 } : none;
	default:
		return any;
	}
}

/* Addresses of which those that pages have are page frame numbers. */
static struct filter_range pfn_range(struct filter_range addr, uint32_t page_size)
{
	return (struct filter_range){
		.lo = addr.lo / page_size + (addr.lo % page_size != 0),
		.hi = addr.hi == FILTER_ANY ? FILTER_ANY : addr.hi / page_size,
	};
}

static struct filter_bounds term_bounds(const struct filter *f, const struct node *term,
					uint32_t page_size)
{
	struct filter_bounds b = { any, any, any, any, false };
	struct filter_range *r, values;

	switch (term->field) {
	case FIELD_FREQ:
		r = &b.freq;
		break;
	case FIELD_NODE:
		r = &b.node;
		break;
	case FIELD_TARGET:
		r = &b.target;
		break;
	case FIELD_PFN:
		r = &b.pfn;
		break;
	case FIELD_ADDR:
		if (!page_size)
			return b;
		r = &b.pfn;
		break;
	default:
		return b;
	}
	values = term_range(term->op, f->values[term->first].num);
	for (uint16_t i = 1; i < term->nr; i++)
		values = either(values, term_range(term->op, f->values[term->first + i].num));
	*r = term->field == FIELD_ADDR ? pfn_range(values, page_size) : values;
	b.exact = term->nr == 1 && term->op != OP_NE;
	return b;
}

static struct filter_bounds node_bounds(const struct filter *f, uint16_t index, uint32_t page_size)
{
	const struct node *node = &f->nodes[index];
	struct filter_bounds a, b;

	if (node->kind == NODE_TERM)
		return term_bounds(f, node, page_size);
	if (node->kind == NODE_NOT)
		return (struct filter_bounds){ any, any, any, any, false };
	a = node_bounds(f, node->a, page_size);
	b = node_bounds(f, node->b, page_size);
	if (node->kind == NODE_AND)
		return (struct filter_bounds){ both(a.freq, b.freq), both(a.node, b.node),
					       both(a.target, b.target), both(a.pfn, b.pfn),
					       a.exact && b.exact };
	/* Of two ranges that do not touch, what lies between does not pass. */
	return (struct filter_bounds){ either(a.freq, b.freq), either(a.node, b.node),
				       either(a.target, b.target), either(a.pfn, b.pfn), false };
}

void filter_bounds(const struct filter *f, uint32_t page_size, struct filter_bounds *bounds)
{
	struct filter_range *const ranges[] = {
		&bounds->freq,
		&bounds->node,
		&bounds->target,
		&bounds->pfn,
	};

	*bounds = (struct filter_bounds){ any, any, any, any, true };
	if (!f)
		return;
	*bounds = node_bounds(f, f->root, page_size);
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (ranges[i]->lo <= ranges[i]->hi)
			continue;
		/* Nothing passes, which the filter itself sees to. */
		*ranges[i] = any;
		bounds->exact = false;
	}
}

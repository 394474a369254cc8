// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/blame.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>

#include "backend/query.h"
#include "report/walk.h"

/**
 * struct choice - hot folios, of which some are chosen while they pass by
 * @b: report
 * @seen: those that have passed
 * @chosen: head page frames and orders of those that are to be asked about
 * @max: room for them
 * @random: state
 * @no_memory: there was none
 */
struct choice {
	struct blame *b;
	struct pghot_frames *seen;
	struct folio {
		uint64_t pfn;
		unsigned int order;
	} * chosen;
	size_t max;
	uint64_t random;
	bool no_memory;
};

/* splitmix64: https://prng.di.unimi.it/splitmix64.c, in the public domain. */
static uint64_t scatter(uint64_t *state)
{
	uint64_t v = *state += 0x9e3779b97f4a7c15ULL;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

/* Where the folio that passes goes, of all so far with the same chance; -1 for nowhere. */
static int64_t place_for(struct choice *c)
{
	uint64_t at = c->b->hot_folios++;

	if (at >= c->b->sample)
		at = scatter(&c->random) % c->b->hot_folios;
	return at < c->b->sample ? (int64_t)at : -1;
}

static void add_folio(struct choice *c, uint64_t pfn, unsigned int order)
{
	int64_t at = place_for(c);

	if (at < 0)
		return;
	if ((size_t)at >= c->max) {
		size_t max = c->max ? 2 * c->max : 64;
		struct folio *chosen = reallocarray(c->chosen, max, sizeof(*chosen));

		if (!chosen) {
			c->no_memory = true;
			return;
		}
		c->chosen = chosen;
		c->max = max;
	}
	c->chosen[at] = (struct folio){ .pfn = pfn, .order = order };
}

static void take_page(const struct pagemap_process *p, uint64_t addr, uint64_t pfn,
		      const struct pghot_frame *frame, void *data)
{
	struct pghot_entry e = { .order = (uint8_t)frame->order,
				 .freq = 1,
				 .page_flags = PGHOT_PAGE_FLAG_MAPPED };
	struct choice *c = data;
	struct pghot_frame before;

	(void)p;
	(void)addr;
	if (c->no_memory || frame->side != PGHOT_SIDE_SLOW || frame->heat != PGHOT_HEAT_HOT)
		return;
	/* A folio once, however many of its pages are mapped. */
	pghot_frames_find(c->seen, pfn, &before);
	if (before.freq)
		return;
	e.pfn = pfn >> frame->order << frame->order;
	c->no_memory = pghot_frames_entry(&e, 0, c->seen) != 0;
	if (!c->no_memory)
		add_folio(c, e.pfn, frame->order);
}

static void take_process(const struct pagemap_process *p, const struct pghot_mapped_sum *sum,
			 bool complete, void *data)
{
	struct choice *c = data;

	(void)complete;
	snprintf(c->b->comm, sizeof(c->b->comm), "%s", p->comm);
	c->b->sum = *sum;
}

/* ---- what they wait for ------------------------------------------------------------ */

static int fill_explain(struct nl_msg *msg, const void *data)
{
	return nla_put_u64(msg, PGHOT_A_EXPLAIN_PFN, *(const uint64_t *)data);
}

static int take_explanation(const void *attrs, size_t len, void *data)
{
	return pghot_decode_explanation(attrs, len, data);
}

/* A command about one page is no use for many of them; the node may be. */
static void for_many(struct pghot_verdict *v, const struct pghot_explanation *x)
{
	static const char one[] = "pghotctl promote ";
	size_t nr = 0;

	for (size_t i = 0; i < v->nr; i++) {
		if (!strncmp(v->commands[i], one, sizeof(one) - 1)) {
			if (strcmp(v->name, "queued") != 0)
				continue;
			snprintf(v->commands[nr++], sizeof(v->commands[0]),
				 "pghotctl promote --node %" PRIu32 " --count 4096", x->nid);
		} else {
			if (nr != i)
				memcpy(v->commands[nr], v->commands[i], sizeof(v->commands[0]));
			nr++;
		}
	}
	v->nr = nr;
}

static void count(struct blame *b, const struct folio *folio, const struct pghot_explanation *x,
		  const struct pghot_params *params)
{
	struct blame_reason *r = NULL;
	struct pghot_verdict v;

	pghot_verdict_of(&v, x, params);
	for (size_t i = 0; i < b->nr && !r; i++) {
		if (!strcmp(b->reasons[i].verdict.name, v.name))
			r = &b->reasons[i];
	}
	if (!r) {
		/* The last one takes all that there is no room for. */
		r = &b->reasons[b->nr < BLAME_REASONS ? b->nr++ : BLAME_REASONS - 1];
		for_many(&v, x);
		r->verdict = v;
	}
	b->asked++;
	b->asked_pages += 1ULL << folio->order;
	r->folios++;
	r->pages += 1ULL << folio->order;
}

static int ask(struct blame *b, struct ctx *ctx, const struct folio *folio,
	       const struct pghot_params *params)
{
	struct pghot_explanation x = { 0 };
	struct ctl_request req = {
		.cmd = PGHOT_CMD_EXPLAIN,
		.fill = fill_explain,
		.fill_data = &folio->pfn,
		.reply = take_explanation,
		.reply_data = &x,
	};
	int ret = request(ctx, &req, "explain");

	if (!ret)
		count(b, folio, &x, params);
	return ret;
}

static int by_pages(const void *a, const void *b)
{
	const struct blame_reason *x = a, *y = b;

	if (x->pages != y->pages)
		return x->pages > y->pages ? -1 : 1;
	return strcmp(x->verdict.name, y->verdict.name);
}

static int read_process(struct blame *b, struct ctx *ctx, struct stop *stop, struct choice *c,
			struct pghot_frames **frames)
{
	static const struct pghot_mapped_ops ops = { .page = take_page, .process = take_process };
	struct walk_whose whose = { .pid = b->pid, .nid = b->nid };
	struct pghot_params params = { 0 };
	struct pagemap_status status;
	size_t nr;
	int ret = walk_records(ctx, stop, &b->hot_from, frames);

	if (!ret)
		ret = query_params(ctx, &params);
	if (!ret)
		ret = walk_mapped(ctx, stop, &whose, *frames, &ops, c, &status);
	if (!ret && c->no_memory)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	nr = b->hot_folios < b->sample ? b->hot_folios : b->sample;
	for (size_t i = 0; i < nr && !ret && !stop->asked; i++) {
		ret = ask(b, ctx, &c->chosen[i], &params);
		stop_wait(stop, -1, 0);
	}
	return ret;
}

int blame_read(struct blame *b, struct ctx *ctx)
{
	struct choice c = { .b = b, .random = 1, .seen = pghot_frames_new(1) };
	struct pghot_frames *frames = NULL;
	struct stop stop;
	int ret;

	if (!c.seen)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	ret = stop_catch(&stop, ctx);
	if (!ret) {
		ret = read_process(b, ctx, &stop, &c, &frames);
		b->stopped = stop.asked;
		stop_release(&stop);
	}
	qsort(b->reasons, b->nr, sizeof(b->reasons[0]), by_pages);
	pghot_frames_free(frames);
	pghot_frames_free(c.seen);
	free(c.chosen);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/* What a page waits for, of all that is known of it, in words. */

#include "verdict.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "names.h"

static bool has(const struct pghot_explanation *x, unsigned int attr)
{
	return pghot_has(x->present, attr);
}

__attribute__((format(printf, 3, 4))) static void say(struct pghot_verdict *v, const char *name,
						      const char *fmt, ...)
{
	va_list ap;

	v->name = name;
	va_start(ap, fmt);
	vsnprintf(v->text, sizeof(v->text), fmt, ap);
	va_end(ap);
}

__attribute__((format(printf, 2, 3))) static void advise(struct pghot_verdict *v, const char *fmt,
							 ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(v->commands[v->nr++], PGHOT_VERDICT_COMMAND, fmt, ap);
	va_end(ap);
}

/* Who it is that has a say: "process 12", or who stands in for it. */
static const char *whose(const struct pghot_explanation *x, char *buf, size_t size)
{
	if (has(x, PGHOT_A_EXPLAIN_REFUSED_BY))
		snprintf(buf, size, "of process %u", x->refused_by);
	else
		snprintf(buf, size, "of its owners");
	return buf;
}

static void refused(struct pghot_verdict *v, const struct pghot_explanation *x)
{
	const char *name = pghot_fail_reason_name(x->reason);
	char who[32];

	whose(x, who, sizeof(who));
	switch (x->reason) {
	case PGHOT_FAIL_REASON_POLICY:
		say(v, name, "the mempolicy %s keeps it on node %s, and not on node %u", who,
		    x->policy_nodes[0] ? x->policy_nodes : "-", x->nid);
		if (has(x, PGHOT_A_EXPLAIN_REFUSED_BY))
			advise(v, "grep -v default /proc/%u/numa_maps", x->refused_by);
		break;
	case PGHOT_FAIL_REASON_CPUSET:
		say(v, name, "the cpuset %s allows memory of node %s, and not of node %u", who,
		    x->cpuset_nodes[0] ? x->cpuset_nodes : "-", x->nid);
		if (has(x, PGHOT_A_EXPLAIN_REFUSED_BY))
			advise(v, "cat /proc/%u/cpuset", x->refused_by);
		break;
	case PGHOT_FAIL_REASON_PINNED:
		say(v, name,
		    "it is pinned for DMA, by a device or io_uring: %u references, %u mappings",
		    x->references, x->mappings);
		break;
	case PGHOT_FAIL_REASON_SHARED_EXEC:
		say(v, name,
		    "it is code that is mapped %u times; it stays for the sake of the "
		    "others",
		    x->mappings);
		break;
	case PGHOT_FAIL_REASON_DIRTY:
		say(v, name, "it is of a file, and has not been written back yet");
		advise(v, "sync");
		break;
	case PGHOT_FAIL_REASON_CGROUP:
		say(v, name, "its memory cgroup, or one that this is in, is to take no part");
		advise(v, "pghotctl cgroup show");
		break;
	case PGHOT_FAIL_REASON_BUSY:
		say(v, name,
		    "it is in somebody's hands just now (%u references, %u mappings); it "
		    "is tried again",
		    x->references, x->mappings);
		break;
	default:
		say(v, name ? name : "unknown", "%s",
		    name ? pghot_fail_reason_help(x->reason) : "for a reason that is new");
	}
	/* Promotion would turn to it by itself. */
	if (has(x, PGHOT_A_EXPLAIN_OTHER_NID))
		advise(v, "pghotctl promote %" PRIu64 " --node %u", x->pfn, x->other_nid);
}

/* It waits in a heap, or would; what holds up those who are there? */
static void waiting(struct pghot_verdict *v, const struct pghot_explanation *x,
		    const struct pghot_params *params)
{
	int64_t limit = params->value[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS];

	if (!x->promote) {
		say(v, "promote-off", "nothing is promoted: the parameter promote is off");
		advise(v, "pghotctl set promote=on");
	} else if (!x->room) {
		say(v, "no-memory", "node %u has no room for it; memory is being reclaimed there",
		    x->nid);
		advise(v, "cat /sys/kernel/mm/numa/demotion_enabled");
	} else if (x->rate_limited) {
		say(v, "rate-limit",
		    "the rate limit of %" PRId64 " MiB/s holds promotion to node %u back", limit,
		    x->nid);
		advise(v, "pghotctl set promote-rate-limit-mbps=%" PRId64, limit * 2);
	} else if (x->full && !x->exchange_pages) {
		say(v, "exchange",
		    "node %u is full, and what was sent down for others is accessed %u %% as often "
		    "as what came up: little is exchanged until that changes",
		    x->nid, x->exchange_percent);
		advise(v, "pghotctl set adaptive=off");
	} else if (x->place == PGHOT_QUEUE_PLACE_ARRIVING) {
		say(v, "arriving", "it has just become hot, or is being promoted");
	} else {
		say(v, "queued", "it waits for its turn; %u of %u in the heap are hotter",
		    x->hotter, x->heap_length);
		advise(v, "pghotctl promote %" PRIu64, x->pfn);
	}
}

void pghot_verdict_of(struct pghot_verdict *v, const struct pghot_explanation *x,
		      const struct pghot_params *params)
{
	int64_t floor = params->value[PGHOT_A_PARAM_FREQ_THRESHOLD];

	memset(v, 0, sizeof(*v));
	if (!has(x, PGHOT_A_EXPLAIN_ORDER)) {
		say(v, "gone",
		    "there is no page to promote: the page frame is free, or in use by "
		    "the kernel itself");
	} else if (!has(x, PGHOT_A_EXPLAIN_NID)) {
		say(v, "fast", "it is in fast memory already, or there is no node to promote to");
	} else if (!x->running) {
		say(v, "off", "nothing looks for hot pages: no source is enabled");
		advise(v, "pghotctl source list");
		advise(v, "pghotctl enable hintfault");
	} else if (has(x, PGHOT_A_EXPLAIN_REASON)) {
		refused(v, x);
	} else if (x->place != PGHOT_QUEUE_PLACE_NONE) {
		waiting(v, x, params);
	} else if (!x->tracked) {
		say(v, "untracked", "no records are kept of its node, and nobody has submitted it");
	} else if (!has(x, PGHOT_A_EXPLAIN_FREQ)) {
		say(v, "unseen", "no access to it was seen%s",
		    has(x, PGHOT_A_EXPLAIN_FAILED_REASON) ? " since its promotion failed"
							  : " by the sources that are enabled");
		advise(v, "pghotctl source list");
	} else if (x->freq < x->threshold) {
		say(v, "cold", "it is not hot enough: its frequency is %u, and %u is asked for",
		    x->freq, x->threshold);
		if (x->threshold > floor)
			advise(v, "pghotctl set adaptive=off");
		advise(v, "pghotctl set freq-threshold=%u", x->freq ? x->freq : 1);
	} else {
		say(v, "next",
		    "it is hot enough, and is queued when it is accessed next, or when "
		    "there is room in the heap");
		advise(v, "pghotctl promote %" PRIu64, x->pfn);
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * why.c - the kernel tells facts; lib/verdict says which of them it is that the page waits
 * for
 */
#include <inttypes.h>
#include <stdio.h>

#include "names.h"
#include "state/notice.h"
#include "table/nodes.h"
#include "units.h"
#include "verdict.h"
#include "views/why.h"

static bool has(const struct pghot_explanation *x, unsigned int attr)
{
	return pghot_has(x->present, attr);
}

static void verdict_lines(const struct sample *s, struct lines *l)
{
	struct pghot_verdict v;

	pghot_verdict_of(&v, &s->explanation, &s->params);
	lines_add(l, true, "%s", v.text);
	for (size_t i = 0; i < v.nr; i++)
		lines_add(l, false, "%s  %s",
			  i ? "              " : "see or change:", v.commands[i]);
	lines_add(l, false, "%s", "");
}

static void record_lines(const struct pghot_explanation *x, struct lines *l)
{
	char age[PGHOT_UNIT_LEN], window[PGHOT_UNIT_LEN];

	if (!has(x, PGHOT_A_EXPLAIN_FREQ))
		lines_add(l, false, "record     %s", x->tracked ? "no access was noted" : "none");
	else
		lines_add(l, false,
			  "record     frequency %" PRIu32 ", last access %s ago, halved every %s",
			  x->freq, pghot_format_ms(age, sizeof(age), x->age_ms),
			  pghot_format_ms(window, sizeof(window), x->window_ms));
	if (has(x, PGHOT_A_EXPLAIN_THRESHOLD))
		lines_add(l, false, "threshold  %" PRIu32 " at present", x->threshold);
}

static void queue_lines(const struct pghot_explanation *x, struct lines *l)
{
	const char *place = pghot_queue_place_name(x->place);

	lines_add(l, false, "queue      %s", place ? place : "unknown");
	if (has(x, PGHOT_A_EXPLAIN_HOTTER))
		lines_add(l, false,
			  "           %" PRIu32 " of %" PRIu32 " in the heap are hotter, %" PRIu32
			  " as hot",
			  x->hotter, x->heap_length, x->as_hot);
	if (x->tries || x->waits)
		lines_add(l, false,
			  "           %" PRIu32 " tries failed, had to wait %" PRIu32 " times",
			  x->tries, x->waits);
}

static void rule_lines(const struct pghot_explanation *x, struct lines *l)
{
	const char *help = has(x, PGHOT_A_EXPLAIN_REASON) ? pghot_fail_reason_help(x->reason)
							  : "yes";

	lines_add(l, false, "may move   %s", help ? help : "no, for a reason that is new");
	if (has(x, PGHOT_A_EXPLAIN_MAPPINGS))
		lines_add(l, false, "           mapped %" PRIu32 " times, %" PRIu32 " references",
			  x->mappings, x->references);
	if (has(x, PGHOT_A_EXPLAIN_ASKED))
		lines_add(l, false, "           mempolicy allows nodes %s, cpuset %s",
			  x->policy_nodes, x->cpuset_nodes);
}

static void target_lines(const struct sample *s, struct lines *l, bool raw)
{
	const struct pghot_explanation *x = &s->explanation;
	const struct row_env env = { .page_size = s->page_size, .raw = raw };
	char pages[PGHOT_UNIT_LEN], rate[PGHOT_UNIT_LEN];

	if (!has(x, PGHOT_A_EXPLAIN_NID))
		return;
	lines_add(l, false, "target     node %" PRIu32 ", promotion %s, %s free, %s", x->nid,
		  x->promote ? "on" : "off",
		  format_pages(pages, sizeof(pages), &env, x->free_pages),
		  x->room ? "room for it" : "no room for it");
	lines_add(l, false, "           %s/s promoted%s",
		  format_pages(rate, sizeof(rate), &env, x->promoted_per_sec),
		  x->rate_limited ? ", held back by the rate limit" : "");
	if (x->full)
		lines_add(l, false, "           full: what comes up sends something down");
}

static void failure_lines(const struct pghot_explanation *x, struct lines *l)
{
	char ago[PGHOT_UNIT_LEN];
	const char *help;

	if (!has(x, PGHOT_A_EXPLAIN_FAILED_REASON))
		return;
	help = pghot_fail_reason_help(x->failed_reason);
	lines_add(l, false, "failed     %s ago: %s",
		  pghot_format_ms(ago, sizeof(ago), x->failed_ms), help ? help : "unknown");
}

void why_lines(uint64_t pfn, const struct model *m, bool raw, struct lines *l)
{
	const struct sample *s = &m->sample;
	char text[NOTICE_LEN];

	if (!s->query.explain || s->query.pfn != pfn || s->state != SAMPLE_OK) {
		lines_add(l, false, "%s", "Asking the kernel");
	} else if (s->explain_error.errnum) {
		lines_add(l, true, "%s",
			  failure_notice(&s->explain_error, "no answer", text, sizeof(text)));
	} else if (s->explained) {
		verdict_lines(s, l);
		record_lines(&s->explanation, l);
		queue_lines(&s->explanation, l);
		rule_lines(&s->explanation, l);
		target_lines(s, l, raw);
		failure_lines(&s->explanation, l);
	}
}

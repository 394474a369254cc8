// SPDX-License-Identifier: GPL-2.0-or-later
/* What a page waits for: one fact after the other is put out of the way. */

#include "unit.h"

#include <string.h>

#include "verdict.h"

static struct pghot_explanation x;
static struct pghot_params params;
static struct pghot_verdict v;

static void with(unsigned int attr)
{
	x.present |= 1ULL << attr;
}

static void without(unsigned int attr)
{
	x.present &= ~(1ULL << attr);
}

/* The verdict has that name, and says this, and has a command with that in it. */
static void expect(const char *name, const char *text, const char *command)
{
	bool found = !command;

	pghot_verdict_of(&v, &x, &params);
	assert_string_equal(v.name, name);
	if (!strstr(v.text, text))
		fail_msg("%s: not \"%s\": %s", name, text, v.text);
	for (size_t i = 0; i < v.nr; i++)
		found |= command && strstr(v.commands[i], command);
	if (!found)
		fail_msg("%s: no command %s", name, command);
}

static int begin(void **state)
{
	(void)state;
	memset(&x, 0, sizeof(x));
	memset(&params, 0, sizeof(params));
	params.value[PGHOT_A_PARAM_FREQ_THRESHOLD] = 8;
	params.value[PGHOT_A_PARAM_PROMOTE_RATE_LIMIT_MBPS] = 100;
	x.pfn = 4711;
	return 0;
}

static void in_the_order_of_promotion(void **state)
{
	(void)state;
	expect("gone", "no page", NULL);
	with(PGHOT_A_EXPLAIN_ORDER);
	expect("fast", "fast memory", NULL);
	with(PGHOT_A_EXPLAIN_NID);
	expect("off", "no source", "pghotctl enable");
	x.running = true;
	expect("untracked", "no records", NULL);
	x.tracked = true;
	expect("unseen", "no access", "pghotctl source list");
	with(PGHOT_A_EXPLAIN_FREQ);
	x.freq = 7;
	x.threshold = 8;
	expect("cold", "7, and 8", "pghotctl set freq-threshold=7");
	assert_int_equal(v.nr, 1);
	/* A threshold that has risen by itself. */
	x.threshold = 9;
	expect("cold", "7, and 9", "pghotctl set adaptive=off");
	x.freq = 9;
	expect("next", "hot enough", "pghotctl promote 4711");
	x.place = PGHOT_QUEUE_PLACE_HEAP;
	expect("promote-off", "off", "pghotctl set promote=on");
	x.promote = true;
	expect("no-memory", "no room", NULL);
	x.room = true;
	x.rate_limited = true;
	expect("rate-limit", "100 MiB/s", "pghotctl set promote-rate-limit-mbps=200");
	x.rate_limited = false;
	x.full = true;
	x.exchange_percent = 87;
	expect("exchange", "87 %", "adaptive=off");
	x.exchange_pages = 1;
	x.hotter = 3;
	x.heap_length = 12;
	expect("queued", "3 of 12", "pghotctl promote 4711");
	x.place = PGHOT_QUEUE_PLACE_ARRIVING;
	expect("arriving", "just become hot", NULL);
}

static void by_every_reason(void **state)
{
	(void)state;
	with(PGHOT_A_EXPLAIN_ORDER);
	with(PGHOT_A_EXPLAIN_NID);
	x.running = true;
	/* Whatever else there is: it would not be moved. */
	x.place = PGHOT_QUEUE_PLACE_HEAP;
	with(PGHOT_A_EXPLAIN_REASON);
	strcpy(x.policy_nodes, "1-2");
	strcpy(x.cpuset_nodes, "3");
	x.references = 1026;
	x.mappings = 33;

	x.reason = PGHOT_FAIL_REASON_POLICY;
	expect("policy", "of its owners keeps it on node 1-2", NULL);
	with(PGHOT_A_EXPLAIN_REFUSED_BY);
	x.refused_by = 99;
	expect("policy", "of process 99", "/proc/99/numa_maps");
	x.reason = PGHOT_FAIL_REASON_CPUSET;
	expect("cpuset", "node 3", "/proc/99/cpuset");
	with(PGHOT_A_EXPLAIN_OTHER_NID);
	x.other_nid = 5;
	expect("cpuset", "node 3", "pghotctl promote 4711 --node 5");
	without(PGHOT_A_EXPLAIN_OTHER_NID);
	x.reason = PGHOT_FAIL_REASON_PINNED;
	expect("pinned", "1026 references, 33 mappings", NULL);
	x.reason = PGHOT_FAIL_REASON_SHARED_EXEC;
	expect("shared-exec", "33 times", NULL);
	x.reason = PGHOT_FAIL_REASON_DIRTY;
	expect("dirty", "written back", "sync");
	x.reason = PGHOT_FAIL_REASON_CGROUP;
	expect("cgroup", "no part", "pghotctl cgroup show");
	x.reason = PGHOT_FAIL_REASON_BUSY;
	expect("busy", "tried again", NULL);
	/* One for each that there is, and for those to come. */
	for (x.reason = 0; x.reason < PGHOT_FAIL_REASONS; x.reason++) {
		pghot_verdict_of(&v, &x, &params);
		assert_string_not_equal(v.name, "unknown");
		assert_true(v.text[0]);
	}
	expect("unknown", "new", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(in_the_order_of_promotion, begin),
		cmocka_unit_test_setup(by_every_reason, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

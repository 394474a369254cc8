// SPDX-License-Identifier: GPL-2.0-or-later
/* What filters let pass, and what they say of expressions that are none. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "family.h"
#include "table/filter.h"

static const struct cgroup_name *cgroup(void *ctx, uint64_t ino)
{
	static struct cgroup_name names[] = {
		{ 1, (char *)"/", (char *)"/" },
		{ 2, (char *)"/system.slice/db.service", (char *)"/system.slice/db.service" },
		{ 3, (char *)"/user.slice", (char *)"/user.slice" },
		/* As systemd calls a console, and what anybody may. */
		{ 4, (char *)"/system.slice/system-getty\\x2dtty1.slice",
		  (char *)"/system.slice/system-getty\\\\x2dtty1.slice" },
		{ 5, (char *)"/say \"hi\"\\\\\033", (char *)"/say \"hi\"\\\\\\\\\\x1b" },
	};

	(void)ctx;
	return ino && ino <= sizeof(names) / sizeof(names[0]) ? &names[ino - 1] : NULL;
}

static const struct row_env env = {
	.page_size = 4096,
	.window_ms = 4000,
	.cgroup = cgroup,
};

/* The page that all expressions are tried on. */
static const struct pghot_entry page = {
	.pfn = 0x12345,
	.cgroup_ino = 2,
	.age_ms = 1500,
	.page_flags = PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_MAPPED | PGHOT_PAGE_FLAG_DIRTY,
	.nid = 1,
	.target_nid = 0,
	.freq = 8,
	.sources = 1 << PGHOT_SOURCE_ID_HINTFAULT | 1 << PGHOT_SOURCE_ID_MMSCAN,
	.state = PGHOT_ENTRY_STATE_QUEUED,
};

static bool passes(const char *text, const struct pghot_entry *e)
{
	struct filter_error error;
	struct filter *f;
	bool yes;

	if (filter_parse(&f, ROW_PAGE, text, &error))
		fail_msg("\"%s\": at %zu: %s", text, error.pos, error.text);
	yes = filter_match(f, &env, (struct row){ .page = e }, ROW_PAGE);
	filter_free(f);
	return yes;
}

static void lets_pass(void **state)
{
	static const char *const texts[] = {
		"",
		"  ",
		"node=1",
		"node == 1",
		"node=0,1",
		"target=0",
		"node!=0",
		"freq>=8",
		"freq<=8",
		"freq>7",
		"freq<9",
		"freq=8",
		"freq!=7,9",
		"age<2s",
		"age=1500ms",
		"age>=1.5s",
		"age>1",
		"score>0",
		"score<=100",
		"source=hintfault",
		"source=h",
		"source=hwhint,m",
		"source!=l",
		"type=anon",
		"type=thp,anon",
		"type!=file",
		"flag=dirty",
		"flag=d",
		"flag=queued",
		"flag!=pinned,P",
		"flag=pinned,mapped",
		"cgroup=/system.slice",
		"cgroup=/system.slice/",
		"cgroup=/",
		"cgroup=/system.slice/db.service",
		"cgroup~DB",
		"cgroup!~user",
		"cgroup=/system*",
		"cgroup=\"/system.slice\"",
		"cgroup!=/user.slice,/system",
		"size=4096",
		"size=4K",
		"size<2M",
		"order=0",
		"pfn=0x12345",
		"pfn=74565",
		"addr=0x12345000",
		"not node=0",
		"!node=0",
		"! node = 0",
		"not not node=1",
		"node=1 and freq=8",
		"node=0 or freq=8",
		"node=1&freq=8",
		"node=1&&freq=8",
		"node=0|freq=8",
		"node=0||freq=8",
		"(node=1)",
		"((node=1) and (freq=8))",
		/* "and" binds closer than "or", "not" closer than both. */
		"node=1 or node=0 and freq=0",
		"not node=0 and freq=8",
		"not (node=0 or freq=0)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!passes(texts[i], &page))
			fail_msg("\"%s\" lets the page not pass", texts[i]);
}

/* Compared is the path itself, not the one on the screen. */
static void compares_paths_as_they_are(void **state)
{
	static const char *const getty[] = {
		"cgroup=/system.slice/system-getty\\x2dtty1.slice",
		"cgroup=\"/system.slice/system-getty\\x2dtty1.slice\"",
		/* Copied from the screen, where a backslash is shown as two. */
		"cgroup=\"/system.slice/system-getty\\\\x2dtty1.slice\"",
		"cgroup~getty\\x2dtty",
		"cgroup=/system.slice/system-getty\\x2d*",
		"cgroup=*\\x2dtty[0-9].slice",
		"cgroup!=/system.slice/system-getty\\\\x2dtty1.slice",
		"cgroup=/system.slice",
	};
	static const char *const quotes[] = {
		"cgroup~\"say \\\"hi\\\"\"",
		"cgroup=\"/say \\\"hi\\\"\\\\\\\\\033\"",
		"cgroup~\"\\\"\" and cgroup~\\ and not cgroup~x1b",
		"cgroup=/user.slice,\"/say*\\\"*\"",
	};
	struct pghot_entry e = page;

	(void)state;
	e.cgroup_ino = 4;
	for (size_t i = 0; i < sizeof(getty) / sizeof(getty[0]); i++)
		if (!passes(getty[i], &e))
			fail_msg("\"%s\" lets the page not pass", getty[i]);
	e.cgroup_ino = 5;
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (!passes(quotes[i], &e))
			fail_msg("\"%s\" lets the page not pass", quotes[i]);
}

static void keeps_back(void **state)
{
	static const char *const texts[] = {
		"node=0",
		"node=0,2",
		"node!=1",
		"target=1",
		"freq>8",
		"freq<8",
		"freq>=9",
		"freq!=8",
		"freq!=7,8",
		"age<1s",
		"age>2",
		"score>99",
		"source=lruscan",
		"source!=hintfault",
		"source!=l,h",
		"type=file",
		"type!=anon",
		"flag=pinned",
		"flag!=dirty",
		"flag=hot",
		"cgroup=/system",
		"cgroup=/system.slice/db",
		"cgroup=/user.slice",
		"cgroup~postgres",
		"cgroup!~db",
		"cgroup=*user*",
		"size>4K",
		"order>0",
		"pfn<0x12345",
		"not node=1",
		"node=1 and freq=0",
		"node=0 or freq=0",
		"(node=1 or node=0) and freq=0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (passes(texts[i], &page))
			fail_msg("\"%s\" lets the page pass", texts[i]);
}

/* What is not known is neither equal nor less nor more. */
static void unknown_values(void **state)
{
	struct pghot_entry e = page;

	(void)state;
	e.target_nid = PGHOT_NID_UNKNOWN;
	assert_false(passes("target=0", &e));
	assert_false(passes("target>=0", &e));
	assert_true(passes("target!=0", &e));
	e.cgroup_ino = 0;
	assert_false(passes("cgroup=/", &e));
	assert_true(passes("cgroup!~db", &e));
	/* One that is gone has a number. */
	e.cgroup_ino = 77;
	assert_true(passes("cgroup=#77", &e));
	/* Wider than a number can be shifted, too. */
	for (e.order = 32; e.order; e.order++)
		assert_false(passes("size>0", &e));
}

static void says_what_is_wrong(void **state)
{
	static const struct {
		const char *text;
		size_t pos;
		const char *says;
	} cases[] = {
		{ "nod=1", 0, "no field \"nod\"; there are node, target, freq" },
		{ "node=1 and", 10, "a field is missing before the end" },
		{ "=1", 0, "a field is missing before \"=1\"" },
		{ "node", 4, "an operator such as = is missing after node, before the end" },
		{ "node 1", 5, "before \"1\"" },
		{ "node=", 5, "a value is missing" },
		{ "node=1,", 7, "a value is missing" },
		{ "node=x", 5, "node is compared with a number, not with \"x\"" },
		{ "node=-1", 5, "not with \"-1\"" },
		{ "freq<1,2", 7, "several values go with = and != only" },
		{ "age<2x", 4, "age is compared with a time: 500ms" },
		{ "score>101", 6, "a number from 0 to 100" },
		{ "source=perf", 7, "source is compared with a name or a letter" },
		{ "source<h", 6, "source is compared with = or !=, not with <" },
		{ "type=huge", 5, "anon, thp, file, shmem, ksm, hugetlb, other" },
		{ "type~an", 4, "not with ~" },
		{ "flag=z", 5, "not with \"z\"" },
		{ "cgroup<a", 6, "=, !=, ~ or !~" },
		{ "cgroup=\"a", 7, "the closing \" is missing" },
		{ "cgroup=\"a\\\"", 7, "the closing \" is missing" },
		{ "cgroup=\"a\\", 7, "the closing \" is missing" },
		{ "size=4X", 5, "bytes" },
		{ "(node=1", 0, "the closing ) is missing" },
		{ "node=1)", 6, "there is no ( for this )" },
		{ "()", 1, "a field is missing before \")\"" },
		{ "node=1 freq=2", 7, "\"and\" or \"or\" is missing before \"freq=2\"" },
		{ "node=1 or or freq=2", 10, "no field \"or\"" },
		{ "not", 3, "a field is missing" },
		{ "freq=99999999999999999999", 5, "freq is compared with a number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct filter_error error;
		struct filter *f;

		if (filter_parse(&f, ROW_PAGE, cases[i].text, &error) != -EINVAL)
			fail_msg("\"%s\" is no error", cases[i].text);
		assert_null(f);
		if (error.pos != cases[i].pos || !strstr(error.text, cases[i].says))
			fail_msg("\"%s\": at %zu: %s", cases[i].text, error.pos, error.text);
	}
}

static void too_long_or_too_deep(void **state)
{
	char text[4 * FILTER_LEN];
	struct filter_error error;
	struct filter *f;

	(void)state;
	memset(text, '(', sizeof(text));
	text[FILTER_LEN - 1] = 0;
	assert_int_equal(filter_parse(&f, ROW_PAGE, text, &error), -EINVAL);
	memset(text, '!', FILTER_LEN - 7);
	strcpy(text + FILTER_LEN - 7, "node=1");
	assert_int_equal(filter_parse(&f, ROW_PAGE, text, &error), 0);
	filter_free(f);
	/* As many values as fit. */
	strcpy(text, "node=1");
	for (size_t i = 6; i < FILTER_LEN - 2; i += 2)
		strcpy(text + i, ",1");
	assert_int_equal(filter_parse(&f, ROW_PAGE, text, &error), 0);
	assert_true(filter_match(f, &env, (struct row){ .page = &page }, ROW_PAGE));
	filter_free(f);
	memset(text, ' ', sizeof(text));
	strcpy(text + FILTER_LEN, "node=1");
	assert_int_equal(filter_parse(&f, ROW_PAGE, text, &error), -EINVAL);
	assert_non_null(strstr(error.text, "longer than 255"));
}

#define ANY                   \
	{                     \
		0, FILTER_ANY \
	}

/* What the kernel can be asked for instead. */
static void knows_its_bounds(void **state)
{
	static const struct {
		const char *text;
		struct filter_bounds b;
	} cases[] = {
		{ "", { ANY, ANY, ANY, ANY, true } },
		{ "type=anon", { ANY, ANY, ANY, ANY, false } },
		{ "node=1", { ANY, { 1, 1 }, ANY, ANY, true } },
		{ "node=1,3", { ANY, { 1, 3 }, ANY, ANY, false } },
		{ "node!=1", { ANY, ANY, ANY, ANY, false } },
		{ "target<=2", { ANY, ANY, { 0, 2 }, ANY, true } },
		{ "freq>=8", { { 8, FILTER_ANY }, ANY, ANY, ANY, true } },
		{ "freq>8 and freq<20", { { 9, 19 }, ANY, ANY, ANY, true } },
		{ "freq>4 and freq>9", { { 10, FILTER_ANY }, ANY, ANY, ANY, true } },
		{ "freq>4 or freq>9", { { 5, FILTER_ANY }, ANY, ANY, ANY, false } },
		{ "freq=8,5", { { 5, 8 }, ANY, ANY, ANY, false } },
		{ "freq>4 or node=1", { ANY, ANY, ANY, ANY, false } },
		{ "not freq>4", { ANY, ANY, ANY, ANY, false } },
		{ "node=1 and (freq>=3 and type=anon)",
		  { { 3, FILTER_ANY }, { 1, 1 }, ANY, ANY, false } },
		{ "pfn>=0x100 and pfn<0x200", { ANY, ANY, ANY, { 0x100, 0x1ff }, true } },
		{ "pfn=1 or pfn=9", { ANY, ANY, ANY, { 1, 9 }, false } },
		{ "addr>=0x1000 and addr<0x3000", { ANY, ANY, ANY, { 1, 2 }, true } },
		{ "addr>0x1001 and addr<=0x3001", { ANY, ANY, ANY, { 2, 3 }, true } },
		{ "addr=0x2000", { ANY, ANY, ANY, { 2, 2 }, true } },
		/* Nothing can pass; a range from more to less is not for the kernel. */
		{ "addr=0x2001", { ANY, ANY, ANY, ANY, false } },
		{ "pfn<0", { ANY, ANY, ANY, ANY, false } },
		{ "freq>9 and freq<5", { ANY, ANY, ANY, ANY, false } },
		{ "freq>9 and freq<5 or freq=7", { { 7, 7 }, ANY, ANY, ANY, false } },
		{ "pfn>18446744073709551615", { ANY, ANY, ANY, ANY, false } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct filter_bounds *want = &cases[i].b;
		struct filter_error error;
		struct filter_bounds b;
		struct filter *f;

		assert_int_equal(filter_parse(&f, ROW_PAGE, cases[i].text, &error), 0);
		filter_bounds(f, 4096, &b);
		if (memcmp(&b.freq, &want->freq, sizeof(b.freq)) ||
		    memcmp(&b.node, &want->node, sizeof(b.node)) ||
		    memcmp(&b.target, &want->target, sizeof(b.target)) ||
		    memcmp(&b.pfn, &want->pfn, sizeof(b.pfn)) || b.exact != want->exact)
			fail_msg("\"%s\"", cases[i].text);
		filter_free(f);
	}
}

/* Bytes at random never do more than fail. */
static void anything_typed(void **state)
{
	static const char *const parts[] = {
		"node", "freq", "cgroup", "=",	 "!=", "<",    "~",    "1",  "0x",
		"\"",	"(",	")",	  "and", "or", "not",  "!",    "&",  "|",
		",",	" ",	"\xff",	  "*",	 "[",  "type", "anon", "\t", "\\",
	};
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		struct filter_error error;
		char text[FILTER_LEN] = "";
		struct filter *f;

		for (int k = 0; k < 12; k++) {
			seed = seed * 1664525 + 1013904223;
			strcat(text, parts[(seed >> 9) % (sizeof(parts) / sizeof(parts[0]))]);
		}
		if (filter_parse(&f, ROW_PAGE, text, &error)) {
			assert_true(error.pos <= strlen(text));
			assert_true(error.text[0]);
		} else {
			filter_match(f, &env, (struct row){ .page = &page }, ROW_PAGE);
			filter_free(f);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_pass),	      cmocka_unit_test(compares_paths_as_they_are),
		cmocka_unit_test(keeps_back),	      cmocka_unit_test(unknown_values),
		cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(too_long_or_too_deep),
		cmocka_unit_test(knows_its_bounds),   cmocka_unit_test(anything_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

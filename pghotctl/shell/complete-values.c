// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The values that an argument may have. Where they are countless, the hint says
 * what is accepted.
 */

#include "shell/complete-values.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cgroup.h"
#include "names.h"
#include "params.h"
#include "units.h"

/* More nodes than any machine with two tiers has. */
#define NODES_SHOWN 1024

struct query {
	struct completion *c;
	const char *root;
	const struct arg *arg;
	const struct given *given;
	const char *prefix;
	const char *typed;
};

static void add(const struct query *q, const char *word, const char *help, bool open)
{
	completion_add(q->c, q->typed, q->prefix, word, help, open);
}

__attribute__((format(printf, 2, 3))) static void hint(const struct query *q, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(q->c->hint, sizeof(q->c->hint), fmt, ap);
	va_end(ap);
}

/* Was @word given for this argument already? */
static bool was_given(const struct query *q, const char *word)
{
	for (size_t i = 0; i < q->given->nr; i++) {
		if (q->given->words[i].arg == q->arg && !strcmp(q->given->words[i].text, word))
			return true;
	}
	return false;
}

/* ---- from the program ---------------------------------------------------- */

static bool source_was_given(const struct query *q, const struct pghot_source_name *src)
{
	for (size_t i = 0; i < q->given->nr; i++) {
		if (q->given->words[i].arg == q->arg &&
		    pghot_source_by_name(q->given->words[i].text) == src)
			return true;
	}
	return false;
}

static void add_sources(const struct query *q)
{
	const struct pghot_source_name *src;

	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		if (source_was_given(q, src))
			continue;
		add(q, src->name, src->help, false);
		for (const char *const *a = src->aliases; *a; a++)
			add(q, *a, src->help, false);
	}
	if (q->arg->flags & ARG_OR_ALL && !was_given(q, "all"))
		add(q, "all", "all that are enabled", false);
}

static void add_words(const struct query *q)
{
	for (const char *const *w = q->arg->words; *w; w++) {
		if (!was_given(q, *w))
			add(q, *w, NULL, false);
	}
}

/* What stands before the last comma stays, and is not offered again. */
static void add_list(const struct query *q)
{
	const char *list = q->typed + strlen(q->prefix);
	const char *comma = strrchr(list, ',');
	char before[512];

	snprintf(before, sizeof(before), "%.*s", comma ? (int)(comma + 1 - q->typed) : 0, q->typed);
	if (!comma)
		snprintf(before, sizeof(before), "%s", q->prefix);
	for (const char *const *w = q->arg->words; *w; w++) {
		size_t len = strlen(*w);
		bool there = false;

		for (const char *at = list; comma && at <= comma; at += strcspn(at, ",") + 1)
			there |= strcspn(at, ",") == len && !strncmp(at, *w, len);
		if (!there)
			completion_add(q->c, q->typed, before, *w, NULL, true);
	}
}

static void add_params(const struct query *q)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (!was_given(q, desc->name))
			add(q, desc->name, desc->help, false);
	}
}

/* ---- from the machine ---------------------------------------------------- */

static int nodes(const char *root, unsigned int *list)
{
	char path[PATH_MAX];
	struct dirent *e;
	int nr = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/sys/devices/system/node", root);
	dir = opendir(path);
	while (dir && (e = readdir(dir)) && nr < NODES_SHOWN) {
		int end = 0;

		if (sscanf(e->d_name, "node%u%n", &list[nr], &end) == 1 && !e->d_name[end])
			nr++;
	}
	if (dir)
		closedir(dir);
	return nr;
}

static int compare_numbers(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return x < y ? -1 : x > y;
}

static void add_nodes(const struct query *q)
{
	unsigned int list[NODES_SHOWN];
	int nr = nodes(q->root, list);

	qsort(list, (size_t)nr, sizeof(list[0]), compare_numbers);
	for (int i = 0; i < nr; i++) {
		char word[16];

		snprintf(word, sizeof(word), "%u", list[i]);
		if (!was_given(q, word))
			add(q, word, "node", false);
	}
	hint(q, "a node");
}

/* The page frames of each node, which is what a range usually is about. */
static void add_ranges(const struct query *q)
{
	uint64_t start[NODES_SHOWN] = { 0 }, end[NODES_SHOWN] = { 0 };
	unsigned int nid = NODES_SHOWN;
	unsigned long long n, spanned = 0;
	char path[PATH_MAX], *line = NULL;
	size_t alloc = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/proc/zoneinfo", q->root);
	f = fopen(path, "re");
	while (f && getline(&line, &alloc, f) > 0) {
		if (sscanf(line, "Node %u, zone", &nid) == 1)
			spanned = 0;
		else if (sscanf(line, " spanned %llu", &n) == 1)
			spanned = n;
		else if (sscanf(line, " start_pfn: %llu", &n) == 1 && spanned &&
			 nid < NODES_SHOWN) {
			if (!end[nid] || n < start[nid])
				start[nid] = n;
			if (n + spanned > end[nid])
				end[nid] = n + spanned;
		}
	}
	free(line);
	if (f)
		fclose(f);
	for (nid = 0; nid < NODES_SHOWN; nid++) {
		char word[64], help[32];

		if (!end[nid])
			continue;
		snprintf(word, sizeof(word), "%#" PRIx64 "-%#" PRIx64, start[nid], end[nid] - 1);
		snprintf(help, sizeof(help), "node %u", nid);
		add(q, word, help, false);
	}
	hint(q, "page frames, START-END with END included, or START+COUNT");
}

static int sort_by_name(const void *a, const void *b)
{
	return strcmp(((const struct candidate *)a)->word, ((const struct candidate *)b)->word);
}

/* Names below @top that continue @typed, which is relative to it. */
static void add_names(const struct query *q, const char *top, bool only_directories)
{
	const char *name = q->typed + strlen(q->prefix);
	const char *slash = strrchr(name, '/');
	size_t first = q->c->nr;
	char path[PATH_MAX], before[PATH_MAX], in[PATH_MAX];
	struct dirent *e;
	DIR *dir;

	snprintf(in, sizeof(in), "%.*s", slash ? (int)(slash + 1 - name) : 0, name);
	if (snprintf(before, sizeof(before), "%s%s", q->prefix, in) >= (int)sizeof(before) ||
	    snprintf(path, sizeof(path), "%s%s", top, in) >= (int)sizeof(path))
		return;
	dir = opendir(path[0] ? path : ".");
	while (dir && (e = readdir(dir))) {
		struct stat st;
		char word[NAME_MAX + 2];
		bool directory;

		/* As shells do: hidden ones only for who types the point. */
		if (e->d_name[0] == '.' && (!slash ? name[0] != '.' : slash[1] != '.'))
			continue;
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		directory = !fstatat(dirfd(dir), e->d_name, &st, 0) && S_ISDIR(st.st_mode);
		if (only_directories && !directory)
			continue;
		snprintf(word, sizeof(word), "%s%s", e->d_name, directory ? "/" : "");
		completion_add(q->c, q->typed, before, word, NULL, directory);
	}
	if (dir)
		closedir(dir);
	if (q->c->nr > first)
		qsort(q->c->at + first, q->c->nr - first, sizeof(*q->c->at), sort_by_name);
}

static void add_cgroups(const struct query *q)
{
	struct pghot_cgroups *cgs;
	char top[PATH_MAX];

	hint(q, "path of a cgroup, such as /system.slice");
	cgs = pghot_cgroups_open(NULL);
	if (!cgs)
		return;
	if (pghot_cgroups_usable(cgs)) {
		bool absolute = q->typed[strlen(q->prefix)] == '/';

		snprintf(top, sizeof(top), "%s%s%s", q->root, pghot_cgroups_root(cgs),
			 absolute ? "" : "/");
		add_names(q, top, true);
	}
	pghot_cgroups_close(cgs);
}

/* ---- assignments --------------------------------------------------------- */

/* The source that stands before what is assigned to it. */
static const struct pghot_source_name *source_before(const struct given *given)
{
	for (size_t i = 0; i < given->nr; i++) {
		if (given->words[i].arg->type == ARG_SOURCE)
			return pghot_source_by_name(given->words[i].text);
	}
	return NULL;
}

static bool was_assigned(const struct query *q, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < q->given->nr; i++) {
		const char *text = q->given->words[i].text;

		if (q->given->words[i].arg == q->arg && !strncmp(text, name, len) &&
		    text[len] == '=')
			return true;
	}
	return false;
}

static void add_name(const struct query *q, const char *name, const char *help)
{
	char word[80];

	snprintf(word, sizeof(word), "%s=", name);
	if (!was_assigned(q, name))
		add(q, word, help, true);
}

static void add_assigned(const struct query *q, const char *name,
			 const struct pghot_param_desc *desc)
{
	char prefix[96], accepts[64];
	struct query value = *q;

	snprintf(prefix, sizeof(prefix), "%s%s=", q->prefix, name);
	value.prefix = prefix;
	if (!desc || desc->unit == PGHOT_UNIT_BOOL) {
		add(&value, "on", NULL, false);
		add(&value, "off", NULL, false);
	} else if (desc->unit == PGHOT_UNIT_NODE) {
		add_nodes(&value);
		add(&value, "-1", "the nearest", false);
	}
	hint(q, "%s: %s", name,
	     desc ? pghot_param_accepts(desc, accepts, sizeof(accepts)) : "on or off");
}

static void add_assignments(const struct query *q, const struct pghot_source_name *source)
{
	const char *name = q->typed + strlen(q->prefix);
	size_t len = strcspn(name, "=");
	const struct pghot_param_desc *desc;
	bool value = name[len] == '=';

	if (source && !value)
		add_name(q, "enabled", "on or off");
	else if (source && len == strlen("enabled") && !strncmp(name, "enabled", len))
		add_assigned(q, "enabled", NULL);
	for (unsigned int i = 0;
	     (desc = source ? pghot_source_param_at(source->id, i) : pghot_param_at(i)); i++) {
		const char *names[] = { desc->name, desc->alias };

		if (!value)
			add_name(q, desc->name, desc->help);
		for (int n = 0; value && n < 2; n++) {
			if (names[n] && len == strlen(names[n]) && !strncmp(name, names[n], len))
				add_assigned(q, names[n], desc);
		}
	}
}

/* -------------------------------------------------------------------------- */

static void hint_number(const struct query *q)
{
	char lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];

	if (q->arg->type == ARG_COUNT)
		hint(q, "%s: %" PRIu64 " to %" PRIu64, q->arg->name, q->arg->min, q->arg->max);
	else
		hint(q, "%s: %s to %s, in seconds or with a unit", q->arg->name,
		     pghot_format_ms(lo, sizeof(lo), q->arg->min),
		     pghot_format_ms(hi, sizeof(hi), q->arg->max));
}

void complete_value(struct completion *c, const char *root, const struct arg *arg,
		    const struct given *given, const char *prefix, const char *typed)
{
	struct query q = {
		.c = c,
		.root = root,
		.arg = arg,
		.given = given,
		.prefix = prefix,
		.typed = typed,
	};
	const struct pghot_source_name *source;

	switch (arg->type) {
	case ARG_FLAG:
	case ARG_COMMAND:
		break;
	case ARG_COUNT:
	case ARG_SECONDS:
		hint_number(&q);
		break;
	case ARG_NODE:
		add_nodes(&q);
		break;
	case ARG_PFN:
		hint(&q, "a page frame number, decimal or 0x…");
		break;
	case ARG_ADDRESS:
		hint(&q, "a virtual address, decimal or 0x…");
		break;
	case ARG_PFN_RANGE:
		add_ranges(&q);
		break;
	case ARG_SOURCE:
		add_sources(&q);
		break;
	case ARG_WORD:
		add_words(&q);
		break;
	case ARG_WORDS:
		add_list(&q);
		break;
	case ARG_PARAM:
		add_params(&q);
		break;
	case ARG_PARAM_ASSIGN:
		add_assignments(&q, NULL);
		break;
	case ARG_SOURCE_ASSIGN:
		source = source_before(given);
		if (source)
			add_assignments(&q, source);
		break;
	case ARG_FILE:
		add_names(&q, "", false);
		hint(&q, "name of a file");
		break;
	case ARG_CGROUP:
		add_cgroups(&q);
		break;
	case ARG_PROGRAM:
		hint(&q, "a program, and its arguments");
		break;
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures of memory cgroups, for who asks for them: each cgroup is a label of its own, and
 * who collects metrics pays for every one that there ever was.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cgroup.h"
#include "commands/metrics.h"
#include "jsontext.h"
#include "names.h"
#include "printable.h"

static int cmp_more(const void *lhs, const void *rhs)
{
	const struct pghot_cgroup_state *l = lhs, *r = rhs;

	if (l->promoted != r->promoted)
		return l->promoted > r->promoted ? -1 : 1;
	return (l->ino > r->ino) - (l->ino < r->ino);
}

/* What to call it, to free(). */
static char *name_of(struct pghot_cgroups *cgroups, uint64_t ino)
{
	const char *path = pghot_cgroup_path(cgroups, ino);
	char number[32];

	if (path)
		return pghot_utf8_valid(path);
	/* Removed just now, or not to be seen from here. */
	snprintf(number, sizeof(number), "inode %llu", (unsigned long long)ino);
	return pghot_utf8_valid(number);
}

int metrics_take_cgroups(struct ctx *ctx, const struct call *call, struct cgroup_figures *f)
{
	const struct value *most = call_get(call, "--cgroups");
	struct pghot_cgroups *cgroups;
	int ret;

	*f = (struct cgroup_figures){ 0 };
	if (!most)
		return STATUS_OK;
	ret = query_cgroups(ctx, &f->list);
	if (ret)
		return ret;
	f->asked = true;
	f->all = f->list.nr;
	if (f->list.nr)
		qsort(f->list.at, f->list.nr, sizeof(*f->list.at), cmp_more);
	if (f->list.nr > most->number)
		f->list.nr = (size_t)most->number;
	f->names = calloc(f->list.nr + 1, sizeof(*f->names));
	cgroups = pghot_cgroups_open(NULL);
	if (!f->names || !cgroups)
		ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	for (size_t i = 0; !ret && i < f->list.nr; i++) {
		f->names[i] = name_of(cgroups, f->list.at[i].ino);
		if (!f->names[i])
			ret = fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	}
	pghot_cgroups_close(cgroups);
	return ret;
}

void metrics_free_cgroups(struct cgroup_figures *f)
{
	for (size_t i = 0; f->names && i < f->list.nr; i++)
		free(f->names[i]);
	free(f->names);
	free(f->list.at);
}

static uint64_t promoted_of(const struct pghot_cgroup_state *cg)
{
	return cg->promoted;
}

static uint64_t demoted_of(const struct pghot_cgroup_state *cg)
{
	return cg->demoted;
}

static uint64_t returned_of(const struct pghot_cgroup_state *cg)
{
	return cg->returned;
}

static void write_pages(struct sink *s, const struct cgroup_figures *f, const char *name,
			const char *help, uint64_t (*field)(const struct pghot_cgroup_state *cg),
			uint64_t page_size)
{
	metric_family(s, name, COUNTER, "bytes", help);
	for (size_t i = 0; i < f->list.nr; i++)
		metric_number(s, "cgroup", f->names[i], field(&f->list.at[i]) * page_size);
}

static void write_failed(struct sink *s, const struct cgroup_figures *f, uint64_t page_size)
{
	metric_family(s, "pghot_cgroup_failed_bytes", COUNTER, "bytes",
		      "Hot memory of the cgroup that was not promoted, by reason");
	for (size_t i = 0; i < f->list.nr; i++) {
		for (unsigned int r = 0; r < PGHOT_FAIL_REASONS; r++) {
			struct label labels[] = {
				{ "cgroup", f->names[i] },
				{ "reason", pghot_fail_reason_name(r) },
			};
			uint64_t pages = f->list.at[i].failed.pages[r];

			metric_sample(s, labels, 2, pghot_json_u64(pages * page_size));
		}
	}
}

static void write_told(struct sink *s, const struct cgroup_figures *f)
{
	metric_family(s, "pghot_cgroup_promote", GAUGE, NULL,
		      "0 when pages of the cgroup are not to be promoted");
	for (size_t i = 0; i < f->list.nr; i++)
		metric_number(s, "cgroup", f->names[i], f->list.at[i].effective_promote);
	metric_family(s, "pghot_cgroup_share_ratio", GAUGE, "ratio",
		      "What the cgroup can have of what is promoted per second");
	for (size_t i = 0; i < f->list.nr; i++) {
		struct label label = { "cgroup", f->names[i] };

		metric_sample(s, &label, 1, json_real(f->list.at[i].effective_share / 100.0));
	}
}

void metrics_of_cgroups(struct sink *s, const struct cgroup_figures *f, uint64_t page_size)
{
	if (!f->asked)
		return;
	metric_family(s, "pghot_cgroups", GAUGE, NULL,
		      "Memory cgroups of which something is known, told here or not");
	metric_number(s, NULL, NULL, f->all);
	write_pages(s, f, "pghot_cgroup_promoted_bytes",
		    "Memory of the cgroup and all below that was promoted", promoted_of, page_size);
	write_pages(s, f, "pghot_cgroup_demoted_bytes",
		    "Memory of the cgroup and all below that made room in the top tier", demoted_of,
		    page_size);
	write_pages(s, f, "pghot_cgroup_returned_bytes",
		    "Memory that was promoted less than a minute after its demotion", returned_of,
		    page_size);
	write_failed(s, f, page_size);
	write_told(s, f);
}

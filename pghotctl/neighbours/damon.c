// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which actions of schemes matter (enum damos_action of Linux 6.12; later ones have no
 * more that move pages between nodes):
 *  migrate_hot   promotes, or demotes what is hot: what pghot is for
 *  migrate_cold  demotes, where pghot cannot see that it was demotion: migrate_pages() has
 *                MR_DAMON for it, and pghot follows MR_DEMOTION; to a fast node, it undoes
 *                demotion
 *  pageout       reclaims without demotion (reclaim_pages() sets no_demotion): what would
 *                have gone to the slow node, where pghot finds it when it is used again,
 *                goes to swap
 * And which do not: cold, lru_prio and lru_deprio sort LRU lists, so that demotion chooses
 * otherwise, and no page changes its node; hugepage, nohugepage and willneed are advice;
 * stat only counts. Monitoring as such clears the accessed bit of one page per region and
 * sample, of a thousand regions at most as a rule, and pghot tells DAMON of the bits that
 * it clears itself: neither loses anything that counts.
 */

#include "neighbours/damon.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "system/system.h"
#include "system/tiers.h"
#include "units.h"

#define KDAMONDS "/sys/kernel/mm/damon/admin/kdamonds"

/* More than anybody has; each costs some reads. */
#define KDAMONDS_MAX 256
#define SCHEMES_MAX  256

/* All paths here, with numbers in full length. */
#define DAMON_PATH 128

static const char pageout_does[] =
	"what it finds cold is reclaimed to swap, and not demoted to where pghot finds it again";

struct look {
	const char *root;
	struct neighbours *n;
	struct pghot_info *tiers; /* NULL when they are not known */
	char off[NEIGHBOUR_TEXT]; /* command that stops the thread */
	unsigned int kdamond;
};

/* Return: number in a file, 0 when there is none; *err is set. */
static unsigned int read_count(const char *root, const char *path, unsigned int max, int *err)
{
	char line[32];
	uint64_t v = 0;

	*err = system_read(root, path, line, sizeof(line));
	if (!*err)
		*err = pghot_parse_u64(line, &v);
	return v > max ? max : (unsigned int)v;
}

/* Return: 1 for a node of the top tier, 0 for one below it, -1 when that is not known. */
static int is_top(const struct pghot_info *tiers, int64_t nid)
{
	for (unsigned int i = 0; tiers && i < tiers->nr_tiers; i++) {
		if (tiers->tiers[i].nid == nid)
			return tiers->tiers[i].toptier;
	}
	return -1;
}

static void take_migration(struct look *l, unsigned int scheme, bool hot,
			   const char path[DAMON_PATH])
{
	char file[DAMON_PATH + 32], line[32], where[64] = "other nodes";
	unsigned int nr;
	int64_t nid = -1;
	int err, top = -1;

	/* Since Linux 6.17 several nodes can be given, with weights. */
	snprintf(file, sizeof(file), "%s/dests/nr_dests", path);
	nr = read_count(l->root, file, UINT_MAX, &err);
	if (nr) {
		snprintf(where, sizeof(where), "%u nodes", nr);
	} else {
		snprintf(file, sizeof(file), "%s/target_nid", path);
		err = system_read(l->root, file, line, sizeof(line));
		if (!err && !pghot_parse_s64(line, &nid)) {
			/* Of no node it moves nothing. */
			if (nid < 0)
				return;
			top = is_top(l->tiers, nid);
			snprintf(where, sizeof(where), "node %lld%s", (long long)nid,
				 top < 0 ? ""
				 : top	 ? ", the top tier"
					 : ", a lower tier");
		}
	}
	if (hot && top)
		neighbour_add(l->n, "damon-migrates", NEIGHBOUR_CONFLICT, l->off,
			      "scheme %u of kdamond %u is migrate_hot to %s: DAMON promotes beside "
			      "pghot, whose threshold and rate limit do not bind it",
			      scheme, l->kdamond, where);
	else if (hot)
		neighbour_add(
			l->n, "damon-migrates", NEIGHBOUR_CONFLICT, l->off,
			"scheme %u of kdamond %u is migrate_hot to %s: pghot brings back what "
			"DAMON sends there",
			scheme, l->kdamond, where);
	else if (top == 1)
		neighbour_add(l->n, "damon-migrates", NEIGHBOUR_CONFLICT, l->off,
			      "scheme %u of kdamond %u is migrate_cold to %s: cold pages take the "
			      "room that pghot promotes to",
			      scheme, l->kdamond, where);
	else
		neighbour_add(l->n, "damon-migrates", NEIGHBOUR_CAVEAT, l->off,
			      "scheme %u of kdamond %u is migrate_cold to %s: DAMON demotes, and "
			      "pghot cannot tell from it whether its exchange of pages pays",
			      scheme, l->kdamond, where);
}

static void take_scheme(struct look *l, unsigned int scheme, const char path[DAMON_PATH])
{
	char file[DAMON_PATH + 32], action[64];
	int err;

	snprintf(file, sizeof(file), "%s/action", path);
	err = system_read(l->root, file, action, sizeof(action));
	if (err) {
		neighbour_unreadable(l->n, "damon-hidden", file, err, "whether DAMON moves pages");
		return;
	}
	if (!strcmp(action, "migrate_hot"))
		take_migration(l, scheme, true, path);
	else if (!strcmp(action, "migrate_cold"))
		take_migration(l, scheme, false, path);
	else if (!strcmp(action, "pageout"))
		neighbour_add(l->n, "damon-reclaims", NEIGHBOUR_CAVEAT, l->off,
			      "scheme %u of kdamond %u is pageout: %s", scheme, l->kdamond,
			      pageout_does);
}

/* A kdamond has at most one context, as of Linux 7.2. */
static void take_kdamond(struct look *l)
{
	char path[DAMON_PATH], line[32];
	unsigned int nr = 0;
	int err;

	snprintf(path, sizeof(path), KDAMONDS "/%u/state", l->kdamond);
	snprintf(l->off, sizeof(l->off), "echo off > %s", path);
	err = system_read(l->root, path, line, sizeof(line));
	if (!err && strcmp(line, "on"))
		return;
	if (!err) {
		snprintf(path, sizeof(path), KDAMONDS "/%u/contexts/0/schemes/nr_schemes",
			 l->kdamond);
		nr = read_count(l->root, path, SCHEMES_MAX, &err);
	}
	/* It is on without a context while somebody takes that away. */
	if (err == -ENOENT)
		return;
	if (err) {
		neighbour_unreadable(l->n, "damon-hidden", path, err, "whether DAMON moves pages");
		return;
	}
	for (unsigned int i = 0; i < nr; i++) {
		snprintf(path, sizeof(path), KDAMONDS "/%u/contexts/0/schemes/%u", l->kdamond, i);
		take_scheme(l, i, path);
	}
}

static void take_kdamonds(struct look *l, const struct processes *seen)
{
	unsigned int nr;
	int err;

	nr = read_count(l->root, KDAMONDS "/nr_kdamonds", KDAMONDS_MAX, &err);
	/* Only root may read it. That no thread of DAMON runs can be seen by all. */
	if (err && err != -ENOENT && err != -SYSTEM_NOT_MOUNTED && (seen->kdamonds || seen->hidden))
		neighbour_unreadable(l->n, "damon-hidden", KDAMONDS "/nr_kdamonds", err,
				     "whether DAMON moves pages");
	for (l->kdamond = 0; l->kdamond < nr; l->kdamond++)
		take_kdamond(l);
}

/* clang-format off */
static const struct {
	const char *path;
	const char *cause;
	enum neighbour_severity severity;
	const char *what;
	const char *does;
} modules[] = {
	{ "/sys/module/damon_reclaim/parameters/enabled", "damon-reclaims", NEIGHBOUR_CAVEAT,
	  "DAMON_RECLAIM is on", pageout_does },
	/* samples/damon/mtier.c, whose parameter has had two names. */
	{ "/sys/module/damon_sample_mtier/parameters/enabled", "damon-migrates", NEIGHBOUR_CONFLICT,
	  "the sample module mtier of DAMON is on", "it promotes and demotes beside pghot" },
	{ "/sys/module/mtier/parameters/enable", "damon-migrates", NEIGHBOUR_CONFLICT,
	  "the sample module mtier of DAMON is on", "it promotes and demotes beside pghot" },
};
/* clang-format on */

static void take_modules(struct look *l, const struct processes *seen)
{
	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		char line[32], off[NEIGHBOUR_TEXT];
		bool on = false;
		int err = system_read(l->root, modules[i].path, line, sizeof(line));

		if (err == -EACCES && (seen->kdamonds || seen->hidden))
			neighbour_unreadable(l->n, "damon-hidden", modules[i].path, err,
					     "whether it is on");
		if (!err)
			on = line[0] == 'Y' || line[0] == 'y' || line[0] == '1';
		if (!on)
			continue;
		snprintf(off, sizeof(off), "echo N > %s", modules[i].path);
		neighbour_add(l->n, modules[i].cause, modules[i].severity, off, "%s: %s",
			      modules[i].what, modules[i].does);
	}
}

void look_at_damon(const char *root, const struct processes *seen, struct neighbours *n)
{
	struct look l = { .root = root, .n = n, .tiers = calloc(1, sizeof(*l.tiers)) };

	if (l.tiers && tiers_read(root, l.tiers)) {
		free(l.tiers);
		l.tiers = NULL;
	}
	take_kdamonds(&l, seen);
	take_modules(&l, seen);
	free(l.tiers);
}

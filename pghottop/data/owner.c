// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/owner.h"
#include "data/rate.h"
#include "printable.h"

void owners_clear(struct owners *o)
{
	for (size_t i = 0; i < o->nr; i++) {
		free(o->at[i].path);
		free(o->at[i].shown);
	}
	o->nr = 0;
	o->hot_from = 0;
}

void owners_release(struct owners *o)
{
	owners_clear(o);
	free(o->at);
	memset(o, 0, sizeof(*o));
}

static struct owner *append(struct owners *o)
{
	struct owner *own;

	if (o->nr == o->max) {
		size_t max = o->max ? 2 * o->max : 64;
		struct owner *at = reallocarray(o->at, max, sizeof(*at));

		if (!at)
			return NULL;
		o->at = at;
		o->max = max;
	}
	own = &o->at[o->nr++];
	*own = (struct owner){
		.parent = NO_PARENT,
		.promoted_per_s = RATE_UNKNOWN,
		.demoted_per_s = RATE_UNKNOWN,
	};
	return own;
}

int owners_add(struct owners *o, uint64_t ino, uint64_t hot, uint64_t warm)
{
	/* What comes in a row is mostly of one cgroup. */
	struct owner *own = o->nr && o->at[o->nr - 1].ino == ino ? &o->at[o->nr - 1] : append(o);

	if (!own)
		return -ENOMEM;
	own->ino = ino;
	own->own_hot += hot;
	own->own_warm += warm;
	return 0;
}

static int show(struct owner *own)
{
	size_t size;

	if (!own->path)
		return 0;
	size = strlen(own->path) * PGHOT_PRINTABLE_MAX + 1;
	own->shown = malloc(size);
	if (!own->shown)
		return -ENOMEM;
	pghot_printable(own->shown, size, own->path);
	own->leaf = own->shown;
	return 0;
}

int owners_put(struct owners *o, const struct owner *own, const char *name)
{
	struct owner *to = append(o), new = *own;

	if (!to)
		return -ENOMEM;
	new.parent = to->parent;
	new.promoted_per_s = new.demoted_per_s = RATE_UNKNOWN;
	new.shown = NULL;
	new.path = strdup(name);
	*to = new;
	return new.path ? show(to) : -ENOMEM;
}

/* A slash is before all else, so that what is below a cgroup follows it at once. */
static int compare_paths(const char *a, const char *b)
{
	/* The root is above all. */
	if (!a[1] || !b[1])
		return (a[1] != 0) - (b[1] != 0);
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return 0;
	if (!*a || !*b)
		return *a ? 1 : -1;
	if (*a == '/' || *b == '/')
		return *a == '/' ? -1 : 1;
	return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

int owner_compare(const struct owner *a, const struct owner *b)
{
	if (!a->path != !b->path)
		return a->path ? -1 : 1;
	if (a->path)
		return compare_paths(a->path, b->path);
	return a->ino < b->ino ? -1 : a->ino > b->ino;
}

static int by_ino(const void *a, const void *b)
{
	const struct owner *oa = a, *ob = b;

	return oa->ino < ob->ino ? -1 : oa->ino > ob->ino;
}

static int by_path(const void *a, const void *b)
{
	return owner_compare(a, b);
}

bool owner_under(const char *path, const char *above)
{
	size_t len = strlen(above);

	if (!path)
		return false;
	return !above[1] || (!strncmp(path, above, len) && (!path[len] || path[len] == '/'));
}

/* Those that are the same become one; they stand together. */
static void merge(struct owners *o, int (*compare)(const void *, const void *))
{
	size_t nr = 0;

	if (!o->nr)
		return;
	qsort(o->at, o->nr, sizeof(o->at[0]), compare);
	for (size_t i = 1; i < o->nr; i++) {
		struct owner *to = &o->at[nr], *from = &o->at[i];

		if (compare(to, from)) {
			o->at[++nr] = *from;
			continue;
		}
		to->own_hot += from->own_hot;
		to->own_warm += from->own_warm;
		if (!to->ino)
			to->ino = from->ino;
		free(from->path);
	}
	o->nr = nr + 1;
}

/* Those above @path that nothing is charged to, too. */
static int add_above(struct owners *o, const char *path, size_t len)
{
	struct owner *own;

	while (len > 1) {
		while (path[len - 1] != '/')
			len--;
		/* The slash goes as well, but for that of the root. */
		len -= len > 1;
		own = append(o);
		if (!own)
			return -ENOMEM;
		own->path = strndup(path, len);
		if (!own->path)
			return -ENOMEM;
	}
	return 0;
}

static int find_paths(struct owners *o, const char *(*path)(void *ctx, uint64_t ino), void *ctx)
{
	size_t nr = o->nr;

	for (size_t i = 0; i < nr; i++) {
		const char *found = o->at[i].ino ? path(ctx, o->at[i].ino) : NULL;

		/* Whoever made a recording may have written anything. */
		if (!found || *found != '/')
			continue;
		o->at[i].path = strdup(found);
		if (!o->at[i].path || add_above(o, o->at[i].path, strlen(found)))
			return -ENOMEM;
	}
	return 0;
}

static void link_tree(struct owners *o)
{
	for (size_t i = 0; i < o->nr; i++) {
		struct owner *own = &o->at[i];
		size_t above = i ? i - 1 : NO_PARENT;

		own->hot = own->own_hot;
		own->warm = own->own_warm;
		while (own->path && above != NO_PARENT &&
		       !owner_under(own->path, o->at[above].path))
			above = o->at[above].parent;
		if (!own->path || above == NO_PARENT)
			continue;
		own->parent = above;
		own->depth = o->at[above].depth + 1;
	}
	for (size_t i = o->nr; i--;) {
		struct owner *own = &o->at[i], *above;

		if (own->parent == NO_PARENT)
			continue;
		above = &o->at[own->parent];
		above->below += 1 + own->below;
		above->hot += own->hot;
		above->warm += own->warm;
	}
}

int owners_finish(struct owners *o, const char *(*path)(void *ctx, uint64_t ino), void *ctx)
{
	int err;

	/* Asked for once, however many parts there were. */
	merge(o, by_ino);
	err = find_paths(o, path, ctx);
	if (err)
		return err;
	merge(o, by_path);
	for (size_t i = 0; !err && i < o->nr; i++) {
		err = show(&o->at[i]);
		if (!err && o->at[i].path && o->at[i].path[1])
			o->at[i].leaf = strrchr(o->at[i].shown, '/') + 1;
	}
	link_tree(o);
	return err;
}

void owners_rates(struct owners *o, const struct owners *before, double seconds)
{
	size_t k = 0;

	for (size_t i = 0; i < o->nr; i++) {
		struct owner *own = &o->at[i];
		const struct owner *old;

		own->promoted_per_s = own->demoted_per_s = RATE_UNKNOWN;
		if (!before || !own->counted)
			continue;
		while (k < before->nr && owner_compare(&before->at[k], own) < 0)
			k++;
		old = k < before->nr ? &before->at[k] : NULL;
		/* Another one may have the name by now. */
		if (!old || !old->counted || owner_compare(old, own) || old->ino != own->ino)
			continue;
		if (seconds > 0) {
			own->promoted_per_s = counter_rate(own->promoted, old->promoted, seconds);
			own->demoted_per_s = counter_rate(own->demoted, old->demoted, seconds);
		} else {
			own->promoted_per_s = old->promoted_per_s;
			own->demoted_per_s = old->demoted_per_s;
		}
	}
}

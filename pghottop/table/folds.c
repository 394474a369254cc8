// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "table/folds.h"

/* Where a path is, or belongs: they are in order. */
static size_t position(const struct folds *f, const char *path, bool *found)
{
	size_t lo = 0, hi = f->nr;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int diff = strcmp(f->path[mid], path);

		if (!diff) {
			*found = true;
			return mid;
		}
		if (diff < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*found = false;
	return lo;
}

bool folds_has(const struct folds *f, const char *path)
{
	bool found = false;

	if (f && path)
		position(f, path, &found);
	return found;
}

void folds_set(struct folds *f, const char *path, bool on)
{
	bool found;
	size_t at = position(f, path, &found);
	char *copy;

	if (found == on)
		return;
	if (!on) {
		free(f->path[at]);
		f->nr--;
		memmove(&f->path[at], &f->path[at + 1], (f->nr - at) * sizeof(*f->path));
		return;
	}
	if (f->nr == f->max) {
		size_t max = f->max ? 2 * f->max : 16;
		char **array = reallocarray(f->path, max, sizeof(*array));

		if (!array)
			return;
		f->path = array;
		f->max = max;
	}
	copy = strdup(path);
	if (!copy)
		return;
	memmove(&f->path[at + 1], &f->path[at], (f->nr - at) * sizeof(*f->path));
	f->path[at] = copy;
	f->nr++;
}

void folds_release(struct folds *f)
{
	for (size_t i = 0; i < f->nr; i++)
		free(f->path[i]);
	free(f->path);
	memset(f, 0, sizeof(*f));
}

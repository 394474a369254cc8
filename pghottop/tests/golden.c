// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "golden.h"

#define FILE_MAX 65536

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text;
	size_t len;

	if (!f)
		return NULL;
	text = calloc(1, FILE_MAX);
	assert_non_null(text);
	len = fread(text, 1, FILE_MAX - 1, f);
	assert_true(len < FILE_MAX - 1);
	fclose(f);
	return text;
}

void golden_check(const char *name, char *got)
{
	const char *dir = getenv("PGHOTTOP_GOLDEN");
	char path[512], *expected;

	assert_non_null(dir);
	assert_non_null(got);
	snprintf(path, sizeof(path), "%s/%s.txt", dir, name);
	if (getenv("PGHOTTOP_UPDATE_GOLDEN")) {
		FILE *f = fopen(path, "w");

		assert_non_null(f);
		assert_true(fputs(got, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	expected = read_file(path);
	if (!expected)
		fail_msg("no golden file %s", path);
	if (strcmp(got, expected))
		fail_msg("%s is now\n%s\ninstead of\n%s", name, got, expected);
	free(expected);
	free(got);
}

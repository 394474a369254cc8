// SPDX-License-Identifier: GPL-2.0-or-later

#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "unit.h"

char tree_root[32];

int tree_make(void **state)
{
	(void)state;
	strcpy(tree_root, "/tmp/pghot-unit-XXXXXX");
	return mkdtemp(tree_root) ? 0 : -1;
}

int tree_remove(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", tree_root);
	return system(command);
}

void tree_put(const char *path, const char *text)
{
	char whole[256];
	FILE *f;

	snprintf(whole, sizeof(whole), "%s%s", tree_root, path);
	for (char *c = whole + strlen(tree_root) + 1; *c; c++) {
		if (*c == '/') {
			*c = '\0';
			mkdir(whole, 0700);
			*c = '/';
		}
	}
	f = fopen(whole, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

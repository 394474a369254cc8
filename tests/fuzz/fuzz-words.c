// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of batch files and of the shell: split, and quoted again they are the same. */

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A word that is quoted stands for itself. */
static void check_quote(const char *word)
{
	char *quoted = words_quote(word, WORDS_COMPLETE);
	struct words w;

	assert(quoted);
	assert(!words_split(&w, quoted));
	assert(w.nr == 1 && !strcmp(w.argv[0], word));
	words_free(&w);
	free(quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = malloc(size + 1);
	struct words w;
	int ret;

	if (!line)
		return 0;
	memcpy(line, data, size);
	line[size] = '\0';
	ret = words_split(&w, line);
	assert(!ret || ret == -EINVAL);
	assert(!ret == (w.end == WORDS_COMPLETE));
	for (int i = 0; i < w.nr; i++) {
		assert(w.span[i].start < w.span[i].end && w.span[i].end <= strlen(line));
		check_quote(w.argv[i]);
	}
	assert(!w.nr || !w.argv[w.nr]);
	words_free(&w);
	free(line);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words of a command line, one per line of the input: parsed, refused in words, and
 * completed at each place.
 */

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline/parse.h"
#include "commands/table.h"
#include "output/failure.h"
#include "shell/complete.h"

#define WORDS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct failure *f, int status)
{
	assert(status == STATUS_OK || status == STATUS_USAGE);
	/* A refusal says what is wrong, and how it is right. */
	assert(!status || (f->status == STATUS_USAGE && f->message[0] && f->usage[0]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct call call;
	char *text = malloc(size + 1), *words[WORDS_MAX], *save, *word;
	struct completion c;
	struct failure f;
	int nr = 0;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (word = strtok_r(text, "\n", &save); word && nr < WORDS_MAX;
	     word = strtok_r(NULL, "\n", &save))
		words[nr++] = word;
	check(&f, parse(&command_table, pghot_param_at, nr, words, NULL, &call, &f));
	for (int i = 0; i < nr; i++) {
		complete(&c, &command_table, "/nonexistent", i, words, words[i]);
		for (size_t n = 0; n < c.nr; n++)
			assert(!strncmp(c.at[n].word, words[i], strlen(words[i])));
		completion_free(&c);
	}
	free(text);
	return 0;
}

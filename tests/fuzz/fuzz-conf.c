// SPDX-License-Identifier: GPL-2.0-or-later
/* Settings of pghot.conf(5): read, and each value written as it would be saved. */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char value[24], name[48];
	struct failure f = { 0 };
	struct conf conf = { 0 };
	/* Not terminated: the length is all that the parser may go by. */
	char *text = malloc(size ? size : 1);
	int status;

	if (!text)
		return 0;
	memcpy(text, data, size);
	status = conf_parse(text, size, "fuzz", &conf, &f);
	assert(status == STATUS_OK || (status == STATUS_USAGE && f.message[0]));
	for (size_t i = 0; !status && i < conf.nr; i++) {
		const struct conf_setting *s = &conf.at[i];

		assert(s->desc && s->line);
		assert(s->value >= s->desc->min && s->value <= s->desc->max);
		conf_value(s->desc, s->value, value, sizeof(value));
		conf_section_name(s->section, s->source, name, sizeof(name));
	}
	conf_free(&conf);
	free(text);
	return 0;
}

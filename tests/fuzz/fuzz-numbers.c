// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Numbers as people and sysfs write them: with units, lists of nodes, formats of the fields of
 * an event; and bytes of strangers that are made printable.
 */

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "printable.h"
#include "system/pmu.h"
#include "system/tiers.h"
#include "units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_node(unsigned int nid, void *data)
{
	unsigned int *nr = data;

	assert(nid < PGHOT_NODES_MAX);
	++*nr;
}

static void check_printable(const char *text)
{
	char line[64], *valid = pghot_utf8_valid(text);

	pghot_printable(line, sizeof(line), text);
	assert(memchr(line, '\0', sizeof(line)));
	for (const char *c = line; *c; c++)
		assert((unsigned char)*c >= ' ' && *c != 0x7f);
	if (!valid)
		return;
	for (const char *c = valid; *c; c += pghot_utf8_len(c))
		assert(pghot_utf8_len(c));
	free(valid);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	uint64_t config[3] = { 0 }, u;
	unsigned int nodes = 0;
	int64_t s;
	bool b;
	int ret;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	pghot_parse_u64(text, &u);
	pghot_parse_s64(text, &s);
	pghot_parse_count(text, &u);
	pghot_parse_ms(text, 1, &u);
	pghot_parse_ms(text, 1000, &u);
	pghot_parse_size(text, 1 << 20, &u);
	pghot_parse_bool(text, &b);
	ret = tiers_parse_list(text, take_node, &nodes);
	assert(!ret || ret == -EINVAL);
	ret = pmu_set_term(text, 5, config);
	assert(!ret || ret == -EINVAL || ret == -ERANGE);
	check_printable(text);
	free(text);
	return 0;
}

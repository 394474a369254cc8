// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "batch/verdict.h"
#include "screen/say.h"
#include "setup/options.h"
#include "state/notice.h"

int verdict_of_error(const struct pghot_error *error)
{
	return error->errnum == EPERM || error->errnum == EACCES ? EXIT_NOT_PERMITTED : EXIT_FAILED;
}

int verdict_of_sample(const struct sample *s)
{
	char text[NOTICE_LEN];

	switch (s->state) {
	case SAMPLE_NO_FAMILY:
		say_error("%s", absence_notice(s, text, sizeof(text)));
		return EXIT_UNSUPPORTED;
	case SAMPLE_FAILED:
		say_error("%s", failure_notice(&s->error, "pghot", text, sizeof(text)));
		return verdict_of_error(&s->error);
	default:
		return EXIT_DONE;
	}
}

int verdict_of_node(const struct sample *s, int nid)
{
	char list[8 * PGHOT_NODES_MAX] = "";
	size_t used = 0;

	if (s->state != SAMPLE_OK || nid == ALL_NODES || sample_node(s, nid))
		return EXIT_DONE;
	for (size_t i = 0; i < s->nr_nodes && used < sizeof(list); i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s %" PRIu32,
					 i ? "," : "", s->nodes[i].nid);
	say_error("-N: no node %d with memory; there %s%s", nid, s->nr_nodes == 1 ? "is" : "are",
		  list);
	return EXIT_USAGE;
}

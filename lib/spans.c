// SPDX-License-Identifier: GPL-2.0-or-later

#include "spans.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A zone of /proc/zoneinfo: it has "spanned" some lines before "start_pfn". */
struct zone {
	bool known;
	uint32_t nid;
	uint64_t spanned;
};

int pghot_spans_read(const char *path, pghot_rec_span_fn fn, void *data)
{
	FILE *f = fopen(path ? path : "/proc/zoneinfo", "re");
	struct zone zone = { 0 };
	char line[256];
	int ret = 0;

	if (!f)
		return -errno;
	while (!ret && fgets(line, sizeof(line), f)) {
		uint64_t value;
		uint32_t nid;

		if (sscanf(line, "Node %" SCNu32 ", zone", &nid) == 1) {
			zone = (struct zone){ .known = true, .nid = nid };
		} else if (sscanf(line, " spanned %" SCNu64, &value) == 1) {
			zone.spanned = value;
		} else if (zone.known && sscanf(line, " start_pfn: %" SCNu64, &value) == 1) {
			struct pghot_span span = {
				.nid = zone.nid,
				.start = value,
				.end = value + zone.spanned,
			};

			/* An empty zone starts nowhere. */
			if (zone.spanned && span.end > span.start)
				ret = fn(&span, data);
			zone.known = false;
		}
	}
	if (!ret && ferror(f))
		ret = -EIO;
	fclose(f);
	return ret;
}

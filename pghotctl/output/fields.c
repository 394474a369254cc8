// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/fields.h"

#include <stdio.h>
#include <string.h>

#include "names.h"

enum field {
	FIELD_PFN,
	FIELD_ADDRESS,
	FIELD_NID,
	FIELD_TARGET_NID,
	FIELD_FREQ,
	FIELD_AGE_MS,
	FIELD_PAGES,
	FIELD_SOURCES,
	FIELD_STATE,
	FIELD_TYPE,
	FIELD_FLAGS,
	FIELD_CGROUP_INO,
	FIELD_CGROUP,
	NR_FIELDS,
};

/* clang-format off */
const char *const field_names[] = {
	"pfn", "address", "nid", "target_nid", "freq", "age_ms", "pages", "sources", "state",
	"type", "flags", "cgroup_ino", "cgroup", NULL
};

static const struct {
	struct column column;
	bool on_request; /* people see it only then */
} fields[] = {
	[FIELD_PFN] = { { "pfn", "PFN", UNIT_HEX, .width = 10 } },
	[FIELD_ADDRESS] = { { "address", "ADDRESS", UNIT_HEX, .width = 14 }, true },
	[FIELD_NID] = { { "nid", "NODE", .width = 4 } },
	[FIELD_TARGET_NID] = { { "target_nid", "TO", .width = 3 } },
	[FIELD_FREQ] = { { "freq", "FREQ", .width = 4 } },
	[FIELD_AGE_MS] = { { "age_ms", "AGE", UNIT_MS, .width = 8 } },
	[FIELD_PAGES] = { { "pages", "SIZE", UNIT_PAGES, .width = 8 } },
	[FIELD_SOURCES] = { { "sources", "SRC", .left = true, .width = 4 } },
	[FIELD_STATE] = { { "state", "STATE", .left = true, .width = 10 } },
	[FIELD_TYPE] = { { "type", "TYPE", .left = true, .width = 7 } },
	[FIELD_FLAGS] = { { "flags", "FLAGS", .left = true, .width = 32 }, true },
	[FIELD_CGROUP_INO] = { { "cgroup_ino", "CGROUP-INO", .width = 10 }, true },
	[FIELD_CGROUP] = { { "cgroup", "CGROUP", .left = true } },
};
/* clang-format on */

_Static_assert(sizeof(field_names) / sizeof(field_names[0]) == NR_FIELDS + 1, "a name for each");
_Static_assert(NR_FIELDS <= FIELDS_MAX, "room for all");

static void add(struct field_set *set, unsigned int id, bool shown)
{
	struct column *c = &set->columns[set->nr];

	*c = fields[id].column;
	if (!shown)
		c->title = NULL;
	set->id[set->nr++] = id;
}

void fields_all(struct field_set *set)
{
	set->nr = 0;
	for (unsigned int id = 0; id < NR_FIELDS; id++)
		add(set, id, !fields[id].on_request);
}

static bool has(const struct field_set *set, unsigned int id)
{
	for (size_t i = 0; i < set->nr; i++) {
		if (set->id[i] == id)
			return true;
	}
	return false;
}

void fields_named(struct field_set *set, const char *list)
{
	set->nr = 0;
	while (*list) {
		size_t len = strcspn(list, ",");

		for (unsigned int id = 0; id < NR_FIELDS; id++) {
			if (strlen(field_names[id]) == len &&
			    !strncmp(field_names[id], list, len) && !has(set, id))
				add(set, id, true);
		}
		list += len + (list[len] == ',');
	}
}

/* ---- cells --------------------------------------------------------------- */

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

/* The names of the bits that are set, separated by commas. */
static const char *names_text(const struct out *o, uint64_t mask, const char *(*name)(unsigned int),
			      char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	if (o->json)
		return buf;
	for (unsigned int i = 0; name(i) && used < size; i++) {
		if (mask >> i & 1)
			used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? "," : "",
						 name(i));
	}
	return buf;
}

static void cell(struct out *o, unsigned int id, const struct pghot_entry *e,
		 struct pghot_cgroups *cgroups)
{
	char text[192];

	switch ((enum field)id) {
	case FIELD_PFN:
		cell_u64(o, e->pfn);
		break;
	case FIELD_ADDRESS:
		cell_u64(o, e->pfn * o->page_size);
		break;
	case FIELD_NID:
		cell_u64(o, e->nid);
		break;
	case FIELD_TARGET_NID:
		if (e->target_nid == PGHOT_NID_UNKNOWN)
			cell_none(o);
		else
			cell_u64(o, e->target_nid);
		break;
	case FIELD_FREQ:
		cell_u64(o, e->freq);
		break;
	case FIELD_AGE_MS:
		cell_u64(o, e->age_ms);
		break;
	case FIELD_PAGES:
		cell_u64(o, e->order < 64 ? 1ULL << e->order : 0);
		break;
	case FIELD_SOURCES:
		cell_names(o, e->sources, source_name,
			   pghot_sources_letters(text, sizeof(text), e->sources));
		break;
	case FIELD_STATE:
		cell_names(o, e->state, pghot_entry_state_name,
			   names_text(o, e->state, pghot_entry_state_name, text, sizeof(text)));
		break;
	case FIELD_TYPE:
		cell_str(o, pghot_page_type(e->page_flags));
		break;
	case FIELD_FLAGS:
		cell_names(o, e->page_flags, pghot_page_flag_name,
			   names_text(o, e->page_flags, pghot_page_flag_name, text, sizeof(text)));
		break;
	case FIELD_CGROUP_INO:
		cell_u64(o, e->cgroup_ino);
		break;
	case FIELD_CGROUP:
		cell_str(o, pghot_cgroup_path(cgroups, e->cgroup_ino));
		break;
	case NR_FIELDS:
		break;
	}
}

void fields_row(const struct field_set *set, struct out *o, const struct pghot_entry *e,
		struct pghot_cgroups *cgroups)
{
	for (size_t i = 0; i < set->nr; i++)
		cell(o, set->id[i], e, cgroups);
	out_row_end(o);
}

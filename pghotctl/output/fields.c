// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/fields.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "digits.h"
#include "names.h"
#include "printable.h"
#include "units.h"

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
	char *key = set->layout[set->nr].key, *to = key;

	*c = fields[id].column;
	*to++ = set->nr ? ',' : '{';
	*to++ = '"';
	to = stpcpy(to, c->key);
	*to++ = '"';
	*to++ = ':';
	set->layout[set->nr].key_len = (size_t)(to - key);
	set->layout[set->nr].width = out_column_width(c);
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

/* ---- values --------------------------------------------------------------- */

enum kind {
	NUMBER,
	NOTHING, /* null, and "-" */
	WORD, /* one of ours: it is printable and needs no escaping */
	NAMES, /* of the bits in number */
	LETTERS, /* the same of sources, which are letters in text */
	STRING, /* of others; NULL as NOTHING */
};

typedef const char *(*name_fn)(unsigned int bit);

/* What a field is, whoever reads it. */
struct value {
	enum kind kind;
	uint64_t number;
	const char *text;
	name_fn name;
};

static const char *source_name(unsigned int id)
{
	const struct pghot_source_name *src = pghot_source_by_id(id);

	return src ? src->name : NULL;
}

static inline struct value value_of(unsigned int id, const struct pghot_entry *e,
				    uint32_t page_size, struct pghot_cgroups *cgroups)
{
	struct value v = { .kind = NUMBER };

	switch ((enum field)id) {
	case FIELD_PFN:
		v.number = e->pfn;
		break;
	case FIELD_ADDRESS:
		v.number = e->pfn * page_size;
		break;
	case FIELD_NID:
		v.number = e->nid;
		break;
	case FIELD_TARGET_NID:
		v.kind = e->target_nid == PGHOT_NID_UNKNOWN ? NOTHING : NUMBER;
		v.number = e->target_nid;
		break;
	case FIELD_FREQ:
		v.number = e->freq;
		break;
	case FIELD_AGE_MS:
		v.number = e->age_ms;
		break;
	case FIELD_PAGES:
		v.number = e->order < 64 ? 1ULL << e->order : 0;
		break;
	case FIELD_SOURCES:
		v = (struct value){ LETTERS, e->sources, NULL, source_name };
		break;
	case FIELD_STATE:
		v = (struct value){ NAMES, e->state, NULL, pghot_entry_state_name };
		break;
	case FIELD_TYPE:
		v = (struct value){ WORD, 0, pghot_page_type(e->page_flags), NULL };
		break;
	case FIELD_FLAGS:
		v = (struct value){ NAMES, e->page_flags, NULL, pghot_page_flag_name };
		break;
	case FIELD_CGROUP_INO:
		v.number = e->cgroup_ino;
		break;
	case FIELD_CGROUP:
		v = (struct value){ STRING, 0, pghot_cgroup_path(cgroups, e->cgroup_ino), NULL };
		break;
	case NR_FIELDS:
		break;
	}
	return v;
}

/*
 * The names of the bits that are set, separated by commas, each in quotes or not. They have no
 * gaps: behind the first that is not known there are no more. Return: where they end.
 */
static char *put_names(char *to, uint64_t mask, name_fn name_of, bool quotes)
{
	const char *name;
	char *begin = to;

	for (; mask && (name = name_of((unsigned int)__builtin_ctzll(mask))); mask &= mask - 1) {
		if (quotes)
			*to++ = '"';
		to = stpcpy(to, name);
		if (quotes)
			*to++ = '"';
		*to++ = ',';
	}
	return to > begin ? to - 1 : to;
}

/* ---- rows ----------------------------------------------------------------- */

/* Room for one field, but for a string in JSON: all flags with their names, or a cell of text. */
#define FIELD_ROOM (2 * CELL_MAX)

_Static_assert(FIELD_ROOM < ROW_TEXT_BYTES, "room for a field");

static inline char *put_json(char *to, const struct value *v)
{
	switch (v->kind) {
	case NUMBER:
		return pghot_put_u64(to, v->number);
	case WORD:
		*to++ = '"';
		to = stpcpy(to, v->text);
		*to++ = '"';
		return to;
	case NAMES:
	case LETTERS:
		*to++ = '[';
		to = put_names(to, v->number, v->name, true);
		*to++ = ']';
		return to;
	case NOTHING:
	case STRING:
		break;
	}
	return stpcpy(to, "null");
}

static void json_row(const struct field_set *set, struct out *o, struct row_text *r,
		     const struct pghot_entry *e, struct pghot_cgroups *cgroups)
{
	char *to;

	for (size_t i = 0; i < set->nr; i++) {
		struct value v = value_of(set->id[i], e, o->page_size, cgroups);

		to = row_text_room(r, o->file, FIELD_ROOM);
		/* All of it, which is quicker than to look how much that is. */
		memcpy(to, set->layout[i].key, FIELD_KEY_MAX);
		to += set->layout[i].key_len;
		if (v.kind != STRING)
			to = put_json(to, &v);
		row_text_upto(r, to);
		if (v.kind == STRING)
			row_text_string(r, o->file, v.text);
	}
	to = row_text_room(r, o->file, 1);
	*to++ = '}';
	row_text_upto(r, to);
}

static inline char *put_number(char *to, const struct out *o, uint64_t v, enum unit unit)
{
	if (unit == UNIT_HEX)
		return pghot_put_hex(to, v);
	if (unit == UNIT_NONE || o->raw)
		return pghot_put_u64(to, v);
	return to + strlen(out_format(o, v, unit, to));
}

static inline char *put_text(char *to, const struct out *o, const struct value *v, enum unit unit)
{
	switch (v->kind) {
	case NUMBER:
		return put_number(to, o, v->number, unit);
	case WORD:
		return stpcpy(to, v->text);
	case NAMES:
		return put_names(to, v->number, v->name, false);
	case LETTERS:
		pghot_sources_letters(to, FIELD_ROOM, (uint32_t)v->number);
		return to + strlen(to);
	case STRING:
		if (v->text)
			return to + pghot_printable(to, CELL_MAX, v->text);
		break;
	case NOTHING:
		break;
	}
	return stpcpy(to, "-");
}

/* Copies all that @from has room for: that is quicker than to copy the few bytes that count. */
static inline void put_blanks(char *to, size_t nr)
{
	static const char some[] = "                                ";

	if (nr < sizeof(some))
		memcpy(to, some, sizeof(some));
	else
		memset(to, ' ', nr);
}

/* A cell at the right of its column: a number. */
static inline char *put_right(char *to, size_t blanks, size_t width, const struct out *o,
			      const struct value *v, enum unit unit)
{
	char number[PGHOT_UNIT_LEN];
	size_t len = (size_t)(put_text(number, o, v, unit) - number);

	if (len < width)
		blanks += width - len;
	put_blanks(to, blanks);
	memcpy(to + blanks, number, sizeof(number));
	return to + blanks + len;
}

/* A line: what a cell at the left does not fill waits until there is something behind it. */
static void text_row(const struct field_set *set, struct out *o, struct row_text *r,
		     const struct pghot_entry *e, struct pghot_cgroups *cgroups)
{
	size_t blanks = 0;
	char *to;

	for (size_t i = 0; i < set->nr; i++) {
		const struct column *column = &set->columns[i];
		size_t width = set->layout[i].width, len;
		struct value v;

		/* What nobody sees need not be made. */
		if (!column->title)
			continue;
		v = value_of(set->id[i], e, o->page_size, cgroups);
		blanks += 2;
		to = row_text_room(r, o->file, blanks + width + FIELD_ROOM);
		if (!column->left) {
			row_text_upto(r, put_right(to, blanks, width, o, &v, column->unit));
			blanks = 0;
			continue;
		}
		put_blanks(to, blanks);
		to += blanks;
		len = (size_t)(put_text(to, o, &v, column->unit) - to);
		if (len) {
			row_text_upto(r, to + len);
			blanks = 0;
		}
		if (len < width)
			blanks += width - len;
	}
	to = row_text_room(r, o->file, 1);
	*to++ = '\n';
	row_text_upto(r, to);
}

void fields_row(const struct field_set *set, struct out *o, const struct pghot_entry *e,
		struct pghot_cgroups *cgroups)
{
	struct row_text *r = out_stream_row(o);

	if (o->json)
		json_row(set, o, r, e, cgroups);
	else
		text_row(set, o, r, e, cgroups);
	out_stream_row_end(o);
}

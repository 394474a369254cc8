// SPDX-License-Identifier: GPL-2.0-or-later
/* What the words of a command line stand for, and what is wrong with those that do not. */

#include "cmdline/parse-value.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "units.h"

int parse_usage(struct parser *p, const char *about)
{
	if (about)
		snprintf(p->f->attribute, sizeof(p->f->attribute), "%s", about);
	if (p->call->cmd)
		command_synopsis(p->call->cmd, p->f->usage, sizeof(p->f->usage));
	return STATUS_USAGE;
}

void parse_did_you_mean(struct failure *f, const struct suggestion *s)
{
	if (s->word)
		fail_hint(f, "did you mean %s?", s->word);
}

static int bad_number(struct parser *p, const struct arg *arg, const char *text, int err,
		      const char *accepted)
{
	if (err == -ERANGE)
		fail_with(p->f, STATUS_USAGE, 0, "%s: %s is out of range, accepted: %s", arg->name,
			  text, accepted);
	else
		fail_with(p->f, STATUS_USAGE, 0, "%s: cannot read \"%s\", accepted: %s", arg->name,
			  text, accepted);
	return parse_usage(p, arg->name);
}

static int take_count(struct parser *p, struct value *v)
{
	char accepted[64];
	int err;

	snprintf(accepted, sizeof(accepted), "%" PRIu64 " to %" PRIu64, v->arg->min, v->arg->max);
	err = pghot_parse_count(v->text, &v->number);
	if (!err && (v->number < v->arg->min || v->number > v->arg->max))
		err = -ERANGE;
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_seconds(struct parser *p, struct value *v)
{
	char accepted[96], lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];
	int err;

	snprintf(accepted, sizeof(accepted), "%s to %s, in seconds or with a unit",
		 pghot_format_ms(lo, sizeof(lo), v->arg->min),
		 pghot_format_ms(hi, sizeof(hi), v->arg->max));
	err = pghot_parse_ms(v->text, 1000, &v->number);
	if (!err && (v->number < v->arg->min || v->number > v->arg->max))
		err = -ERANGE;
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_node(struct parser *p, struct value *v)
{
	char accepted[64];
	int err = pghot_parse_u64(v->text, &v->number);

	if (!err && v->number >= PGHOT_NODES_MAX)
		err = -ERANGE;
	snprintf(accepted, sizeof(accepted), "a node from 0 to %d", PGHOT_NODES_MAX - 1);
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_pfn(struct parser *p, struct value *v)
{
	int err = pghot_parse_u64(v->text, &v->number);

	return err ? bad_number(p, v->arg, v->text, err, "a page frame number, decimal or 0x…") : 0;
}

static int take_address(struct parser *p, struct value *v)
{
	int err = pghot_parse_u64(v->text, &v->number);

	return err ? bad_number(p, v->arg, v->text, err, "a virtual address, decimal or 0x…") : 0;
}

static int take_range(struct parser *p, struct value *v)
{
	static const char *const accepted = "START-END or START+COUNT, decimal or 0x…";
	size_t len = strcspn(v->text, "-+");
	char start[32];
	int err;

	if (!v->text[len] || len >= sizeof(start))
		return bad_number(p, v->arg, v->text, -EINVAL, accepted);
	snprintf(start, sizeof(start), "%.*s", (int)len, v->text);
	err = pghot_parse_u64(start, &v->number);
	if (!err)
		err = pghot_parse_u64(v->text + len + 1, &v->end);
	if (!err && v->text[len] == '+' &&
	    (!v->end || __builtin_add_overflow(v->number, v->end - 1, &v->end)))
		err = -ERANGE;
	if (err)
		return bad_number(p, v->arg, v->text, err, accepted);
	if (v->end < v->number) {
		fail_with(p->f, STATUS_USAGE, 0, "%s: %s ends before it starts", v->arg->name,
			  v->text);
		return parse_usage(p, v->arg->name);
	}
	return 0;
}

static int take_source(struct parser *p, struct value *v)
{
	const struct pghot_source_name *src;
	struct suggestion s = { 0 };
	char list[160] = "";
	size_t used = 0;

	if (v->arg->flags & ARG_OR_ALL && !strcmp(v->text, "all")) {
		v->all = true;
		return 0;
	}
	v->source = pghot_source_by_name(v->text);
	if (v->source)
		return 0;
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		suggest(&s, v->text, src->name);
		for (const char *const *a = src->aliases; *a; a++)
			suggest(&s, v->text, *a);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", src->name);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown source: %s, accepted: %s%s", v->text, list,
		  v->arg->flags & ARG_OR_ALL ? ", all" : "");
	parse_did_you_mean(p->f, &s);
	return parse_usage(p, v->arg->name);
}

static int take_word(struct parser *p, struct value *v)
{
	struct suggestion s = { 0 };
	char list[160] = "";
	size_t used = 0;

	for (unsigned int i = 0; v->arg->words[i]; i++) {
		if (!strcmp(v->arg->words[i], v->text)) {
			v->number = i;
			return 0;
		}
		suggest(&s, v->text, v->arg->words[i]);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", v->arg->words[i]);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown word: %s, accepted: %s", v->text, list);
	parse_did_you_mean(p->f, &s);
	return parse_usage(p, v->arg->name);
}

/* Each word is looked for as if it stood alone. */
static int take_words(struct parser *p, struct value *v)
{
	uint64_t mask = 0;
	const char *at = v->text;

	for (;;) {
		size_t len = strcspn(at, ",");
		char word[64];
		struct value one = { .arg = v->arg, .text = word };
		int err;

		snprintf(word, sizeof(word), "%.*s", (int)(len < 63 ? len : 63), at);
		err = take_word(p, &one);
		if (err)
			return err;
		mask |= 1ULL << one.number;
		if (!at[len])
			break;
		at += len + 1;
	}
	v->number = mask;
	return 0;
}

static int take_path(struct parser *p, struct value *v)
{
	if (v->text[0])
		return 0;
	fail_with(p->f, STATUS_USAGE, 0, "%s: the name is empty", v->arg->name);
	return parse_usage(p, v->arg->name);
}

/* Parameters of the subsystem, or with @source those of a source. */
static const struct pghot_param_desc *
param_at(const struct parser *p, const struct pghot_source_name *source, unsigned int i)
{
	return source ? pghot_source_param_at(source->id, i) : p->param_at(i);
}

static const struct pghot_param_desc *
find_param(const struct parser *p, const struct pghot_source_name *source, const char *name)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = param_at(p, source, i)); i++) {
		if (!strcmp(desc->name, name) || (desc->alias && !strcmp(desc->alias, name)))
			return desc;
	}
	return NULL;
}

static int unknown_param(struct parser *p, const struct pghot_source_name *source, const char *name)
{
	const struct pghot_param_desc *desc;
	struct suggestion s = { 0 };
	char list[256] = "";
	size_t used = 0;

	if (source) {
		suggest(&s, name, "enabled");
		used = (size_t)snprintf(list, sizeof(list), "enabled");
	}
	for (unsigned int i = 0; (desc = param_at(p, source, i)); i++) {
		suggest(&s, name, desc->name);
		if (desc->alias)
			suggest(&s, name, desc->alias);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", desc->name);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown parameter: %s, accepted: %s", name, list);
	parse_did_you_mean(p->f, &s);
	return parse_usage(p, name);
}

static int take_param(struct parser *p, struct value *v)
{
	v->param = find_param(p, NULL, v->text);
	return v->param ? 0 : unknown_param(p, NULL, v->text);
}

int parse_twice(struct parser *p, const char *name)
{
	fail_with(p->f, STATUS_USAGE, 0, "%s is given twice", name);
	return parse_usage(p, name);
}

static int take_assign(struct parser *p, struct value *v, const struct pghot_source_name *source)
{
	const char *equals = strchr(v->text, '=');
	const char *of_enabled = "enabled";
	char name[64], accepted[64];
	int err;

	if (!equals || equals == v->text || (size_t)(equals - v->text) >= sizeof(name)) {
		fail_with(p->f, STATUS_USAGE, 0, "expected NAME=VALUE: %s", v->text);
		return parse_usage(p, v->arg->name);
	}
	snprintf(name, sizeof(name), "%.*s", (int)(equals - v->text), v->text);

	if (source && !strcmp(name, of_enabled)) {
		bool on = false;

		err = pghot_parse_bool(equals + 1, &on);
		v->assigned = on && !err;
		snprintf(accepted, sizeof(accepted), "on or off");
	} else {
		v->param = find_param(p, source, name);
		if (!v->param)
			return unknown_param(p, source, name);
		err = pghot_param_parse(v->param, equals + 1, &v->assigned);
		pghot_param_accepts(v->param, accepted, sizeof(accepted));
	}
	if (err) {
		fail_with(p->f, STATUS_USAGE, 0,
			  err == -ERANGE ? "%s: %s is out of range, accepted: %s"
					 : "%s: cannot read \"%s\", accepted: %s",
			  v->param ? v->param->name : name, equals + 1, accepted);
		return parse_usage(p, v->param ? v->param->name : name);
	}
	for (const struct value *o = p->call->values; o < p->call->values + p->call->nr; o++) {
		if (o->arg == v->arg && o->param == v->param)
			return parse_twice(p, name);
	}
	return 0;
}

int parse_value(struct parser *p, const struct arg *arg, const char *text)
{
	struct value *v = &p->call->values[p->call->nr];
	const struct value *src;
	int err = 0;

	if (p->call->nr == VALUES_MAX) {
		fail_with(p->f, STATUS_USAGE, 0, "more than %d arguments", VALUES_MAX);
		return parse_usage(p, NULL);
	}
	memset(v, 0, sizeof(*v));
	v->arg = arg;
	v->text = text;

	switch (arg->type) {
	case ARG_FLAG:
	case ARG_COMMAND:
	case ARG_PROGRAM:
		break;
	case ARG_COUNT:
		err = take_count(p, v);
		break;
	case ARG_SECONDS:
		err = take_seconds(p, v);
		break;
	case ARG_NODE:
		err = take_node(p, v);
		break;
	case ARG_PFN:
		err = take_pfn(p, v);
		break;
	case ARG_ADDRESS:
		err = take_address(p, v);
		break;
	case ARG_PFN_RANGE:
		err = take_range(p, v);
		break;
	case ARG_SOURCE:
		err = take_source(p, v);
		break;
	case ARG_WORD:
		err = take_word(p, v);
		break;
	case ARG_WORDS:
		err = take_words(p, v);
		break;
	case ARG_FILE:
	case ARG_CGROUP:
		err = take_path(p, v);
		break;
	case ARG_PARAM:
		err = take_param(p, v);
		break;
	case ARG_PARAM_ASSIGN:
		err = take_assign(p, v, NULL);
		break;
	case ARG_SOURCE_ASSIGN:
		src = call_get(p->call, "SRC");
		err = take_assign(p, v, src ? src->source : NULL);
		break;
	}
	if (err)
		return err;
	p->call->nr++;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "config/conf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline/suggest.h"
#include "names.h"
#include "units.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define BLANKS	     " \t\r\v\f"
/* No line that means anything is longer. */
#define LINE_SIZE    512

/* clang-format off */
static const struct pghot_param_desc enabled_desc = {
	CONF_ENABLED, "enabled", NULL, PGHOT_UNIT_BOOL, 0, 1, 0, 1,
	"report accesses"
};

static const struct pghot_param_desc system_descs[] = {
	{ CONF_NUMA_BALANCING, "numa-balancing", NULL, PGHOT_UNIT_NONE, 0, 3, 0, 4,
	  "kernel.numa_balancing; hint faults of slow memory need its bit 2" },
	{ CONF_DEMOTION, "demotion", NULL, PGHOT_UNIT_BOOL, 0, 1, 0, 1,
	  "reclaim demotes to lower tiers, which makes room for promotion" },
};
/* clang-format on */

const struct pghot_param_desc *conf_desc_at(enum conf_section section, uint32_t source,
					    unsigned int i)
{
	switch (section) {
	case CONF_SOURCE:
		return i ? pghot_source_param_at(source, i - 1) : &enabled_desc;
	case CONF_SYSTEM:
		return i < ARRAY_LEN(system_descs) ? &system_descs[i] : NULL;
	case CONF_PARAMETERS:
		break;
	}
	return pghot_param_at(i);
}

char *conf_section_name(enum conf_section section, uint32_t source, char *buf, size_t size)
{
	const struct pghot_source_name *src;

	switch (section) {
	case CONF_SOURCE:
		src = pghot_source_by_id(source);
		snprintf(buf, size, "source %s", src ? src->name : "?");
		break;
	case CONF_SYSTEM:
		snprintf(buf, size, "system");
		break;
	case CONF_PARAMETERS:
		snprintf(buf, size, "parameters");
		break;
	}
	return buf;
}

char *conf_value(const struct pghot_param_desc *desc, int64_t value, char *buf, size_t size)
{
	if (desc->unit == PGHOT_UNIT_BOOL)
		snprintf(buf, size, "%s", value ? "on" : "off");
	else
		pghot_param_number(desc, value, buf, size);
	return buf;
}

/* ---- parsing ------------------------------------------------------------- */

struct parser {
	const char *name;
	unsigned int line;
	bool in_section;
	enum conf_section section;
	uint32_t source;
	const char *called;
	struct conf *conf;
	struct failure *f;
};

static int wrong(struct parser *p, const char *about)
{
	snprintf(p->f->location, sizeof(p->f->location), "%s:%u", p->name, p->line);
	if (about)
		snprintf(p->f->attribute, sizeof(p->f->attribute), "%s", about);
	return STATUS_USAGE;
}

static void did_you_mean(struct failure *f, const struct suggestion *s)
{
	if (s->word)
		fail_hint(f, "did you mean %s?", s->word);
}

/* Without the blanks at both ends; changes @s. */
static char *trim(char *s)
{
	char *end;

	s += strspn(s, BLANKS);
	end = s + strlen(s);
	while (end > s && strchr(BLANKS, end[-1]))
		*--end = '\0';
	return s;
}

static int take_source_section(struct parser *p, const char *name)
{
	const struct pghot_source_name *src = pghot_source_by_name(name);
	struct suggestion s = { 0 };

	if (src) {
		p->section = CONF_SOURCE;
		p->source = src->id;
		p->called = src->name;
		for (const char *const *a = src->aliases; *a; a++) {
			if (!strcmp(*a, name))
				p->called = *a;
		}
		return STATUS_OK;
	}
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		suggest(&s, name, src->name);
		for (const char *const *a = src->aliases; *a; a++)
			suggest(&s, name, *a);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown source: %s", name);
	did_you_mean(p->f, &s);
	return wrong(p, name);
}

static int take_section(struct parser *p, char *text)
{
	size_t len = strlen(text);
	struct suggestion s = { 0 };
	char *name;

	if (len < 2 || text[len - 1] != ']') {
		fail_with(p->f, STATUS_USAGE, 0, "a section has no ] at its end: %s", text);
		return wrong(p, NULL);
	}
	text[len - 1] = '\0';
	name = trim(text + 1);
	p->in_section = true;
	if (!strcmp(name, "parameters")) {
		p->section = CONF_PARAMETERS;
	} else if (!strcmp(name, "system")) {
		p->section = CONF_SYSTEM;
	} else if (!strncmp(name, "source", 6) && name[6] && strchr(BLANKS, name[6])) {
		return take_source_section(p, trim(name + 6));
	} else {
		suggest(&s, name, "parameters");
		suggest(&s, name, "system");
		fail_with(p->f, STATUS_USAGE, 0,
			  "unknown section: %s, accepted: parameters, source NAME, system", name);
		did_you_mean(p->f, &s);
		return wrong(p, name);
	}
	return STATUS_OK;
}

static int unknown_name(struct parser *p, const char *name)
{
	const struct pghot_param_desc *desc;
	struct suggestion s = { 0 };
	char list[256] = "", section[48];
	size_t used = 0;

	for (unsigned int i = 0; (desc = conf_desc_at(p->section, p->source, i)); i++) {
		suggest(&s, name, desc->name);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", desc->name);
	}
	fail_with(p->f, STATUS_USAGE, 0, "[%s] has no %s, accepted: %s",
		  conf_section_name(p->section, p->source, section, sizeof(section)), name, list);
	did_you_mean(p->f, &s);
	return wrong(p, name);
}

static const struct pghot_param_desc *find(const struct parser *p, const char *name)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = conf_desc_at(p->section, p->source, i)); i++) {
		if (!strcmp(desc->name, name) || (desc->alias && !strcmp(desc->alias, name)))
			return desc;
	}
	return NULL;
}

static int add(struct parser *p, const struct conf_setting *setting)
{
	struct conf *conf = p->conf;
	struct conf_setting *at;

	for (size_t i = 0; i < conf->nr; i++) {
		const struct conf_setting *s = &conf->at[i];

		if (s->section != setting->section || s->desc != setting->desc ||
		    (s->section == CONF_SOURCE && s->source != setting->source))
			continue;
		fail_with(p->f, STATUS_USAGE, 0, "%s is set twice, first in line %u",
			  setting->desc->name, s->line);
		return wrong(p, setting->desc->name);
	}
	at = reallocarray(conf->at, conf->nr + 1, sizeof(*at));
	if (!at)
		return fail_with(p->f, STATUS_FAILED, ENOMEM, "out of memory");
	conf->at = at;
	conf->at[conf->nr++] = *setting;
	return STATUS_OK;
}

static int take_setting(struct parser *p, char *text)
{
	struct conf_setting setting = {
		.section = p->section, .source = p->source, .called = p->called, .line = p->line
	};
	char *equals = strchr(text, '='), *name, *value;
	char accepted[64];
	int err;

	if (!equals) {
		fail_with(p->f, STATUS_USAGE, 0, "expected NAME = VALUE: %s", text);
		return wrong(p, NULL);
	}
	if (!p->in_section) {
		fail_with(p->f, STATUS_USAGE, 0, "a setting before the first section: %s", text);
		fail_hint(p->f, "begin with [parameters]");
		return wrong(p, NULL);
	}
	*equals = '\0';
	name = trim(text);
	value = trim(equals + 1);
	setting.desc = find(p, name);
	if (!setting.desc)
		return unknown_name(p, name);
	err = pghot_param_parse(setting.desc, value, &setting.value);
	if (!err)
		return add(p, &setting);
	fail_with(p->f, STATUS_USAGE, 0,
		  err == -ERANGE ? "%s: %s is out of range, accepted: %s"
				 : "%s: cannot read \"%s\", accepted: %s",
		  setting.desc->name, value,
		  pghot_param_accepts(setting.desc, accepted, sizeof(accepted)));
	return wrong(p, setting.desc->name);
}

static int take_line(struct parser *p, const char *start, size_t len)
{
	char line[LINE_SIZE], *text;

	/* Comments may be as long as they like, but a zero byte is in no text. */
	if (memchr(start, '\0', len)) {
		fail_with(p->f, STATUS_USAGE, 0, "not a text file: there is a zero byte");
		return wrong(p, NULL);
	}
	while (len && strchr(BLANKS, *start)) {
		start++;
		len--;
	}
	if (!len || *start == '#' || *start == ';')
		return STATUS_OK;
	if (len >= sizeof(line)) {
		fail_with(p->f, STATUS_USAGE, 0, "a line is longer than %d bytes", LINE_SIZE - 1);
		return wrong(p, NULL);
	}
	memcpy(line, start, len);
	line[len] = '\0';
	text = trim(line);
	return *text == '[' ? take_section(p, text) : take_setting(p, text);
}

int conf_parse(const char *text, size_t len, const char *name, struct conf *conf, struct failure *f)
{
	struct parser p = { .name = name, .conf = conf, .f = f };

	memset(conf, 0, sizeof(*conf));
	for (size_t at = 0; at < len;) {
		const char *newline = memchr(text + at, '\n', len - at);
		size_t end = newline ? (size_t)(newline - text) : len;
		int ret;

		p.line++;
		ret = take_line(&p, text + at, end - at);
		if (ret)
			return ret;
		at = end + 1;
	}
	return STATUS_OK;
}

int conf_read(const char *path, struct conf *conf, struct failure *f)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *file = is_stdin ? stdin : fopen(path, "re");
	const char *name = is_stdin ? "<stdin>" : path;
	char *text;
	size_t len;
	int ret;

	memset(conf, 0, sizeof(*conf));
	if (!file)
		return fail_with(f, STATUS_FAILED, errno, "cannot open %s: %s", path,
				 strerror(errno));
	text = malloc(CONF_SIZE_MAX + 1);
	if (!text) {
		ret = fail_with(f, STATUS_FAILED, ENOMEM, "out of memory");
		goto close;
	}
	errno = 0;
	len = fread(text, 1, CONF_SIZE_MAX + 1, file);
	if (ferror(file))
		ret = fail_with(f, STATUS_FAILED, errno, "cannot read %s: %s", name,
				strerror(errno));
	else if (len > CONF_SIZE_MAX)
		ret = fail_with(f, STATUS_FAILED, EFBIG, "%s is longer than %d bytes", name,
				CONF_SIZE_MAX);
	else
		ret = conf_parse(text, len, name, conf, f);
	free(text);
close:
	if (!is_stdin)
		fclose(file);
	return ret;
}

void conf_free(struct conf *conf)
{
	free(conf->at);
	memset(conf, 0, sizeof(*conf));
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/metric.h"

#include <string.h>

#include "jsontext.h"
#include "output/out.h"
#include "output/show.h"

static const struct {
	const char *name;
	const char *prometheus;
	const char *suffix;
} kinds[] = {
	[GAUGE] = { "gauge", "gauge", "" },
	[COUNTER] = { "counter", "counter", "_total" },
	[INFO] = { "info", "gauge", "_info" },
};

void metric_family(struct sink *s, const char *name, enum metric_kind kind, const char *unit,
		   const char *help)
{
	json_t *v;

	snprintf(s->name, sizeof(s->name), "%s", name);
	s->suffix = kinds[kind].suffix;
	if (s->text && s->prometheus) {
		fprintf(s->text, "# HELP %s%s %s\n", name, s->suffix, help);
		fprintf(s->text, "# TYPE %s%s %s\n", name, s->suffix, kinds[kind].prometheus);
		return;
	}
	if (s->text) {
		fprintf(s->text, "# TYPE %s %s\n", name, kinds[kind].name);
		if (unit)
			fprintf(s->text, "# UNIT %s %s\n", name, unit);
		fprintf(s->text, "# HELP %s %s\n", name, help);
		return;
	}
	v = json_object();
	s->samples = json_array();
	json_object_set_new(v, "name", json_string(name));
	json_object_set_new(v, "type", json_string(kinds[kind].name));
	json_object_set_new(v, "unit", unit ? json_string(unit) : json_null());
	json_object_set_new(v, "help", json_string(help));
	json_object_set_new(v, "samples", s->samples);
	json_array_append_new(s->families, v);
}

/* Names come from the kernel and from tables, but nothing forbids a quote there. */
static void put_label(FILE *to, const char *value)
{
	for (; *value; value++) {
		if (*value == '\\' || *value == '"')
			putc('\\', to);
		if (*value == '\n')
			fputs("\\n", to);
		else
			putc(*value, to);
	}
}

static int put_piece(const char *text, size_t len, void *file)
{
	return fwrite(text, 1, len, file) == len ? 0 : -1;
}

void metric_sample(struct sink *s, const struct label *labels, size_t nr, json_t *value)
{
	json_t *v, *set;

	if (s->text) {
		fprintf(s->text, "%s%s", s->name, s->suffix);
		for (size_t i = 0; i < nr; i++) {
			fprintf(s->text, "%s%s=\"", i ? "," : "{", labels[i].name);
			put_label(s->text, labels[i].value);
			fputs(i + 1 == nr ? "\"}" : "\"", s->text);
		}
		putc(' ', s->text);
		pghot_json_dump(value, false, put_piece, s->text);
		putc('\n', s->text);
		json_decref(value);
		return;
	}
	v = json_object();
	set = json_object();
	for (size_t i = 0; i < nr; i++)
		json_object_set_new(set, labels[i].name, json_text(labels[i].value));
	json_object_set_new(v, "labels", set);
	json_object_set_new(v, "value", value);
	json_array_append_new(s->samples, v);
}

void metric_number(struct sink *s, const char *label, const char *of, uint64_t value)
{
	struct label l = { label, of };

	metric_sample(s, &l, label ? 1 : 0, pghot_json_u64(value));
}

void metric_seconds(struct sink *s, const char *label, const char *of, uint64_t ms)
{
	struct label l = { label, of };

	metric_sample(s, &l, label ? 1 : 0,
		      ms % 1000 ? json_real((double)ms / 1000) : pghot_json_u64(ms / 1000));
}

static bool ends_in(const char *s, const char *end)
{
	size_t a = strlen(s), b = strlen(end);

	return a >= b && !strcmp(s + a - b, end);
}

/* The unit, and the name of the parameter without the one that it has there. */
static const char *base_unit(const struct pghot_param_desc *desc, char *name, size_t size)
{
	static const char *const units[] = {
		[PGHOT_UNIT_MS] = "seconds",	 [PGHOT_UNIT_MBPS] = "bytes_per_second",
		[PGHOT_UNIT_MIB] = "bytes",	 [PGHOT_UNIT_PAGES] = "pages",
		[PGHOT_UNIT_ENTRIES] = "folios",
	};
	static const char *const ends[] = { "_ms", "_mbps", "_mib", "_nr", "_pages" };
	const char *unit = (size_t)desc->unit < sizeof(units) / sizeof(units[0]) ? units[desc->unit]
										 : NULL;

	param_key(desc->name, name, size);
	for (size_t i = 0; unit && i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (ends_in(name, ends[i]))
			name[strlen(name) - strlen(ends[i])] = '\0';
	}
	return unit;
}

void metric_parameter(struct sink *s, const char *prefix, const struct pghot_param_desc *desc,
		      int64_t value)
{
	char key[64], name[160];
	const char *unit = base_unit(desc, key, sizeof(key));

	snprintf(name, sizeof(name), "%s_%s%s%s", prefix, key, unit ? "_" : "", unit ? unit : "");
	metric_family(s, name, GAUGE, unit, desc->help);
	if (desc->unit == PGHOT_UNIT_MS)
		metric_seconds(s, NULL, NULL, (uint64_t)value);
	else if (desc->unit == PGHOT_UNIT_MBPS || desc->unit == PGHOT_UNIT_MIB)
		metric_sample(s, NULL, 0, json_integer(value << 20));
	else if (pghot_param_is_unsigned(desc))
		metric_sample(s, NULL, 0, pghot_json_u64((uint64_t)value));
	else
		metric_sample(s, NULL, 0, json_integer(value));
}

void metric_end(struct sink *s)
{
	if (s->text && !s->prometheus)
		fputs("# EOF\n", s->text);
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "system/pmu.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "system/system.h"
#include "units.h"

/* The first line of PMU/PATH. */
__attribute__((format(printf, 5, 6))) static int
read_file(const char *root, const char *pmu, char *buf, size_t size, const char *fmt, ...)
{
	char path[PATH_MAX], name[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(name, sizeof(name), fmt, ap);
	va_end(ap);
	snprintf(path, sizeof(path), PMU_PATH "/%s/%s", pmu, name);
	return system_read(root, path, buf, size);
}

static int read_type(const char *root, const char *pmu, uint32_t *type)
{
	char buf[32];
	uint64_t v;
	int err = read_file(root, pmu, buf, sizeof(buf), "type");

	if (!err)
		err = pghot_parse_u64(buf, &v);
	if (!err && v > INT32_MAX)
		err = -ERANGE;
	if (!err)
		*type = (uint32_t)v;
	return err;
}

/* One "LOW-HIGH" or "BIT" of a format; moves *at behind it. */
static int parse_bits(const char **at, unsigned int *low, unsigned int *high)
{
	int used = 0;

	if (sscanf(*at, "%2u-%2u%n", low, high, &used) != 2 || !used) {
		if (sscanf(*at, "%2u%n", low, &used) != 1)
			return -EINVAL;
		*high = *low;
	}
	*at += used;
	return *low <= *high && *high < 64 ? 0 : -EINVAL;
}

int pmu_set_term(const char *format, uint64_t value, uint64_t config[3])
{
	static const char *const words[] = { "config:", "config1:", "config2:" };
	uint64_t *word = NULL;
	const char *at = format;

	for (unsigned int i = 0; i < 3; i++) {
		size_t len = strlen(words[i]);

		if (!strncmp(format, words[i], len)) {
			word = &config[i];
			at = format + len;
		}
	}
	if (!word)
		return -EINVAL;
	/* Low bits of the value go to the range that is named first. */
	for (;;) {
		unsigned int low, high, bits;
		uint64_t mask;
		int err = parse_bits(&at, &low, &high);

		if (err)
			return err;
		bits = high - low + 1;
		mask = bits == 64 ? UINT64_MAX : (1ULL << bits) - 1;
		*word = (*word & ~(mask << low)) | (value & mask) << low;
		value = bits == 64 ? 0 : value >> bits;
		if (*at != ',')
			break;
		at++;
	}
	if (*at)
		return -EINVAL;
	return value ? -ERANGE : 0;
}

static int set_field(const char *root, const char *pmu, const char *field, uint64_t value,
		     uint64_t config[3])
{
	char format[128];
	int err = read_file(root, pmu, format, sizeof(format), "format/%s", field);

	return err ? err : pmu_set_term(format, value, config);
}

static int begin(const char *root, const char *pmu, struct pmu_event *ev)
{
	memset(ev, 0, sizeof(*ev));
	snprintf(ev->name, sizeof(ev->name), "%s", pmu);
	return read_type(root, pmu, &ev->type);
}

/* A field that not all processors have; *has says if this one does. */
static int set_if_there(const char *root, const char *field, struct pmu_event *ev, bool *has)
{
	int err = set_field(root, ev->name, field, 1, ev->config);

	*has = !err;
	return err == -ENOENT ? 0 : err;
}

int pmu_find_ibs(const char *root, struct pmu_event *ev)
{
	bool by_ops;
	int err = begin(root, "ibs_op", ev);

	if (!err)
		err = set_if_there(root, "cnt_ctl", ev, &by_ops);
	if (!err)
		err = set_if_there(root, "l3missonly", ev, &ev->l3_miss_only);
	return err;
}

/* "event=0xcd,umask=0x1,ldlat=3": set all of it. */
static int set_event(const char *root, char *terms, struct pmu_event *ev)
{
	char *save, *term;
	int err = 0;

	for (term = strtok_r(terms, ",", &save); term && !err; term = strtok_r(NULL, ",", &save)) {
		char *equals = strchr(term, '=');
		uint64_t value = 1;

		if (equals) {
			*equals = '\0';
			err = pghot_parse_u64(equals + 1, &value);
		}
		if (!err)
			err = set_field(root, ev->name, term, value, ev->config);
	}
	return err;
}

/* Loads that take longer than what a cache answers, if the event can tell. */
static int set_latency(const char *root, struct pmu_event *ev)
{
	int err = set_field(root, ev->name, "ldlat", PMU_LOAD_LATENCY, ev->config);

	return err == -ENOENT ? 0 : err;
}

int pmu_find_pebs(const char *root, struct pmu_event *ev)
{
	/* The second: the fast cores of a processor that has two kinds. */
	static const char *const names[] = { "cpu", "cpu_core" };
	char terms[256];
	int err = -ENOENT;

	for (unsigned int i = 0; i < 2 && err == -ENOENT; i++) {
		err = begin(root, names[i], ev);
		if (!err)
			err = read_file(root, names[i], terms, sizeof(terms), "events/mem-loads");
	}
	if (!err)
		err = set_event(root, terms, ev);
	return err ? err : set_latency(root, ev);
}

int pmu_name(const char *root, uint32_t type, char *buf, size_t size)
{
	char path[PATH_MAX];
	struct dirent *d;
	int err = -ENOENT;
	DIR *dir;

	snprintf(path, sizeof(path), "%s" PMU_PATH, root);
	dir = opendir(path);
	if (!dir)
		return -errno;
	while (err && (d = readdir(dir))) {
		uint32_t t;

		if (d->d_name[0] == '.' || read_type(root, d->d_name, &t) || t != type)
			continue;
		snprintf(buf, size, "%s", d->d_name);
		err = 0;
	}
	closedir(dir);
	return err;
}

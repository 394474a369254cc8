// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rules of tuned.conf(5) and of tuned's loader, as of 2.20: what a profile includes
 * comes before what it has itself, and the last wins; a profile of /etc may include the
 * one of the same name below /usr. A section is of the type that its name says, unless
 * it says another. Values with variables are not looked into.
 */

#include "neighbours/tuned.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "neighbours/confdir.h"

/* Later versions keep profiles in a directory of their own. */
static const char *const dirs[] = { "/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles",
				    "/usr/lib/tuned" };

#define ACTIVE_PROFILE	    "/etc/tuned/active_profile"
#define POST_LOADED_PROFILE "/etc/tuned/post_loaded_profile"
#define TUNED_MAIN_CONF	    "/etc/tuned/tuned-main.conf"
#define ENABLED_LINK	    "/etc/systemd/system/multi-user.target.wants/tuned.service"

/* Of one profile; those of tuned itself have two or three. */
#define FILES_MAX 32

struct loader {
	const char *root;
	struct tuned *t;
	char *files[FILES_MAX]; /* that were read, or are being read */
	unsigned int nr;
};

/* A file under way. */
struct section {
	struct tuned *t;
	char name[64];
	char type[64];
	char include[TUNED_PROFILE];
	struct setting_owner own[SETTINGS]; /* until the type is known */
};

/* "key = value # comment" */
static char *split(char *line, char **value)
{
	char *equals = strchr(line, '='), *comment;

	if (line[0] == '#' || line[0] == ';' || !equals)
		return NULL;
	*equals = '\0';
	*value = conf_trim(equals + 1);
	comment = strstr(*value, " #");
	if (comment)
		*comment = '\0';
	*value = conf_trim(*value);
	/* tuned takes quotes off. */
	if (**value == '"' && strlen(*value) > 1 && (*value)[strlen(*value) - 1] == '"') {
		(*value)[strlen(*value) - 1] = '\0';
		++*value;
	}
	return conf_trim(line);
}

static void end_section(struct section *s)
{
	for (enum setting i = 0; i < SETTINGS; i++) {
		const char *type = setting_is_sysctl(i) ? "sysctl" : "sysfs";

		if (s->own[i].found && !strcmp(s->type, type))
			s->t->owners.at[i] = s->own[i];
		s->own[i].found = false;
	}
}

static void begin_section(struct section *s, const char *line)
{
	snprintf(s->name, sizeof(s->name), "%.*s", (int)strcspn(line + 1, "]"), line + 1);
	snprintf(s->type, sizeof(s->type), "%s", s->name);
}

static void take_key(struct section *s, const char *key, const char *value, const char *file,
		     unsigned int number)
{
	char sysctl[256];

	snprintf(sysctl, sizeof(sysctl), "%s", key);
	setting_normalize(sysctl);
	for (enum setting i = 0; i < SETTINGS; i++) {
		const char *path = setting_path(i);

		if (setting_is_sysctl(i) ? !strcmp(sysctl, path + strlen("/proc/sys/"))
					 : !fnmatch(key, path, FNM_PATHNAME))
			setting_own(&s->own[i], value, file, number);
	}
}

static void take_line(char *line, const char *file, unsigned int number, void *data)
{
	struct section *s = data;
	char *key, *value;

	if (line[0] == '[') {
		end_section(s);
		begin_section(s, line);
		return;
	}
	key = split(line, &value);
	if (!key)
		return;
	if (!strcmp(key, "type"))
		snprintf(s->type, sizeof(s->type), "%s", value);
	else
		take_key(s, key, value, file, number);
}

static void take_include(char *line, const char *file, unsigned int number, void *data)
{
	struct section *s = data;
	char *key, *value;

	(void)file;
	(void)number;
	if (line[0] == '[') {
		begin_section(s, line);
		return;
	}
	key = split(line, &value);
	if (key && !strcmp(s->name, "main") && !strcmp(key, "include"))
		snprintf(s->include, sizeof(s->include), "%s", value);
}

static void note_error(struct loader *l, const char *file, int err)
{
	l->t->owners.err = err;
	snprintf(l->t->owners.err_file, sizeof(l->t->owners.err_file), "%s", file);
}

/* The file of a profile that was not read yet. Return: false when there is none. */
static bool find_file(struct loader *l, const char *name, char *file, size_t size)
{
	for (size_t d = 0; d < sizeof(dirs) / sizeof(dirs[0]); d++) {
		char path[PATH_MAX];
		bool seen = false;

		snprintf(file, size, "%s/%s/tuned.conf", dirs[d], name);
		for (unsigned int i = 0; i < l->nr; i++)
			seen |= !strcmp(file, l->files[i]);
		if (seen ||
		    snprintf(path, sizeof(path), "%s%s", l->root, file) >= (int)sizeof(path))
			continue;
		if (!access(path, F_OK) || errno == EACCES)
			return true;
	}
	return false;
}

static void load(struct loader *l, char *names, const char *separators);

static void load_one(struct loader *l, const char *name)
{
	struct section *s;
	char file[1024];
	int err;

	/* "-NAME" need not be there. Names with a slash are none. */
	name += name[0] == '-';
	if (!name[0] || strchr(name, '/') || l->nr == FILES_MAX ||
	    !find_file(l, name, file, sizeof(file)))
		return;
	s = calloc(1, sizeof(*s));
	l->files[l->nr] = strdup(file);
	if (!s || !l->files[l->nr]) {
		note_error(l, file, -ENOMEM);
		free(l->files[l->nr]);
		free(s);
		return;
	}
	l->nr++;
	s->t = l->t;
	err = confdir_read_file(l->root, file, take_include, s);
	if (!err) {
		load(l, s->include, ",; \t");
		s->name[0] = s->type[0] = '\0';
		err = confdir_read_file(l->root, file, take_line, s);
		end_section(s);
	}
	if (err)
		note_error(l, file, err);
	free(s);
}

static void load(struct loader *l, char *names, const char *separators)
{
	char *next;

	for (char *name = strtok_r(names, separators, &next); name;
	     name = strtok_r(NULL, separators, &next))
		load_one(l, name);
}

static void take_profile(char *line, const char *file, unsigned int number, void *data)
{
	struct tuned *t = data;
	size_t used = strlen(t->profile);

	(void)file;
	if (number == 1 && line[0])
		snprintf(t->profile + used, sizeof(t->profile) - used, "%s%s", used ? " " : "",
			 line);
}

static void take_main(char *line, const char *file, unsigned int number, void *data)
{
	struct tuned *t = data;
	char *key, *value;

	(void)file;
	(void)number;
	key = split(line, &value);
	if (key && !strcmp(key, "reapply_sysctl"))
		t->reapply = !strcmp(value, "1") || !strcasecmp(value, "true") ||
			     !strcasecmp(value, "yes") || !strcasecmp(value, "on");
}

void tuned_read(const char *root, struct tuned *t)
{
	struct loader l = { .root = root, .t = t };
	char names[TUNED_PROFILE];
	int err;

	memset(t, 0, sizeof(*t));
	t->reapply = true;
	err = confdir_read_file(root, ACTIVE_PROFILE, take_profile, t);
	if (err && err != -ENOENT)
		note_error(&l, ACTIVE_PROFILE, err);
	err = confdir_read_file(root, POST_LOADED_PROFILE, take_profile, t);
	if (err && err != -ENOENT)
		note_error(&l, POST_LOADED_PROFILE, err);
	err = confdir_read_file(root, TUNED_MAIN_CONF, take_main, t);
	if (err && err != -ENOENT)
		note_error(&l, TUNED_MAIN_CONF, err);
	snprintf(names, sizeof(names), "%s", t->profile);
	load(&l, names, " \t");
	for (unsigned int i = 0; i < l.nr; i++)
		free(l.files[i]);
}

bool tuned_is_enabled(const char *root)
{
	char path[PATH_MAX];
	struct stat st;

	/* A link, whose target need not be there. */
	snprintf(path, sizeof(path), "%s%s", root, ENABLED_LINK);
	return !lstat(path, &st);
}

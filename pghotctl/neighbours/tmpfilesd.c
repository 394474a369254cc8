// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rules of tmpfiles.d(5): files hide each other as those of sysctl.d(5) do, but of
 * several lines for a path the first one counts. A line is
 *	TYPE PATH MODE USER GROUP AGE ARGUMENT
 * and only type "w" writes to what is there.
 */

#include "neighbours/tmpfilesd.h"

#include <fnmatch.h>
#include <string.h>

#include "neighbours/confdir.h"

static const char *const dirs[] = { "/etc/tmpfiles.d",		 "/run/tmpfiles.d",
				    "/usr/local/lib/tmpfiles.d", "/usr/lib/tmpfiles.d",
				    "/lib/tmpfiles.d",		 NULL };

#define BLANKS " \t"

/* Cut the next field off, without the quotes it may have. */
static char *field(char **rest)
{
	char *s = *rest + strspn(*rest, BLANKS), *end;
	char quote = *s == '"' || *s == '\'' ? *s : 0;

	if (quote)
		s++;
	end = quote ? strchr(s, quote) : s + strcspn(s, BLANKS);
	if (!end)
		end = s + strlen(s);
	*rest = *end ? end + 1 : end;
	*end = '\0';
	return s;
}

/* What is written: without quotes, and without the "\n" that some put there. */
static char *argument(char *rest)
{
	char *s = conf_trim(rest);
	size_t len = strlen(s);

	if (len > 1 && (*s == '"' || *s == '\'') && s[len - 1] == *s) {
		s[len - 1] = '\0';
		s++;
		len -= 2;
	}
	if (len >= 2 && !strcmp(s + len - 2, "\\n"))
		s[len - 2] = '\0';
	return s;
}

static void take_line(char *line, const char *file, unsigned int number, void *data)
{
	struct setting_owners *owners = data;
	const char *type, *path, *value;
	char *rest = line;

	if (!line[0] || line[0] == '#')
		return;
	type = field(&rest);
	if (type[0] != 'w')
		return;
	path = field(&rest);
	for (int i = 0; i < 4; i++)
		field(&rest);
	value = argument(rest);
	for (enum setting s = 0; s < SETTINGS; s++) {
		if (setting_is_sysctl(s) || owners->at[s].found ||
		    fnmatch(path, setting_path(s), FNM_PATHNAME))
			continue;
		setting_own(&owners->at[s], value, file, number);
	}
}

void tmpfilesd_read(const char *root, struct setting_owners *owners)
{
	int err = confdir_read(root, dirs, take_line, owners, owners->err_file);

	if (err)
		owners->err = err;
}

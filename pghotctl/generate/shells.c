// SPDX-License-Identifier: GPL-2.0-or-later

#include "generate/shells.h"

#include <stdio.h>
#include <string.h>

#include "commands/table.h"

const char *gen_group(const struct command *cmd, char *buf, size_t size)
{
	const struct command *c;

	snprintf(buf, size, "%.*s", (int)strcspn(cmd->path, " "), cmd->path);
	for (unsigned int i = 0; (c = command_at(i)) && c != cmd; i++) {
		size_t len = strlen(buf);

		if (!strncmp(c->path, buf, len) && (!c->path[len] || c->path[len] == ' '))
			return NULL;
	}
	return buf;
}

const char *gen_group_help(const char *group, char *buf, size_t size)
{
	const struct command *cmd;
	size_t len = strlen(group), used = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; (cmd = command_at(i)) && used < size; i++) {
		if (!strncmp(cmd->path, group, len) && cmd->path[len] == ' ')
			used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? ", " : "",
						 cmd->path + len + 1);
	}
	return buf;
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/named-cgroup.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pghot_cgroups *named_cgroups_open(const char *root)
{
	struct pghot_cgroups *cgroups;
	char *proc = NULL, *mount;

	if (!root[0])
		return pghot_cgroups_open(NULL);
	if (asprintf(&proc, "%s/proc", root) < 0)
		return NULL;
	mount = pghot_cgroups_find(proc);
	cgroups = pghot_cgroups_open(mount ? mount : "");
	free(mount);
	free(proc);
	return cgroups;
}

int named_cgroup_find(struct ctx *ctx, struct pghot_cgroups *cgroups, const char *text, char **path)
{
	const char *found;
	uint64_t ino;
	int err;

	if (!pghot_cgroups_usable(cgroups)) {
		fail_with(&ctx->failure, STATUS_UNSUPPORTED, ENOENT,
			  "--cgroup: no hierarchy of memory cgroups is mounted");
		fail_hint(&ctx->failure,
			  "mount -t cgroup2 none /sys/fs/cgroup, or where cgroup v1 has the memory "
			  "controller, mount -t cgroup -o memory none DIR");
		return STATUS_UNSUPPORTED;
	}
	err = pghot_cgroup_ino(cgroups, text, &ino);
	found = err ? NULL : pghot_cgroup_path(cgroups, ino);
	if (!err && !found)
		err = -ENOENT;
	if (err) {
		fail_with(&ctx->failure, status_of_errno(-err), -err, "--cgroup: %s: %s", text,
			  strerror(-err));
		snprintf(ctx->failure.attribute, sizeof(ctx->failure.attribute), "--cgroup");
		fail_hint(&ctx->failure,
			  "a path below the mount of memory cgroups, such as /user.slice");
		return ctx->failure.status;
	}
	*path = strdup(found);
	if (!*path)
		return fail_with(&ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	return STATUS_OK;
}

bool named_cgroup_holds(const char *path, const char *top)
{
	size_t len = strlen(top);

	if (!strcmp(top, "/"))
		return path;
	return path && !strncmp(path, top, len) && (!path[len] || path[len] == '/');
}

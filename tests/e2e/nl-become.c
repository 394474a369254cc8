// SPDX-License-Identifier: GPL-2.0-or-later

#include "nl-become.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOBODY 65534

__attribute__((format(printf, 1, 2), noreturn)) static void give_up(const char *fmt, ...)
{
	va_list ap;

	fputs("pghot-e2e-nl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
	exit(2);
}

/* Who keeps a capability. */
static const struct {
	const char *name;
	int cap;
} keepers[] = {
	{ "netadmin", CAP_NET_ADMIN },
	{ "sysadmin", CAP_SYS_ADMIN },
	{ "perfmon", CAP_PERFMON },
};

/* No capability but @cap, -1 for none; programs that are run keep it. */
static void keep_only(int cap)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (cap >= 0) {
		data[CAP_TO_INDEX(cap)].effective = CAP_TO_MASK(cap);
		data[CAP_TO_INDEX(cap)].permitted = CAP_TO_MASK(cap);
		data[CAP_TO_INDEX(cap)].inheritable = CAP_TO_MASK(cap);
	}
	if (syscall(SYS_capset, &head, data) < 0)
		give_up("capset: %s", strerror(errno));
	if (cap >= 0 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
		give_up("cannot keep capability %d: %s", cap, strerror(errno));
}

void become(const char *who)
{
	int cap = -1;
	size_t i;

	for (i = 0; i < sizeof(keepers) / sizeof(keepers[0]); i++) {
		if (!strcmp(who, keepers[i].name))
			cap = keepers[i].cap;
	}
	if (cap < 0 && strcmp(who, "nobody") && strcmp(who, "userns"))
		give_up("--as '%s': must be nobody, netadmin, sysadmin, perfmon or userns", who);

	if (prctl(PR_SET_KEEPCAPS, cap >= 0) < 0 || setgroups(0, NULL) < 0 ||
	    setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		give_up("cannot become %s: %s", who, strerror(errno));
	keep_only(cap);
	/* So that /proc/self stays readable after the change of ids. */
	prctl(PR_SET_DUMPABLE, 1);

	if (!strcmp(who, "userns") && unshare(CLONE_NEWUSER) < 0)
		give_up("no user namespace: %s", strerror(errno));
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "nl-become.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
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

static void set_caps(uint32_t low)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { { .effective = low, .permitted = low } };

	if (syscall(SYS_capset, &head, data) < 0)
		give_up("capset: %s", strerror(errno));
}

void become(const char *who)
{
	bool netadmin = !strcmp(who, "netadmin");

	if (!netadmin && strcmp(who, "nobody") && strcmp(who, "userns"))
		give_up("--as '%s': must be nobody, netadmin or userns", who);

	if (prctl(PR_SET_KEEPCAPS, netadmin) < 0 || setgroups(0, NULL) < 0 ||
	    setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		give_up("cannot become %s: %s", who, strerror(errno));
	set_caps(netadmin ? 1U << CAP_NET_ADMIN : 0);
	/* So that /proc/self stays readable after the change of ids. */
	prctl(PR_SET_DUMPABLE, 1);

	if (netadmin) {
		/* For what exec is to run. */
		struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
		struct __user_cap_data_struct data[2] = { {
			.effective = 1U << CAP_NET_ADMIN,
			.permitted = 1U << CAP_NET_ADMIN,
			.inheritable = 1U << CAP_NET_ADMIN,
		} };

		if (syscall(SYS_capset, &head, data) < 0 ||
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0) < 0)
			give_up("cannot keep CAP_NET_ADMIN: %s", strerror(errno));
	}
	if (!strcmp(who, "userns") && unshare(CLONE_NEWUSER) < 0)
		give_up("no user namespace: %s", strerror(errno));
}

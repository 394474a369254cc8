// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who has the last word: at boot the files of sysctl.d(5) and tmpfiles.d(5), then tuned,
 * which sets the sysctls of /etc and /run once more after its own, unless it is told not
 * to by reapply_sysctl=0.
 */

#include "neighbours/owners.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "neighbours/setting.h"
#include "neighbours/sysctld.h"
#include "neighbours/tmpfilesd.h"
#include "neighbours/tuned.h"
#include "system/system.h"
#include "units.h"

/* What we propose to write; it has to be behind the other, or with tmpfiles.d before it. */
#define OUR_SYSCTL   "99-zz-pghot.conf"
#define OUR_TMPFILES "00-pghot.conf"
#define OUR_PROFILE  "/etc/tuned/pghot"

struct look {
	const char *root;
	struct neighbours *n;
	struct setting_owners boot;
	struct tuned tuned;
	bool tuned_runs;
};

static bool parse_number(const char *s, uint64_t *v)
{
	return !pghot_parse_u64(s, v);
}

/* The kernel's kstrtobool() and, for generations of the LRU, a mask. */
static bool parse_switch(const char *s, uint64_t *v)
{
	bool on;

	if (parse_number(s, v))
		return true;
	if (!strcmp(s, "y") || !strcmp(s, "Y") || !strcmp(s, "n") || !strcmp(s, "N")) {
		*v = s[0] == 'y' || s[0] == 'Y';
		return true;
	}
	if (pghot_parse_bool(s, &on))
		return false;
	*v = on;
	return true;
}

/* clang-format off */
static const struct {
	const char *cause;
	bool (*parse)(const char *s, uint64_t *v);
	uint64_t needed; /* bits without which something of pghot does not work */
	const char *without;
	bool exact; /* that it runs with another value is told, too */
} judged[SETTINGS] = {
	[SETTING_BALANCING] = { "numa-balancing-owner", parse_number,
		NUMA_BALANCING_MEMORY_TIERING, "hintfault sees nothing", true },
	[SETTING_RATE_LIMIT] = { "rate-limit-owner", parse_number, 0, NULL, true },
	[SETTING_DEMOTION] = { "demotion-owner", parse_switch,
		1, "promotion stops when the top tier is full", true },
	/* The mask that runs may lack what the processor does not have. */
	[SETTING_MGLRU] = { "mglru-owner", parse_switch,
		1, "lruscan has nothing to walk", false },
};
/* clang-format on */

static const char *base(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* tuned's, if it says something and is not overruled. */
static bool tuned_owns(const struct look *l, enum setting s)
{
	const struct setting_owner *boot = &l->boot.at[s];
	bool again = setting_is_sysctl(s) && l->tuned.reapply && boot->found &&
		     (!strncmp(boot->file, "/etc/", 5) || !strncmp(boot->file, "/run/", 5));

	return l->tuned_runs && l->tuned.owners.at[s].found && !again;
}

/* A file that has the last word, where one can be named. */
static void write_way_out(const struct look *l, enum setting s, bool tuned, uint64_t value,
			  char *buf, size_t size)
{
	const struct setting_owner *boot = &l->boot.at[s];
	unsigned long long v = value;

	if (setting_is_sysctl(s) && (!tuned || l->tuned.reapply)) {
		if (!tuned && (!strcmp(boot->file, "/etc/sysctl.conf") ||
			       strcmp(base(boot->file), OUR_SYSCTL) >= 0))
			snprintf(buf, size, "change it there, then: sysctl %s=%llu",
				 setting_name(s), v);
		else
			snprintf(buf, size,
				 "echo '%s = %llu' > /etc/sysctl.d/" OUR_SYSCTL
				 " && sysctl -p /etc/sysctl.d/" OUR_SYSCTL,
				 setting_name(s), v);
	} else if (tuned) {
		/* tuned takes such names only; others are not for a shell. */
		bool plain = !l->tuned.profile[strspn(l->tuned.profile, "abcdefghijklmnopqrstuvwxyz"
									"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
									"0123456789_.-")];

		if (plain && strcmp(l->tuned.profile, "pghot") != 0)
			snprintf(buf, size,
				 "mkdir -p " OUR_PROFILE " && printf '[main]\\ninclude=%s\\n[%s]\\n"
				 "%s=%llu\\n' > " OUR_PROFILE
				 "/tuned.conf && tuned-adm profile pghot",
				 l->tuned.profile, setting_is_sysctl(s) ? "sysctl" : "sysfs",
				 setting_name(s), v);
		else
			snprintf(buf, size,
				 "change it there, then: tuned-adm profile NAME, with the "
				 "profile's");
	} else if (strcmp(base(boot->file), OUR_TMPFILES) <= 0) {
		snprintf(buf, size, "change it there, then: echo %llu > %s", v, setting_path(s));
	} else {
		snprintf(buf, size,
			 "echo 'w %s - - - - %llu' > /etc/tmpfiles.d/" OUR_TMPFILES
			 " && systemd-tmpfiles --create /etc/tmpfiles.d/" OUR_TMPFILES,
			 setting_path(s), v);
	}
}

static void judge(const struct look *l, enum setting s)
{
	bool tuned = tuned_owns(l, s), runs;
	const struct setting_owner *owner = tuned ? &l->tuned.owners.at[s] : &l->boot.at[s];
	char line[64], way_out[NEIGHBOUR_TEXT], who[TUNED_PROFILE + 32] = "";
	uint64_t set, now = 0, wanted;

	if (!owner->found || !judged[s].parse(owner->value, &set))
		return;
	/* What the kernel does not have nobody can set. */
	if (system_read(l->root, setting_path(s), line, sizeof(line)) == -ENOENT)
		return;
	runs = !system_read(l->root, setting_path(s), line, sizeof(line)) &&
	       judged[s].parse(line, &now);
	if (tuned)
		snprintf(who, sizeof(who), "profile %s of tuned, ", l->tuned.profile);
	if ((set & judged[s].needed) != judged[s].needed) {
		wanted = set | judged[s].needed;
		write_way_out(l, s, tuned, wanted, way_out, sizeof(way_out));
		neighbour_add(l->n, judged[s].cause, NEIGHBOUR_CAVEAT, way_out,
			      "%s%s:%u sets %s to %s: once that is applied, %s", who, owner->file,
			      owner->line, setting_name(s), owner->value, judged[s].without);
	} else if (runs && judged[s].exact && set != now) {
		write_way_out(l, s, tuned, now | judged[s].needed, way_out, sizeof(way_out));
		neighbour_add(l->n, judged[s].cause, NEIGHBOUR_CAVEAT, way_out,
			      "%s%s:%u sets %s to %s, and it is %s now: what was set since then "
			      "does not last",
			      who, owner->file, owner->line, setting_name(s), owner->value, line);
	}
}

void look_at_owners(const char *root, const struct processes *seen, struct neighbours *n)
{
	struct look *l = calloc(1, sizeof(*l));

	if (!l) {
		neighbour_unreadable(n, "owners-hidden", "/etc/sysctl.d", -ENOMEM,
				     "who sets sysctls at boot");
		return;
	}
	l->root = root;
	l->n = n;
	l->tuned_runs = seen->tuned || tuned_is_enabled(root);
	sysctld_read(root, &l->boot);
	tmpfilesd_read(root, &l->boot);
	if (l->tuned_runs)
		tuned_read(root, &l->tuned);
	for (enum setting s = 0; s < SETTINGS; s++)
		judge(l, s);
	if (l->boot.err)
		neighbour_unreadable(n, "owners-hidden", l->boot.err_file, l->boot.err,
				     "what is set at boot");
	if (l->tuned.owners.err)
		neighbour_unreadable(n, "owners-hidden", l->tuned.owners.err_file,
				     l->tuned.owners.err, "what tuned sets");
	free(l);
}

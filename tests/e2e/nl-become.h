/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A client without the privileges that the tests have. */
#ifndef PGHOT_E2E_NL_BECOME_H
#define PGHOT_E2E_NL_BECOME_H

/**
 * become() - drop privileges, or end the program with status 2
 * @who: "nobody": all of them; "netadmin", "sysadmin", "perfmon": all but CAP_NET_ADMIN,
 *	CAP_SYS_ADMIN or CAP_PERFMON, which programs that are run keep; "userns": all, to
 *	be root of an own user namespace
 */
void become(const char *who);

#endif /* PGHOT_E2E_NL_BECOME_H */

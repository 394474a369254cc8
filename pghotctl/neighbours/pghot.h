/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has to be known of pghot to tell who interferes. */
#ifndef PGHOTCTL_NEIGHBOURS_PGHOT_H
#define PGHOTCTL_NEIGHBOURS_PGHOT_H

#include <stdbool.h>

/**
 * struct neighbours_pghot - pghot, as far as its neighbours are concerned
 * @family: it has the netlink family, and its sources are known
 * @posted: it is the series as posted, with files in debugfs
 * @enabled: any source is; of @family only
 * @hintfault: this one is; of @family only
 */
struct neighbours_pghot {
	bool family;
	bool posted;
	bool enabled;
	bool hintfault;
};

#endif /* PGHOTCTL_NEIGHBOURS_PGHOT_H */

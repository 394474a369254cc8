/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_WAIT_H
#define SHIM_LINUX_WAIT_H

/* Nobody sleeps: the model calls who is to be woken when its time has come. */
typedef struct {
	char nothing;
} wait_queue_head_t;

#define init_waitqueue_head(wait) ((void)(wait))
#define wake_up(wait)		  ((void)(wait))

#endif

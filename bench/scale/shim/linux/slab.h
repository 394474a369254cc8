/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_SLAB_H
#define SHIM_LINUX_SLAB_H

#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#define GFP_KERNEL	    0
#define GFP_KERNEL_ACCOUNT  0
#define __GFP_NORETRY	    0
#define __GFP_NOWARN	    0
#define __GFP_RETRY_MAYFAIL 0
#define __GFP_ZERO	    0

#define kzalloc(size, gfp)		 calloc(1, size)
#define kzalloc_node(size, gfp, nid)	 ((void)(nid), calloc(1, size))
#define kvcalloc_node(n, size, gfp, nid) ((void)(nid), calloc(n, size))
#define kvmalloc_array(n, size, gfp)	 calloc(n, size)
#define kfree(p)			 free((void *)(p))
#define kvfree(p)			 free((void *)(p))

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_VMALLOC_H
#define SHIM_LINUX_VMALLOC_H

#include <linux/slab.h>

#define is_vmalloc_addr(p)			      ((void)(p), false)
#define vmalloc_to_page(p)			      ((void)(p), (struct page *)NULL)
#define __vmalloc_node(size, align, gfp, nid, caller) ((void)(nid), calloc(1, size))

#endif

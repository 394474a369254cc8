/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SHIM_LINUX_BITFIELD_H
#define SHIM_LINUX_BITFIELD_H

#include <linux/bits.h>

/* A field is named by its mask, whose lowest bit is the unit. */
#define shim_unit(mask) ((mask) & -(mask))

#define FIELD_MAX(mask)		      ((u32)((mask) / shim_unit(mask)))
#define FIELD_GET(mask, word)	      ((u32)(((word) & (mask)) / shim_unit(mask)))
#define FIELD_PREP(mask, value)	      ((u32)(((value)*shim_unit(mask)) & (mask)))
#define FIELD_PREP_CONST(mask, value) FIELD_PREP(mask, value)

#endif

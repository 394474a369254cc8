/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_DATA_KERNEL_H
#define PGHOTTOP_DATA_KERNEL_H

#include "data/collector.h"

/* Samples of the running kernel, through lib/dump. */
extern const struct collector_ops kernel_collector;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of the table of cgroups. */
#ifndef PGHOTTOP_TABLE_OWNERS_H
#define PGHOTTOP_TABLE_OWNERS_H

#include "table/column.h"

/**
 * owner_column_at() - enumerate the columns of cgroups
 * @i: from 0
 *
 * Return: the column, NULL past the last.
 */
const struct column *owner_column_at(size_t i);

#endif

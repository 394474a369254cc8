/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of the tables of cgroups, processes and mappings. */
#ifndef PGHOTTOP_TABLE_OWNERS_H
#define PGHOTTOP_TABLE_OWNERS_H

#include "table/column.h"

/**
 * owner_column_at() - enumerate the columns of cgroups, of processes or of mappings
 * @kind: of which
 * @i: from 0
 *
 * Return: the column, NULL past the last.
 */
const struct column *owner_column_at(enum row_kind kind, size_t i);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PGHOTTOP_TESTS_GOLDEN_H
#define PGHOTTOP_TESTS_GOLDEN_H

/**
 * golden_check() - compare with a file in golden/, and fail when it differs
 * @name: of the file, without ".txt"
 * @got: what there is now; freed
 *
 * With PGHOTTOP_UPDATE_GOLDEN=1 in the environment the file is written instead.
 */
void golden_check(const char *name, char *got);

#endif

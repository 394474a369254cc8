// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded into a program: its allocation number $FAIL_ALLOC, counted from 1, fails.
 * With $FAIL_ALLOC_TOLD a file of that name is made when there was one.
 */

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc's own, under the names by which it exports them. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t nr, size_t size);
extern void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size);
void *calloc(size_t nr, size_t size);
void *realloc(void *p, size_t size);

static long left = -1;

__attribute__((constructor)) static void begin(void)
{
	const char *nr = getenv("FAIL_ALLOC");

	left = nr ? atol(nr) : 0;
}

static int fails(void)
{
	const char *told;
	int fd;

	if (left <= 0 || --left)
		return 0;
	told = getenv("FAIL_ALLOC_TOLD");
	fd = told ? open(told, O_CREAT | O_WRONLY | O_CLOEXEC, 0600) : -1;
	if (fd >= 0)
		close(fd);
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t nr, size_t size)
{
	return fails() ? NULL : __libc_calloc(nr, size);
}

void *realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}

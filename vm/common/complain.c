// SPDX-License-Identifier: GPL-2.0-or-later
#include "complain.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* After the output that was written before. */
__attribute__((format(printf, 1, 0))) static void vcomplain(const char *fmt, va_list ap)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

/**
 * die - say what went wrong, and exit with status 1
 * @fmt: what, without the name of the program and without a newline
 */
void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	exit(1);
}

/**
 * wrong_usage - say what is wrong about the command line, and exit with status 2
 * @fmt: what, with the range that is accepted
 */
void wrong_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(fmt, ap);
	va_end(ap);
	refer_to_help();
}

/** refer_to_help - exit with status 2, when getopt_long(3) has said what is wrong */
void refer_to_help(void)
{
	fprintf(stderr, "Try '%s --help'.\n", program_invocation_short_name);
	exit(2);
}

/**
 * allocate - calloc(3) that does not fail
 * @n: number of elements
 * @size: of each, in bytes
 */
void *allocate(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p)
		die("out of memory");
	return p;
}

/**
 * finish_output - see that all of the output was written
 *
 * Return: 0, the exit status; it does not return if something was not.
 */
int finish_output(void)
{
	if (fflush(stdout) || ferror(stdout))
		die("cannot write the output");
	return 0;
}

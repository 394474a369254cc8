// SPDX-License-Identifier: GPL-2.0-or-later
#include "arguments.h"

#include <errno.h>
#include <stdlib.h>

#include "complain.h"

/**
 * parse_number - a whole number in decimal digits
 * @option: whose it is, without dashes
 * @text: the value
 * @min: the least that is accepted
 * @max: the most
 */
unsigned long parse_number(const char *option, const char *text, unsigned long min,
			   unsigned long max)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end || errno || value < min || value > max)
		wrong_usage("--%s '%s': must be a number from %lu to %lu", option, text, min, max);
	return value;
}

/**
 * parse_real - a number from 0, with a fraction
 * @option: whose it is, without dashes
 * @text: the value
 * @kind: what to call it: "number", "share"
 * @max: the most that is accepted
 */
double parse_real(const char *option, const char *text, const char *kind, double max)
{
	double value;
	char *end;

	errno = 0;
	value = strtod(text, &end);
	/* Written so that NaN fails it, too. */
	if (end == text || *end || errno || !(value >= 0.0 && value <= max))
		wrong_usage("--%s '%s': must be a %s from 0 to %g", option, text, kind, max);
	return value;
}

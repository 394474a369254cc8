// SPDX-License-Identifier: GPL-2.0-or-later

#include "units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "digits.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Digits and a unit, in a buffer of PGHOT_UNIT_LEN bytes. */
static void format_whole(char *buf, uint64_t value, const char *unit)
{
	strcpy(pghot_put_u64(buf, value), unit);
}

/* Three significant digits. */
static int format_digits(char *buf, size_t size, double value)
{
	int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;

	snprintf(buf, size, "%.*f", digits, value);
	return digits;
}

/* The same without trailing zeros behind the point. */
static void format_scaled(char *buf, size_t size, double value, const char *unit)
{
	char number[PGHOT_UNIT_LEN];
	int digits = format_digits(number, sizeof(number), value);

	if (digits) {
		char *end = number + strlen(number) - 1;

		while (*end == '0')
			*end-- = '\0';
		if (*end == '.')
			*end = '\0';
	}
	snprintf(buf, size, "%s%s", number, unit);
}

char *pghot_format_size(char *buf, size_t size, uint64_t bytes)
{
	static const char *const units[] = { " B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB" };
	double value = (double)bytes;
	unsigned int i = 0;

	/* 1023.5 rounds to 1024, which the next unit says better. */
	while (value >= 1023.5 && i + 1 < ARRAY_LEN(units)) {
		value /= 1024;
		i++;
	}
	/* Most are whole. Larger ones than these may have been rounded above. */
	if (bytes < 1ULL << 53 && !(bytes & ((1ULL << 10 * i) - 1)))
		format_whole(buf, bytes >> 10 * i, units[i]);
	else
		format_scaled(buf, size, value, units[i]);
	return buf;
}

char *pghot_format_count(char *buf, size_t size, uint64_t count)
{
	static const char *const units[] = { "", "k", "M", "G", "T", "P", "E" };
	double value = (double)count;
	unsigned int i = 0;

	if (count < 100000) {
		format_whole(buf, count, "");
		return buf;
	}
	while (value >= 999.5 && i + 1 < ARRAY_LEN(units)) {
		value /= 1000;
		i++;
	}
	format_scaled(buf, size, value, units[i]);
	return buf;
}

char *pghot_format_ms(char *buf, size_t size, uint64_t ms)
{
	uint64_t s = ms / 1000;

	if (ms < 1000)
		format_whole(buf, ms, " ms");
	else if (ms < 120000)
		format_scaled(buf, size, (double)ms / 1000, " s");
	else if (s < 3600)
		snprintf(buf, size, "%" PRIu64 "m%02" PRIu64 "s", s / 60, s % 60);
	else if (s < 48 * 3600)
		snprintf(buf, size, "%" PRIu64 "h%02" PRIu64 "m", s / 3600, s / 60 % 60);
	else
		snprintf(buf, size, "%" PRIu64 "d%02" PRIu64 "h", s / 86400, s / 3600 % 24);
	return buf;
}

/*
 * Halfway between two results printf() goes by the double, which lies a little above or below.
 * In all other cases the milliseconds themselves tell how to round.
 */
static bool is_halfway(uint64_t ms, uint64_t unit)
{
	return ms % unit * 2 == unit;
}

char *pghot_format_age(char *buf, size_t size, uint64_t ms)
{
	/* Milliseconds in the last digit that is shown, as format_digits() chooses it. */
	uint64_t unit = ms < 9995 ? 10 : ms < 99950 ? 100 : 1000, n;
	char number[PGHOT_UNIT_LEN], *to;

	if (ms < 1000 || ms >= 120000)
		return pghot_format_ms(buf, size, ms);
	if (is_halfway(ms, unit)) {
		format_digits(number, sizeof(number), (double)ms / 1000);
		snprintf(buf, size, "%s s", number);
		return buf;
	}
	n = (ms + unit / 2) / unit;
	to = pghot_put_u64(buf, n * unit / 1000);
	if (unit < 1000)
		*to++ = '.';
	for (uint64_t digit = 100; digit >= unit; digit /= 10)
		*to++ = (char)('0' + n * unit / digit % 10);
	strcpy(to, " s");
	return buf;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* Digits at *s, which moves behind them; -EINVAL when there are none. */
static int take_digits(const char **s, int base, uint64_t *value)
{
	const char *start = *s;

	*value = 0;
	for (; digit(**s) < base; (*s)++) {
		if (__builtin_mul_overflow(*value, (uint64_t)base, value) ||
		    __builtin_add_overflow(*value, (uint64_t)digit(**s), value))
			return -ERANGE;
	}
	return *s == start ? -EINVAL : 0;
}

int pghot_parse_u64(const char *s, uint64_t *value)
{
	int base = 10, err;
	uint64_t v;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	}
	err = take_digits(&s, base, &v);
	if (err)
		return err;
	if (*s)
		return -EINVAL;
	*value = v;
	return 0;
}

int pghot_parse_s64(const char *s, int64_t *value)
{
	bool negative = *s == '-';
	uint64_t magnitude;
	int err;

	err = pghot_parse_u64(s + negative, &magnitude);
	if (err)
		return err;
	if (magnitude > (uint64_t)INT64_MAX + negative)
		return -ERANGE;
	*value = negative ? (int64_t)-magnitude : (int64_t)magnitude;
	return 0;
}

struct scale {
	const char *suffix;
	uint64_t factor;
};

/*
 * A decimal number with up to nine digits behind the point, then a suffix. The
 * result must come out whole, so the fraction is exact and no rounding occurs:
 * value = integer * factor + fraction * factor / 10^digits.
 */
static int parse_scaled(const char *s, const struct scale *scales, size_t nr, bool ignore_case,
			uint64_t *value)
{
	uint64_t whole, fraction = 0, denominator = 1, v, part;
	const struct scale *scale = NULL;
	int err;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		err = pghot_parse_u64(s, &whole);
		if (err)
			return err;
		s = "";
	} else {
		err = take_digits(&s, 10, &whole);
		if (err)
			return err;
	}
	if (*s == '.') {
		const char *start = ++s;

		err = take_digits(&s, 10, &fraction);
		if (err)
			return err;
		if (s - start > 9)
			return -EINVAL;
		for (; start < s; start++)
			denominator *= 10;
	}
	for (size_t i = 0; i < nr && !scale; i++) {
		if (ignore_case ? !strcasecmp(s, scales[i].suffix) : !strcmp(s, scales[i].suffix))
			scale = &scales[i];
	}
	if (!scale)
		return -EINVAL;
	if (__builtin_mul_overflow(whole, scale->factor, &v) ||
	    __builtin_mul_overflow(fraction, scale->factor, &part))
		return -ERANGE;
	if (part % denominator)
		return -EINVAL;
	if (__builtin_add_overflow(v, part / denominator, &v))
		return -ERANGE;
	*value = v;
	return 0;
}

int pghot_parse_count(const char *s, uint64_t *value)
{
	static const struct scale scales[] = {
		{ "", 1 }, { "k", 1000 }, { "K", 1000 }, { "M", 1000000 }, { "G", 1000000000 },
	};

	return parse_scaled(s, scales, ARRAY_LEN(scales), false, value);
}

int pghot_parse_ms(const char *s, uint64_t bare_ms, uint64_t *value)
{
	const struct scale scales[] = {
		/* clang-format off */
		{ "", bare_ms }, { "ms", 1 }, { "s", 1000 }, { "m", 60000 },
		{ "min", 60000 }, { "h", 3600000 },
		/* clang-format on */
	};

	return parse_scaled(s, scales, ARRAY_LEN(scales), false, value);
}

int pghot_parse_size(const char *s, uint64_t bare_bytes, uint64_t *value)
{
	const struct scale scales[] = {
		{ "", bare_bytes },  { "B", 1 },
		{ "K", 1ULL << 10 }, { "KiB", 1ULL << 10 },
		{ "M", 1ULL << 20 }, { "MiB", 1ULL << 20 },
		{ "G", 1ULL << 30 }, { "GiB", 1ULL << 30 },
		{ "T", 1ULL << 40 }, { "TiB", 1ULL << 40 },
	};

	return parse_scaled(s, scales, ARRAY_LEN(scales), true, value);
}

int pghot_parse_bool(const char *s, bool *value)
{
	static const char *const words[][2] = {
		{ "off", "on" },	   { "no", "yes" }, { "false", "true" },
		{ "disabled", "enabled" }, { "0", "1" },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		for (int v = 0; v < 2; v++) {
			if (!strcasecmp(s, words[i][v])) {
				*value = v;
				return 0;
			}
		}
	}
	return -EINVAL;
}

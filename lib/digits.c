// SPDX-License-Identifier: GPL-2.0-or-later

#include "digits.h"

#include <string.h>

static unsigned int length(uint64_t v)
{
	unsigned int len = 1;

	for (; v >= 10000; v /= 10000)
		len += 4;
	return len + (v >= 10) + (v >= 100) + (v >= 1000);
}

char *pghot_put_u64(char *to, uint64_t v)
{
	/* 00 to 99: half as many divisions. */
	static const char pairs[] = "0001020304050607080910111213141516171819"
				    "2021222324252627282930313233343536373839"
				    "4041424344454647484950515253545556575859"
				    "6061626364656667686970717273747576777879"
				    "8081828384858687888990919293949596979899";
	unsigned int len;
	char *at;

	if (v < 10) {
		*to = (char)('0' + v);
		return to + 1;
	}
	len = length(v);
	at = to + len;
	for (; v >= 100; v /= 100) {
		at -= 2;
		memcpy(at, pairs + v % 100 * 2, 2);
	}
	if (v >= 10)
		memcpy(to, pairs + v * 2, 2);
	else
		*to = (char)('0' + v);
	return to + len;
}

char *pghot_put_hex(char *to, uint64_t v)
{
	static const char hex[] = "0123456789abcdef";
	char *at, *end;

	*to++ = '0';
	if (!v)
		return to;
	*to++ = 'x';
	end = at = to + (67 - __builtin_clzll(v)) / 4;
	for (; v; v >>= 4)
		*--at = hex[v & 15];
	return end;
}

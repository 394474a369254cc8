// SPDX-License-Identifier: GPL-2.0-or-later

#include "nl-put.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nl-family.h"

void die(int status, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(status);
}

static void put_number(struct nlmsghdr *nlh, int type, int bytes, const char *text)
{
	uint64_t value = text[0] == '-' ? (uint64_t)strtoll(text, NULL, 0)
					: strtoull(text, NULL, 0);

	/* Host byte order, the lower bytes first: x86. */
	mnl_attr_put(nlh, type, bytes, &value);
}

static void put_hex(struct nlmsghdr *nlh, int type, const char *text)
{
	uint8_t bytes[256];
	size_t n = 0;

	for (; text[0] && text[1] && n < sizeof(bytes); text += 2) {
		char two[3] = { text[0], text[1], '\0' };

		bytes[n++] = strtoul(two, NULL, 16);
	}
	mnl_attr_put(nlh, type, n, bytes);
}

int put_attrs(struct nlmsghdr *nlh, const struct attr_name *set, char **argv)
{
	int i;

	for (i = 0; argv[i] && strcmp(argv[i], "]"); i++) {
		char *value = strchr(argv[i], '=');
		char *slash = strchr(argv[i], '/');
		const struct attr_name *a;
		struct nlattr *nest;
		const char *type;
		int number;

		if (!value)
			die(2, "'%s': no value", argv[i]);
		*value++ = '\0';
		if (!slash) {
			a = by_name(set, argv[i], strlen(argv[i]));
			if (!a)
				die(2, "'%s': no such attribute here", argv[i]);
			if (a->kind == NEST) {
				nest = mnl_attr_nest_start(nlh, a->number);
				i += 1 + put_attrs(nlh, a->nest, argv + i + 1);
				mnl_attr_nest_end(nlh, nest);
			} else if (a->kind == STR) {
				mnl_attr_put_strz(nlh, a->number, value);
			} else {
				put_number(nlh, a->number, a->bytes, value);
			}
			continue;
		}

		*slash = '\0';
		type = slash + 1;
		number = atoi(argv[i]);
		a = by_number(set, number);
		if (!strcmp(type, "u8"))
			put_number(nlh, number, 1, value);
		else if (!strcmp(type, "u16"))
			put_number(nlh, number, 2, value);
		else if (!strcmp(type, "u32") || !strcmp(type, "s32"))
			put_number(nlh, number, 4, value);
		else if (!strcmp(type, "u64"))
			put_number(nlh, number, 8, value);
		else if (!strcmp(type, "str"))
			mnl_attr_put_strz(nlh, number, value);
		else if (!strcmp(type, "hex"))
			put_hex(nlh, number, value);
		else if (!strcmp(type, "nest")) {
			nest = mnl_attr_nest_start(nlh, number);
			i += 1 + put_attrs(nlh, a ? a->nest : NULL, argv + i + 1);
			mnl_attr_nest_end(nlh, nest);
		} else
			die(2, "'%s': no such type", type);
	}
	return i;
}

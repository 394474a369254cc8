// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/failure.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "errname.h"
#include "extack.h"
#include "printable.h"

int fail_with(struct failure *f, enum status status, int errnum, const char *fmt, ...)
{
	va_list ap;

	memset(f, 0, sizeof(*f));
	f->status = status;
	f->errnum = errnum;
	va_start(ap, fmt);
	vsnprintf(f->message, sizeof(f->message), fmt, ap);
	va_end(ap);
	return status;
}

void fail_hint(struct failure *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->hint, sizeof(f->hint), fmt, ap);
	va_end(ap);
}

void fail_cause(struct failure *f, const char *cause)
{
	snprintf(f->cause, sizeof(f->cause), "%s", cause);
}

enum status status_of_errno(int errnum)
{
	switch (errnum) {
	case EPERM:
	case EACCES:
		return STATUS_PERMISSION;
	case EOPNOTSUPP:
	case ENODEV:
	case EPROTONOSUPPORT:
	case EAFNOSUPPORT:
		return STATUS_UNSUPPORTED;
	default:
		return STATUS_FAILED;
	}
}

int fail_kernel(struct failure *f, const struct pghot_error *err, const char *doing)
{
	const char *cause = err->message[0] ? err->message : strerror(err->errnum);

	fail_with(f, status_of_errno(err->errnum), err->errnum, "cannot %s: %s", doing, cause);
	snprintf(f->attribute, sizeof(f->attribute), "%s", err->attribute);
	if (err->has_range)
		fail_hint(f, "accepted: %" PRId64 " to %" PRIu64, err->min, err->max);
	else if (f->status == STATUS_PERMISSION)
		fail_hint(f, "run it as root, or with CAP_SYS_ADMIN in the initial user "
			     "namespace; CAP_NET_ADMIN is not enough");
	return f->status;
}

const char *failure_word(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return "ok";
	case STATUS_USAGE:
		return "usage";
	case STATUS_UNSUPPORTED:
		return "unsupported";
	case STATUS_PERMISSION:
		return "permission";
	case STATUS_CANNOT_EXECUTE:
		return "cannot-execute";
	case STATUS_NOT_FOUND:
		return "not-found";
	case STATUS_FAILED:
		break;
	}
	return "failed";
}

/* Messages quote what the user typed and what the kernel said. */
static void print_line(FILE *to, const char *prefix, const char *text)
{
	char safe[sizeof(((struct failure *)0)->message) * PGHOT_PRINTABLE_MAX + 1];

	pghot_printable(safe, sizeof(safe), text);
	fprintf(to, "%s%s\n", prefix, safe);
}

void failure_print(const struct failure *f, FILE *to)
{
	const char *name = f->errnum ? pghot_errname(f->errnum) : NULL;
	/* What the kernel refused, unless the message has it; of usage it always has. */
	bool told = f->status == STATUS_USAGE || strstr(f->message, f->attribute);
	const char *attribute = told ? "" : f->attribute;
	char text[sizeof(f->message) + sizeof(f->attribute) + 64];
	char prefix[sizeof(f->location) * PGHOT_PRINTABLE_MAX + 16] = "pghotctl: ";

	if (name || attribute[0])
		snprintf(text, sizeof(text), "%s (%s%s%s)", f->message, attribute,
			 name && attribute[0] ? ", " : "", name ? name : "");
	else
		snprintf(text, sizeof(text), "%s", f->message);
	if (f->location[0]) {
		size_t used = strlen(prefix);

		used += pghot_printable(prefix + used, sizeof(prefix) - used - 2, f->location);
		strcpy(prefix + used, ": ");
	}
	print_line(to, prefix, text);
	if (f->hint[0])
		print_line(to, "hint: ", f->hint);
	if (f->usage[0])
		print_line(to, "usage: pghotctl ", f->usage);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A failure, told with its cause, and the exit status that it gives. */
#ifndef PGHOTCTL_OUTPUT_FAILURE_H
#define PGHOTCTL_OUTPUT_FAILURE_H

#include <stdio.h>

struct pghot_error;

/**
 * enum status - exit status of the program, documented in pghotctl(8)
 * @STATUS_OK: done
 * @STATUS_FAILED: failed
 * @STATUS_USAGE: the command line is wrong
 * @STATUS_UNSUPPORTED: this kernel or machine cannot
 * @STATUS_PERMISSION: this user may not
 * @STATUS_CANNOT_EXECUTE: a program to be run is none, as env(1) has it
 * @STATUS_NOT_FOUND: there is no such program
 */
enum status {
	STATUS_OK,
	STATUS_FAILED,
	STATUS_USAGE,
	STATUS_UNSUPPORTED,
	STATUS_PERMISSION,
	STATUS_CANNOT_EXECUTE = 126,
	STATUS_NOT_FOUND = 127,
};

/**
 * struct failure - what went wrong
 * @status: exit status, STATUS_OK when nothing did
 * @errnum: errno behind it, 0 when there is none
 * @message: the cause, one line
 * @attribute: attribute or argument that it is about, may be empty
 * @hint: what to do about it, may be empty
 * @usage: synopsis of the command that was meant, may be empty
 * @cause: name of the cause, for programs; may be empty
 * @location: what it is about, as "FILE:LINE"; may be empty
 */
struct failure {
	enum status status;
	int errnum;
	char message[512];
	char attribute[64];
	char hint[512];
	char usage[320];
	char cause[32];
	char location[256];
};

/**
 * fail_with() - fill a failure
 * @f: failure
 * @status: exit status
 * @errnum: errno, 0 when there is none
 * @fmt: printf format of the message
 *
 * Return: @status.
 */
int fail_with(struct failure *f, enum status status, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/**
 * status_of_errno() - the exit status that fits an errno
 * @errnum: positive errno
 */
enum status status_of_errno(int errnum);

/**
 * fail_hint() - add what to do about it
 * @f: failure
 * @fmt: printf format
 */
void fail_hint(struct failure *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * fail_cause() - name the cause, for programs
 * @f: failure
 * @cause: short name, such as "no-lower-tier"
 */
void fail_cause(struct failure *f, const char *cause);

/**
 * fail_kernel() - a failure that the kernel or the way to it reported
 * @f: failure
 * @err: what it reported
 * @doing: what was tried, "read the nodes"
 *
 * Return: exit status that fits the errno.
 */
int fail_kernel(struct failure *f, const struct pghot_error *err, const char *doing);

/**
 * failure_word() - the error's "code" in JSON
 * @status: exit status
 */
const char *failure_word(enum status status);

/**
 * failure_print() - say it to a person
 * @f: failure
 * @to: stream
 */
void failure_print(const struct failure *f, FILE *to);

#endif /* PGHOTCTL_OUTPUT_FAILURE_H */

// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "batch/output.h"

static ssize_t write_some(void *cookie, const char *buf, size_t size)
{
	struct output *o = cookie;
	size_t done = 0;

	while (done < size && !o->errnum) {
		ssize_t n = write(o->fd, buf + done, size - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			o->errnum = errno;
	}
	return (ssize_t)done;
}

int output_open(struct output *o, int fd)
{
	const cookie_io_functions_t functions = { .write = write_some };

	*o = (struct output){ .fd = fd };
	o->file = fopencookie(o, "w", functions);
	return o->file ? 0 : -ENOMEM;
}

int output_flush(struct output *o)
{
	/* It fails only as its writes did, unless there is no memory. */
	if (fflush(o->file) && !o->errnum)
		o->errnum = errno ? errno : EIO;
	return -o->errnum;
}

void output_close(struct output *o)
{
	if (o->file)
		fclose(o->file);
	o->file = NULL;
}

struct pollfd output_poll(const struct output *o)
{
	/* POLLERR, which a pipe without a reader has, and POLLHUP need not be asked for. */
	return (struct pollfd){ .fd = o->fd };
}

int output_gone(struct output *o, const struct pollfd *pfd)
{
	if (!(pfd->revents & (POLLERR | POLLHUP)))
		return 0;
	if (!o->errnum)
		o->errnum = EPIPE;
	return -EPIPE;
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

int output_wait(struct output *o, uint64_t until_ns)
{
	uint64_t now;

	while ((now = now_ns()) < until_ns) {
		struct pollfd pfd = output_poll(o);
		struct timespec left = {
			.tv_sec = (time_t)((until_ns - now) / 1000000000),
			.tv_nsec = (long)((until_ns - now) % 1000000000),
		};

		if (ppoll(&pfd, 1, &left, NULL) > 0 && output_gone(o, &pfd))
			return -EPIPE;
		/* A closed descriptor would make this a busy loop. */
		if (pfd.revents & POLLNVAL)
			clock_nanosleep(CLOCK_MONOTONIC, 0, &left, NULL);
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later

#include "backend/stop.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

int stop_catch(struct stop *s, struct ctx *ctx)
{
	sigset_t mask;

	*s = (struct stop){ .fd = -1 };
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &mask, &s->mask))
		return fail_with(&ctx->failure, STATUS_FAILED, errno, "cannot block signals: %s",
				 strerror(errno));
	s->fd = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
	if (s->fd >= 0)
		return STATUS_OK;
	fail_with(&ctx->failure, STATUS_FAILED, errno, "cannot read signals: %s", strerror(errno));
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
	return STATUS_FAILED;
}

void stop_release(struct stop *s)
{
	struct signalfd_siginfo info;

	if (s->fd < 0)
		return;
	while (read(s->fd, &info, sizeof(info)) == sizeof(info))
		;
	close(s->fd);
	s->fd = -1;
	sigprocmask(SIG_SETMASK, &s->mask, NULL);
}

int stop_wait(struct stop *s, int fd, int ms)
{
	struct pollfd fds[] = {
		{ .fd = s->fd, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	int ready = poll(fds, 2, ms);

	if (ready < 0 && errno != EINTR)
		return -errno;
	if (ready > 0 && fds[0].revents)
		s->asked = true;
	return ready > 0 && fds[1].revents;
}

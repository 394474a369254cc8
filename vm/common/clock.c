// SPDX-License-Identifier: GPL-2.0-or-later
#include "clock.h"

#include <errno.h>

/**
 * block_signals - keep the signals that control a run for sleep_until()
 * @signals: set to SIGUSR1, which starts the clock, and SIGINT and SIGTERM, which end it
 *
 * Call it before there are threads and children: they inherit it.
 */
void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGUSR1);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

/**
 * sleep_until - wait for a time, or for a signal
 * @ns: the time, as now_ns() tells it; it may be past
 * @signals: blocked ones that end the wait; none: an empty set
 *
 * Return: 0 at the time, or the number of the signal, which is then no longer pending.
 */
int sleep_until(int64_t ns, const sigset_t *signals)
{
	for (;;) {
		int64_t left = ns - now_ns();
		struct timespec ts = { 0 };
		int sig;

		if (left > 0) {
			ts.tv_sec = left / NSEC_PER_SEC;
			ts.tv_nsec = left % NSEC_PER_SEC;
		}
		sig = sigtimedwait(signals, NULL, &ts);
		if (sig >= 0)
			return sig;
		if (errno == EAGAIN)
			return 0;
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later
/* The settings of pghottop: whatever the file says, it is read or warned of, line by line. */

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "setup/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void warned(void *data, const char *text)
{
	unsigned int *nr = data;

	assert(text[0]);
	++*nr;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("settings", MFD_CLOEXEC);
	unsigned int warnings = 0;
	static struct ui ui;
	char path[64];
	int ret;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ui_init(&ui);
	ret = settings_read(path, &ui, warned, &warnings);
	assert(!ret || warnings);
	close(fd);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "app.h"
#include "data/kernel.h"

int main(int argc, char **argv)
{
	return app_main(argc, argv, &kernel_collector);
}

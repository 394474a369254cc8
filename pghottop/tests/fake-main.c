// SPDX-License-Identifier: GPL-2.0-or-later
/* pghottop on a made-up machine: for tests of the live view on a terminal */
#include "app.h"
#include "fake.h"

int main(int argc, char **argv)
{
	return app_main(argc, argv, &fake_collector);
}

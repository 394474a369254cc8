// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arguments.h"
#include "common/complain.h"
#include "placement.h"

static void usage(FILE *f)
{
	fprintf(f,
		"Usage: pghot-workload [OPTION]...\n"
		"Access memory on a slow NUMA node with a scattered hot set, and report what\n"
		"share of the hot set is on the fast node, by move_pages(2).\n"
		"\n"
		"  --size MIB       memory to map and access (default 256)\n"
		"  --hot MIB        of which hot, in scattered 4 KiB pages (default 16)\n"
		"  --skew SHARE     of the accesses that goes to the hot set (default 0.9999)\n"
		"  --flat           access all pages alike\n"
		"  --read           only read (default: read and write back)\n"
		"  --rate N         at most N million accesses per second, the rest of the time\n"
		"                   spent computing; 0 (default): as many as the CPU can make\n"
		"  --threads N      that access the memory (default 1)\n"
		"  --seconds N      length of the run, since ready or the last SIGUSR1;\n"
		"                   0 (default): until SIGINT or SIGTERM\n"
		"  --interval MS    between two samples (default 1000)\n"
		"  --node N         where the memory is faulted in (default 1)\n"
		"  --fast-node N    where the hot set is wanted (default 0)\n"
		"  --bind           leave the memory bound to --node\n"
		"  --thp on|off     advise for or against huge pages (default off)\n"
		"  --memfd          a shared mapping of a memfd (default: private, anonymous)\n"
		"  --mlock          lock the memory\n"
		"  --seed N         of the random choices (default 1)\n"
		"  --json           one JSON object per line\n"
		"  --help\n"
		"\n"
		"SIGUSR1 sets the clock to 0.  Exit status: 0 done, 1 failed, 2 wrong usage.\n");
}

static bool parse_switch(const char *option, const char *text)
{
	if (!strcmp(text, "on"))
		return true;
	if (strcmp(text, "off"))
		wrong_usage("--%s '%s': must be on or off", option, text);
	return false;
}

/**
 * parse_options - what the command line says, or the end of the program
 * @o: filled in
 * @argc: as main() has it
 * @argv: as main() has it
 */
void parse_options(struct options *o, int argc, char **argv)
{
	enum {
		OPT_SIZE = 256,
		OPT_HOT,
		OPT_SKEW,
		OPT_FLAT,
		OPT_READ,
		OPT_RATE,
		OPT_THREADS,
		OPT_SECONDS,
		OPT_INTERVAL,
		OPT_NODE,
		OPT_FAST_NODE,
		OPT_BIND,
		OPT_THP,
		OPT_MEMFD,
		OPT_MLOCK,
		OPT_SEED,
		OPT_JSON,
		OPT_HELP,
	};
	static const struct option options[] = {
		{ "size", required_argument, NULL, OPT_SIZE },
		{ "hot", required_argument, NULL, OPT_HOT },
		{ "skew", required_argument, NULL, OPT_SKEW },
		{ "flat", no_argument, NULL, OPT_FLAT },
		{ "read", no_argument, NULL, OPT_READ },
		{ "rate", required_argument, NULL, OPT_RATE },
		{ "threads", required_argument, NULL, OPT_THREADS },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "interval", required_argument, NULL, OPT_INTERVAL },
		{ "node", required_argument, NULL, OPT_NODE },
		{ "fast-node", required_argument, NULL, OPT_FAST_NODE },
		{ "bind", no_argument, NULL, OPT_BIND },
		{ "thp", required_argument, NULL, OPT_THP },
		{ "memfd", no_argument, NULL, OPT_MEMFD },
		{ "mlock", no_argument, NULL, OPT_MLOCK },
		{ "seed", required_argument, NULL, OPT_SEED },
		{ "json", no_argument, NULL, OPT_JSON },
		{ "help", no_argument, NULL, OPT_HELP },
		{}
	};
	int opt, index;

	*o = (struct options){
		.size_mib = 256,
		.hot_mib = 16,
		.skew = 0.9999,
		.threads = 1,
		.interval_ms = 1000,
		.node = 1,
		.seed = 1,
	};
	while ((opt = getopt_long(argc, argv, "", options, &index)) != -1) {
		const char *name = opt >= OPT_SIZE ? options[opt - OPT_SIZE].name : NULL;

		switch (opt) {
		case OPT_SIZE:
			o->size_mib = parse_number(name, optarg, 1, 1 << 20);
			break;
		case OPT_HOT:
			o->hot_mib = parse_number(name, optarg, 1, 1 << 20);
			break;
		case OPT_SKEW:
			o->skew = parse_real(name, optarg, "share", 1.0);
			break;
		case OPT_FLAT:
			o->flat = true;
			break;
		case OPT_READ:
			o->read_only = true;
			break;
		case OPT_RATE:
			o->rate = parse_number(name, optarg, 0, 100000);
			break;
		case OPT_THREADS:
			o->threads = parse_number(name, optarg, 1, MAX_THREADS);
			break;
		case OPT_SECONDS:
			o->seconds = parse_number(name, optarg, 0, 1000000);
			break;
		case OPT_INTERVAL:
			o->interval_ms = parse_number(name, optarg, 10, 60000);
			break;
		case OPT_NODE:
			o->node = parse_number(name, optarg, 0, PLACEMENT_NODES - 1);
			break;
		case OPT_FAST_NODE:
			o->fast_node = parse_number(name, optarg, 0, PLACEMENT_NODES - 1);
			break;
		case OPT_BIND:
			o->bind = true;
			break;
		case OPT_THP:
			o->thp = parse_switch(name, optarg);
			break;
		case OPT_MEMFD:
			o->memfd = true;
			break;
		case OPT_MLOCK:
			o->mlock = true;
			break;
		case OPT_SEED:
			o->seed = parse_number(name, optarg, 0, ULONG_MAX);
			break;
		case OPT_JSON:
			o->json = true;
			break;
		case OPT_HELP:
			usage(stdout);
			exit(finish_output());
		default:
			refer_to_help();
		}
	}
	if (optind < argc)
		wrong_usage("unexpected argument '%s'", argv[optind]);
	if (o->hot_mib > o->size_mib)
		wrong_usage("--hot %lu: must be at most --size, which is %lu", o->hot_mib,
			    o->size_mib);
	if (o->node == o->fast_node)
		wrong_usage("--node %lu: must differ from --fast-node", o->node);
}

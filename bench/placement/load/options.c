// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arguments.h"
#include "common/complain.h"
#include "common/pages.h"

static void usage(FILE *f)
{
	fprintf(f,
		"Usage: bench-load [OPTION]...\n"
		"Access memory with a known popularity of every page, and report once a second\n"
		"what share of the accesses the fast node serves.\n"
		"\n"
		"  --mib N            memory of each process (default 1400)\n"
		"  --zipf S           popularity 1/rank^S (default 0.99)\n"
		"  --uniform          all pages alike\n"
		"  --hot MIB:SHARE    that share of the accesses goes to that much memory\n"
		"  --huge-ranks       popularity by 2 MiB instead of by 4 KiB\n"
		"  --memory KIND      anon (default), thp, read or mmap\n"
		"  --file FILE        for read and mmap; as large as --mib says\n"
		"  --threads N        of each process (default 1)\n"
		"  --processes N      each with memory of its own (default 1)\n"
		"  --idle-after S     then the first process stops\n"
		"  --shift S          every S seconds other pages are popular\n"
		"  --node N           fault the memory in on that node (default: where it falls)\n"
		"  --fast-node N      the node that serves hits (default 0)\n"
		"  --seconds N        length of the run, from SIGUSR1 (default 90)\n"
		"  --hold             go on after the summary, until SIGUSR1 comes again\n"
		"  --interval MS      between two looks (default 1000)\n"
		"  --seed N           of all that is random (default 1)\n"
		"  --help\n"
		"\n"
		"Exit status: 0 done, 1 failed, 2 wrong usage.\n");
}

static enum memory parse_memory(const char *text)
{
	static const char *const names[] = {
		[MEMORY_ANON] = "anon",
		[MEMORY_THP] = "thp",
		[MEMORY_READ] = "read",
		[MEMORY_MMAP] = "mmap",
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(text, names[i]))
			return i;
	wrong_usage("--memory '%s': must be anon, thp, read or mmap", text);
}

static void parse_hot(struct options *o, char *text)
{
	char *share = strchr(text, ':');

	if (!share)
		wrong_usage("--hot '%s': must be MIB:SHARE", text);
	*share++ = '\0';
	o->shape = SHAPE_HOT;
	o->hot_mib = parse_number("hot", text, 1, 1UL << 20);
	o->share = parse_real("hot", share, "number", 1.0);
}

/**
 * parse_options - what the command line says, or the end of the program
 * @o: filled in
 * @argc: as main() has it
 * @argv: as main() has it; the text of --hot is taken apart
 */
void parse_options(struct options *o, int argc, char **argv)
{
	enum {
		OPT_MIB = 256,
		OPT_ZIPF,
		OPT_UNIFORM,
		OPT_HOT,
		OPT_HUGE_RANKS,
		OPT_MEMORY,
		OPT_FILE,
		OPT_THREADS,
		OPT_PROCESSES,
		OPT_IDLE_AFTER,
		OPT_SHIFT,
		OPT_NODE,
		OPT_FAST_NODE,
		OPT_SECONDS,
		OPT_INTERVAL,
		OPT_SEED,
		OPT_HOLD,
		OPT_HELP,
	};
	static const struct option options[] = {
		{ "mib", required_argument, NULL, OPT_MIB },
		{ "zipf", required_argument, NULL, OPT_ZIPF },
		{ "uniform", no_argument, NULL, OPT_UNIFORM },
		{ "hot", required_argument, NULL, OPT_HOT },
		{ "huge-ranks", no_argument, NULL, OPT_HUGE_RANKS },
		{ "memory", required_argument, NULL, OPT_MEMORY },
		{ "file", required_argument, NULL, OPT_FILE },
		{ "threads", required_argument, NULL, OPT_THREADS },
		{ "processes", required_argument, NULL, OPT_PROCESSES },
		{ "idle-after", required_argument, NULL, OPT_IDLE_AFTER },
		{ "shift", required_argument, NULL, OPT_SHIFT },
		{ "node", required_argument, NULL, OPT_NODE },
		{ "fast-node", required_argument, NULL, OPT_FAST_NODE },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "hold", no_argument, NULL, OPT_HOLD },
		{ "interval", required_argument, NULL, OPT_INTERVAL },
		{ "seed", required_argument, NULL, OPT_SEED },
		{ "help", no_argument, NULL, OPT_HELP },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	*o = (struct options){
		.mib = 1400,
		.shape = SHAPE_ZIPF,
		.exponent = 0.99,
		.unit = 1,
		.processes = 1,
		.threads = 1,
		.seconds = 90,
		.interval_ms = 1000,
		.node = -1,
		.seed = 1,
	};
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case OPT_MIB:
			o->mib = parse_number("mib", optarg, 2, 1UL << 20);
			break;
		case OPT_ZIPF:
			o->shape = SHAPE_ZIPF;
			o->exponent = parse_real("zipf", optarg, "number", 10.0);
			break;
		case OPT_UNIFORM:
			o->shape = SHAPE_UNIFORM;
			break;
		case OPT_HOT:
			parse_hot(o, optarg);
			break;
		case OPT_HUGE_RANKS:
			o->unit = HUGE_BYTES / PAGE_BYTES;
			break;
		case OPT_MEMORY:
			o->memory = parse_memory(optarg);
			break;
		case OPT_FILE:
			o->file = optarg;
			break;
		case OPT_THREADS:
			o->threads = parse_number("threads", optarg, 1, MAX_THREADS);
			break;
		case OPT_PROCESSES:
			o->processes = parse_number("processes", optarg, 1, MAX_PROCESSES);
			break;
		case OPT_IDLE_AFTER:
			o->idle_after_s = parse_number("idle-after", optarg, 1, 86400);
			break;
		case OPT_SHIFT:
			o->shift_s = parse_number("shift", optarg, 1, 86400);
			break;
		case OPT_NODE:
			o->node = parse_number("node", optarg, 0, 63);
			break;
		case OPT_FAST_NODE:
			o->fast_node = parse_number("fast-node", optarg, 0, 63);
			break;
		case OPT_SECONDS:
			o->seconds = parse_number("seconds", optarg, 1, 86400);
			break;
		case OPT_HOLD:
			o->hold = true;
			break;
		case OPT_INTERVAL:
			o->interval_ms = parse_number("interval", optarg, 10, 3600000);
			break;
		case OPT_SEED:
			o->seed = parse_number("seed", optarg, 0, UINT32_MAX);
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
	if (o->shape == SHAPE_HOT && o->hot_mib > o->mib)
		wrong_usage("--hot: more than the %lu MiB that there are", o->mib);
	if (!o->file && (o->memory == MEMORY_READ || o->memory == MEMORY_MMAP))
		wrong_usage("--memory read and mmap need --file");
	if (o->unit > 1 && o->mib % 2)
		wrong_usage("--huge-ranks: --mib must be even");
	if (o->unit > 1 && o->shape == SHAPE_HOT && o->hot_mib % 2)
		wrong_usage("--huge-ranks: the size in --hot must be even");
	if (o->shift_s && o->seconds / o->shift_s >= MAX_PHASES)
		wrong_usage("--shift: more than %d times in a run", MAX_PHASES);
}

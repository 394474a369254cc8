// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "costs.h"
#include "options.h"
#include "params.h"

static const char usage[] =
	"Usage: bench-scale [OPTION]...\n"
	"How soon the sources of pghot find a hot set, and what that costs, on large machines.\n"
	"\n"
	"  --slow GIB          slow memory, 1 to 65536 (default: 16, 256, 1024 and 6144)\n"
	"  --fast GIB          fast memory (default: a quarter of that)\n"
	"  --cpus N            1 to 4096 (default: one per 4 GiB, 4 to 512)\n"
	"  --top-nodes N       nodes of fast memory, 1 to 31 (default: 1, 2, 4 or 8)\n"
	"  --processes N       1 to 1000000 (default: one per 16 GiB)\n"
	"  --config-cpus N     CONFIG_NR_CPUS, 1 to 8192 (default 512)\n"
	"  --page 4K|2M        size of pages (default: both)\n"
	"  --source NAME,...   hintfault, ibs, lruscan, mmscan (default: all)\n"
	"  --free, --full      fast memory (default: both)\n"
	"  --hot FRACTION      of slow memory that is hot, more than 0 to 0.5 (default 1/16)\n"
	"  --idle FRACTION     that is never accessed, 0 to 0.9 (default 0)\n"
	"  --hot-rate N        accesses per second to a hot page (default 20)\n"
	"  --cold-rate N       and to each of the others (default 0.01)\n"
	"  --instruction-ns N  time of an instruction (default 0.333; with -icount it is 1)\n"
	"  --cost NAME=N       another cost, see --list\n"
	"  --param NAME=N      another value of a parameter of pghot, see --list\n"
	"  --seconds N         simulated time at most (default 3600)\n"
	"  --seed N            of all that is random (default 1)\n"
	"  --case NAME,...     scale, sleepers (100,000 processes that sleep), hottest (is\n"
	"                      the hottest promoted first?) (default: all)\n"
	"  --json              JSON instead of a table\n"
	"  --svg FILE          how much was found over time, as a picture\n"
	"  --validate FILE     compare with measured figures, in the form of --json\n"
	"  --check             exit status 1 when anything is late, blind or costs too much\n"
	"  --list              costs and parameters\n"
	"  --help\n"
	"\n"
	"Exit status: 0 done, 1 failed, or --check or --validate found fault, 2 wrong usage.\n";

__attribute__((format(printf, 1, 2), noreturn)) static void wrong(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fprintf(stderr, "bench-scale: ");
	vfprintf(stderr, format, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(2);
}

/* A number in a range; a fraction may be written as one. */
static double number(const char *name, const char *text, double least, double most)
{
	char *end;
	double n, under;

	errno = 0;
	n = strtod(text, &end);
	if (end != text && *end == '/') {
		const char *rest = end + 1;

		under = strtod(rest, &end);
		n = end == rest ? NAN : n / under;
	}
	if (end == text || *end || errno || !(n >= least && n <= most))
		wrong("%s '%s': a number from %.10g to %.10g is wanted", name, text, least, most);
	return n;
}

static double whole(const char *name, const char *text, double least, double most)
{
	char *end;
	double n;

	errno = 0;
	n = strtod(text, &end);
	if (end == text || *end || errno || n != floor(n) || !(n >= least && n <= most))
		wrong("%s '%s': a whole number from %.0f to %.0f is wanted", name, text, least,
		      most);
	return n;
}

/* Bits of the words in a list with commas. */
static unsigned int words(const char *name, const char *text, const char *const *known, int nr,
			  const char *all)
{
	unsigned int bits = 0;

	for (;;) {
		size_t len = strcspn(text, ",");
		int i;

		for (i = 0; i < nr; i++) {
			if (strlen(known[i]) == len && !strncmp(known[i], text, len))
				break;
		}
		if (i == nr)
			wrong("%s '%.*s': there are %s", name, (int)len, text, all);
		bits |= 1U << i;
		if (!text[len])
			return bits;
		text += len + 1;
	}
}

static const char *const case_names[] = { "scale", "sleepers", "hottest" };
static const char *const page_names[] = { "4K", "2M" };

static void set_cost(const char *text)
{
	size_t len = strcspn(text, "=");
	struct cost *cost = cost_by_name(text, len);

	if (!text[len] || !cost)
		wrong("--cost '%s': NAME=N is wanted, with a name from --list", text);
	cost->amount = number(cost->name, text + len + 1, 0, 1e9);
	cost->from = "--cost";
}

static void set_param(const char *text)
{
	size_t len = strcspn(text, "=");
	struct param *param = param_by_name(text, len);

	if (!text[len] || !param)
		wrong("--param '%s': NAME=N is wanted, with a name from --list", text);
	param->value = whole(param->name, text + len + 1, param->least, param->most);
}

static void choose_cases(struct options *o, unsigned int cases)
{
	o->scale = cases & 1;
	o->sleepers = cases & 2;
	o->hottest = cases & 4;
}

enum {
	SLOW = 256,
	FAST,
	CPUS,
	TOP_NODES,
	PROCESSES,
	CONFIG_CPUS,
	PAGE,
	SOURCE,
	FREE,
	FULL,
	HOT,
	IDLE,
	HOT_RATE,
	COLD_RATE,
	INSTRUCTION_NS,
	COST,
	PARAM,
	SECONDS,
	SEED,
	CASE,
	JSON,
	SVG,
	VALIDATE,
	CHECK,
	LIST,
	HELP,
};

static const struct option known[] = {
	{ "slow", required_argument, NULL, SLOW },
	{ "fast", required_argument, NULL, FAST },
	{ "cpus", required_argument, NULL, CPUS },
	{ "top-nodes", required_argument, NULL, TOP_NODES },
	{ "processes", required_argument, NULL, PROCESSES },
	{ "config-cpus", required_argument, NULL, CONFIG_CPUS },
	{ "page", required_argument, NULL, PAGE },
	{ "source", required_argument, NULL, SOURCE },
	{ "free", no_argument, NULL, FREE },
	{ "full", no_argument, NULL, FULL },
	{ "hot", required_argument, NULL, HOT },
	{ "idle", required_argument, NULL, IDLE },
	{ "hot-rate", required_argument, NULL, HOT_RATE },
	{ "cold-rate", required_argument, NULL, COLD_RATE },
	{ "instruction-ns", required_argument, NULL, INSTRUCTION_NS },
	{ "cost", required_argument, NULL, COST },
	{ "param", required_argument, NULL, PARAM },
	{ "seconds", required_argument, NULL, SECONDS },
	{ "seed", required_argument, NULL, SEED },
	{ "case", required_argument, NULL, CASE },
	{ "json", no_argument, NULL, JSON },
	{ "svg", required_argument, NULL, SVG },
	{ "validate", required_argument, NULL, VALIDATE },
	{ "check", no_argument, NULL, CHECK },
	{ "list", no_argument, NULL, LIST },
	{ "help", no_argument, NULL, HELP },
	{ 0 },
};

/* Options about the machine; false for others. */
static bool take_machine(struct machine *m, int option, const char *name)
{
	switch (option) {
	case SLOW:
		m->slow_gib = number(name, optarg, 1, 65536);
		break;
	case FAST:
		m->fast_gib = number(name, optarg, 0.25, 65536);
		break;
	case CPUS:
		m->cpus = whole(name, optarg, 1, 4096);
		break;
	case TOP_NODES:
		m->top_nodes = whole(name, optarg, 1, 31);
		break;
	case PROCESSES:
		m->processes = whole(name, optarg, 1, 1000000);
		break;
	case CONFIG_CPUS:
		m->config_cpus = whole(name, optarg, 1, 8192);
		break;
	case HOT:
		m->hot = number(name, optarg, 1e-4, 0.5);
		break;
	case IDLE:
		m->idle = number(name, optarg, 0, 0.9);
		break;
	case HOT_RATE:
		m->hot_rate = number(name, optarg, 1e-6, 1e9);
		break;
	case COLD_RATE:
		m->cold_rate = number(name, optarg, 0, 1e9);
		break;
	case INSTRUCTION_NS:
		m->instruction_ns = number(name, optarg, 1e-3, 1e3);
		break;
	case SECONDS:
		m->seconds = number(name, optarg, 1, 1e6);
		break;
	case SEED:
		m->seed = whole(name, optarg, 0, 9007199254740992.0);
		break;
	default:
		return false;
	}
	return true;
}

static void take(struct options *o, int option, const char *name)
{
	switch (option) {
	case PAGE:
		o->pages = words(name, optarg, page_names, 2, "4K and 2M");
		break;
	case SOURCE:
		o->sources = words(name, optarg, scale_source_names, SCALE_SOURCES,
				   "hintfault, ibs, lruscan and mmscan");
		break;
	case FREE:
		o->fast |= 1;
		break;
	case FULL:
		o->fast |= 2;
		break;
	case COST:
		set_cost(optarg);
		break;
	case PARAM:
		set_param(optarg);
		break;
	case CASE:
		choose_cases(o, words(name, optarg, case_names, 3, "scale, sleepers and hottest"));
		break;
	case JSON:
		o->json = true;
		break;
	case SVG:
		o->svg = optarg;
		break;
	case VALIDATE:
		o->validate = optarg;
		break;
	case CHECK:
		o->check = true;
		break;
	case LIST:
		o->list = true;
		break;
	case HELP:
		fputs(usage, stdout);
		exit(fflush(stdout) ? 1 : 0);
	default:
		/* getopt_long() has told what is wrong. */
		exit(2);
	}
}

void options_parse(struct options *o, int argc, char **argv)
{
	int option, which = 0;

	*o = (struct options){ .machine = { .config_cpus = 512,
					    .hot = 1. / 16,
					    .hot_rate = 20,
					    .cold_rate = 0.01,
					    .instruction_ns = 1. / 3,
					    .seconds = 3600,
					    .seed = 1 } };
	choose_cases(o, 7);
	o->sources = (1U << SCALE_SOURCES) - 1;
	o->pages = 3;
	while ((option = getopt_long(argc, argv, "", known, &which)) != -1) {
		char name[32];

		/* Only for those that are known is there a name. */
		snprintf(name, sizeof(name), "--%s", option < SLOW ? "" : known[which].name);
		if (!take_machine(&o->machine, option, name))
			take(o, option, name);
	}
	if (optind < argc)
		wrong("'%s': no arguments are taken but options", argv[optind]);
	if (!o->fast)
		o->fast = 3;
	if (o->machine.hot + o->machine.idle > 1)
		wrong("--hot and --idle: together no more than 1");
}

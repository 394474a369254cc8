// SPDX-License-Identifier: GPL-2.0-or-later

#include "table.h"

#include <stdio.h>
#include <string.h>

#include <linux/pghot.h>
#include <linux/pghot_prctl.h>

#include "commands.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define HOUR_MS	     3600000

/* clang-format off */

/* The letter of each stands in @metavar. */
static const struct arg global_options[] = {
	{ .name = "--json", .metavar = "-j",
	  .help = "one JSON object on standard output, errors too" },
	{ .name = "--pretty", .metavar = "-p",
	  .help = "the same, indented" },
	{ .name = "--raw", .metavar = "-r",
	  .help = "plain numbers in text: bytes, milliseconds, pages" },
	{ .name = "--help", .metavar = "-h",
	  .help = "help, of the command if one is given" },
	{ .name = "--version", .metavar = "-V",
	  .help = "version of this program" },
};

static const struct arg no_args[] = { { 0 } };

static const struct arg source_show_args[] = {
	{ "SRC", ARG_SOURCE, ARG_REQUIRED | ARG_REPEAT,
	  .help = "source, by name or alias" },
	{ 0 }
};

static const struct arg source_set_args[] = {
	{ "SRC", ARG_SOURCE, ARG_REQUIRED,
	  .help = "source, by name or alias" },
	{ "NAME=VALUE", ARG_SOURCE_ASSIGN, ARG_REQUIRED | ARG_REPEAT,
	  .help = "enabled=on|off, or a parameter of the source" },
	{ 0 }
};

static const struct arg enable_args[] = {
	{ "SRC", ARG_SOURCE, ARG_REQUIRED | ARG_REPEAT,
	  .help = "source, by name or alias" },
	{ "--no-sysctl", ARG_FLAG,
	  .help = "leave kernel.numa_balancing alone" },
	{ 0 }
};

static const struct arg disable_args[] = {
	{ "SRC", ARG_SOURCE, ARG_REQUIRED | ARG_REPEAT | ARG_OR_ALL,
	  .help = "source, by name or alias, or all that are enabled" },
	{ 0 }
};

static const struct arg get_args[] = {
	{ "NAME", ARG_PARAM, ARG_REPEAT, .help = "parameter" },
	{ 0 }
};

static const struct arg set_args[] = {
	{ "NAME=VALUE", ARG_PARAM_ASSIGN, ARG_REQUIRED | ARG_REPEAT,
	  .help = "parameter and its new value" },
	{ 0 }
};

static const struct arg node_args[] = {
	{ "NID", ARG_NODE, ARG_REPEAT, .help = "only these nodes" },
	{ 0 }
};

#define DUMP_NODE \
	{ "--node", ARG_NODE, 0, .metavar = "NID", .help = "only this node" }
#define DUMP_LIMIT \
	{ "--limit", ARG_COUNT, 0, 1, PGHOT_DUMP_LIMIT_MAX, "N", \
	  .help = "at most so many entries" }
#define DUMP_MIN_FREQ \
	{ "--min-freq", ARG_COUNT, 0, 1, PGHOT_FREQ_THRESHOLD_MAX, "N", \
	  .help = "only entries with at least this frequency" }

static const struct arg dump_heap_args[] = {
	DUMP_NODE, DUMP_LIMIT, DUMP_MIN_FREQ, { 0 }
};

static const struct arg dump_records_args[] = {
	DUMP_NODE, DUMP_LIMIT, DUMP_MIN_FREQ,
	{ "--pfn-range", ARG_PFN_RANGE, 0, .metavar = "RANGE",
	  .help = "page frames START-END, END included, or START+COUNT" },
	{ 0 }
};

static const struct arg dump_promoted_args[] = {
	DUMP_NODE, DUMP_LIMIT, { 0 }
};

static const struct arg stats_args[] = {
	{ "--watch", ARG_SECONDS, 0, 100, HOUR_MS, "INTERVAL",
	  .help = "print what changed, again after each interval (1, 500ms)" },
	{ "--count", ARG_COUNT, 0, 1, UINT32_MAX, "N",
	  .help = "with --watch, stop after so many intervals" },
	{ 0 }
};

static const struct arg promote_args[] = {
	{ "PFN", ARG_PFN, 0, .help = "page frame of the page to promote" },
	{ "--node", ARG_NODE, 0, .metavar = "NID",
	  .help = "node to promote to" },
	{ "--count", ARG_COUNT, 0, 1, PGHOT_HEAP_CAPACITY_MAX, "N",
	  .help = "without PFN: the so many hottest that wait for the node" },
	{ 0 }
};

static const char *const reset_words[] = {
	"records", "heaps", "counters", "all", NULL
};
static const struct arg reset_args[] = {
	{ "WHAT", ARG_WORD, ARG_REQUIRED | ARG_REPEAT, .words = reset_words,
	  .help = "records, heaps, counters, or all of them" },
	{ 0 }
};

static const struct arg run_args[] = {
	{ "CMD", ARG_PROGRAM, ARG_REQUIRED,
	  .help = "program to run, and its arguments" },
	{ "--scan-scale", ARG_COUNT, ARG_REQUIRED, 0, PGHOT_SCAN_SCALE_MAX, "N",
	  .help = "how much sooner mmscan looks at it, 1 to 10; 0 for never" },
	{ 0 }
};

static const char *const monitor_words[] = { "config", "promotion", NULL };
static const struct arg monitor_args[] = {
	{ "TOPIC", ARG_WORD, ARG_REPEAT, .words = monitor_words,
	  .help = "config or promotion; both without" },
	{ "--count", ARG_COUNT, 0, 1, UINT32_MAX, "N",
	  .help = "stop after so many events" },
	{ 0 }
};

static const struct arg help_args[] = {
	{ "COMMAND", ARG_COMMAND, ARG_REPEAT, .help = "words of a command" },
	{ 0 }
};

static const struct command commands[] = {
	{ "status", "what pghot is doing, at a glance",
	  "Sources, nodes and tiers, parameters, memory in use, and the settings\n"
	  "of the system that promotion depends on.",
	  ANYONE, no_args, NULL, cmd_status },
	{ "source list", "the detectors of accesses", NULL,
	  ANYONE, no_args, NULL, cmd_source_list },
	{ "source show", "a source, its parameters and counters", NULL,
	  ANYONE, source_show_args, NULL, cmd_source_show },
	{ "source set", "set parameters of a source, all or none",
	  "Unlike enable, enabled=on touches nothing but the source.",
	  ADMIN, source_set_args, NULL, cmd_source_set },
	{ "enable", "enable sources, and what they need",
	  "Hint faults of slow memory come only while kernel.numa_balancing\n"
	  "includes 2, memory tiering: enabling hintfault adds it and says so.\n"
	  "When one source cannot be enabled, none is.",
	  ADMIN, enable_args, NULL, cmd_enable },
	{ "disable", "disable sources",
	  "kernel.numa_balancing stays as it is.",
	  ADMIN, disable_args, NULL, cmd_disable },
	{ "get", "show parameters", NULL,
	  ANYONE, get_args, NULL, cmd_get },
	{ "set", "set parameters, all or none",
	  "Values may have units: window-ms=4s, promote-rate-limit-mbps=1G.",
	  ADMIN, set_args, NULL, cmd_set },
	{ "node", "nodes with memory: tier, heap, promotions", NULL,
	  ANYONE, node_args, NULL, cmd_node },
	{ "dump heap", "pages that wait for promotion, hottest first", NULL,
	  ADMIN, dump_heap_args, NULL, cmd_dump_heap },
	{ "dump records", "tracked pages by page frame",
	  "With --limit the hottest ones, hottest first.",
	  ADMIN, dump_records_args, NULL, cmd_dump_records },
	{ "dump promoted", "the most recent promotions, latest first",
	  "Page frame and node are those that the page came from; its age is the\n"
	  "time since it was promoted.",
	  ADMIN, dump_promoted_args, NULL, cmd_dump_promoted },
	{ "stats", "all counters", NULL,
	  ANYONE, stats_args, check_stats, cmd_stats },
	{ "promote", "promote now, whatever the rate limit",
	  "Either one page by its page frame, or the hottest of those that wait\n"
	  "for a node. What users of the pages have bound by policy stays.",
	  ADMIN, promote_args, check_promote, cmd_promote },
	{ "reset", "forget records, empty heaps, zero counters", NULL,
	  ADMIN, reset_args, NULL, cmd_reset },
	{ "run", "run a program with a scan scale of its own",
	  "The source mmscan looks at its memory so many times sooner, or never.\n"
	  "Children of the program have the same scale until they execute another\n"
	  "program. What follows CMD are its own arguments. Exit status is that of\n"
	  "the program; 126 when it cannot be executed, 127 when it is not found.",
	  ANYONE, run_args, NULL, cmd_run },
	{ "monitor", "print events as they happen",
	  "Changes of the configuration and who made them; batches of promotions,\n"
	  "onsets of rate limiting and overflow. Promotions need privilege.",
	  ANYONE, monitor_args, NULL, cmd_monitor },
	{ "help", "this help, or that of a command", NULL,
	  ANYONE, help_args, NULL, cmd_help },
	{ "version", "versions of this program and of the kernel's family", NULL,
	  ANYONE, no_args, NULL, cmd_version },
};

/* clang-format on */

const struct command *command_at(unsigned int i)
{
	return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
}

const struct arg *global_option_at(unsigned int i)
{
	return i < ARRAY_LEN(global_options) ? &global_options[i] : NULL;
}

bool arg_is_option(const struct arg *arg)
{
	return arg->name[0] == '-';
}

bool command_runs(const struct command *cmd)
{
	for (const struct arg *a = cmd->args; a->name; a++) {
		if (a->type == ARG_PROGRAM)
			return true;
	}
	return false;
}

char *command_synopsis(const struct command *cmd, char *buf, size_t size)
{
	size_t used = (size_t)snprintf(buf, size, "%s", cmd->path);

	/* Positionals first: options may stand anywhere, but behind a program. */
	for (int pass = 0; pass < 2; pass++) {
		bool options = pass ^ command_runs(cmd);

		for (const struct arg *a = cmd->args; a->name; a++) {
			bool optional = !(a->flags & ARG_REQUIRED);

			if (arg_is_option(a) != options || used >= size)
				continue;
			used += (size_t)snprintf(
				buf + used, size - used, " %s%s%s%s%s%s%s%s%s", optional ? "[" : "",
				a->type == ARG_PROGRAM ? "-- " : "", a->name, a->metavar ? " " : "",
				a->metavar ? a->metavar : "", a->flags & ARG_OR_ALL ? "|all" : "",
				a->flags & ARG_REPEAT ? "..." : "",
				a->type == ARG_PROGRAM ? " [ARG]..." : "", optional ? "]" : "");
		}
	}
	return buf;
}

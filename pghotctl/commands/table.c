// SPDX-License-Identifier: GPL-2.0-or-later

#include "commands/table.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <linux/pghot.h>
#include <linux/pghot_prctl.h>

#include "commands/commands.h"
#include "output/fields.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define HOUR_MS	     3600000

/* clang-format off */

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
	{ "--period", ARG_COUNT, 0, PGHOT_SAMPLE_PERIOD_MIN, PGHOT_SAMPLE_PERIOD_MAX, "N",
	  .help = "for ibs, pebs and hwhint: sample every Nth event" },
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

/* In the order of pghot_page_type_at(). */
static const char *const type_words[] = {
	"anon", "thp", "file", "shmem", "ksm", "hugetlb", "other", NULL
};

#define DUMP_PFN_RANGE \
	{ "--pfn-range", ARG_PFN_RANGE, 0, .metavar = "RANGE", \
	  .help = "page frames START-END, END included, or START+COUNT" }
#define DUMP_TYPE \
	{ "--type", ARG_WORDS, 0, .metavar = "TYPE,...", .words = type_words, \
	  .help = "only pages of these types" }
#define DUMP_CGROUP \
	{ "--cgroup", ARG_CGROUP, 0, .metavar = "PATH", \
	  .help = "only pages charged to this cgroup or one below it" }
#define DUMP_FIELDS \
	{ "--fields", ARG_WORDS, 0, .metavar = "FIELD,...", .words = field_names, \
	  .help = "show these fields, in this order" }

/* The same for all; what the kernel does not select, the tool does. */
static const struct arg dump_args[] = {
	DUMP_NODE, DUMP_LIMIT, DUMP_MIN_FREQ, DUMP_PFN_RANGE, DUMP_TYPE, DUMP_CGROUP,
	DUMP_FIELDS, { 0 }
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

#define REPORT_PICTURES \
	{ "--svg", ARG_FILE, 0, .metavar = "FILE", \
	  .help = "draw it into that file, - for standard output" }, \
	{ "--html", ARG_FILE, 0, .metavar = "FILE", \
	  .help = "the same as a page that needs nothing else" }

static const struct arg report_hotness_args[] = {
	DUMP_NODE, REPORT_PICTURES, { 0 }
};

static const struct arg report_cgroups_args[] = {
	DUMP_NODE,
	{ "--top", ARG_COUNT, 0, 1, UINT32_MAX, "N",
	  .help = "at most so many cgroups, those with most hot memory" },
	REPORT_PICTURES, { 0 }
};

static const struct arg why_args[] = {
	{ "PFN|PID", ARG_PFN, ARG_REQUIRED,
	  .help = "page frame of the page, or with ADDRESS a process" },
	{ "ADDRESS", ARG_ADDRESS, 0,
	  .help = "virtual address of a page of the process" },
	{ "--node", ARG_NODE, 0, .metavar = "NID",
	  .help = "promotion to this node, not to the one that it would go to" },
	{ 0 }
};

static const struct arg cgroup_show_args[] = {
	{ "PATH", ARG_CGROUP, ARG_REPEAT, .help = "only these cgroups" },
	{ 0 }
};

static const char *const on_off_words[] = { "on", "off", NULL };
static const struct arg cgroup_set_args[] = {
	{ "PATH", ARG_CGROUP, ARG_REQUIRED, .help = "cgroup of version 2" },
	{ "--promote", ARG_WORD, 0, .metavar = "WHETHER", .words = on_off_words,
	  .help = "on, or off: its pages and those of all below are not promoted" },
	{ "--share", ARG_COUNT, 0, PGHOT_CGROUP_SHARE_MIN, PGHOT_CGROUP_SHARE_MAX, "PERCENT",
	  .help = "what it can have, with all below, of what is promoted per second" },
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

static const struct arg save_args[] = {
	{ "FILE", ARG_FILE, 0,
	  .help = "file to write, all at once; standard output without" },
	{ 0 }
};

static const struct arg apply_args[] = {
	{ "FILE", ARG_FILE, ARG_REQUIRED,
	  .help = "settings, see pghot.conf(5); - is standard input" },
	{ "--dry-run", ARG_FLAG, 0,
	  .help = "show what would change, and change nothing" },
	{ 0 }
};

static const struct arg batch_args[] = {
	{ "FILE", ARG_FILE, ARG_REQUIRED,
	  .help = "commands, one per line; - is standard input" },
	{ "--keep-going", ARG_FLAG, 0,
	  .help = "go on behind a command that fails" },
	{ 0 }
};

static const char *const metrics_words[] = { "openmetrics", "prometheus", NULL };
static const struct arg metrics_args[] = {
	{ "--output", ARG_FILE, 0, .metavar = "FILE",
	  .help = "write that file, all at once, for a collector of text files" },
	{ "--format", ARG_WORD, 0, .metavar = "FORMAT", .words = metrics_words,
	  .help = "openmetrics, or prometheus, the default for files named *.prom" },
	{ "--cgroups", ARG_COUNT, 0, 1, 1000, "N",
	  .help = "also of memory cgroups, of N at most, those with most promoted" },
	{ "--http", ARG_FLAG, 0,
	  .help = "answer one HTTP request on standard input, as of a socket of systemd" },
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

/* In the order of kinds[] in record.c. */
static const char *const record_words[] = { "heap", "records", "promoted", NULL };
static const struct arg record_args[] = {
	{ "FILE", ARG_FILE, ARG_REQUIRED,
	  .help = "file to create, - for standard output" },
	{ "WHAT", ARG_WORD, ARG_REPEAT, .words = record_words,
	  .help = "heap, records or promoted; all three without" },
	{ "--interval", ARG_SECONDS, 0, 100, HOUR_MS, "INTERVAL",
	  .help = "time between samples, 1s by default" },
	{ "--count", ARG_COUNT, 0, 1, UINT32_MAX, "N",
	  .help = "stop after so many samples" },
	{ "--limit", ARG_COUNT, 0, 0, PGHOT_DUMP_LIMIT_MAX, "N",
	  .help = "entries of each kind and sample, 4096 by default; 0 for all" },
	{ "--force", ARG_FLAG, .help = "overwrite the file if there is one" },
	{ 0 }
};

/* In the order of enum diff_sort. */
static const char *const report_diff_words[] = { "change", "hot", "cold", "cgroup", NULL };
static const struct arg report_diff_args[] = {
	{ "FIRST", ARG_FILE, ARG_REQUIRED,
	  .help = "recording of before" },
	{ "SECOND", ARG_FILE, ARG_REQUIRED,
	  .help = "recording of after" },
	{ "--top", ARG_COUNT, 0, 1, UINT32_MAX, "N",
	  .help = "show so many groups at most; all without" },
	{ "--sort", ARG_WORD, 0, .metavar = "ORDER", .words = report_diff_words,
	  .help = "by change, the default, hot (became so), cold (went so) or cgroup" },
	REPORT_PICTURES, { 0 }
};

static const struct arg report_fit_args[] = {
	{ "FILE", ARG_FILE, 0,
	  .help = "recording; without, what the kernel has now" },
	DUMP_NODE,
	{ "--cgroup", ARG_CGROUP, 0, .metavar = "PATH",
	  .help = "only memory charged to this cgroup or one below it, without FILE" },
	{ "--pid", ARG_COUNT, 0, 1, INT32_MAX, "PID",
	  .help = "only memory that this process maps, without FILE" },
	REPORT_PICTURES, { 0 }
};

/* In the order of enum mappers_sort. */
static const char *const mappers_sort_words[] = {
	"hot", "warm", "slow", "fast", "size", "pid", NULL
};
#define PROCESSES_ARGS(what) \
	DUMP_NODE, \
	{ "--cgroup", ARG_CGROUP, 0, .metavar = "PATH", \
	  .help = "only processes in this cgroup or one below it" }, \
	{ "--pid", ARG_COUNT, 0, 1, INT32_MAX, "PID", \
	  .help = "only this process" }, \
	{ "--top", ARG_COUNT, 0, 1, UINT32_MAX, "N", \
	  .help = "at most so many " what ", 20 by default" }, \
	{ "--sort", ARG_WORD, 0, .metavar = "ORDER", .words = mappers_sort_words, \
	  .help = "by what is hot, warm or at all slow, by what is fast, by size or pid" }, \
	REPORT_PICTURES

static const struct arg report_processes_args[] = {
	PROCESSES_ARGS("processes"), { 0 }
};

static const struct arg report_mappings_args[] = {
	PROCESSES_ARGS("mappings"), { 0 }
};

static const struct arg report_why_args[] = {
	{ "PID", ARG_COUNT, ARG_REQUIRED, 1, INT32_MAX,
	  .help = "process" },
	DUMP_NODE,
	{ "--sample", ARG_COUNT, 0, 1, PGHOT_DUMP_LIMIT_MAX, "N",
	  .help = "ask about so many folios at most, 4096 by default" },
	{ 0 }
};

static const struct arg report_timeline_args[] = {
	{ "FILE", ARG_FILE, ARG_REQUIRED | ARG_REPEAT,
	  .help = "recording" },
	REPORT_PICTURES, { 0 }
};

static const struct arg help_args[] = {
	{ "COMMAND", ARG_COMMAND, ARG_REPEAT, .help = "words of a command" },
	{ 0 }
};

static const struct command commands[] = {
	{ "status", "what pghot is doing, at a glance",
	  "Sources, nodes and tiers, parameters, memory in use, and the settings\n"
	  "of the system that promotion depends on.",
	  ANYONE, no_args, NULL, cmd_status,
	  cmd_posted_status },
	{ "probe", "what this kernel and machine can do",
	  "The family with its commands and attributes, sources, tiers, privileges,\n"
	  "settings of the system; who else moves pages or sets what pghot depends on,\n"
	  "and what to do about it; and of everything that is missing what it disables.",
	  ANYONE, no_args, NULL, cmd_probe, cmd_probe },
	{ "source list", "the detectors of accesses", NULL,
	  ANYONE, no_args, NULL, cmd_source_list,
	  cmd_posted_source_list },
	{ "source show", "a source, its parameters and counters",
	  "Its window is that in which what it reports adds up: window-ms, or two\n"
	  "looks at a page where these are further apart, up to window-max-ms.",
	  ANYONE, source_show_args, NULL, cmd_source_show,
	  cmd_posted_source_show },
	{ "source set", "set parameters of a source, all or none",
	  "Unlike enable, enabled=on touches nothing but the source.",
	  ADMIN, source_set_args, NULL, cmd_source_set },
	{ "enable", "enable sources, and what they need",
	  "Hint faults of slow memory come only while kernel.numa_balancing\n"
	  "includes 2, memory tiering: enabling hintfault adds it and says so.\n"
	  "ibs and pebs are hwhint on AMD's and on Intel's hardware: the event to\n"
	  "sample is looked up in sysfs and set. hwhint by that name keeps what it\n"
	  "was set to, or takes whichever there is.\n"
	  "When one source cannot be enabled, none is.",
	  ADMIN, enable_args, NULL, cmd_enable,
	  cmd_posted_enable },
	{ "disable", "disable sources",
	  "kernel.numa_balancing stays as it is.",
	  ADMIN, disable_args, NULL, cmd_disable,
	  cmd_posted_disable },
	{ "get", "show parameters", NULL,
	  ANYONE, get_args, NULL, cmd_get,
	  cmd_posted_get },
	{ "set", "set parameters, all or none",
	  "Values may have units: window-ms=4s, promote-rate-limit-mbps=1G.",
	  ADMIN, set_args, NULL, cmd_set,
	  cmd_posted_set },
	{ "node", "nodes with memory: tier, heap, promotions", NULL,
	  ANYONE, node_args, NULL, cmd_node },
	{ "dump heap", "pages that wait for promotion, hottest first", NULL,
	  ADMIN, dump_args, NULL, cmd_dump_heap },
	{ "dump records", "tracked pages by page frame",
	  "With --limit the hottest ones, hottest first.",
	  ADMIN, dump_args, NULL, cmd_dump_records },
	{ "dump promoted", "the most recent promotions, latest first",
	  "Page frame and node are those that the page came from; its age is the\n"
	  "time since it was promoted.",
	  ADMIN, dump_args, NULL, cmd_dump_promoted },
	{ "stats", "all counters", NULL,
	  ANYONE, stats_args, check_stats, cmd_stats,
	  cmd_posted_stats },
	{ "promote", "promote now, whatever the rate limit",
	  "Either one page by its page frame, or the hottest of those that wait\n"
	  "for a node. What users of the pages have bound by policy stays.",
	  ADMIN, promote_args, check_promote, cmd_promote },
	{ "why", "why a page was not promoted",
	  "What is known of the page, where it is in the queue, what its users allow and\n"
	  "what holds promotion back; and a command that shows more or would change it.\n"
	  "Nothing is moved.",
	  ADMIN, why_args, check_why, cmd_why },
	{ "cgroup show", "what memory cgroups were told, and what became of their pages",
	  "What is in effect is the least of what a cgroup and those above it were told.\n"
	  "Pages are those of a cgroup and of all below it, since it was made. Without\n"
	  "PATH every cgroup is shown that pghot has settings or counters of. The files\n"
	  "memory.pghot.* of each cgroup tell the same.",
	  ANYONE, cgroup_show_args, NULL, cmd_cgroup_show },
	{ "cgroup set", "tell a memory cgroup how it takes part in promotion",
	  "It holds for all cgroups below as well, which can be told to take less. The\n"
	  "same as writing to its files memory.pghot.*, which is lost with the cgroup.",
	  ADMIN, cgroup_set_args, check_cgroup_set, cmd_cgroup_set },
	{ "reset", "forget records, empty heaps, zero counters", NULL,
	  ADMIN, reset_args, NULL, cmd_reset },
	{ "run", "run a program with a scan scale of its own",
	  "The source mmscan looks at its memory so many times sooner, or never.\n"
	  "Children of the program have the same scale until they execute another\n"
	  "program. What follows CMD are its own arguments. Exit status is that of\n"
	  "the program; 126 when it cannot be executed, 127 when it is not found.",
	  ANYONE, run_args, NULL, cmd_run, .alone = true },
	{ "monitor", "print events as they happen",
	  "Changes of the configuration and who made them; batches of promotions,\n"
	  "onsets of rate limiting and overflow. Promotions need privilege.",
	  ANYONE, monitor_args, NULL, cmd_monitor },
	{ "record", "record samples, for pghottop -r",
	  "The hottest pages, the counters of nodes and sources and the parameters go\n"
	  "to the file sample by sample, until Ctrl-C or --count. Each sample is there\n"
	  "as soon as it is complete; pghot-recording(5) describes the format.",
	  ADMIN, record_args, check_record, cmd_record },
	{ "report hotness", "how much slow memory is how hot",
	  "By frequency, and by the time since the last access. What is in no class was\n"
	  "not accessed lately.",
	  ADMIN, report_hotness_args, check_report, cmd_report_hotness },
	{ "report cgroups", "whose slow memory is hot",
	  "Of each memory cgroup what is hot, by the parameter freq-threshold, and what was\n"
	  "accessed but is not: that is warm.",
	  ADMIN, report_cgroups_args, check_report, cmd_report_cgroups },
	{ "report diff", "what became hot and what went cold, from two recordings",
	  "The last samples are compared page by page, and added up by cgroup, node and\n"
	  "type of page. What was promoted meanwhile has left slow memory.",
	  ANYONE, report_diff_args, check_report, cmd_report_diff, cmd_report_diff },
	{ "report fit", "how much fast memory would serve which share of accesses",
	  "An estimate from the records of slow memory, with its error: the sizes that\n"
	  "serve 50, 80, 90, 95 and 99 % of the accesses seen, or why that cannot be\n"
	  "known. Without FILE the kernel is asked, which takes a few seconds and needs\n"
	  "privilege. pghotctl-report(8) tells how it is estimated.",
	  ADMIN, report_fit_args, check_report_fit, cmd_report_fit,
	  cmd_report_fit },
	{ "report mappings", "which mappings of processes are hot",
	  "As report processes, for each part of an address space.",
	  ADMIN, report_mappings_args, check_report_processes, cmd_report_mappings },
	{ "report processes", "whose memory is hot, process by process",
	  "The page tables of all processes are read, and joined with the records of slow\n"
	  "memory. What several processes map counts in each of them. Ctrl-C shows what\n"
	  "there is until then. pghotctl-report(8) has more.",
	  ADMIN, report_processes_args, check_report_processes, cmd_report_processes },
	{ "report timeline", "what was hot when and where, from recordings",
	  "The hottest page of each stretch of page frames over time, node by node, and\n"
	  "what was reported, found hot and promoted per second. Memory that was offline\n"
	  "and holes are told apart. Several recordings are put in the order of time.\n"
	  "pghotctl-report(8) has more.",
	  ANYONE, report_timeline_args, check_report, cmd_report_timeline,
	  cmd_report_timeline },
	{ "report why", "why hot memory of a process is in slow memory",
	  "The kernel is asked about each of its hot folios in slow memory, or about a\n"
	  "random sample of them, as why does for one: how many wait for what, and a\n"
	  "command that shows more or would change it. Nothing is moved.",
	  ADMIN, report_why_args, NULL, cmd_report_why },
	{ "shell", "commands one after the other, typed or from a pipe",
	  "On a terminal there are completion with Tab and a history; Ctrl-C ends a\n"
	  "line or a command, exit, quit or Ctrl-D the shell. Options such as -j hold\n"
	  "for every command. Of lines from a pipe each is tried, and the exit status\n"
	  "is that of the last one that failed.",
	  ANYONE, no_args, NULL, cmd_shell,
	  cmd_shell, .alone = true },
	{ "save", "write the settings to a file",
	  "Parameters, sources and what of the system they need, with a comment on\n"
	  "each, in the format of pghot.conf(5).",
	  ANYONE, save_args, NULL, cmd_save, NULL },
	{ "apply", "make the settings those of a file",
	  "Only what differs is changed, and all or nothing: when one change fails,\n"
	  "those before it are undone. What the file does not name stays.",
	  ADMIN, apply_args, NULL, cmd_apply, NULL },
	{ "batch", "run the commands of a file",
	  "One per line, as they would stand behind pghotctl. Words may be quoted\n"
	  "with ' or \" or a backslash; # begins a comment. The first that fails ends\n"
	  "it, and its exit status is that of batch. Options such as -j hold for\n"
	  "every command.",
	  ANYONE, batch_args, NULL, cmd_batch, cmd_batch, .alone = true },
	{ "metrics", "all figures as OpenMetrics text",
	  "For Prometheus and others, of each source and node. Memory cgroups are told\n"
	  "only when asked for, and no more than that: each is a label of its own. What\n"
	  "is told of one has what is below in it.",
	  ANYONE, metrics_args, check_metrics, cmd_metrics,
	  cmd_posted_metrics },
	{ "help", "this help, or that of a command", NULL,
	  ANYONE, help_args, NULL, cmd_help,
	  cmd_help },
	{ "version", "versions of this program and of the kernel's family", NULL,
	  ANYONE, no_args, NULL, cmd_version,
	  cmd_version },
};

/* clang-format on */

const struct command *command_at(unsigned int i)
{
	return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
}

const struct command_table command_table = {
	.at = command_at,
	.help = cmd_help,
	.version = cmd_version,
};

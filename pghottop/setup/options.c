// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/say.h"
#include "setup/options.h"
#include "units.h"

/* Long options without a short one. */
enum {
	OPT_SORT_KEY = 's',
	OPT_THEME = 256,
	OPT_READONLY,
	OPT_CSV,
	OPT_RECORD,
	OPT_SEEK,
	OPT_SPEED,
	OPT_HEATMAP,
	OPT_HEAT_METRIC,
	OPT_FLAT,
};

static const struct option long_options[] = {
	{ "ascii", no_argument, NULL, 'A' },
	{ "batch", no_argument, NULL, 'b' },
	{ "columns", required_argument, NULL, 'o' },
	{ "csv", optional_argument, NULL, OPT_CSV },
	{ "delay", required_argument, NULL, 'd' },
	{ "filter", required_argument, NULL, 'f' },
	{ "flat", no_argument, NULL, OPT_FLAT },
	{ "heat-metric", required_argument, NULL, OPT_HEAT_METRIC },
	{ "heatmap", required_argument, NULL, OPT_HEATMAP },
	{ "help", no_argument, NULL, 'h' },
	{ "iterations", required_argument, NULL, 'n' },
	{ "json", no_argument, NULL, 'j' },
	{ "limit", required_argument, NULL, 'l' },
	{ "min-freq", required_argument, NULL, 'm' },
	{ "no-mouse", no_argument, NULL, 'M' },
	{ "node", required_argument, NULL, 'N' },
	{ "pid", required_argument, NULL, 'p' },
	{ "raw", no_argument, NULL, 'u' },
	{ "readonly", no_argument, NULL, OPT_READONLY },
	{ "record", required_argument, NULL, OPT_RECORD },
	{ "replay", required_argument, NULL, 'r' },
	{ "seek", required_argument, NULL, OPT_SEEK },
	{ "sort-key", required_argument, NULL, OPT_SORT_KEY },
	{ "speed", required_argument, NULL, OPT_SPEED },
	{ "theme", required_argument, NULL, OPT_THEME },
	{ "version", no_argument, NULL, 'V' },
	{ "view", required_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

static const char short_options[] = ":Abd:f:hjl:m:Mn:N:o:p:r:s:uv:V";

/* clang-format off */
static const char usage[] =
	"usage: pghottop [OPTION]...\n"
	"Watch the hottest pages of slow memory on their way to fast memory.\n"
	"\n"
	"What to show:\n"
	"  -v, --view=VIEW        queue (default), records, promotions, cgroups, processes\n"
	"                         or mappings\n"
	"  -N, --node=NODE        only pages on that node or bound for it\n"
	"      --flat             a list of cgroups instead of a tree\n"
	"  -p, --pid=PID          the process that the view mappings is of\n"
	"  -f, --filter=EXPR      only those that pass, such as \"node=1 and freq>=8\";\n"
	"                         \"help\" tells what it can say\n"
	"  -m, --min-freq=FREQ    only pages with that frequency or more\n"
	"  -o, --columns=LIST     columns, separated by commas; +LIST adds to the usual\n"
	"  -s, --sort-key=COLUMN  sort by a column; -COLUMN descending, +COLUMN ascending;\n"
	"                         \"help\" lists the columns\n"
	"  -u, --raw              plain numbers instead of human units\n"
	"\n"
	"How:\n"
	"  -d, --delay=TIME       time between samples: 1s (default), 500ms, 2m\n"
	"  -A, --ascii            no other characters than ASCII\n"
	"      --theme=THEME      colours; \"help\" lists them\n"
	"  -M, --no-mouse         leave the mouse to the terminal\n"
	"      --readonly         write no file: the keys W and S are refused\n"
	"\n"
	"Without a terminal:\n"
	"  -b, --batch            print samples as text\n"
	"  -j, --json             print samples as JSON, one object per line\n"
	"      --csv[=WHAT]       print samples as CSV, one line per row of the view\n"
	"                         (pages, the default) or per node (nodes)\n"
	"  -n, --iterations=N     end after N samples\n"
	"  -l, --limit=N          rows per sample, 20 by default; 0 asks for none and\n"
	"                         needs no privilege\n"
	"      --heatmap=FILE     write the heat map of a node as SVG to FILE, and end\n"
	"      --heat-metric=WHAT what its colours mean: freq (default), hot or tracked\n"
	"\n"
	"Recordings:\n"
	"      --record=FILE      write all samples to FILE, too\n"
	"  -r, --replay=FILE      show the samples of FILE; needs neither pghot nor privilege\n"
	"      --seek=WHERE       begin there: 90s or 1m30s after the first sample, or #12\n"
	"      --speed=SPEED      play slower or faster: 1/8 to 64\n"
	"\n"
	"  -h, --help             show this help\n"
	"  -V, --version          show the version\n"
	"\n"
	"Exit status: 0 done, 1 failed, 2 usage, 3 not supported here, 4 not permitted.\n"
	"pghottop(8) has all of it, h shows the keys.\n";
/* clang-format on */

static int usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static int usage_error(const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	say_error("%s\nTry \"pghottop --help\".", text ? text : "out of memory");
	free(text);
	return EXIT_USAGE;
}

static int bad_number(const char *option, const char *text, uint64_t min, uint64_t max)
{
	return usage_error("%s: \"%s\" is not a number from %" PRIu64 " to %" PRIu64, option, text,
			   min, max);
}

static int parse_number(const char *option, const char *text, uint64_t min, uint64_t max,
			uint64_t *value)
{
	if (pghot_parse_u64(text, value) || *value < min || *value > max)
		return bad_number(option, text, min, max);
	return -1;
}

static int parse_count(const char *option, const char *text, uint64_t min, uint64_t max,
		       uint64_t *value)
{
	if (pghot_parse_count(text, value) || *value < min || *value > max)
		return bad_number(option, text, min, max);
	return -1;
}

static int parse_delay(struct ui *ui, const char *text)
{
	uint64_t ms;

	if (pghot_parse_ms(text, 1000, &ms) || ms < INTERVAL_MIN_MS || ms > INTERVAL_MAX_MS)
		return usage_error("-d: \"%s\" is not a time from 100ms to 1h", text);
	ui->interval_ms = ms;
	return -1;
}

static int parse_view(struct ui *ui, const char *text)
{
	char names[96];

	for (int v = 0; v < NR_VIEWS; v++) {
		if (!strcmp(view_name(v)->name, text)) {
			ui->view = v;
			return -1;
		}
	}
	return usage_error("-v: no view \"%s\"; there are %s", text,
			   view_list(names, sizeof(names)));
}

/* Columns that the first bytes of a text take on a terminal. */
static int text_column(const char *text, size_t bytes)
{
	char part[FILTER_LEN];

	snprintf(part, sizeof(part), "%.*s", (int)bytes, text);
	return text_width(part, false);
}

static int parse_theme(struct ui *ui, const char *text)
{
	const struct theme *theme = theme_find(text);

	if (!strcmp(text, "help")) {
		for (size_t i = 0; (theme = theme_at(i)); i++)
			printf("%-13s %s\n", theme->name, theme->summary);
		return EXIT_DONE;
	}
	if (!theme)
		return usage_error("--theme: no theme \"%s\"; \"--theme help\" lists them", text);
	ui->theme = theme;
	return -1;
}

static int parse_filter(struct ui *ui, const char *text)
{
	struct filter_error error;
	int err = ui_filter(ui, text, &error);

	if (err == -EINVAL)
		return usage_error("-f: %s\n  %s\n  %*s^", error.text, text,
				   text_column(text, error.pos), "");
	if (err) {
		say_error("%s", strerror(-err));
		return EXIT_FAILED;
	}
	return -1;
}

/* Options whose meaning depends on others; checked when all are read. */
struct later {
	const char *sort, *columns, *limit, *filter;
};

static int check_later(struct options *o, const struct later *later)
{
	char error[256];
	enum row_kind kind = ui_kind(&o->ui);
	const struct column *col;
	bool descending;
	int ret;

	if (later->filter) {
		ret = parse_filter(&o->ui, later->filter);
		if (ret >= 0)
			return ret;
	}
	if (later->columns &&
	    columns_parse(kind, &o->ui.lists[kind].columns, later->columns, error, sizeof(error)))
		return usage_error("-o: %s", error);
	if (later->sort) {
		if (sort_key_parse(kind, later->sort, &col, &descending, error, sizeof(error)))
			return usage_error("-s: %s", error);
		ui_sort(&o->ui, col, descending);
	}
	if (o->ui.pid && o->ui.view != VIEW_MAPPINGS)
		return usage_error("-p is for the view mappings");
	if (o->batch && o->ui.view == VIEW_MAPPINGS && !o->ui.pid)
		return usage_error("-v mappings: of which process? -p tells");
	if (o->replay && (o->ui.view == VIEW_PROCESSES || o->ui.view == VIEW_MAPPINGS))
		return usage_error("-r: recordings have no processes; -v cgroups adds records up");
	if (o->csv && o->json)
		return usage_error("--csv and -j exclude each other");
	if (o->replay && o->record)
		return usage_error("-r and --record exclude each other; a recording can be copied");
	if ((o->seek || o->speed) && !o->replay)
		return usage_error("%s is for -r", o->seek ? "--seek" : "--speed");
	if (o->heatmap && (o->batch || o->record))
		return usage_error(
			"--heatmap takes one sample; -b, -j, --csv and --record do not go "
			"with it");
	if (o->delay && o->replay && o->batch)
		return usage_error("-d: samples of a recording come as fast as they are read");
	if (later->limit && !o->batch)
		return usage_error("-l is for -b and -j; the screen asks for what it shows");
	if (o->iterations && !o->batch)
		return usage_error("-n is for -b and -j; q ends the live view");
	if (o->ui.readonly && (o->record || o->heatmap))
		return usage_error("--readonly: %s writes a file",
				   o->record ? "--record" : "--heatmap");
	if (o->ui.min_freq && o->ui.view == VIEW_PROMOTED)
		return usage_error("-m: the kernel does not select promotions by frequency");
	return -1;
}

static int parse_csv(struct options *o, const char *text)
{
	o->batch = true;
	o->csv = CSV_PAGES;
	if (!text || !strcmp(text, "pages"))
		return -1;
	if (strcmp(text, "nodes"))
		return usage_error("--csv: no lines of \"%s\"; there are pages and nodes", text);
	o->csv = CSV_NODES;
	return -1;
}

static int parse_metric(struct options *o, const char *text)
{
	for (int i = 0; i < NR_HEAT_METRICS; i++) {
		if (!strcmp(heat_scale(i)->name, text)) {
			o->metric = o->ui.map.metric = i;
			return -1;
		}
	}
	return usage_error("--heat-metric: no metric \"%s\"; there are freq, hot and tracked",
			   text);
}

static int parse_one(struct options *o, struct later *later, int opt, const char *arg)
{
	uint64_t value = 0;
	int ret = -1;

	switch (opt) {
	case 'A':
		o->ui.ascii = true;
		break;
	case 'b':
		o->batch = true;
		break;
	case 'd':
		o->delay = true;
		ret = parse_delay(&o->ui, arg);
		break;
	case 'f':
		if (!strcmp(arg, "help")) {
			filter_help(stdout);
			return EXIT_DONE;
		}
		later->filter = arg;
		break;
	case 'h':
		fputs(usage, stdout);
		return EXIT_DONE;
	case 'j':
		o->batch = o->json = true;
		break;
	case 'l':
		ret = parse_count("-l", arg, 0, PGHOT_DUMP_LIMIT_MAX, &value);
		later->limit = arg;
		o->limit = value;
		break;
	case 'm':
		ret = parse_number("-m", arg, 1, PGHOT_FREQ_THRESHOLD_MAX, &value);
		o->ui.min_freq = value;
		break;
	case 'M':
		o->no_mouse = true;
		break;
	case 'n':
		ret = parse_count("-n", arg, 1, UINT32_MAX, &value);
		o->iterations = value;
		break;
	case 'N':
		ret = parse_number("-N", arg, 0, PGHOT_NODES_MAX - 1, &value);
		o->ui.nid = value;
		break;
	case 'o':
		later->columns = arg;
		break;
	case 'p':
		ret = parse_number("-p", arg, 1, INT_MAX, &value);
		o->ui.pid = (pid_t)value;
		break;
	case 'r':
		o->replay = arg;
		break;
	case OPT_CSV:
		ret = parse_csv(o, arg);
		break;
	case OPT_FLAT:
		o->ui.tree = false;
		break;
	case OPT_RECORD:
		o->record = arg;
		break;
	case OPT_SEEK:
		o->seek = arg;
		break;
	case OPT_SPEED:
		o->speed = arg;
		break;
	case OPT_HEATMAP:
		o->heatmap = arg;
		break;
	case OPT_HEAT_METRIC:
		ret = parse_metric(o, arg);
		break;
	case 's':
		if (!strcmp(arg, "help")) {
			columns_help(stdout);
			return EXIT_DONE;
		}
		later->sort = arg;
		break;
	case 'u':
		o->ui.raw = true;
		break;
	case 'v':
		ret = parse_view(&o->ui, arg);
		break;
	case 'V':
		puts("pghottop " PGHOT_VERSION);
		return EXIT_DONE;
	case OPT_READONLY:
		o->ui.readonly = true;
		break;
	case OPT_THEME:
		ret = parse_theme(&o->ui, arg);
		break;
	}
	return ret;
}

int options_parse(struct options *o, const struct ui *base, int argc, char **argv)
{
	struct later later = { 0 };
	int opt, ret;

	memset(o, 0, sizeof(*o));
	o->ui = *base;
	o->limit = BATCH_LIMIT;

	optind = 0;
	opterr = 0;
	while ((opt = getopt_long(argc, argv, short_options, long_options, NULL)) != -1) {
		if (opt == ':')
			return usage_error("%s needs a value", argv[optind - 1]);
		if (opt == '?' && optopt && optopt < 256)
			return usage_error("no option -%c", optopt);
		if (opt == '?')
			return usage_error("no option %s, or one too many for its name",
					   argv[optind - 1]);
		ret = parse_one(o, &later, opt, optarg);
		if (ret >= 0)
			return ret;
	}
	if (optind < argc)
		return usage_error("unexpected argument \"%s\"", argv[optind]);
	return check_later(o, &later);
}

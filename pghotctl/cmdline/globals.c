// SPDX-License-Identifier: GPL-2.0-or-later

#include "cmdline/globals.h"

#include <string.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* clang-format off */

static const char *const backend_words[] = { "auto", "netlink", "posted", NULL };

static const struct arg global_options[] = {
	{ .name = "--json", .letter = 'j',
	  .help = "one JSON object on standard output, errors too" },
	{ .name = "--pretty", .letter = 'p',
	  .help = "the same, indented" },
	{ .name = "--raw", .letter = 'r',
	  .help = "plain numbers in text: bytes, milliseconds, pages" },
	{ .name = "--help", .letter = 'h',
	  .help = "help, of the command if one is given" },
	{ .name = "--version", .letter = 'V',
	  .help = "version of this program" },
	{ .name = "--backend", ARG_WORD, .metavar = "NAME", .words = backend_words,
	  .help = "how to talk to the kernel: auto, netlink or posted" },
};

/* clang-format on */

const struct arg *global_option_at(unsigned int i)
{
	return i < ARRAY_LEN(global_options) ? &global_options[i] : NULL;
}

static void set_backend(struct globals *g, const char *word)
{
	const struct arg *opt;

	g->bad_backend = word ? word : "";
	for (unsigned int i = 0; word && (opt = global_option_at(i)); i++) {
		for (unsigned int n = 0; opt->words && opt->words[n]; n++) {
			if (strcmp(opt->words[n], word))
				continue;
			g->backend = (enum backend)n;
			g->bad_backend = NULL;
		}
	}
}

/*
 * Words that --backend takes at argv[0] of @left: 1 or 2, or 0 when it does not
 * stand there.
 */
static int take_backend(struct globals *g, int left, char *const *argv)
{
	static const char option[] = "--backend";
	size_t len = sizeof(option) - 1;

	if (strncmp(argv[0], option, len) || (argv[0][len] && argv[0][len] != '='))
		return 0;
	if (argv[0][len]) {
		set_backend(g, argv[0] + len + 1);
		return 1;
	}
	set_backend(g, left > 1 ? argv[1] : NULL);
	return left > 1 ? 2 : 1;
}

/* The options that decide how errors are told are looked for first. */
void parse_globals(int argc, char *const *argv, struct globals *g)
{
	memset(g, 0, sizeof(*g));
	for (int i = 0; i < argc && strcmp(argv[i], "--"); i++) {
		const char *w = argv[i];
		int took = take_backend(g, argc - i, argv + i);

		if (took) {
			i += took - 1;
			continue;
		}

		if (!strcmp(w, "--json"))
			g->json = true;
		if (!strcmp(w, "--pretty"))
			g->json = g->pretty = true;
		if (w[0] == '-' && w[1] != '-' && strspn(w + 1, "jprhV") == strlen(w + 1)) {
			g->json |= strpbrk(w, "jp") != NULL;
			g->pretty |= strchr(w, 'p') != NULL;
		}
	}
}

static bool set_global(struct globals *g, char letter)
{
	switch (letter) {
	case 'p':
		g->pretty = true;
		g->json = true;
		return true;
	case 'j':
		g->json = true;
		return true;
	case 'r':
		g->raw = true;
		return true;
	case 'h':
		g->help = true;
		return true;
	case 'V':
		g->version = true;
		return true;
	default:
		return false;
	}
}

int take_global(struct globals *g, int left, char *const *argv)
{
	const char *word = argv[0];
	const struct arg *opt;
	int took = take_backend(g, left, argv);

	if (took)
		return took;

	if (word[0] != '-' || !word[1])
		return false;
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (!strcmp(opt->name, word))
			return set_global(g, opt->letter);
	}
	if (word[1] == '-' || strspn(word + 1, "jprhV") != strlen(word + 1))
		return false;
	for (const char *c = word + 1; *c; c++)
		set_global(g, *c);
	return true;
}

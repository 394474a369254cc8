// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words are exact: no prefix of a command or an option stands for it, so that
 * a script keeps its meaning when a command is added. Options may stand
 * anywhere, "--" ends them.
 */

#include "cmdline/parse.h"

#include <stdio.h>
#include <string.h>

#include "cmdline/parse-value.h"
#include "cmdline/suggest.h"

#define WORDS_MAX 4

static const char any_command[] = "[-jpr] COMMAND [ARGUMENT...], or help";

/* Does @path begin with the @nr words? */
static bool path_begins(const char *path, char *const *words, int nr, bool *whole)
{
	const char *at = path;

	for (int i = 0; i < nr; i++) {
		size_t len = strlen(words[i]);

		if (strncmp(at, words[i], len) || (at[len] && at[len] != ' '))
			return false;
		at += len;
		if (*at == ' ')
			at++;
		else if (i + 1 < nr)
			return false;
	}
	*whole = !*at;
	return true;
}

/* The word of @path at position @nr, in a buffer. */
static const char *path_word(const char *path, int nr, char *buf, size_t size)
{
	while (nr-- > 0) {
		path = strchr(path, ' ');
		if (!path)
			return NULL;
		path++;
	}
	snprintf(buf, size, "%.*s", (int)strcspn(path, " "), path);
	return buf;
}

/* Words that may follow @nr words: listed, and the nearest to @typed kept. */
static void next_words(const struct command_table *table, char *const *words, int nr,
		       const char *typed, char *list, size_t size, struct suggestion *s, char *best,
		       size_t best_size)
{
	const struct command *cmd;
	char last[32] = "";
	size_t used = 0;

	list[0] = '\0';
	for (unsigned int i = 0; (cmd = table->at(i)); i++) {
		struct suggestion before = *s;
		char word[32];
		bool whole;

		if (!path_begins(cmd->path, words, nr, &whole) || whole ||
		    !path_word(cmd->path, nr, word, sizeof(word)) || !strcmp(word, last))
			continue;
		snprintf(last, sizeof(last), "%s", word);
		if (used < size)
			used += (size_t)snprintf(list + used, size - used, "%s%s", used ? ", " : "",
						 word);
		if (!typed)
			continue;
		suggest(s, typed, word);
		if (s->word != before.word || s->distance != before.distance) {
			snprintf(best, best_size, "%s", word);
			s->word = best;
		}
	}
}

/* Every position that is no option; Return: their number. */
static int command_words(int argc, char *const *argv, char **words)
{
	int nr = 0;

	for (int i = 0; i < argc && nr < WORDS_MAX; i++) {
		if (!strcmp(argv[i], "--"))
			break;
		if (argv[i][0] == '-' && argv[i][1]) {
			struct globals ignore = { 0 };
			int took = take_global(&ignore, argc - i, argv + i);

			/* An option of a command: its words are all before it. */
			if (!took)
				break;
			i += took - 1;
			continue;
		}
		words[nr++] = argv[i];
	}
	return nr;
}

/* Return: words of the command's path, 0 when none fits. */
static int find_command(const struct command_table *table, char **words, int nr,
			const struct command **found)
{
	const struct command *cmd;

	for (int use = nr; use > 0; use--) {
		for (unsigned int i = 0; (cmd = table->at(i)); i++) {
			bool whole;

			if (path_begins(cmd->path, words, use, &whole) && whole) {
				*found = cmd;
				return use;
			}
		}
	}
	return 0;
}

static int unknown_command(struct parser *p, char **words, int nr)
{
	struct suggestion s = { 0 };
	char list[256], best[32];
	int known = 0;
	bool whole;

	/* How many words are right? */
	for (int use = 1; use <= nr; use++) {
		const struct command *cmd;

		for (unsigned int i = 0; (cmd = p->call->table->at(i)); i++) {
			if (path_begins(cmd->path, words, use, &whole))
				known = use;
		}
	}
	next_words(p->call->table, words, known, known < nr ? words[known] : NULL, list,
		   sizeof(list), &s, best, sizeof(best));
	if (nr == 0)
		fail_with(p->f, STATUS_USAGE, 0, "no command");
	else if (known == nr)
		fail_with(p->f, STATUS_USAGE, 0, "%s: a word is missing: %s", words[nr - 1], list);
	else
		fail_with(p->f, STATUS_USAGE, 0, "unknown command: %s", words[known]);
	parse_did_you_mean(p->f, &s);
	if (!s.word && (known < nr || !nr))
		fail_hint(p->f, "commands%s%s: %s", known ? " of " : "", known ? words[0] : "",
			  list);
	if (known)
		snprintf(p->f->usage, sizeof(p->f->usage), "%s COMMAND [ARGUMENT...], or help",
			 words[0]);
	else
		snprintf(p->f->usage, sizeof(p->f->usage), "%s", any_command);
	return parse_usage(p, known < nr ? words[known] : NULL);
}

static int unknown_option(struct parser *p, const char *name)
{
	struct suggestion s = { 0 };
	const struct arg *opt;

	for (const struct arg *a = p->call->cmd->args; a->name; a++) {
		if (arg_is_option(a))
			suggest(&s, name, a->name);
	}
	for (unsigned int i = 0; (opt = global_option_at(i)); i++)
		suggest(&s, name, opt->name);
	fail_with(p->f, STATUS_USAGE, 0, "%s: unknown option: %s", p->call->cmd->path, name);
	parse_did_you_mean(p->f, &s);
	return parse_usage(p, name);
}

/* An option of the command at argv[*i], which moves to its value if apart. */
static int take_option(struct parser *p, int argc, char *const *argv, int *i)
{
	const char *word = argv[*i];
	const char *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : strlen(word);
	const struct arg *arg;
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)(len < 63 ? len : 63), word);
	for (arg = p->call->cmd->args; arg->name; arg++) {
		if (arg_is_option(arg) && !strcmp(arg->name, name))
			break;
	}
	if (!arg->name)
		return unknown_option(p, name);
	if (call_get(p->call, arg->name))
		return parse_twice(p, arg->name);
	if (arg->type == ARG_FLAG) {
		if (equals) {
			fail_with(p->f, STATUS_USAGE, 0, "%s takes no value", name);
			return parse_usage(p, name);
		}
		return parse_value(p, arg, word);
	}
	if (equals)
		return parse_value(p, arg, equals + 1);
	if (*i + 1 == argc) {
		fail_with(p->f, STATUS_USAGE, 0, "%s needs a value: %s", name, arg->metavar);
		return parse_usage(p, name);
	}
	return parse_value(p, arg, argv[++*i]);
}

/* The positional that comes next: a repeated one stays for ever. */
static const struct arg *next_positional(const struct call *call)
{
	for (const struct arg *a = call->cmd->args; a->name; a++) {
		if (!arg_is_option(a) && (a->flags & ARG_REPEAT || !call_get(call, a->name)))
			return a;
	}
	return NULL;
}

/* Moves @i to the last word that it took. */
static int take_positional(struct parser *p, int argc, char *const *argv, int *i)
{
	const struct arg *arg = next_positional(p->call);
	const char *word = argv[*i];
	int err;

	if (!arg) {
		fail_with(p->f, STATUS_USAGE, 0, "%s: surplus argument: %s", p->call->cmd->path,
			  word);
		return parse_usage(p, word);
	}
	err = parse_value(p, arg, word);
	if (!err && arg->type == ARG_PROGRAM) {
		p->call->values[p->call->nr - 1].rest = argv + *i;
		*i = argc;
	}
	return err;
}

static int check_required(struct parser *p)
{
	for (const struct arg *a = p->call->cmd->args; a->name; a++) {
		if (a->flags & ARG_REQUIRED && !call_get(p->call, a->name)) {
			fail_with(p->f, STATUS_USAGE, 0, "%s: %s is missing: %s",
				  p->call->cmd->path, a->name, a->help);
			return parse_usage(p, a->name);
		}
	}
	if (p->call->cmd->check && !p->call->cmd->check(p->call, p->f))
		return parse_usage(p, NULL);
	return 0;
}

static int bad_backend(struct parser *p)
{
	const char *word = p->call->globals.bad_backend;
	struct suggestion s = { 0 };
	const struct arg *opt;

	fail_with(p->f, STATUS_USAGE, 0,
		  word[0] ? "--backend: unknown word: %s, accepted: auto, netlink, posted"
			  : "--backend needs a value: auto, netlink or posted%s",
		  word);
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		for (unsigned int n = 0; opt->words && opt->words[n]; n++)
			suggest(&s, word, opt->words[n]);
	}
	parse_did_you_mean(p->f, &s);
	snprintf(p->f->usage, sizeof(p->f->usage), "%s", any_command);
	return parse_usage(p, "--backend");
}

static void add_defaults(struct globals *g, const struct globals *defaults)
{
	if (!defaults)
		return;
	g->json |= defaults->json;
	g->pretty |= defaults->pretty;
	g->raw |= defaults->raw;
}

int parse(const struct command_table *table, param_at_fn param_at, int argc, char *const *argv,
	  const struct globals *defaults, struct call *call, struct failure *f)
{
	struct parser p = { .call = call, .f = f, .param_at = param_at };
	char *words[WORDS_MAX];
	bool options = true;
	int nr, skip;

	memset(call, 0, sizeof(*call));
	memset(f, 0, sizeof(*f));
	call->table = table;
	parse_globals(argc, argv, &call->globals);
	/* Before rules are checked, which may be about them. */
	add_defaults(&call->globals, defaults);
	if (call->globals.bad_backend)
		return bad_backend(&p);

	nr = command_words(argc, argv, words);
	skip = find_command(table, words, nr, &call->cmd);
	if (!skip) {
		for (int i = 0; i < argc; i++) {
			int took = take_global(&call->globals, argc - i, argv + i);

			if (took) {
				i += took - 1;
			} else if (argv[i][0] == '-') {
				fail_with(f, STATUS_USAGE, 0, "unknown option: %s", argv[i]);
				snprintf(f->usage, sizeof(f->usage), "%s", any_command);
				if (nr)
					fail_hint(f, "options of a command stand behind it");
				return parse_usage(&p, argv[i]);
			}
		}
		if (nr == 0 && (call->globals.help || call->globals.version))
			return STATUS_OK;
		return unknown_command(&p, words, nr);
	}

	for (int i = 0; i < argc; i++) {
		int took = options ? take_global(&call->globals, argc - i, argv + i) : 0;
		int err = 0;

		if (took)
			i += took - 1;
		else if (options && !strcmp(argv[i], "--"))
			options = false;
		else if (options && argv[i][0] == '-' && argv[i][1])
			err = take_option(&p, argc, argv, &i);
		else if (skip)
			skip--;
		else
			err = take_positional(&p, argc, argv, &i);
		if (err)
			return err;
	}
	/* --help answers whatever else is missing. */
	if (call->globals.help || call->globals.version)
		return STATUS_OK;
	return check_required(&p);
}

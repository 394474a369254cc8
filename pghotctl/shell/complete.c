// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which argument stands at a place: the words before it are taken as parse()
 * takes them, except that nothing is wrong with any of them.
 */

#include "shell/complete.h"

#include <stdio.h>
#include <string.h>

#include "shell/complete-values.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* A command line as far as it goes. */
struct line {
	const struct command_table *table;
	char path[64];
	const struct command *cmd;
	const struct arg *wants; /* option whose value comes next */
	bool no_options;
	struct given given;
};

/* The rest of @path behind the words in @begin, or NULL when they differ. */
static const char *path_rest(const char *path, const char *begin)
{
	size_t len = strlen(begin);

	if (!len)
		return path;
	if (strncmp(path, begin, len) || (path[len] && path[len] != ' '))
		return NULL;
	return path[len] ? path + len + 1 : path + len;
}

/* The first word of several commands stands for none of them, but for a choice. */
static void list_choice(const struct command_table *table, const char *word, char *buf, size_t size)
{
	const struct command *cmd;
	size_t used = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; (cmd = table->at(i)) && used < size; i++) {
		const char *rest = path_rest(cmd->path, word);

		if (rest)
			used += (size_t)snprintf(buf + used, size - used, "%s%s", used ? ", " : "",
						 rest);
	}
}

/* The words that may follow those in @begin. */
static void add_path_words(struct completion *c, const struct command_table *table,
			   const char *begin, const char *typed)
{
	const struct command *cmd;

	for (unsigned int i = 0; (cmd = table->at(i)); i++) {
		const char *rest = path_rest(cmd->path, begin);
		char word[64], choice[128];

		if (!rest || !*rest)
			continue;
		snprintf(word, sizeof(word), "%.*s", (int)strcspn(rest, " "), rest);
		if (strchr(rest, ' '))
			list_choice(table, word, choice, sizeof(choice));
		completion_add(c, typed, "", word, strchr(rest, ' ') ? choice : cmd->help, false);
	}
}

static void take_path_word(struct line *l, const char *word)
{
	const struct command *cmd;
	char longer[sizeof(l->path) + 64];
	bool known = false;

	snprintf(longer, sizeof(longer), "%s%s%.60s", l->path, l->path[0] ? " " : "", word);
	if (strlen(longer) >= sizeof(l->path))
		return;
	for (unsigned int i = 0; (cmd = l->table->at(i)); i++) {
		const char *rest = path_rest(cmd->path, longer);

		if (rest && !*rest)
			l->cmd = cmd;
		known |= rest != NULL;
	}
	/* Nothing follows a word that no command has. */
	memcpy(l->path, known ? longer : "?", known ? strlen(longer) + 1 : sizeof("?"));
}

static bool is_option(const struct arg *a, const char *word)
{
	size_t len = strlen(a->name);

	return arg_is_option(a) && !strncmp(a->name, word, len) && (!word[len] || word[len] == '=');
}

/* An option of the command or of all, with a value behind '=' or without. */
static const struct arg *find_option(const struct command *cmd, const char *word)
{
	const struct arg *opt;

	for (const struct arg *a = cmd ? cmd->args : NULL; a && a->name; a++) {
		if (is_option(a, word))
			return a;
	}
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (is_option(opt, word))
			return opt;
	}
	return NULL;
}

static bool was_given(const struct given *given, const struct arg *arg)
{
	for (size_t i = 0; i < given->nr; i++) {
		if (given->words[i].arg == arg)
			return true;
	}
	return false;
}

static const struct arg *next_positional(const struct line *l)
{
	for (const struct arg *a = l->cmd->args; a->name; a++) {
		if (!arg_is_option(a) && (a->flags & ARG_REPEAT || !was_given(&l->given, a)))
			return a;
	}
	return NULL;
}

static void take_given(struct line *l, const struct arg *arg, const char *text)
{
	if (!arg || l->given.nr == ARRAY_LEN(l->given.words))
		return;
	l->given.words[l->given.nr].arg = arg;
	l->given.words[l->given.nr].text = text;
	l->given.nr++;
}

static void take_word(struct line *l, const char *word)
{
	const struct arg *option = find_option(l->cmd, word);

	if (l->wants) {
		take_given(l, l->wants, word);
		l->wants = NULL;
	} else if (!l->no_options && !strcmp(word, "--")) {
		l->no_options = true;
	} else if (!l->no_options && word[0] == '-' && word[1]) {
		if (option && option->type != ARG_FLAG && !strchr(word, '='))
			l->wants = option;
		else
			take_given(l, option, word);
	} else if (l->cmd) {
		take_given(l, next_positional(l), word);
	} else {
		take_path_word(l, word);
	}
}

static void add_options(struct completion *c, const struct line *l, const char *typed)
{
	const struct arg *opt;

	for (const struct arg *a = l->cmd ? l->cmd->args : NULL; a && a->name; a++) {
		if (arg_is_option(a) && !was_given(&l->given, a))
			completion_add(c, typed, "", a->name, a->help, false);
	}
	for (unsigned int i = 0; (opt = global_option_at(i)); i++) {
		if (!was_given(&l->given, opt))
			completion_add(c, typed, "", opt->name, opt->help, false);
	}
}

/* The commands that begin with the words given to help. */
static void add_help_words(struct completion *c, const struct line *l, const char *typed)
{
	char begin[sizeof(l->path)] = "";
	size_t used = 0;

	for (size_t i = 0; i < l->given.nr && used < sizeof(begin); i++)
		used += (size_t)snprintf(begin + used, sizeof(begin) - used, "%s%s",
					 used ? " " : "", l->given.words[i].text);
	if (used < sizeof(begin))
		add_path_words(c, l->table, begin, typed);
}

void complete(struct completion *c, const struct command_table *table, const char *root, int argc,
	      char *const *argv, const char *typed)
{
	struct line l = { .table = table };
	const struct arg *arg;
	char prefix[80];

	memset(c, 0, sizeof(*c));
	for (int i = 0; i < argc; i++)
		take_word(&l, argv[i]);

	if (l.wants) {
		complete_value(c, root, l.wants, &l.given, "", typed);
		return;
	}
	if (!l.no_options && typed[0] == '-') {
		arg = find_option(l.cmd, typed);
		if (!arg || arg->type == ARG_FLAG || !strchr(typed, '=')) {
			add_options(c, &l, typed);
			return;
		}
		snprintf(prefix, sizeof(prefix), "%s=", arg->name);
		complete_value(c, root, arg, &l.given, prefix, typed);
		return;
	}
	if (!l.cmd) {
		add_path_words(c, table, l.path, typed);
		return;
	}
	arg = next_positional(&l);
	if (arg && arg->type == ARG_COMMAND)
		add_help_words(c, &l, typed);
	else if (arg)
		complete_value(c, root, arg, &l.given, "", typed);
	else
		snprintf(c->hint, sizeof(c->hint), "nothing more: %s takes options at most",
			 l.cmd->path);
}

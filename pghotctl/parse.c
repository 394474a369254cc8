// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words are exact: no prefix of a command or an option stands for it, so that
 * a script keeps its meaning when a command is added. Options may stand
 * anywhere, "--" ends them.
 */

#include "parse.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "suggest.h"
#include "units.h"

#define WORDS_MAX 4

static const char any_command[] = "[-jpr] COMMAND [ARGUMENT...], or help";

/* State of one parse. */
struct parser {
	struct call *call;
	struct failure *f;
	param_at_fn param_at;
};

static int usage(struct parser *p, const char *about)
{
	if (about)
		snprintf(p->f->attribute, sizeof(p->f->attribute), "%s", about);
	if (p->call->cmd)
		command_synopsis(p->call->cmd, p->f->usage, sizeof(p->f->usage));
	return STATUS_USAGE;
}

static void did_you_mean(struct failure *f, const struct suggestion *s)
{
	if (s->word)
		fail_hint(f, "did you mean %s?", s->word);
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

/*
 * Return: words that a global option at argv[0] of @left takes, or several letters
 * of such options in one; 0 when there is none.
 */
static int take_global(struct globals *g, int left, char *const *argv)
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
static void next_words(char *const *words, int nr, const char *typed, char *list, size_t size,
		       struct suggestion *s, char *best, size_t best_size)
{
	const struct command *cmd;
	char last[32] = "";
	size_t used = 0;

	list[0] = '\0';
	for (unsigned int i = 0; (cmd = command_at(i)); i++) {
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
static int find_command(char **words, int nr, const struct command **found)
{
	const struct command *cmd;

	for (int use = nr; use > 0; use--) {
		for (unsigned int i = 0; (cmd = command_at(i)); i++) {
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

		for (unsigned int i = 0; (cmd = command_at(i)); i++) {
			if (path_begins(cmd->path, words, use, &whole))
				known = use;
		}
	}
	next_words(words, known, known < nr ? words[known] : NULL, list, sizeof(list), &s, best,
		   sizeof(best));
	if (nr == 0)
		fail_with(p->f, STATUS_USAGE, 0, "no command");
	else if (known == nr)
		fail_with(p->f, STATUS_USAGE, 0, "%s: a word is missing: %s", words[nr - 1], list);
	else
		fail_with(p->f, STATUS_USAGE, 0, "unknown command: %s", words[known]);
	did_you_mean(p->f, &s);
	if (!s.word && (known < nr || !nr))
		fail_hint(p->f, "commands%s%s: %s", known ? " of " : "", known ? words[0] : "",
			  list);
	if (known)
		snprintf(p->f->usage, sizeof(p->f->usage), "%s COMMAND [ARGUMENT...], or help",
			 words[0]);
	else
		snprintf(p->f->usage, sizeof(p->f->usage), "%s", any_command);
	return usage(p, known < nr ? words[known] : NULL);
}

static int bad_number(struct parser *p, const struct arg *arg, const char *text, int err,
		      const char *accepted)
{
	if (err == -ERANGE)
		fail_with(p->f, STATUS_USAGE, 0, "%s: %s is out of range, accepted: %s", arg->name,
			  text, accepted);
	else
		fail_with(p->f, STATUS_USAGE, 0, "%s: cannot read \"%s\", accepted: %s", arg->name,
			  text, accepted);
	return usage(p, arg->name);
}

static int take_count(struct parser *p, struct value *v)
{
	char accepted[64];
	int err;

	snprintf(accepted, sizeof(accepted), "%" PRIu64 " to %" PRIu64, v->arg->min, v->arg->max);
	err = pghot_parse_count(v->text, &v->number);
	if (!err && (v->number < v->arg->min || v->number > v->arg->max))
		err = -ERANGE;
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_seconds(struct parser *p, struct value *v)
{
	char accepted[96], lo[PGHOT_UNIT_LEN], hi[PGHOT_UNIT_LEN];
	int err;

	snprintf(accepted, sizeof(accepted), "%s to %s, in seconds or with a unit",
		 pghot_format_ms(lo, sizeof(lo), v->arg->min),
		 pghot_format_ms(hi, sizeof(hi), v->arg->max));
	err = pghot_parse_ms(v->text, 1000, &v->number);
	if (!err && (v->number < v->arg->min || v->number > v->arg->max))
		err = -ERANGE;
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_node(struct parser *p, struct value *v)
{
	char accepted[64];
	int err = pghot_parse_u64(v->text, &v->number);

	if (!err && v->number >= PGHOT_NODES_MAX)
		err = -ERANGE;
	snprintf(accepted, sizeof(accepted), "a node from 0 to %d", PGHOT_NODES_MAX - 1);
	return err ? bad_number(p, v->arg, v->text, err, accepted) : 0;
}

static int take_pfn(struct parser *p, struct value *v)
{
	int err = pghot_parse_u64(v->text, &v->number);

	return err ? bad_number(p, v->arg, v->text, err, "a page frame number, decimal or 0x…") : 0;
}

static int take_range(struct parser *p, struct value *v)
{
	static const char *const accepted = "START-END or START+COUNT, decimal or 0x…";
	size_t len = strcspn(v->text, "-+");
	char start[32];
	int err;

	if (!v->text[len] || len >= sizeof(start))
		return bad_number(p, v->arg, v->text, -EINVAL, accepted);
	snprintf(start, sizeof(start), "%.*s", (int)len, v->text);
	err = pghot_parse_u64(start, &v->number);
	if (!err)
		err = pghot_parse_u64(v->text + len + 1, &v->end);
	if (!err && v->text[len] == '+' &&
	    (!v->end || __builtin_add_overflow(v->number, v->end - 1, &v->end)))
		err = -ERANGE;
	if (err)
		return bad_number(p, v->arg, v->text, err, accepted);
	if (v->end < v->number) {
		fail_with(p->f, STATUS_USAGE, 0, "%s: %s ends before it starts", v->arg->name,
			  v->text);
		return usage(p, v->arg->name);
	}
	return 0;
}

static int take_source(struct parser *p, struct value *v)
{
	const struct pghot_source_name *src;
	struct suggestion s = { 0 };
	char list[160] = "";
	size_t used = 0;

	if (v->arg->flags & ARG_OR_ALL && !strcmp(v->text, "all")) {
		v->all = true;
		return 0;
	}
	v->source = pghot_source_by_name(v->text);
	if (v->source)
		return 0;
	for (unsigned int i = 0; (src = pghot_source_name_at(i)); i++) {
		suggest(&s, v->text, src->name);
		for (const char *const *a = src->aliases; *a; a++)
			suggest(&s, v->text, *a);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", src->name);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown source: %s, accepted: %s%s", v->text, list,
		  v->arg->flags & ARG_OR_ALL ? ", all" : "");
	did_you_mean(p->f, &s);
	return usage(p, v->arg->name);
}

static int take_word(struct parser *p, struct value *v)
{
	struct suggestion s = { 0 };
	char list[160] = "";
	size_t used = 0;

	for (unsigned int i = 0; v->arg->words[i]; i++) {
		if (!strcmp(v->arg->words[i], v->text)) {
			v->number = i;
			return 0;
		}
		suggest(&s, v->text, v->arg->words[i]);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", v->arg->words[i]);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown word: %s, accepted: %s", v->text, list);
	did_you_mean(p->f, &s);
	return usage(p, v->arg->name);
}

/* Each word is looked for as if it stood alone. */
static int take_words(struct parser *p, struct value *v)
{
	uint64_t mask = 0;
	const char *at = v->text;

	for (;;) {
		size_t len = strcspn(at, ",");
		char word[64];
		struct value one = { .arg = v->arg, .text = word };
		int err;

		snprintf(word, sizeof(word), "%.*s", (int)(len < 63 ? len : 63), at);
		err = take_word(p, &one);
		if (err)
			return err;
		mask |= 1ULL << one.number;
		if (!at[len])
			break;
		at += len + 1;
	}
	v->number = mask;
	return 0;
}

static int take_path(struct parser *p, struct value *v)
{
	if (v->text[0])
		return 0;
	fail_with(p->f, STATUS_USAGE, 0, "%s: the name is empty", v->arg->name);
	return usage(p, v->arg->name);
}

/* Parameters of the subsystem, or with @source those of a source. */
static const struct pghot_param_desc *
param_at(const struct parser *p, const struct pghot_source_name *source, unsigned int i)
{
	return source ? pghot_source_param_at(source->id, i) : p->param_at(i);
}

static const struct pghot_param_desc *
find_param(const struct parser *p, const struct pghot_source_name *source, const char *name)
{
	const struct pghot_param_desc *desc;

	for (unsigned int i = 0; (desc = param_at(p, source, i)); i++) {
		if (!strcmp(desc->name, name) || (desc->alias && !strcmp(desc->alias, name)))
			return desc;
	}
	return NULL;
}

static int unknown_param(struct parser *p, const struct pghot_source_name *source, const char *name)
{
	const struct pghot_param_desc *desc;
	struct suggestion s = { 0 };
	char list[256] = "";
	size_t used = 0;

	if (source) {
		suggest(&s, name, "enabled");
		used = (size_t)snprintf(list, sizeof(list), "enabled");
	}
	for (unsigned int i = 0; (desc = param_at(p, source, i)); i++) {
		suggest(&s, name, desc->name);
		if (desc->alias)
			suggest(&s, name, desc->alias);
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
						 used ? ", " : "", desc->name);
	}
	fail_with(p->f, STATUS_USAGE, 0, "unknown parameter: %s, accepted: %s", name, list);
	did_you_mean(p->f, &s);
	return usage(p, name);
}

static int take_param(struct parser *p, struct value *v)
{
	v->param = find_param(p, NULL, v->text);
	return v->param ? 0 : unknown_param(p, NULL, v->text);
}

static int twice(struct parser *p, const char *name)
{
	fail_with(p->f, STATUS_USAGE, 0, "%s is given twice", name);
	return usage(p, name);
}

static int take_assign(struct parser *p, struct value *v, const struct pghot_source_name *source)
{
	const char *equals = strchr(v->text, '=');
	const char *of_enabled = "enabled";
	char name[64], accepted[64];
	int err;

	if (!equals || equals == v->text || (size_t)(equals - v->text) >= sizeof(name)) {
		fail_with(p->f, STATUS_USAGE, 0, "expected NAME=VALUE: %s", v->text);
		return usage(p, v->arg->name);
	}
	snprintf(name, sizeof(name), "%.*s", (int)(equals - v->text), v->text);

	if (source && !strcmp(name, of_enabled)) {
		bool on = false;

		err = pghot_parse_bool(equals + 1, &on);
		v->assigned = on && !err;
		snprintf(accepted, sizeof(accepted), "on or off");
	} else {
		v->param = find_param(p, source, name);
		if (!v->param)
			return unknown_param(p, source, name);
		err = pghot_param_parse(v->param, equals + 1, &v->assigned);
		pghot_param_accepts(v->param, accepted, sizeof(accepted));
	}
	if (err) {
		fail_with(p->f, STATUS_USAGE, 0,
			  err == -ERANGE ? "%s: %s is out of range, accepted: %s"
					 : "%s: cannot read \"%s\", accepted: %s",
			  v->param ? v->param->name : name, equals + 1, accepted);
		return usage(p, v->param ? v->param->name : name);
	}
	for (const struct value *o = p->call->values; o < p->call->values + p->call->nr; o++) {
		if (o->arg == v->arg && o->param == v->param)
			return twice(p, name);
	}
	return 0;
}

static int take_value(struct parser *p, const struct arg *arg, const char *text)
{
	struct value *v = &p->call->values[p->call->nr];
	const struct value *src;
	int err = 0;

	if (p->call->nr == VALUES_MAX) {
		fail_with(p->f, STATUS_USAGE, 0, "more than %d arguments", VALUES_MAX);
		return usage(p, NULL);
	}
	memset(v, 0, sizeof(*v));
	v->arg = arg;
	v->text = text;

	switch (arg->type) {
	case ARG_FLAG:
	case ARG_COMMAND:
	case ARG_PROGRAM:
		break;
	case ARG_COUNT:
		err = take_count(p, v);
		break;
	case ARG_SECONDS:
		err = take_seconds(p, v);
		break;
	case ARG_NODE:
		err = take_node(p, v);
		break;
	case ARG_PFN:
		err = take_pfn(p, v);
		break;
	case ARG_PFN_RANGE:
		err = take_range(p, v);
		break;
	case ARG_SOURCE:
		err = take_source(p, v);
		break;
	case ARG_WORD:
		err = take_word(p, v);
		break;
	case ARG_WORDS:
		err = take_words(p, v);
		break;
	case ARG_FILE:
	case ARG_CGROUP:
		err = take_path(p, v);
		break;
	case ARG_PARAM:
		err = take_param(p, v);
		break;
	case ARG_PARAM_ASSIGN:
		err = take_assign(p, v, NULL);
		break;
	case ARG_SOURCE_ASSIGN:
		src = call_get(p->call, "SRC");
		err = take_assign(p, v, src ? src->source : NULL);
		break;
	}
	if (err)
		return err;
	p->call->nr++;
	return 0;
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
	did_you_mean(p->f, &s);
	return usage(p, name);
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
		return twice(p, arg->name);
	if (arg->type == ARG_FLAG) {
		if (equals) {
			fail_with(p->f, STATUS_USAGE, 0, "%s takes no value", name);
			return usage(p, name);
		}
		return take_value(p, arg, word);
	}
	if (equals)
		return take_value(p, arg, equals + 1);
	if (*i + 1 == argc) {
		fail_with(p->f, STATUS_USAGE, 0, "%s needs a value: %s", name, arg->metavar);
		return usage(p, name);
	}
	return take_value(p, arg, argv[++*i]);
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
		return usage(p, word);
	}
	err = take_value(p, arg, word);
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
			return usage(p, a->name);
		}
	}
	if (p->call->cmd->check && !p->call->cmd->check(p->call, p->f))
		return usage(p, NULL);
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
	did_you_mean(p->f, &s);
	snprintf(p->f->usage, sizeof(p->f->usage), "%s", any_command);
	return usage(p, "--backend");
}

int parse(int argc, char *const *argv, struct call *call, struct failure *f)
{
	return parse_with(argc, argv, pghot_param_at, call, f);
}

int parse_with(int argc, char *const *argv, param_at_fn known_params, struct call *call,
	       struct failure *f)
{
	struct parser p = { .call = call, .f = f, .param_at = known_params };
	char *words[WORDS_MAX];
	bool options = true;
	int nr, skip;

	memset(call, 0, sizeof(*call));
	memset(f, 0, sizeof(*f));
	parse_globals(argc, argv, &call->globals);
	if (call->globals.bad_backend)
		return bad_backend(&p);

	nr = command_words(argc, argv, words);
	skip = find_command(words, nr, &call->cmd);
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
				return usage(&p, argv[i]);
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

const struct value *call_next(const struct call *call, const char *name, const struct value *last)
{
	const struct value *v = last ? last + 1 : call->values;

	for (; v < call->values + call->nr; v++) {
		if (!strcmp(v->arg->name, name))
			return v;
	}
	return NULL;
}

const struct value *call_get(const struct call *call, const char *name)
{
	return call_next(call, name, NULL);
}

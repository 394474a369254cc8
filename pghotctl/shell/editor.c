// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * readline is driven by its callbacks and an own loop around ppoll(2): the
 * signals are blocked but there, so that none can come between the look at a
 * flag and the waiting, and none finds readline in the middle of something.
 */

#include "shell/editor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "cmdline/words.h"
#include "shell/complete.h"
#include "shell/history.h"

#define PROMPT "pghot> "

/* What words_quote() quotes. */
#define QUOTED " \t\"\\'#"

/*
 * The signals that editor_open() takes over. SIGTSTP and SIGQUIT are for
 * commands; at the prompt they do nothing, as in other shells.
 */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

#define NR_SIGNALS (sizeof(signals) / sizeof(signals[0]))

struct editor {
	const struct command_table *table;
	const char *root;
	const char *const *extra;
	char *history; /* its file, NULL when there is none */
	struct sigaction before[NR_SIGNALS];
	sigset_t mask_before;
	struct completion completion; /* of the word under the cursor */
	char *line;
	bool done;
	bool eof;
};

/*
 * readline's callbacks and signal handlers are given no pointer; this is the
 * editor that there is, and the last signal that it got.
 */
static struct editor *the_editor;
static volatile sig_atomic_t last_signal;

static void on_signal(int number)
{
	last_signal = number;
}

static void on_line(char *line)
{
	the_editor->line = line;
	the_editor->eof = !line;
	the_editor->done = true;
	/* So that the terminal is the command's while that runs. */
	rl_callback_handler_remove();
}

/* ---- keys ---------------------------------------------------------------- */

/*
 * Ctrl-C does not make the terminal throw away what was typed before: readline
 * would wait for keys that poll() had seen. editor_read() throws it away.
 */
static void prepare_terminal(int meta)
{
	struct termios t;

	rl_prep_terminal(meta);
	if (tcgetattr(STDIN_FILENO, &t))
		return;
	t.c_lflag |= NOFLSH;
	tcsetattr(STDIN_FILENO, TCSANOW, &t);
}

/* ---- completion ---------------------------------------------------------- */

/* What stands before the cursor, and the word under it. */
static void find_candidates(struct editor *e)
{
	struct words before;
	char *line = strndup(rl_line_buffer, (size_t)rl_point);
	const char *typed = "";
	int nr;

	completion_free(&e->completion);
	if (!line)
		return;
	words_split(&before, line);
	nr = before.nr;
	/* No blank between the last word and the cursor: it is the one. */
	if (nr && (before.span[nr - 1].end == (size_t)rl_point || before.end != WORDS_COMPLETE))
		typed = before.argv[--nr];
	complete(&e->completion, e->table, e->root, nr, before.argv, typed);
	for (const char *const *w = e->extra; !nr && *w; w++)
		completion_add(&e->completion, typed, "", *w, NULL, false);
	words_free(&before);
	free(line);
}

/* readline takes the first element for what all the others begin with. */
static char **matches_of(const struct completion *c)
{
	char **list = calloc(c->nr + 2, sizeof(*list));
	size_t common;

	if (!list)
		return NULL;
	common = strlen(c->at[0].word);
	for (size_t i = 0; i < c->nr; i++) {
		size_t same = 0;

		while (same < common && c->at[i].word[same] == c->at[0].word[same])
			same++;
		common = same;
		list[i + 1] = strdup(c->at[i].word);
	}
	list[0] = strndup(c->at[0].word, common);
	/* A single one stands alone in the first place. */
	if (c->nr == 1) {
		free(list[1]);
		list[1] = NULL;
	}
	return list;
}

static bool need_quotes(const struct completion *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		if (strpbrk(c->at[i].word, QUOTED))
			return true;
	}
	return false;
}

static void show_hint(const struct editor *e)
{
	fprintf(rl_outstream, "\n%s\n", e->completion.hint);
	rl_on_new_line();
}

static char **attempt(const char *text, int start, int end)
{
	struct editor *e = the_editor;

	(void)text;
	(void)start;
	(void)end;
	/* Never readline's own, which are the names of files. */
	rl_attempted_completion_over = 1;
	find_candidates(e);
	if (!e->completion.nr) {
		/* Listing, that is on the second Tab at the latest. */
		if (e->completion.hint[0] && rl_completion_type != TAB)
			show_hint(e);
		return NULL;
	}
	rl_completion_suppress_append = e->completion.nr == 1 && e->completion.at[0].open;
	/* readline quotes names of files only, and looks for files of that name. */
	rl_filename_completion_desired = need_quotes(&e->completion);
	rl_filename_quoting_desired = 1;
	rl_sort_completion_matches = 0;
	return matches_of(&e->completion);
}

/* One per line with what it is, if that is known; else as readline does. */
static void show_matches(char **matches, int nr, int longest)
{
	const struct completion *c = &the_editor->completion;
	bool helpful = true;

	for (size_t i = 0; i < c->nr; i++)
		helpful &= c->at[i].help[0] != '\0';
	if (!helpful || (size_t)nr != c->nr) {
		rl_filename_completion_desired = 0;
		rl_display_match_list(matches, nr, longest);
	} else {
		putc('\n', rl_outstream);
		for (size_t i = 0; i < c->nr; i++)
			fprintf(rl_outstream, "%-*s  %s\n", longest, c->at[i].word, c->at[i].help);
	}
	rl_forced_update_display();
}

/* With backslashes: a quote would have to be closed while the word goes on. */
static char *escape(const char *word)
{
	char *escaped = malloc(2 * strlen(word) + 1), *to = escaped;

	if (!escaped)
		return NULL;
	for (; *word; word++) {
		if (strchr(QUOTED, *word))
			*to++ = '\\';
		*to++ = *word;
	}
	*to = '\0';
	return escaped;
}

static char *quote(char *word, int match_type, char *quote_pointer)
{
	enum words_end open;
	char *quoted, *whole;

	(void)match_type;
	if (*quote_pointer == '\'')
		open = WORDS_IN_SINGLE;
	else if (*quote_pointer == '"')
		open = WORDS_IN_DOUBLE;
	else
		return escape(word);
	quoted = words_quote(word, open);
	/* readline wants the quote that is open in front of it. */
	if (!quoted || asprintf(&whole, "%c%s", *quote_pointer, quoted) < 0)
		whole = NULL;
	free(quoted);
	return whole;
}

static int is_quoted(char *line, int at)
{
	int backslashes = 0;

	while (at > 0 && line[--at] == '\\')
		backslashes++;
	return backslashes % 2;
}

static void set_up_completion(void)
{
	rl_attempted_completion_function = attempt;
	rl_completion_display_matches_hook = show_matches;
	rl_completer_word_break_characters = " \t";
	rl_completer_quote_characters = "'\"";
	rl_filename_quote_characters = QUOTED;
	rl_filename_quoting_function = quote;
	rl_char_is_quoted_p = is_quoted;
}

/* -------------------------------------------------------------------------- */

struct editor *editor_open(const struct command_table *table, const char *root,
			   const char *const *extra)
{
	struct sigaction act = { .sa_handler = on_signal };
	struct editor *e = calloc(1, sizeof(*e));
	sigset_t block;

	if (!e)
		return NULL;
	e->table = table;
	e->root = root;
	e->extra = extra;
	the_editor = e;
	last_signal = 0;
	sigemptyset(&block);
	for (size_t i = 0; i < NR_SIGNALS; i++) {
		sigaddset(&block, signals[i]);
		sigaction(signals[i], &act, &e->before[i]);
	}
	sigprocmask(SIG_BLOCK, &block, &e->mask_before);

	rl_readline_name = "pghotctl";
	rl_catch_signals = 0;
	rl_prep_term_function = prepare_terminal;
	set_up_completion();
	using_history();
	e->history = history_open();
	return e;
}

static void keep(struct editor *e)
{
	const HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1)
						: NULL;

	if (!e->line[strspn(e->line, " \t")] || e->line[0] == ' ' || e->line[0] == '\t')
		return;
	if (last && !strcmp(last->line, e->line))
		return;
	add_history(e->line);
	history_keep(e->history, e->line);
}

/*
 * The line stays on the screen, but is not read. The text comes first: giving the
 * terminal back takes the cursor to the start of the line.
 */
static void leave(const char *text)
{
	rl_point = rl_end;
	rl_redisplay();
	fputs(text, rl_outstream);
	fflush(rl_outstream);
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_callback_handler_remove();
}

enum editor_result editor_read(struct editor *e, char **line)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	e->done = false;
	e->line = NULL;
	rl_callback_handler_install(PROMPT, on_line);
	while (!e->done) {
		int ret = ppoll(&input, 1, NULL, &e->mask_before);
		int number = last_signal;

		if (ret < 0 && errno != EINTR) {
			leave("\n");
			return EDITOR_EOF;
		}
		if (number == SIGTERM || number == SIGHUP) {
			leave("\n");
			return EDITOR_STOPPED;
		}
		last_signal = 0;
		if (number == SIGINT) {
			tcflush(STDIN_FILENO, TCIFLUSH);
			leave("^C\n");
			return EDITOR_CANCELLED;
		}
		if (ret > 0)
			rl_callback_read_char();
		else if (ret < 0)
			/* SIGWINCH, which readline has noted. */
			rl_resize_terminal();
	}
	if (e->eof) {
		putc('\n', rl_outstream);
		return EDITOR_EOF;
	}
	keep(e);
	*line = e->line;
	return EDITOR_LINE;
}

static void restore_signals(const struct editor *e)
{
	for (size_t i = 0; i < NR_SIGNALS; i++)
		sigaction(signals[i], &e->before[i], NULL);
	sigprocmask(SIG_SETMASK, &e->mask_before, NULL);
}

void editor_child(const struct editor *e)
{
	restore_signals(e);
}

void editor_close(struct editor *e)
{
	if (!e)
		return;
	restore_signals(e);
	completion_free(&e->completion);
	clear_history();
	free(e->history);
	free(e);
	the_editor = NULL;
}

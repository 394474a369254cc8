// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The shell: command after command, typed or from a pipe.
 *
 * Each runs in a process of its own. So whatever it waits for, the kernel, an
 * event, a reader of its output, Ctrl-C ends it and not the shell, and no
 * command needs to know that there is a shell.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backend/ctx.h"
#include "cmdline/invoke.h"
#include "cmdline/command.h"
#include "cmdline/words.h"
#include "commands/commands.h"
#include "shell/editor.h"

/* What ends the shell; no commands of the table, for elsewhere they mean nothing. */
static const char *const leave_words[] = { "exit", "quit", NULL };

struct shell {
	struct ctx *ctx;
	const struct call *call; /* its options hold for every command */
	struct editor *editor; /* NULL: lines come from no person */
	unsigned long lineno;
	int failed; /* status of the last line that failed */
	bool stop; /* a signal says so */
};

/* In the new process. */
static _Noreturn void child(struct shell *s, int argc, char *const *argv)
{
	/* Not the connection, which would be shared with the shell. */
	struct ctx ctx = {
		.out.file = stdout,
		.root = s->ctx->root,
		.sigpipe = s->ctx->sigpipe,
		.sigxfsz = s->ctx->sigxfsz,
	};
	char location[32];
	int status;

	if (s->editor) {
		editor_child(s->editor);
	} else {
		snprintf(location, sizeof(location), "line %lu", s->lineno);
		ctx.location = location;
	}
	status = invoke(&ctx, s->call->table, argc, argv, &s->call->globals);
	if (!out_flush(&ctx.out)) {
		fprintf(stderr, "pghotctl: cannot write standard output: %s\n",
			strerror(ctx.out.errnum));
		status = status ? status : STATUS_FAILED;
	}
	_exit(status);
}

/* Return: exit status of the command. */
static int ended(const struct shell *s, int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (WTERMSIG(status) == SIGINT)
		/* The terminal has written ^C. */
		putchar('\n');
	else
		fprintf(stderr, "pghotctl: the command was ended by signal %d (%s)\n",
			WTERMSIG(status), strsignal(WTERMSIG(status)));
	fflush(stdout);
	return s->editor ? 128 + WTERMSIG(status) : STATUS_FAILED;
}

/*
 * The terminal sends its signals to the command, too; what is sent to the shell
 * alone ends both.
 */
static int wait_for(struct shell *s, pid_t pid, const sigset_t *awaited)
{
	int status;

	for (;;) {
		int number = sigwaitinfo(awaited, NULL);

		if (number == SIGTERM || number == SIGHUP) {
			s->stop = true;
			kill(pid, number);
			kill(pid, SIGCONT);
		}
		/* Typed before the process was there to get it. */
		if (number == SIGINT || number == SIGQUIT)
			kill(pid, number);
		if (number != SIGCHLD || waitpid(pid, &status, WNOHANG | WUNTRACED) != pid)
			continue;
		if (!WIFSTOPPED(status))
			return ended(s, status);
		/* Ctrl-Z stops the whole job, and fg continues all of it. */
		raise(SIGSTOP);
	}
}

static int run(struct shell *s, int argc, char *const *argv)
{
	static const int numbers[] = { SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
	sigset_t awaited, before;
	int status = STATUS_FAILED;
	pid_t pid;

	sigemptyset(&awaited);
	sigaddset(&awaited, SIGCHLD);
	for (size_t i = 0; s->editor && i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaddset(&awaited, numbers[i]);
	sigprocmask(SIG_BLOCK, &awaited, &before);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		child(s, argc, argv);
	}
	if (pid < 0)
		fprintf(stderr, "pghotctl: cannot start a process: %s\n", strerror(errno));
	else
		status = wait_for(s, pid, &awaited);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

static bool is_leave_word(const char *word)
{
	for (const char *const *w = leave_words; *w; w++) {
		if (!strcmp(*w, word))
			return true;
	}
	return false;
}

static void complain(struct shell *s, const char *what)
{
	struct out *o = &s->ctx->out;
	struct failure f;

	fail_with(&f, STATUS_USAGE, 0, "%s", what);
	if (!s->editor)
		snprintf(f.location, sizeof(f.location), "line %lu", s->lineno);
	if (!o->json) {
		failure_print(&f, stderr);
		return;
	}
	out_begin(o, "shell");
	out_fail(o, &f);
}

/* Return: false when the shell is to be left. */
static bool take_line(struct shell *s, const char *line)
{
	struct words words;
	int ret = words_split(&words, line), status = STATUS_OK;
	bool go_on = true;

	if (ret) {
		complain(s, ret == -EINVAL ? words_end_text(words.end) : "out of memory");
		status = ret == -EINVAL ? STATUS_USAGE : STATUS_FAILED;
	} else if (words.nr && is_leave_word(words.argv[0])) {
		go_on = words.nr > 1;
		if (go_on) {
			complain(s, "exit: surplus argument");
			status = STATUS_USAGE;
		}
	} else if (words.nr && !strcmp(words.argv[0], "shell")) {
		complain(s, "shell: this is the shell");
		status = STATUS_USAGE;
	} else if (words.nr) {
		status = run(s, words.nr, words.argv);
	}
	if (status)
		s->failed = status;
	words_free(&words);
	return go_on && !s->stop;
}

static int typed(struct shell *s)
{
	enum editor_result result = EDITOR_LINE;
	char *line;

	s->editor = editor_open(s->call->table, s->ctx->root, leave_words);
	if (!s->editor)
		return fail_with(&s->ctx->failure, STATUS_FAILED, ENOMEM, "out of memory");
	if (!s->ctx->out.json)
		printf("pghotctl %s: help lists the commands, exit leaves.\n", PGHOT_VERSION);
	for (;;) {
		bool go_on;

		fflush(stdout);
		result = editor_read(s->editor, &line);
		if (result == EDITOR_CANCELLED)
			continue;
		if (result != EDITOR_LINE)
			break;
		go_on = take_line(s, line);
		free(line);
		if (!go_on)
			break;
	}
	editor_close(s->editor);
	/* The person has seen what failed. */
	return STATUS_OK;
}

/*
 * Unbuffered, as sh reads: what a command such as "batch -" reads from standard
 * input begins behind its own line.
 */
static int piped(struct shell *s)
{
	char *line = NULL;
	size_t alloc = 0;
	bool go_on = true;

	setvbuf(stdin, NULL, _IONBF, 0);
	while (go_on && getline(&line, &alloc, stdin) >= 0) {
		s->lineno++;
		go_on = take_line(s, line);
	}
	free(line);
	if (go_on && ferror(stdin))
		return fail_with(&s->ctx->failure, STATUS_FAILED, errno,
				 "cannot read standard input: %s", strerror(errno));
	return s->failed;
}

int cmd_shell(struct ctx *ctx, const struct call *call)
{
	struct shell s = { .ctx = ctx, .call = call };
	int ret;

	/* The answers are those of its commands. */
	out_free(&ctx->out);
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		ret = typed(&s);
	else
		ret = piped(&s);
	return ret;
}

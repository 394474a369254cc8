// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "printable.h"
#include "state/notice.h"
#include "units.h"

const char *absence_notice(const struct sample *s, char *buf, size_t size)
{
	switch (s->reach) {
	case PGHOT_REACH_OTHER:
		snprintf(buf, size, "pghot cannot be reached from here\n%s", s->error.message);
		break;
	case PGHOT_REACH_UNKNOWN:
		snprintf(buf, size,
			 "There is no pghot family here\n"
			 "This kernel has none, or this is not its first network namespace, which "
			 "cannot be told: %s.",
			 s->error.message);
		break;
	default:
		snprintf(buf, size,
			 "This kernel has no pghot family\n"
			 "It was built without CONFIG_PGHOT, or it is not a kernel with pghot. "
			 "\"pghotctl probe\" tells what there is.");
	}
	return buf;
}

const char *failure_notice(const struct pghot_error *error, const char *doing, char *buf,
			   size_t size)
{
	/* Cut where every character of many is escaped. */
	char message[2 * sizeof(error->message)];

	/* Words of a kernel, or of whoever wrote the recording. */
	pghot_printable(message, sizeof(message), error->message);
	snprintf(buf, size, "%s: %s%s%s", doing, strerror(error->errnum), *message ? ": " : "",
		 message);
	return buf;
}

const char *entries_notice(const struct model *m, enum view view, enum style *style, char *buf,
			   size_t size)
{
	const struct pghot_error *error = &m->sample.entries_error;
	static const char *const whose[NR_VIEWS] = {
		[VIEW_QUEUE] = "The queue is",
		[VIEW_RECORDS] = "Records are",
		[VIEW_PROMOTED] = "Promotions are",
		[VIEW_CGROUPS] = "What cgroups have is",
		[VIEW_PROCESSES] = "What processes have is",
		[VIEW_MAPPINGS] = "What mappings have is",
	};
	char text[NOTICE_LEN];

	if (!error->errnum)
		return NULL;
	if (style)
		*style = STYLE_ALARM;
	if (error->errnum == EPERM || error->errnum == EACCES)
		snprintf(buf, size,
			 "%s hidden: this takes CAP_SYS_ADMIN\n"
			 "%s shown only to processes with "
			 "CAP_SYS_ADMIN in the initial user namespace. Nodes, sources and "
			 "counters are complete. Run pghottop as root to see the %s.",
			 whose[view],
			 view_rows(view) == ROW_PAGE ? "Page frame numbers are"
						     : "What memory of others is accessed is",
			 row_name(view_rows(view))->many);
	else if (m->sample.recorded && row_is_owner(view_rows(view)))
		snprintf(buf, size,
			 "A recording has no processes\n"
			 "Their page tables are not recorded; v leads to the other views.");
	else if (error->errnum == ESRCH)
		snprintf(buf, size,
			 "The process has ended\nBackspace leads back to the processes.");
	else
		snprintf(buf, size, "%s\n%s",
			 m->sample.recorded	       ? "The recording does not have these pages"
			 : view_rows(view) == ROW_PAGE ? "The kernel did not send the pages"
						       : "The kernel did not add up what is hot",
			 failure_notice(error, view_name(view)->name, text, sizeof(text)));
	return buf;
}

const char *heat_notice(const struct sample *s, char *buf, size_t size)
{
	char text[NOTICE_LEN];

	if (!s->heat_error.errnum)
		return NULL;
	if (s->heat_error.errnum == EPERM || s->heat_error.errnum == EACCES)
		snprintf(buf, size,
			 "Records are hidden: this takes CAP_SYS_ADMIN\n"
			 "Page frame numbers are shown only to processes with CAP_SYS_ADMIN in "
			 "the initial user namespace. Run pghottop as root to see them.");
	else
		snprintf(buf, size, "There is no map\n%s",
			 failure_notice(&s->heat_error, "records", text, sizeof(text)));
	return buf;
}

const char *scope_order(enum view view)
{
	return view == VIEW_PROMOTED ? "latest" : "hottest";
}

const char *empty_notice(const struct ui *ui, const struct model *m, char *buf, size_t size)
{
	const struct sample *s = &m->sample;
	const char *where = ui->nid == ALL_NODES ? "" : " for this node";
	char window[PGHOT_UNIT_LEN];

	if (ui->view == VIEW_MAPPINGS && !ui->pid) {
		snprintf(buf, size,
			 "No process is chosen\n"
			 "Enter leads from a process to its mappings, as does --pid.");
		return buf;
	}
	if (!s->running && (ui_kind(ui) == ROW_PAGE || ui_kind(ui) == ROW_CGROUP)) {
		snprintf(buf, size,
			 "No source is enabled\n"
			 "pghot sees no accesses. \"pghotctl enable hintfault\" starts it.");
		return buf;
	}
	if (ui_list(ui)->filter && (sample_complete(s) || ui_kind(ui) != ROW_PAGE)) {
		snprintf(buf, size, "No %s passes the filter\n%s", row_name(ui_kind(ui))->one,
			 ui_list(ui)->filter_text);
		return buf;
	}
	if (ui_list(ui)->filter) {
		snprintf(buf, size,
			 "No page passes the filter\n%s\n"
			 "Only the %zu %s pages were looked at.",
			 ui_list(ui)->filter_text, s->nr_entries, scope_order(ui->view));
		return buf;
	}
	pghot_format_ms(window, sizeof(window),
			sample_param(s, PGHOT_A_PARAM_WINDOW_MS, PGHOT_WINDOW_MS_DEFAULT));
	if (ui_of_mapping(ui)) {
		snprintf(buf, size, "No page of the mapping has a record");
		return buf;
	}
	if (ui->within && ui_kind(ui) == ROW_PAGE) {
		snprintf(buf, size, "None of the %zu %s pages belongs to the cgroup", s->nr_entries,
			 scope_order(ui->view));
		return buf;
	}
	switch (ui->view) {
	case VIEW_QUEUE:
		snprintf(buf, size,
			 "Nothing waits for promotion%s\n"
			 "A page is queued when it is accessed %d times within %s.",
			 where,
			 (int)sample_param(s, PGHOT_A_PARAM_FREQ_THRESHOLD,
					   PGHOT_FREQ_THRESHOLD_DEFAULT),
			 window);
		break;
	case VIEW_RECORDS:
		snprintf(buf, size,
			 "No page has a record%s\n"
			 "No access to slow memory was reported within the last windows of %s.",
			 where, window);
		break;
	case VIEW_PROCESSES:
	case VIEW_MAPPINGS:
		snprintf(buf, size, "No process has memory here");
		break;
	case VIEW_CGROUPS:
		snprintf(buf, size,
			 "Nobody's memory is hot%s\n"
			 "No access to slow memory was reported within the last windows of %s.",
			 where, window);
		break;
	default:
		snprintf(buf, size, "Nothing was promoted%s yet", where);
	}
	return buf;
}

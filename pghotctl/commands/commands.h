/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Handlers of the commands, one file per feature. */
#ifndef PGHOTCTL_COMMANDS_H
#define PGHOTCTL_COMMANDS_H

#include <stdbool.h>

#include "cmdline/command.h"

/* Each does one command of the table and returns its exit status. */
int cmd_status(struct ctx *ctx, const struct call *call);
int cmd_probe(struct ctx *ctx, const struct call *call);
int cmd_source_list(struct ctx *ctx, const struct call *call);
int cmd_source_show(struct ctx *ctx, const struct call *call);
int cmd_source_set(struct ctx *ctx, const struct call *call);
int cmd_enable(struct ctx *ctx, const struct call *call);
int cmd_disable(struct ctx *ctx, const struct call *call);
int cmd_get(struct ctx *ctx, const struct call *call);
int cmd_set(struct ctx *ctx, const struct call *call);
int cmd_node(struct ctx *ctx, const struct call *call);
int cmd_dump_heap(struct ctx *ctx, const struct call *call);
int cmd_dump_records(struct ctx *ctx, const struct call *call);
int cmd_dump_promoted(struct ctx *ctx, const struct call *call);
int cmd_stats(struct ctx *ctx, const struct call *call);
int cmd_promote(struct ctx *ctx, const struct call *call);
int cmd_why(struct ctx *ctx, const struct call *call);
int cmd_report_hotness(struct ctx *ctx, const struct call *call);
int cmd_report_cgroups(struct ctx *ctx, const struct call *call);
int cmd_cgroup_show(struct ctx *ctx, const struct call *call);
int cmd_cgroup_set(struct ctx *ctx, const struct call *call);
int cmd_reset(struct ctx *ctx, const struct call *call);
int cmd_run(struct ctx *ctx, const struct call *call);
int cmd_monitor(struct ctx *ctx, const struct call *call);
int cmd_record(struct ctx *ctx, const struct call *call);
int cmd_report_diff(struct ctx *ctx, const struct call *call);
int cmd_report_processes(struct ctx *ctx, const struct call *call);
int cmd_report_why(struct ctx *ctx, const struct call *call);
int cmd_report_mappings(struct ctx *ctx, const struct call *call);
int cmd_report_fit(struct ctx *ctx, const struct call *call);
int cmd_report_timeline(struct ctx *ctx, const struct call *call);
int cmd_shell(struct ctx *ctx, const struct call *call);
int cmd_save(struct ctx *ctx, const struct call *call);
int cmd_apply(struct ctx *ctx, const struct call *call);
int cmd_batch(struct ctx *ctx, const struct call *call);
int cmd_metrics(struct ctx *ctx, const struct call *call);
int cmd_help(struct ctx *ctx, const struct call *call);
int cmd_version(struct ctx *ctx, const struct call *call);

/* The same on a kernel with the posted series. */
int cmd_posted_status(struct ctx *ctx, const struct call *call);
int cmd_posted_source_list(struct ctx *ctx, const struct call *call);
int cmd_posted_source_show(struct ctx *ctx, const struct call *call);
int cmd_posted_enable(struct ctx *ctx, const struct call *call);
int cmd_posted_disable(struct ctx *ctx, const struct call *call);
int cmd_posted_get(struct ctx *ctx, const struct call *call);
int cmd_posted_set(struct ctx *ctx, const struct call *call);
int cmd_posted_stats(struct ctx *ctx, const struct call *call);
int cmd_posted_metrics(struct ctx *ctx, const struct call *call);

/* Rules that one argument alone cannot express. */
bool check_promote(const struct call *call, struct failure *failure);
bool check_cgroup_set(const struct call *call, struct failure *failure);
bool check_metrics(const struct call *call, struct failure *failure);
bool check_record(const struct call *call, struct failure *failure);
bool check_report(const struct call *call, struct failure *failure);
bool check_report_fit(const struct call *call, struct failure *failure);
bool check_report_processes(const struct call *call, struct failure *failure);
bool check_stats(const struct call *call, struct failure *failure);
bool check_why(const struct call *call, struct failure *failure);

#endif /* PGHOTCTL_COMMANDS_H */

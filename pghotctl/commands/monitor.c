// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Events as they happen: a line of text or a JSON envelope each, flushed. When
 * events come faster than they are read, the kernel drops some: that is an event
 * too, "overrun", and "resync" follows with the state as it is then.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "backend/ctx.h"
#include "backend/query.h"
#include "cmdline/command.h"
#include "commands/commands.h"
#include "names.h"
#include "output/show.h"
#include "printable.h"
#include "units.h"

enum topic {
	TOPIC_CONFIG,
	TOPIC_PROMOTION,
};

struct monitor {
	struct ctx *ctx;
	const struct command *cmd;
	uint64_t left; /* events until it ends */
	bool endless;
};

static void begin(struct monitor *m, const char *event)
{
	struct out *o = &m->ctx->out;
	struct timeval tv;
	struct tm tm;
	char text[32];

	gettimeofday(&tv, NULL);
	out_begin(o, m->cmd->path);
	out_u64(o, "time_unix_ms", NULL, (uint64_t)tv.tv_sec * 1000 + (uint64_t)tv.tv_usec / 1000,
		UNIT_NONE);
	out_str(o, "event", NULL, event);
	if (o->json)
		return;
	localtime_r(&tv.tv_sec, &tm);
	strftime(text, sizeof(text), "%H:%M:%S", &tm);
	fprintf(o->file, "%s.%03ld  %s", text, (long)tv.tv_usec / 1000, event);
}

/* Return: 0, or what ends the monitor. */
static int end(struct monitor *m)
{
	struct out *o = &m->ctx->out;

	if (o->json) {
		out_end(o);
	} else {
		putc('\n', o->file);
		out_free(o);
	}
	if (!out_flush(o))
		return -EPIPE;
	if (!m->endless && --m->left == 0)
		return -ECANCELED;
	return 0;
}

static void say(struct out *o, const char *text)
{
	char safe[256];

	pghot_printable(safe, sizeof(safe), text);
	fputs(safe, o->file);
}

static json_t *params_json(const struct pghot_params *params)
{
	const struct pghot_param_desc *desc;
	json_t *v = json_object();
	char key[64];

	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		int64_t value = params->value[desc->attr];

		if (pghot_has(params->present, desc->attr))
			json_object_set_new(v, param_key(desc->name, key, sizeof(key)),
					    param_json(desc, value));
	}
	return v;
}

static json_t *source_json(const struct pghot_source *src)
{
	const struct pghot_param_desc *desc;
	json_t *v = json_object();
	char key[64];

	json_object_set_new(v, "name", json_text(source_label(src)));
	json_object_set_new(v, "available", json_boolean(src->available));
	json_object_set_new(v, "enabled", json_boolean(src->enabled));
	for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++) {
		if (pghot_has(src->params.present, desc->attr))
			json_object_set_new(v, param_key(desc->name, key, sizeof(key)),
					    param_json(desc, src->params.value[desc->attr]));
	}
	return v;
}

static json_t *reset_json(uint32_t what)
{
	json_t *v = json_array();
	const char *name;

	for (unsigned int i = 0; (name = pghot_reset_what_name(i)); i++) {
		if (what >> i & 1)
			json_array_append_new(v, json_string(name));
	}
	return v;
}

static void source_params_text(struct out *o, const struct pghot_source *src)
{
	const struct pghot_param_desc *desc;
	char buf[PGHOT_UNIT_LEN];

	for (unsigned int i = 0; (desc = pghot_source_param_at(src->id, i)); i++) {
		if (pghot_has(src->params.present, desc->attr))
			fprintf(o->file, ", %s=%s", desc->name,
				pghot_param_format(desc, src->params.value[desc->attr], buf,
						   sizeof(buf)));
	}
}

/* What changed, separated by commas. */
static void config_text(struct out *o, const struct pghot_config_event *ev)
{
	const char *separator = ": ", *name;
	const struct pghot_param_desc *desc;
	char buf[PGHOT_UNIT_LEN];

	if (pghot_has(ev->present, PGHOT_A_CONFIG_EVENT_SOURCE)) {
		fputs(separator, o->file);
		say(o, source_label(&ev->source));
		fprintf(o->file, " %s", ev->source.enabled ? "enabled" : "off");
		separator = ", ";
		source_params_text(o, &ev->source);
	}
	for (unsigned int i = 0; (desc = pghot_param_at(i)); i++) {
		if (!pghot_has(ev->params.present, desc->attr))
			continue;
		fprintf(o->file, "%s%s=%s", separator, desc->name,
			pghot_param_format(desc, ev->params.value[desc->attr], buf, sizeof(buf)));
		separator = ", ";
	}
	for (unsigned int i = 0; (name = pghot_reset_what_name(i)); i++) {
		if (!(ev->reset >> i & 1))
			continue;
		fprintf(o->file, "%s%s reset", separator, name);
		separator = ", ";
	}
	fputs(", by ", o->file);
	say(o, ev->comm);
	fprintf(o->file, " (pid %u, uid %u)", ev->pid, ev->uid);
}

static int print_config(struct monitor *m, const struct pghot_config_event *ev)
{
	struct out *o = &m->ctx->out;
	bool source = pghot_has(ev->present, PGHOT_A_CONFIG_EVENT_SOURCE);

	begin(m, "config");
	out_u64(o, "pid", NULL, ev->pid, UNIT_NONE);
	out_u64(o, "uid", NULL, ev->uid, UNIT_NONE);
	out_str(o, "comm", NULL, ev->comm);
	out_value(o, "source", NULL, source ? source_json(&ev->source) : json_null(), "");
	out_value(o, "parameters", NULL, params_json(&ev->params), "");
	out_value(o, "reset", NULL, reset_json(ev->reset), "");
	if (!o->json)
		config_text(o, ev);
	return end(m);
}

static int print_promotion(struct monitor *m, const struct pghot_promotion_event *ev)
{
	const char *kind = pghot_promotion_kind_name(ev->kind);
	struct out *o = &m->ctx->out;
	char failed[256], promoted[PGHOT_UNIT_LEN], attempted[PGHOT_UNIT_LEN];

	begin(m, "promotion");
	out_str(o, "kind", NULL, kind);
	out_u64(o, "nid", NULL, ev->nid, UNIT_NONE);
	out_u64(o, "attempted_pages", NULL, ev->attempted, UNIT_NONE);
	out_u64(o, "promoted_pages", NULL, ev->promoted, UNIT_NONE);
	out_value(o, "failed_pages", NULL, failed_json(&ev->failed), "");
	out_u64(o, "threshold", NULL, ev->threshold, UNIT_NONE);
	out_u64(o, "heap_length", NULL, ev->heap_length, UNIT_NONE);
	if (!o->json) {
		fprintf(o->file, ": %s, node %u", kind ? kind : "unknown", ev->nid);
		if (ev->kind == PGHOT_PROMOTION_KIND_BATCH)
			fprintf(o->file, ", %s of %s pages promoted, failed %s",
				out_format(o, ev->promoted, UNIT_COUNT, promoted),
				out_format(o, ev->attempted, UNIT_COUNT, attempted),
				failed_text(o, &ev->failed, failed, sizeof(failed)));
		fprintf(o->file, ", threshold %u, queued %u", ev->threshold, ev->heap_length);
	}
	return end(m);
}

static int print_event(const struct pghot_event *ev, void *data)
{
	if (ev->cmd == PGHOT_CMD_CONFIG_NTF)
		return print_config(data, &ev->config);
	return print_promotion(data, &ev->promotion);
}

/*
 * Events were lost: say so, and how things stand now. Those that were kept are
 * older than that and come in between.
 */
static int print_overrun(struct monitor *m, struct ctl *events, struct pghot_error *err)
{
	struct out *o = &m->ctx->out;
	struct source_list sources;
	struct pghot_params params;
	json_t *list;
	int ret;

	begin(m, "overrun");
	if (!o->json)
		fputs(": events were lost", o->file);
	ret = end(m);
	if (ret)
		return ret;
	do {
		ret = ctl_drain(events, print_event, m, err);
	} while (ret == -ENOBUFS);
	if (ret)
		return ret;
	if (query_sources(m->ctx, &sources) || query_params(m->ctx, &params))
		return -EIO;
	list = json_array();
	for (size_t i = 0; i < sources.nr; i++)
		json_array_append_new(list, source_json(&sources.at[i]));
	begin(m, "resync");
	if (!o->json) {
		fputs(": enabled:", o->file);
		for (size_t i = 0; i < sources.nr; i++) {
			if (sources.at[i].enabled) {
				putc(' ', o->file);
				say(o, source_label(&sources.at[i]));
			}
		}
	}
	out_value(o, "sources", NULL, list, "");
	out_value(o, "parameters", NULL, params_json(&params), "");
	return end(m);
}

static bool wants(const struct call *call, enum topic topic)
{
	const struct value *v = call_get(call, "TOPIC");

	if (!v)
		return true;
	for (; v; v = call_next(call, "TOPIC", v)) {
		if (v->number == (uint64_t)topic)
			return true;
	}
	return false;
}

static int join(struct ctx *ctx, const struct call *call, struct ctl *events)
{
	struct pghot_error err;
	int ret;

	if (wants(call, TOPIC_CONFIG) && ctl_join(events, PGHOT_MCGRP_CONFIG, &err))
		return fail_kernel(&ctx->failure, &err, "follow the configuration");
	if (!wants(call, TOPIC_PROMOTION))
		return STATUS_OK;
	ret = ctl_join(events, PGHOT_MCGRP_PROMOTION, &err);
	/* Without privilege what is not hidden is shown, unless asked for by name. */
	if (ret == -EPERM && !call_get(call, "TOPIC")) {
		fputs("pghotctl: promotion events are hidden: they need CAP_SYS_ADMIN\n", stderr);
		return STATUS_OK;
	}
	return ret ? fail_kernel(&ctx->failure, &err, "follow promotions") : STATUS_OK;
}

int cmd_monitor(struct ctx *ctx, const struct call *call)
{
	const struct value *count = call_get(call, "--count");
	struct monitor m = {
		.ctx = ctx,
		.cmd = call->cmd,
		.endless = !count,
		.left = count ? count->number : 0,
	};
	struct pghot_error err = { 0 };
	struct ctl *events;
	int ret;

	/* The one place that explains a missing family; and requests for resync. */
	ret = query_connect(ctx);
	if (ret)
		return ret;
	if (ctl_open(&events, &err))
		return fail_kernel(&ctx->failure, &err, "listen to the kernel");
	ret = join(ctx, call, events);
	if (ret)
		goto close;

	ctx->out.pretty = false;
	do {
		ret = out_wait(&ctx->out, ctl_fd(events), -1);
		if (ret < 0)
			break;
		ret = ctl_wait(events, print_event, &m, &err);
		if (ret == -ENOBUFS)
			ret = print_overrun(&m, events, &err);
	} while (!ret);
	/* Enough events, or nobody reads; main tells of the second. */
	if (ret == -ECANCELED || ret == -EPIPE)
		ret = STATUS_OK;
	else if (ctx->failure.status)
		ret = ctx->failure.status;
	else
		ret = fail_kernel(&ctx->failure, &err, "listen to the kernel");
	if (!ret)
		out_free(&ctx->out);
close:
	ctl_close(events);
	return ret;
}

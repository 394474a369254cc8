// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libmnl/libmnl.h>

int sample_failed(struct ctx *ctx, const char *path, int ret, const struct pghot_error *err)
{
	fail_with(&ctx->failure, status_of_errno(-ret), -ret, "%s: %s", path,
		  err && err->message[0] ? err->message : strerror(-ret));
	if (ret == -EINVAL || ret == -EPROTONOSUPPORT)
		fail_hint(&ctx->failure, "a recording is what pghotctl record writes");
	/* What is in a file is nobody's privilege, and any machine can read it. */
	ctx->failure.status = STATUS_FAILED;
	return STATUS_FAILED;
}

int sample_open(struct ctx *ctx, const char *path, struct pghot_recording **rec)
{
	struct pghot_error err = { 0 };
	int ret = pghot_recording_open(rec, path, &err);

	return ret ? sample_failed(ctx, path, ret, &err) : STATUS_OK;
}

struct sample_state *sample_state_new(void)
{
	return calloc(1, sizeof(struct sample_state));
}

void sample_state_free(struct sample_state *s)
{
	if (!s)
		return;
	free(s->nodes);
	free(s);
}

static int add_node(struct sample_state *s, const void *attrs, size_t len)
{
	struct pghot_node *node;
	int err;

	if (s->nr_nodes == PGHOT_NODES_MAX)
		return -EBADMSG;
	if (s->nr_nodes == s->max_nodes) {
		size_t max = s->max_nodes ? 2 * s->max_nodes : 8;

		node = reallocarray(s->nodes, max, sizeof(*node));
		if (!node)
			return -ENOMEM;
		s->nodes = node;
		s->max_nodes = max;
	}
	node = &s->nodes[s->nr_nodes];
	err = pghot_decode_node(attrs, len, node);
	/* One node twice is somebody's joke. */
	if (!err && (node->nid >= PGHOT_NODES_MAX || sample_node(s, node->nid)))
		err = -EBADMSG;
	if (!err)
		s->nr_nodes++;
	return err;
}

static int take_state(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct sample_state *s = data;

	switch (cmd) {
	case PGHOT_CMD_INFO_GET:
		return pghot_decode_info(attrs, len, &s->info);
	case PGHOT_CMD_PARAM_GET:
		return pghot_decode_params(attrs, len, &s->params);
	case PGHOT_CMD_STATS_GET:
		return pghot_decode_stats(attrs, len, &s->stats);
	case PGHOT_CMD_NODE_GET:
		return add_node(s, attrs, len);
	case PGHOT_CMD_SOURCE_GET:
		if (s->nr_sources == PGHOT_SOURCES_MAX)
			return -EBADMSG;
		return pghot_decode_source(attrs, len, &s->sources[s->nr_sources++]);
	default:
		/* What a later version of the family has to say. */
		return 0;
	}
}

int sample_state_read(struct pghot_recording *rec, size_t i, struct sample_state *s,
		      struct pghot_error *err)
{
	s->nr_nodes = s->nr_sources = 0;
	s->info.present = s->params.present = s->stats.present = 0;
	return pghot_recording_state(rec, i, take_state, s, err);
}

const struct pghot_node *sample_node(const struct sample_state *s, uint32_t nid)
{
	for (size_t i = 0; i < s->nr_nodes; i++) {
		if (s->nodes[i].nid == nid)
			return &s->nodes[i];
	}
	return NULL;
}

struct records {
	uint32_t limit;
	pghot_entry_fn fn;
	void *data;
};

static int take_request(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	struct records *r = data;
	const struct nlattr *attr;

	(void)cmd;
	mnl_attr_for_each_payload(attrs, len) {
		if (mnl_attr_get_type(attr) == PGHOT_A_DUMP_LIMIT &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
			r->limit = mnl_attr_get_u32(attr);
	}
	return 0;
}

static int take_part(uint8_t cmd, const void *attrs, size_t len, void *data)
{
	const struct records *r = data;
	struct pghot_entries part;
	struct pghot_entry e;
	int ret = pghot_decode_entries(attrs, len, &part);

	(void)cmd;
	for (size_t i = 0; !ret && i < part.count; i++) {
		pghot_entry_at(&part, i, &e);
		ret = r->fn(&e, part.nid, r->data);
	}
	return ret;
}

int sample_records(struct pghot_recording *rec, size_t i, uint32_t *limit, pghot_entry_fn fn,
		   void *data, struct pghot_error *err)
{
	struct records r = { .fn = fn, .data = data };
	int ret = pghot_recording_dump(rec, i, PGHOT_CMD_RECORD_GET, take_request, take_part, &r,
				       err);

	if (limit)
		*limit = r.limit;
	return ret;
}

char *sample_time_text(char *buf, size_t size, uint64_t real_ns)
{
	time_t t = (time_t)(real_ns / 1000000000);
	struct tm tm;

	if (!localtime_r(&t, &tm) || !strftime(buf, size, "%Y-%m-%d %H:%M:%S", &tm))
		*buf = '\0';
	return buf;
}

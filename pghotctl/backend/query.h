/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What commands ask the kernel, decoded. Each fills the failure of the context
 * and returns its exit status when it does not succeed, STATUS_OK otherwise.
 */
#ifndef PGHOTCTL_BACKEND_QUERY_H
#define PGHOTCTL_BACKEND_QUERY_H

#include "backend/ctx.h"
#include "backend/netlink.h"

/**
 * struct source_list - sources
 * @nr: used elements
 * @at: sources
 */
struct source_list {
	size_t nr;
	struct pghot_source at[PGHOT_SOURCES_MAX];
};

/**
 * struct node_list - nodes
 * @nr: used elements
 * @at: nodes; free() it
 */
struct node_list {
	size_t nr;
	struct pghot_node *at;
};

/**
 * struct summary_list - a summary, with a row for each node, memory cgroup and type
 * @nr: used elements
 * @nid: only this node, or -1
 * @min_freq: only pages with at least this frequency
 * @at: rows in the order of node, cgroup and type; free() it
 */
struct summary_list {
	size_t nr;
	int64_t nid;
	uint32_t min_freq;
	struct pghot_summary_part *at;
};

/**
 * struct cgroup_list - memory cgroups of which the kernel keeps something
 * @nr: used elements
 * @room: elements that there are
 * @at: memory cgroups, each after the one that it is in; free() it
 */
struct cgroup_list {
	size_t nr;
	size_t room;
	struct pghot_cgroup_state *at;
};

/**
 * query_connect() - connect to the kernel, unless that has been done
 * @ctx: context
 */
int query_connect(struct ctx *ctx);

/**
 * no_family_hint() - why there may be no family, and what to do
 * @f: failure that gets the hint, and the cause for programs
 * @root: prefix of /proc
 */
void no_family_hint(struct failure *f, const char *root);

/**
 * request() - send a request, connecting first
 * @ctx: context
 * @req: request
 * @doing: what is tried, for the message
 */
int request(struct ctx *ctx, const struct ctl_request *req, const char *doing);

/**
 * source_list_has() - is a source in a list?
 * @list: list
 * @id: enum pghot_source_id
 */
bool source_list_has(const struct source_list *list, uint32_t id);

int query_info(struct ctx *ctx, struct pghot_info *info);

/**
 * query_page_size() - have the context know the kernel's page size, for the unit of pages
 * @ctx: context
 */
int query_page_size(struct ctx *ctx);

int query_sources(struct ctx *ctx, struct source_list *list);
int query_source(struct ctx *ctx, uint32_t id, struct pghot_source *src);
int query_params(struct ctx *ctx, struct pghot_params *params);
int query_nodes(struct ctx *ctx, struct node_list *list);
int query_stats(struct ctx *ctx, struct pghot_stats *stats);
/* Of @list the node and the frequency are set before. */
int query_summary(struct ctx *ctx, struct summary_list *list);
int query_cgroups(struct ctx *ctx, struct cgroup_list *list);
int query_cgroup(struct ctx *ctx, uint64_t ino, struct pghot_cgroup_state *cg);

/**
 * struct source_change - what source-set shall change
 * @id: source
 * @enabled: 0, 1, or -1 to leave it
 * @present: which parameters, 1 << attribute number in the nest of the source
 * @value: their values, indexed by it
 */
struct source_change {
	uint32_t id;
	int enabled;
	uint64_t present;
	int64_t value[PGHOT_SOURCE_VALUES];
};

/**
 * change_source() - send a source-set
 * @ctx: context
 * @change: change
 */
int change_source(struct ctx *ctx, const struct source_change *change);

#endif /* PGHOTCTL_BACKEND_QUERY_H */

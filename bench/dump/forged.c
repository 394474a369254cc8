// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pghotctl with a kernel that is made up: what is below its two connections is here instead,
 * and so a dump can be counted and looked at where no kernel has pghot.
 *
 * The records depend on their number alone. They have every type and state, ages from
 * milliseconds to days, and cgroups that change every few pages, as on a machine in use. After
 * the first message they repeat, but for the page frames: then they cost next to nothing, and
 * what is counted is the tool.
 *
 *	FORGED_RECORDS	how many there are, 0 by default
 *	FORGED_CGROUPS	inode numbers of their cgroups, separated by blanks
 *	FORGED_SOURCE	number of the one source that has made them all; then it tells its nodes,
 *			sources and parameters, too
 */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "backend/netlink.h"
#include "wire.h"

#define FAMILY	    0x21
/* As many as the kernel sends at a time, in 32 KiB. */
#define BATCH	    1000
#define CGROUPS_MAX 64
#define FIRST_PFN   0x140000
#define PAGE_BYTES  4096
/* Frequencies are 0 to 15. */
#define HOT_FROM    9

/* ---- records ----------------------------------------------------------------------- */

/* splitmix64: https://prng.di.unimi.it/splitmix64.c, in the public domain. */
static uint64_t scatter(uint64_t v)
{
	v += 0x9e3779b97f4a7c15ULL;
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

static uint64_t number_of(const char *variable)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 0) : 0;
}

static size_t read_cgroups(uint64_t *ino)
{
	const char *text = getenv("FORGED_CGROUPS");
	size_t nr = 0;

	while (text && *text && nr < CGROUPS_MAX) {
		char *end;

		ino[nr] = strtoull(text, &end, 0);
		if (end == text)
			break;
		nr++;
		text = end;
	}
	return nr;
}

static void make_entry(uint64_t i, const uint64_t *cgroups, size_t nr, struct pghot_entry *e)
{
	static const uint32_t flags[] = {
		PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_MAPPED | PGHOT_PAGE_FLAG_SWAPBACKED |
			PGHOT_PAGE_FLAG_DIRTY,
		PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_MAPPED | PGHOT_PAGE_FLAG_SWAPBACKED |
			PGHOT_PAGE_FLAG_LARGE | PGHOT_PAGE_FLAG_ACTIVE,
		PGHOT_PAGE_FLAG_FILE | PGHOT_PAGE_FLAG_REFERENCED | PGHOT_PAGE_FLAG_MAPPED,
		PGHOT_PAGE_FLAG_SHMEM | PGHOT_PAGE_FLAG_SWAPBACKED,
		PGHOT_PAGE_FLAG_KSM | PGHOT_PAGE_FLAG_ANON,
		PGHOT_PAGE_FLAG_HUGETLB | PGHOT_PAGE_FLAG_LARGE,
		0,
	};
	static const uint32_t ages[] = { 1000, 4000, 10000, 100000, 1000000, 400000000 };
	uint64_t luck = scatter(i), run = scatter(i / 16);
	size_t cgroup = run % (nr + 1);

	*e = (struct pghot_entry){
		.pfn = FIRST_PFN + i,
		/* What the kernel tells are multiples of this. */
		.age_ms = (uint32_t)(luck >> 32) % ages[luck % 32 < 26 ? 1 : luck % 6] & ~255U,
		/* Most memory is anonymous. */
		.page_flags = flags[run % 16 < 10 ? 0 : run % 7],
		.nid = 1,
		.target_nid = luck >> 8 & 15 ? 0 : PGHOT_NID_UNKNOWN,
		.freq = (uint8_t)(luck >> 16 & 15),
		.sources = (uint8_t)(1 + (luck >> 20) % 15),
		.state = (uint8_t)(luck >> 24 & 7 ? 0 : luck >> 27 & 3),
	};
	if (getenv("FORGED_SOURCE"))
		e->sources = (uint8_t)(1U << (number_of("FORGED_SOURCE") & 7));
	if (cgroup < nr)
		e->cgroup_ino = cgroups[cgroup];
	if (e->page_flags & PGHOT_PAGE_FLAG_LARGE)
		e->order = (uint8_t)(run >> 8 & 1 ? 9 : 2 + (run >> 9) % 8);
}

static void make_entries(struct pghot_entry *batch)
{
	uint64_t cgroups[CGROUPS_MAX];
	size_t nr = read_cgroups(cgroups);

	for (uint64_t i = 0; i < BATCH; i++)
		make_entry(i, cgroups, nr, &batch[i]);
}

/* ---- the data plane, in place of lib/wire.c ---------------------------------------- */

/* What is asked for, and how many records have been sent. */
static struct {
	struct nlmsghdr nlh;
	struct genlmsghdr genl;
	uint64_t sent;
	bool asked;
} request;

int pghot_wire_open(struct pghot_error *err)
{
	/* It always has something to read. */
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? pghot_error_set(err, errno, "no socket") : fd;
}

int pghot_wire_connect(int fd)
{
	(void)fd;
	return 0;
}

uint32_t pghot_wire_seq(void)
{
	return 1;
}

int pghot_wire_send(int fd, const void *msg, size_t len)
{
	(void)fd;
	memcpy(&request.nlh, msg, sizeof(request.nlh));
	if (len < MNL_NLMSG_HDRLEN + sizeof(request.genl))
		return -EINVAL;
	memcpy(&request.genl, (const char *)msg + MNL_NLMSG_HDRLEN, sizeof(request.genl));
	request.sent = 0;
	request.asked = true;
	return 0;
}

static struct nlmsghdr *answer(void *buf, uint16_t type)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = type;
	nlh->nlmsg_seq = request.nlh.nlmsg_seq;
	return nlh;
}

/* Of an acknowledgement as of a dump: no error. */
static ssize_t put_end(void *buf, uint16_t type)
{
	struct nlmsghdr *nlh = answer(buf, type);
	struct nlmsgerr *e = mnl_nlmsg_put_extra_header(nlh, sizeof(*e));

	memset(e, 0, sizeof(*e));
	request.asked = false;
	return nlh->nlmsg_len;
}

static ssize_t put_family(void *buf, size_t size)
{
	struct nlmsghdr *nlh = answer(buf, GENL_ID_CTRL);
	ssize_t end;

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct genlmsghdr));
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, FAMILY);
	if (size < 2 * (size_t)nlh->nlmsg_len)
		return -EMSGSIZE;
	end = put_end((char *)buf + MNL_ALIGN(nlh->nlmsg_len), NLMSG_ERROR);
	return (ssize_t)MNL_ALIGN(nlh->nlmsg_len) + end;
}

static ssize_t put_records(void *buf, size_t size, uint64_t nr)
{
	static struct pghot_entry batch[BATCH];
	struct nlmsghdr *nlh = answer(buf, FAMILY);
	size_t n = 0;

	if (size < sizeof(batch) + 256)
		return -EMSGSIZE;
	if (!request.sent)
		make_entries(batch);
	for (; n < BATCH && request.sent < nr; n++)
		batch[n].pfn = FIRST_PFN + request.sent++;
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct genlmsghdr));
	mnl_attr_put_u32(nlh, PGHOT_A_DUMP_NID, 1);
	mnl_attr_put_u32(nlh, PGHOT_A_DUMP_ENTRY_SIZE, sizeof(batch[0]));
	mnl_attr_put(nlh, PGHOT_A_DUMP_ENTRIES, n * sizeof(batch[0]), batch);
	return nlh->nlmsg_len;
}

ssize_t pghot_wire_receive(int fd, void *buf, size_t size)
{
	uint64_t nr = number_of("FORGED_RECORDS");

	(void)fd;
	if (!request.asked)
		return -EAGAIN;
	if (request.nlh.nlmsg_type == GENL_ID_CTRL)
		return put_family(buf, size);
	if (request.genl.cmd == PGHOT_CMD_RECORD_GET && request.sent < nr)
		return put_records(buf, size, nr);
	return put_end(buf, NLMSG_DONE);
}

/* ---- the control plane, in place of pghotctl/backend/netlink.c --------------------- */

static int nothing_there(struct pghot_error *err)
{
	return pghot_error_set(err, EOPNOTSUPP, "this kernel is made up, and answers dumps only");
}

/* Room for the few attributes of a node or a source. */
struct answer {
	union {
		struct nlmsghdr nlh;
		char bytes[256];
	};
};

static struct nlmsghdr *begin_answer(struct answer *a)
{
	memset(a, 0, sizeof(*a));
	return mnl_nlmsg_put_header(a->bytes);
}

static int give(const struct ctl_request *req, const struct answer *a)
{
	return req->reply(a->bytes + MNL_NLMSG_HDRLEN, a->nlh.nlmsg_len - MNL_NLMSG_HDRLEN,
			  req->reply_data);
}

/* Fast memory, and slow memory all of which has records. */
static int give_nodes(const struct ctl_request *req)
{
	struct answer a;
	int ret = 0;

	for (uint32_t nid = 0; nid < 2 && !ret; nid++) {
		struct nlmsghdr *nlh = begin_answer(&a);

		mnl_attr_put_u32(nlh, PGHOT_A_NODE_NID, nid);
		mnl_attr_put_u8(nlh, PGHOT_A_NODE_TOPTIER, nid == 0);
		mnl_attr_put_u64(nlh, PGHOT_A_NODE_TRACKED_PAGES,
				 nid ? number_of("FORGED_RECORDS") : 0);
		ret = give(req, &a);
	}
	return ret;
}

static int give_params(const struct ctl_request *req)
{
	struct answer a;
	struct nlmsghdr *nlh = begin_answer(&a);

	mnl_attr_put_u32(nlh, PGHOT_A_PARAM_FREQ_THRESHOLD, HOT_FROM);
	return give(req, &a);
}

/* It has noticed as many accesses as there are records since it was asked last. */
static int give_source(const struct ctl_request *req)
{
	static uint64_t useful;
	struct answer a;
	struct nlmsghdr *nlh = begin_answer(&a);

	useful += number_of("FORGED_RECORDS");
	mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_ID, (uint32_t)number_of("FORGED_SOURCE") & 7);
	mnl_attr_put_strz(nlh, PGHOT_A_SOURCE_NAME, "forged");
	mnl_attr_put_u8(nlh, PGHOT_A_SOURCE_ENABLED, 1);
	mnl_attr_put_u64(nlh, PGHOT_A_SOURCE_USEFUL, useful);
	mnl_attr_put_u32(nlh, PGHOT_A_SOURCE_WINDOW_MS, 500);
	return give(req, &a);
}

static uint64_t asked_pfn(const struct ctl_request *req)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *attr;
	uint64_t pfn = 0;

	if (!msg)
		return 0;
	nlmsg_put(msg, 0, 0, 0, 0, 0);
	req->fill(msg, req->fill_data);
	attr = nlmsg_find_attr(nlmsg_hdr(msg), 0, PGHOT_A_EXPLAIN_PFN);
	if (attr)
		pfn = nla_get_u64(attr);
	nlmsg_free(msg);
	return pfn;
}

/* Of four page frames one is bound by policy; the others wait in the heap. */
static int give_explanation(const struct ctl_request *req)
{
	struct answer a;
	struct nlmsghdr *nlh = begin_answer(&a);
	uint64_t pfn = asked_pfn(req);

	mnl_attr_put_u64(nlh, PGHOT_A_EXPLAIN_PFN, pfn);
	mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_PAGE_NID, 1);
	mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_ORDER, 0);
	mnl_attr_put_u8(nlh, PGHOT_A_EXPLAIN_RUNNING, 1);
	mnl_attr_put_u8(nlh, PGHOT_A_EXPLAIN_TRACKED, 1);
	mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_FREQ, HOT_FROM);
	mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_NID, 0);
	mnl_attr_put_u8(nlh, PGHOT_A_EXPLAIN_PROMOTE, 1);
	mnl_attr_put_u8(nlh, PGHOT_A_EXPLAIN_ROOM, 1);
	mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_PLACE, PGHOT_QUEUE_PLACE_HEAP);
	if (pfn % 4 == 0)
		mnl_attr_put_u32(nlh, PGHOT_A_EXPLAIN_REASON, PGHOT_FAIL_REASON_POLICY);
	return give(req, &a);
}

int ctl_do(struct ctl *ctl, const struct ctl_request *req, struct pghot_error *err)
{
	struct {
		struct nlattr attr;
		uint32_t page_size;
	} info = {
		.attr = { sizeof(info), PGHOT_A_INFO_PAGE_SIZE },
		.page_size = PAGE_BYTES,
	};

	(void)ctl;
	if (getenv("FORGED_SOURCE") && req->cmd == PGHOT_CMD_NODE_GET)
		return give_nodes(req);
	if (getenv("FORGED_SOURCE") && req->cmd == PGHOT_CMD_SOURCE_GET)
		return give_source(req);
	if (getenv("FORGED_SOURCE") && req->cmd == PGHOT_CMD_PARAM_GET)
		return give_params(req);
	if (getenv("FORGED_SOURCE") && req->cmd == PGHOT_CMD_EXPLAIN)
		return give_explanation(req);
	if (req->cmd != PGHOT_CMD_INFO_GET)
		return nothing_there(err);
	return req->reply(&info, sizeof(info), req->reply_data);
}

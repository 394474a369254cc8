// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdlib.h>

#include <libmnl/libmnl.h>

#include "family.h"

/* A stream of attributes under construction. */
struct stream {
	union {
		struct nlmsghdr nlh;
		char bytes[8192];
	};
};

static void start(struct stream *s)
{
	memset(s, 0, sizeof(*s));
	mnl_nlmsg_put_header(s->bytes);
}

static const void *attrs(struct stream *s)
{
	return s->bytes + MNL_NLMSG_HDRLEN;
}

static size_t length(struct stream *s)
{
	return s->nlh.nlmsg_len - MNL_NLMSG_HDRLEN;
}

static void put_source(struct stream *s, uint32_t id, const char *name)
{
	struct nlattr *nest = mnl_attr_nest_start(&s->nlh, PGHOT_A_STATS_SOURCE);

	mnl_attr_put_u32(&s->nlh, PGHOT_A_SOURCE_ID, id);
	mnl_attr_put_strz(&s->nlh, PGHOT_A_SOURCE_NAME, name);
	mnl_attr_put_u64(&s->nlh, PGHOT_A_SOURCE_RECORDED, 1000 + id);
	mnl_attr_nest_end(&s->nlh, nest);
}

static void decodes_info(void **state)
{
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct nlattr *nest;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_INFO_VERSION, 1);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_INFO_PAGE_SIZE, 4096);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_INFO_MEMORY_BYTES, 5ULL << 32);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_INFO_RUNNING, 1);
	for (unsigned int nid = 0; nid < 2; nid++) {
		nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_INFO_TIER);
		mnl_attr_put_u32(&s.nlh, PGHOT_A_TIER_NID, nid);
		mnl_attr_put_u32(&s.nlh, PGHOT_A_TIER_TIER, nid ? (uint32_t)-1 : 4);
		mnl_attr_put_u8(&s.nlh, PGHOT_A_TIER_TOPTIER, !nid);
		mnl_attr_nest_end(&s.nlh, nest);
	}
	assert_int_equal(pghot_decode_info(attrs(&s), length(&s), info), 0);
	assert_int_equal(info->version, 1);
	assert_int_equal(info->page_size, 4096);
	assert_int_equal(info->memory_bytes, 5ULL << 32);
	assert_true(info->running);
	assert_true(pghot_has(info->present, PGHOT_A_INFO_RUNNING));
	assert_false(pghot_has(info->present, PGHOT_A_INFO_SOURCES));
	assert_int_equal(info->nr_tiers, 2);
	assert_int_equal(info->tiers[0].tier, 4);
	assert_true(info->tiers[0].toptier);
	assert_int_equal(info->tiers[1].nid, 1);
	assert_int_equal(info->tiers[1].tier, -1);
	assert_false(info->tiers[1].toptier);
	free(info);
}

/* YNL's uint comes in as many bytes as its value needs, 4 or 8. */
static void reads_uint_of_both_widths(void **state)
{
	struct pghot_node node;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_NODE_PROMOTED, 0xfffffffe);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_NODE_HOT, 0x123456789abcdefULL);
	assert_int_equal(pghot_decode_node(attrs(&s), length(&s), &node), 0);
	assert_int_equal(node.promoted, 0xfffffffe);
	assert_int_equal(node.hot, 0x123456789abcdefULL);

	start(&s);
	mnl_attr_put_u16(&s.nlh, PGHOT_A_NODE_PROMOTED, 7);
	assert_int_equal(pghot_decode_node(attrs(&s), length(&s), &node), -EBADMSG);
}

static void decodes_failures_by_reason(void **state)
{
	struct pghot_node node;
	struct nlattr *nest;
	struct stream s;

	(void)state;
	start(&s);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_NODE_FAILED);
	for (unsigned int i = 0; i < PGHOT_FAIL_REASONS; i++)
		mnl_attr_put_u32(&s.nlh, (uint16_t)(i + 1), 10 + i);
	mnl_attr_nest_end(&s.nlh, nest);
	assert_int_equal(pghot_decode_node(attrs(&s), length(&s), &node), 0);
	assert_int_equal(node.failed.pages[PGHOT_FAIL_REASON_GONE], 10);
	assert_int_equal(node.failed.pages[PGHOT_FAIL_REASON_POLICY], 12);
	assert_int_equal(node.failed.pages[PGHOT_FAIL_REASON_MIGRATE], 19);
	assert_int_equal(node.failed.pages[PGHOT_FAIL_REASON_SHARE], 21);
	assert_int_equal(pghot_failed_total(&node.failed), 186);
}

static void decodes_negative_parameters(void **state)
{
	struct pghot_params p;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_PARAM_PROMOTE, 1);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_PARAM_TARGET_NID, (uint32_t)-1);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_PARAM_HEAP_CAPACITY, 0xffffffff);
	assert_int_equal(pghot_decode_params(attrs(&s), length(&s), &p), 0);
	assert_int_equal(p.value[PGHOT_A_PARAM_PROMOTE], 1);
	assert_int_equal(p.value[PGHOT_A_PARAM_TARGET_NID], -1);
	assert_int_equal(p.value[PGHOT_A_PARAM_HEAP_CAPACITY], 0xffffffff);
	assert_false(pghot_has(p.present, PGHOT_A_PARAM_WINDOW_MS));
}

static void decodes_stats_with_sources(void **state)
{
	struct pghot_stats *stats = calloc(1, sizeof(*stats));
	struct stream s;

	(void)state;
	start(&s);
	put_source(&s, 0, "hintfault");
	put_source(&s, 3, "mmscan");
	assert_int_equal(pghot_decode_stats(attrs(&s), length(&s), stats), 0);
	assert_int_equal(stats->nr_sources, 2);
	assert_string_equal(stats->sources[1].name, "mmscan");
	assert_int_equal(stats->sources[1].recorded, 1003);
	free(stats);
}

/* More than there is room for is malformed, not an overrun. */
static void bounds_arrays(void **state)
{
	struct pghot_stats *stats = calloc(1, sizeof(*stats));
	struct stream s;

	(void)state;
	start(&s);
	for (uint32_t i = 0; i < PGHOT_SOURCES_MAX; i++)
		put_source(&s, i, "x");
	assert_int_equal(pghot_decode_stats(attrs(&s), length(&s), stats), 0);
	assert_int_equal(stats->nr_sources, PGHOT_SOURCES_MAX);
	put_source(&s, 99, "x");
	assert_int_equal(pghot_decode_stats(attrs(&s), length(&s), stats), -EBADMSG);
	free(stats);
}

static void cuts_strings(void **state)
{
	static const char longer[] = "a name that is longer than anything we have room for";
	struct pghot_source src;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put(&s.nlh, PGHOT_A_SOURCE_NAME, 3, "abc"); /* no terminator */
	mnl_attr_put_strz(&s.nlh, PGHOT_A_SOURCE_UNAVAILABLE_REASON, "");
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_string_equal(src.name, "abc");
	assert_string_equal(src.unavailable_reason, "");

	start(&s);
	mnl_attr_put_strz(&s.nlh, PGHOT_A_SOURCE_NAME, longer);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_int_equal(strlen(src.name), sizeof(src.name) - 1);
	assert_memory_equal(src.name, longer, sizeof(src.name) - 1);
}

static void ignores_what_it_does_not_know(void **state)
{
	struct pghot_params p;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_PARAM_MAX + 1, 7);
	mnl_attr_put_u64(&s.nlh, 0, 7);
	mnl_attr_put_u64(&s.nlh, 0x3fff, 7);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_PARAM_WINDOW_MS, 4000);
	assert_int_equal(pghot_decode_params(attrs(&s), length(&s), &p), 0);
	assert_int_equal(p.value[PGHOT_A_PARAM_WINDOW_MS], 4000);
	assert_int_equal(p.present, 1ULL << PGHOT_A_PARAM_WINDOW_MS);
}

static void refuses_wrong_sizes(void **state)
{
	struct pghot_params p;
	struct pghot_source src;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_PARAM_WINDOW_MS, 4000);
	assert_int_equal(pghot_decode_params(attrs(&s), length(&s), &p), -EBADMSG);
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_PARAM_PROMOTE, 1);
	assert_int_equal(pghot_decode_params(attrs(&s), length(&s), &p), -EBADMSG);
	start(&s);
	mnl_attr_put(&s.nlh, PGHOT_A_SOURCE_ID, 0, NULL);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), -EBADMSG);
	/* A nest whose inside is no stream. */
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_HINTFAULT, 0xffffffff);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), -EBADMSG);
}

/* Numbers of the YNL type uint come in 4 or 8 bytes. */
static void decodes_the_values_of_hwhint(void **state)
{
	struct pghot_source src;
	struct nlattr *nest;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_ID, PGHOT_SOURCE_ID_HWHINT);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_HWHINT);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_HWHINT_PMU_TYPE, 11);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_HWHINT_CONFIG, 1ULL << 57);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_HWHINT_CONFIG1, 0xffffffff);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_HWHINT_COUNT_KERNEL, 1);
	mnl_attr_nest_end(&s.nlh, nest);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_HWHINT_COUNTERS);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_HWHINT_COUNTERS_CPUS, 2);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_HWHINT_COUNTERS_RECEIVED, 1ULL << 40);
	mnl_attr_nest_end(&s.nlh, nest);

	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_true(pghot_has(src.present, PGHOT_A_SOURCE_HWHINT));
	assert_int_equal(src.params.value[PGHOT_A_HWHINT_PMU_TYPE], 11);
	assert_true(src.params.value[PGHOT_A_HWHINT_CONFIG] == 1LL << 57);
	assert_true(src.params.value[PGHOT_A_HWHINT_CONFIG1] == 0xffffffff);
	assert_int_equal(src.params.value[PGHOT_A_HWHINT_COUNT_KERNEL], 1);
	assert_false(pghot_has(src.params.present, PGHOT_A_HWHINT_CONFIG2));
	assert_int_equal(src.counters.value[PGHOT_A_HWHINT_COUNTERS_CPUS], 2);
	assert_true(src.counters.value[PGHOT_A_HWHINT_COUNTERS_RECEIVED] == 1LL << 40);

	/* Of no size that such a number has. */
	start(&s);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_HWHINT);
	mnl_attr_put_u16(&s.nlh, PGHOT_A_HWHINT_CONFIG, 1);
	mnl_attr_nest_end(&s.nlh, nest);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), -EBADMSG);
}

/* Any prefix of a message is refused, or decoded to no more than it has. */
static void survives_every_truncation(void **state)
{
	struct pghot_stats *stats = calloc(1, sizeof(*stats));
	unsigned int good = 0, bad = 0;
	struct stream s;

	(void)state;
	start(&s);
	put_source(&s, 0, "hintfault");
	mnl_attr_put_u32(&s.nlh, PGHOT_A_STATS_HOT, 7);
	for (size_t len = 0; len <= length(&s); len++) {
		/* Exactly so many bytes, for the sanitizers to see one too many. */
		void *exact = malloc(len ? len : 1);

		memcpy(exact, attrs(&s), len);
		if (pghot_decode_stats(exact, len, stats))
			bad++;
		else
			good++;
		free(exact);
	}
	/* Between attributes, and where padding alone is missing. */
	assert_in_range(good, 3, 6);
	assert_true(bad > good);
	assert_int_equal(stats->hot, 7);
	free(stats);
}

static void survives_noise(void **state)
{
	struct pghot_info *info = calloc(1, sizeof(*info));
	struct pghot_entries part;
	struct pghot_event *ev = calloc(1, sizeof(*ev));
	_Alignas(8) uint8_t noise[256];
	uint32_t x = 12345;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		for (size_t i = 0; i < sizeof(noise); i++) {
			x = x * 1664525 + 1013904223;
			noise[i] = (uint8_t)(x >> 24);
		}
		/* Plausible headers, so that some of it gets past the first check. */
		for (size_t i = 0; i + 4 <= sizeof(noise); i += 8 + 4 * (x >> 28)) {
			noise[i] = (uint8_t)(4 + noise[i] % 24);
			noise[i + 1] = 0;
			noise[i + 2] %= 16;
			noise[i + 3] &= 0x80;
		}
		pghot_decode_info(noise, sizeof(noise), info);
		pghot_decode_event(PGHOT_CMD_CONFIG_NTF, noise, sizeof(noise), ev);
		pghot_decode_event(PGHOT_CMD_PROMOTION_NTF, noise, sizeof(noise), ev);
		if (!pghot_decode_entries(noise, sizeof(noise), &part)) {
			struct pghot_entry e;

			for (size_t i = 0; i < part.count; i++)
				pghot_entry_at(&part, i, &e);
		}
	}
	/* What it is all for: after the noise the decoder still works. */
	assert_int_equal(pghot_decode_info(NULL, 0, info), 0);
	assert_int_equal(info->present, 0);
	free(ev);
	free(info);
}

static void put_entries(struct stream *s, uint32_t entry_size, const void *data, size_t bytes)
{
	start(s);
	mnl_attr_put_u32(&s->nlh, PGHOT_A_DUMP_NID, 1);
	mnl_attr_put_u32(&s->nlh, PGHOT_A_DUMP_ENTRY_SIZE, entry_size);
	mnl_attr_put(&s->nlh, PGHOT_A_DUMP_ENTRIES, bytes, data);
}

static void decodes_entries(void **state)
{
	struct pghot_entry in[3] = {
		{ .pfn = 0x100000001, .cgroup_ino = 42, .freq = 9, .target_nid = 0xffff },
		{ .pfn = 2, .age_ms = 1500, .nid = 1, .order = 9 },
		{ .pfn = 3, .sources = 5, .state = PGHOT_ENTRY_STATE_HOT },
	};
	struct pghot_entries part;
	struct pghot_entry e;
	struct stream s;

	(void)state;
	put_entries(&s, sizeof(in[0]), in, sizeof(in));
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), 0);
	assert_int_equal(part.count, 3);
	assert_int_equal(part.nid, 1);
	for (size_t i = 0; i < 3; i++) {
		pghot_entry_at(&part, i, &e);
		assert_memory_equal(&e, &in[i], sizeof(e));
	}
}

/* A newer kernel's entries are longer; their known part comes first. */
static void steps_by_entry_size(void **state)
{
	struct {
		struct pghot_entry e;
		uint64_t later;
	} in[2] = { { { .pfn = 11 }, 1 }, { { .pfn = 22, .freq = 3 }, 2 } };
	struct pghot_entries part;
	struct pghot_entry e;
	struct stream s;

	(void)state;
	put_entries(&s, sizeof(in[0]), in, sizeof(in));
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), 0);
	assert_int_equal(part.count, 2);
	pghot_entry_at(&part, 1, &e);
	assert_int_equal(e.pfn, 22);
	assert_int_equal(e.freq, 3);
}

static void refuses_bad_entry_sizes(void **state)
{
	struct pghot_entry in[2] = { { .pfn = 1 }, { .pfn = 2 } };
	struct pghot_entries part;
	struct stream s;

	(void)state;
	put_entries(&s, sizeof(in[0]) - 1, in, sizeof(in));
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), -EBADMSG);
	put_entries(&s, 0, in, sizeof(in));
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), -EBADMSG);
	put_entries(&s, sizeof(in[0]), in, sizeof(in) - 4);
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), -EBADMSG);
	put_entries(&s, 0x80000000, in, sizeof(in));
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), -EBADMSG);
	/* An empty part needs no size. */
	put_entries(&s, sizeof(in[0]), in, 0);
	assert_int_equal(pghot_decode_entries(attrs(&s), length(&s), &part), 0);
	assert_int_equal(part.count, 0);
}

static void decodes_events(void **state)
{
	struct pghot_event *ev = calloc(1, sizeof(*ev));
	struct nlattr *nest, *inner;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_CONFIG_EVENT_PID, 77);
	mnl_attr_put_strz(&s.nlh, PGHOT_A_CONFIG_EVENT_COMM, "pghotctl");
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_CONFIG_EVENT_SOURCE);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_SOURCE_ENABLED, 1);
	inner = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_HINTFAULT);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_HINTFAULT_HOT_LATENCY_MS, 16);
	mnl_attr_nest_end(&s.nlh, inner);
	mnl_attr_nest_end(&s.nlh, nest);
	assert_int_equal(pghot_decode_event(PGHOT_CMD_CONFIG_NTF, attrs(&s), length(&s), ev), 0);
	assert_int_equal(ev->config.pid, 77);
	assert_string_equal(ev->config.comm, "pghotctl");
	assert_true(ev->config.source.enabled);
	assert_int_equal(ev->config.source.params.present, 1 << PGHOT_A_HINTFAULT_HOT_LATENCY_MS);
	assert_int_equal(ev->config.source.params.value[PGHOT_A_HINTFAULT_HOT_LATENCY_MS], 16);
	assert_int_equal(pghot_decode_event(PGHOT_CMD_INFO_GET, attrs(&s), length(&s), ev),
			 -EOPNOTSUPP);
	free(ev);
}

static void decodes_values_of_sources(void **state)
{
	struct pghot_source src;
	struct nlattr *nest;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_ID, PGHOT_SOURCE_ID_LRUSCAN);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_LRUSCAN);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_LRUSCAN_INTERVAL_MS, 500);
	mnl_attr_nest_end(&s.nlh, nest);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_LRUSCAN_COUNTERS);
	/* YNL's uint travels in 4 or in 8 bytes. */
	mnl_attr_put_u32(&s.nlh, PGHOT_A_LRUSCAN_COUNTERS_PASSES, 3);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_LRUSCAN_COUNTERS_SCANNED, 1ULL << 40);
	mnl_attr_nest_end(&s.nlh, nest);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_int_equal(src.params.present, 1 << PGHOT_A_LRUSCAN_INTERVAL_MS);
	assert_int_equal(src.params.value[PGHOT_A_LRUSCAN_INTERVAL_MS], 500);
	assert_int_equal(src.counters.value[PGHOT_A_LRUSCAN_COUNTERS_PASSES], 3);
	assert_int_equal(src.counters.value[PGHOT_A_LRUSCAN_COUNTERS_SCANNED], 1ULL << 40);
	assert_int_equal(src.counters.value[PGHOT_A_LRUSCAN_COUNTERS_ROUNDS], 0);
}

static void tells_a_pace_from_none(void **state)
{
	struct pghot_source src;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_WINDOW_MS, 4000);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_int_equal(src.window_ms, 4000);
	assert_false(pghot_has(src.present, PGHOT_A_SOURCE_PACE_MS));
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_PACE_MS, 0xffffffff);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), 0);
	assert_true(pghot_has(src.present, PGHOT_A_SOURCE_PACE_MS));
	assert_int_equal(src.pace_ms, 0xffffffff);

	start(&s);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_SOURCE_PACE_MS, 1);
	assert_int_equal(pghot_decode_source(attrs(&s), length(&s), &src), -EBADMSG);
}

static void names_attributes_by_offset(void **state)
{
	struct pghot_attr_name name;
	struct nlattr *nest;
	struct stream s;
	size_t at;

	(void)state;
	start(&s);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_SOURCE_ID, 0);
	at = length(&s);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_SOURCE_HINTFAULT);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_HINTFAULT_HOT_LATENCY_MS, 1);
	mnl_attr_put_u32(&s.nlh, 9, 1);
	mnl_attr_nest_end(&s.nlh, nest);

	assert_int_equal(
		pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs(&s), length(&s), 0, &name), 0);
	assert_string_equal(name.name, "id");
	assert_int_equal(
		pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs(&s), length(&s), at, &name), 0);
	assert_string_equal(name.name, "hintfault");
	assert_int_equal(
		pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs(&s), length(&s), at + 4, &name),
		0);
	assert_string_equal(name.name, "hintfault.hot-latency-ms");
	assert_int_equal(
		pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs(&s), length(&s), at + 12, &name),
		0);
	assert_string_equal(name.name, "hintfault.9");
	for (size_t off = 0; off < length(&s) + 8; off++) {
		if (off == 0 || off == at || off == at + 4 || off == at + 12)
			continue;
		assert_int_equal(pghot_attr_by_offset(PGHOT_CMD_SOURCE_SET, attrs(&s), length(&s),
						      off, &name),
				 -ENOENT);
	}
}

static void decodes_a_memory_cgroup(void **state)
{
	struct pghot_cgroup_state cg;
	struct nlattr *nest;
	struct stream s;

	(void)state;
	start(&s);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_CGROUP_INO, 5ULL << 32);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_CGROUP_PROMOTE, 1);
	mnl_attr_put_u8(&s.nlh, PGHOT_A_CGROUP_EFFECTIVE_PROMOTE, 0);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_CGROUP_SHARE, 100);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_CGROUP_EFFECTIVE_SHARE, 7);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_CGROUP_PROMOTED, 512);
	mnl_attr_put_u64(&s.nlh, PGHOT_A_CGROUP_DEMOTED, 1ULL << 40);
	nest = mnl_attr_nest_start(&s.nlh, PGHOT_A_CGROUP_FAILED);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_FAILED_CGROUP, 33);
	mnl_attr_put_u32(&s.nlh, PGHOT_A_FAILED_SHARE, 44);
	mnl_attr_nest_end(&s.nlh, nest);

	assert_int_equal(pghot_decode_cgroup(attrs(&s), length(&s), &cg), 0);
	assert_int_equal(cg.ino, 5ULL << 32);
	assert_true(cg.promote);
	assert_false(cg.effective_promote);
	assert_int_equal(cg.share, 100);
	assert_int_equal(cg.effective_share, 7);
	assert_int_equal(cg.promoted, 512);
	assert_int_equal(cg.demoted, 1ULL << 40);
	assert_false(pghot_has(cg.present, PGHOT_A_CGROUP_RETURNED));
	assert_int_equal(cg.failed.pages[PGHOT_FAIL_REASON_CGROUP], 33);
	assert_int_equal(pghot_failed_total(&cg.failed), 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_info),
		cmocka_unit_test(reads_uint_of_both_widths),
		cmocka_unit_test(decodes_failures_by_reason),
		cmocka_unit_test(decodes_negative_parameters),
		cmocka_unit_test(decodes_stats_with_sources),
		cmocka_unit_test(bounds_arrays),
		cmocka_unit_test(cuts_strings),
		cmocka_unit_test(ignores_what_it_does_not_know),
		cmocka_unit_test(refuses_wrong_sizes),
		cmocka_unit_test(decodes_the_values_of_hwhint),
		cmocka_unit_test(survives_every_truncation),
		cmocka_unit_test(survives_noise),
		cmocka_unit_test(decodes_entries),
		cmocka_unit_test(steps_by_entry_size),
		cmocka_unit_test(refuses_bad_entry_sizes),
		cmocka_unit_test(decodes_events),
		cmocka_unit_test(decodes_values_of_sources),
		cmocka_unit_test(tells_a_pace_from_none),
		cmocka_unit_test(decodes_a_memory_cgroup),
		cmocka_unit_test(names_attributes_by_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

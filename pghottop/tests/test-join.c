// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processes joined with records: this one, whose memory is on a node that is said to be
 * slow, with records that are made up. Without CAP_SYS_ADMIN page frames are hidden, which
 * has to be said.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmocka-all.h"

#include <linux/pghot.h>

#include "data/join.h"
#include "pagemap.h"

#define PAGES  64
#define HOT    40
#define WARM   10
#define BUDGET 1000000

/**
 * struct subject - memory of this process, and what is to be known of it
 * @page: size of a page
 * @at: PAGES of it, in a mapping of their own
 * @pfn: their page frames
 * @hidden: those cannot be seen
 * @s: sample
 * @j: join
 */
struct subject {
	size_t page;
	uint8_t *at;
	uint64_t pfn[PAGES];
	bool hidden;
	struct sample s;
	struct join *j;
};

static void read_frames(struct subject *t)
{
	uint64_t entries[PAGES];
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, entries, sizeof(entries),
			       (off_t)((uintptr_t)t->at / t->page * sizeof(entries[0]))),
			 sizeof(entries));
	assert_int_equal(close(fd), 0);
	for (size_t i = 0; i < PAGES; i++) {
		assert_true(entries[i] & PAGEMAP_PRESENT);
		t->pfn[i] = entries[i] & PAGEMAP_PFN_MASK;
		t->hidden = !t->pfn[i];
	}
}

static int setup(void **state)
{
	static struct subject subject;
	struct subject *t = &subject;
	/* All nodes that there may be here. */
	struct pghot_node node = { .tracked_pages = 1 };

	memset(t, 0, sizeof(*t));
	t->page = (size_t)sysconf(_SC_PAGESIZE);
	/* With a page on either side that cannot be touched, so that no other one joins it. */
	t->at = mmap(NULL, (PAGES + 2) * t->page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(t->at != MAP_FAILED);
	t->at += t->page;
	assert_int_equal(mprotect(t->at, PAGES * t->page, PROT_READ | PROT_WRITE), 0);
	madvise(t->at, PAGES * t->page, MADV_NOHUGEPAGE);
	memset(t->at, 1, PAGES * t->page);
	assert_int_equal(mlock(t->at, PAGES * t->page), 0);
	read_frames(t);

	t->s.page_size = (uint32_t)t->page;
	t->s.params.present = 1ULL << PGHOT_A_PARAM_FREQ_THRESHOLD;
	t->s.params.value[PGHOT_A_PARAM_FREQ_THRESHOLD] = 3;
	for (node.nid = 0; node.nid < 64; node.nid++)
		assert_int_equal(sample_add_node(&t->s, &node), 0);
	t->j = join_new();
	assert_non_null(t->j);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct subject *t = *state;

	join_free(t->j);
	sample_release(&t->s);
	munmap(t->at - t->page, (PAGES + 2) * t->page);
	return 0;
}

/* The hottest comes last, so that order is not by chance. */
static void begin(struct subject *t)
{
	struct pghot_frames *frames = join_begin(t->j, &t->s);

	assert_non_null(frames);
	for (size_t i = 0; i < HOT + WARM; i++) {
		struct pghot_entry e = {
			.pfn = t->pfn[i],
			.freq = i < WARM ? 2 : (uint16_t)(3 + i),
			.page_flags = PGHOT_PAGE_FLAG_ANON,
		};

		assert_int_equal(pghot_frames_entry(&e, 0, frames), 0);
	}
}

/* Whether there was a walk that can be judged. */
static bool walk(struct subject *t, enum view view, const char *proc)
{
	int more;

	t->s.query.view = view;
	t->s.query.nid = ALL_NODES;
	t->s.query.pid = getpid();
	begin(t);
	assert_int_equal(join_walk(t->j, proc, NULL, &t->s), 0);
	while ((more = join_step(t->j, BUDGET)) > 0)
		;
	if (t->hidden) {
		assert_int_equal(more, -EPERM);
		print_message("page frames are hidden\n");
		return false;
	}
	assert_int_equal(more, 0);
	return true;
}

static void adds_a_process_up(void **state)
{
	struct subject *t = *state;
	const struct owner *o;
	size_t done, all;

	if (!walk(t, VIEW_PROCESSES, "/proc"))
		return;
	assert_int_equal(t->s.owners.nr, 1);
	assert_int_equal(t->s.owners.hot_from, 3);
	o = &t->s.owners.at[0];
	assert_int_equal(o->pid, getpid());
	assert_int_equal(strncmp(o->path, "test-pghottop", 13), 0);
	assert_int_equal(o->hot, HOT);
	assert_int_equal(o->warm, WARM);
	assert_int_equal(o->fast, 0);
	assert_true(o->slow > PAGES);
	assert_true(join_progress(t->j, &done, &all));
	assert_int_equal(done, 1);
	assert_int_equal(all, 1);
}

static void finds_the_mapping(void **state)
{
	struct subject *t = *state;
	uint64_t hot = 0;
	size_t found = 0;

	if (!walk(t, VIEW_MAPPINGS, "/proc"))
		return;
	assert_true(t->s.owners.nr > 3);
	for (size_t i = 0; i < t->s.owners.nr; i++) {
		const struct owner *o = &t->s.owners.at[i];

		hot += o->hot;
		if (o->start != (uintptr_t)t->at)
			continue;
		found++;
		assert_int_equal(o->end, (uintptr_t)t->at + PAGES * t->page);
		assert_string_equal(o->perms, "rw-p");
		assert_string_equal(o->path, "");
		assert_int_equal(o->hot, HOT);
		assert_int_equal(o->warm, WARM);
		assert_int_equal(o->slow, PAGES);
	}
	assert_int_equal(found, 1);
	assert_int_equal(hot, HOT);
}

static void lists_the_hottest_pages(void **state)
{
	struct subject *t = *state;
	uint64_t pfn;

	t->s.query.limit = 16;
	t->s.query.start = (uintptr_t)t->at;
	/* Without the two hottest. */
	t->s.query.end = (uintptr_t)t->at + (HOT + WARM - 2) * t->page;
	if (!walk(t, VIEW_RECORDS, "/proc"))
		return;
	for (size_t i = 0; i < 16; i++) {
		assert_true(join_page_at(t->j, i, &pfn));
		assert_int_equal(pfn, t->pfn[HOT + WARM - 3 - i]);
	}
	assert_false(join_page_at(t->j, 16, &pfn));
	assert_true(t->s.cut);

	/* All that there are, and no more. */
	t->s.cut = false;
	t->s.query.limit = 1024;
	t->s.query.end = UINT64_MAX;
	assert_true(walk(t, VIEW_RECORDS, "/proc"));
	assert_true(join_page_at(t->j, HOT + WARM - 1, &pfn));
	assert_false(join_page_at(t->j, HOT + WARM, &pfn));
	assert_false(t->s.cut);
}

static void a_process_that_is_gone(void **state)
{
	struct subject *t = *state;
	int more;

	t->s.query.view = VIEW_MAPPINGS;
	/* Above what any kernel gives. */
	t->s.query.pid = 1 << 30;
	begin(t);
	assert_int_equal(join_walk(t->j, "/proc", NULL, &t->s), 0);
	while ((more = join_step(t->j, BUDGET)) > 0)
		;
	assert_int_equal(more, -ESRCH);
}

static void proc_that_is_none(void **state)
{
	struct subject *t = *state;
	int more;

	t->s.query.view = VIEW_PROCESSES;
	begin(t);
	assert_int_equal(join_walk(t->j, "/nowhere", NULL, &t->s), 0);
	while ((more = join_step(t->j, BUDGET)) > 0)
		;
	assert_int_equal(more, -ENOENT);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(adds_a_process_up),	   T(finds_the_mapping), T(lists_the_hottest_pages),
		T(a_process_that_is_gone), T(proc_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

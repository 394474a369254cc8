// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is found out about a page: its mappings, in a made-up proc of plain files
 * and in this very process, and what was seen of it before.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka-all.h"

#include "data/collector.h"
#include "data/history.h"
#include "data/kpage.h"
#include "state/details.h"
#include "views/details.h"

#define PAGE	   4096ULL
#define PM_PRESENT (1ULL << 63)

static int setup(void **state)
{
	char *dir = strdup("/tmp/test-details-XXXXXX");

	assert_non_null(dir);
	assert_non_null(mkdtemp(dir));
	*state = dir;
	return 0;
}

static int teardown(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", (char *)*state);
	assert_int_equal(system(command), 0);
	free(*state);
	return 0;
}

static void put(const char *dir, const char *name, const char *text)
{
	char path[PATH_MAX], *slash;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	for (slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		assert_true(!mkdir(path, 0700) || errno == EEXIST);
		*slash = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* The number at an index of a sparse file, as pagemap and kpageflags are. */
static void put_number(const char *dir, const char *name, uint64_t index, uint64_t value)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &value, sizeof(value), index * sizeof(value)), sizeof(value));
	close(fd);
}

static void put_page(const char *dir, const char *name, uint64_t addr, uint64_t pfn)
{
	put_number(dir, name, addr / PAGE, PM_PRESENT | pfn);
}

/* Three processes; the page 0x1234 is mapped by two, once as part of a folio. */
static void make_machine(const char *dir)
{
	put(dir, "cg/web/cgroup.procs", "10\n11\n999\n");
	put(dir, "cg/web/sub/cgroup.procs", "12\n");
	put(dir, "cg/empty/cgroup.procs", "");
	put(dir, "proc/10/comm", "web\033[31m\n");
	put(dir, "proc/10/maps",
	    "00400000-00410000 r-xp 00000000 08:01 77   /usr/bin/a b\n"
	    "7f0000000000-7f0000400000 rw-p 00000000 00:00 0 \n"
	    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0   [vsyscall]\n");
	put(dir, "proc/10/pagemap", "");
	put_page(dir, "proc/10/pagemap", 0x400000, 0x999);
	put_page(dir, "proc/10/pagemap", 0x7f0000200000, 0x1234);
	put(dir, "proc/11/comm", "idle\n");
	put(dir, "proc/11/maps", "");
	put(dir, "proc/11/pagemap", "");
	put(dir, "proc/12/comm", "sub\n");
	put(dir, "proc/12/maps",
	    "7fff00000000-7fff00100000 rw-s 00000000 00:01 5   /dev/shm/x\\012y\n");
	put(dir, "proc/12/pagemap", "");
	for (uint64_t i = 0; i < 4; i++)
		put_page(dir, "proc/12/pagemap", 0x7fff00010000 + i * PAGE, 0x1234 + i);
	put(dir, "proc/20/comm", "other\n");
	put(dir, "proc/20/maps", "00600000-00601000 rw-p 00000000 00:00 0   [heap]\n");
	put(dir, "proc/20/pagemap", "");
	put_page(dir, "proc/20/pagemap", 0x600000, 0x1234);
	put(dir, "proc/self-is-no-number/comm", "x\n");
}

static struct mapscan *scan(const char *dir, const char *cgroup, uint64_t pfn, unsigned int order)
{
	char proc[128], group[128];
	struct mapscan *ms;

	snprintf(proc, sizeof(proc), "%s/proc", dir);
	snprintf(group, sizeof(group), "%s/cg/%s", dir, cgroup ? cgroup : "");
	ms = mapscan_start(proc, cgroup ? group : NULL, pfn, order);
	assert_non_null(ms);
	return ms;
}

static void finds_the_mappings_in_a_cgroup(void **state)
{
	struct mapscan *ms;
	const struct mapping *m;
	int turns = 0;

	make_machine(*state);
	ms = scan(*state, "web", 0x1234, 0);
	/* The least that a turn can do, so that each place to go on from is tried. */
	while (mapscan_step(ms, 0))
		assert_true(++turns < 100);
	assert_true(turns > 8);
	assert_int_equal(mapscan_status(ms)->processes, 4);
	assert_int_equal(mapscan_status(ms)->done, 4);
	assert_int_equal(mapscan_found(ms), 2);
	m = mapscan_at(ms, 0);
	assert_int_equal(m->pid, 10);
	assert_string_equal(m->comm, "web\\x1b[31m");
	assert_int_equal(m->addr, 0x7f0000200000);
	assert_string_equal(m->perms, "rw-p");
	assert_string_equal(m->what, "");
	m = mapscan_at(ms, 1);
	assert_int_equal(m->pid, 12);
	assert_int_equal(m->addr, 0x7fff00010000);
	assert_int_equal(m->pages, 1);
	assert_string_equal(m->what, "/dev/shm/x\\\\012y");
	assert_null(mapscan_at(ms, 2));
	mapscan_free(ms);
}

static void a_large_folio_is_one_mapping(void **state)
{
	struct mapscan *ms;

	make_machine(*state);
	ms = scan(*state, "web", 0x1234, 2);
	while (mapscan_step(ms, 1000000))
		;
	assert_int_equal(mapscan_found(ms), 2);
	assert_int_equal(mapscan_at(ms, 1)->pages, 4);
	assert_int_equal(mapscan_at(ms, 1)->first, 0);
	mapscan_free(ms);
}

static void all_processes_are_more(void **state)
{
	struct mapscan *ms;

	make_machine(*state);
	ms = scan(*state, NULL, 0x1234, 0);
	while (mapscan_step(ms, 1000000))
		;
	assert_int_equal(mapscan_status(ms)->processes, 4);
	assert_int_equal(mapscan_found(ms), 3);
	mapscan_free(ms);
	ms = scan(*state, "empty", 0x1234, 0);
	assert_false(mapscan_step(ms, 1000000));
	assert_int_equal(mapscan_found(ms), 0);
	mapscan_free(ms);
	ms = scan(*state, "gone", 0x1234, 0);
	assert_false(mapscan_step(ms, 1000000));
	assert_int_equal(mapscan_status(ms)->errnum, ENOENT);
	mapscan_free(ms);
}

static void stops_where_it_is(void **state)
{
	struct mapscan *ms;

	make_machine(*state);
	ms = scan(*state, NULL, 0x1234, 0);
	assert_true(mapscan_step(ms, 0));
	mapscan_stop(ms);
	assert_false(mapscan_status(ms)->running);
	assert_false(mapscan_step(ms, 1000000));
	assert_true(mapscan_status(ms)->done < mapscan_status(ms)->processes);
	mapscan_free(ms);
}

static void says_that_frames_are_hidden(void **state)
{
	struct mapscan *ms;

	make_machine(*state);
	put_page(*state, "proc/20/pagemap", 0x600000, 0);
	ms = scan(*state, NULL, 0x1234, 0);
	while (mapscan_step(ms, 1000000))
		;
	assert_true(mapscan_status(ms)->hidden);
	assert_int_equal(mapscan_found(ms), 2);
	mapscan_free(ms);
}

/* Lines of maps that no kernel writes do no harm. */
static void strange_files(void **state)
{
	struct mapscan *ms;

	put(*state, "proc/30/maps",
	    "nonsense\n\n1-\n2000-1000 rw-p 0 0 0\n-\n"
	    "1000-2000 rwxpzzzzzzzz 0 0:0 0 x");
	put(*state, "proc/30/pagemap", "abc");
	ms = scan(*state, NULL, 0x1234, 60);
	while (mapscan_step(ms, 1000000))
		;
	assert_int_equal(mapscan_found(ms), 0);
	mapscan_free(ms);
}

static void more_than_can_be_kept(void **state)
{
	struct mapscan *ms;

	put(*state, "proc/40/comm", "many\n");
	put(*state, "proc/40/maps", "10000000-20000000 rw-p 00000000 00:00 0\n");
	put(*state, "proc/40/pagemap", "");
	for (uint64_t i = 0; i < MAPSCAN_MAX + 10; i++)
		put_page(*state, "proc/40/pagemap", 0x10000000 + 2 * i * PAGE, 0x1234);
	ms = scan(*state, NULL, 0x1234, 0);
	while (mapscan_step(ms, 1000000))
		;
	assert_int_equal(mapscan_found(ms), MAPSCAN_MAX + 10);
	assert_non_null(mapscan_at(ms, MAPSCAN_MAX - 1));
	assert_null(mapscan_at(ms, MAPSCAN_MAX));
	mapscan_free(ms);
}

/* The real thing: a page of this process, where pagemap shows frames. */
static void finds_itself(void **state)
{
	char *mem =
		mmap(NULL, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t entry = 0, pfn, flags;
	struct mapscan *ms;
	bool found = false;
	int fd;

	(void)state;
	assert_ptr_not_equal(mem, MAP_FAILED);
	mem[5 * PAGE] = 1;
	fd = open("/proc/self/pagemap", O_RDONLY);
	if (fd < 0 || pread(fd, &entry, 8, ((uintptr_t)mem / PAGE + 5) * 8) != 8)
		entry = 0;
	if (fd >= 0)
		close(fd);
	pfn = entry & ((1ULL << 55) - 1);
	if (!pfn || sysconf(_SC_PAGESIZE) != (long)PAGE)
		skip();
	assert_int_equal(kpage_read("/proc", "kpageflags", pfn, &flags), 0);
	ms = mapscan_start("/proc", NULL, pfn, 0);
	assert_non_null(ms);
	while (mapscan_step(ms, 100000000))
		;
	for (size_t i = 0; mapscan_at(ms, i); i++)
		if (mapscan_at(ms, i)->pid == getpid() &&
		    mapscan_at(ms, i)->addr == (uintptr_t)mem + 5 * PAGE)
			found = true;
	assert_true(found);
	mapscan_free(ms);
	munmap(mem, 64 * PAGE);
}

/* --- details ------------------------------------------------------------------- */

static struct pghot_entry entry = {
	.pfn = 0x1234,
	.cgroup_ino = 7,
	.age_ms = 1500,
	.page_flags = PGHOT_PAGE_FLAG_ANON | PGHOT_PAGE_FLAG_DIRTY,
	.nid = 1,
	.freq = 8,
	.sources = 1,
	.state = PGHOT_ENTRY_STATE_QUEUED,
};

static void sample_of(struct sample *s, uint64_t real_ms, enum view view,
		      const struct pghot_entry *e)
{
	sample_clear(s);
	s->state = SAMPLE_OK;
	s->page_size = PAGE;
	s->real_ms = real_ms;
	s->mono_ns = real_ms * 1000000;
	s->query.view = view;
	if (e)
		assert_int_equal(sample_add_entry(s, e), 0);
}

static char *text_of(const struct details *d, const struct model *m)
{
	struct lines l = { 0 };
	static char text[16384];
	size_t used = 0;

	details_lines(d, m, false, true, &l);
	text[0] = 0;
	for (size_t i = 0; i < l.nr; i++)
		used += snprintf(text + used, sizeof(text) - used, "%s\n", l.line[i].text);
	lines_release(&l);
	return text;
}

/* How far from the beginning of its line a word is. */
static size_t column_of(const char *text, const char *word)
{
	const char *at = strstr(text, word), *line = at;

	assert_non_null(at);
	while (line > text && line[-1] != '\n')
		line--;
	return (size_t)(at - line);
}

static const char *web_path(void *ctx, uint64_t ino)
{
	(void)ctx;
	return ino == 7 ? "/web" : NULL;
}

static void all_that_is_known(void **state)
{
	char proc[128], cgroup[128];
	const struct host host = { proc, cgroup };
	struct details d = { .host = &host };
	struct model m = { .history = history_new() };
	struct sample s = { 0 };
	char *text;

	make_machine(*state);
	snprintf(proc, sizeof(proc), "%s/proc", (char *)*state);
	snprintf(cgroup, sizeof(cgroup), "%s/cg", (char *)*state);
	put_number(*state, "proc/kpageflags", 0x1234, 1 << 12 | 1 << 5 | 1ULL << 40);
	put_number(*state, "proc/kpagecount", 0x1234, 3);

	sample_of(&s, 10000, VIEW_QUEUE, &entry);
	assert_int_equal(sample_name_cgroups(&s, web_path, NULL), 0);
	assert_int_equal(model_accept(&m, &s), 0);
	details_open(&d, &m, &m.sample.entries[0]);
	assert_true(details_searching(&d));
	assert_non_null(strstr(text_of(&d, &m), "Looking at process 1 of 4 of its cgroup"));
	while (details_searching(&d))
		details_step(&d);
	text = text_of(&d, &m);
	assert_non_null(strstr(text, "0x1234, physical address 0x1234000"));
	assert_non_null(strstr(text, "4 KiB, order 0, anon"));
	assert_non_null(strstr(text, "1, bound for 0"));
	assert_non_null(strstr(text, "frequency 8, last access 1.5 s ago"));
	assert_non_null(strstr(text, "hintfault"));
	assert_non_null(strstr(text, "queued, dirty"));
	assert_non_null(strstr(text, "/web (inode 7)"));
	assert_non_null(strstr(text, "0x10000001020: lru, anon"));
	assert_non_null(strstr(text, "3 times"));
	assert_non_null(strstr(text, "frequency  8  1>0  queued"));
	assert_non_null(strstr(text, "Looked at 4 processes of its cgroup"));
	assert_non_null(strstr(text, "0x7f0000200000 rw-p anonymous"));
	assert_non_null(strstr(text, "The page is mapped 3 times in all"));

	/* A name whose every character is escaped; what follows stays in its column. */
	put(*state, "proc/20/comm", "other\001\002\003\004\005\006\n");
	details_search(&d, true);
	while (details_searching(&d))
		details_step(&d);
	text = text_of(&d, &m);
	assert_non_null(strstr(text, "20 other\\x01"));
	assert_null(strstr(text, "in all"));
	assert_int_equal(column_of(text, "ADDRESS"), column_of(text, "0x7f0000200000"));
	assert_int_equal(column_of(text, "ADDRESS"), column_of(text, "0x600000"));

	/* A frame that there is not, and a page that went. */
	put(*state, "proc/kpageflags", "");
	sample_of(&s, 11000, VIEW_QUEUE, NULL);
	s.query.page = s.page_known = true;
	s.query.pfn = 0x1234;
	assert_int_equal(model_accept(&m, &s), 0);
	details_update(&d, &m);
	text = text_of(&d, &m);
	assert_non_null(strstr(text, "there is no such page frame now"));
	assert_non_null(strstr(text, "none any more; frequency was 8"));
	assert_non_null(strstr(text, "no record"));
	details_close(&d);

	/* Of a recording, this machine's files say nothing. */
	d.host = NULL;
	details_open(&d, &m, &entry);
	text = text_of(&d, &m);
	assert_non_null(strstr(text, "not known: the sample is of a recording"));
	assert_null(strstr(text, "kpageflags"));
	details_close(&d);
	sample_release(&s);
	model_release(&m);
}

/* --- history ------------------------------------------------------------------- */

static void history_keeps_changes(void **state)
{
	struct history *h = history_new();
	const struct page_history *ph;
	struct pghot_entry e = entry;
	struct sample s = { 0 };

	(void)state;
	assert_non_null(h);
	assert_null(history_find(h, e.pfn));
	assert_null(history_find(NULL, e.pfn));
	for (int i = 0; i < 10; i++) {
		e.freq = i < 5 ? 3 : 9;
		sample_of(&s, 1000 * (i + 1), VIEW_RECORDS, &e);
		history_note(h, &s);
		/* The pages of the same sample once more. */
		history_note(h, &s);
	}
	ph = history_find(h, e.pfn);
	assert_int_equal(ph->first_ms, 1000);
	assert_int_equal(ph->last_ms, 10000);
	assert_int_equal(ph->seen, 10);
	assert_int_equal(ph->max_freq, 9);
	assert_int_equal(ph->nr, 2);
	assert_int_equal(history_at(ph, 0)->freq, 3);
	assert_int_equal(history_at(ph, 1)->real_ms, 6000);
	assert_null(history_at(ph, 2));

	/* A promotion is one, in however many samples it is. */
	for (int i = 0; i < 5; i++) {
		e.age_ms = 500 + 1000 * i;
		sample_of(&s, 11000 + 1000 * i, VIEW_PROMOTED, &e);
		history_note(h, &s);
	}
	assert_int_equal(ph->nr, 3);
	assert_true(history_at(ph, 2)->promoted);
	assert_int_equal(history_at(ph, 2)->real_ms, 10500);
	history_gone(h, e.pfn, 20000);
	assert_int_equal(ph->nr, 3);

	/* Back in time begins anew. */
	sample_of(&s, 500, VIEW_RECORDS, &e);
	history_note(h, &s);
	assert_int_equal(history_find(h, e.pfn)->first_ms, 500);
	history_gone(h, e.pfn, 600);
	history_gone(h, e.pfn, 700);
	assert_int_equal(history_find(h, e.pfn)->nr, 2);
	sample_release(&s);
	history_free(h);
}

static void history_is_bounded(void **state)
{
	struct history *h = history_new();
	struct pghot_entry e = entry;
	struct sample s = { 0 };
	size_t kept = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		sample_of(&s, 1000 + i, VIEW_RECORDS, NULL);
		for (int k = 0; k < 100; k++) {
			e.pfn = i * 100 + k;
			e.freq = k % 60;
			assert_int_equal(sample_add_entry(&s, &e), 0);
		}
		history_note(h, &s);
	}
	for (uint64_t pfn = 0; pfn < 10000; pfn++)
		kept += history_find(h, pfn) != NULL;
	assert_in_range(kept, 1500, 2048);
	/* Those of the last sample are there. */
	for (uint64_t pfn = 9900; pfn < 10000; pfn++)
		assert_non_null(history_find(h, pfn));
	/* A ring of changes: the oldest are forgotten, the first time is not. */
	e.pfn = 5;
	for (int i = 0; i < 100; i++) {
		e.freq = i % 2 ? 1 : 2;
		sample_of(&s, 5000 + i, VIEW_RECORDS, &e);
		history_note(h, &s);
	}
	assert_int_equal(history_find(h, 5)->first_ms, 5000);
	assert_int_equal(history_find(h, 5)->nr, 100);
	assert_int_equal(history_at(history_find(h, 5), 0)->real_ms, 5100 - HISTORY_POINTS);
	assert_null(history_at(history_find(h, 5), HISTORY_POINTS));
	sample_release(&s);
	history_free(h);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(finds_the_mappings_in_a_cgroup),
		T(a_large_folio_is_one_mapping),
		T(all_processes_are_more),
		T(stops_where_it_is),
		T(says_that_frames_are_hidden),
		T(strange_files),
		T(more_than_can_be_kept),
		cmocka_unit_test(finds_itself),
		T(all_that_is_known),
		cmocka_unit_test(history_keeps_changes),
		cmocka_unit_test(history_is_bounded),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

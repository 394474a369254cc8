/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why hot memory of a process is in slow memory: the kernel is asked about each of its hot
 * folios there, or about a random sample when there are many, and what they wait for is
 * counted.
 */
#ifndef PGHOTCTL_REPORT_BLAME_H
#define PGHOTCTL_REPORT_BLAME_H

#include "backend/ctx.h"
#include "mapped.h"
#include "verdict.h"

/* Folios that are asked about, where nobody says how many. */
#define BLAME_SAMPLE 4096

/* More than there are verdicts. */
#define BLAME_REASONS 48

/**
 * struct blame_reason - what some of them wait for
 * @verdict: as of the first that was found, for its words
 * @folios: of those that were asked about
 * @pages: their base pages
 */
struct blame_reason {
	struct pghot_verdict verdict;
	uint64_t folios;
	uint64_t pages;
};

/**
 * struct blame - a process; zero it but for the first members to start
 * @pid: process
 * @nid: only memory of this node, or -1
 * @sample: most folios that are asked about
 * @comm: its name
 * @sum: its memory
 * @hot_from: frequency from which pages are hot
 * @hot_folios: hot ones in slow memory that it maps
 * @asked: of these, those that were asked about
 * @asked_pages: their base pages
 * @nr: reasons
 * @reasons: they, that with most pages first
 * @stopped: Ctrl-C came, so that fewer were asked about
 */
struct blame {
	pid_t pid;
	int64_t nid;
	size_t sample;

	char comm[128];
	struct pghot_mapped_sum sum;
	uint32_t hot_from;
	uint64_t hot_folios;
	uint64_t asked, asked_pages;
	size_t nr;
	struct blame_reason reasons[BLAME_REASONS];
	bool stopped;
};

/**
 * blame_read() - ask the kernel
 * @b: what is wanted; filled
 * @ctx: context; gets the failure
 *
 * Return: exit status.
 */
int blame_read(struct blame *b, struct ctx *ctx);

/**
 * blame_show() - as text or JSON
 * @b: read
 * @o: writer
 */
void blame_show(const struct blame *b, struct out *o);

#endif /* PGHOTCTL_REPORT_BLAME_H */

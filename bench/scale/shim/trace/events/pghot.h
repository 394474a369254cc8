/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nobody traces. */
#define trace_pghot_record(...)	   ((void)0)
#define trace_pghot_hot(...)	   ((void)0)
#define trace_pghot_scan_pass(...) ((void)0)
#define trace_pghot_verdict(...)   ((void)0)

// SPDX-License-Identifier: GPL-2.0-only
/*
 * plant - one bug on request, for the checker that is to find it
 *
 * Loaded with what=race, what=leak or what=object, by tests/soak/planted-*.sh. LKDTM, which
 * does the same for other checkers, has none of these.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

/* Long enough for both threads to be awake and for an access to be watched. */
#define RACE_MS 2000

static char *what = "";
module_param(what, charp, 0);
MODULE_PARM_DESC(what, "race, leak or object");

static unsigned long plant_counter;

/* Not inlined: a report names the function. */
static noinline void plant_race(void)
{
	plant_counter++;
}

static int race(void *unused)
{
	while (!kthread_should_stop()) {
		plant_race();
		cond_resched();
	}
	return 0;
}

static int make_race(void)
{
	struct task_struct *thread = kthread_run(race, NULL, "plant");
	unsigned long end = jiffies + msecs_to_jiffies(RACE_MS);

	if (IS_ERR(thread))
		return PTR_ERR(thread);
	while (time_before(jiffies, end)) {
		plant_race();
		cond_resched();
	}
	kthread_stop(thread);
	return 0;
}

/* Several: a stale pointer on some stack may hide the last. */
static noinline int make_leak(void)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		void *leaked = kzalloc(1000, GFP_KERNEL);

		if (!leaked)
			return -ENOMEM;
	}
	return 0;
}

static void never(struct timer_list *unused)
{
}

/* A timer that is pending when its memory is freed. It is deleted by debug objects' fixup. */
static int make_object(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return -ENOMEM;
	timer_setup(timer, never, 0);
	mod_timer(timer, jiffies + 3600 * HZ);
	kfree(timer);
	return 0;
}

static int __init plant_init(void)
{
	if (!strcmp(what, "race"))
		return make_race();
	if (!strcmp(what, "leak"))
		return make_leak();
	if (!strcmp(what, "object"))
		return make_object();
	pr_err("plant: what=%s: must be race, leak or object\n", what);
	return -EINVAL;
}
module_init(plant_init);

MODULE_DESCRIPTION("Bugs that checkers of the kernel have to find");
MODULE_LICENSE("GPL");

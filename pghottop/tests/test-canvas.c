// SPDX-License-Identifier: GPL-2.0-or-later
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka-all.h"

#include "screen/canvas.h"
#include "screen/layout.h"

static void check_dump(const struct canvas *c, const char *expected)
{
	char *text = canvas_dump(c, false);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
}

static struct canvas new_canvas(int rows, int cols, bool ascii)
{
	struct canvas c = { .ascii = ascii };

	assert_int_equal(canvas_resize(&c, rows, cols), 0);
	return c;
}

static void text_is_clipped(void **state)
{
	struct canvas c = new_canvas(2, 6, false);

	(void)state;
	assert_int_equal(canvas_text(&c, 0, 4, 10, STYLE_NORMAL, "abcdef"), 6);
	assert_int_equal(canvas_text(&c, 1, -2, 10, STYLE_NORMAL, "abcdef"), 6);
	canvas_text(&c, 7, 0, 10, STYLE_NORMAL, "below");
	canvas_text(&c, -1, 0, 10, STYLE_NORMAL, "above");
	check_dump(&c, "    ab\ncdef\n");
	canvas_release(&c);
}

static void wide_characters_stay_whole(void **state)
{
	struct canvas c = new_canvas(5, 6, false);

	(void)state;
	/* Five columns hold two of two. */
	assert_int_equal(canvas_text(&c, 0, 0, 5, STYLE_NORMAL, "テスト"), 4);
	/* Over the left half, over the right half, over both. */
	canvas_text(&c, 1, 0, 6, STYLE_NORMAL, "テスト");
	canvas_text(&c, 1, 2, 1, STYLE_NORMAL, "x");
	canvas_text(&c, 2, 0, 6, STYLE_NORMAL, "テスト");
	canvas_text(&c, 2, 3, 1, STYLE_NORMAL, "x");
	canvas_text(&c, 3, 0, 6, STYLE_NORMAL, "テスト");
	canvas_text(&c, 3, 1, 2, STYLE_NORMAL, "ス");
	/* Half of one over the edge. */
	canvas_text(&c, 4, 5, 6, STYLE_NORMAL, "ス");
	check_dump(&c, "テス\nテx ト\nテ xト\n ス ト\n\n");
	canvas_release(&c);
}

static void combining_characters_take_no_column(void **state)
{
	struct canvas c = new_canvas(1, 4, false);

	(void)state;
	assert_int_equal(text_width("e\u0301x", false), 2);
	canvas_text(&c, 0, 0, 4, STYLE_NORMAL, "e\u0301x");
	check_dump(&c, "e\u0301x\n");
	assert_int_equal(c.cells[0].ch[1], 0x301);
	assert_int_equal(c.cells[1].ch[0], 'x');
	/* Any number of them is cut, not written past the cell. */
	canvas_text(&c, 0, 0, 4, STYLE_NORMAL, "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307x");
	assert_int_equal(c.cells[0].ch[CELL_CHARS - 1], 0);
	assert_int_equal(c.cells[1].ch[0], 'x');
	/* One with nothing to combine with. */
	canvas_text(&c, 0, 0, 4, STYLE_NORMAL, "\u0301");
	canvas_release(&c);
}

static void hostile_text_is_harmless(void **state)
{
	struct canvas c = new_canvas(3, 20, false);

	(void)state;
	canvas_text(&c, 0, 0, 20, STYLE_NORMAL, "a\033[2J\r\n\t\177\xc2\x9b");
	canvas_text(&c, 1, 0, 20, STYLE_NORMAL, "\xff\xfe ok \xe3\x83");
	/* What turns the direction of a line, and what breaks it. */
	canvas_text(&c, 2, 0, 20, STYLE_NORMAL, "x\u202ey\u2066z\u2028\u200e");
	check_dump(&c, "a?[2J?????\n?? ok ??\nx?y?z??\n");
	for (int i = 0; i < 60; i++)
		assert_true(c.cells[i].ch[0] >= 0x20 && c.cells[i].ch[0] != 0x7f);
	canvas_release(&c);
}

static void clean_text_is_what_a_canvas_shows(void **state)
{
	char buf[16];

	(void)state;
	assert_string_equal(text_clean(buf, sizeof(buf), "a\033[m\xffス", false), "a?[m?ス");
	assert_string_equal(text_clean(buf, sizeof(buf), "aスb", true), "a?b");
	/* Cut between characters: テス is six bytes. */
	assert_string_equal(text_clean(buf, 6, "テスト", false), "テ");
	assert_string_equal(text_clean(buf, 1, "x", false), "");
}

static void ascii_draws_ascii_only(void **state)
{
	static const double values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	struct canvas c = new_canvas(4, 9, true);

	(void)state;
	canvas_text(&c, 0, 0, 9, STYLE_NORMAL, "1→0 ス");
	canvas_bar(&c, 1, 0, 9, 0.5, STYLE_BAR_LOW);
	canvas_spark(&c, 2, 0, 9, values, 9, 0);
	canvas_field(&c, 3, 0, 5, ALIGN_LEFT, ELIDE_END, STYLE_NORMAL, "abcdefgh");
	for (int i = 0; i < 36; i++)
		assert_true(c.cells[i].ch[0] >= 0x20 && c.cells[i].ch[0] < 0x7f);
	check_dump(&c, "1?0 ?\n|||||....\n .:-=+*#@\nabcd~\n");
	canvas_release(&c);
}

static void fields_are_aligned_and_elided(void **state)
{
	struct canvas c = new_canvas(7, 6, false);

	(void)state;
	canvas_field(&c, 0, 0, 6, ALIGN_LEFT, ELIDE_END, STYLE_NORMAL, "ab");
	canvas_field(&c, 1, 0, 6, ALIGN_RIGHT, ELIDE_END, STYLE_NORMAL, "ab");
	canvas_field(&c, 2, 0, 6, ALIGN_CENTRE, ELIDE_END, STYLE_NORMAL, "ab");
	canvas_field(&c, 3, 0, 6, ALIGN_LEFT, ELIDE_END, STYLE_NORMAL, "/a/b/web");
	canvas_field(&c, 4, 0, 6, ALIGN_LEFT, ELIDE_START, STYLE_NORMAL, "/a/b/web");
	/* Four wide characters: two and an ellipsis fit. */
	canvas_field(&c, 5, 0, 6, ALIGN_LEFT, ELIDE_START, STYLE_NORMAL, "テストス");
	canvas_field(&c, 6, 0, 0, ALIGN_LEFT, ELIDE_END, STYLE_NORMAL, "none");
	check_dump(&c, "ab\n    ab\n  ab\n/a/b/…\n…b/web\n…トス\n\n");
	canvas_release(&c);
}

static void bars_do_not_lie(void **state)
{
	struct canvas c = new_canvas(6, 4, false);

	(void)state;
	canvas_bar(&c, 0, 0, 4, 0, STYLE_BAR_LOW);
	canvas_bar(&c, 1, 0, 4, 0.0001, STYLE_BAR_LOW);
	canvas_bar(&c, 2, 0, 4, 0.5, STYLE_BAR_LOW);
	canvas_bar(&c, 3, 0, 4, 0.9999, STYLE_BAR_LOW);
	canvas_bar(&c, 4, 0, 4, 1, STYLE_BAR_LOW);
	canvas_bar(&c, 5, 0, 4, 0.0 / 0.0, STYLE_BAR_LOW);
	check_dump(&c, "····\n▖···\n▄▄··\n▄▄▄▖\n▄▄▄▄\n····\n");
	canvas_release(&c);
}

static void sparklines_show_the_latest(void **state)
{
	static const double values[] = { 100, 0, 1, 50, 100 };
	struct canvas c = new_canvas(4, 7, false);

	(void)state;
	canvas_spark(&c, 0, 0, 7, values, 5, 0);
	canvas_spark(&c, 1, 0, 3, values, 5, 0);
	canvas_spark(&c, 2, 0, 3, values, 5, 1000);
	canvas_spark(&c, 3, 0, 3, values, 0, 0);
	check_dump(&c, "  █ ▁▄█\n▁▄█\n▁▁▁\n\n");
	canvas_release(&c);
}

static void styles_are_kept_apart(void **state)
{
	struct canvas c = new_canvas(1, 4, false);
	char *styles;

	(void)state;
	canvas_text(&c, 0, 0, 4, STYLE_STRONG, "ab");
	canvas_restyle(&c, (struct rect){ 0, 1, 1, 9 }, STYLE_DIM);
	styles = canvas_dump(&c, true);
	assert_string_equal(styles, "cbbb\n");
	free(styles);
	check_dump(&c, "ab\n");
	canvas_release(&c);
}

static void layout_by_priority(void **state)
{
	struct layout_item items[] = {
		{ .min = 4, .want = 4, .priority = 2 },
		{ .min = 4, .want = 8, .priority = 0 },
		{ .min = 4, .want = 4, .weight = 1, .priority = 1 },
	};

	(void)state;
	/* All, and what is left over by weight. */
	assert_int_equal(layout_solve(items, 3, 30, 1), 30);
	assert_int_equal(items[0].size, 4);
	assert_int_equal(items[1].pos, 5);
	assert_int_equal(items[1].size, 8);
	assert_int_equal(items[2].pos, 14);
	assert_int_equal(items[2].size, 16);
	/* The minimum of all three is 14 with the gaps. */
	assert_int_equal(layout_solve(items, 3, 13, 1), 13);
	assert_int_equal(items[0].size, 0);
	assert_int_equal(items[1].size, 8);
	assert_int_equal(items[2].size, 4);
	/* Not even one: the first by priority gets what there is. */
	assert_int_equal(layout_solve(items, 3, 3, 1), 3);
	assert_int_equal(items[1].size, 3);
	assert_int_equal(items[0].size + items[2].size, 0);
	assert_int_equal(layout_solve(items, 3, 0, 1), 0);
}

/* Whatever the room, nothing overlaps and nothing lies outside. */
static void layout_never_overlaps(void **state)
{
	(void)state;
	for (int space = 0; space < 120; space++) {
		struct layout_item items[12];
		int end = 0, used;

		for (int i = 0; i < 12; i++)
			items[i] = (struct layout_item){
				.min = 1 + i * 7 % 11,
				.want = 3 + i * 5 % 17,
				.weight = i % 3,
				.priority = i * 5 % 12,
			};
		used = layout_solve(items, 12, space, 2);
		assert_true(used <= space);
		for (int i = 0; i < 12; i++) {
			if (!items[i].size)
				continue;
			assert_int_equal(items[i].pos, end ? end + 2 : 0);
			end = items[i].pos + items[i].size;
		}
		assert_int_equal(end, used);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped),
		cmocka_unit_test(wide_characters_stay_whole),
		cmocka_unit_test(combining_characters_take_no_column),
		cmocka_unit_test(hostile_text_is_harmless),
		cmocka_unit_test(clean_text_is_what_a_canvas_shows),
		cmocka_unit_test(ascii_draws_ascii_only),
		cmocka_unit_test(fields_are_aligned_and_elided),
		cmocka_unit_test(bars_do_not_lie),
		cmocka_unit_test(sparklines_show_the_latest),
		cmocka_unit_test(styles_are_kept_apart),
		cmocka_unit_test(layout_by_priority),
		cmocka_unit_test(layout_never_overlaps),
	};

	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

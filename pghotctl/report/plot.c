// SPDX-License-Identifier: GPL-2.0-or-later

#include "report/plot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"

/*
 * Heat is one hue that gets stronger against the background. Lines have the colours of
 * Okabe and Ito, "Color Universal Design", 2008, which people with any kind of colour
 * vision can tell apart.
 */
#define LIGHT                                                                                  \
	"--bg:#ffffff;--fg:#1f2328;--dim:#59636e;--line:#d1d9e0;--cold:#eef1f4;--gap:#ffffff;" \
	"--off:#8c959f;--l1:#fde3c8;--l2:#fcc48d;--l3:#f79b4b;--l4:#e0641c;--l5:#b03508;"      \
	"--l6:#6b1a02;--s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#cc79a7;--s4:#e69f00"
#define DARK                                                                                   \
	"--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#3d444d;--cold:#1c2128;--gap:#0d1117;" \
	"--off:#656c76;--l1:#4a2a12;--l2:#7a3d10;--l3:#b4560f;--l4:#e8801f;--l5:#ffb35c;"      \
	"--l6:#ffe9c7;--s0:#56b4e9;--s1:#f0813a;--s2:#2fc79a;--s3:#e3a0c5;--s4:#f0c350"

static const char style[] =
	":root{color-scheme:light dark;" LIGHT "}\n"
	"@media (prefers-color-scheme:dark){:root{" DARK "}}\n"
	"svg text{font:12px system-ui,sans-serif;fill:var(--fg)}\n"
	"svg .h{font-size:14px;font-weight:600}\n"
	"svg .m{fill:var(--dim)}\n"
	"svg .back{fill:var(--bg)}\n"
	"svg .cold{fill:var(--cold)}\n"
	"svg .gap{fill:var(--gap)}\n"
	"svg .hole{fill:url(#hole)}\n"
	"svg .off{fill:url(#off)}\n"
	"svg .l1{fill:var(--l1)}svg .l2{fill:var(--l2)}svg .l3{fill:var(--l3)}"
	"svg .l4{fill:var(--l4)}svg .l5{fill:var(--l5)}svg .l6{fill:var(--l6)}\n"
	"svg .frame{fill:none;stroke:var(--line)}\n"
	"svg .grid{stroke:var(--line);stroke-width:1;fill:none}\n"
	"svg .hatch{stroke:var(--line);stroke-width:2}\n"
	"svg .cross{stroke:var(--off);stroke-width:1.5;fill:none}\n"
	"svg .s0{stroke:var(--s0)}svg .s1{stroke:var(--s1)}svg .s2{stroke:var(--s2)}"
	"svg .s3{stroke:var(--s3)}svg .s4{stroke:var(--s4)}\n"
	"svg .curve{fill:none;stroke-width:1.5;stroke-linejoin:round}\n"
	"svg .f0{fill:var(--s0)}svg .f1{fill:var(--s1)}svg .f2{fill:var(--s2)}"
	"svg .f3{fill:var(--s3)}svg .f4{fill:var(--s4)}\n"
	"svg .band{fill-opacity:.2;stroke:none}\n";

static const char page_style[] =
	"body{margin:1.5rem auto;max-width:62rem;padding:0 1rem;background:var(--bg);"
	"color:var(--fg);font:15px/1.5 system-ui,sans-serif}\n"
	"svg{max-width:100%;height:auto}\n"
	"table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}\n"
	"th,td{padding:.2rem .8rem;border-bottom:1px solid var(--line);text-align:right;"
	"white-space:nowrap}\n"
	"th.w,td.w{text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:4em}\n"
	"th{color:var(--dim);font-weight:600}\n";

unsigned int plot_level(unsigned int freq)
{
	unsigned int level = 0;

	while (freq >> level && level < PLOT_LEVELS)
		level++;
	return level;
}

const char *plot_level_text(unsigned int level)
{
	static const char *const texts[] = { "1", "2-3", "4-7", "8-15", "16-31", "32-63" };

	return level && level <= PLOT_LEVELS ? texts[level - 1] : "0";
}

/* U+FFFE and U+FFFF are UTF-8 but no characters of XML. */
static bool not_of_xml(const char *s)
{
	return s[0] == '\xef' && s[1] == '\xbf' && (s[2] == '\xbe' || s[2] == '\xbf');
}

void plot_text(FILE *to, const char *s)
{
	char safe[512];

	pghot_printable(safe, sizeof(safe), s);
	for (const char *c = safe; *c; c++) {
		switch (*c) {
		case '&':
			fputs("&amp;", to);
			break;
		case '<':
			fputs("&lt;", to);
			break;
		case '>':
			fputs("&gt;", to);
			break;
		case '"':
			fputs("&quot;", to);
			break;
		case '\'':
			fputs("&#39;", to);
			break;
		default:
			if (not_of_xml(c)) {
				fputs(PGHOT_UTF8_REPLACEMENT, to);
				c += 2;
			} else {
				putc(*c, to);
			}
		}
	}
}

/* ---- files ----------------------------------------------------------------- */

static int cannot_write(struct ctx *ctx, const char *path, int err)
{
	return fail_with(&ctx->failure, status_of_errno(-err), -err, "cannot write %s: %s", path,
			 strerror(-err));
}

int plot_open(struct plot_file *p, struct ctx *ctx, const char *path, bool page, const char *title)
{
	int err;

	*p = (struct plot_file){ .path = path, .page = page };
	if (!strcmp(path, "-")) {
		p->to = ctx->out.file;
	} else {
		err = atomic_open_beside(&p->f, path, 0600);
		if (err)
			return cannot_write(ctx, path, err);
		if (out_mixes(&ctx->out, fileno(p->f.file))) {
			atomic_abort(&p->f);
			return fail_with(&ctx->failure, STATUS_USAGE, 0,
					 "%s cannot be both a picture and JSON", path);
		}
		p->to = p->f.file;
	}
	p->open = true;
	if (!page)
		return STATUS_OK;
	fputs("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
	      "<meta charset=\"utf-8\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<link rel=\"icon\" href=\"data:,\"/>\n<title>",
	      p->to);
	plot_text(p->to, title);
	fprintf(p->to, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>", page_style);
	plot_text(p->to, title);
	fputs("</h1>\n", p->to);
	return STATUS_OK;
}

int plot_close(struct plot_file *p, struct ctx *ctx)
{
	int err;

	if (!p->open)
		return STATUS_OK;
	p->open = false;
	if (p->page)
		fputs("</body>\n</html>\n", p->to);
	/* What becomes of standard output is told in the end. */
	if (p->to == ctx->out.file)
		return STATUS_OK;
	if (ctx->failure.status) {
		atomic_abort(&p->f);
		return ctx->failure.status;
	}
	err = atomic_commit(&p->f);
	return err ? cannot_write(ctx, p->path, err) : STATUS_OK;
}

/* ---- pictures -------------------------------------------------------------- */

void plot_begin(FILE *to, unsigned int width, unsigned int height, const char *title)
{
	fprintf(to,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		"viewBox=\"0 0 %u %u\" role=\"img\">\n<title>",
		width, height, width, height);
	plot_text(to, title);
	fprintf(to, "</title>\n<style>\n%s</style>\n", style);
	fputs("<defs>\n<pattern id=\"hole\" width=\"6\" height=\"6\" "
	      "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	      "<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern>\n"
	      "<pattern id=\"off\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">"
	      "<path class=\"cross\" d=\"M0 0L7 7M7 0L0 7\"/></pattern>\n</defs>\n",
	      to);
	fprintf(to, "<rect class=\"back\" width=\"%u\" height=\"%u\"/>\n", width, height);
}

void plot_end(FILE *to)
{
	fputs("</svg>\n", to);
}

void plot_label(FILE *to, double x, double y, const char *class, const char *anchor, const char *s)
{
	fprintf(to, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", class, x, y,
		anchor);
	plot_text(to, s);
	fputs("</text>\n", to);
}

void plot_rect(FILE *to, const char *class, double x, double y, double w, double h)
{
	fprintf(to, "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>\n",
		class, x, y, w, h);
}

/* ---- tables of pages ------------------------------------------------------- */

static void cell(FILE *to, const char *tag, bool left, const char *s)
{
	fprintf(to, "<%s%s>", tag, left ? " class=\"w\"" : "");
	plot_text(to, s);
	fprintf(to, "</%s>", tag);
}

void plot_table_begin(FILE *to, const char *const *titles, size_t nr)
{
	fputs("<table>\n<thead><tr>", to);
	for (size_t i = 0; i < nr; i++)
		cell(to, "th", titles[i][0] == '-', titles[i] + (titles[i][0] == '-'));
	fputs("</tr></thead>\n<tbody>\n", to);
}

void plot_row_begin(FILE *to)
{
	fputs("<tr>", to);
}

void plot_cell(FILE *to, bool left, const char *s)
{
	cell(to, "td", left, s);
}

void plot_row_end(FILE *to)
{
	fputs("</tr>\n", to);
}

void plot_table_end(FILE *to)
{
	fputs("</tbody>\n</table>\n", to);
}

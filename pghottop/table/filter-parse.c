// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * filter-parse.c - the language of filters: a parser by recursive descent; what it
 * makes is a tree in one array
 *
 * An expression is at most FILTER_LEN bytes, which bounds the tree and the
 * recursion; nothing else does.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "names.h"
#include "table/filter-tree.h"
#include "units.h"

#define OP_BIT(op) (1u << (op))
#define OPS_EQUAL  (OP_BIT(OP_EQ) | OP_BIT(OP_NE))
#define OPS_ORDER  (OPS_EQUAL | OP_BIT(OP_LT) | OP_BIT(OP_LE) | OP_BIT(OP_GT) | OP_BIT(OP_GE))
#define OPS_TEXT   (OPS_EQUAL | OP_BIT(OP_HAS) | OP_BIT(OP_HAS_NOT))

/* Longer ones first: the first that fits is taken. */
static const struct {
	const char *text;
	enum op op;
} operators[] = {
	{ "==", OP_EQ }, { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE }, { "!~", OP_HAS_NOT },
	{ "=", OP_EQ },	 { "<", OP_LT },  { ">", OP_GT },  { "~", OP_HAS },
};

#define PAGES	(1u << ROW_PAGE)
#define CGROUPS (1u << ROW_CGROUP)
#define OWNERS	(CGROUPS | 1u << ROW_PROCESS | 1u << ROW_MAPPING)
#define SIZES	"bytes: 4096, 64K, 2M"

/* clang-format off */
static const struct {
	struct filter_field help;
	unsigned int ops;
} fields[NR_FIELDS] = {
	[FIELD_NODE] = { { "node", "node that the page is on", "a number", PAGES }, OPS_ORDER },
	[FIELD_TARGET] = { { "target", "node that it is to go to", "a number", PAGES }, OPS_ORDER },
	[FIELD_FREQ] = { { "freq", "accesses within the window", "a number", PAGES }, OPS_ORDER },
	[FIELD_AGE] = { { "age", "time since the last access",
			  "a time: 500ms, 2s, 1.5m", PAGES }, OPS_ORDER },
	[FIELD_SCORE] = { { "score", "how hot", "a number from 0 to 100", PAGES }, OPS_ORDER },
	[FIELD_SOURCE] = { { "source", "sources that saw it", "a name or a letter", PAGES }, OPS_EQUAL },
	[FIELD_TYPE] = { { "type", "kind of page",
			   "anon, thp, file, shmem, ksm, hugetlb, other", PAGES }, OPS_EQUAL },
	[FIELD_FLAG] = { { "flag", "state of the page",
			   "a name or a letter of the column flags", PAGES }, OPS_EQUAL },
	[FIELD_CGROUP] = { { "cgroup", "memory cgroup",
			     "a path, which means those below it too, or a pattern", PAGES | CGROUPS }, OPS_TEXT },
	[FIELD_SIZE] = { { "size", "size of the folio", SIZES, PAGES }, OPS_ORDER },
	[FIELD_ORDER] = { { "order", "the folio has 2^order pages", "a number", PAGES }, OPS_ORDER },
	[FIELD_PFN] = { { "pfn", "page frame number", "a number: 0x12345", PAGES }, OPS_ORDER },
	[FIELD_ADDR] = { { "addr", "physical address", "a number: 0x12345000", PAGES }, OPS_ORDER },
	[FIELD_HOT] = { { "hot", "hot memory on lower tiers", SIZES, OWNERS }, OPS_ORDER },
	[FIELD_WARM] = { { "warm", "accessed memory there, not hot", SIZES, OWNERS }, OPS_ORDER },
	[FIELD_FAST] = { { "fast", "memory on top tiers", SIZES, OWNERS }, OPS_ORDER },
	[FIELD_SLOW] = { { "slow", "memory on lower tiers", SIZES, OWNERS }, OPS_ORDER },
	[FIELD_IN_FAST] = { { "infast", "share on top tiers", "a number from 0 to 100",
			      OWNERS }, OPS_ORDER },
	[FIELD_PROM] = { { "prom", "promoted per second", SIZES, CGROUPS }, OPS_ORDER },
	[FIELD_DEM] = { { "dem", "demoted per second", SIZES, CGROUPS }, OPS_ORDER },
	[FIELD_PID] = { { "pid", "number of the process", "a number",
			  1u << ROW_PROCESS }, OPS_ORDER },
	[FIELD_COMMAND] = { { "command", "name of the process", "a name, or a pattern",
			      1u << ROW_PROCESS }, OPS_TEXT },
	[FIELD_MAPPING] = { { "mapping", "what is mapped", "a path, or a pattern",
			      1u << ROW_MAPPING }, OPS_TEXT },
};
/* clang-format on */

const struct filter_field *filter_field_at(size_t i)
{
	return i < NR_FIELDS ? &fields[i].help : NULL;
}

void filter_help(FILE *out)
{
	for (int kind = 0; kind < NR_ROW_KINDS; kind++) {
		fprintf(out, "%s%-10s %-30s COMPARED WITH\n", kind ? "\n" : "",
			row_name(kind)->many, "WHAT IT IS");
		for (size_t i = 0; i < NR_FIELDS; i++)
			if (fields[i].help.kinds & 1u << kind)
				fprintf(out, "%-10s %-30s %s\n", fields[i].help.name,
					fields[i].help.summary, fields[i].help.values);
	}
	fputs("\n"
	      "Operators: = != < <= > >=, and ~ (contains) for cgroup. Several values, separated\n"
	      "by commas, mean one of them. Terms are joined by \"and\", \"or\", \"not\" and\n"
	      "parentheses; text with blanks goes between double quotes, where \\\" is a quote\n"
	      "and \\\\ a backslash.\n"
	      "\n"
	      "  freq>=8 and age<2s\n"
	      "  node=1 and not type=file,shmem\n"
	      "  cgroup=/system.slice or cgroup~postgres\n"
	      "  hot>=64M and infast<50\n",
	      out);
}

/**
 * struct parser - an expression being read
 * @f: filter being made
 * @text: all of it
 * @pos: next byte
 * @error: told what is wrong, the first time
 */
struct parser {
	struct filter *f;
	const char *text;
	size_t pos;
	struct filter_error *error;
};

static int wrong(struct parser *p, size_t pos, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int wrong(struct parser *p, size_t pos, const char *fmt, ...)
{
	va_list ap;

	p->error->pos = pos;
	va_start(ap, fmt);
	vsnprintf(p->error->text, sizeof(p->error->text), fmt, ap);
	va_end(ap);
	return -EINVAL;
}

static void skip_blanks(struct parser *p)
{
	p->pos += strspn(p->text + p->pos, " \t");
}

static size_t word_length(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
}

/* Takes a word, or one of its signs, when it comes next. */
static bool take(struct parser *p, const char *word, const char *sign)
{
	const char *next;
	size_t len;

	skip_blanks(p);
	next = p->text + p->pos;
	len = strlen(word);
	if (word_length(next) == len && !strncmp(next, word, len)) {
		p->pos += len;
		return true;
	}
	/* "&" is also written "&&"; "!" must not be the beginning of "!=". */
	if (*next != *sign || (*sign == '!' && (next[1] == '=' || next[1] == '~')))
		return false;
	p->pos += *sign != '!' && next[1] == *sign ? 2 : 1;
	return true;
}

static uint16_t add_node(struct parser *p, struct node node)
{
	p->f->nodes[p->f->nr_nodes] = node;
	return p->f->nr_nodes++;
}

/* What comes next, for messages: a word, a sign, or the end. */
static const char *what_comes(const struct parser *p, char *buf, size_t size)
{
	const char *next = p->text + p->pos;
	size_t len = strcspn(next, " \t()");

	if (!*next)
		snprintf(buf, size, "the end");
	else
		snprintf(buf, size, "\"%.*s\"", (int)(len ? len : 1), next);
	return buf;
}

static int parse_field(struct parser *p, enum field_id *field)
{
	const char *next = p->text + p->pos, *rows = row_name(p->f->kind)->many;
	size_t len = word_length(next), used;
	unsigned int kind = 1u << p->f->kind;
	const char *sep = "";
	char buf[64], *list;

	if (!len)
		return wrong(p, p->pos, "a field is missing before %s",
			     what_comes(p, buf, sizeof(buf)));
	for (int i = 0; i < NR_FIELDS; i++) {
		if (fields[i].help.kinds & kind && strlen(fields[i].help.name) == len &&
		    !strncmp(fields[i].help.name, next, len)) {
			*field = i;
			p->pos += len;
			return 0;
		}
	}

	wrong(p, p->pos, "%s have no field \"%.*s\"; there are", rows, (int)(len < 32 ? len : 32),
	      next);
	list = p->error->text;
	used = strlen(list);
	for (int i = 0; i < NR_FIELDS; i++) {
		if (!(fields[i].help.kinds & kind))
			continue;
		used += snprintf(list + used, sizeof(p->error->text) - used, "%s %s", sep,
				 fields[i].help.name);
		sep = ",";
	}
	return -EINVAL;
}

static int parse_op(struct parser *p, enum field_id field, enum op *op)
{
	const char *name = fields[field].help.name;
	unsigned int ops = fields[field].ops;
	char buf[64];

	skip_blanks(p);
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		const char *text = operators[i].text;

		if (strncmp(p->text + p->pos, text, strlen(text)) != 0)
			continue;
		*op = operators[i].op;
		if (!(ops & OP_BIT(*op)))
			return wrong(p, p->pos, "%s is compared with %s, not with %s", name,
				     ops == OPS_EQUAL  ? "= or !="
				     : ops == OPS_TEXT ? "=, !=, ~ or !~"
						       : "=, !=, <, <=, > or >=",
				     text);
		p->pos += strlen(text);
		return 0;
	}
	return wrong(p, p->pos, "an operator such as = is missing after %s, before %s", name,
		     what_comes(p, buf, sizeof(buf)));
}

/*
 * What stands between double quotes. A backslash takes away the meaning of a quote or
 * a backslash after it; before anything else it is one, as in names of systemd.
 */
static int take_quoted(struct parser *p, char *buf)
{
	const char *next = p->text + p->pos + 1;

	for (; *next != '"'; next++) {
		if (*next == '\\' && (next[1] == '"' || next[1] == '\\'))
			next++;
		if (!*next)
			return wrong(p, p->pos, "the closing \" is missing");
		*buf++ = *next;
	}
	*buf = '\0';
	p->pos = (size_t)(next + 1 - p->text);
	return 0;
}

/* The next value, without its quotes; no longer than the expression. */
static int take_value(struct parser *p, char *buf, size_t size)
{
	const char *next;
	size_t len;

	skip_blanks(p);
	next = p->text + p->pos;
	if (*next == '"')
		return take_quoted(p, buf);
	len = strcspn(next, " \t(),&|\"");
	if (!len)
		return wrong(p, p->pos, "a value is missing");
	p->pos += len;
	snprintf(buf, size, "%.*s", (int)len, next);
	return 0;
}

static int parse_source(const char *text, uint64_t *mask)
{
	const struct pghot_source_name *src = pghot_source_by_name(text);

	for (unsigned int i = 0; !src && (src = pghot_source_name_at(i)); i++) {
		if (text[0] == src->letter && !text[1])
			break;
		src = NULL;
		if (!pghot_source_name_at(i + 1))
			return -EINVAL;
	}
	*mask = 1ULL << src->id;
	return 0;
}

static int parse_type(const char *text)
{
	for (unsigned int i = 0; pghot_page_type_at(i); i++)
		if (!strcmp(text, pghot_page_type_at(i)))
			return 0;
	return -EINVAL;
}

static int parse_flag(const char *text, uint64_t *mask)
{
	const struct flag_letter *fl;

	for (size_t i = 0; (fl = flag_letter_at(i)); i++) {
		if (strcmp(text, fl->name) != 0 && (text[0] != fl->letter || text[1]))
			continue;
		*mask = flags_of(fl->flag, fl->state);
		return 0;
	}
	return -EINVAL;
}

static int parse_operand(enum field_id field, const char *text, uint64_t *num)
{
	int err;

	switch (field) {
	case FIELD_AGE:
		return pghot_parse_ms(text, 1000, num);
	case FIELD_SIZE:
	case FIELD_HOT:
	case FIELD_WARM:
	case FIELD_FAST:
	case FIELD_SLOW:
	case FIELD_PROM:
	case FIELD_DEM:
		return pghot_parse_size(text, 1, num);
	case FIELD_SCORE:
	case FIELD_IN_FAST:
		err = pghot_parse_u64(text, num);
		if (!err && *num > 100)
			err = -ERANGE;
		/* In the unit that scores have. */
		*num *= 10;
		return err;
	case FIELD_SOURCE:
		return parse_source(text, num);
	case FIELD_TYPE:
		return parse_type(text);
	case FIELD_FLAG:
		return parse_flag(text, num);
	case FIELD_CGROUP:
	case FIELD_COMMAND:
	case FIELD_MAPPING:
		return 0;
	default:
		return pghot_parse_u64(text, num);
	}
}

static int parse_values(struct parser *p, struct node *term)
{
	struct filter *f = p->f;
	char text[FILTER_LEN];

	term->first = f->nr_values;
	do {
		struct operand *v = &f->values[f->nr_values];
		size_t pos, len;
		int err;

		skip_blanks(p);
		pos = p->pos;
		err = take_value(p, text, sizeof(text));
		if (err)
			return err;
		if (parse_operand(term->field, text, &v->num))
			return wrong(p, pos, "%s is compared with %s, not with \"%.40s\"",
				     fields[term->field].help.name, fields[term->field].help.values,
				     text);
		len = strlen(text) + 1;
		memcpy(f->text + f->used, text, len);
		v->text = f->used;
		f->used += len;
		f->nr_values++;
		term->nr++;
		if (term->nr > 1 && !(OP_BIT(term->op) & OPS_TEXT))
			return wrong(p, pos, "several values go with = and != only");
		skip_blanks(p);
	} while (p->text[p->pos] == ',' && ++p->pos);
	return 0;
}

static int parse_or(struct parser *p, uint16_t *index);

static int parse_not(struct parser *p, uint16_t *index)
{
	struct node node = { 0 };
	size_t open;
	int err;

	if (take(p, "not", "!")) {
		err = parse_not(p, &node.a);
		node.kind = NODE_NOT;
		if (!err)
			*index = add_node(p, node);
		return err;
	}
	/* take() has skipped blanks. */
	open = p->pos;
	if (p->text[open] == '(') {
		p->pos++;
		err = parse_or(p, index);
		if (err)
			return err;
		skip_blanks(p);
		if (p->text[p->pos] != ')')
			return wrong(p, open, "the closing ) is missing");
		p->pos++;
		return 0;
	}
	err = parse_field(p, &node.field);
	if (!err)
		err = parse_op(p, node.field, &node.op);
	if (!err)
		err = parse_values(p, &node);
	if (!err)
		*index = add_node(p, node);
	return err;
}

static int parse_and(struct parser *p, uint16_t *index)
{
	int err = parse_not(p, index);

	while (!err && take(p, "and", "&")) {
		struct node node = { .kind = NODE_AND, .a = *index };

		err = parse_not(p, &node.b);
		if (!err)
			*index = add_node(p, node);
	}
	return err;
}

static int parse_or(struct parser *p, uint16_t *index)
{
	int err = parse_and(p, index);

	while (!err && take(p, "or", "|")) {
		struct node node = { .kind = NODE_OR, .a = *index };

		err = parse_and(p, &node.b);
		if (!err)
			*index = add_node(p, node);
	}
	return err;
}

int filter_parse(struct filter **filterp, enum row_kind kind, const char *text,
		 struct filter_error *error)
{
	struct parser p = { .text = text, .error = error };
	char buf[64];
	int err;

	*filterp = NULL;
	error->pos = 0;
	error->text[0] = 0;
	skip_blanks(&p);
	if (!text[p.pos])
		return 0;
	if (strlen(text) >= FILTER_LEN)
		return wrong(&p, FILTER_LEN - 1, "longer than %d characters", FILTER_LEN - 1);
	p.f = calloc(1, sizeof(*p.f));
	if (!p.f)
		return -ENOMEM;
	p.f->kind = kind;

	err = parse_or(&p, &p.f->root);
	skip_blanks(&p);
	if (!err && text[p.pos] == ')')
		err = wrong(&p, p.pos, "there is no ( for this )");
	else if (!err && text[p.pos])
		err = wrong(&p, p.pos, "\"and\" or \"or\" is missing before %s",
			    what_comes(&p, buf, sizeof(buf)));
	if (err) {
		filter_free(p.f);
		return err;
	}
	*filterp = p.f;
	return 0;
}

void filter_free(struct filter *f)
{
	free(f);
}

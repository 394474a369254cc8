// SPDX-License-Identifier: GPL-2.0-or-later

#include "jsontext.h"

#include <stdio.h>
#include <string.h>

#include "digits.h"

/* An object of that one key is a number; no other object has a key without a name. */
#define U64_KEY ""

/**
 * struct dump - a text under way
 * @indent: members on lines of their own
 * @fn: gets it
 * @data: for @fn
 */
struct dump {
	bool indent;
	json_dump_callback_t fn;
	void *data;
};

json_t *pghot_json_u64(uint64_t v)
{
	json_t *marked;

	if (v <= INT64_MAX)
		return json_integer((json_int_t)v);
	marked = json_object();
	if (marked && json_object_set_new(marked, U64_KEY, json_integer((json_int_t)v))) {
		json_decref(marked);
		return NULL;
	}
	return marked;
}

static int put(const struct dump *d, const char *text)
{
	return d->fn(text, strlen(text), d->data);
}

static int put_u64(const struct dump *d, uint64_t v)
{
	char digits[PGHOT_DIGITS_MAX];

	return d->fn(digits, (size_t)(pghot_put_u64(digits, v) - digits), d->data);
}

static int new_line(const struct dump *d, int depth)
{
	int err = d->indent ? put(d, "\n") : 0;

	for (int i = 0; d->indent && i < depth && !err; i++)
		err = put(d, "  ");
	return err;
}

/*
 * What jansson writes as it should be. In ASCII, since some characters beyond it are obeyed by
 * terminals as control sequences.
 */
static int put_plain(const struct dump *d, const json_t *v)
{
	return json_dump_callback(v, d->fn, d->data,
				  JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));
}

static int put_key(const struct dump *d, const char *key)
{
	json_t *v = json_string(key);
	int err = v ? put_plain(d, v) : -1;

	json_decref(v);
	return err ? err : put(d, d->indent ? ": " : ":");
}

static int dump(const struct dump *d, const json_t *v, int depth);

static int dump_object(const struct dump *d, json_t *object, int depth)
{
	const char *separator = "{", *key;
	json_t *member;
	int err = 0;

	json_object_foreach(object, key, member) {
		err = put(d, separator);
		if (!err)
			err = new_line(d, depth + 1);
		if (!err)
			err = put_key(d, key);
		if (!err)
			err = dump(d, member, depth + 1);
		if (err)
			return err;
		separator = ",";
	}
	if (separator[0] == '{')
		return put(d, "{}");
	err = new_line(d, depth);
	return err ? err : put(d, "}");
}

static int dump_array(const struct dump *d, const json_t *array, int depth)
{
	const char *separator = "[";
	json_t *member;
	size_t i;
	int err;

	json_array_foreach(array, i, member) {
		err = put(d, separator);
		if (!err)
			err = new_line(d, depth + 1);
		if (!err)
			err = dump(d, member, depth + 1);
		if (err)
			return err;
		separator = ",";
	}
	if (separator[0] == '[')
		return put(d, "[]");
	err = new_line(d, depth);
	return err ? err : put(d, "]");
}

static int dump(const struct dump *d, const json_t *v, int depth)
{
	const json_t *number;
	char digits[24];

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		number = json_object_get(v, U64_KEY);
		if (!number)
			return dump_object(d, (json_t *)v, depth);
		return put_u64(d, (uint64_t)json_integer_value(number));
	case JSON_ARRAY:
		return dump_array(d, v, depth);
	case JSON_INTEGER:
		if (json_integer_value(v) >= 0)
			return put_u64(d, (uint64_t)json_integer_value(v));
		snprintf(digits, sizeof(digits), "%" JSON_INTEGER_FORMAT, json_integer_value(v));
		return put(d, digits);
	case JSON_TRUE:
		return put(d, "true");
	case JSON_FALSE:
		return put(d, "false");
	case JSON_NULL:
		return put(d, "null");
	case JSON_STRING:
	case JSON_REAL:
		break;
	}
	return put_plain(d, v);
}

int pghot_json_dump(const json_t *v, bool indent, json_dump_callback_t fn, void *data)
{
	const struct dump d = { .indent = indent, .fn = fn, .data = data };

	return dump(&d, v, 0);
}

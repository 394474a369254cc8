// SPDX-License-Identifier: GPL-2.0-or-later

#include "unit.h"

#include <errno.h>
#include <stdio.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "extack.h"
#include "family.h"

union message {
	struct nlmsghdr nlh;
	char bytes[1024];
};

/* A set of two parameters; Return: offset of the second from the header. */
static uint32_t make_request(union message *m)
{
	struct genlmsghdr *genl;
	uint32_t at;

	mnl_nlmsg_put_header(m->bytes);
	m->nlh.nlmsg_type = 30;
	genl = mnl_nlmsg_put_extra_header(&m->nlh, sizeof(*genl));
	genl->cmd = PGHOT_CMD_PARAM_SET;
	mnl_attr_put_u8(&m->nlh, PGHOT_A_PARAM_PROMOTE, 1);
	at = m->nlh.nlmsg_len;
	mnl_attr_put_u32(&m->nlh, PGHOT_A_PARAM_WINDOW_MS, 1);
	return at;
}

/* An error without the request, as with NETLINK_CAP_ACK, or with it. */
static void make_error(union message *m, int error, const union message *request)
{
	size_t body = request ? request->nlh.nlmsg_len : sizeof(struct nlmsghdr);
	struct nlmsgerr *e;

	mnl_nlmsg_put_header(m->bytes);
	m->nlh.nlmsg_type = NLMSG_ERROR;
	m->nlh.nlmsg_flags = NLM_F_ACK_TLVS | (request ? 0 : NLM_F_CAPPED);
	e = mnl_nlmsg_put_extra_header(&m->nlh, sizeof(e->error) + body);
	e->error = error;
	if (request)
		memcpy(&e->msg, request->bytes, body);
}

static void reads_text_and_attribute(void **state)
{
	union message request, reply;
	struct pghot_error err;
	uint32_t at = make_request(&request);

	(void)state;
	for (int whole = 0; whole < 2; whole++) {
		make_error(&reply, -ERANGE, whole ? &request : NULL);
		mnl_attr_put_strz(&reply.nlh, NLMSGERR_ATTR_MSG, "too short");
		mnl_attr_put_u32(&reply.nlh, NLMSGERR_ATTR_OFFS, at);
		assert_int_equal(pghot_extack_decode(&reply.nlh, &request.nlh, &err), 0);
		assert_int_equal(err.errnum, ERANGE);
		assert_string_equal(err.message, "too short");
		assert_string_equal(err.attribute, "window-ms");
		assert_false(err.has_range);
	}
}

static void reads_the_policy(void **state)
{
	union message request, reply;
	struct pghot_error err;
	struct nlattr *nest;

	(void)state;
	make_request(&request);
	make_error(&reply, -ERANGE, NULL);
	nest = mnl_attr_nest_start(&reply.nlh, NLMSGERR_ATTR_POLICY);
	mnl_attr_put_u64(&reply.nlh, NL_POLICY_TYPE_ATTR_MIN_VALUE_U, 500);
	mnl_attr_put_u64(&reply.nlh, NL_POLICY_TYPE_ATTR_MAX_VALUE_U, 60000);
	mnl_attr_nest_end(&reply.nlh, nest);
	assert_int_equal(pghot_extack_decode(&reply.nlh, &request.nlh, &err), 0);
	assert_true(err.has_range);
	assert_int_equal(err.min, 500);
	assert_int_equal(err.max, 60000);
}

static void names_what_is_missing(void **state)
{
	union message request, reply;
	struct pghot_error err;

	(void)state;
	make_request(&request);
	make_error(&reply, -EINVAL, NULL);
	mnl_attr_put_u32(&reply.nlh, NLMSGERR_ATTR_MISS_TYPE, PGHOT_A_PARAM_SLEEP_MS);
	assert_int_equal(pghot_extack_decode(&reply.nlh, &request.nlh, &err), 0);
	assert_string_equal(err.attribute, "sleep-ms");
}

static void an_ack_is_no_error(void **state)
{
	union message reply;
	struct pghot_error err;

	(void)state;
	make_error(&reply, 0, NULL);
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), 0);
	assert_int_equal(err.errnum, 0);
}

static void refuses_what_is_no_errno(void **state)
{
	union message reply;
	struct pghot_error err;

	(void)state;
	make_error(&reply, -4095, NULL);
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), 0);
	assert_int_equal(err.errnum, 4095);
	make_error(&reply, -4096, NULL);
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), -EBADMSG);
	make_error(&reply, INT32_MIN, NULL);
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), -EBADMSG);
}

static void reads_the_end_of_a_dump(void **state)
{
	union message reply;
	struct pghot_error err;
	int32_t *code;

	(void)state;
	mnl_nlmsg_put_header(reply.bytes);
	reply.nlh.nlmsg_type = NLMSG_DONE;
	reply.nlh.nlmsg_flags = NLM_F_MULTI | NLM_F_ACK_TLVS;
	code = mnl_nlmsg_put_extra_header(&reply.nlh, sizeof(*code));
	*code = -EPERM;
	mnl_attr_put_strz(&reply.nlh, NLMSGERR_ATTR_MSG, "not you");
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), 0);
	assert_int_equal(err.errnum, EPERM);
	assert_string_equal(err.message, "not you");

	*code = 0;
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), 0);
	assert_int_equal(err.errnum, 0);
}

static void refuses_what_is_short(void **state)
{
	union message request, reply;
	struct pghot_error err;

	(void)state;
	make_request(&request);
	/* The body claims to be longer than the message. */
	make_error(&reply, -EINVAL, &request);
	((struct nlmsgerr *)mnl_nlmsg_get_payload(&reply.nlh))->msg.nlmsg_len = 4000;
	assert_int_equal(pghot_extack_decode(&reply.nlh, &request.nlh, &err), -EBADMSG);
	mnl_nlmsg_put_header(reply.bytes);
	reply.nlh.nlmsg_type = NLMSG_ERROR;
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), -EBADMSG);
	reply.nlh.nlmsg_type = 30;
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), -EBADMSG);
	assert_int_equal(err.errnum, EBADMSG);
}

static void is_told_as(const char *said, const char *wanted)
{
	union message reply;
	struct pghot_error err;

	make_error(&reply, -EINVAL, NULL);
	mnl_attr_put_strz(&reply.nlh, NLMSGERR_ATTR_MSG, said);
	assert_int_equal(pghot_extack_decode(&reply.nlh, NULL, &err), 0);
	assert_string_equal(err.message, wanted);
}

/* The kernel has room for 79 characters of a text that it formats. */
static void tells_when_a_text_was_cut(void **state)
{
	static const char whole[] = "config: software event 18446744073709551615 has no data "
				    "address, page faults (2, 5, 6) have";
	char text[128];

	(void)state;
	memcpy(text, whole, 79);
	text[79] = '\0';
	is_told_as(text, "config: software event 18446744073709551615 has no data address, page "
			 "faults ...");
	memset(text, 'x', 79);
	text[79] = '\0';
	is_told_as(text, text);
	text[70] = ' ';
	text[69] = ',';
	memset(text + 71, 'y', 8);
	{
		char wanted[128];

		snprintf(wanted, sizeof(wanted), "%.69s ...", text);
		is_told_as(text, wanted);
	}
	/* One that has room is whole, whatever it looks like. */
	is_told_as("page faults (2,", "page faults (2,");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_when_a_text_was_cut),
		cmocka_unit_test(reads_text_and_attribute),
		cmocka_unit_test(reads_the_policy),
		cmocka_unit_test(names_what_is_missing),
		cmocka_unit_test(an_ack_is_no_error),
		cmocka_unit_test(refuses_what_is_no_errno),
		cmocka_unit_test(reads_the_end_of_a_dump),
		cmocka_unit_test(refuses_what_is_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

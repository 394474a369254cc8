// SPDX-License-Identifier: GPL-2.0-or-later
/* The head of a request to pghotctl metrics --http. */

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "output/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Not terminated: the length is all that the parser may go by. */
	char *head = malloc(size ? size : 1);
	struct http_request req;

	if (!head)
		return 0;
	memcpy(head, data, size);
	http_parse(head, size, &req);
	assert(req.status == 200 || req.status == 400 || req.status == 404 || req.status == 405 ||
	       req.status == 505);
	assert(memchr(req.path, '\0', sizeof(req.path)));
	/* What is served has a path, without anything that a path has not. */
	if (req.status == 200) {
		assert(req.path[0] == '/' && !strpbrk(req.path, "? \r\n"));
		assert(size >= strlen("GET / HTTP/1.0\n"));
	}
	free(head);
	return 0;
}

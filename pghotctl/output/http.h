/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One request of HTTP/1.1 and its answer, on a connection that somebody else has accepted and
 * that ends after it (RFC 9110, RFC 9112). No more than a scraper of metrics needs: GET and
 * HEAD without content. What a client may send, and how long it may take, is bounded.
 */
#ifndef PGHOTCTL_OUTPUT_HTTP_H
#define PGHOTCTL_OUTPUT_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Bytes of request line and headers. Those of Prometheus are less than 1000. */
#define HTTP_HEAD_MAX 8192

/* Of a target, with the final zero; longer ones are none that there is. */
#define HTTP_PATH_MAX 128

/**
 * struct http_request - a request, or why it is none
 * @status: of the answer if it is none, 200 otherwise, 0 when nothing was asked: the client
 *	closed its end without a byte
 * @head: only the headers are asked for
 * @path: path of its target, without a query
 */
struct http_request {
	int status;
	bool head;
	char path[HTTP_PATH_MAX];
};

/**
 * http_parse() - what the head of a request says
 * @head: request line and headers, the blank line at their end included
 * @len: its bytes
 * @req: filled
 */
void http_parse(const char *head, size_t len, struct http_request *req);

/**
 * http_receive() - read and parse the head of a request
 * @fd: connection, or any file
 * @ms: how long that may take from beginning to end, in milliseconds
 * @req: filled
 *
 * Return: 0, or the negative errno of a connection that cannot be read.
 */
int http_receive(int fd, int ms, struct http_request *req);

/**
 * http_answer() - write an answer
 * @to: where to; what cannot be written shows when it is flushed
 * @req: what it answers, of which @head counts
 * @status: 200, 400, 404, 405, 408, 431, 500, 503 or 505
 * @type: of the content
 * @content: content
 * @len: its bytes
 */
void http_answer(FILE *to, const struct http_request *req, int status, const char *type,
		 const char *content, size_t len);

/**
 * http_refuse() - write an answer that says why there is nothing else
 * @to: where to
 * @req: what it answers
 * @status: of those above
 * @why: a sentence
 */
void http_refuse(FILE *to, const struct http_request *req, int status, const char *why);

/**
 * http_linger() - let an answer arrive before the connection is closed
 * @in: end that was read from
 * @out: end that was written to, flushed; may be the same
 * @ms: how long to wait for the client, in milliseconds
 *
 * A connection that is closed with something to be read is reset, and what has been sent
 * may be lost with it: so what the client still sends is read, within bounds, and dropped.
 * Of what is no socket nothing is done.
 */
void http_linger(int in, int out, int ms);

#endif /* PGHOTCTL_OUTPUT_HTTP_H */

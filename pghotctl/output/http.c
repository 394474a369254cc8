// SPDX-License-Identifier: GPL-2.0-or-later

#include "output/http.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* What is read after an answer, at most. */
#define DRAIN_MAX (1 << 20)

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- requests ------------------------------------------------------------ */

/**
 * struct span - a piece of the head
 * @at: its first byte
 * @len: its bytes
 */
struct span {
	const char *at;
	size_t len;
};

static bool span_is(struct span s, const char *text)
{
	return s.len == strlen(text) && !memcmp(s.at, text, s.len);
}

/* Take a line off @rest, without its end, which may be a bare LF (RFC 9112, 2.2). */
static bool take_line(struct span *rest, struct span *line)
{
	const char *end = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;

	if (!end)
		return false;
	*line = (struct span){ rest->at, (size_t)(end - rest->at) };
	rest->len -= line->len + 1;
	rest->at = end + 1;
	if (line->len && line->at[line->len - 1] == '\r')
		line->len--;
	return true;
}

/* Take what is before the next blank off @rest. */
static struct span take_word(struct span *rest)
{
	const char *end = rest->len ? memchr(rest->at, ' ', rest->len) : NULL;
	struct span word = { rest->at, end ? (size_t)(end - rest->at) : rest->len };
	size_t took = word.len + (end != NULL);

	rest->at += took;
	rest->len -= took;
	return word;
}

/* Letters of a method or of a header's name (RFC 9110, 5.6.2). */
static bool is_token(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      (c && strchr("!#$%&'*+-.^_`|~", c))))
			return false;
	}
	return s.len > 0;
}

static bool is_visible(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] <= ' ' || s.at[i] > '~')
			return false;
	}
	return s.len > 0;
}

/* The path, also of "http://host/path", which servers have to understand. */
static int take_path(struct span target, char path[HTTP_PATH_MAX])
{
	static const char scheme[] = "http://";
	const char *query;

	if (!is_visible(target))
		return 400;
	if (target.len >= strlen(scheme) && !strncasecmp(target.at, scheme, strlen(scheme))) {
		const char *slash;

		target.at += strlen(scheme);
		target.len -= strlen(scheme);
		slash = target.len ? memchr(target.at, '/', target.len) : NULL;
		target.len = slash ? target.len - (size_t)(slash - target.at) : 0;
		target.at = slash ? slash : "";
	} else if (target.at[0] != '/') {
		return 400;
	}
	query = target.len ? memchr(target.at, '?', target.len) : NULL;
	if (query)
		target.len = (size_t)(query - target.at);
	if (target.len >= HTTP_PATH_MAX)
		return 404;
	if (!target.len)
		target = (struct span){ "/", 1 };
	memcpy(path, target.at, target.len);
	path[target.len] = '\0';
	return 200;
}

static int take_request_line(struct span line, struct http_request *req, bool *host_needed)
{
	struct span method = take_word(&line), target = take_word(&line), version = line;
	int status;

	if (!is_token(method) || !target.len || version.len != strlen("HTTP/1.1") ||
	    memcmp(version.at, "HTTP/", 5) || version.at[5] < '0' || version.at[5] > '9' ||
	    version.at[6] != '.' || version.at[7] < '0' || version.at[7] > '9')
		return 400;
	if (version.at[5] != '1')
		return 505;
	*host_needed = version.at[7] != '0';
	req->head = span_is(method, "HEAD");
	status = take_path(target, req->path);
	if (status == 400 || req->head || span_is(method, "GET"))
		return status;
	return 405;
}

void http_parse(const char *head, size_t len, struct http_request *req)
{
	struct span rest = { head, len }, line;
	unsigned int hosts = 0;
	bool host_needed = false;

	*req = (struct http_request){ .status = 400 };
	/* Blank lines before a request are skipped (RFC 9112, 2.2). */
	do {
		if (!take_line(&rest, &line))
			return;
	} while (!line.len);
	req->status = take_request_line(line, req, &host_needed);

	while (take_line(&rest, &line) && line.len) {
		const char *colon = memchr(line.at, ':', line.len);
		struct span name = { line.at, colon ? (size_t)(colon - line.at) : 0 };

		/* A line that goes on the one before it, too, has no place any more. */
		if (!is_token(name)) {
			req->status = 400;
			return;
		}
		hosts += name.len == 4 && !strncasecmp(name.at, "host", 4);
	}
	if (hosts > 1 || (host_needed && !hosts))
		req->status = 400;
}

/* Where the head ends, 0 while it does not. Lines before it may be blank. */
static size_t head_end(const char *buf, size_t len)
{
	struct span rest = { buf, len }, line;
	bool begun = false;

	while (take_line(&rest, &line)) {
		if (!line.len && begun)
			return len - rest.len;
		begun |= line.len > 0;
	}
	return 0;
}

int http_receive(int fd, int ms, struct http_request *req)
{
	int64_t end = now_ms() + ms;
	char buf[HTTP_HEAD_MAX];
	size_t len = 0;

	*req = (struct http_request){ .status = 400 };
	while (!head_end(buf, len)) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = end - now_ms();
		ssize_t n;

		if (len == sizeof(buf)) {
			req->status = 431;
			return 0;
		}
		n = poll(&p, 1, left > 0 ? (int)left : 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n) {
			req->status = 408;
			return 0;
		}
		n = read(fd, buf + len, sizeof(buf) - len);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return -errno;
		if (!n) {
			req->status = len ? 400 : 0;
			return 0;
		}
		len += (size_t)n;
	}
	http_parse(buf, head_end(buf, len), req);
	return 0;
}

/* ---- answers ------------------------------------------------------------- */

static const char *reason(int status)
{
	switch (status) {
	case 200:
		return "OK";
	case 400:
		return "Bad Request";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 408:
		return "Request Timeout";
	case 431:
		return "Request Header Fields Too Large";
	case 503:
		return "Service Unavailable";
	case 505:
		return "HTTP Version Not Supported";
	default:
		return "Internal Server Error";
	}
}

/* Its days and months are English in every locale. */
static void put_date(FILE *to)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t now = time(NULL);
	struct tm t;

	if (!gmtime_r(&now, &t))
		return;
	fprintf(to, "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n", days[t.tm_wday], t.tm_mday,
		months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

void http_answer(FILE *to, const struct http_request *req, int status, const char *type,
		 const char *content, size_t len)
{
	fprintf(to, "HTTP/1.1 %d %s\r\n", status, reason(status));
	put_date(to);
	if (status == 405)
		fputs("Allow: GET, HEAD\r\n", to);
	fprintf(to,
		"Content-Type: %s\r\nContent-Length: %zu\r\nX-Content-Type-Options: nosniff\r\n"
		"Cache-Control: no-store\r\nConnection: close\r\n\r\n",
		type, len);
	if (!req->head)
		fwrite(content, 1, len, to);
}

void http_refuse(FILE *to, const struct http_request *req, int status, const char *why)
{
	char text[1200];

	snprintf(text, sizeof(text), "%d %s: %s\n", status, reason(status), why);
	http_answer(to, req, status, "text/plain; charset=utf-8", text, strlen(text));
}

void http_linger(int in, int out, int ms)
{
	int64_t end = now_ms() + ms;
	char buf[4096];
	size_t len = 0;

	if (shutdown(out, SHUT_WR))
		return;
	while (len < DRAIN_MAX) {
		struct pollfd p = { .fd = in, .events = POLLIN };
		int64_t left = end - now_ms();
		ssize_t n;

		if (left <= 0 || poll(&p, 1, (int)left) <= 0)
			return;
		n = read(in, buf, sizeof(buf));
		if (n <= 0)
			return;
		len += (size_t)n;
	}
}

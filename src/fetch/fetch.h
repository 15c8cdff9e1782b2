/* fetch - a file from an address on the Internet that somebody typed.
 *
 * The address is not to be trusted: it may be meant to reach what stands behind
 * the firewall.  So only https is spoken; the name is resolved once; all
 * addresses it leads to must be public ones (IANA IPv4 and IPv6 Special-Purpose
 * Address Registries: none of private, loopback, link-local, shared, documen-
 * tation, multicast, mapped, 6to4, Teredo); the connection goes to one of
 * those; each redirect is looked at in the same way.  What is wrong is told
 * alike for what may not be reached and for what does not answer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

struct arena;

enum { FETCH_SECONDS = 10, FETCH_BYTES = 25 * 1024 * 1024, FETCH_REDIRECTS = 3 };

struct fetched {
	const char *bytes; /* in the arena, ended by NUL */
	size_t n;
};

/* allow: "127.0.0.1:8080,..." that may be reached all the same, also by plain
 * http; for tests; NULL: none.  false with *why, a key of locales:
 * fetch.address (no https address), fetch.unreachable (it may not be reached, or
 * does not answer), fetch.too_large, fetch.answer (it says no). */
bool fetch_file(struct arena *mem, const char *url, const char *allow, struct fetched *got,
	const char **why);

/* Whether an address may be connected to. */
bool address_is_public(const struct sockaddr *address);

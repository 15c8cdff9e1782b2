/* welcome - a link that lets somebody in once, within ten minutes.
 *
 * The first door of a trial, where nobody was told a password: 256 random bits
 * that stand in no file and no log, of which memory keeps the hash alone. */
#pragma once

#include <pthread.h>
#include <stdint.h>

#include "base/secret.h"

enum { WELCOME_MS = 10 * 60 * 1000 };

struct welcome {
	pthread_mutex_t lock; /* made by the owner */
	char hash[HASH_TEXT]; /* "": used up, or never made */
	int64_t user_id;      /* who comes in by it */
	int64_t until;
};

/* secret is TOKEN_TEXT long; now is monotonic ms. */
void welcome_make(struct welcome *w, int64_t user_id, int64_t now, char *secret);
/* Whose it is, and no longer good; 0: another one, used before, too late. */
int64_t welcome_take(struct welcome *w, const char *secret, int64_t now);

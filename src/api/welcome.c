/* A link that is good once. */
#include "api/welcome.h"

#include <string.h>

void welcome_make(struct welcome *w, int64_t user_id, int64_t now, char *secret)
{
	token_make(secret);
	pthread_mutex_lock(&w->lock);
	secret_digest(secret, strlen(secret), w->hash);
	w->user_id = user_id;
	w->until = now + WELCOME_MS;
	pthread_mutex_unlock(&w->lock);
}

/* A wrong one does not use up the right one: it could be sent by anybody. */
int64_t welcome_take(struct welcome *w, const char *secret, int64_t now)
{
	char hash[HASH_TEXT];
	int64_t user_id = 0;

	secret_digest(secret, strlen(secret), hash);
	pthread_mutex_lock(&w->lock);
	if (now >= w->until)
		*w->hash = '\0';
	if (!strcmp(w->hash, hash)) {
		user_id = w->user_id;
		*w->hash = '\0';
	}
	pthread_mutex_unlock(&w->lock);
	return user_id;
}

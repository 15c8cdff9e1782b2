/* words - what people read, in their language.
 *
 * locales/<language>/server.json holds flat keys; texts are ICU MessageFormat
 * with numbered arguments ({0}, {1}).  They are part of the program. */
#pragma once

#include "base/ctx.h"

struct words;

/* Reads the JSON texts of all languages, by enum lang; NULL and a line on
 * stderr when one is not readable. */
struct words *words_new(const char *const json[LANG_COUNT]);
void words_free(struct words *w);

/* The sentence in a language, in the arena.  A key that is not there is a bug
 * and comes back as itself. */
const char *words_say(
	const struct words *w, struct arena *mem, enum lang lang, const struct saying *s);

/* "it", "en"; and back, false when it is another. */
const char *lang_code(enum lang lang);
bool lang_read(const char *code, enum lang *lang);
/* From an Accept-Language header; fallback when it names none of ours. */
enum lang lang_accept(const char *header, enum lang fallback);

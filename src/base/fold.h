/* fold - text as search, sorting and duplicates see it: no case, no accents,
 * no apostrophes.  "Citta'", "CITTÀ" and "citta" are one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* NFKD, lower case, marks and apostrophes dropped, every other run of
 * characters that are neither letters nor digits becomes one blank, none at
 * the ends.  "D'Amico & C." -> "damico c"; "straße" -> "strasse".  Plain
 * ASCII, the common case, takes a path without ICU. */
char *fold(struct arena *mem, const char *s);

/* The words that a text is found by, in order: those of fold(), and where an
 * apostrophe stood between letters both readings: "D'Amico" gives damico, d,
 * amico.  Returns the count; *tokens is an array in the arena. */
size_t fold_tokens(struct arena *mem, const char *s, const char *const **tokens);

/* Whether s is well-formed UTF-8 of n bytes without NUL. */
bool utf8_is_valid(const char *s, size_t n);

/* Count of Unicode characters (code points) of valid UTF-8. */
size_t utf8_length(const char *s);

/* The bytes of one code point, 1 to 4, written to out; their count. */
size_t utf8_write(uint32_t c, char *out);

/* NFC, in the arena; s itself when it already is. */
const char *nfc(struct arena *mem, const char *s);

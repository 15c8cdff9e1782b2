/* secret - passwords, tokens, hashes and sealed texts, by libsodium.
 *
 * Passwords: Argon2id (RFC 9106), 19 MiB, 2 passes (OWASP's minimum or more).
 * Tokens: 256 random bits; only their hash is stored.  What must be read again
 * (the password of a mail server) is sealed with XChaCha20-Poly1305 (IETF draft
 * xchacha-03) under a key that lies in a file of its own, not with the data. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { SECRET_HASH = 128, TOKEN_TEXT = 64, HASH_TEXT = 65 };

bool secret_start(void); /* once, before anything else; false: no randomness */

bool password_hash(const char *password, char *hash); /* SECRET_HASH long */
bool password_fits(const char *hash, const char *password);
/* Takes as long as a real check: for users that do not exist. */
void password_pretend(const char *password);

/* "crm_" and 43 characters of base64url, TOKEN_TEXT long. */
void token_make(char *token);
/* BLAKE2b-256 as 64 hex digits; out is HASH_TEXT long. */
void secret_digest(const char *data, size_t n, char *out);

enum { SECRET_KEY = 32 };

/* The key in a file of 0600; make: made when it is not there.  false: it is not
 * there, or not to be read or made, or others may read it (errno tells). */
bool secret_key(const char *file, bool make, unsigned char *key);
void secret_forget(void *secret, size_t n);

struct arena;
/* Sealed for a purpose, as text; opened with the same key and purpose alone,
 * else NULL. */
char *secret_seal(struct arena *mem, const unsigned char *key, const char *purpose, const char *s);
char *secret_open(
	struct arena *mem, const unsigned char *key, const char *purpose, const char *sealed);

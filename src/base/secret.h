/* secret - passwords, tokens and hashes, by libsodium.
 *
 * Passwords: Argon2id (RFC 9106), 19 MiB, 2 passes (OWASP's minimum or more).
 * Tokens: 256 random bits; only their hash is stored. */
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

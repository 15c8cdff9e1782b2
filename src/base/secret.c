/* Passwords, tokens and hashes. */
#include "base/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, TOKEN_BYTES = 32, DIGEST_BYTES = 32 };

static_assert(SECRET_HASH >= crypto_pwhash_STRBYTES, "a hash has room");
static_assert(HASH_TEXT == 2 * DIGEST_BYTES + 1, "a digest has room");

bool secret_start(void)
{
	return sodium_init() >= 0;
}

bool password_hash(const char *password, char *hash)
{
	return !crypto_pwhash_str_alg(
		hash, password, strlen(password), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
}

bool password_fits(const char *hash, const char *password)
{
	return !crypto_pwhash_str_verify(hash, password, strlen(password));
}

void password_pretend(const char *password)
{
	char hash[SECRET_HASH];

	/* Checking a password is hashing it once more. */
	if (password_hash(password, hash))
		sodium_memzero(hash, sizeof(hash));
}

void token_make(char *token)
{
	unsigned char bytes[TOKEN_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	memcpy(token, "crm_", 4);
	sodium_bin2base64(token + 4, TOKEN_TEXT - 4, bytes, sizeof(bytes),
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

void secret_digest(const char *data, size_t n, char *out)
{
	unsigned char digest[DIGEST_BYTES];

	crypto_generichash(digest, sizeof(digest), (const unsigned char *)data, n, NULL, 0);
	sodium_bin2hex(out, HASH_TEXT, digest, sizeof(digest));
}

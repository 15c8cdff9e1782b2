/* Passwords, tokens, hashes and sealed texts. */
#include "base/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, TOKEN_BYTES = 32, DIGEST_BYTES = 32 };

static_assert(SECRET_HASH >= crypto_pwhash_STRBYTES, "a hash has room");
static_assert(SECRET_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key fits");
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

/* Two that make it at once: the second finds the first one's. */
static bool make_key(const char *file)
{
	unsigned char key[SECRET_KEY];
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return errno == EEXIST;
	randombytes_buf(key, sizeof(key));
	ok = write(fd, key, sizeof(key)) == (ssize_t)sizeof(key) && fsync(fd) == 0;
	sodium_memzero(key, sizeof(key));
	if (close(fd) < 0 || !ok)
		unlink(file);
	return ok;
}

static bool read_key(int fd, unsigned char *key)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return false;
	if (st.st_mode & 077) {
		errno = EPERM;
		return false;
	}
	errno = EINVAL;
	return st.st_size == SECRET_KEY && read(fd, key, SECRET_KEY) == SECRET_KEY;
}

bool secret_key(const char *file, bool make, unsigned char *key)
{
	int fd;
	bool ok;

	if (make && access(file, F_OK) < 0 && !make_key(file))
		return false;
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ok = read_key(fd, key);
	close(fd);
	return ok;
}

void secret_forget(void *secret, size_t n)
{
	sodium_memzero(secret, n);
}

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	SEAL = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	SEALED_MAX = 4096,
};

/* nonce, then the text and its seal, as base64url */
char *secret_seal(struct arena *mem, const unsigned char *key, const char *purpose, const char *s)
{
	size_t n = strlen(s), size = NONCE + n + SEAL;
	unsigned char *box = arena_alloc(mem, size);
	size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(mem, room);

	randombytes_buf(box, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, (const unsigned char *)s, n,
		(const unsigned char *)purpose, strlen(purpose), NULL, box, key);
	return sodium_bin2base64(text, room, box, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

char *secret_open(
	struct arena *mem, const unsigned char *key, const char *purpose, const char *sealed)
{
	unsigned char box[SEALED_MAX];
	size_t n;
	char *s;

	if (sodium_base642bin(box, sizeof(box), sealed, strlen(sealed), NULL, &n, NULL,
		    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
		n < NONCE + SEAL)
		return NULL;
	s = arena_alloc(mem, n - NONCE - SEAL + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)s, NULL, NULL, box + NONCE,
		    n - NONCE, (const unsigned char *)purpose, strlen(purpose), box, key) != 0)
		return NULL;
	return s;
}

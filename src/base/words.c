/* Sentences out of locales, by ICU's MessageFormat where it is needed. */
#include "base/words.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/umsg.h>
#include <unicode/ustring.h>

#include "base/arena.h"

static const char *const codes[LANG_COUNT] = { [LANG_IT] = "it", [LANG_EN] = "en" };

struct word {
	const char *key, *text;
};

struct list {
	struct word *words; /* sorted by key */
	size_t count;
};

struct words {
	struct arena *mem;
	struct list lists[LANG_COUNT];
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->key, ((const struct word *)b)->key);
}

static bool take_words(struct words *w, struct list *list, json_t *root)
{
	const char *key;
	json_t *value;

	list->words = arena_alloc(w->mem, (json_object_size(root) + 1) * sizeof(*list->words));
	json_object_foreach(root, key, value)
	{
		if (!json_is_string(value))
			return false;
		list->words[list->count++] = (struct word){ arena_dup(w->mem, key),
			arena_dup(w->mem, json_string_value(value)) };
	}
	qsort(list->words, list->count, sizeof(*list->words), by_key);
	return true;
}

static bool read_list(struct words *w, enum lang lang, const char *json)
{
	json_error_t error;
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &error);
	bool ok = json_is_object(root) && take_words(w, &w->lists[lang], root);

	if (!root)
		fprintf(stderr, "locales/%s/server.json, line %d: %s\n", codes[lang], error.line,
			error.text);
	else if (!ok)
		fprintf(stderr, "locales/%s/server.json: flat keys with texts are needed\n",
			codes[lang]);
	json_decref(root);
	return ok;
}

struct words *words_new(const char *const json[LANG_COUNT])
{
	struct arena *mem = arena_new();
	struct words *w = arena_alloc(mem, sizeof(*w));

	w->mem = mem;
	for (enum lang lang = 0; lang < LANG_COUNT; lang++)
		if (!read_list(w, lang, json[lang])) {
			words_free(w);
			return NULL;
		}
	return w;
}

void words_free(struct words *w)
{
	if (w)
		arena_free(w->mem);
}

static UChar *to_utf16(struct arena *mem, const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = (int32_t)strlen(s) + 1;
	UChar *out = arena_alloc(mem, (size_t)room * sizeof(UChar));

	u_strFromUTF8WithSub(out, room, NULL, s, room - 1, 0xfffd, NULL, &status);
	return out;
}

static const char *to_utf8(struct arena *mem, const UChar *s, int32_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	char *out = arena_alloc(mem, (size_t)n * 3 + 1);

	u_strToUTF8(out, n * 3 + 1, NULL, s, n, &status);
	return out;
}

/* Which arguments the text counts with, as bits: {0, plural, ...}. */
static unsigned numeric_args(const char *text)
{
	unsigned mask = 0;

	for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
		const char *kind = p + 2;

		if (p[1] < '0' || p[1] >= '0' + WORD_ARGS || *kind != ',')
			continue;
		kind += strspn(kind, ", ");
		if (!strncmp(kind, "plural", 6) || !strncmp(kind, "number", 6) ||
			!strncmp(kind, "selectordinal", 13))
			mask |= 1u << (p[1] - '0');
	}
	return mask;
}

/* A text and what goes into it, both as texts and as numbers. */
struct message {
	UMessageFormat *format;
	unsigned numeric;
	UChar *texts[WORD_ARGS];
	double numbers[WORD_ARGS];
};

/* ICU takes numbers and texts by C's own varargs, so each mix is one call. */
static int32_t put(const struct message *m, UChar *out, int32_t room)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *const *u = m->texts;
	const double *d = m->numbers;
	int32_t n = -1;

#define MIX(bits, a, b, c, e)                                                           \
	case bits:                                                                      \
		n = umsg_format(m->format, out, room, &status, a[0], b[1], c[2], e[3]); \
		break
	switch (m->numeric) {
		MIX(0, u, u, u, u);
		MIX(1, d, u, u, u);
		MIX(2, u, d, u, u);
		MIX(3, d, d, u, u);
		MIX(4, u, u, d, u);
		MIX(5, d, u, d, u);
		MIX(6, u, d, d, u);
		MIX(7, d, d, d, u);
		MIX(8, u, u, u, d);
		MIX(9, d, u, u, d);
		MIX(10, u, d, u, d);
		MIX(11, d, d, u, d);
		MIX(12, u, u, d, d);
		MIX(13, d, u, d, d);
		MIX(14, u, d, d, d);
		MIX(15, d, d, d, d);
	}
#undef MIX
	return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? n : -1;
}

static const char *fill_in(
	struct arena *mem, const char *locale, const char *text, const struct saying *s)
{
	struct message m = { .numeric = numeric_args(text) };
	UErrorCode status = U_ZERO_ERROR;
	UChar *out = NULL;
	int32_t n;

	for (size_t i = 0; i < WORD_ARGS; i++) {
		const char *arg = s->args[i] ? s->args[i] : "";

		m.texts[i] = to_utf16(mem, arg);
		m.numbers[i] = strtod(arg, NULL);
	}
	m.format = umsg_open(to_utf16(mem, text), -1, locale, NULL, &status);
	if (U_FAILURE(status)) {
		umsg_close(m.format);
		return text;
	}
	n = put(&m, NULL, 0);
	if (n >= 0) {
		out = arena_alloc(mem, (size_t)(n + 1) * sizeof(UChar));
		n = put(&m, out, n + 1);
	}
	umsg_close(m.format);
	return n >= 0 ? to_utf8(mem, out, n) : text;
}

/* An apostrophe means something only before a brace or another one. */
static bool is_plain(const char *text)
{
	return !strpbrk(text, "{}") && !strstr(text, "''");
}

const char *words_say(
	const struct words *w, struct arena *mem, enum lang lang, const struct saying *s)
{
	const struct list *list = &w->lists[lang];
	struct word wanted = { .key = s->key };
	const struct word *found =
		bsearch(&wanted, list->words, list->count, sizeof(*list->words), by_key);

	if (!found)
		return arena_dup(mem, s->key);
	if (is_plain(found->text))
		return found->text;
	return fill_in(mem, codes[lang], found->text, s);
}

const char *lang_code(enum lang lang)
{
	return codes[lang];
}

bool lang_read(const char *code, enum lang *lang)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (!strcmp(codes[l], code)) {
			*lang = l;
			return true;
		}
	return false;
}

/* The weight of ";q=0.8" in thousandths; 1000 when it is unsaid. */
static int weight(const char *s)
{
	int q = 0, worth = 1000;

	s += strspn(s, " \t");
	if (*s != ';')
		return 1000;
	s += 1 + strspn(s + 1, " \t");
	if (strncasecmp(s, "q=", 2))
		return 1000;
	for (s += 2; worth && ((*s >= '0' && *s <= '9') || *s == '.'); s++)
		if (*s != '.') {
			q += (*s - '0') * worth;
			worth /= 10;
		}
	return q;
}

static bool names(const char *tag, size_t n, const char *code)
{
	size_t length = strlen(code);

	return n >= length && !strncasecmp(tag, code, length) &&
	       (n == length || tag[length] == '-');
}

enum lang lang_accept(const char *header, enum lang fallback)
{
	enum lang best = fallback;
	int heaviest = 0;

	while (header && *header) {
		size_t n;

		header += strspn(header, ", \t");
		n = strcspn(header, ",; \t");
		for (enum lang l = 0; l < LANG_COUNT; l++)
			if (names(header, n, codes[l]) && weight(header + n) > heaviest) {
				heaviest = weight(header + n);
				best = l;
			}
		header += strcspn(header, ",");
	}
	return best;
}

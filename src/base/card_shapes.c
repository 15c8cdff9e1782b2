/* What stands out of a card by its shape: mail, web, VAT number, phones. */
#include "base/card_parts.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/codes.h"
#include "base/phone.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static const char *part(struct arena *mem, const char *from, const char *end)
{
	size_t n = (size_t)(end - from);

	return memcpy(arena_alloc(mem, n + 1), from, n);
}

/* One of the words, parted by blanks. */
static bool is_one_of(const char *s, size_t n, const char *words)
{
	while (*words) {
		size_t length = strcspn(words, " ");

		if (length == n && !strncasecmp(s, words, n))
			return true;
		words += length + (words[length] == ' ');
	}
	return false;
}

/* The last word before at, over punctuation; NULL when the line begins. */
static char *word_before(char *text, char *at, size_t *n)
{
	char *end = at, *from;

	while (end > text && strchr(" \t:.<([/-*=", end[-1]))
		end--;
	for (from = end; from > text && (is_letter(from[-1]) || (unsigned char)from[-1] >= 0x80);)
		from--;
	*n = (size_t)(end - from);
	return *n ? from : NULL;
}

/* Cut out from..end, and the labels before it. */
static void cut(char *text, char *from, char *end, const char *labels)
{
	size_t n;

	for (char *word; (word = word_before(text, from, &n)) && is_one_of(word, n, labels);)
		from = word;
	while (from > text && strchr("<([", from[-1]))
		from--;
	while (*end && strchr(">)]", *end))
		end++;
	memset(from, CARD_GAP, (size_t)(end - from));
}

static bool is_local(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("._%+-'", c));
}

static bool is_domain(char c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '-';
}

static bool is_pec(char *text, char *from, const char *domain, const char *end)
{
	size_t n;
	const char *label = word_before(text, from, &n);

	if (label && is_one_of(label, n, "pec"))
		return true;
	for (; domain < end; domain++)
		if (!strncasecmp(domain, "pec.", 4) || !strncasecmp(domain, "legalmail", 9) ||
			!strncasecmp(domain, "postacert", 9))
			return true;
	return false;
}

void card_take_email(struct arena *mem, char *text, struct card *card)
{
	for (char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		char *from = at, *end = at + 1;

		while (from > text && is_local(from[-1]))
			from--;
		while (from < at && strchr(".'-", *from))
			from++;
		while (is_domain(*end))
			end++;
		while (end > at && (end[-1] == '.' || end[-1] == '-'))
			end--;
		if (from == at || end - at < 4 || !memchr(at, '.', (size_t)(end - at)) ||
			is_pec(text, from, at + 1, end))
			continue;
		card->email = part(mem, from, end);
		cut(text, from, end, "e mail email mailto posta elettronica");
		return;
	}
}

static bool has_top_level(const char *s, size_t n)
{
	size_t dot = n;

	while (dot && s[dot - 1] != '.')
		dot--;
	return dot > 2 &&
	       is_one_of(s + dot, n - dot,
		       "it com eu net org info biz io de fr ch at es uk sm store shop cloud "
		       "tech online");
}

static bool is_website(const char *s, size_t n)
{
	size_t host = strcspn(s, "/?#");

	if (memchr(s, '@', n))
		return false;
	if (n > 8 && (!strncasecmp(s, "http://", 7) || !strncasecmp(s, "https://", 8)))
		return true;
	if (n > 6 && !strncasecmp(s, "www.", 4))
		return true;
	for (size_t i = 0; i < host && i < n; i++)
		if (!is_domain(s[i]))
			return false;
	return has_top_level(s, host < n ? host : n);
}

static bool is_social(const char *s, size_t n)
{
	static const char *const hosts[] = { "linkedin.", "facebook.", "instagram.", "twitter.",
		"youtube.", "tiktok.", "wa.me", "t.me/", "goo.gl", "/x.com" };

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		for (size_t k = 0; k + strlen(hosts[i]) <= n; k++)
			if (!strncasecmp(s + k, hosts[i], strlen(hosts[i])))
				return true;
	return false;
}

void card_take_website(struct arena *mem, char *text, struct card *card)
{
	static const char ends[] = " \t\r\n,;|<>()[]\"\x1f";

	for (char *s = text; *s;) {
		size_t n = strcspn(s, ends), kept = n;

		while (kept && strchr(".:", s[kept - 1]))
			kept--;
		if (kept && is_website(s, kept) && !is_social(s, kept)) {
			card->website = part(mem, s, s + kept);
			cut(text, s, s + kept, "web sito site website internet url home page");
			return;
		}
		s += n + (s[n] != '\0');
	}
}

static bool is_labelled(char *text, char *from)
{
	char *at = from;
	size_t n;

	for (int i = 0; i < 3 && (at = word_before(text, at, &n)); i++)
		if (is_one_of(at, n, "iva piva vat"))
			return true;
	return false;
}

void card_take_vat_number(struct arena *mem, char *text, struct card *card)
{
	for (char *s = text; *s;) {
		char *end = s;
		size_t digits = 0, n;
		enum code_state state;

		for (; is_word(*end); end++)
			digits += is_digit(*end);
		n = (size_t)(end - s);
		if (digits >= 8 && n <= 14 && (s == text || s[-1] != '+')) {
			const char *code = part(mem, s, end);
			char *clean = arena_alloc(mem, CODE_TEXT);
			bool labelled = is_labelled(text, s);

			code_clean(code, clean);
			state = vat_number_check(clean, NULL);
			if ((state == CODE_GOOD && (labelled || is_digit(*clean))) ||
				(labelled && state != CODE_LENGTH)) {
				card->vat_number = clean;
				cut(text, s, end,
					"iva piva p partita vat it c f cf cod codice fisc fiscale "
					"e no n "
					"number nr i reg");
				return;
			}
		}
		s = end + (*end != '\0');
	}
}

/* Where the digits and what joins them end. */
static char *span_end(char *s)
{
	char *end = s;

	for (; is_digit(*s) || (*s && strchr(" .-/()+", *s)); s++)
		if (is_digit(*s))
			end = s + 1;
	return end;
}

/* "int. 12" after a number goes with it. */
static char *extension_end(char *s)
{
	char *from = s + strspn(s, " ,"), *word = from;
	size_t digits;

	while (is_letter(*word))
		word++;
	if (!is_one_of(from, (size_t)(word - from), "int interno ext x"))
		return s;
	word += strspn(word, " .:");
	digits = strspn(word, "0123456789");
	return digits && digits < 6 ? word + digits : s;
}

static bool begins_number(const char *text, const char *s)
{
	bool alone = s == text || !(is_word(s[-1]) || (s[-1] && strchr("@.-_/+(", s[-1])));

	return alone &&
	       (is_digit(*s) || ((*s == '+' || *s == '(') && (is_digit(s[1]) || s[1] == '+')));
}

/* A place for the number, or false when its place is taken. */
static bool keep(struct card *card, const char *e164, const char *shown, bool is_mobile)
{
	const char **place = is_mobile || !strncmp(e164, "+393", 4) ? &card->mobile : &card->phone;

	if (**place)
		return false;
	*place = shown;
	return true;
}

static const char *shown(struct arena *mem, const char *e164)
{
	char *text = arena_alloc(mem, 2 * PHONE_TEXT);

	phone_show(e164, text, 2 * PHONE_TEXT);
	return text;
}

/* Whether all numbers of the span found their place. */
static bool keep_all(struct arena *mem, const char *span, bool is_mobile, struct card *card)
{
	const char *const *numbers;
	size_t n = phone_split(mem, span, "IT", &numbers);
	bool all = n > 0;
	char date[DATE_TEXT];

	if (date_read(span, date))
		return false;
	for (size_t i = 0; i < n; i++)
		all &= keep(card, numbers[i], n == 1 ? span : shown(mem, numbers[i]), is_mobile);
	return all;
}

void card_take_phones(struct arena *mem, char *text, struct card *card)
{
	for (char *s = text; *s;) {
		char *end, *label;
		bool is_fax, is_mobile;
		size_t n;

		if (!begins_number(text, s)) {
			s++;
			continue;
		}
		end = span_end(s);
		label = word_before(text, s, &n);
		is_fax = label && is_one_of(label, n, "fax telefax f");
		is_mobile =
			label && is_one_of(label, n, "cell cel cellulare mobile mob m whatsapp");
		if (end > s && !is_fax && keep_all(mem, part(mem, s, end), is_mobile, card))
			cut(text, s, extension_end(end),
				"tel telefono phone ph t cell cel cellulare mobile mob m c ufficio "
				"office "
				"direct diretto dir centralino n nr whatsapp casa abitazione");
		s = end > s ? end : s + 1;
	}
}

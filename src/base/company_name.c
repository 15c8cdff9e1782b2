/* The core of a company's name, word by word. */
#include "base/company_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"

/* What is longer is no name: it is folded and no more. */
enum { LONGEST = 1000 };

struct name {
	struct arena *mem;
	const char **words;
	size_t count;
	const char *form; /* the first one dropped, or "" */
	size_t core;	  /* the words before it, or all */
};

/* Words as they come out of folding, and what they are written as; longer
 * ones before those they begin with.  Forms are dropped later. */
static const struct rewriting {
	const char *from, *to;
} rewritings[] = {
	{ "societa a responsabilita limitata semplificata", "srls" },
	{ "societa a responsabilita limitata", "srl" },
	{ "soc a responsabilita limitata", "srl" },
	{ "a responsabilita limitata", "srl" },
	{ "societa in accomandita semplice", "sas" },
	{ "societa in accomandita per azioni", "sapa" },
	{ "societa in nome collettivo", "snc" },
	{ "societa per azioni", "spa" },
	{ "soc per azioni", "spa" },
	{ "societa semplice", "" },
	{ "societa consortile", "scarl" },
	{ "soc consortile", "scarl" },
	{ "soc cons", "scarl" },
	{ "a resp limitata", "srl" },
	{ "societa cooperativa sociale", "coop" },
	{ "soc cooperativa sociale", "coop" },
	{ "soc coop sociale", "coop" },
	{ "soc coop soc", "coop" },
	{ "societa cooperativa", "coop" },
	{ "soc cooperativa", "coop" },
	{ "societa coop", "coop" },
	{ "soc coop", "coop" },
	{ "cooperativa sociale", "coop" },
	{ "coop sociale", "coop" },
	{ "coop soc", "coop" },
	{ "s coop p a", "coop" },
	{ "s coop pa", "coop" },
	{ "s coop", "coop" },
	{ "coop va", "coop" },
	{ "sc a rl", "scarl" },
	{ "sc ar l", "scarl" },
	{ "sc arl", "scarl" },
	{ "scar l", "scarl" },
	{ "capogruppo", "" },
	{ "cooperativa", "coop" },
	{ "impresa individuale", "ditta" },
	{ "ditta individuale", "ditta" },
	{ "spett le", "" },
	{ "spettle", "" },
	{ "spett", "" },
	{ "con socio unico", "" },
	{ "a socio unico", "" },
	{ "socio unico", "" },
	{ "con unico socio", "" },
	{ "a unico socio", "" },
	{ "ad unico socio", "" },
	{ "unico socio", "" },
	{ "unipersonale", "" },
	{ "uninominale", "" },
	{ "unip", "" },
	{ "societa benefit", "" },
	{ "in liquidazione", "" },
	{ "in liquid", "" },
	{ "in liq", "" },
	{ "in concordato preventivo", "" },
	{ "in concordato", "" },
	{ "in amministrazione straordinaria", "" },
	{ "in fallimento", "" },
	{ "sr l", "srl" },
	{ "s rl", "srl" },
	{ "srl s", "srls" },
	{ "sp a", "spa" },
	{ "s pa", "spa" },
	{ "sn c", "snc" },
	{ "s nc", "snc" },
	{ "sa s", "sas" },
	{ "s as", "sas" },
	{ "soc srl", "srl" },
	{ "f lli", "fratelli" },
	{ "flli", "fratelli" },
	{ "f llo", "fratello" },
	{ "az agricola", "azienda agricola" },
	{ "az agr", "azienda agricola" },
	{ "azienda agr", "azienda agricola" },
	{ "soc agricola", "societa agricola" },
	{ "soc agr", "societa agricola" },
	{ "societa agricola", "societa agricola" },
	{ "societa", "" },
	{ "soc", "" },
	{ "ist", "istituto" },
	{ "ass ne", "associazione" },
	{ "ass", "associazione" },
	{ "associaz", "associazione" },
	{ "c so", "corso" },
	{ "p zza", "piazza" },
	{ "v le", "viale" },
	{ "costr", "costruzioni" },
	{ "off", "officina" },
	{ "imp", "impresa" },
	{ "gen li", "generali" },
	{ "int le", "internazionale" },
	{ "stab to", "stabilimento" },
	{ "cav", "" },
};

/* Forms in which a company is held: dropped wherever they stand. */
/* clang-format off */
static const char *const forms[] = { "srl", "srls", "spa", "sapa", "sas", "snc", "scarl", "scrl",
	"scpa", "scpl", "soccoop", "scs", "srlu", "onlus", "ets", "aps", "odv", "gmbh", "ltd", "sarl",
	"asd", "ssd", "sagl", "scsarl", "arl", "rl", "coop", "ditta" };
/* clang-format on */

/* Those that may be part of a name elsewhere: dropped at the end. */
/* clang-format off */
static const char *const last_forms[] = { "ss", "sc", "sa", "ag", "bv", "nv", "inc", "llc",
	"plc", "limited", "kg", "se", "sl", "corp", "sb", "e", "a", "unico", "spi" };
/* clang-format on */

/* Where an address begins. */
static const char *const tails[] = { "via", "viale", "piazza", "corso", "con sede", "sede legale",
	"p iva", "piva", "partita iva", "cod fisc", "codice fiscale" };

static bool stands_in(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], word))
			return true;
	return false;
}

#define IN(word, list) stands_in((word), (list), sizeof(list) / sizeof(*(list)))

/* How many words of the name, from the one at, the phrase takes; 0 for none. */
static size_t phrase_at(const struct name *n, size_t at, const char *phrase)
{
	if (*phrase != *n->words[at])
		return 0;
	for (size_t i = at; i < n->count; i++) {
		size_t length = strlen(n->words[i]);

		if (strncmp(phrase, n->words[i], length))
			return 0;
		if (!phrase[length])
			return i + 1 - at;
		if (phrase[length] != ' ')
			return 0;
		phrase += length + 1;
	}
	return 0;
}

static void replace(struct name *n, size_t at, size_t count, const char *with)
{
	size_t kept = *with ? 1 : 0;

	n->words[at] = with;
	memmove(n->words + at + kept, n->words + at + count,
		(n->count - at - count) * sizeof(*n->words));
	n->count -= count - kept;
}

/* "&amp;" and "&" are the word e. */
static const char *spell_and(struct arena *mem, const char *s)
{
	struct buf b;

	if (!strchr(s, '&'))
		return s;
	buf_init(&b, mem);
	for (; *s; s++) {
		if (*s != '&') {
			buf_addn(&b, s, 1);
			continue;
		}
		buf_add(&b, " e ");
		if (!strncmp(s, "&amp;", 5))
			s += 4;
	}
	return b.s;
}

static struct name cut_words(struct arena *mem, char *folded)
{
	struct name n = { .mem = mem };

	n.words = arena_alloc(mem, (strlen(folded) / 2 + 2) * sizeof(*n.words));
	while (*folded) {
		n.words[n.count++] = folded;
		folded += strcspn(folded, " ");
		if (*folded)
			*folded++ = '\0';
	}
	return n;
}

static bool is_letter_word(const char *word)
{
	return word[0] && !word[1];
}

/* "rossi e c", "rossi e figli": the e says nothing. */
static void drop_ands(struct name *n)
{
	for (size_t i = 1; i + 1 < n->count; i++)
		if (!strcmp(n->words[i], "e") &&
			(!is_letter_word(n->words[i - 1]) || !strcmp(n->words[i + 1], "c")))
			replace(n, i, 1, "");
}

/* Where in joined letters a form stands that ends them, but for the a of
 * "a socio unico"; the whole length when there is none. */
static size_t form_in(const char *letters, size_t n, size_t *form)
{
	for (size_t at = 0; at + 1 < n; at++)
		for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
			const char *rest = letters + at + strlen(forms[i]);

			*form = strlen(forms[i]);
			if (!strncmp(letters + at, forms[i], *form) &&
				(!*rest || !strcmp(rest, "a")))
				return at;
		}
	*form = 0;
	return n;
}

static const char *part(struct arena *mem, const char *s, size_t n)
{
	return memcpy(arena_alloc(mem, n + 1), s, n);
}

/* "s r l" -> "srl", "g a m" -> "gam"; "c s n c" -> "c" "snc". */
static void join_letters(struct name *n)
{
	for (size_t i = 0; i < n->count; i++) {
		size_t count = 0, at, form, to = i;
		char *letters;

		while (i + count < n->count && is_letter_word(n->words[i + count]))
			count++;
		if (count < 2)
			continue;
		letters = arena_alloc(n->mem, count + 1);
		for (size_t k = 0; k < count; k++)
			letters[k] = n->words[i + k][0];
		at = form_in(letters, count, &form);
		if (at)
			n->words[to++] = part(n->mem, letters, at);
		if (form)
			n->words[to++] = part(n->mem, letters + at, form);
		if (at + form < count)
			n->words[to++] = "a";
		memmove(n->words + to, n->words + i + count,
			(n->count - i - count) * sizeof(*n->words));
		n->count -= i + count - to;
		i = to - 1;
	}
}

static void rewrite(struct name *n)
{
	for (size_t at = 0; at < n->count;) {
		bool again = false;

		for (size_t i = 0; i < sizeof(rewritings) / sizeof(*rewritings) && !again; i++) {
			size_t count = phrase_at(n, at, rewritings[i].from);

			if (!count)
				continue;
			replace(n, at, count, rewritings[i].to);
			again = !*rewritings[i].to;
			break;
		}
		if (!again)
			at++;
	}
}

static void cut_tail(struct name *n)
{
	for (size_t at = 1; at + 1 < n->count; at++)
		for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
			if (phrase_at(n, at, tails[i])) {
				n->count = at;
				return;
			}
}

static void drop(struct name *n, size_t at)
{
	if (!*n->form) {
		n->form = n->words[at];
		n->core = at;
	}
	replace(n, at, 1, "");
}

static void drop_forms(struct name *n)
{
	for (size_t at = 0; at < n->count;)
		if (IN(n->words[at], forms))
			drop(n, at);
		else
			at++;
	while (n->count > 1 && IN(n->words[n->count - 1], last_forms))
		n->count--;
	if (!*n->form || !n->core || n->core > n->count)
		n->core = n->count;
}

static struct name take_apart(struct arena *mem, const char *name)
{
	struct name n = cut_words(mem, fold(mem, spell_and(mem, name)));

	n.form = "";
	drop_ands(&n);
	join_letters(&n);
	rewrite(&n);
	cut_tail(&n);
	drop_forms(&n);
	return n;
}

const char *company_name_key(struct arena *mem, const char *name)
{
	struct name n;
	struct buf key;

	if (strlen(name) > LONGEST)
		return fold(mem, name);
	n = take_apart(mem, name);
	buf_init(&key, mem);
	for (size_t i = 0; i < n.count; i++) {
		if (i)
			buf_addn(&key, " ", 1);
		buf_add(&key, n.words[i]);
	}
	return key.len ? key.s : fold(mem, name);
}

/* "rossi mario e c snc di rossi mario e figli": what follows the form and
 * "di" are the partners' names. */
static bool tells_partners(const struct name *n)
{
	static const char *const of[] = { "di", "dei", "del", "d" };

	return n->core < n->count && IN(n->words[n->core], of);
}

static struct name nothing_but(struct arena *mem, const char *name)
{
	struct name n = cut_words(mem, fold(mem, name));

	n.form = "";
	n.core = n.count;
	return n;
}

void company_name_cut(struct arena *mem, const char *name, struct company_name *cut)
{
	char *shortened = memcpy(arena_alloc(mem, LONGEST + 1), name, strnlen(name, LONGEST));
	struct name n = take_apart(mem, shortened);

	if (!n.count)
		n = nothing_but(mem, shortened);
	*cut = (struct company_name){ .form = n.form };
	if (!tells_partners(&n))
		n.core = n.count;
	for (size_t i = 0; i < n.count && cut->n < COMPANY_WORDS; i++) {
		if (i > 0 && !strcmp(n.words[i], "c"))
			cut->has_partners = true;
		else
			cut->word[cut->n++] = n.words[i];
		if (i + 1 == n.core)
			cut->core = cut->n;
	}
	if (!cut->core)
		cut->core = cut->n;
}

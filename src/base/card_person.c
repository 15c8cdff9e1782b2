/* A person's name, cut into first and last. */
#include "base/card_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"

/* Folded, in order. */
/* clang-format off */
static const char *const first_names[] = {
	"adele", "adriana", "adriano", "agata", "agnese", "agostino", "alberto", "aldo",
	"alessandra", "alessandro", "alessia", "alessio", "alex", "alfio", "alfonso", "alfredo",
	"alice", "amedeo", "andrea", "angela", "angelica", "angelo", "anita", "anna", "annalisa",
	"annamaria", "antonella", "antonello", "antonia", "antonietta", "antonino", "antonio",
	"arianna", "armando", "arturo", "asia", "attilio", "aurora", "barbara", "beatrice",
	"benedetta", "benedetto", "bianca", "bruno", "camilla", "carla", "carlo", "carlotta",
	"carmela", "carmelo", "carmen", "carmine", "carolina", "caterina", "cecilia", "cesare",
	"chiara", "christian", "cinzia", "ciro", "claudia", "claudio", "concetta", "corrado",
	"cosimo", "cristian", "cristiana", "cristiano", "cristina", "daniela", "daniele",
	"dario", "davide", "debora", "deborah", "denis", "diego", "dino", "domenica", "domenico",
	"donatella", "donato", "edoardo", "elena", "eleonora", "elia", "elio", "elisa",
	"elisabetta", "emanuela", "emanuele", "emilia", "emilio", "emma", "enrica", "enrico",
	"enzo", "erica", "erika", "ermanno", "ernesto", "ettore", "eugenio", "eva", "fabio",
	"fabiola", "fabrizio", "fausto", "federica", "federico", "felice", "ferdinando",
	"fernando", "filippo", "fiorenzo", "flavia", "flavio", "franca", "francesca",
	"francesco", "franco", "fulvio", "gabriele", "gabriella", "gaetano", "gennaro",
	"gerardo", "giacomo", "giada", "gian", "giancarlo", "gianfranco", "gianluca",
	"gianluigi", "gianmarco", "gianmaria", "gianna", "gianni", "gianpaolo", "gianpiero",
	"ginevra", "gino", "giorgia", "giorgio", "giovanna", "giovanni", "giulia", "giuliana",
	"giuliano", "giulio", "giuseppe", "giuseppina", "grazia", "graziano", "greta", "guido",
	"hans", "ida", "ignazio", "ilaria", "irene", "isabella", "ivan", "ivano", "ivo",
	"jacopo", "jennifer", "john", "jurgen", "katia", "laura", "leonardo", "letizia", "lidia",
	"liliana", "linda", "lisa", "livio", "loredana", "lorella", "lorena", "lorenza",
	"lorenzo", "luca", "lucia", "luciana", "luciano", "ludovica", "luigi", "luigia", "luisa",
	"maddalena", "manuel", "manuela", "mara", "marcella", "marcello", "marco", "margherita",
	"maria", "marianna", "mariano", "marina", "mario", "marisa", "marta", "martin",
	"martina", "massimiliano", "massimo", "matilde", "matteo", "mattia", "maura", "maurizio",
	"mauro", "michael", "michela", "michele", "mirella", "miriam", "mirko", "monica",
	"nadia", "natale", "nicola", "nicole", "nicoletta", "nicolo", "noemi", "olga", "orazio",
	"oreste", "ornella", "oscar", "osvaldo", "paola", "paolo", "pasquale", "patrizia",
	"patrizio", "peter", "pierluigi", "piero", "pierpaolo", "pietro", "raffaele",
	"raffaella", "rebecca", "remo", "renata", "renato", "renzo", "riccardo", "rita",
	"roberta", "roberto", "rocco", "romano", "romina", "rosa", "rosanna", "rosaria",
	"rosario", "rossella", "ruggero", "sabrina", "salvatore", "samuele", "sandra", "sandro",
	"sara", "saverio", "sebastiano", "serena", "sergio", "silvana", "silvano", "silvia",
	"silvio", "simona", "simone", "sofia", "sonia", "stefania", "stefano", "susanna",
	"tania", "tatiana", "teresa", "thomas", "tiziana", "tiziano", "tommaso", "ugo",
	"umberto", "valentina", "valentino", "valeria", "valerio", "vanessa", "vera", "veronica",
	"vincenza", "vincenzo", "virginia", "vito", "vittoria", "vittorio", "viviana", "walter",
};
/* clang-format on */

/* The longer before those they begin with. */
/* clang-format off */
static const char *const honorifics[] = { "dott.ssa", "dottssa", "dottoressa", "dottore", "dott", "dr.ssa",
	"dr", "ingegnere", "ing", "geometra", "geom", "architetto", "arch", "avvocato", "avv",
	"ragioniere", "rag", "prof.ssa", "professore", "prof", "signora", "signor", "sig.ra",
	"sig.na", "sigra", "sig", "cavaliere", "cav", "comm", "per.ind", "p.i", "perito", "mrs", "mr",
	"ms", "miss", "gent.mo", "gent.ma", "egr", "spett.le" };
/* clang-format on */

static const char particles[] =
	" de di del della dello dei degli delle dal dalla da d dall lo la li le van "
	"von der den ten zu el al dos das mac mc san ";

static int by_name(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

bool card_is_first_name(const char *folded)
{
	return bsearch(folded, first_names, sizeof(first_names) / sizeof(*first_names),
		       sizeof(*first_names), by_name) != NULL;
}

size_t card_honorific(const char *s)
{
	for (size_t i = 0; i < sizeof(honorifics) / sizeof(*honorifics); i++) {
		size_t n = strlen(honorifics[i]);

		if (strncasecmp(s, honorifics[i], n))
			continue;
		if (s[n] == '.')
			return n + 1 + strspn(s + n + 1, " ");
		if (s[n] == ' ')
			return n + strspn(s + n, " ");
		if (!s[n])
			return n;
	}
	return 0;
}

const char *card_profession(struct arena *mem, const char *s)
{
	static const char *const polite[] = { "sig", "mr", "ms", "miss", "egr", "gent", "spett" };
	size_t n = card_honorific(s);

	for (size_t i = 0; i < sizeof(polite) / sizeof(*polite); i++)
		if (!strncasecmp(s, polite[i], strlen(polite[i])))
			return "";
	while (n && s[n - 1] == ' ')
		n--;
	return memcpy(arena_alloc(mem, n + 1), s, n);
}

static bool is_upper_at(const char *s)
{
	unsigned char c = (unsigned char)*s, next = (unsigned char)s[c == 0xc3];

	return (c >= 'A' && c <= 'Z') ||
	       (c == 0xc3 && next >= 0x80 && next <= 0x9e && next != 0x97);
}

static bool is_lower_at(const char *s)
{
	unsigned char c = (unsigned char)*s, next = (unsigned char)s[c == 0xc3];

	return (c >= 'a' && c <= 'z') ||
	       (c == 0xc3 && next >= 0xa0 && next <= 0xbe && next != 0xb7);
}

static bool has_lower(const char *s)
{
	for (; *s; s++)
		if (is_lower_at(s))
			return true;
	return false;
}

static bool has_upper(const char *s)
{
	for (; *s; s++)
		if (is_upper_at(s))
			return true;
	return false;
}

/* "ROSSI" and "rossi" are Rossi, "D'AMICO" is D'Amico; McCoy stays. */
static const char *in_case(struct arena *mem, const char *word)
{
	char *out = arena_dup(mem, word);
	bool first = true;

	if (has_lower(word) && has_upper(word))
		return out;
	for (char *s = out; *s; s++) {
		char *letter = *s == '\xc3' ? s + 1 : s;

		if (first && is_lower_at(s))
			*letter = (char)(*letter ^ 0x20);
		else if (!first && is_upper_at(s))
			*letter = (char)(*letter ^ 0x20);
		first = *s == '\'' || *s == '-' || (first && !is_upper_at(s));
		if (letter > s && *letter)
			s = letter;
	}
	return out;
}

enum { WORDS = 8 };

struct person {
	struct arena *mem;
	const char *words[WORDS];
	const char *folded[WORDS];
	size_t count;
};

static void cut_words(struct person *p, const char *s)
{
	while (*s && p->count < WORDS) {
		size_t n = strcspn(s, " \t"), title = card_honorific(s);
		char *word;

		if (title) {
			s += title;
			continue;
		}
		if (n) {
			word = memcpy(arena_alloc(p->mem, n + 1), s, n);
			p->words[p->count] = word;
			p->folded[p->count++] = fold(p->mem, word);
		}
		s += n + (s[n] != '\0');
	}
}

static bool is_particle(const char *folded)
{
	char wanted[16] = " ";
	size_t n = strlen(folded);

	if (!n || n > sizeof(wanted) - 3)
		return false;
	memcpy(wanted + 1, folded, n);
	memcpy(wanted + 1 + n, " ", 2);
	return strstr(particles, wanted) != NULL;
}

/* How many first names stand from the one at, before the one end. */
static size_t first_names_at(const struct person *p, size_t at, size_t end)
{
	size_t n = at;

	while (n < end && card_is_first_name(p->folded[n]))
		n++;
	return n - at;
}

/* Where the last name begins; 0 when it comes first, and then *end is where
 * it ends. */
static size_t last_name_begins(const struct person *p, size_t *end)
{
	size_t first = first_names_at(p, 0, p->count - 1), last = p->count;
	bool lower = has_lower(p->words[0]);

	*end = p->count;
	if (first)
		return first;
	while (last > 1 && card_is_first_name(p->folded[last - 1]))
		last--;
	if (last < p->count)
		return *end = last, 0;
	/* "ROSSI Gualtiero": capitals are the last name. */
	for (last = 0; last < p->count && !lower && !has_lower(p->words[last]); last++)
		;
	if (last && last < p->count)
		return *end = last, 0;
	if (is_particle(p->folded[0]) && p->count > 2)
		return *end = p->count - 1, 0;
	return 1;
}

static const char *join(const struct person *p, size_t from, size_t end)
{
	struct buf b;

	buf_init(&b, p->mem);
	for (size_t i = from; i < end; i++) {
		if (i > from)
			buf_add(&b, " ");
		/* "Mario de Luca" may be how the family writes it. */
		if (is_particle(p->folded[i]) && i + 1 < end && has_upper(p->words[i + 1]) &&
			has_lower(p->words[i]))
			buf_add(&b, p->words[i]);
		else
			buf_add(&b, in_case(p->mem, p->words[i]));
	}
	return b.s;
}

void card_split_person(struct arena *mem, const char *name, struct card *card)
{
	struct person p = { .mem = mem };
	size_t from, end;

	cut_words(&p, name);
	if (!p.count)
		return;
	if (p.count == 1) {
		if (card_is_first_name(p.folded[0]))
			card->first_name = join(&p, 0, 1);
		else
			card->last_name = join(&p, 0, 1);
		return;
	}
	from = last_name_begins(&p, &end);
	card->last_name = join(&p, from, end);
	card->first_name = from ? join(&p, 0, from) : join(&p, end, p.count);
}

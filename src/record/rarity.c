/* How many firms bear a word: what was counted here, and what is known of
 * firms anywhere. */
#include <string.h>

#include "base/arena.h"
#include "record/alike.h"

/* Words of ten thousand Italian firms' names, about so many times each. */
static const struct {
	const char *word;
	unsigned short firms;
} common[] = {
	{ "costruzioni", 500 },
	{ "impianti", 350 },
	{ "fratelli", 250 },
	{ "impresa", 250 },
	{ "servizi", 250 },
	{ "edil", 200 },
	{ "edile", 150 },
	{ "edilizia", 120 },
	{ "di", 600 },
	{ "de", 150 },
	{ "la", 200 },
	{ "il", 150 },
	{ "figli", 200 },
	{ "studio", 250 },
	{ "associazione", 250 },
	{ "azienda", 150 },
	{ "agricola", 150 },
	{ "consorzio", 150 },
	{ "immobiliare", 150 },
	{ "officina", 120 },
	{ "group", 120 },
	{ "gruppo", 100 },
	{ "italia", 200 },
	{ "italiana", 100 },
	{ "generali", 100 },
	{ "centro", 150 },
	{ "termoidraulica", 80 },
	{ "elettrica", 60 },
	{ "elettrici", 60 },
	{ "meccanica", 100 },
	{ "meccaniche", 80 },
	{ "tecnologie", 80 },
	{ "sistemi", 100 },
	{ "system", 60 },
	{ "service", 100 },
	{ "tecno", 60 },
	{ "autotrasporti", 80 },
	{ "trasporti", 100 },
	{ "ristorante", 100 },
	{ "hotel", 100 },
	{ "bar", 100 },
	{ "farmacia", 80 },
	{ "arredamenti", 60 },
	{ "alimentari", 60 },
	{ "commerciale", 60 },
	{ "industria", 60 },
	{ "industrie", 60 },
	{ "lavori", 60 },
	{ "stradali", 50 },
	{ "verde", 40 },
	{ "dei", 150 },
	{ "del", 150 },
	{ "della", 150 },
	{ "per", 80 },
	{ "societa", 150 },
	{ "consulenza", 50 },
	{ "consulting", 60 },
	{ "progetti", 40 },
	{ "design", 50 },
	{ "international", 60 },
	{ "comune", 80 },
	{ "istituto", 60 },
	{ "ing", 60 },
	{ "geom", 50 },
	{ "arch", 40 },
	{ "dott", 50 },
	{ "avv", 30 },
	{ "rossi", 40 },
	{ "ferrari", 30 },
	{ "bianchi", 25 },
	{ "russo", 25 },
	{ "mario", 60 },
	{ "giuseppe", 80 },
	{ "giovanni", 70 },
	{ "marco", 50 },
	{ "luigi", 60 },
	{ "antonio", 60 },
	{ "paolo", 50 },
	{ "san", 80 },
	{ "santa", 40 },
	{ "roma", 50 },
	{ "milano", 60 },
};

size_t rarity_before(const char *word)
{
	for (size_t i = 0; i < COUNT(common); i++)
		if (!strcmp(common[i].word, word))
			return common[i].firms;
	return 0;
}

struct counted {
	struct ctx *cx;
	const struct entity *of;
};

/* A word that is not among those counted is rare; one that cannot be asked for
 * is taken for it, since a score is no reason to fail. */
static size_t count_of(const void *arg, const char *word)
{
	const struct counted *c = arg;
	int64_t n = 0;

	if (!db_int(c->cx, &n, 0,
		    "select n from twin_word where ws = $1 and entity = $2 and word = $3",
		    ARGS(v_int(c->cx->ws), v_text(c->of->name), v_text(word))))
		return 0;
	return (size_t)n + rarity_before(word);
}

void rarity_of(struct ctx *cx, const struct entity *of, struct word_counts *counts)
{
	struct counted *c = arena_alloc(cx->mem, sizeof(*c));
	int64_t names = 0;

	*c = (struct counted){ cx, of };
	/* all names are counted under no word */
	(void)db_int(cx, &names, 0,
		"select n from twin_word where ws = $1 and entity = $2 and word = ''",
		ARGS(v_int(cx->ws), v_text(of->name)));
	*counts = (struct word_counts){ count_of, c, (size_t)names + RARITY_NAMES };
}

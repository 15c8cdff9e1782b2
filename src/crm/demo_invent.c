/* People, firms, addresses and numbers that could be real, and are not. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/demo_parts.h"
#include "crm/entities.h"

/* splitmix64: the same firm every time. */
int demo_random(struct demo *d, int below)
{
	uint64_t z = d->seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return below > 0 ? (int)(z % (uint64_t)below) : 0;
}

const char *demo_say(const struct demo *d, const char *it)
{
	const char *en = d->cx->lang == LANG_EN ? demo_english(it) : NULL;

	return en ? en : it;
}

const char *demo_pick(struct demo *d, const struct demo_list *list)
{
	return demo_say(d, list->text[demo_random(d, (int)list->n)]);
}

/* "Caffè D'Amico srl" -> "caffedamico" */
static const char *slug(struct demo *d, const char *name)
{
	char *s = fold(d->cx->mem, name), *to = s;

	for (const char *p = s; *p; p++)
		if (isalnum((unsigned char)*p))
			*to++ = *p;
	*to = '\0';
	return s;
}

static void set_if(struct record *rec, const char *field, const char *s)
{
	if (entity_find(rec->of, field) >= 0)
		record_set_text(rec, field, s);
}

void demo_person(struct demo *d, struct record *rec)
{
	bool is_woman = demo_random(d, 2);

	record_set_text(rec, "first_name", demo_pick(d, is_woman ? &demo_women : &demo_men));
	record_set_text(rec, "last_name", demo_pick(d, &demo_families));
	if (!demo_random(d, 4))
		set_if(rec, "salutation", is_woman ? "Dott.ssa" : "Ing.");
	record_set_text(rec, "mobile",
		textf(d->cx, "3%d%d 555 %04d", 2 + demo_random(d, 7), demo_random(d, 10),
			demo_random(d, 10000)));
}

static const char *fill_pattern(struct demo *d, const char *pattern, const char *what)
{
	const char *mark = strchr(pattern, '%');

	return textf(d->cx, "%.*s%s%s", (int)(mark - pattern), pattern, what, mark + 1);
}

static bool is_taken(const struct demo *d, const char *name)
{
	for (size_t i = 0; i < d->name_n; i++)
		if (!strcmp(d->names[i], name))
			return true;
	return false;
}

const char *demo_company_name(struct demo *d, const struct demo_sector **sector)
{
	const char *name, *core;
	int patterns = 0;

	*sector = &demo_sectors[demo_random(d, (int)demo_sector_n)];
	while ((*sector)->patterns[patterns])
		patterns++;
	do {
		const char *pattern = (*sector)->patterns[demo_random(d, patterns)];
		bool place = *pattern != '%' && demo_random(d, 3) == 0;

		core = fill_pattern(
			d, pattern, demo_pick(d, place ? &demo_places : &demo_families));
	} while (is_taken(d, core));
	d->names[d->name_n++] = arena_dup(d->mem, core);
	name = textf(d->cx, "%s %s", core, demo_pick(d, &demo_forms));
	return name;
}

/* Seven digits, the office, and the digit that makes it pass. */
static const char *vat_number(struct demo *d)
{
	char code[12];
	int sum = 0;

	snprintf(code, sizeof(code), "0%06d%03d", demo_random(d, 1000000), 1 + demo_random(d, 100));
	for (int i = 0; i < 10; i++) {
		int digit = (code[i] - '0') * (i % 2 ? 2 : 1);

		sum += digit > 9 ? digit - 9 : digit;
	}
	code[10] = (char)('0' + (10 - sum % 10) % 10);
	code[11] = '\0';
	return arena_dup(d->cx->mem, code);
}

static const struct demo_city *live_somewhere(struct demo *d, struct record *rec)
{
	/* half of them within the firm's own reach, the north */
	int near = demo_random(d, 2) ? 33 : (int)demo_city_n;
	const struct demo_city *city = &demo_cities[demo_random(d, near)];

	record_set_text(rec, "street",
		textf(d->cx, "%s %d", demo_pick(d, &demo_streets), 1 + demo_random(d, 120)));
	record_set_text(rec, "postal_code", city->postal_code);
	record_set_text(rec, "city", city->name);
	record_set_text(rec, "province", city->province);
	record_set_text(rec, "region", city->region);
	record_set_text(rec, "country", demo_say(d, "Italia"));
	return city;
}

static const char *e_mail(struct demo *d, const struct record *rec, const char *domain)
{
	if (entity_find(rec->of, "first_name") < 0 || demo_random(d, 4) == 0)
		return textf(d->cx, "info@%s.example", domain);
	return textf(d->cx, "%s.%s@%s.example", slug(d, record_text(rec, "first_name")),
		slug(d, record_text(rec, "last_name")), domain);
}

void demo_firm(
	struct demo *d, struct record *rec, const char *name, const struct demo_sector *sector)
{
	const struct demo_city *city = live_somewhere(d, rec);
	int employees = 3 + demo_random(d, 12) * demo_random(d, 12);
	const char *domain = slug(d, d->names[d->name_n - 1]);

	set_if(rec, entity_is(rec->of, &company_entity) ? "name" : "company_name", name);
	set_if(rec, "sector", demo_say(d, sector->name));
	record_set_text(
		rec, "phone", textf(d->cx, "%s 555%04d", city->area_code, demo_random(d, 10000)));
	record_set_text(rec, "email", e_mail(d, rec, domain));
	set_if(rec, "website", textf(d->cx, "www.%s.example", domain));
	set_if(rec, "vat_number", vat_number(d));
	if (demo_random(d, 3) == 0)
		set_if(rec, "pec", textf(d->cx, "%s@pec.example", domain));
	record_set(rec, "employees", v_int(employees));
	record_set(rec, "turnover",
		v_int(INT64_C(100000) * 100 * employees +
			INT64_C(50000) * 100 * demo_random(d, 20)));
}

void demo_private(struct demo *d, struct record *rec)
{
	live_somewhere(d, rec);
	record_set_text(rec, "email",
		textf(d->cx, "%s.%s%d@posta.example", slug(d, record_text(rec, "first_name")),
			slug(d, record_text(rec, "last_name")), 60 + demo_random(d, 40)));
}

int64_t demo_amount(struct demo *d)
{
	return (5 + demo_random(d, 20) * (1 + demo_random(d, 8))) * INT64_C(500) * 100;
}

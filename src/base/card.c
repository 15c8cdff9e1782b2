/* A pasted card or signature: first what has a shape, then what is said. */
#include "base/card.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/card_parts.h"
#include "base/fold.h"

/* A text longer than any card is left as it is. */
enum { LONGEST = 8 * 1024, PIECE_WORDS = 24 };

enum kind { KIND_OPEN, KIND_PERSON, KIND_COMPANY, KIND_TITLE, KIND_OTHER };

/* What stands between two commas, or on a line. */
struct piece {
	const char *text;
	const char *folded;
	size_t line;
	enum kind kind;
};

struct reading {
	struct arena *mem;
	struct card *card;
	struct piece *pieces;
	size_t count, room;
	const char *domain; /* of the mail, folded: "rossi" of m.rossi@rossi.it */
	const char *local;  /* its other half: "m rossi" */
};

static bool has_job(const char *folded)
{
	return card_has_any(card_job_words, folded) || card_has_any(card_job_phrases, folded);
}

static bool has_form(const char *folded)
{
	return card_has_any(card_forms, folded) || card_has_any(card_form_phrases, folded);
}

/* Everything folded, without blanks: "Rossi Impianti" is rossiimpianti. */
static char *squeezed(struct arena *mem, const char *folded)
{
	char *out = arena_dup(mem, folded), *to = out;

	for (const char *s = out; *s; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = '\0';
	return out;
}

static bool is_person_like(const char *text)
{
	size_t words = 0;

	text += card_honorific(text);
	if (!*text || strpbrk(text, "0123456789@/:!?&+()\""))
		return false;
	while (*text) {
		words++;
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	return words >= 1 && words <= 5;
}

/* First names count most, then what the mail address says. */
static int person_score(const struct reading *r, const struct piece *p)
{
	int known = 0, words = 0;
	const char *text = p->text + card_honorific(p->text);
	const char *folded = fold(r->mem, text);

	if (!is_person_like(p->text))
		return 0;
	for (const char *word = folded; *word; word = card_next_word(word), words++) {
		size_t n = strcspn(word, " ");
		char *one = memcpy(arena_alloc(r->mem, n + 1), word, n);

		if (card_is_first_name(one))
			known = 4;
		else if (n > 2 && strstr(r->local, one) && known < 2)
			known += 2;
	}
	if (words < 2)
		return known == 4 || p->text != text ? 2 : 0;
	return 1 + known + (p->text != text ? 4 : 0);
}

static bool matches_domain(const struct reading *r, const struct piece *p)
{
	const char *whole = squeezed(r->mem, p->folded);
	size_t n = strlen(r->domain);

	if (n < 3 || strlen(whole) < 3)
		return false;
	return !strcmp(whole, r->domain) || (n > 3 && strstr(whole, r->domain)) ||
	       (strlen(whole) > 3 && strstr(r->domain, whole));
}

/* The words of a piece, each with its folded form. */
struct words {
	const char *at[PIECE_WORDS];
	const char *folded[PIECE_WORDS];
	size_t count;
};

static struct words words_of(struct arena *mem, const char *text)
{
	struct words w = { .count = 0 };

	while (*text && w.count < PIECE_WORDS) {
		size_t n = strcspn(text, " ");

		w.at[w.count] = text;
		w.folded[w.count++] = fold(mem, memcpy(arena_alloc(mem, n + 1), text, n));
		text += n + strspn(text + n, " ");
	}
	return w;
}

static const char *trimmed(struct arena *mem, const char *from, const char *end)
{
	char *out;

	while (from < end && strchr(" \t\r-:|*<>.,;\"", *from))
		from++;
	while (end > from && strchr(" \t\r-:|*<>,;\"", end[-1]))
		end--;
	out = arena_alloc(mem, (size_t)(end - from) + 1);
	return memcpy(out, from, (size_t)(end - from));
}

static void add_piece(struct reading *r, const char *from, const char *end, size_t line)
{
	const char *text = trimmed(r->mem, from, end);
	struct piece p = { .text = text, .folded = fold(r->mem, text), .line = line };

	if (!*p.folded)
		return;
	if (r->count == r->room) {
		struct piece *more = arena_alloc(r->mem, (r->room * 2 + 16) * sizeof(*more));

		if (r->count)
			memcpy(more, r->pieces, r->count * sizeof(*more));
		r->pieces = more;
		r->room = r->room * 2 + 16;
	}
	r->pieces[r->count++] = p;
}

static bool is_joined_company(const struct words *w, size_t at)
{
	for (size_t i = at; i < w->count; i++)
		if (has_form(w->folded[i]))
			return true;
	return false;
}

/* Where the job's words end, in a piece where they begin at from, and whether
 * a word such as "presso" stands there. */
static size_t job_end(const struct words *w, size_t from, bool *connector)
{
	bool company = is_joined_company(w, from);

	*connector = false;
	for (size_t i = from + 1; i < w->count; i++) {
		const char *f = w->folded[i];
		bool of = !strcmp(f, "di") || !strcmp(f, "of") || !strcmp(f, "della");

		*connector = card_in_list(",presso,at,", f, strlen(f)) || *w->at[i] == '@' ||
			     !strncasecmp(w->at[i], "c/o", 3) ||
			     (of && company && i + 1 < w->count && !has_job(w->folded[i + 1]) &&
				     !card_in_list(card_job_fillers, w->folded[i + 1],
					     strlen(w->folded[i + 1])));
		if (*connector)
			return i;
		if (company && !has_job(f) && !card_in_list(card_job_fillers, f, strlen(f)))
			return i;
	}
	return w->count;
}

/* "Mario Rossi titolare Rossi Impianti srl" is three pieces without a comma. */
static void add_around_job(struct reading *r, const struct words *w, const char *end, size_t line)
{
	size_t job = 0, stop;
	bool connector;

	while (job < w->count && !has_job(w->folded[job]))
		job++;
	if (job == w->count || job == 1 ||
		(job && is_joined_company(w, 0) && has_form(w->folded[0]))) {
		add_piece(r, w->at[0], end, line);
		return;
	}
	if (job)
		add_piece(r, w->at[0], w->at[job], line);
	stop = job_end(w, job, &connector);
	add_piece(r, w->at[job], stop < w->count ? w->at[stop] : end, line);
	stop += connector;
	if (stop < w->count)
		add_piece(r, w->at[stop], end, line);
}

/* "Mario Rossi Rossi Impianti srl": a first name, a last name and then enough
 * words for a firm. */
static bool begins_with_person(const struct words *w)
{
	return w->count >= 5 && card_is_first_name(w->folded[0]) && is_joined_company(w, 3) &&
	       !has_form(w->folded[1]) && !has_form(w->folded[2]) && *w->folded[2] &&
	       !card_in_list(",e,di,figli,f,and,", w->folded[2], strlen(w->folded[2]));
}

static void add_words(struct reading *r, const char *from, const char *end, size_t line)
{
	const char *text = trimmed(r->mem, from, end);
	struct words w = words_of(r->mem, text);

	if (!w.count)
		return;
	end = text + strlen(text);
	if (begins_with_person(&w) && !has_job(fold(r->mem, text))) {
		add_piece(r, text, w.at[2], line);
		add_piece(r, w.at[2], end, line);
	} else {
		add_around_job(r, &w, end, line);
	}
}

/* What parts two pieces of a line, in bytes; 0 for nothing. */
static size_t joint_at(const char *s)
{
	static const char *const joints[] = { ",", ";", "|", "\t", "\x1f", " - ", " \xe2\x80\x93 ",
		" \xe2\x80\x94 ", "\xe2\x80\xa2", "\xc2\xb7", " / ", " // " };

	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
		if (!strncmp(s, joints[i], strlen(joints[i])))
			return strlen(joints[i]);
	return 0;
}

static void cut_pieces(struct reading *r, const char *text)
{
	const char *from = text;
	size_t line = 0;

	for (const char *s = text;; s++) {
		size_t joint = *s ? joint_at(s) : 0;

		if (*s && *s != '\n' && !joint)
			continue;
		add_words(r, from, s, line);
		if (!*s)
			return;
		line += *s == '\n';
		from = s + (joint ? joint : 1);
		s = from - 1;
	}
}

static enum kind kind_of(const struct reading *r, const struct piece *p)
{
	bool knows_name = person_score(r, p) > 3;

	if (card_begins_with(card_small_talk, p->folded))
		return KIND_OTHER;
	if (has_form(p->folded))
		return KIND_COMPANY;
	if (card_begins_with(card_address_starts, p->folded))
		return KIND_OTHER;
	if (knows_name && !has_job(p->folded + strcspn(p->folded, " ")))
		return KIND_OPEN;
	if (card_begins_with(card_company_starts, p->folded) ||
		(matches_domain(r, p) && !has_job(p->folded)))
		return KIND_COMPANY;
	if (has_job(p->folded))
		return KIND_TITLE;
	/* "20121 Milano", or what is left of a number. */
	return p->folded[strspn(p->folded, "0123456789 ")] && strspn(p->folded, "0123456789") < 4
		       ? KIND_OPEN
		       : KIND_OTHER;
}

/* The first of a kind is taken; more of it is left in the rest. */
static const char *take_first(struct reading *r, enum kind kind)
{
	const char *found = "";

	for (size_t i = 0; i < r->count; i++) {
		if (r->pieces[i].kind != kind)
			continue;
		if (*found)
			r->pieces[i].kind = KIND_OTHER;
		else
			found = r->pieces[i].text;
	}
	return found;
}

static void choose_person(struct reading *r)
{
	struct piece *best = NULL;
	int score = 0;

	for (size_t i = 0; i < r->count; i++) {
		struct piece *p = &r->pieces[i];

		if (p->kind == KIND_OPEN && person_score(r, p) > score) {
			score = person_score(r, p);
			best = p;
		}
	}
	if (!best)
		return;
	best->kind = KIND_PERSON;
	card_split_person(r->mem, best->text, r->card);
	if (!*r->card->job_title)
		r->card->job_title = card_profession(r->mem, best->text);
}

/* "mario.rossi@" names a person when nothing else does. */
static void person_from_mail(struct reading *r)
{
	const char *local = r->local;
	size_t n = strcspn(local, " ");
	char *first = memcpy(arena_alloc(r->mem, n + 1), local, n);

	if (!*r->card->first_name && !*r->card->last_name && card_is_first_name(first) &&
		local[n] && !local[strcspn(local, "0123456789")])
		card_split_person(r->mem, local, r->card);
}

/* What is left and could be a firm's name, nearest after the person first. */
static void choose_company(struct reading *r)
{
	bool after = !*r->card->last_name && !*r->card->first_name;

	for (size_t i = 0; i < r->count && !*r->card->company_name; i++) {
		struct piece *p = &r->pieces[i];

		after |= p->kind == KIND_PERSON;
		if (p->kind != KIND_OPEN || !after || words_of(r->mem, p->text).count > 6 ||
			(i && p[-1].line == p->line &&
				card_begins_with(card_address_starts, p[-1].folded)))
			continue;
		p->kind = KIND_COMPANY;
		r->card->company_name = p->text;
	}
}

static void write_rest(struct reading *r)
{
	struct buf b;
	const struct piece *last = NULL;

	buf_init(&b, r->mem);
	for (size_t i = 0; i < r->count; i++) {
		const struct piece *p = &r->pieces[i];

		if (p->kind != KIND_OPEN && p->kind != KIND_OTHER)
			continue;
		if (last)
			buf_add(&b, last->line == p->line ? ", " : "\n");
		buf_add(&b, p->text);
		last = p;
	}
	r->card->rest = b.s;
}

static void read_mail(struct reading *r)
{
	const char *mail = r->card->email, *at = strchr(mail, '@'), *end;
	struct buf local, domain;

	buf_init(&local, r->mem);
	buf_init(&domain, r->mem);
	if (at) {
		buf_addn(&local, mail, (size_t)(at - mail));
		/* The label before the top level: "rossi" of mail.rossi.it. */
		end = strrchr(at, '.');
		for (at = end; at[-1] != '.' && at[-1] != '@';)
			at--;
		buf_addn(&domain, at, (size_t)(end - at));
	}
	r->local = fold(r->mem, local.s);
	r->domain = squeezed(r->mem, fold(r->mem, domain.s));
	if (card_in_list(card_free_mail, r->domain, strlen(r->domain)))
		r->domain = "";
}

void card_read(struct arena *mem, const char *text, struct card *card)
{
	char *copy = arena_dup(mem, text);
	struct reading r = { .mem = mem, .card = card };

	*card = (struct card){ "", "", "", "", "", "", "", "", "", .rest = copy };
	if (strlen(text) > LONGEST)
		return;
	card_take_email(mem, copy, card);
	card_take_website(mem, copy, card);
	card_take_vat_number(mem, copy, card);
	card_take_phones(mem, copy, card);
	read_mail(&r);
	cut_pieces(&r, copy);
	for (size_t i = 0; i < r.count; i++)
		r.pieces[i].kind = kind_of(&r, &r.pieces[i]);
	card->company_name = take_first(&r, KIND_COMPANY);
	card->job_title = take_first(&r, KIND_TITLE);
	choose_person(&r);
	person_from_mail(&r);
	choose_company(&r);
	write_rest(&r);
}

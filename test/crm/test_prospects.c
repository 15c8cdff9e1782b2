/* Prospecting lists (S5.37 to S5.45): nothing half done, all of it undone. */
#include <stdio.h>

#include "../fetch/listener.h"
#include "../record/bring.h"
#include "../table/workbook.h"
#include "crm/campaign.h"
#include "crm/prospect.h"
#include "steps.h"

struct sheet {
	struct desk *d;
	struct record *list, *row;
	json_t *set, *add, *ids;
	int64_t campaign;
	struct prospect_feed feed;
};

static json_t *json(struct desk *d, const char *text)
{
	json_t *tree = json_loads(text, 0, NULL);

	assert_non_null(tree);
	arena_defer(d->o->mem, (void (*)(void *))json_decref, tree);
	return tree;
}

static struct record *a_row(struct desk *d, const struct record *list, const char *company)
{
	return make(d, &prospect_entity, "list_id", textf(&d->cx, "%lld", (long long)list->id),
		"company_name", company, "phone", "02 1234567", NULL);
}

static struct sheet a_sheet(struct desk *d)
{
	struct sheet s = { .d = d };

	s.list = make(d, &prospect_list_entity, "name", "Fiera", NULL);
	s.row = a_row(d, s.list, "Rossi srl");
	s.set = json(d, textf(&d->cx, "[{\"id\":%lld,\"key\":\"city\",\"value\":\"Torino\"}]",
				(long long)s.row->id));
	s.add = json(d, "[{\"values\":{\"company_name\":\"Bianchi\",\"email\":\"a@b.it\"}}]");
	s.campaign = make(d, &campaign_entity, "name", "Novità", NULL)->id;
	make(d, &touch_entity, "campaign_id", textf(&d->cx, "%lld", (long long)s.campaign), "kind",
		"sent", "at", "1", "prospect_id", textf(&d->cx, "%lld", (long long)s.row->id),
		NULL);
	s.ids = json(d, textf(&d->cx, "[%lld]", (long long)s.row->id));
	return s;
}

static bool sets(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct prospect_edit edit = {
		.list_id = s->list->id, .set = s->set, .add = s->add, .after = s->row->id
	};
	struct json_out j;

	json_init(&j, cx->mem);
	return prospect_cells(cx, &j, &edit);
}

static bool moves(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct json_out j;

	json_init(&j, cx->mem);
	return prospect_move(cx, &j, s->list->id, s->ids, 0);
}

/* S5.5: an answer given on the phone, for which the list has no column */
static bool answers_a_question(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct prospect_edit edit = { .list_id = s->list->id,
		.set = json(s->d, textf(cx, "[{\"id\":%lld,\"key\":\"fax\",\"value\":\"011 5\"}]",
					  (long long)s->row->id)) };
	struct json_out j;

	json_init(&j, cx->mem);
	return prospect_cells(cx, &j, &edit);
}

static bool makes_lead(struct ctx *cx, void *arg)
{
	struct prospect_outcome made;
	struct sheet *s = arg;

	return prospect_lead(cx, s->row->id, 0, &made);
}

static bool calls(struct ctx *cx, void *arg)
{
	const struct prospect_talk talk = { .outcome = "lead", .note = "parlato" };
	struct prospect_outcome made;
	struct sheet *s = arg;

	return prospect_call(cx, s->row->id, &talk, &made);
}

static bool discards(struct ctx *cx, void *arg)
{
	const struct prospect_talk talk = { .outcome = "not_interested", .note = "ha chiuso" };
	struct prospect_outcome made;
	struct sheet *s = arg;

	return prospect_call(cx, s->row->id, &talk, &made);
}

static bool agrees(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct prospect_word word = { .list_id = s->list->id,
		.ids = &s->row->id,
		.n = 1,
		.fields = json(s->d, "{\"how\":\"paper\"}") };
	size_t n;

	return prospect_consent(cx, &word, &n);
}

/* S3.6: with a message that was sent before, which goes along */
static bool answers(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct touch_ask ask = { .prospect_id = s->row->id, .kind = "answered", .note = "" };
	struct touch_made made;

	return campaign_touch(cx, s->campaign, &ask, &made);
}

static bool follows(struct ctx *cx, void *arg)
{
	struct sheet *s = arg;
	struct json_out j;

	json_init(&j, cx->mem);
	return prospect_fetch(cx, &j, &s->feed);
}

/* Each verb, whichever statement fails; and each goes back whole. */
static void a_failure_anywhere_leaves_nothing(void **state)
{
	static bool (*const verbs[])(struct ctx *, void *) = { sets, moves, makes_lead, calls,
		discards, agrees, answers, answers_a_question };
	struct desk *d = *state;

	for (size_t i = 0; i < COUNT(verbs); i++) {
		struct sheet s = a_sheet(d);
		struct record *now;

		fails_anywhere(d, verbs[i], &s);
		undo_last(d);
		now = reload(d, s.row);
		assert_true(record_is(now, "state", "new"));
		assert_false(record_has(now, "city") || record_has(now, "removed_at"));
		assert_false(record_has(now, "cells"));
		assert_int_equal(record_int(now, "position"), record_int(s.row, "position"));
	}
	assert_int_equal(office_count(d->o, "select count(*) from lead where ws = $1"
					    " and removed_at is null"),
		0);
	assert_int_equal(office_count(d->o, "select count(*) from prospect where ws = $1"
					    " and company_name = 'Bianchi' and removed_at is null"),
		0);
}

static bool is_held(struct desk *d, const struct record *row)
{
	return record_int(reload(d, row), "held_by") == d->cx.who->id;
}

/* S5.10: one is let go of and the other taken, or neither; without an operation. */
static void a_hold_passes_on_whole_or_not_at_all(void **state)
{
	struct desk *d = *state, sara = { .o = d->o };
	struct record *list, *one, *two, *held;
	bool ok = false;
	int64_t before;

	office_user(d->o, "sara@prova.it", "admin", 0);
	sara.cx = office_ctx_of(d->o, "sara@prova.it");
	list = make(&sara, &prospect_list_entity, "name", "Fiera", NULL);
	one = a_row(&sara, list, "Rossi srl");
	two = a_row(&sara, list, "Bianchi srl");
	before = office_count(d->o, "select count(*) from op where ws = $1");
	went_well(&sara, prospect_hold(&sara.cx, one->id, true, &held));
	for (int n = 0; !ok; n++) {
		assert_true(is_held(&sara, one) && !is_held(&sara, two));
		db_fail_after(sara.cx.db, n);
		ok = prospect_hold(&sara.cx, two->id, true, &held);
		db_fail_after(sara.cx.db, -1);
		ctx_clear(&sara.cx);
	}
	assert_true(!is_held(&sara, one) && is_held(&sara, two));
	assert_int_equal(office_count(d->o, "select count(*) from op where ws = $1"), before);
}

static const char *const sheets[] = { "Azienda,E-mail,Stand\nRossi srl,r@rossi.it,B1\nVerdi,,B2\n",
	"Azienda,E-mail,Stand\nRossi srl,,B9\nNeri,n@neri.it,B3\n" };

/* S5.44, a published sheet: what is new and changed there comes over. */
static void a_published_sheet_is_followed(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct json_out *j = answer(d);
	struct listener l;
	char at[40];
	json_t *said;

	listener_open(&l, sheets[0]);
	snprintf(at, sizeof(at), "127.0.0.1:%d", l.port);
	s.feed = (struct prospect_feed){ .list_id = s.list->id,
		.url = textf(&d->cx, "http://%s/sheet", at),
		.key = "company_name",
		.allow = at };
	said = told(d, prospect_fetch(&d->cx, j, &s.feed), j);
	assert_int_equal(number(said, "added"), 1);
	assert_int_equal(number(said, "changed"), 1);
	assert_string_equal(text(said, "new_columns.0"), "Stand");
	assert_int_equal(office_count(d->o, "select count(*) from prospect where ws = $1"), 1);
	s.feed.apply = true;
	fails_anywhere(d, follows, &s);
	assert_string_equal(record_text(reload(d, s.row), "email"), "r@rossi.it");
	l.csv = sheets[1];
	j = answer(d);
	said = told(d, prospect_fetch(&d->cx, j, &s.feed), j);
	assert_int_equal(number(said, "added"), 1);
	assert_int_equal(number(said, "gone"), 1);
	assert_string_equal(text(said, "missing.0.title"), "Verdi");
	/* an empty cell there empties none here */
	assert_string_equal(record_text(reload(d, s.row), "email"), "r@rossi.it");
	undo_last(d);
	assert_int_equal(office_count(d->o, "select count(*) from prospect where ws = $1"
					    " and removed_at is null"),
		2);
	listener_close(&l);
}

static void what_is_no_sheet_is_told_so(void **state)
{
	static const struct {
		const char *path, *field;
	} cases[] = { { "/page", "url" }, { "/no", "url" }, { "/round", "url" } };
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct listener l;
	char at[40];

	listener_open(&l, "A\n1\n");
	snprintf(at, sizeof(at), "127.0.0.1:%d", l.port);
	for (size_t i = 0; i < COUNT(cases); i++) {
		s.feed = (struct prospect_feed){ .list_id = s.list->id,
			.url = textf(&d->cx, "http://%s%s", at, cases[i].path),
			.key = "",
			.allow = at };
		was_invalid(d, follows(&d->cx, &s), cases[i].field);
	}
	s.feed.url = "https://127.0.0.1/x";
	was_invalid(d, follows(&d->cx, &s), "url");
	listener_close(&l);
}

/* S5.44: a workbook brings the list, its columns and its rows, and takes all of
 * them away again. */
static void a_workbook_becomes_a_list(void **state)
{
	struct desk *d = *state;
	struct zipped z = xlsx_of(d->o->mem,
		"<row><c t=\"inlineStr\"><is><t>Azienda</t></is></c><c t=\"inlineStr\"><is><t>Stand</t></is>"
		"</c><c t=\"inlineStr\"><is><t>Telefono</t></is></c></row>"
		"<row><c t=\"inlineStr\"><is><t>Rossi srl</t></is></c><c t=\"inlineStr\"><is><t>=A1</t></is>"
		"</c><c t=\"inlineStr\"><is><t>n/d</t></is></c><c t=\"s\"><v>0</v></c></row>");
	const struct import_given given = { .name = "fiera.xlsx", .bytes = z.bytes, .n = z.n };
	struct import_host host = host_of(d->o);
	struct record *row;
	struct import im;
	int64_t id;

	went_well(d, import_create(&d->cx, &prospect_entity, &given, &id));
	went_well(d, import_run(&d->cx, &host, id));
	im = standing(d->o, id);
	assert_string_equal(im.state, "done");
	assert_int_equal(im.counts.created, 1);
	row = nth(d->o, &prospect_entity, 0);
	assert_string_equal(record_text(row, "company_name"), "Rossi srl");
	/* as typed, the filler too; formula text is text */
	assert_string_equal(record_text(row, "phone"), "n/d");
	assert_non_null(strstr(record_text(row, "cells"), "\"=A1\""));
	assert_non_null(strstr(record_text(row, "cells"), "\"uno\""));
	assert_int_equal(
		office_count(d->o, "select count(*) from prospect_column where ws = $1"), 2);
	went_well(d, op_undo(&d->cx, im.op_id, false));
	assert_int_equal(office_count(d->o, "select count(*) from prospect_list where ws = $1"
					    " and removed_at is null"),
		0);
	assert_int_equal(office_count(d->o, "select count(*) from prospect_column where ws = $1"
					    " and removed_at is null"),
		0);
	/* what was undone was not discarded: its keys are gone (C18) */
	assert_int_equal(office_count(d->o, "select count(*) from likeness where ws = $1"
					    " and entity = 'prospect'"),
		0);
}

/* C18 */
static void a_discarded_row_is_known_when_it_comes_again(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct record *again;

	went_well(d, discards(&d->cx, &s));
	again = a_row(d, s.list, "ROSSI S.R.L.");
	assert_int_equal(record_int(again, "flagged_by"), s.row->id);
	undo_last(d);
	again = a_row(d, s.list, "Altri spa");
	assert_true(record_int(again, "flagged_by") == s.row->id); /* by its phone */
}

/* C18, S5.2: a sheet of one firm's many branches asks once who was discarded,
 * not once a row. */
static void many_of_one_name_ask_once(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct prospect_edit edit = { .list_id = s.list->id };
	json_t *add = json(d, "[]");

	went_well(d, discards(&d->cx, &s));
	for (int i = 0; i < 200; i++)
		json_array_append_new(
			add, json_pack("{s:{s:s,s:s}}", "values", "company_name", "Rossi srl",
				     "city", textf(&d->cx, "Via %d", i)));
	edit.add = add;
	db_fail_after(d->cx.db, 100);
	went_well(d, prospect_cells(&d->cx, answer(d), &edit));
	db_fail_after(d->cx.db, -1);
	assert_int_equal(office_count(d->o, textf(&d->cx,
						    "select count(*) from prospect where ws = $1"
						    " and flagged_by = %lld",
						    (long long)s.row->id)),
		200);
}

/* C18: who was discarded is known behind any number of others of his name and
 * switchboard, and no longer when he is taken back. */
static void who_was_discarded_is_known_among_any_number(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct prospect_edit edit = { .list_id = s.list->id };
	json_t *add = json(d, "[]");

	went_well(d, discards(&d->cx, &s));
	for (int i = 0; i < 450; i++)
		json_array_append_new(
			add, json_pack("{s:{s:s,s:s}}", "values", "company_name", "Rossi srl",
				     "city", textf(&d->cx, "Via %d", i)));
	edit.add = add;
	went_well(d, prospect_cells(&d->cx, answer(d), &edit));
	assert_int_equal(record_int(a_row(d, s.list, "Rossi srl"), "flagged_by"), s.row->id);
	went_well(d, op_begin(&d->cx, "record.restore"));
	s.row = reload(d, s.row);
	record_set(s.row, "removed_at", v_null());
	record_set(s.row, "removed_reason", v_null());
	went_well(d, op_end(&d->cx, record_store(&d->cx, s.row)));
	assert_false(record_has(a_row(d, s.list, "Rossi srl"), "flagged_by"));
	assert_int_equal(office_count(d->o, "select count(*) from gone_key where ws = $1"), 0);
}

/* S5.41: so many moves to one place that the gap there is used up. */
static void a_place_is_found_for_ever(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	struct record *last = a_row(d, s.list, "Ultima"), *mid = a_row(d, s.list, "Media");
	struct prospect_edit edit = { .list_id = s.list->id, .add = s.add, .after = s.row->id };

	(void)mid;
	for (int i = 0; i < 40; i++) {
		struct json_out *j = answer(d);

		went_well(d, prospect_cells(&d->cx, j, &edit));
	}
	assert_int_equal(office_count(d->o, "select count(*) from prospect a join prospect b"
					    " on b.ws = a.ws and b.position = a.position"
					    " and b.id <> a.id where a.ws = $1 and b.ws = $1"),
		0);
	assert_true(
		record_int(reload(d, last), "position") > record_int(reload(d, s.row), "position"));
}

/* Whoever gets the list gets what is in it. */
static void rows_go_with_their_list(void **state)
{
	struct desk *d = *state;
	struct sheet s = a_sheet(d);
	int64_t user = office_user(d->o, "vera@prova.it", "sales", 0);

	went_well(d, edit(d, s.list, "owner_id", v_int(user)));
	assert_int_equal(record_int(reload(d, s.row), "owner_id"), user);
	undo_last(d);
	assert_int_not_equal(record_int(reload(d, s.row), "owner_id"), user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_failure_anywhere_leaves_nothing),
		AT_DESK(a_hold_passes_on_whole_or_not_at_all),
		AT_DESK(a_published_sheet_is_followed),
		AT_DESK(what_is_no_sheet_is_told_so),
		AT_DESK(a_workbook_becomes_a_list),
		AT_DESK(a_discarded_row_is_known_when_it_comes_again),
		AT_DESK(many_of_one_name_ask_once),
		AT_DESK(who_was_discarded_is_known_among_any_number),
		AT_DESK(a_place_is_found_for_ever),
		AT_DESK(rows_go_with_their_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

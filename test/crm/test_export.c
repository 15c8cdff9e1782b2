/* Lists taken away: many, at one moment, or not at all. */
#include "steps.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "api/export.h"
#include "table/table.h"

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void);
#define in_use() __sanitizer_get_current_allocated_bytes()
#else
#define in_use() mallinfo2().uordblks
#endif

enum { MANY = 100000, FLAT = 8 * 1024 * 1024 };

/* What comes, counted or kept; meanwhile is asked with the first piece. */
struct taker {
	struct desk *d;
	FILE *file;
	size_t pieces, lines, before, most;
	void (*meanwhile)(struct desk *d);
};

static bool take(void *arg, const char *bytes, size_t n)
{
	struct taker *t = arg;
	size_t now = in_use();

	if (!t->pieces++)
		t->before = now;
	if (now > t->before && now - t->before > t->most)
		t->most = now - t->before;
	for (size_t i = 0; i < n; i++)
		t->lines += bytes[i] == '\n';
	if (t->file)
		assert_int_equal(fwrite(bytes, 1, n, t->file), n);
	if (t->meanwhile && t->pieces == 3)
		t->meanwhile(t->d);
	return true;
}

static bool carry_off(struct ctx *cx, const struct entity *of, const char *query,
	enum sheet_form form, struct taker *t)
{
	struct params filters;
	struct export e = { .of = of, .filters = &filters, .form = form };

	e.to = (struct sheet_to){ .out = take, .arg = t };
	return params_read(cx, query, &filters) && export_write(cx, &e);
}

/* So many rows without their doors: they are only to be read. */
static void many_teams(struct desk *d, int n)
{
	const char *cast = db_is_postgres(d->cx.db) ? "cast(i as text)" : "i";

	assert_true(tx_begin(&d->cx));
	assert_true(tx_end(&d->cx,
		db_run(&d->cx,
			textf(&d->cx,
				"insert into team (ws, id, version, created_at, updated_at, title,"
				" title_fold, name) with recursive s(i) as (select 1 union all"
				" select i + 1 from s where i < %d) select $1, 1000000 + i, 1, 0, i,"
				" 'Team ' || %s, 'team ' || %s, 'Team ' || %s from s",
				n, cast, cast, cast),
			ARGS(v_int(d->cx.ws)))));
}

static size_t rows_in(struct desk *d, FILE *file, const char *sheet)
{
	struct arena *mem = arena_new();
	size_t size = (size_t)ftell(file), rows = 0;
	char *bytes = arena_alloc(mem, size);
	struct csv_row row;
	struct table *t;
	const char *why;

	rewind(file);
	assert_int_equal(fread(bytes, 1, size, file), size);
	t = table_open(mem, bytes, size, sheet, &why);
	assert_non_null(t);
	while (table_next(t, mem, &row, &why) == CSV_ROW) {
		assert_true(row.count > 1);
		if (rows)
			assert_string_equal(
				row.cells[1], textf(&d->cx, "Team %zu", (size_t)MANY + 1 - rows));
		rows++;
	}
	arena_free(mem);
	return rows;
}

/* RELIABILITY 15.2.2 */
static void a_hundred_thousand_rows_cost_no_more_memory_than_a_page(void **state)
{
	struct desk *d = *state;
	struct taker text = { .d = d }, book = { .d = d, .file = tmpfile() };

	many_teams(d, MANY);
	went_well(d, carry_off(&d->cx, &team_entity, "", SHEET_CSV, &text));
	assert_true(text.lines > MANY);
	assert_true(text.most < FLAT);
	went_well(d, carry_off(&d->cx, &team_entity, "", SHEET_XLSX, &book));
	assert_true(book.most < FLAT);
	assert_true(rows_in(d, book.file, NULL) > MANY);
	fclose(book.file);
}

/* Those that stand further down come up to the front, where the pages have been. */
static void they_change(struct desk *d)
{
	struct ctx other = office_ctx(d->o);

	assert_true(tx_begin(&other));
	assert_true(tx_end(
		&other, db_run(&other,
				"update team set updated_at = updated_at + 5000 where ws = $1"
				" and updated_at < 900",
				ARGS(v_int(other.ws)))));
	db_rest(other.db);
}

static void what_changes_meanwhile_is_neither_missing_nor_there_twice(void **state)
{
	struct desk *d = *state;
	struct taker t = { .d = d, .meanwhile = they_change };
	struct taker before = { .d = d };

	many_teams(d, 1500);
	went_well(d, carry_off(&d->cx, &team_entity, "sort=-updated_at", SHEET_CSV, &before));
	went_well(d, carry_off(&d->cx, &team_entity, "sort=-updated_at", SHEET_CSV, &t));
	assert_int_equal(t.lines, before.lines);
	assert_true(office_count(d->o, "select count(*) from team where ws = $1"
				       " and updated_at between 5000 and 6000") > 800);
	/* afterwards it reads what there is by then */
	t = (struct taker){ .d = d };
	went_well(d, carry_off(&d->cx, &team_entity, "updated_at[gt]=1970-01-01T00:00:05Z",
			     SHEET_CSV, &t));
	assert_true(t.lines > 800);
}

static void whichever_question_fails_it_says_so(void **state)
{
	struct desk *d = *state;
	bool ok = false;
	int n = 0;

	make(d, &lead_entity, "last_name", "Rossi", NULL);
	for (; !ok && n < 100; n++) {
		struct taker t = { .d = d };

		db_fail_after(d->cx.db, n);
		ok = carry_off(&d->cx, &lead_entity, "sort=-updated_at",
			n % 2 ? SHEET_XLSX : SHEET_CSV, &t);
		db_fail_after(d->cx.db, -1);
		assert_true(ok == (d->cx.problem.kind == PROBLEM_NONE));
		ctx_clear(&d->cx);
	}
	assert_true(ok && n > 2);
	make(d, &lead_entity, "last_name", "Neri", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_hundred_thousand_rows_cost_no_more_memory_than_a_page),
		AT_DESK(what_changes_meanwhile_is_neither_missing_nor_there_twice),
		AT_DESK(whichever_question_fails_it_says_so),
	};

	return cmocka_run_group_tests_name("crm/export", tests, NULL, NULL);
}

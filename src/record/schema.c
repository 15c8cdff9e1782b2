/* From fields to tables: what is missing is made, nothing is dropped. */
#include "record/schema.h"

#include <string.h>

#include "base/arena.h"
#include "record/count.h"
#include "record/parts.h"

/* The tables of this room.  @int and @text are the engine's words for them;
 * @key is how a table with an id begins. */
/* clang-format off */
static const char *const own_tables[] = {
	/* every write operation; undone_by: the one that took it back */
	"create table if not exists op (@key, kind @text not null, at @int not null, user_id @int,"
	" entity @text, record_id @int, records @int not null default 0, undoes @int,"
	" undone_by @int, state @text not null default 'done', progress @text, work_on @int,"
	" source_id @int, campaign_id @int)@end",
	"create index if not exists op_user on op (ws, user_id, id)",
	/* whose work, when and on what: what it is narrowed by stands in it too, or
	 * SQLite would look each row up */
	"create index if not exists op_work on op (ws, user_id, at, id, work_on, source_id,"
	" campaign_id, undone_by) where work_on is not null and undone_by is null",
	/* what an operation changed: old values as JSON, null for a creation */
	"create table if not exists change (@key, op_id @int not null, at @int not null,"
	" user_id @int, entity @text not null, record_id @int not null, old @text)@end",
	"create index if not exists change_record on change (ws, record_id, id)",
	"create index if not exists change_op on change (ws, op_id, id)",
	/* how many records, as differences */
	"create table if not exists tally (ws @int not null, entity @text not null,"
	" owner_id @int not null, n @int not null)@end",
	"create index if not exists tally_entity on tally (ws, entity, owner_id)",
	/* stays of records in the steps of their way */
	"create table if not exists stay (ws @int not null, record_id @int not null,"
	" entered_at @int not null, step_id @int not null, left_at @int not null,"
	" primary key (ws, record_id, entered_at))@lean",
	"create index if not exists stay_step on stay (ws, step_id, left_at, record_id)",
	/* keys by which records are alike */
	"create table if not exists likeness (ws @int not null, key @int not null,"
	" record_id @int not null, entity @text not null, primary key (ws, key, record_id))@lean",
	/* those of records that were removed for a reason */
	"create table if not exists gone_key (ws @int not null, key @int not null,"
	" record_id @int not null, entity @text not null, primary key (ws, key, record_id))@lean",
	/* records found to be the same, in groups, best first; how many names of an
	 * entity hold a word (the common ones; under no word: all names); and the
	 * last search for them */
	"create table if not exists twin (ws @int not null, group_id @int not null,"
	" record_id @int not null, entity @text not null, run_id @int not null,"
	" score @int not null, primary key (ws, run_id, group_id, record_id))@lean",
	"create index if not exists twin_best on twin (ws, run_id, score, group_id)",
	"create table if not exists twin_word (ws @int not null, entity @text not null,"
	" word @text not null, n @int not null, primary key (ws, entity, word))@lean",
	"create table if not exists twin_run (ws @int not null, entity @text not null,"
	" id @int not null, shown_id @int, state @text not null, user_id @int, at @int not null,"
	" ended_at @int, progress @text, problem @text, primary key (ws, entity))@lean",
	/* the values of the firm's own fields, so that lists filter and sort by them */
	"create table if not exists custom_value (ws @int not null, field @int not null,"
	" value @text not null, id @int not null, primary key (ws, field, value, id))@lean",
	"create index if not exists custom_value_id on custom_value (ws, id, field, value)",
	/* whose words are put anew since an instant, newest first: those below an id are to come */
	"create table if not exists words_due (ws @int not null, entity @text not null,"
	" at @int not null, below @int not null, primary key (ws, entity))@lean",
	"create table if not exists setting (ws @int not null, name @text not null,"
	" value @text not null, primary key (ws, name))@lean",
	"create table if not exists session (ws @int not null, hash @text not null,"
	" user_id @int not null, created_at @int not null, seen_at @int not null,"
	" address @text, agent @text, primary key (ws, hash))@lean",
	"create table if not exists token (@key, hash @text not null, user_id @int not null,"
	" name @text not null, created_at @int not null, seen_at @int, ended_at @int,"
	" unique (ws, hash))@end",
	/* answers kept for a request that comes again with the same key */
	"create table if not exists idempotency (ws @int not null, key @text not null,"
	" digest @text not null, status @int not null, body @text not null, op_id @int,"
	" at @int not null, primary key (ws, key))@lean",
	"create index if not exists idempotency_at on idempotency (ws, at)",
	/* an import: its plan as JSON, its file beside it in parts */
	"create table if not exists import (@key, user_id @int not null, entity @text not null,"
	" name @text not null, state @text not null, created_at @int not null, op_id @int,"
	" plan @text not null, report @text, progress @text not null, problem @text)@end",
	"create table if not exists import_file (ws @int not null, import_id @int not null,"
	" part @int not null, first_row @int not null, body @text not null,"
	" primary key (ws, import_id, part))@lean",
	/* rows that were not taken, with their reasons */
	"create table if not exists import_refused (ws @int not null, import_id @int not null,"
	" line @int not null, cells @text not null, why @text not null,"
	" primary key (ws, import_id, line))@lean",
	/* messages out, of the room mail; content: all but who sends it and when */
	"create table if not exists mail (@key, state @text not null, purpose @text not null,"
	" recipient @text not null, subject @text not null, content @text,"
	" message_name @text not null, message_domain @text, entity @text, record_id @int,"
	" user_id @int, once @text, tries @int not null, created_at @int not null,"
	" next_at @int not null, first_at @int, claim @text, claimed_at @int, sent_at @int,"
	" problem @text, answer @text, unique (ws, once))@end",
	"create index if not exists mail_due on mail (ws, next_at, id)"
	" where state in ('waiting', 'failed', 'sending')",
	"create index if not exists mail_claimed on mail (ws, claimed_at)"
	" where claimed_at is not null",
	"create index if not exists mail_kept on mail (ws, sent_at)"
	" where state = 'sent' and content is not null",
	"create index if not exists mail_state on mail (ws, state, id)",
	/* sendings of campaigns, and who left: hashes of addresses */
	"create table if not exists campaign_run (@key, campaign_id @int not null,"
	" user_id @int not null, state @text not null, last_id @int not null,"
	" queued @int not null, left_out @int not null, started_at @int not null,"
	" ended_at @int)@end",
	"create index if not exists campaign_run_of on campaign_run (ws, campaign_id, id)",
	"create index if not exists campaign_run_state on campaign_run (ws, id)"
	" where state = 'running'",
	"create table if not exists suppression (ws @int not null, hash @text not null,"
	" why @text not null, at @int not null, primary key (ws, hash))@lean",
	/* each time an address was put there or taken out again */
	"create table if not exists suppression_change (@key, hash @text not null,"
	" what @text not null, reason @text, at @int not null, user_id @int)@end",
	"create index if not exists suppression_change_hash on suppression_change (ws, hash, id)",
	/* what web forms brought and is no lead yet */
	"create table if not exists form_post (@key, form_id @int not null, state @text not null,"
	" why @text, answers @text not null, consent @int not null, lang @text not null,"
	" address @text, token @text, created_at @int not null)@end",
	"create index if not exists form_post_address on form_post (ws, form_id, address)",
	"create index if not exists form_post_token on form_post (ws, token)",
	/* the day whose morning mail was seen to; told: that links lack an address */
	"create table if not exists digest (ws @int not null, user_id @int not null,"
	" day @text not null, told @int not null, primary key (ws, user_id))@lean",
	NULL,
};
/* clang-format on */

/* What records are counted by: where one writes at a time, a row a key. */
static const char *const other_sqlite[] = {
	"create table if not exists counted (ws integer not null, kind integer not null,"
	" period integer not null, owner_id integer not null, by1 integer not null,"
	" by2 integer not null, by3 integer not null, by4 integer not null, n integer not null,"
	" sum1 integer not null, sum2 integer not null, sum3 integer not null,"
	" primary key (ws, kind, period, owner_id, by1, by2, by3, by4)) strict, without rowid",
	"create virtual table if not exists search using fts5(terms, entity unindexed,"
	" tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0, prefix='2 3')",
	NULL,
};

static const char *const other_postgres[] = {
	"create table if not exists counted (ws bigint not null, kind bigint not null,"
	" period bigint not null, owner_id bigint not null, by1 bigint not null,"
	" by2 bigint not null, by3 bigint not null, by4 bigint not null, n bigint not null,"
	" sum1 bigint not null, sum2 bigint not null, sum3 bigint not null)",
	"create index if not exists counted_key on counted (ws, kind, period, owner_id)",
	"create table if not exists search (ws bigint not null, id bigint not null,"
	" entity text collate \"C\" not null, terms tsvector not null, primary key (ws, id))",
	"create index if not exists search_terms on search using gin (terms)",
	NULL,
};

static const struct {
	const char *word, *sqlite, *postgres;
} dialect[] = {
	{ "@key", "ws integer not null, id integer primary key",
		"ws bigint not null, id bigint not null" },
	{ "@int", "integer", "bigint" },
	{ "@text", "text", "text collate \"C\"" },
	{ "@lean", " strict, without rowid", "" },
	{ "@end", " strict", "" },
};

/* Own tables with an id get their key on PostgreSQL here: SQLite's stands in
 * the column. */
static void speak(struct buf *out, const char *sql, bool pg)
{
	bool keyed = strstr(sql, "@key") != NULL;

	while (*sql) {
		size_t i = 0;

		while (i < COUNT(dialect) &&
			strncmp(sql, dialect[i].word, strlen(dialect[i].word)) != 0)
			i++;
		if (i == COUNT(dialect)) {
			if (pg && keyed && !strncmp(sql, ")@end", 5))
				buf_add(out, ", primary key (ws, id)");
			buf_addn(out, sql++, 1);
			continue;
		}
		buf_add(out, pg ? dialect[i].postgres : dialect[i].sqlite);
		sql += strlen(dialect[i].word);
	}
}

bool schema_check_of(struct buf *sql, const struct field *f)
{
	if (f->type == FIELD_BOOL)
		buf_addf(sql, "check (%s in (0, 1))", f->name);
	if (!f->choices)
		return f->type == FIELD_BOOL;
	/* Not "in (...)": SQLite makes a table of such a list for each row it checks. */
	buf_add(sql, "check (");
	for (const struct choice *c = f->choices; c->value; c++)
		buf_addf(sql, "%s%s = '%s'", c == f->choices ? "" : " or ", f->name, c->value);
	buf_add(sql, ")");
	return true;
}

static void column(struct buf *sql, const struct field *f, bool pg)
{
	bool number = field_is_number(f);

	buf_addf(sql, "%s %s", f->name,
		number ? (pg ? "bigint" : "integer")
		: pg   ? "text collate \"C\""
		       : "text");
	if (f->type == FIELD_BOOL || f->choices)
		buf_add(sql, " ");
	schema_check_of(sql, f);
}

/* The records that are there already begin with it as a new one would. */
static void begin_with(struct buf *sql, const struct field *f)
{
	const char *quote = field_is_number(f) ? "" : "'";

	if (f->required && f->initial)
		buf_addf(sql, " default %s%s%s", quote, f->initial, quote);
}

static void foreign_key(struct buf *sql, const struct field *f)
{
	buf_addf(sql, "foreign key (ws, %s) references %s (ws, id)", f->name, entity_table(f->to));
}

static const struct entity *linked(const struct entity *e, const struct field *f)
{
	(void)e;
	return f->type == FIELD_LINK ? f->to : NULL;
}

static const char *between_bars(struct arena *mem, const char *name)
{
	struct buf b;

	buf_init(&b, mem);
	buf_addf(&b, "|%s|", name);
	return b.s;
}

void schema_table(struct buf *sql, const struct entity *e, bool pg, const char *loose)
{
	const char *num = pg ? "bigint" : "integer";
	const char *text = pg ? "text collate \"C\"" : "text";

	buf_addf(sql, "create table if not exists %s (\n\tws %s not null", entity_table(e), num);
	buf_addf(sql, ",\n\tid %s", pg ? "bigint not null" : "integer primary key");
	buf_addf(sql,
		",\n\tversion %s not null,\n\tcreated_at %s not null,\n\tupdated_at %s not null",
		num, num, num);
	buf_addf(sql, ",\n\ttitle %s not null,\n\ttitle_fold %s not null", text, text);
	for (size_t i = 0; i < entity_width(e); i++) {
		const struct field *f = entity_field(e, i);

		if (!field_has_column(f))
			continue;
		buf_add(sql, ",\n\t");
		column(sql, f, pg);
		if (f->required && !(loose && strstr(loose, between_bars(sql->mem, f->name))))
			buf_add(sql, " not null");
	}
	if (e->extensible)
		buf_addf(sql, ",\n\tcustom_values %s", text);
	for (size_t i = 0; i < entity_width(e); i++)
		if (entity_field(e, i)->unique)
			buf_addf(sql, ",\n\tunique (ws, %s)", entity_field(e, i)->name);
	buf_add(sql, pg ? ",\n\tprimary key (ws, id)" : ",\n\tunique (ws, id)");
	if (e->constraints && (!pg || !strstr(e->constraints, "foreign key")))
		buf_addf(sql, ",\n\t%s", e->constraints);
	for (size_t i = 0; !pg && i < entity_width(e); i++)
		if (linked(e, entity_field(e, i))) {
			buf_add(sql, ",\n\t");
			foreign_key(sql, entity_field(e, i));
		}
	buf_add(sql, pg ? "\n)" : "\n) strict");
}

/* The columns of an index as a name: letters and digits of its first words. */
void schema_index_name(struct buf *sql, const struct entity *e, const char *columns)
{
	buf_add(sql, entity_table(e));
	for (size_t n = 0; *columns && n < 40 && strncmp(columns, " where", 6) != 0;
		columns++, n++) {
		char c = *columns == ',' ? '_' : *columns;

		if (c != ' ')
			buf_addn(sql, &c, 1);
		else if (n && columns[-1] != ',')
			buf_addn(sql, "_", 1);
	}
}

static void create_index(struct buf *sql, const struct entity *e, const char *columns)
{
	const char *where = strstr(columns, " where ");

	buf_add(sql, "create index if not exists ");
	schema_index_name(sql, e, columns);
	buf_addf(sql, " on %s (ws, ", entity_table(e));
	buf_addn(sql, columns, where ? (size_t)(where - columns) : strlen(columns));
	buf_addf(sql, ")%s", where ? where : "");
}

typedef bool each_fn(void *arg, const char *sql);

static bool each_index(struct arena *mem, const struct entity *e, each_fn *fn, void *arg)
{
	static const char *const usual[] = { "updated_at, id", "title_fold, id", NULL };
	const char *const *lists[] = { e->setup ? NULL : usual, e->indexes };
	struct buf sql;
	bool ok = true;

	if (e->owned) {
		buf_init(&sql, mem);
		create_index(&sql, e, "owner_id, id");
		ok = fn(arg, sql.s);
	}
	for (size_t l = 0; l < COUNT(lists); l++)
		for (const char *const *i = lists[l]; ok && i && *i; i++) {
			buf_init(&sql, mem);
			create_index(&sql, e, *i);
			ok = fn(arg, sql.s);
		}
	return ok;
}

static bool each_own(struct arena *mem, bool pg, each_fn *fn, void *arg)
{
	const char *const *lists[] = { own_tables, pg ? other_postgres : other_sqlite };

	for (size_t l = 0; l < COUNT(lists); l++)
		for (const char *const *t = lists[l]; *t; t++) {
			struct buf sql;

			buf_init(&sql, mem);
			speak(&sql, *t, pg);
			if (!fn(arg, sql.s))
				return false;
		}
	return true;
}

static bool run_sql(void *arg, const char *sql)
{
	return db_run(arg, sql, NO_ARGS);
}

static bool print_sql(void *arg, const char *sql)
{
	buf_addf(arg, "%s;\n", sql);
	return true;
}

/* PostgreSQL wants all tables before links among them; SQLite does not mind. */
static bool each_link(struct arena *mem, const struct entity *e, each_fn *fn, void *arg)
{
	struct buf sql;

	for (size_t i = 0; i < entity_width(e); i++) {
		const struct field *f = entity_field(e, i);

		if (!linked(e, f))
			continue;
		buf_init(&sql, mem);
		buf_addf(&sql, "alter table %s add constraint %s_%s_link ", entity_table(e),
			entity_table(e), f->name);
		foreign_key(&sql, f);
		if (!fn(arg, sql.s))
			return false;
	}
	if (!e->constraints || !strstr(e->constraints, "foreign key"))
		return true;
	buf_init(&sql, mem);
	buf_addf(&sql, "alter table %s add ", entity_table(e));
	for (const char *s = e->constraints; *s; s++) {
		buf_addn(&sql, s, 1);
		/* a comma between constraints starts the next "add" */
		if (*s == ',' && s[1] == '\n')
			buf_add(&sql, " add ");
	}
	return fn(arg, sql.s);
}

void schema_write(struct buf *sql, const struct entity *const *entities, bool postgres)
{
	for (const struct entity *const *e = entities; *e; e++) {
		schema_table(sql, *e, postgres, NULL);
		buf_add(sql, ";\n");
		each_index(sql->mem, *e, print_sql, sql);
	}
	for (const struct entity *const *e = entities; postgres && *e; e++)
		each_link(sql->mem, *e, print_sql, sql);
	each_own(sql->mem, postgres, print_sql, sql);
}

/* The names of a table's columns, "|id|version|...|"; "" when there is none. */
static bool columns_of(struct ctx *cx, const char *table, const char **names)
{
	const char *ask = db_is_postgres(cx->db)
				  ? "select column_name from information_schema.columns"
				    " where table_schema = current_schema() and table_name = $1"
				  : "select name from pragma_table_info($1)";
	struct rows *r = db_query(cx, ask, ARGS(v_text(table)));
	struct buf b;

	buf_init(&b, cx->mem);
	while (rows_next(r))
		buf_addf(&b, "%s%s|", b.len ? "" : "|", rows_text(r, 0));
	*names = b.s;
	return rows_end(r);
}

static bool add_missing(struct ctx *cx, const struct entity *e, const char *names)
{
	bool pg = db_is_postgres(cx->db);

	for (size_t i = 0; i < entity_width(e); i++) {
		const struct field *f = entity_field(e, i);
		struct buf sql;

		if (!field_has_column(f) || strstr(names, between_bars(cx->mem, f->name)))
			continue;
		buf_init(&sql, cx->mem);
		buf_addf(&sql, "alter table %s add column ", entity_table(e));
		column(&sql, f, pg);
		begin_with(&sql, f);
		if (!db_run(cx, sql.s, NO_ARGS))
			return false;
	}
	return !e->extensible || strstr(names, "|custom_values|") ||
	       db_run(cx,
		       textf(cx, "alter table %s add column custom_values %s", entity_table(e),
			       pg ? "text collate \"C\"" : "text"),
		       NO_ARGS);
}

/* What was made of a table. */
struct made {
	bool is_new, is_behind; /* of before some of its fields were there, or counted */
};

static bool make_table(struct ctx *cx, const struct entity *e, struct made *made)
{
	const char *names;
	struct buf sql;

	if (!columns_of(cx, entity_table(e), &names))
		return false;
	made->is_new = !*names;
	made->is_behind = !made->is_new && schema_lacks_carried(cx, e, names);
	if (!made->is_new)
		return add_missing(cx, e, names) && schema_checks_hold(cx, e);
	buf_init(&sql, cx->mem);
	schema_table(&sql, e, db_is_postgres(cx->db), NULL);
	return db_run(cx, sql.s, NO_ARGS) && schema_checks_note(cx, e);
}

static bool make_all(struct ctx *cx, const struct entity *const *entities)
{
	struct made made[64] = { 0 };
	bool pg = db_is_postgres(cx->db), behind = false;
	const char *older, *ops, *gone;
	size_t n = 0;

	for (; entities[n]; n++) {
		if (!make_table(cx, entities[n], &made[n]))
			return false;
		behind = behind || made[n].is_behind;
	}
	for (size_t i = 0; i < n; i++)
		if (!each_index(cx->mem, entities[i], run_sql, cx) ||
			(pg && made[i].is_new && !each_link(cx->mem, entities[i], run_sql, cx)))
			return false;
	if (!schema_drop_gone(cx) || !columns_of(cx, "op", &ops) ||
		!columns_of(cx, "gone_key", &gone) ||
		(*ops && !strstr(ops, "|work_on|") && !work_carry(cx, entities)))
		return false;
	if (!each_own(cx->mem, pg, run_sql, cx) || (behind && !count_anew_ask(cx)) ||
		!columns_of(cx, "match_key", &older))
		return false;
	return (*gone || keys_gone_fill(cx, entities)) && (!*older || keys_carry(cx, entities));
}

bool schema_apply(struct ctx *cx, const struct entity *const *entities)
{
	bool ok = tx_begin(cx) && make_all(cx, entities);

	return tx_end(cx, ok);
}

/* Files of the world become records, and nothing of them is lost. */
#include "bring.h"

struct file {
	const char *bytes;
	size_t n;
	const char *encoding;
};

#define FILE_OF(literal, encoding)                     \
	{                                              \
		literal, sizeof(literal) - 1, encoding \
	}

/* S1.25: whatever program wrote it */
static void every_encoding_and_separator_is_read(void **state)
{
	static const struct file files[] = {
		FILE_OF("Cognome;Citt\xc3\xa0\nRossi;Forl\xc3\xac\n", "utf-8"),
		FILE_OF("\xef\xbb\xbf"
			"Cognome,Citt\xc3\xa0\r\nRossi,Forl\xc3\xac\r\n",
			"utf-8"),
		FILE_OF("Cognome\tCitt\xe0\nRossi\tForl\xec\n", "windows-1252"),
		FILE_OF("sep=;\r\nCognome;Citt\xc3\xa0\r\nRossi;Forl\xc3\xac", "utf-8"),
		FILE_OF("\xff\xfe"
			"C\0o\0g\0n\0o\0m\0e\0;\0C\0i\0t\0t\0\xe0\0\n\0R\0o\0s\0s\0i\0;\0F\0o\0r\0l\0\xec\0",
			"utf-16le"),
		FILE_OF("\xfe\xff"
			"\0C\0o\0g\0n\0o\0m\0e\0;\0C\0i\0t\0t\0\xe0\0\n\0R\0o\0s\0s\0i\0;\0F\0o\0r\0l\0\xec",
			"utf-16be"),
	};
	struct import_host host = host_of(*state);

	for (size_t i = 0; i < COUNT(files); i++) {
		struct ctx cx = office_ctx(*state);
		struct record *lead;
		int64_t id;

		assert_true(import_create(&cx, &lead_entity,
			&(struct import_given){
				.name = "f.csv", .bytes = files[i].bytes, .n = files[i].n },
			&id));
		assert_true(import_run(&cx, &host, id));
		lead = nth(*state, &lead_entity, i);
		assert_string_equal(standing(*state, id).plan.encoding, files[i].encoding);
		assert_string_equal(record_text(lead, "last_name"), "Rossi");
		assert_string_equal(record_text(lead, "city"), "Forl\xc3\xac");
		assert_string_equal(record_text(lead, "status_type"), "open");
	}
}

static void a_line_break_in_quotes_stays(void **state)
{
	brought(*state, &lead_entity, "Cognome;Note\nRossi;\"prima \"\"riga\"\"\nseconda\"\n");
	assert_string_equal(record_text(nth(*state, &lead_entity, 0), "description"),
		"prima \"riga\"\nseconda");
}

struct program {
	const char *headings;
	const char *fields; /* in the same order; - for none */
};

/* S1.25: the words of other programs, in both languages */
static void headings_of_other_programs_are_known(void **state)
{
	static const struct program programs[] = {
		{ "Nome;Cognome;Ragione sociale;P.IVA;Codice fiscale;Indirizzo;CAP;Comune;Prov.;Tel.;Cell.;PEC;Sito;"
		  "Fatturato;Dipendenti;Note;E-mail",
			"first_name last_name company_name vat_number tax_code street postal_code city province phone mobile"
			" pec website turnover employees description email" },
		{ "First name,Last name,Company,Job title,E-mail,Mobile,City,Postcode,Country",
			"first_name last_name company_name job_title email mobile city postal_code country" },
		/* Google */
		{ "Name,Given Name,Family Name,Name Prefix,Organization 1 - Name,Organization 1 - Title,E-mail 1 - Value,"
		  "Phone 1 - Value,Website 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code",
			"- first_name last_name salutation company_name job_title email phone website street city postal_code" },
		/* Outlook */
		{ "First Name,Last Name,Company,Job Title,Business Street,Business City,Business State,Business Postal Code,"
		  "Business Country/Region,Business Phone,Business Fax,Mobile Phone,E-mail Address,E-mail 2 Address,Web Page,Notes",
			"first_name last_name company_name job_title street city province postal_code country phone fax mobile email"
			" email_secondary website description" },
		/* HubSpot */
		{ "First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company Name,Job Title,Website URL,City,"
		  "Industry,Annual Revenue,Number of Employees,Original Source,Contact owner",
			"first_name last_name email phone mobile company_name job_title website city sector turnover employees"
			" source_id owner_id" },
		/* Salesforce */
		{ "First Name,Last Name,Title,Company,Email,Phone,Mobile,Street,City,State/Province,Zip/Postal Code,Country,"
		  "Lead Source,Lead Owner,Annual Revenue,No. of Employees,Industry,Description",
			"first_name last_name job_title company_name email phone mobile street city province postal_code country"
			" source_id owner_id turnover employees sector description" },
		/* Pipedrive */
		{ "Person - Name,Person - Email,Person - Phone,Organization - Name,Lead - Value,Lead - Owner",
			"last_name email phone company_name budget ?" },
		/* Zoho */
		{ "Lead Owner,Company,First Name,Last Name,Title,Email,Phone,Fax,Mobile,Website,Lead Source,Industry,"
		  "No of Employees,Annual Revenue,Secondary Email,Street,City,State,Zip Code,Country,Description",
			"owner_id company_name first_name last_name job_title email phone fax mobile website source_id sector"
			" employees turnover email_secondary street city province postal_code country description" },
	};

	for (size_t i = 0; i < COUNT(programs); i++) {
		struct ctx cx = office_ctx(*state);
		const char *at = programs[i].fields;
		struct import im;

		im = standing(*state,
			taken(&cx, &lead_entity, textf(&cx, "%s\nx", programs[i].headings)));
		for (size_t c = 0; c < im.plan.n; c++) {
			size_t len = strcspn(at, " ");
			const char *want = textf(&cx, "%.*s", (int)len, at);
			const char *got =
				im.plan.columns[c].field ? im.plan.columns[c].field->name : "-";

			if (*want != '?' && strcmp(got, want) != 0)
				fail_msg("%s goes to %s, not to %s", im.plan.columns[c].heading,
					got, want);
			at += len + (at[len] == ' ');
		}
		assert_string_equal(at, "");
	}
}

static void numbers_and_dates_come_in_both_forms(void **state)
{
	struct office *o = *state;

	brought(o, &lead_entity,
		"Cognome;Fatturato;Dipendenti;Valuta del fatturato\n"
		"A;1.234.567,89;1.200;\nB;1,234,567.89;1200;usd\nC;\xe2\x82\xac 2 mln;50-99;\xe2\x82\xac\n");
	assert_int_equal(record_int(nth(o, &lead_entity, 0), "turnover"), 123456789);
	assert_int_equal(record_int(nth(o, &lead_entity, 0), "employees"), 1200);
	assert_string_equal(record_text(nth(o, &lead_entity, 0), "turnover_currency"), "EUR");
	assert_int_equal(record_int(nth(o, &lead_entity, 1), "turnover"), 123456789);
	assert_string_equal(record_text(nth(o, &lead_entity, 1), "turnover_currency"), "USD");
	assert_int_equal(record_int(nth(o, &lead_entity, 2), "turnover"), 200000000);
	assert_string_equal(kept(o, nth(o, &lead_entity, 2), "Dipendenti"), "50-99");
	brought(o, &contact_entity,
		"Cognome;Compleanno\nA;31/01/1980\nB;1980-01-31\nC;5 gennaio 1980\nD;mai\n");
	assert_string_equal(record_text(nth(o, &contact_entity, 0), "birthday"), "1980-01-31");
	assert_string_equal(record_text(nth(o, &contact_entity, 1), "birthday"), "1980-01-31");
	assert_string_equal(record_text(nth(o, &contact_entity, 2), "birthday"), "1980-01-05");
	assert_false(record_has(nth(o, &contact_entity, 3), "birthday"));
	assert_string_equal(kept(o, nth(o, &contact_entity, 3), "Compleanno"), "mai");
}

static void what_does_not_fit_is_kept_beside(void **state)
{
	struct office *o = *state;
	struct record *lead;

	brought(o, &lead_entity,
		"Cognome;E-mail;Telefono;Settore;Sito\n"
		"Rossi;non ce l'ha;0532 769137 / 0532 769138;Select;vedi sotto\nBianchi;a@b.it, c@d.it;+39 ;Edile;www.b.it\n");
	lead = nth(o, &lead_entity, 0);
	assert_false(record_has(lead, "email"));
	assert_string_equal(kept(o, lead, "E-mail"), "non ce l'ha");
	assert_string_equal(record_text(lead, "phone"), "0532 769137");
	assert_string_equal(kept(o, lead, "Telefono"), "0532 769137 / 0532 769138");
	assert_false(record_has(lead, "sector"));
	assert_string_equal(kept(o, lead, "Settore"), "Select");
	assert_string_equal(kept(o, lead, "Sito"), "vedi sotto");
	lead = nth(o, &lead_entity, 1);
	assert_string_equal(record_text(lead, "email"), "a@b.it");
	assert_string_equal(kept(o, lead, "E-mail"), "a@b.it, c@d.it");
	assert_false(record_has(lead, "phone"));
	assert_string_equal(kept(o, lead, "Telefono"), "+39");
	assert_string_equal(record_text(lead, "sector"), "Edile");
}

static void columns_without_a_field_keep_their_heading(void **state)
{
	struct office *o = *state;
	struct record *lead;

	brought(o, &lead_entity,
		"Cognome;Codice ISIL;Codice ISIL;;Vuoto\nRossi;IT-1;IT-2;senza;;oltre\n");
	lead = nth(o, &lead_entity, 0);
	assert_string_equal(kept(o, lead, "Codice ISIL"), "IT-1");
	assert_string_equal(kept(o, lead, "Codice ISIL (2)"), "IT-2");
	assert_string_equal(kept(o, lead, "Column 4"), "senza");
	assert_string_equal(kept(o, lead, "Vuoto"), "");
	/* the program's own language where no user is signed in */
	assert_string_equal(kept(o, lead, "Colonna 6"), "oltre");
}

/* C6 */
static void a_list_without_names_has_its_number_for_one(void **state)
{
	struct import im = brought(
		*state, &lead_entity, "Prospect ID,Lead Number,Country\nab-1,660737,India\n");

	assert_string_equal(goes_to(&im, "Lead Number"), "last_name");
	assert_string_equal(record_text(nth(*state, &lead_entity, 0), "last_name"), "660737");
	im = brought(*state, &lead_entity, "Lead Number,Company\n660738,Rossi srl\n");
	assert_string_equal(goes_to(&im, "Lead Number"), "");
	im = brought(*state, &lead_entity, "Prospect ID,City\nab-2,Roma\n");
	assert_string_equal(goes_to(&im, "Prospect ID"), "last_name");
}

static void a_row_without_a_name_is_refused_with_its_reason(void **state)
{
	struct import im = brought(
		*state, &lead_entity, "Cognome;Citt\xc3\xa0\nRossi;Roma\n;Milano\nVerdi;Bari\n");
	struct ctx cx = office_ctx(*state);
	struct buf out;

	assert_int_equal(im.counts.created, 2);
	assert_int_equal(im.counts.refused, 1);
	buf_init(&out, cx.mem);
	assert_true(import_write_refused(&cx, &out, im.id));
	assert_non_null(strstr(out.s, "Cognome;Citt\xc3\xa0;Reason;Line\r\n"));
	assert_non_null(strstr(out.s, ";Milano;"));
	assert_non_null(strstr(out.s, ";3\r\n"));
	assert_null(strstr(out.s, "Roma"));
}

static void formulas_stay_text(void **state)
{
	struct office *o = *state;

	brought(o, &lead_entity, "Cognome;Note\n=1+1;\"=HYPERLINK(\"\"http://x\"\")\"\n'=2+2;@x\n");
	assert_string_equal(record_text(nth(o, &lead_entity, 0), "last_name"), "=1+1");
	assert_string_equal(
		record_text(nth(o, &lead_entity, 0), "description"), "=HYPERLINK(\"http://x\")");
	assert_string_equal(record_text(nth(o, &lead_entity, 1), "last_name"), "=2+2");
}

static void people_and_sources_are_known_by_name(void **state)
{
	struct office *o = *state;
	int64_t sara = office_user(o, "sara@prova.it", "sales", 0);
	struct record *source = nth(o, &source_entity, 0);
	struct ctx cx = office_ctx(o);
	struct record *lead;

	brought(o, &lead_entity,
		textf(&cx, "Cognome;Assegnato a;Origine\nA;Sara@Prova.it;%s\nB;Nessuno;Volantino\n",
			record_text(source, "name")));
	lead = nth(o, &lead_entity, 0);
	assert_int_equal(record_int(lead, "owner_id"), sara);
	assert_int_equal(record_int(lead, "source_id"), source->id);
	lead = nth(o, &lead_entity, 1);
	assert_true(record_has(lead, "owner_id"));
	assert_string_equal(kept(o, lead, "Assegnato a"), "Nessuno");
	assert_string_equal(kept(o, lead, "Origine"), "Volantino");
}

static struct import again(struct office *o, const char *plan, const char *text)
{
	struct import_host host = host_of(o);
	struct ctx cx = office_ctx(o);
	int64_t id = taken(&cx, &lead_entity, text);

	changed(&cx, id, plan);
	assert_true(import_run(&cx, &host, id));
	return standing(o, id);
}

static void known_rows_are_updated_by_their_key(void **state)
{
	struct office *o = *state;
	struct import im;
	struct record *lead;

	brought(o, &lead_entity, "Cognome;E-mail;Citt\xc3\xa0;Codice\nRossi;m@rossi.it;Roma;1\n");
	im = again(o, "{\"mode\":\"update\",\"key\":\"email\"}",
		"Cognome;E-mail;Citt\xc3\xa0;Settore;Zona\n;M@ROSSI.it;Milano;Edile;Nord\nNeri;n@neri.it;Bari;;\n");
	assert_int_equal(im.counts.updated, 1);
	assert_int_equal(im.counts.created, 1);
	lead = nth(o, &lead_entity, 0);
	assert_string_equal(record_text(lead, "last_name"), "Rossi");
	assert_string_equal(record_text(lead, "city"), "Milano");
	assert_string_equal(record_text(lead, "sector"), "Edile");
	assert_string_equal(kept(o, lead, "Codice"), "1");
}

static void known_rows_are_skipped_by_their_key(void **state)
{
	struct office *o = *state;
	struct import im;

	brought(o, &lead_entity, "Cognome;Telefono\nRossi;02 1234567\n");
	im = again(o, "{\"mode\":\"skip\",\"key\":\"phone\",\"skip_lines\":[4]}",
		"Cognome;Telefono\nAltro;+39 021234567\nNeri;06 7654321\nVia;06 1111111\nNeri due;06-7654321\n");
	assert_int_equal(im.counts.skipped, 3);
	assert_int_equal(im.counts.created, 1);
	assert_int_equal(leads(o), 2);
}

static void looking_writes_no_record(void **state)
{
	struct office *o = *state;
	struct import_host host = host_of(o);
	struct ctx cx = office_ctx(o);
	json_t *report;
	int64_t id;

	brought(o, &lead_entity, "Cognome;E-mail\nRossi;m@rossi.it\n");
	id = taken(&cx, &lead_entity,
		"Cognome;E-mail\nMario;m@rossi.it\nUno;u@u.it\nDue;U@u.it\n; \n;manca\n");
	assert_true(import_check(&cx, &host, id));
	assert_int_equal(leads(o), 1);
	assert_string_equal(standing(o, id).state, "checked");
	report = json_loads(standing(o, id).report, 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(report, "rows")), 4);
	assert_int_equal(json_integer_value(json_object_get(report, "refused")), 1);
	assert_int_equal(json_integer_value(json_object_get(report, "duplicates")), 1);
	assert_int_equal(json_integer_value(json_object_get(report, "in_file")), 1);
	assert_int_equal(json_array_size(json_object_get(report, "duplicate_rows")), 1);
	json_decref(report);
	assert_true(import_run(&cx, &host, id));
	assert_int_equal(standing(o, id).counts.duplicates, 2);
	assert_false(import_run(&cx, &host, id));
	assert_int_equal(cx.problem.kind, PROBLEM_CONFLICT);
}

static void what_is_no_table_is_refused(void **state)
{
	static const struct file files[] = {
		FILE_OF("PK\x03\x04zip", "table.broken"),
		FILE_OF("\xd0\xcf\x11\xe0xls", "table.old_excel"),
		FILE_OF("<?xml version=\"1.0\"?>", "table.xml"),
		FILE_OF("%PDF-1.7", "table.not_text"),
		FILE_OF("", "table.empty"),
		FILE_OF("Cognome;Nome\n", "import.no_rows"),
		FILE_OF("Cognome;Note\nA;\"mai chiuso\n", "csv.quote"),
		FILE_OF("Cognome;Note\nA;b\0c\n", "csv.nul"),
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		struct ctx cx = office_ctx(*state);
		int64_t id;

		assert_false(import_create(&cx, &lead_entity,
			&(struct import_given){
				.name = "f.csv", .bytes = files[i].bytes, .n = files[i].n },
			&id));
		assert_int_equal(cx.problem.kind, PROBLEM_INVALID);
		assert_string_equal(cx.problem.fields->field, "file");
		assert_string_equal(cx.problem.fields->text.key, files[i].encoding);
	}
	assert_int_equal(office_count(*state, "select count(*) from import where ws = $1"), 0);
	assert_int_equal(office_count(*state, "select count(*) from import_file where ws = $1"), 0);
}

/* A value that only one may have refuses the row, not those around it. */
static void a_value_taken_refuses_its_row_alone(void **state)
{
	struct office *o = *state;
	struct import im = brought(o, &source_entity, "Nome\nUno\nDue\nUno\nTre\nDue\n");

	assert_int_equal(im.counts.created, 3);
	assert_int_equal(im.counts.refused, 2);
}

static void others_imports_are_not_there(void **state)
{
	struct office *o = *state;
	struct ctx cx, of_sara, of_reader;
	struct import im;
	int64_t id;

	office_user(o, "sara@prova.it", "sales", 0);
	office_user(o, "leo@prova.it", "read-only", 0);
	cx = office_ctx(o);
	id = taken(&cx, &lead_entity, "Cognome\nRossi\n");
	of_sara = office_ctx_of(o, "sara@prova.it");
	assert_false(import_load(&of_sara, id, &im));
	assert_int_equal(of_sara.problem.kind, PROBLEM_NOT_FOUND);
	of_reader = office_ctx_of(o, "leo@prova.it");
	assert_false(import_create(&of_reader, &lead_entity,
		&(struct import_given){ .name = "f", .bytes = "Cognome\nRossi\n", .n = 14 }, &id));
	assert_int_equal(of_reader.problem.kind, PROBLEM_FORBIDDEN);
}

static void a_mapping_must_make_sense(void **state)
{
	static const char *const wrong[] = {
		"{\"mapping\":{\"9\":\"phone\"}}",
		"{\"mapping\":{\"0\":\"status_id\"}}",
		"{\"mapping\":{\"0\":\"nothing\"}}",
		"{\"mapping\":{\"0\":\"phone\",\"1\":\"phone\"}}",
		"{\"mode\":\"all\"}",
		"{\"key\":\"city\"}",
		"{\"skip_lines\":[\"x\"]}",
		"{\"mapping\":{\"0\":7}}",
	};
	struct ctx cx = office_ctx(*state);
	int64_t id = taken(&cx, &lead_entity, "Cognome;Altro\nRossi;1\n");

	for (size_t i = 0; i < COUNT(wrong); i++) {
		json_t *body = json_loads(wrong[i], 0, NULL);

		ctx_clear(&cx);
		assert_false(import_change(&cx, id, body));
		assert_int_equal(cx.problem.kind, PROBLEM_INVALID);
		json_decref(body);
	}
	ctx_clear(&cx);
	changed(&cx, id, "{\"mapping\":{\"0\":null,\"1\":\"last_name\"}}");
	assert_string_equal(standing(*state, id).plan.columns[1].field->name, "last_name");
}

static int send_file(
	struct office *o, const char *path, const char *type, const char *body, const char **answer)
{
	const char *query = strchr(path, '?');
	struct api_request req = { .method = "POST",
		.path = path,
		.query = query ? query + 1 : "",
		.body = body,
		.body_len = strlen(body),
		.content_type = type,
		.authorization = office_token(o, OFFICE_ADMIN),
		.host = "127.0.0.1",
		.peer = "127.0.0.1",
		.accept_language = "en" };
	char *plain = arena_dup(o->mem, path);
	struct api_answer got;

	plain[strcspn(plain, "?")] = '\0';
	req.path = plain;
	office_send(o, &req, &got);
	*answer = got.body;
	return got.status;
}

/* S1.25 */
static void the_doors_take_a_file_at_once_or_step_by_step(void **state)
{
	struct office *o = *state;
	const char *token = office_token(o, OFFICE_ADMIN), *body, *path;
	struct ctx cx = office_ctx(o);

	assert_int_equal(
		send_file(o, "/api/v1/imports?entity=leads&name=a.csv&run=true", "text/csv",
			"Cognome;E-mail\nRossi;a@b.it\n;\nVerdi;c@d.it\n", &body),
		201);
	assert_non_null(strstr(body, "\"state\":\"done\""));
	assert_non_null(strstr(body, "\"created\":2"));
	assert_int_equal(
		send_file(o, "/api/v1/imports?entity=leads", "text/csv", "PK\003\004", &body), 422);
	assert_non_null(strstr(body, "\"file\""));
	assert_int_equal(
		send_file(o, "/api/v1/imports?entity=nobody", "text/csv", "A\nb\n", &body), 422);
	assert_int_equal(
		send_file(o, "/api/v1/imports?entity=leads", "application/zip", "PK", &body), 415);
	assert_int_equal(send_file(o, "/api/v1/imports?entity=leads&name=b.csv",
				 "application/octet-stream", "Cognome;Altro\nNeri;1\n", &body),
		201);
	path = textf(&cx, "/api/v1/imports/%lld",
		(long long)office_count(o, "select max(id) from import where ws = $1"));
	assert_int_equal(office_ask(o, token, "PATCH", path,
				 "{\"mapping\":{\"1\":\"need\"},\"key\":null}", &body),
		200);
	assert_non_null(strstr(body, "\"1\":\"need\""));
	assert_int_equal(
		office_ask(o, token, "POST", textf(&cx, "%s/check", path), "{}", &body), 200);
	assert_non_null(strstr(body, "\"state\":\"checked\""));
	assert_int_equal(
		office_ask(o, token, "POST", textf(&cx, "%s/run", path), "{}", &body), 200);
	assert_int_equal(
		office_ask(o, token, "POST", textf(&cx, "%s/run", path), "{}", &body), 409);
	assert_int_equal(
		office_ask(o, token, "GET", textf(&cx, "%s/refused", path), NULL, &body), 200);
	assert_int_equal(office_ask(o, token, "GET", "/api/v1/imports", NULL, &body), 200);
	assert_int_equal(leads(o), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(every_encoding_and_separator_is_read),
		T(a_line_break_in_quotes_stays),
		T(headings_of_other_programs_are_known),
		T(numbers_and_dates_come_in_both_forms),
		T(what_does_not_fit_is_kept_beside),
		T(columns_without_a_field_keep_their_heading),
		T(a_list_without_names_has_its_number_for_one),
		T(a_row_without_a_name_is_refused_with_its_reason),
		T(formulas_stay_text),
		T(people_and_sources_are_known_by_name),
		T(known_rows_are_updated_by_their_key),
		T(known_rows_are_skipped_by_their_key),
		T(looking_writes_no_record),
		T(what_is_no_table_is_refused),
		T(a_value_taken_refuses_its_row_alone),
		T(others_imports_are_not_there),
		T(a_mapping_must_make_sense),
		T(the_doors_take_a_file_at_once_or_step_by_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

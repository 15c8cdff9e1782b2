/* A pasted card taken apart (S1.33: a name is recorded in a moment). */
#include "check.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/card.h"

static void check_card(const char *text, struct card wanted)
{
	const char **want = (const char **)&wanted;
	const char **got;
	struct arena *mem = arena_new();
	struct card card;

	card_read(mem, text, &card);
	got = (const char **)&card;
	for (size_t i = 0; i < sizeof(card) / sizeof(char *); i++)
		assert_string_equal(got[i], want[i] ? want[i] : "");
	arena_free(mem);
}

static void a_line_with_commas_is_read(void **state)
{
	(void)state;
	check_card("Mario Rossi, Rossi Impianti srl, titolare, 02 1234567, m.rossi@rossi.it",
		(struct card){ "Mario", "Rossi", "Rossi Impianti srl", "titolare",
			"m.rossi@rossi.it", "02 1234567" });
	check_card("DE SANTIS Gualtiero; AD; Officine De Santis S.r.l.; 335/1234567",
		(struct card){ "Gualtiero", "De Santis", "Officine De Santis S.r.l.", "AD",
			.mobile = "335/1234567" });
}

static void a_line_without_commas_is_read(void **state)
{
	(void)state;
	check_card("Mario Rossi titolare Rossi Impianti srl 02 1234567 m.rossi@rossi.it",
		(struct card){ "Mario", "Rossi", "Rossi Impianti srl", "titolare",
			"m.rossi@rossi.it", "02 1234567" });
	check_card("mario rossi 3471234567",
		(struct card){ "Mario", "Rossi", .mobile = "3471234567" });
	check_card("Mario Rossi Rossi Impianti srl",
		(struct card){ "Mario", "Rossi", "Rossi Impianti srl" });
}

static void a_signature_is_read(void **state)
{
	(void)state;
	check_card("Dott.ssa Anna De Luca\nResponsabile Acquisti\nAcme S.p.A.\n"
		   "Via Roma 12 - 20121 Milano (MI)\n"
		   "Tel. +39 02 1234567 int. 12 - Fax 02 1234568\nCell. 347 1234567\n"
		   "anna.deluca@acme.it - www.acme.it\nP.IVA e C.F. 00743110157\n"
		   "PEC: acme@pec.acme.it",
		(struct card){ "Anna", "De Luca", "Acme S.p.A.", "Responsabile Acquisti",
			"anna.deluca@acme.it", "+39 02 1234567", "347 1234567", "www.acme.it",
			"00743110157",
			"Via Roma 12, 20121 Milano (MI)\nFax 02 1234568\nPEC: acme@pec.acme.it" });
}

static void an_english_signature_is_read(void **state)
{
	(void)state;
	check_card("Best regards,\nJohn Smith\nSales Manager at Widgets Ltd\n"
		   "Mobile: +44 7700 900123\njohn@widgets.co.uk",
		(struct card){ "John", "Smith", "Widgets Ltd", "Sales Manager",
			"john@widgets.co.uk", .mobile = "+44 7700 900123",
			.rest = "Best regards" });
}

static void the_last_name_may_stand_first(void **state)
{
	(void)state;
	check_card("ROSSI MARIO", (struct card){ "Mario", "Rossi" });
	check_card("D'AMICO GIUSEPPE", (struct card){ "Giuseppe", "D'Amico" });
	check_card("Lo Presti Maria Grazia", (struct card){ "Maria Grazia", "Lo Presti" });
	check_card("BRAMBILLA Ermenegildo", (struct card){ "Ermenegildo", "Brambilla" });
	check_card("Paolo Di Stefano", (struct card){ "Paolo", "Di Stefano" });
	check_card("Mario de Luca", (struct card){ "Mario", "de Luca" });
}

static void titles_belong_to_no_name(void **state)
{
	(void)state;
	check_card("Geom. Luca Bianchi 3331234567",
		(struct card){ "Luca", "Bianchi", .job_title = "Geom.", .mobile = "3331234567" });
	check_card(
		"Sig. Brambilla, Bar Sport, 0362 123456", (struct card){ .last_name = "Brambilla",
								  .company_name = "Bar Sport",
								  .phone = "0362 123456" });
	check_card("Dott. Ing. Mario Rossi, CEO",
		(struct card){ "Mario", "Rossi", .job_title = "CEO" });
}

static void the_mail_says_who_and_where(void **state)
{
	(void)state;
	check_card("giulia.verdi@studioverdi.it",
		(struct card){ "Giulia", "Verdi", .email = "giulia.verdi@studioverdi.it" });
	check_card("Crisalide, Paolo Neri, paolo@crisalide.it",
		(struct card){ "Paolo", "Neri", "Crisalide", .email = "paolo@crisalide.it" });
	check_card("Acme, info@acme.it",
		(struct card){ .company_name = "Acme", .email = "info@acme.it" });
}

static void addresses_and_dates_are_no_phones(void **state)
{
	(void)state;
	check_card("Via Roma 12, 20121 Milano, 01/02/2026",
		(struct card){ .rest = "Via Roma 12, 20121 Milano, 01/02/2026" });
}

static void nothing_gives_nothing(void **state)
{
	char *text = malloc(100001);

	(void)state;
	check_card("", (struct card){ "" });
	check_card(" ,;\n- ", (struct card){ "" });
	memset(text, 'a', 100000);
	text[100000] = '\0';
	check_card(text, (struct card){ .rest = text });
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_with_commas_is_read),
		cmocka_unit_test(a_line_without_commas_is_read),
		cmocka_unit_test(a_signature_is_read),
		cmocka_unit_test(an_english_signature_is_read),
		cmocka_unit_test(the_last_name_may_stand_first),
		cmocka_unit_test(titles_belong_to_no_name),
		cmocka_unit_test(the_mail_says_who_and_where),
		cmocka_unit_test(addresses_and_dates_are_no_phones),
		cmocka_unit_test(nothing_gives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* When two company names are one firm (S1.25: lists repeat themselves). */
#include "check.h"

#include "base/arena.h"
#include "base/company_name.h"

static void check_key(const char *name, const char *key)
{
	struct arena *mem = arena_new();

	assert_string_equal(company_name_key(mem, name), key);
	arena_free(mem);
}

static void the_legal_form_is_dropped_however_written(void **state)
{
	static const char *const forms[] = { "Acme S.R.L.", "ACME srl", "Acme S r l",
		"Acme s.r.l.s.", "Acme S.p.A.", "Acme spa", "ACME S.N.C.", "Acme sas",
		"Acme Societ\xc3\xa0 per azioni", "acme societa' a responsabilita' limitata",
		"Acme Soc. Coop. a r.l.", "Ditta Acme", "Spett.le Acme srl", "Acme GmbH",
		"Acme Ltd", "Acme S.p.A. a socio unico", "Acme srl unipersonale",
		"Acme Srl in liquidazione", "Acme srl - Via Roma 3 - 20121 Milano",
		"Acme spa con sede in Bologna" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		check_key(forms[i], "acme");
}

static void abbreviations_are_written_out(void **state)
{
	(void)state;
	check_key("ROSSI F.LLI S.R.L.", "rossi fratelli");
	check_key("Fratelli Rossi snc", "fratelli rossi");
	check_key("Az. Agr. Le Vigne s.s.", "azienda agricola le vigne");
	check_key("Ass.ne Sportiva", "associazione sportiva");
	check_key("Ist. Galilei", "istituto galilei");
}

static void single_letters_are_one_word(void **state)
{
	(void)state;
	check_key("G.A.M. S.R.L.", "gam");
	check_key("GAM srl", "gam");
	check_key("G & G snc", "geg");
	check_key("C.E.V. Ing. Fiorini e Figli srl", "cev ing fiorini figli");
}

static void and_says_nothing(void **state)
{
	(void)state;
	check_key("Fanari & Moi sas", "fanari moi");
	check_key("Fanari e Moi", "fanari moi");
	check_key("Fanari &amp; Moi", "fanari moi");
	/* Partners tell Mario Rossi's partnership from Mario Rossi. */
	check_key("Rossi Mario & C. snc", "rossi mario c");
	check_key("Rossi Mario e C. s.n.c.", "rossi mario c");
	check_key("Rossi Mario", "rossi mario");
}

static void a_name_without_end_is_only_folded(void **state)
{
	char name[2001], key[2001];

	(void)state;
	for (size_t i = 0; i < 2000; i += 4) {
		memcpy(name + i, "SRL ", 4);
		memcpy(key + i, "srl ", 4);
	}
	name[1999] = key[1999] = '\0';
	check_key(name, key);
}

static void a_name_of_nothing_else_is_kept(void **state)
{
	(void)state;
	check_key("S.R.L.", "s r l");
	check_key("Ditta", "ditta");
	check_key("Via Veneto srl", "via veneto");
	check_key("", "");
	check_key("...", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_legal_form_is_dropped_however_written),
		cmocka_unit_test(abbreviations_are_written_out),
		cmocka_unit_test(single_letters_are_one_word),
		cmocka_unit_test(and_says_nothing),
		cmocka_unit_test(a_name_without_end_is_only_folded),
		cmocka_unit_test(a_name_of_nothing_else_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

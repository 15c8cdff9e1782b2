/* How likely two names are one firm's; whose a mail address is. */
#include "check.h"

#include "base/arena.h"
#include "base/company_alike.h"
#include "base/mail_domain.h"

/* As if ten thousand firms were known, and these words common among them. */
static size_t held(const void *arg, const char *word)
{
	static const char *const common[] = { "costruzioni", "impianti", "impresa", "di", "servizi",
		"fratelli", "generali", "edil" };

	(void)arg;
	for (size_t i = 0; i < COUNT_OF(common); i++)
		if (!strcmp(common[i], word))
			return 300;
	return 0;
}

static int alike(const char *a, const char *b)
{
	const struct word_counts counts = { held, NULL, 10000 };
	struct arena *mem = arena_new();
	struct company_words x = { 0 }, y = { 0 };
	int score, turned;

	company_name_cut(mem, a, &x.name);
	company_name_cut(mem, b, &y.name);
	company_weigh(&x, &counts);
	company_weigh(&y, &counts);
	score = company_alike(&x, &y);
	turned = company_alike(&y, &x);
	arena_free(mem);
	assert_int_equal(score, turned);
	return score;
}

static void one_firm_is_known_however_typed(void **state)
{
	static const char *const pairs[][2] = {
		{ "ZANOLETTI IMPIANTI S.R.L.", "Zanoletti Impianti srl" },
		{ "Zanoletti Impianti", "Zanoleti impianti snc" },
		{ "Edil Zanoletti srl", "EDILZANOLETTI S.R.L." },
		{ "Impresa Zanoletti Costruzioni Generali", "Zanoletti Costruzioni" },
		{ "Zanoletti di Zanoletti Ugo & C. snc", "ZANOLETTI SNC" },
		{ "Zanoletti Vinicio Costr.", "Zanoletti Vinicio Costruzioni srl" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		assert_true(alike(pairs[i][0], pairs[i][1]) >= COMPANY_LIKELY);
}

static void what_many_bear_makes_none_the_same(void **state)
{
	static const char *const pairs[][2] = {
		{ "Impresa Costruzioni", "Costruzioni Generali" },
		{ "Zanoletti Impianti", "Brambilla Impianti" },
		{ "Farmacia Comunale 2", "Farmacia Comunale 3" },
		{ "F.lli Zanoletti", "F.lli Brambilla" },
		{ "", "Zanoletti" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		assert_true(alike(pairs[i][0], pairs[i][1]) < COMPANY_LIKELY);
}

static void a_name_is_cut_into_core_form_and_partners(void **state)
{
	struct arena *mem = arena_new();
	struct company_name cut;

	(void)state;
	company_name_cut(mem, "Falegnameria Zanoletti & C. S.n.c. di Zanoletti Ugo", &cut);
	assert_int_equal(cut.n, 5);
	assert_int_equal(cut.core, 2);
	assert_string_equal(cut.form, "snc");
	assert_true(cut.has_partners);
	company_name_cut(mem, "S.R.L.", &cut);
	assert_true(cut.n > 0);
	company_name_cut(mem, "", &cut);
	assert_int_equal(cut.n, 0);
	arena_free(mem);
}

static void names_of_one_firm_meet(void **state)
{
	const struct word_counts counts = { held, NULL, 10000 };
	uint64_t x[COMPANY_MEETS], y[COMPANY_MEETS];
	struct company_words a = { 0 }, b = { 0 };
	struct arena *mem = arena_new();
	size_t n, m, shared = 0;

	(void)state;
	company_name_cut(mem, "Zanoletti", &a.name);
	company_name_cut(mem, "Zanolletti srl", &b.name);
	company_weigh(&a, &counts);
	company_weigh(&b, &counts);
	n = company_meets(&a, x);
	m = company_meets(&b, y);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			shared += x[i] == y[k];
	assert_true(shared > 0);
	assert_true(n <= COMPANY_MEETS && m <= COMPANY_MEETS);
	arena_free(mem);
}

static void words_are_alike_letter_by_letter(void **state)
{
	(void)state;
	assert_true(word_alike("rossi", "rossi") == 1.0f);
	assert_true(word_alike("zanoletti", "zanoleti") > 0.8f);
	assert_true(word_alike("zanoletti", "znaoletti") > 0.8f);
	assert_true(word_alike("m", "mario") == 0.5f);
	assert_true(word_alike("rossi", "russo") == 0.0f);
	assert_true(word_alike("2024", "2025") == 0.0f);
	assert_true(word_alike("rosa", "rossa") > 0.0f);
	assert_true(word_alike("", "rossi") < 1.0f);
}

static void providers_domains_are_nobodys(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(mail_domain_own(mem, "Ugo@Zanoletti.IT"), "zanoletti.it");
	assert_string_equal(mail_domain_own(mem, "https://www.zanoletti.it/chi?x"), "zanoletti.it");
	assert_string_equal(mail_domain_own(mem, "www.zanoletti.it"), "zanoletti.it");
	assert_string_equal(mail_domain_own(mem, "ugo@gmail.com"), "");
	assert_string_equal(mail_domain_own(mem, "ugo@gmail.it"), "");
	assert_string_equal(mail_domain_own(mem, "ugo@libero.it"), "");
	assert_string_equal(mail_domain_own(mem, "zanoletti@pec.it"), "");
	assert_string_equal(mail_domain_own(mem, "zanoletti@arubapec.it"), "");
	assert_string_equal(mail_domain_own(mem, "x@legalmail.it"), "");
	assert_string_equal(mail_domain_own(mem, "nothing"), "");
	assert_string_equal(mail_domain_own(mem, ""), "");
	assert_true(mail_is_shared("info@zanoletti.it"));
	assert_true(mail_is_shared("INFO zanoletti it"));
	assert_false(mail_is_shared("ugo@zanoletti.it"));
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_firm_is_known_however_typed),
		cmocka_unit_test(what_many_bear_makes_none_the_same),
		cmocka_unit_test(a_name_is_cut_into_core_form_and_partners),
		cmocka_unit_test(names_of_one_firm_meet),
		cmocka_unit_test(words_are_alike_letter_by_letter),
		cmocka_unit_test(providers_domains_are_nobodys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

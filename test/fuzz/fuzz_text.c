/* Any bytes as a name, a phone, a code, an amount, a date, a card. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/card.h"
#include "base/clock.h"
#include "base/codes.h"
#include "base/company_name.h"
#include "base/fold.h"
#include "base/money.h"
#include "base/phone.h"
#include "base/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void fold_text(struct arena *mem, const char *s)
{
	const char *const *tokens;
	const char *folded = fold(mem, s);
	size_t n = fold_tokens(mem, s, &tokens);

	must(utf8_is_valid(folded, strlen(folded)));
	must((*folded != '\0') == (n > 0));
	for (size_t i = 0; i < n; i++)
		must(*tokens[i] && !strchr(tokens[i], ' '));
	nfc(mem, s);
	company_name_key(mem, s);
}

static void read_codes(const char *s)
{
	char proposal[CODE_TEXT], clean[CODE_TEXT];

	code_clean(s, clean);
	must(strlen(clean) < CODE_TEXT);
	if (vat_number_check(s, proposal) == CODE_ZERO_LOST)
		must(vat_number_check(proposal, NULL) == CODE_GOOD);
	tax_code_check(s, proposal);
	iban_check(s);
}

static void read_phones(struct arena *mem, const char *s)
{
	char e164[PHONE_TEXT], again[PHONE_TEXT], shown[8];
	const char *const *numbers;
	size_t n = phone_split(mem, s, "IT", &numbers);

	must(phone_read(s, "IT", e164) == (n > 0));
	for (size_t i = 0; i < n; i++) {
		must(phone_read(numbers[i], "IT", again));
		must(!strcmp(numbers[i], again));
	}
	phone_read(s, "DE", e164);
	phone_mend(s, e164);
	phone_show(s, shown, sizeof(shown));
	must(strlen(shown) < sizeof(shown));
}

static void read_amounts(const char *s)
{
	int64_t cents, again;
	char text[MONEY_TEXT];

	if (money_read(s, &cents)) {
		money_write(cents, text);
		must(money_read(text, &again) && again == cents);
	}
	if (money_read_typed(s, &cents)) {
		must(cents <= MONEY_MAX && cents >= -MONEY_MAX);
		money_write(cents, text);
		must(money_read(text, &again) && again == cents);
	}
	number_read_typed(s, &cents);
	currency_is_known(s);
}

static void read_times(const char *s)
{
	int64_t ms, again;
	char text[CLOCK_TEXT], date[DATE_TEXT];

	if (clock_read(s, &ms)) {
		clock_write(ms, text);
		must(clock_read(text, &again) && again == ms);
	}
	if (date_read(s, date))
		must(date_is_valid(date));
	if (instant_read(s, "Europe/Rome", &ms))
		date_of(ms, "Europe/Rome", date);
	zone_is_known(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	/* Exactly as long as it is, so that reading past it is seen. */
	char *s = malloc(n + 1);
	struct card card;

	memcpy(s, data, n);
	s[n] = '\0';
	fold_text(mem, s);
	read_codes(s);
	read_phones(mem, s);
	read_amounts(s);
	read_times(s);
	card_read(mem, s, &card);
	lang_accept(s, LANG_IT);
	free(s);
	arena_free(mem);
	return 0;
}

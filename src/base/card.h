/* card - one pasted line, business card or mail signature, taken apart.
 *
 * Recognises e-mail, phones, web address, VAT number, and from the rest the
 * person's name, the firm (by its legal form, or by the e-mail's domain) and
 * the job title (by the words people use for it, Italian and English). */
#pragma once

struct arena;

struct card {
	const char *first_name, *last_name, *company_name, *job_title;
	const char *email, *phone, *mobile, *website, *vat_number;
	const char *rest; /* what was not recognised, line breaks kept */
};

/* All members are set, "" where nothing was found; in the arena.  A rossi
 * example: "Mario Rossi, Rossi Impianti srl, titolare, 02 1234567,
 * m.rossi@rossi.it". */
void card_read(struct arena *mem, const char *text, struct card *card);

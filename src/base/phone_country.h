/* phone_country - how each country's numbers are dialled from abroad. */
#pragma once

#include <stddef.h>

struct phone_country {
	const char *iso;  /* "DE" */
	const char *code; /* "49" */
	const char *own;  /* what is dialled before a number at home: "0", or "" */
};

/* NULL for a country that is not known. */
const struct phone_country *phone_country(const char *iso);

/* Whose calling code the digits of an international number begin with; NULL
 * when nobody's. */
const struct phone_country *phone_country_of(const char *digits);

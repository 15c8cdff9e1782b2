/* phone - telephone numbers as they are typed, and as they are dialled.
 *
 * ITU-T E.164, with Italy's habit: the 0 of a landline belongs to the number
 * and stays after +39.  test/base/test_phone.c lists the shapes
 * accepted. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum { PHONE_TEXT = 24 };

/* The first number of raw as E.164 ("+390212345678"), country (ISO code, ""
 * means IT) telling the prefix of a number without one.  Accepts blanks,
 * / . - ( ), "0039", "+39 (0)6", "tel.", "int. 3".  false, and "" in e164,
 * when there is no dialable number.  e164 is PHONE_TEXT long. */
bool phone_read(const char *raw, const char *country, char *e164);

/* All numbers of a cell such as "0532 769137 / 0532 769138"; count of them,
 * *numbers an array of E.164 texts in the arena. */
size_t phone_split(
	struct arena *mem, const char *raw, const char *country, const char *const **numbers);

/* An Italian number that lost its leading zero in a spreadsheet: the E.164 of
 * the mended one, or false. */
bool phone_mend(const char *raw, char *e164);

/* E.164 as people read it: "02 123 4567", "347 123 4567", "+41 44 ..." */
void phone_show(const char *e164, char *text, size_t size);

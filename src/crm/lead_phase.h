/* lead_phase - in which of the four phases of acquisition a lead is (S3.1).
 *
 * Suspects are prospects, rows of a list; a lead is in the phase lead, or, when
 * it shows a real interest to buy, hot lead; converted it goes on as an
 * opportunity; one that was not interested or abandoned is out. */
#pragma once

#include "record/record.h"

extern const struct choice lead_phases[]; /* lead, hot_lead, converted, out */

const char *lead_phase(struct ctx *cx, const struct record *lead);
/* The lead's filter: " and ..." for the word. */
bool lead_phase_asked(
	struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args);

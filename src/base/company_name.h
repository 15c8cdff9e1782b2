/* company_name - what makes two company names the same firm. */
#pragma once

struct arena;

/* The core of the name: folded, legal form (SRL, S.p.A., snc ...),
 * "unipersonale", "in liquidazione" and an address tail dropped, F.lli =
 * fratelli and the like written out.  "ROSSI F.LLI S.R.L." -> "rossi fratelli".
 * When nothing would be left the folded name itself. */
const char *company_name_key(struct arena *mem, const char *name);

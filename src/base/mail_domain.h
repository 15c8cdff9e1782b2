/* mail_domain - whose a mail address is: a firm's own domain, or a provider's
 * that anybody may have an address with. */
#pragma once

#include <stdbool.h>

struct arena;

/* The domain of an address or web site, folded to small letters, without
 * "www."; "" when there is none or when it is a provider's (gmail.com,
 * libero.it, any of certified mail). */
const char *mail_domain_own(struct arena *mem, const char *address);

/* info@, sales@, amministrazione@: an address that several people read; as
 * typed or folded. */
bool mail_is_shared(const char *address);

/* Providers' domains, and addresses that are nobody's own. */
#include "base/mail_domain.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"

enum { DOMAIN_MAX = 120 };

/* Where anybody has an address; those that end in a dot under any country. */
/* clang-format off */
static const char *const providers[] = { "gmail.", "googlemail.", "hotmail.", "outlook.", "live.",
	"msn.", "yahoo.", "ymail.", "icloud.", "me.com", "mac.com", "aol.", "gmx.", "proton.",
	"protonmail.", "libero.", "virgilio.", "alice.", "tin.it", "tim.it", "tiscali.", "tiscalinet.",
	"fastwebnet.", "fastwebmail.", "inwind.", "iol.it", "email.it", "vodafone.it", "teletu.it",
	"katamail.", "supereva.", "poste.it", "aruba.it", "interfree.it", "jumpy.it", "hotmail.it",
	"infinito.it", "tele2.it", "wind.it", "windtre.it", "linkem.com", "eolo.it", "legalmail.it",
	"registerpec.it", "legal.email", "casellapec.com", "mypec.eu", "linkedin.com", "facebook.com",
	"instagram.com", "t-online.de", "web.de", "orange.fr", "free.fr", "wanadoo.fr", "laposte.net",
	"bluewin.ch" };

static const char *const shared[] = { "info", "amministrazione", "amm", "commerciale", "vendite",
	"segreteria", "contatti", "contatto", "ufficio", "mail", "email", "posta", "admin", "sales",
	"office", "direzione", "acquisti", "contact", "contacts", "marketing", "support", "assistenza",
	"clienti", "preventivi", "tecnico", "contabilita", "fatture", "fatturazione", "ordini", "hello",
	"protocollo", "reception", "booking", "prenotazioni", "service", "webmaster", "staff" };
/* clang-format on */

static bool is_provider(const char *domain)
{
	for (size_t i = 0; i < sizeof(providers) / sizeof(*providers); i++) {
		size_t n = strlen(providers[i]);
		bool any = providers[i][n - 1] == '.';

		if (!strncmp(domain, providers[i], n) && (any || !domain[n]))
			return true;
	}
	/* certified mail, by whatever name */
	return !strncmp(domain, "pec.", 4) || strstr(domain, "pec.") || strstr(domain, ".pec") ||
	       strstr(domain, "postacert") || strstr(domain, "postecert");
}

const char *mail_domain_own(struct arena *mem, const char *address)
{
	const char *at = strrchr(address, '@');
	char *domain = arena_alloc(mem, DOMAIN_MAX + 1);
	size_t n = 0;

	if (at)
		address = at + 1;
	else if ((at = strstr(address, "://")) != NULL)
		address = at + 3;
	if (!strncasecmp(address, "www.", 4))
		address += 4;
	for (; n < DOMAIN_MAX && address[n] && !strchr("/:?# ", address[n]); n++)
		domain[n] = (char)tolower((unsigned char)address[n]);
	domain[n] = '\0';
	return strchr(domain, '.') && !is_provider(domain) ? domain : "";
}

bool mail_is_shared(const char *address)
{
	size_t n = strcspn(address, "@ ");

	for (size_t i = 0; i < sizeof(shared) / sizeof(*shared); i++)
		if (strlen(shared[i]) == n && !strncasecmp(shared[i], address, n))
			return true;
	return false;
}

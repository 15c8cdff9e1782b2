/* Which addresses are public (RFC 6890 and the IANA registries that follow it). */
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "fetch/fetch.h"

/* What is not: network, length of the prefix. */
static const struct {
	uint32_t net;
	int bits;
} special[] = {
	{ 0x00000000, 8 },  /* this network */
	{ 0x0a000000, 8 },  /* private */
	{ 0x64400000, 10 }, /* shared, of providers */
	{ 0x7f000000, 8 },  /* loopback */
	{ 0xa9fe0000, 16 }, /* link-local, also of clouds' metadata */
	{ 0xac100000, 12 }, /* private */
	{ 0xc0000000, 24 }, /* protocol assignments */
	{ 0xc0000200, 24 }, /* documentation */
	{ 0xc01fc400, 24 }, /* AS112 */
	{ 0xc034c100, 24 }, /* AMT */
	{ 0xc0586300, 24 }, /* 6to4 relays */
	{ 0xc0a80000, 16 }, /* private */
	{ 0xc0af3000, 24 }, /* AS112 */
	{ 0xc6120000, 15 }, /* benchmarks */
	{ 0xc6336400, 24 }, /* documentation */
	{ 0xcb007100, 24 }, /* documentation */
	{ 0xe0000000, 3 },  /* multicast, reserved, broadcast */
};

static bool is_public_4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if ((address ^ special[i].net) >> (32 - special[i].bits) == 0)
			return false;
	return true;
}

static uint32_t last_four(const unsigned char *b)
{
	return (uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15];
}

/* Of what is not in 2000::/3, mapped and translated addresses are judged by the
 * IPv4 address within; nothing else there is anybody's. */
static bool is_public_6(const unsigned char *b)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const unsigned char nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (!memcmp(b, mapped, 12) || !memcmp(b, nat64, 12))
		return is_public_4(last_four(b));
	if ((b[0] & 0xe0) != 0x20)
		return false;
	if (b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02) /* Teredo, ORCHID, benchmarks */
		return false;
	if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8)
		return false;
	if (b[0] == 0x20 && b[1] == 0x02) /* 6to4 */
		return false;
	return !(b[0] == 0x3f && b[1] == 0xff && b[2] < 0x10);
}

bool address_is_public(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return is_public_4(ntohl(
			((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
	if (address->sa_family == AF_INET6)
		return is_public_6(
			((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
	return false;
}

/* campaign_parts - a sending from the inside. */
#pragma once

#include "crm/campaign_send.h"
#include "mail/mail.h"
#include "record/list.h"

/* One of a segment. */
struct reader {
	struct record *rec; /* a lead, a contact or a prospect */
	const char *email, *hash;
	const char *company; /* its name, "" for none */
};

enum verdict {
	READER_READY,
	READER_NO_ADDRESS,
	READER_PEC,
	READER_SUPPRESSED,
	READER_NO_CONSENT,
	READER_SENT,
	VERDICT_COUNT,
};

/* What is the same for all of them. */
struct sending {
	struct record *campaign, *firm;
	struct record *segment; /* NULL: there is none */
	bool nurtures;		/* leads are parked with it (C14) */
};
bool sending_load(struct ctx *cx, int64_t id, enum right right, struct sending *s);
/* The next of those it is meant for: its segment, newest first, then the leads
 * that are parked with it.  *at: how far it came, 0 to begin. */
bool audience_page(
	struct ctx *cx, const struct sending *s, int64_t *at, size_t limit, struct page *page);
/* Subject, text, server and address for links are there. */
bool sending_must_be_ready(struct ctx *cx, const struct sending *s);

bool reader_judge(struct ctx *cx, const struct sending *s, struct record *rec,
	struct reader *reader, enum verdict *verdict);
/* "lead_id": by which a touch or a consent names one of that entity. */
const char *reader_link(struct ctx *cx, const struct entity *of);
const char *reader_once(struct ctx *cx, const struct sending *s, const struct reader *reader);

/* Into the queue; trial: to that address instead, whenever asked. */
bool letter_queue(
	struct ctx *cx, const struct sending *s, const struct reader *reader, const char *trial);

/* digest - the morning mail: the leads that are expired, by phase (S4.26, C23).
 *
 * Whoever wants it gets his own at his hour, in his language and zone; who may
 * read others' leads gets theirs too, by person and phase.  Nothing is sent
 * when there is none.  A local day has one, however often the program is
 * started, the clock is put forward or back, or the hour is changed. */
#pragma once

#include "mail/mail.h"
#include "record/record.h"

/* Once a minute: queue what is due and not seen to yet.  Does nothing, cheaply,
 * while nobody's hour has come, or the firm has no mail server. */
bool digest_send_due(struct ctx *cx);

/* What somebody would get at cx->now, whether it was sent or not; *due says
 * whether his hour of that day has come and he wants it.  *mail is all empty
 * when there is nothing to tell.  It belongs to cx's arena. */
bool digest_preview(struct ctx *cx, int64_t user_id, struct mail *mail, bool *due);

/* For the check of user: the hour, the zone. */
bool digest_check(struct ctx *cx, const struct record *user);

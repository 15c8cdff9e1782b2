/* crisalide digest: the morning mails, shown instead of sent. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "crm/digest.h"
#include "crm/firm.h"

struct show {
	const char *user; /* an e-mail address, or NULL: of all whose hour has come */
	bool html;
	int64_t at;
	size_t shown;
};

static void print(const struct show *show, const struct mail *mail)
{
	if (show->html) {
		fputs(mail->html, stdout);
		return;
	}
	printf("To: %s <%s>\nSubject: %s\n\n%s\n", mail->to_name, mail->to, mail->subject,
		mail->text);
}

/* Each in memory of its own. */
static bool show_one(struct desk *d, struct show *show, int64_t user_id)
{
	struct arena *mem = arena_new();
	struct ctx cx = d->cx;
	struct mail mail;
	bool due, ok;

	cx.mem = mem;
	ok = digest_preview(&cx, user_id, &mail, &due);
	if (ok && mail.to && (due || show->user)) {
		print(show, &mail);
		show->shown++;
	}
	d->cx.problem = cx.problem;
	if (ok)
		arena_free(mem);
	return ok;
}

static bool show_all(struct desk *d, struct show *show)
{
	struct record **users;
	bool found = false;
	size_t n;

	if (!record_all(&d->cx, &user_entity, &users, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (show->user && strcmp(record_text(users[i], "email"), show->user) != 0)
			continue;
		found = true;
		if (!show_one(d, show, users[i]->id))
			return false;
	}
	if (show->user && !found)
		fprintf(stderr, "there is no user %s\n", show->user);
	else if (!show->shown)
		fprintf(stderr, "there is no mail to send then\n");
	return found || !show->user;
}

static bool read_line(const struct command_line *line, struct show *show)
{
	const char *at = option(line, "at", NULL);

	*show = (struct show){ .user = option(line, "user", NULL),
		.html = option(line, "html", NULL) != NULL,
		.at = clock_now() };
	if (!at || clock_read(at, &show->at))
		return true;
	fprintf(stderr, "--at takes an instant: 2026-01-05T07:00:00Z\n");
	return false;
}

static int run(const struct command_line *line)
{
	struct record *firm;
	struct show show;
	struct desk d;
	bool ok;

	if (!read_line(line, &show))
		return 2;
	if (!desk_open(&d, line, "digest", false))
		return 1;
	d.cx.now = show.at;
	ok = firm_load(&d.cx, &firm);
	if (ok) {
		d.cx.zone = record_text(firm, "time_zone");
		ok = show_all(&d, &show);
	}
	if (!ok && d.cx.problem.kind != PROBLEM_NONE)
		desk_fail(&d);
	desk_close(&d);
	return ok ? 0 : 1;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ "at", "INSTANT", "as if it were then: 2026-01-05T07:00:00Z; now by default" },
	{ "user", "EMAIL", "of this one alone, whatever the hour" },
	{ "html", NULL, "the HTML instead of the text" },
	{ 0 },
};

const struct command digest_command = {
	"digest",
	"--data DIR [--at 2026-01-05T07:00:00Z] [--user EMAIL]",
	"Print the morning mails; send none.",
	options,
	0,
	run,
};

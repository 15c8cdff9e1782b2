/* crisalide demo: an invented firm in a folder of its own, gone when it ends.
 *
 * Whose folder it is says a lock file that its run holds: one that nobody holds
 * is of a run that was killed, and the next start takes it away. */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "cli/serve.h"
#include "crm/seed.h"

#define FOLDER "crisalide-demo-"
#define LOCK "demo-lock"
#define LOCK_NEW LOCK ".new"
#define ADMIN "demo@example.it"

struct trial {
	char path[4096];
	const char *name; /* the last part of path */
	int parent, folder, lock;
};

/* What the program makes there and nothing else: a folder in which somebody
 * laid a file stays with it. */
static bool remove_folder(const struct trial *t)
{
	int fd = openat(t->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;

	for (struct dirent *e; d && (e = readdir(d));)
		if (!strncmp(e->d_name, "crisalide.", 10))
			unlinkat(t->folder, e->d_name, 0);
	if (d)
		closedir(d);
	unlinkat(t->folder, LOCK, 0);
	return unlinkat(t->parent, t->name, AT_REMOVEDIR) == 0;
}

static void let_go(const struct trial *t)
{
	if (t->lock >= 0)
		close(t->lock);
	if (t->folder >= 0)
		close(t->folder);
}

static bool is_mine(int folder)
{
	struct stat st;

	return fstat(folder, &st) == 0 && st.st_uid == geteuid() && !(st.st_mode & 077);
}

static void remove_if_left(int parent, const char *name)
{
	struct trial t = { .name = name, .parent = parent, .lock = -1 };

	t.folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (t.folder >= 0 && is_mine(t.folder))
		t.lock = openat(t.folder, LOCK, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (t.lock >= 0 && flock(t.lock, LOCK_EX | LOCK_NB) == 0)
		remove_folder(&t);
	let_go(&t);
}

static void remove_left(const char *parent)
{
	DIR *d = opendir(parent);

	for (struct dirent *e; d && (e = readdir(d));)
		if (!strncmp(e->d_name, FOLDER, strlen(FOLDER)))
			remove_if_left(dirfd(d), e->d_name);
	if (d)
		closedir(d);
}

/* The lock file has its name only once it is held, or another start could take
 * the folder for one that was left. */
static bool hold(struct trial *t)
{
	t->folder = openat(t->parent, t->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (t->folder < 0)
		return false;
	t->lock = openat(t->folder, LOCK_NEW, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return t->lock >= 0 && flock(t->lock, LOCK_EX | LOCK_NB) == 0 &&
	       renameat(t->folder, LOCK_NEW, t->folder, LOCK) == 0;
}

static bool make_folder(struct trial *t, const char *parent)
{
	*t = (struct trial){ .folder = -1, .lock = -1 };
	snprintf(t->path, sizeof(t->path), "%s/" FOLDER "XXXXXX", parent);
	t->parent = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->parent >= 0 && mkdtemp(t->path)) {
		t->name = strrchr(t->path, '/') + 1;
		if (hold(t))
			return true;
	}
	fprintf(stderr, "%s: %s\n", t->path, strerror(errno));
	return false;
}

/* Numbers only: what a name means is for others to say. */
static bool is_loopback(const char *listen)
{
	const char *colon = strrchr(listen, ':');
	char address[64];
	struct in_addr four;

	if (!colon || !strncmp(listen, "[::1]:", 6))
		return !colon || colon == listen + 5;
	snprintf(address, sizeof(address), "%.*s", (int)(colon - listen), listen);
	return inet_pton(AF_INET, address, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

/* Nobody knows the password: who comes in, comes by the link. */
static bool found_firm(const struct command_line *line, int64_t *guest)
{
	char password[TOKEN_TEXT], hash[SECRET_HASH];
	struct seed seed = { .email = ADMIN,
		.name = "Anna Ferri",
		.password_hash = hash,
		.lang = option(line, "lang", "it"),
		.firm = "",
		.demo = true };
	struct desk d;
	bool ok;

	if (!desk_open(&d, line, "init", true))
		return false;
	token_make(password);
	ok = password_hash(password, hash);
	if (!ok)
		fprintf(stderr, "not enough memory for a password hash\n");
	else if (!desk_make_tables(&d) || !seed_workspace(&d.cx, &seed) ||
		 !db_int(&d.cx, guest, 0, "select id from member where ws = $1 and email = $2",
			 ARGS(v_int(d.cx.ws), v_text(ADMIN))))
		ok = desk_fail(&d) == 0;
	desk_close(&d);
	return ok;
}

static void add(struct command_line *line, const char *name, const char *value)
{
	line->name[line->n] = name;
	line->value[line->n++] = value;
}

/* From here on a signal waits until the folder can be taken away. */
static void put_signals_off(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

static int run(const struct command_line *line)
{
	const char *parent = getenv("TMPDIR");
	struct command_line with = *line;
	struct trial t;
	int64_t guest = 0;
	int code = 1;

	if (!is_loopback(option(line, "listen", "127.0.0.1:0"))) {
		fprintf(stderr, "a demo is for this machine alone: --listen 127.0.0.1:8080\n");
		return 2;
	}
	if (!parent || !*parent)
		parent = P_tmpdir;
	put_signals_off();
	remove_left(parent);
	if (make_folder(&t, parent)) {
		add(&with, "data", t.path);
		if (!option(line, "listen", NULL))
			add(&with, "listen", "127.0.0.1:0");
		if (found_firm(&with, &guest))
			code = serve_until_told(&with, guest);
		if (!remove_folder(&t))
			fprintf(stderr, "%s: %s\n", t.path, strerror(errno));
	}
	let_go(&t);
	if (t.parent >= 0)
		close(t.parent);
	return code;
}

static const struct option_spec options[] = {
	{ "listen", "ADDRESS:PORT", "127.0.0.1 and any free port by default; loopback only" },
	{ "lang", "it|en", "its language; it by default" },
	{ 0 },
};

const struct command demo_command = {
	"demo",
	"[--listen 127.0.0.1:0] [--lang it|en]",
	"Try it: an invented firm that is gone afterwards.",
	options,
	0,
	run,
};

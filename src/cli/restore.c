/* crisalide restore: a backup becomes a workspace again. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/files.h"
#include "crm/entities.h"

enum { HEAD = 100, PATH_SIZE = 4096 };

static unsigned number_at(const unsigned char *head, size_t at, size_t n)
{
	unsigned value = 0;

	while (n--)
		value = value << 8 | head[at++];
	return value;
}

/* A SQLite file is as long as its head says: pages times their size. */
static bool is_whole(const char *path)
{
	unsigned char head[HEAD] = { 0 };
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(head, 1, HEAD, f) : 0;
	unsigned page = number_at(head, 16, 2), pages = number_at(head, 28, 4);
	struct stat st;

	if (f)
		fclose(f);
	else
		perror(path);
	if (!f)
		return false;
	if (n < HEAD || memcmp(head, "SQLite format 3", 16) != 0) {
		fprintf(stderr, "%s is no backup of Crisalide\n", path);
		return false;
	}
	if (page == 1)
		page = 65536;
	if (stat(path, &st) == 0 && st.st_size == (off_t)page * (off_t)pages)
		return true;
	fprintf(stderr, "%s is incomplete: %lld bytes of %lld are there\n", path,
		(long long)st.st_size, (long long)page * (long long)pages);
	return false;
}

/* Sound, and with our tables: the store itself says so. */
static bool is_ours(const char *path, const char *shown)
{
	struct store_options o = {
		.url = path, .purpose = "restore", .readers = 1, .read_only = true
	};
	char why[512] = "";
	struct store *s = store_open(&o, why, sizeof(why));
	struct arena *mem;
	struct ctx cx;
	const char *found = "";
	int64_t users = 0;
	bool sound, ours;

	if (!s) {
		fprintf(stderr, "%s is no backup of Crisalide: %s\n", shown, why);
		return false;
	}
	mem = arena_new();
	cx = (struct ctx){ .mem = mem, .db = db_session(s, mem), .ws = 1 };
	sound = store_integrity(&cx, &found) && !strcmp(found, "ok");
	ours = db_int(&cx, &users, 0,
		"select count(*) from member m, setting s where m.ws = $1 and s.ws = $1",
		ARGS(v_int(cx.ws)));
	if (!sound)
		fprintf(stderr, "%s is damaged: %s\n", shown, found);
	else if (!ours || !users)
		fprintf(stderr, "%s is no backup of Crisalide\n", shown);
	arena_free(mem);
	store_close(s);
	return sound && ours && users;
}

static void drop(const char *part)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[PATH_SIZE];

	for (size_t i = 0; i < COUNT(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", part, ends[i]);
		unlink(path);
	}
}

static bool put(const char *from, const char *to, const char *part)
{
	char side[PATH_SIZE];

	if (!file_copy(from, part) || !is_ours(part, from))
		return false;
	snprintf(side, sizeof(side), "%s-wal", part);
	unlink(side);
	snprintf(side, sizeof(side), "%s-shm", part);
	unlink(side);
	return file_settle(part, to);
}

static int run(const struct command_line *line)
{
	const char *from = line->words[0], *data = option(line, "data", "");
	char to[PATH_SIZE], part[PATH_SIZE];

	snprintf(to, sizeof(to), "%s/crisalide.db", data);
	snprintf(part, sizeof(part), "%s/crisalide.db.part", data);
	if (access(to, F_OK) == 0) {
		fprintf(stderr, "%s: there is a workspace already; restore into another folder\n",
			data);
		return 1;
	}
	if (!is_whole(from))
		return 1;
	umask(077);
	if (mkdir(data, 0700) != 0 && errno != EEXIST) {
		perror(data);
		return 1;
	}
	if (put(from, to, part))
		return 0;
	drop(part);
	return 1;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "a folder without a workspace; made when it is not there", true },
	{ 0 },
};

const struct command restore_command = {
	"restore",
	"--data DIR FILE",
	"Make a workspace of a backup.",
	options,
	1,
	run,
};

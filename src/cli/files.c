/* Whole files, surely on disk. */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool sync_at(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool sync_folder_of(const char *path)
{
	char folder[4096];
	char *slash;

	snprintf(folder, sizeof(folder), "%s", path);
	slash = strrchr(folder, '/');
	if (!slash)
		return sync_at(".", O_RDONLY | O_DIRECTORY);
	slash[slash == folder] = '\0';
	return sync_at(folder, O_RDONLY | O_DIRECTORY);
}

bool file_settle(const char *part, const char *path)
{
	if (!sync_at(part, O_RDONLY))
		return false;
	if (rename(part, path) != 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return false;
	}
	return sync_folder_of(path);
}

bool file_copy(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb");
	int fd = in ? open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	char part[65536];
	bool ok = fd >= 0;
	size_t n;

	if (!ok)
		fprintf(stderr, "%s: %s\n", in ? to : from, strerror(errno));
	while (ok && (n = fread(part, 1, sizeof(part), in)) > 0)
		ok = write(fd, part, n) == (ssize_t)n;
	if (fd >= 0 && (!ok || ferror(in)))
		fprintf(stderr, "%s: %s\n", to, strerror(errno));
	ok = ok && !ferror(in);
	if (fd >= 0 && close(fd) != 0)
		ok = false;
	if (in)
		fclose(in);
	return ok;
}

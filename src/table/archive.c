/* The parts of a zip file, unpacked as they are read. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "table/parts.h"

/* What a part may come to; a sheet of a million rows is less. */
enum { PARTS_MAX = 10000 };
static const int64_t unpacked_max = INT64_C(1) << 30;

struct archive {
	zip_t *zip;
	zip_file_t *part;
	int64_t unpacked;
};

static void close_part(struct archive *a)
{
	if (a->part)
		zip_fclose(a->part);
	a->part = NULL;
}

static void close_archive(void *arg)
{
	struct archive *a = arg;

	close_part(a);
	zip_discard(a->zip);
}

struct archive *archive_open(struct arena *mem, const char *bytes, size_t n, const char **why)
{
	struct archive *a = arena_alloc(mem, sizeof(*a));
	zip_error_t error;
	zip_source_t *source;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes, n, 0, &error);
	a->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	zip_error_fini(&error);
	if (!a->zip) {
		zip_source_free(source);
		*why = "table.broken";
		return NULL;
	}
	arena_defer(mem, close_archive, a);
	if (zip_get_num_entries(a->zip, 0) > PARTS_MAX) {
		*why = "table.bomb";
		return NULL;
	}
	return a;
}

static zip_int64_t locate(const struct archive *a, const char *name)
{
	zip_int64_t at = zip_name_locate(a->zip, name, 0);

	return at >= 0 ? at : zip_name_locate(a->zip, name, ZIP_FL_NOCASE);
}

bool archive_has(const struct archive *a, const char *name)
{
	return locate(a, name) >= 0;
}

static int64_t read_part(void *arg, char *to, size_t n, const char **why)
{
	struct archive *a = arg;
	zip_int64_t got = zip_fread(a->part, to, n);

	if (got < 0) {
		*why = "table.broken";
		return -1;
	}
	a->unpacked += got;
	if (a->unpacked > unpacked_max) {
		*why = "table.bomb";
		return -1;
	}
	return got;
}

bool archive_part(struct archive *a, const char *name, struct source *from, const char **why)
{
	zip_int64_t at = locate(a, name);
	zip_stat_t stat;

	close_part(a);
	a->unpacked = 0;
	if (at < 0 || zip_stat_index(a->zip, (zip_uint64_t)at, 0, &stat)) {
		*why = "table.broken";
		return false;
	}
	if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
		*why = "table.encrypted";
		return false;
	}
	a->part = zip_fopen_index(a->zip, (zip_uint64_t)at, 0);
	*from = (struct source){ read_part, a };
	if (!a->part)
		*why = "table.broken";
	return a->part != NULL;
}

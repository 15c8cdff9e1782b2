/* files - putting a whole file in its place so that a power cut leaves either
 * the old state or the new one. */
#pragma once

#include <stdbool.h>

/* The file's bytes, then its new name, then the folder are on disk; what went
 * wrong is told on stderr. */
bool file_settle(const char *part, const char *path);
/* A copy of from as a new file. */
bool file_copy(const char *from, const char *to);

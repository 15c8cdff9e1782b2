/* bring - imports for tests: a text in, records out. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "office.h"
#include "record/import_parts.h"
#include "record/undo_parts.h"

struct import_host host_of(struct office *o);
/* Stored and planned; its id. */
int64_t taken(struct ctx *cx, const struct entity *of, const char *text);
/* Taken and run; the import as it stands then. */
struct import brought(struct office *o, const struct entity *of, const char *text);
struct import standing(struct office *o, int64_t id);
/* Change it by JSON, as PATCH does. */
void changed(struct ctx *cx, int64_t id, const char *json);
/* The field that a heading goes to, "" for none. */
const char *goes_to(const struct import *im, const char *heading);
/* The n-th record of its entity, by id, from 0. */
struct record *nth(struct office *o, const struct entity *of, size_t n);
/* What the record keeps under a heading, "" for nothing. */
const char *kept(struct office *o, const struct record *rec, const char *heading);
/* "Cognome;E-mail" and so many rows. */
const char *many(struct ctx *cx, size_t rows);
int64_t leads(struct office *o);
int setup(void **state);
int teardown(void **state);

/* Statements that wait for the commit of those who share it. */
#include <stdlib.h>
#include <string.h>

#include "db/store.h"

void later_add(struct later_list *l, const char *sql, const struct val *args, size_t n)
{
	size_t texts = strlen(sql) + 1;
	struct later *new;
	char *at;

	for (size_t i = 0; i < n; i++)
		texts += args[i].type == VAL_TEXT ? strlen(args[i].s) + 1 : 0;
	new = malloc(sizeof(*new) + n * sizeof(*args) + texts);
	if (!new)
		abort();
	at = (char *)(new->args + n);
	*new = (struct later){ NULL, at, n };
	at = stpcpy(at, sql) + 1;
	memcpy(new->args, args, n * sizeof(*args));
	for (size_t i = 0; i < n; i++) {
		if (args[i].type != VAL_TEXT)
			continue;
		new->args[i].s = at;
		at = stpcpy(at, args[i].s) + 1;
	}
	*(l->end ? l->end : &l->first) = new;
	l->end = &new->next;
}

void later_move(struct later_list *to, struct later_list *from)
{
	if (!from->first)
		return;
	*(to->end ? to->end : &to->first) = from->first;
	to->end = from->end;
	*from = (struct later_list){ 0 };
}

void later_drop(struct later_list *l)
{
	for (struct later *one = l->first; one;) {
		struct later *next = one->next;

		free(one);
		one = next;
	}
	*l = (struct later_list){ 0 };
}

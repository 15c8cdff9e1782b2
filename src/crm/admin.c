/* The last administrator stays. */
#include "crm/admin.h"

#include "base/arena.h"
#include "crm/entities.h"

static bool is_admin_role(struct ctx *cx, const struct record *role)
{
	struct who who = { 0 };
	const char *why;

	return !record_has(role, "removed_at") &&
	       rights_read(
		       cx, record_text(role, "rights"), record_text(role, "fields"), &who, &why) &&
	       rights_is_admin(&who);
}

static bool is_at_work(const struct record *user)
{
	return record_int(user, "active") && !record_has(user, "removed_at");
}

/* The row as it will be: the one in hand where it is the same record. */
static const struct record *as_changed(const struct record *row, const struct record *changed)
{
	return row->of == changed->of && row->id == changed->id ? changed : row;
}

/* How many of all users at work have that role. */
static bool has_admin(
	struct record *const *users, size_t n, int64_t role_id, const struct record *changed)
{
	for (size_t i = 0; i < n; i++) {
		const struct record *user = as_changed(users[i], changed);

		if (is_at_work(user) && record_int(user, "role_id") == role_id)
			return true;
	}
	/* one that is being restored is not among them */
	return changed->of == &user_entity && is_at_work(changed) &&
	       record_int(changed, "role_id") == role_id;
}

bool admin_remains(struct ctx *cx, const struct record *changed)
{
	struct record **roles, **users;
	size_t role_n, user_n;

	if (!record_all(cx, &role_entity, &roles, &role_n) ||
		!record_all(cx, &user_entity, &users, &user_n))
		return false;
	for (size_t i = 0; i < role_n; i++) {
		const struct record *role = as_changed(roles[i], changed);

		if (is_admin_role(cx, role) && has_admin(users, user_n, role->id, changed))
			return true;
	}
	return refuse(cx, PROBLEM_CONFLICT, "user.last_admin");
}

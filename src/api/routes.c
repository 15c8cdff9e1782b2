/* All the doors there are.  A path's {id} is a record's number, {plural} any
 * entity's; a row with a plain name comes before one with {plural}. */
#include "api/handlers.h"

#define W ROUTE_WRITES
#define SLOW ROUTE_SLOW
#define LIST ROUTE_LIST

/* clang-format off */
const struct route routes[] = {
	{ "POST", "/session", session_start, 200, ROUTE_OPEN | W | SLOW, "Sign in", "email!:text password!:text" },
	{ "GET", "/session", session_read, 200, 0, "Who is signed in" },
	{ "DELETE", "/session", session_end, 200, W, "Sign out" },
	{ "POST", "/users/{id}/password", users_password, 200, W | SLOW, "Set a password", "password!:text current:text" },
	{ "GET", "/tokens", tokens_list, 200, 0, "One's own tokens" },
	{ "POST", "/tokens", tokens_create, 201, W, "Make a token, shown once", "name!:text" },
	{ "DELETE", "/tokens/{id}", tokens_end, 200, W, "End a token" },

	{ "GET", "/meta", meta_read, 200, 0, "What a user interface draws from" },
	{ "GET", "/openapi.json", openapi_read, 200, ROUTE_OPEN, "This document" },
	{ "GET", "/events", NULL, 200, ROUTE_EVENTS, "What changes, as server-sent events" },

	{ "POST", "/leads/card", leads_card, 200, 0, "Take a pasted line or signature apart", "text!:text" },
	{ "POST", "/leads/{id}/move", leads_move, 200, W, "Move to another status", "status_id!:int" },
	{ "POST", "/leads/{id}/next-action", leads_next_action, 200, W, "Plan the next action", "at!:time kind:text note:text done:object" },
	{ "POST", "/leads/{id}/conclude", leads_conclude, 200, W, "Conclude", "status_id!:int reason:text" },
	{ "POST", "/leads/{id}/reopen", leads_reopen, 200, W, "Take up work again", "status_id:int" },
	{ "GET", "/leads/parkable", leads_parkable, 200, 0, "Open leads of an owner that could be parked", NULL, "owner_id" },
	{ "POST", "/leads/park", leads_park_many, 200, W, "Park several until a day", "ids!:list until!:date note:text" },
	{ "POST", "/leads/{id}/park", leads_park, 200, W, "Park until a day", "until!:date note:text" },
	{ "POST", "/leads/{id}/purchase-request", leads_purchase_request, 200, W, "They ask to buy", "note:text" },
	{ "GET", "/leads/{id}/temperature", leads_temperature, 200, 0, "Hot, warm or cold, and why" },
	{ "GET", "/leads/{id}/progress", leads_progress, 200, 0, "The progress bar, with days spent" },
	{ "GET", "/leads/{id}/conversion", leads_conversion, 200, 0, "What converting would make" },
	{ "GET", "/leads/{id}/qualification", leads_qualification, 200, 0, "Whether it matches the profile, and what to ask" },
	{ "POST", "/leads/{id}/convert", leads_convert, 200, W, "Convert", "company:object contact:object opportunity:object owner_id:int" },

	{ "POST", "/opportunities/{id}/move", opportunities_move, 200, W, "Move to another stage", "stage_id!:int fields:object" },
	{ "POST", "/opportunities/{id}/next-action", opportunities_next_action, 200, W, "Plan the next action", "at!:time kind:text note:text done:object" },
	{ "POST", "/opportunities/{id}/win", opportunities_win, 200, W, "Won", "amount:money closed_on:date customer_code:text renewal_months:int renewal_on:date" },
	{ "POST", "/opportunities/{id}/lose", opportunities_lose, 200, W, "Lost", "reason!:text" },
	{ "POST", "/opportunities/{id}/reopen", opportunities_reopen, 200, W, "Open again", "" },
	{ "POST", "/opportunities/{id}/duplicate", opportunities_duplicate, 200, W, "An open copy", "name:text amount:money close_on:date" },
	{ "POST", "/opportunities/{id}/folder", opportunities_folder, 200, W, "Put it and its copies into a client folder", "company_id:int company:object" },
	{ "POST", "/companies/{id}/potential", companies_potential, 200, W, "Back from customer to potential", "" },
	{ "GET", "/companies/{id}/folder", companies_folder, 200, 0, "The client folder", NULL, "limit cursor phase" },
	{ "GET", "/contacts/{id}/folder", contacts_folder, 200, 0, "The client folder of a private person", NULL, "limit cursor phase" },

	{ "POST", "/campaigns/{id}/touch", campaigns_touch, 201, W, "It met somebody", "lead_id:int contact_id:int lead:object kind:text at:time note:text" },
	{ "GET", "/campaigns/{id}/roi", campaigns_roi, 200, SLOW, "What it brought, with the deals behind", NULL, "attribution" },
	{ "GET", "/campaigns/roi", campaigns_roi, 200, SLOW, "What all campaigns brought", NULL, "attribution" },

	{ "POST", "/web-forms/{id}/renew", web_forms_renew, 200, W, "Another key: the old address ends", "" },
	{ "GET", "/form-posts", form_posts_list, 200, 0, "What web forms brought and is no lead yet", NULL, "form_id" },
	{ "POST", "/form-posts/{id}/accept", form_posts_accept, 200, W, "Take it for a lead", "" },
	{ "DELETE", "/form-posts/{id}", form_posts_drop, 200, W, "Let it go" },

	{ "GET", "/prospect-lists/counts", prospects_counts, 200, 0, "How far every list is" },
	{ "GET", "/prospect-lists/{id}/sheet", prospects_sheet, 200, 0, "What the sheet of a list looks like" },
	{ "GET", "/prospect-lists/{id}/rows", prospects_rows, 200, 0, "Its rows, by position", NULL, "limit cursor discarded ids" },
	{ "POST", "/prospect-lists/{id}/cells", prospects_cells, 200, W | ROUTE_LARGE, "Set cells and add rows", "set:list add:list after:int" },
	{ "POST", "/prospect-lists/{id}/move", prospects_move, 200, W, "Put rows elsewhere", "ids!:list after:int" },
	{ "GET", "/prospect-lists/{id}/calling", prospects_calling, 200, 0, "Whom to call next", NULL, "limit" },
	{ "POST", "/prospect-lists/{id}/fetch", prospects_fetch, 200, W | SLOW, "Compare with a published sheet, or take it over", "url:text key:text apply:bool" },
	{ "POST", "/prospects/{id}/lead", prospects_lead, 200, W, "Make it a lead", "owner_id:int" },
	{ "POST", "/prospects/{id}/call", prospects_call, 200, W, "Write a call down", "outcome!:text at:time note:text owner_id:int" },

	{ "GET", "/agenda", work_agenda, 200, 0, "To do and stand-by", NULL, "list who limit cursor" },
	{ "GET", "/board", work_board, 200, 0, "Leads and opportunities by step", NULL, "who q limit column after pipeline_id" },
	{ "GET", "/search", work_search, 200, 0, "Search everything", NULL, "q limit" },
	{ "GET", "/duplicates", work_duplicates, 200, 0, "Records like these values", NULL, "entity *" },
	{ "POST", "/duplicates/find", duplicates_find, 200, W | SLOW, "Look for duplicates over a whole entity", "entity!:text" },
	{ "GET", "/duplicates/find", duplicates_progress, 200, 0, "How far that is", NULL, "entity" },
	{ "DELETE", "/duplicates/find", duplicates_stop, 200, W, "Stop it", NULL, "entity" },
	{ "GET", "/duplicates/groups", duplicates_groups, 200, 0, "What was found, likeliest first", NULL, "entity limit cursor" },
	{ "POST", "/duplicates/groups/{id}/dismiss", duplicates_dismissed, 200, W, "They are not the same", "ids:list only:int" },
	{ "GET", "/kpi", work_kpi, 200, SLOW, "Figures of a period", NULL, "from to owner_id source_id" },
	{ "GET", "/history", work_history, 200, 0, "A record's changes", NULL, "entity id limit cursor" },
	{ "GET", "/operations", work_operations, 200, 0, "What was done", NULL, "limit cursor user_id" },
	{ "GET", "/operations/{id}", work_operation, 200, 0, "One operation" },
	{ "POST", "/operations/{id}/undo", work_undo, 200, W, "Take an operation back", "skip_conflicts:bool" },

	{ "GET", "/imports", imports_list, 200, 0, "Imports" },
	{ "POST", "/imports", imports_create, 201, W | SLOW | ROUTE_FILE, "Bring a file", NULL, "entity name run mode key sheet into" },
	{ "POST", "/imports/sheets", imports_sheets, 200, SLOW | ROUTE_FILE, "The sheets of a workbook", NULL, "name" },
	{ "GET", "/imports/{id}", imports_read, 200, 0, "One import" },
	{ "PATCH", "/imports/{id}", imports_change, 200, W, "Its mapping", "mapping:object mode:text key:text skip_lines:list" },
	{ "POST", "/imports/{id}/check", imports_check, 200, W | SLOW, "Look before anything is written", "" },
	{ "POST", "/imports/{id}/run", imports_run, 200, W | SLOW, "Write it", "" },
	{ "GET", "/imports/{id}/refused", imports_refused, 200, SLOW, "The refused rows, as CSV" },

	{ "POST", "/qualification-rules/order", qualification_rules_order, 200, W, "The rules in another order", "ids!:list" },
	{ "GET", "/qualification", qualification_read, 200, SLOW, "How the leads stand to the profile" },

	{ "POST", "/lead-statuses/{id}/retire", statuses_retire, 200, W | SLOW, "Remove a status, its leads moved first", "to:int" },
	{ "POST", "/stages/{id}/retire", stages_retire, 200, W | SLOW, "Remove a stage, its opportunities moved first", "to:int" },
	{ "POST", "/field-layouts/arrange", layouts_arrange, 200, W, "Put a whole card in order", "entity!:text panels!:list" },
	{ "GET", "/mappings/targets", mappings_targets, 200, 0, "Where each field of a lead may go" },
	{ "GET", "/settings", settings_read, 200, 0, "What the firm has settled" },
	{ "PATCH", "/settings", settings_change, 200, W, "Settle some of it anew" },
	{ "POST", "/settings/smtp-password", settings_smtp_password, 200, W, "Set the mail server's password, never shown", "password:text" },
	{ "POST", "/settings/test-mail", settings_test_mail, 200, SLOW, "Send one now, and hear what the server says", "to!:text" },
	{ "GET", "/mails", mails_list, 200, 0, "Messages out", NULL, "state limit cursor" },
	{ "POST", "/mails/{id}/retry", mails_retry, 200, W, "Try a failed one again", "" },

	{ "POST", "/{plural}/order", steps_put_in_order, 200, W, "Put a table of the set-up in order", "ids!:list" },
	{ "GET", "/{plural}/export", records_export, 200, SLOW | LIST, "The list as CSV" },
	{ "GET", "/{plural}", records_list, 200, LIST, "List" },
	{ "POST", "/{plural}", records_create, 201, W, "Add one" },
	{ "GET", "/{plural}/{id}", records_read, 200, 0, "Read one" },
	{ "PATCH", "/{plural}/{id}", records_change, 200, W, "Change some fields" },
	{ "DELETE", "/{plural}/{id}", records_remove, 200, W, "Mark as removed", "reason:text", "reason" },
	{ "POST", "/{plural}/{id}/restore", records_restore, 200, W, "Bring back a removed one", "" },
	{ "GET", "/{plural}/{id}/merge", records_merge_preview, 200, 0, "What merging would make", NULL, "with" },
	{ "POST", "/{plural}/{id}/merge", records_merge, 200, W, "Make one record of several", "with!:list fields:object versions:object" },
	{ "GET", "/{plural}/{id}/timeline", records_timeline, 200, 0, "What happened, newest first", NULL, "limit cursor" },
	{ 0 },
};
/* clang-format on */

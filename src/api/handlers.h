/* handlers - the run() of each route, by file. */
#pragma once

#include "api/api.h"
#include "record/import.h"

#define HANDLER(name) bool name(struct ctx *cx, struct api_call *call)

/* records.c */
HANDLER(records_list);
HANDLER(records_create);
HANDLER(records_read);
HANDLER(records_change);
HANDLER(records_remove);
HANDLER(records_restore);
HANDLER(records_timeline);

/* exports.c */
HANDLER(records_export);
HANDLER(records_export_some);
HANDLER(prospects_export);

/* settings.c */
HANDLER(settings_read);
HANDLER(settings_change);
HANDLER(time_zones_list);
HANDLER(statuses_retire);
HANDLER(stages_retire);
HANDLER(steps_put_in_order);
HANDLER(mappings_targets);

/* layouts.c */
HANDLER(layouts_arrange);

/* mails.c */
HANDLER(mails_list);
HANDLER(mails_retry);
HANDLER(settings_smtp_password);
HANDLER(settings_test_mail);

/* leads.c */
HANDLER(leads_card);
HANDLER(leads_move);
HANDLER(leads_next_action);
HANDLER(leads_conclude);
HANDLER(leads_reopen);
HANDLER(leads_progress);
HANDLER(leads_conversion);
HANDLER(leads_convert);
HANDLER(leads_win);
HANDLER(leads_lose);

/* parking.c */
HANDLER(leads_parkable);
HANDLER(leads_park);
HANDLER(leads_park_many);
HANDLER(leads_purchase_request);
HANDLER(leads_temperature);

/* qualification.c */
HANDLER(leads_qualification);
HANDLER(qualification_read);
HANDLER(qualification_rules_order);
/* What leads hold that follows from what was changed is made anew: later, or
 * at once where nobody can do it later. */
void follow_set_up(const struct api *api, const struct op *done);

/* opportunities.c */
HANDLER(opportunities_move);
HANDLER(opportunities_next_action);
HANDLER(opportunities_win);
HANDLER(opportunities_lose);
HANDLER(opportunities_reopen);
HANDLER(opportunities_duplicate);
HANDLER(companies_potential);

/* prospects.c */
HANDLER(prospects_counts);
HANDLER(prospects_sheet);
HANDLER(prospects_rows);
HANDLER(prospects_qualification);
HANDLER(prospects_cells);
HANDLER(prospects_move);
HANDLER(prospects_consent);
HANDLER(prospects_lead);
HANDLER(prospects_call);
HANDLER(prospects_hold);
HANDLER(prospects_calling);
HANDLER(prospects_fetch);

/* folders.c */
HANDLER(companies_folder);
HANDLER(contacts_folder);
HANDLER(opportunities_folder);

/* campaigns.c */
HANDLER(campaigns_touch);
HANDLER(campaigns_roi);
HANDLER(campaigns_audience);
HANDLER(campaigns_send);
HANDLER(campaigns_stop);
HANDLER(campaigns_run);
/* suppressions.c */
HANDLER(suppressions_read);
HANDLER(suppressions_add);
HANDLER(suppressions_lift);

/* forms.c */
HANDLER(web_forms_renew);
HANDLER(form_posts_list);
HANDLER(form_posts_accept);
HANDLER(form_posts_drop);

/* work.c */
HANDLER(work_agenda);
HANDLER(work_board);
HANDLER(work_search);
HANDLER(work_duplicates);
HANDLER(work_kpi);
HANDLER(work_tour);
HANDLER(work_kpi_export);
HANDLER(work_history);
HANDLER(work_operations);
HANDLER(work_operation);
HANDLER(work_undo);

/* duplicates.c */
HANDLER(duplicates_find);
HANDLER(duplicates_stop);
HANDLER(duplicates_progress);
HANDLER(duplicates_groups);
HANDLER(duplicates_dismissed);
HANDLER(records_merge);
HANDLER(records_merge_preview);

/* session.c */
HANDLER(session_start);
HANDLER(session_welcome);
HANDLER(session_read);
HANDLER(session_end);
HANDLER(users_password);
HANDLER(tokens_list);
HANDLER(tokens_create);
HANDLER(tokens_end);

/* Who runs what goes on after the answer. */
struct import_host api_host(const struct api_call *call);
/* ?entity=lead: PROBLEM_INVALID, and NULL, when there is none. */
const struct entity *asked_entity(struct ctx *cx, const struct api_call *call);

/* imports.c */
HANDLER(imports_list);
HANDLER(imports_create);
HANDLER(imports_sheets);
HANDLER(imports_read);
HANDLER(imports_change);
HANDLER(imports_check);
HANDLER(imports_run);
HANDLER(imports_refused);

/* meta.c, openapi.c */
HANDLER(meta_read);
HANDLER(openapi_read);
/* "text", "money" ...: the word of a field's kind. */
const char *field_type_name(enum field_type type);
/* The whole OpenAPI document. */
void openapi_write(struct json_out *j, const struct entity *const *entities);

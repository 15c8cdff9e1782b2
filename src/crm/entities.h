/* entities - all there are; each is declared at the top of its own file. */
#pragma once

#include "meta/meta.h"

/* The set-up: all may read, admins write. */
extern const struct entity team_entity, role_entity, user_entity, firm_entity;
extern const struct entity lead_status_entity, pipeline_entity, stage_entity;
extern const struct entity source_entity, reason_entity;
extern const struct entity rate_entity, mapping_entity, series_entity;
extern const struct entity qualification_rule_entity;
extern const struct entity custom_field_entity, field_panel_entity, field_layout_entity;
/* The business. */
extern const struct entity company_entity, contact_entity, lead_entity;
extern const struct entity opportunity_entity, activity_entity, distinction_entity;
extern const struct entity campaign_entity, campaign_cost_entity, touch_entity;
extern const struct entity web_form_entity, consent_entity, segment_entity;
/* The prospecting lists. */
extern const struct entity prospect_list_entity, prospect_column_entity, prospect_entity;

/* Links point backwards, but for a lead's to the opportunity made of it; ends
 * in NULL. */
extern const struct entity *const entities[];
/* Those that search looks among. */
extern const struct entity *const searchable_entities[];
/* Those that duplicates look among: also the rows of lists, discarded ones
 * with their reason (C18). */
extern const struct entity *const comparable_entities[];

/* By name ("lead") or plural ("leads", "lead-statuses"); NULL when there is
 * none. */
const struct entity *entity_named(const char *name);

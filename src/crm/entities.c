/* The list of all entities, in an order in which links point backwards. */
#include "crm/entities.h"

#include <string.h>

const struct entity *const entities[] = {
	&team_entity,
	&role_entity,
	&user_entity,
	&firm_entity,
	&lead_status_entity,
	&pipeline_entity,
	&stage_entity,
	&reason_entity,
	&source_entity,
	&rate_entity,
	&mapping_entity,
	&series_entity,
	&qualification_rule_entity,
	&custom_field_entity,
	&segment_entity,
	&campaign_entity,
	&campaign_cost_entity,
	&web_form_entity,
	&field_panel_entity,
	&field_layout_entity,
	&company_entity,
	&contact_entity,
	&lead_entity,
	&opportunity_entity,
	&prospect_list_entity,
	&prospect_column_entity,
	&prospect_entity,
	&activity_entity,
	&touch_entity,
	&consent_entity,
	&distinction_entity,
	NULL,
};

const struct entity *const searchable_entities[] = {
	&lead_entity,
	&company_entity,
	&contact_entity,
	&opportunity_entity,
	&campaign_entity,
	NULL,
};

const struct entity *const comparable_entities[] = {
	&lead_entity,
	&company_entity,
	&contact_entity,
	&prospect_entity,
	NULL,
};

const struct entity *entity_named(const char *name)
{
	for (const struct entity *const *e = entities; *e; e++)
		if (!strcmp((*e)->name, name) || !strcmp((*e)->plural, name))
			return *e;
	return NULL;
}

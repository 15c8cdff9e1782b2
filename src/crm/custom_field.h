/* custom_field - a field that the firm adds to leads, companies, contacts,
 * opportunities or activities.
 *
 * Its name and its record are fixed once it is made; its kind while no record
 * has a value.  Removed or not active it is hidden and its values stay, to be
 * shown again when it is restored. */
#pragma once

#include "crm/entities.h"

/* The records whose card is the firm's to build; ends without a value. */
extern const struct choice card_entities[];

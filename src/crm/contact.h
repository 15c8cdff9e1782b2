/* contact - a natural person: of a company, or a customer for himself. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

bool contact_complete(struct ctx *cx, struct record *contact);

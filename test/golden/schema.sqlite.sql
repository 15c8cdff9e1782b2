create table if not exists team (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, name),
	unique (ws, id)
) strict;
create table if not exists role (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name_it text not null,
	name_en text,
	rights text not null,
	fields text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create table if not exists member (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	email text not null,
	name text not null,
	lang text check (lang = 'it' or lang = 'en') not null,
	theme text check (theme = 'auto' or theme = 'light' or theme = 'dark') not null,
	team_id integer,
	role_id integer not null,
	active integer check (active in (0, 1)) not null,
	digest integer check (digest in (0, 1)) not null,
	digest_hour integer not null,
	time_zone text,
	password_hash text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, email),
	unique (ws, id),
	foreign key (ws, team_id) references team (ws, id),
	foreign key (ws, role_id) references role (ws, id)
) strict;
create index if not exists memberteam_id_id on member (ws, team_id, id) where team_id is not null;
create table if not exists firm (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text,
	vat_number text,
	tax_code text,
	email text,
	pec text,
	phone text,
	website text,
	street text,
	postal_code text,
	city text,
	province text,
	country text,
	languages text check (languages = 'both' or languages = 'it' or languages = 'en') not null,
	lang text check (lang = 'it' or lang = 'en') not null,
	time_zone text not null,
	currency text not null,
	business_model text check (business_model = 'both' or business_model = 'b2b' or business_model = 'b2c') not null,
	open_leads_warning integer not null,
	hot_days integer,
	answer_days integer,
	cold_days integer,
	base_url text,
	mail_from text,
	mail_from_name text,
	smtp_host text,
	smtp_port integer,
	smtp_security text check (smtp_security = 'starttls' or smtp_security = 'tls' or smtp_security = 'none'),
	smtp_user text,
	smtp_password text,
	mails_per_minute integer,
	soft_spam integer check (soft_spam in (0, 1)),
	renewal_notice_days integer,
	simple_mode integer check (simple_mode in (0, 1)),
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create table if not exists lead_status (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name_it text not null,
	name_en text,
	position integer,
	active integer check (active in (0, 1)) not null,
	expiry_days integer not null,
	on_expiry text check (on_expiry = 'notify' or on_expiry = 'move') not null,
	expiry_status_id integer,
	type text check (type = 'open' or type = 'frozen' or type = 'qualified' or type = 'not_interested' or type = 'abandoned') not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	unique (ws, id, type),
	foreign key (ws, expiry_status_id) references lead_status (ws, id)
) strict;
create index if not exists lead_statusposition_id on lead_status (ws, position, id);
create table if not exists pipeline (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name_it text not null,
	name_en text,
	position integer,
	active integer check (active in (0, 1)) not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create index if not exists pipelineposition_id on pipeline (ws, position, id);
create table if not exists stage (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name_it text not null,
	name_en text,
	pipeline_id integer not null,
	position integer,
	probability integer not null,
	active integer check (active in (0, 1)) not null,
	required_fields text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, pipeline_id) references pipeline (ws, id)
) strict;
create index if not exists stageposition_id on stage (ws, position, id);
create table if not exists reason (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	kind text check (kind = 'not_interested' or kind = 'lost' or kind = 'discarded') not null,
	name_it text not null,
	name_en text,
	position integer,
	active integer check (active in (0, 1)) not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create index if not exists reasonposition_id on reason (ws, position, id);
create table if not exists source (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	channel text check (channel = 'web' or channel = 'email' or channel = 'phone' or channel = 'fair' or channel = 'referral' or channel = 'list' or channel = 'social' or channel = 'advert' or channel = 'network' or channel = 'other'),
	active integer check (active in (0, 1)) not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, name),
	unique (ws, id)
) strict;
create table if not exists rate (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	currency text not null,
	base text not null,
	day text not null,
	rate integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	unique (ws, currency, base, day)
) strict;
create index if not exists ratecurrency_day_id on rate (ws, currency, day, id);
create table if not exists mapping (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	lead_field text not null,
	entity text check (entity = 'company' or entity = 'contact' or entity = 'opportunity') not null,
	field text not null,
	position integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	unique (ws, lead_field, entity, field)
) strict;
create index if not exists mappingposition_id on mapping (ws, position, id);
create table if not exists series (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	pattern text not null,
	next integer not null,
	year integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, name),
	unique (ws, id)
) strict;
create table if not exists qualification_rule (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	field text not null,
	operator text check (operator = 'is' or operator = 'is_not' or operator = 'is_one_of' or operator = 'contains' or operator = 'at_least' or operator = 'at_most' or operator = 'between' or operator = 'is_filled' or operator = 'is_empty' or operator = 'is_any') not null,
	value text,
	value_to text,
	currency text,
	alternative text,
	question_it text,
	question_en text,
	position integer,
	active integer check (active in (0, 1)) not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create index if not exists qualification_ruleposition_id on qualification_rule (ws, position, id);
create table if not exists custom_field (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	entity text check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	name text not null,
	label_it text not null,
	label_en text,
	type text check (type = 'text' or type = 'longtext' or type = 'int' or type = 'money' or type = 'percent' or type = 'bool' or type = 'date' or type = 'time' or type = 'email' or type = 'phone' or type = 'url' or type = 'choice' or type = 'currency') not null,
	choices text,
	max integer,
	required integer check (required in (0, 1)) not null,
	list integer check (list in (0, 1)) not null,
	quick integer check (quick in (0, 1)) not null,
	searchable integer check (searchable in (0, 1)) not null,
	panel text not null,
	position integer not null,
	active integer check (active in (0, 1)) not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	unique (ws, entity, name)
) strict;
create index if not exists custom_fieldposition_id on custom_field (ws, position, id);
create table if not exists segment (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	entity text check (entity = 'lead' or entity = 'contact' or entity = 'company' or entity = 'opportunity' or entity = 'prospect') not null,
	query text,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists segmentowner_id_id on segment (ws, owner_id, id);
create index if not exists segmentupdated_at_id on segment (ws, updated_at, id);
create index if not exists segmenttitle_fold_id on segment (ws, title_fold, id);
create index if not exists segmententity_id on segment (ws, entity, id);
create table if not exists campaign (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	kind text check (kind = 'newsletter' or kind = 'fair' or kind = 'advert' or kind = 'mailing' or kind = 'calls' or kind = 'event' or kind = 'web' or kind = 'other') not null,
	channel text check (channel = 'email' or channel = 'phone' or channel = 'post' or channel = 'press' or channel = 'web' or channel = 'social' or channel = 'in_person' or channel = 'other'),
	state text check (state = 'planned' or state = 'running' or state = 'ended') not null,
	starts_on text,
	ends_on text,
	budget integer,
	budget_currency text,
	source_id integer,
	segment_id integer,
	subject text,
	body text,
	stamp text,
	owner_id integer not null,
	description text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, id),
	foreign key (ws, source_id) references source (ws, id),
	foreign key (ws, segment_id) references segment (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists campaignowner_id_id on campaign (ws, owner_id, id);
create index if not exists campaignupdated_at_id on campaign (ws, updated_at, id);
create index if not exists campaigntitle_fold_id on campaign (ws, title_fold, id);
create table if not exists campaign_cost (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	campaign_id integer not null,
	spent_on text,
	what text,
	amount integer not null,
	currency text,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, campaign_id) references campaign (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists campaign_costowner_id_id on campaign_cost (ws, owner_id, id);
create index if not exists campaign_costupdated_at_id on campaign_cost (ws, updated_at, id);
create index if not exists campaign_costtitle_fold_id on campaign_cost (ws, title_fold, id);
create index if not exists campaign_costcampaign_id_id on campaign_cost (ws, campaign_id, id);
create table if not exists web_form (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	title_it text,
	title_en text,
	intro_it text,
	intro_en text,
	thanks_it text,
	thanks_en text,
	asks text,
	lang text check (lang = 'visitor' or lang = 'it' or lang = 'en') not null,
	source_id integer,
	campaign_id integer,
	owner_id integer,
	team_id integer,
	consent_it text,
	consent_en text,
	consent_version integer,
	double_opt_in integer check (double_opt_in in (0, 1)),
	origins text,
	active integer check (active in (0, 1)) not null,
	key text,
	stamp text,
	turn integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, key),
	unique (ws, id),
	foreign key (ws, source_id) references source (ws, id),
	foreign key (ws, campaign_id) references campaign (ws, id),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, team_id) references team (ws, id)
) strict;
create table if not exists field_panel (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	entity text check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	name text not null,
	title_it text,
	title_en text,
	position integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create index if not exists field_panelentity_name_id on field_panel (ws, entity, name, id);
create table if not exists field_layout (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	entity text check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	field text not null,
	label_it text,
	label_en text,
	panel text,
	position integer,
	hidden integer check (hidden in (0, 1)) not null,
	list integer check (list in (0, 1)),
	quick integer check (quick in (0, 1)),
	required integer check (required in (0, 1)),
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id)
) strict;
create index if not exists field_layoutentity_field_id on field_layout (ws, entity, field, id);
create table if not exists company (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	kind text check (kind = 'company' or kind = 'public_body' or kind = 'association' or kind = 'sole_trader' or kind = 'other') not null,
	type text check (type = 'potential' or type = 'customer') not null,
	customer_code text,
	vat_number text,
	tax_code text,
	sdi_code text,
	pec text,
	email text,
	email_secondary text,
	emails text,
	phone text,
	phones text,
	fax text,
	website text,
	street text,
	postal_code text,
	city text,
	province text,
	region text,
	country text,
	sector text,
	turnover integer,
	turnover_currency text,
	employees integer,
	rating text,
	financial_rating text,
	owner_id integer not null,
	description text,
	became_customer_at integer,
	code_generated integer check (code_generated in (0, 1)),
	former_customer_code text,
	merged_into_id integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, customer_code),
	unique (ws, id),
	check (customer_code is null or type = 'customer'),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, merged_into_id) references company (ws, id)
) strict;
create index if not exists companyowner_id_id on company (ws, owner_id, id);
create index if not exists companyupdated_at_id on company (ws, updated_at, id);
create index if not exists companytitle_fold_id on company (ws, title_fold, id);
create index if not exists companymerged_into_id on company (ws, merged_into_id) where merged_into_id is not null;
create table if not exists contact (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	salutation text,
	first_name text,
	last_name text,
	job_title text,
	company_id integer,
	reports_to_id integer,
	email text,
	email_secondary text,
	emails text,
	phone text,
	phone_home text,
	mobile text,
	phones text,
	linkedin text,
	facebook text,
	instagram text,
	x_profile text,
	birthday text,
	street text,
	postal_code text,
	city text,
	province text,
	region text,
	country text,
	vat_number text,
	tax_code text,
	owner_id integer not null,
	description text,
	merged_into_id integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, id),
	foreign key (ws, company_id) references company (ws, id),
	foreign key (ws, reports_to_id) references contact (ws, id),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, merged_into_id) references contact (ws, id)
) strict;
create index if not exists contactowner_id_id on contact (ws, owner_id, id);
create index if not exists contactupdated_at_id on contact (ws, updated_at, id);
create index if not exists contacttitle_fold_id on contact (ws, title_fold, id);
create index if not exists contactcompany_id_id on contact (ws, company_id, id) where company_id is not null;
create index if not exists contactreports_to_id_id on contact (ws, reports_to_id, id) where reports_to_id is not null;
create index if not exists contactmerged_into_id on contact (ws, merged_into_id) where merged_into_id is not null;
create table if not exists lead (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	salutation text,
	first_name text,
	last_name text,
	job_title text,
	company_name text,
	email text,
	email_secondary text,
	pec text,
	phone text,
	phone_home text,
	mobile text,
	fax text,
	website text,
	linkedin text,
	street text,
	postal_code text,
	city text,
	province text,
	region text,
	country text,
	vat_number text,
	tax_code text,
	sector text,
	turnover integer,
	turnover_currency text,
	employees integer,
	emails text,
	phones text,
	need text,
	budget integer,
	budget_currency text,
	source_id integer,
	campaign_id integer,
	owner_id integer not null,
	description text,
	status_id integer not null,
	status_type text check (status_type = 'open' or status_type = 'frozen' or status_type = 'qualified' or status_type = 'not_interested' or status_type = 'abandoned') not null,
	status_since integer not null,
	qualification text check (qualification = 'unknown' or qualification = 'met' or qualification = 'not_met'),
	temperature_override text check (temperature_override = 'cold' or temperature_override = 'warm' or temperature_override = 'hot'),
	temperature_reason text,
	last_activity_at integer,
	last_answer_at integer,
	purchase_request_at integer,
	hot_until integer,
	warm_until integer,
	parked_until text,
	parked_note text,
	nurture_campaign_id integer,
	came_back_for text,
	conclusion_reason text,
	conclusion_reason_id integer,
	converted_at integer,
	converted_by integer,
	customer_at integer,
	company_id integer,
	contact_id integer,
	opportunity_id integer,
	next_action_at integer,
	next_action_kind text check (next_action_kind = 'call' or next_action_kind = 'email' or next_action_kind = 'meeting' or next_action_kind = 'demo' or next_action_kind = 'quote' or next_action_kind = 'other'),
	next_action_note text,
	merged_into_id integer,
	counted_in text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, id),
	foreign key (ws, status_id, status_type) references lead_status (ws, id, type),
check ((status_type = 'open' and converted_at is null) = (next_action_at is not null)),
	foreign key (ws, source_id) references source (ws, id),
	foreign key (ws, campaign_id) references campaign (ws, id),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, status_id) references lead_status (ws, id),
	foreign key (ws, nurture_campaign_id) references campaign (ws, id),
	foreign key (ws, conclusion_reason_id) references reason (ws, id),
	foreign key (ws, converted_by) references member (ws, id),
	foreign key (ws, company_id) references company (ws, id),
	foreign key (ws, contact_id) references contact (ws, id),
	foreign key (ws, opportunity_id) references opportunity (ws, id),
	foreign key (ws, merged_into_id) references lead (ws, id)
) strict;
create index if not exists leadowner_id_id on lead (ws, owner_id, id);
create index if not exists leadupdated_at_id on lead (ws, updated_at, id);
create index if not exists leadtitle_fold_id on lead (ws, title_fold, id);
create index if not exists leadstatus_id_id on lead (ws, status_id, id);
create index if not exists leadqualification_id on lead (ws, qualification, id) where removed_at is null;
create index if not exists leadremoved_at_id on lead (ws, removed_at, id) where removed_at is not null;
create index if not exists leadhot_until_id on lead (ws, hot_until, id) where hot_until is not null;
create index if not exists leadwarm_until_id on lead (ws, warm_until, id);
create index if not exists leadhot_until_owner_id_source_id_campaign on lead (ws, hot_until, owner_id, source_id, campaign_id, converted_at, removed_at) where hot_until is not null and converted_at is null and removed_at is null;
create index if not exists leadparked_until_id on lead (ws, parked_until, id) where parked_until is not null;
create index if not exists leadnurture_campaign_id_id on lead (ws, nurture_campaign_id, id) where nurture_campaign_id is not null;
create index if not exists leadstatus_id_next_action_at_id on lead (ws, status_id, next_action_at, id);
create index if not exists leadowner_id_status_id_id on lead (ws, owner_id, status_id, id);
create index if not exists leadstatus_id_removed_at_converted_at_sta on lead (ws, status_id, removed_at, converted_at, status_since, id, owner_id);
create index if not exists leadowner_id_next_action_at_id_removed_at on lead (ws, owner_id, next_action_at, id, removed_at) where next_action_at is not null and removed_at is null;
create index if not exists leadnext_action_at_id on lead (ws, next_action_at, id) where next_action_at is not null;
create index if not exists leadcreated_at_id_owner_id_source_id_cam on lead (ws, created_at, id, owner_id, source_id, campaign_id, created_by, converted_at, customer_at, removed_at);
create index if not exists leadconverted_at_id_converted_by_owner_id on lead (ws, converted_at, id, converted_by, owner_id, source_id, campaign_id, removed_at) where converted_at is not null;
create index if not exists leadstatus_since_id_status_type_conclusio on lead (ws, status_since, id, status_type, conclusion_reason_id, converted_at, owner_id, source_id, campaign_id, removed_at) where status_type = 'not_interested';
create index if not exists leadcampaign_id_id on lead (ws, campaign_id, id) where campaign_id is not null;
create index if not exists leadcompany_id_id on lead (ws, company_id, id) where company_id is not null;
create index if not exists leadcontact_id_id on lead (ws, contact_id, id) where contact_id is not null;
create index if not exists leadopportunity_id_id on lead (ws, opportunity_id, id) where opportunity_id is not null;
create index if not exists leadmerged_into_id on lead (ws, merged_into_id) where merged_into_id is not null;
create table if not exists opportunity (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	amount integer,
	currency text not null,
	close_on text,
	probability integer,
	company_id integer,
	contact_id integer,
	renewal_months integer,
	renewal_on text,
	source_id integer,
	campaign_id integer,
	owner_id integer not null,
	description text,
	pipeline_id integer,
	stage_id integer not null,
	stage_since integer,
	state text check (state = 'open' or state = 'won' or state = 'lost') not null,
	closed_at integer,
	closed_by integer,
	lost_reason text,
	lost_reason_id integer,
	lead_id integer,
	duplicate_of_id integer,
	renewal_of_id integer,
	next_action_at integer,
	next_action_kind text check (next_action_kind = 'call' or next_action_kind = 'email' or next_action_kind = 'meeting' or next_action_kind = 'demo' or next_action_kind = 'quote' or next_action_kind = 'other'),
	next_action_note text,
	counted_in text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, id),
	check ((state = 'open') = (next_action_at is not null)),
check ((state = 'open') = (closed_at is null)),
	foreign key (ws, company_id) references company (ws, id),
	foreign key (ws, contact_id) references contact (ws, id),
	foreign key (ws, source_id) references source (ws, id),
	foreign key (ws, campaign_id) references campaign (ws, id),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, pipeline_id) references pipeline (ws, id),
	foreign key (ws, stage_id) references stage (ws, id),
	foreign key (ws, closed_by) references member (ws, id),
	foreign key (ws, lost_reason_id) references reason (ws, id),
	foreign key (ws, lead_id) references lead (ws, id),
	foreign key (ws, duplicate_of_id) references opportunity (ws, id),
	foreign key (ws, renewal_of_id) references opportunity (ws, id)
) strict;
create index if not exists opportunityowner_id_id on opportunity (ws, owner_id, id);
create index if not exists opportunityupdated_at_id on opportunity (ws, updated_at, id);
create index if not exists opportunitytitle_fold_id on opportunity (ws, title_fold, id);
create index if not exists opportunitystage_id_id on opportunity (ws, stage_id, id);
create index if not exists opportunitypipeline_id_id on opportunity (ws, pipeline_id, id);
create index if not exists opportunityamount_id on opportunity (ws, amount, id);
create index if not exists opportunityremoved_at_id on opportunity (ws, removed_at, id) where removed_at is not null;
create index if not exists opportunityclose_on_id on opportunity (ws, close_on, id);
create index if not exists opportunitycompany_id_id on opportunity (ws, company_id, id) where company_id is not null;
create index if not exists opportunitycontact_id_id on opportunity (ws, contact_id, id) where contact_id is not null;
create index if not exists opportunitylead_id_id on opportunity (ws, lead_id, id) where lead_id is not null;
create index if not exists opportunityduplicate_of_id_id on opportunity (ws, duplicate_of_id, id) where duplicate_of_id is not null;
create index if not exists opportunityrenewal_of_id_id on opportunity (ws, renewal_of_id, id) where renewal_of_id is not null;
create index if not exists opportunityowner_id_next_action_at_id on opportunity (ws, owner_id, next_action_at, id) where next_action_at is not null;
create index if not exists opportunitynext_action_at_id on opportunity (ws, next_action_at, id) where next_action_at is not null;
create index if not exists opportunityclosed_at_id_state_closed_by_lost_re on opportunity (ws, closed_at, id, state, closed_by, lost_reason_id, owner_id, source_id, campaign_id, removed_at) where closed_at is not null;
create table if not exists prospect_list (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	name text not null,
	description text,
	script text,
	source_id integer,
	owner_id integer not null,
	feed_url text,
	feed_at integer,
	feed_key text,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, source_id) references source (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists prospect_listowner_id_id on prospect_list (ws, owner_id, id);
create index if not exists prospect_listupdated_at_id on prospect_list (ws, updated_at, id);
create index if not exists prospect_listtitle_fold_id on prospect_list (ws, title_fold, id);
create table if not exists prospect_column (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	list_id integer not null,
	label text not null,
	type text check (type = 'text' or type = 'int' or type = 'money' or type = 'date' or type = 'bool') not null,
	position integer,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, list_id) references prospect_list (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists prospect_columnowner_id_id on prospect_column (ws, owner_id, id);
create index if not exists prospect_columnupdated_at_id on prospect_column (ws, updated_at, id);
create index if not exists prospect_columntitle_fold_id on prospect_column (ws, title_fold, id);
create index if not exists prospect_columnlist_id_position_id on prospect_column (ws, list_id, position, id);
create table if not exists prospect (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	list_id integer not null,
	position integer,
	first_name text,
	last_name text,
	job_title text,
	company_name text,
	email text,
	pec text,
	phone text,
	mobile text,
	website text,
	linkedin text,
	street text,
	postal_code text,
	city text,
	province text,
	region text,
	country text,
	vat_number text,
	tax_code text,
	sector text,
	turnover text,
	employees text,
	need text,
	budget text,
	description text,
	cells text,
	state text check (state = 'new' or state = 'called' or state = 'callback' or state = 'lead') not null,
	call_at integer,
	called_at integer,
	calls integer not null,
	last_outcome text check (last_outcome = 'no_answer' or last_outcome = 'call_back' or last_outcome = 'not_interested' or last_outcome = 'lead' or last_outcome = 'talked'),
	lead_id integer,
	held_by integer,
	held_until integer,
	owner_id integer not null,
	flagged_by integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, list_id) references prospect_list (ws, id),
	foreign key (ws, lead_id) references lead (ws, id),
	foreign key (ws, held_by) references member (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists prospectowner_id_id on prospect (ws, owner_id, id);
create index if not exists prospectupdated_at_id on prospect (ws, updated_at, id);
create index if not exists prospecttitle_fold_id on prospect (ws, title_fold, id);
create index if not exists prospectlist_id_position_id on prospect (ws, list_id, position, id);
create index if not exists prospectlist_id_state_owner_id on prospect (ws, list_id, state, owner_id) where removed_at is null;
create index if not exists prospectlist_id_call_at on prospect (ws, list_id, call_at) where call_at is not null;
create index if not exists prospectlist_id_flagged_by on prospect (ws, list_id, flagged_by) where flagged_by is not null;
create index if not exists prospectlist_id_position_id_removed_at on prospect (ws, list_id, position, id, removed_at) where removed_reason is not null;
create index if not exists prospectremoved_at_id on prospect (ws, removed_at, id) where removed_reason is not null;
create index if not exists prospectheld_by on prospect (ws, held_by) where held_by is not null;
create index if not exists prospectlead_id_list_id on prospect (ws, lead_id, list_id) where lead_id is not null;
create index if not exists prospectowner_id_lead_id_removed_at on prospect (ws, owner_id, lead_id, removed_at) where lead_id is not null and removed_at is null;
create table if not exists activity (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	kind text check (kind = 'task' or kind = 'call' or kind = 'email' or kind = 'meeting' or kind = 'comment') not null,
	direction text check (direction = 'in' or direction = 'out'),
	purchase_request integer check (purchase_request in (0, 1)),
	subject text,
	body text,
	due_at integer,
	starts_at integer,
	ends_at integer,
	done_at integer,
	outcome text,
	owner_id integer not null,
	lead_id integer,
	company_id integer,
	contact_id integer,
	opportunity_id integer,
	prospect_id integer,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	custom_values text,
	unique (ws, id),
	check (lead_id is not null or company_id is not null or contact_id is not null or opportunity_id is not null or prospect_id is not null),
	foreign key (ws, owner_id) references member (ws, id),
	foreign key (ws, lead_id) references lead (ws, id),
	foreign key (ws, company_id) references company (ws, id),
	foreign key (ws, contact_id) references contact (ws, id),
	foreign key (ws, opportunity_id) references opportunity (ws, id),
	foreign key (ws, prospect_id) references prospect (ws, id)
) strict;
create index if not exists activityowner_id_id on activity (ws, owner_id, id);
create index if not exists activityupdated_at_id on activity (ws, updated_at, id);
create index if not exists activitytitle_fold_id on activity (ws, title_fold, id);
create index if not exists activitylead_id_id on activity (ws, lead_id, id) where lead_id is not null;
create index if not exists activitycompany_id_id on activity (ws, company_id, id) where company_id is not null;
create index if not exists activitycontact_id_id on activity (ws, contact_id, id) where contact_id is not null;
create index if not exists activityopportunity_id_id on activity (ws, opportunity_id, id) where opportunity_id is not null;
create index if not exists activityprospect_id_id on activity (ws, prospect_id, id) where prospect_id is not null;
create table if not exists touch (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	campaign_id integer not null,
	lead_id integer,
	contact_id integer,
	prospect_id integer,
	kind text check (kind = 'sent' or kind = 'answered' or kind = 'form' or kind = 'call' or kind = 'visit') not null,
	at integer not null,
	note text,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	check ((contact_id is not null) <> (lead_id is not null or prospect_id is not null)),
	foreign key (ws, campaign_id) references campaign (ws, id),
	foreign key (ws, lead_id) references lead (ws, id),
	foreign key (ws, contact_id) references contact (ws, id),
	foreign key (ws, prospect_id) references prospect (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists touchowner_id_id on touch (ws, owner_id, id);
create index if not exists touchupdated_at_id on touch (ws, updated_at, id);
create index if not exists touchtitle_fold_id on touch (ws, title_fold, id);
create index if not exists touchcampaign_id_id on touch (ws, campaign_id, id);
create index if not exists touchlead_id_id on touch (ws, lead_id, id) where lead_id is not null;
create index if not exists touchcontact_id_id on touch (ws, contact_id, id) where contact_id is not null;
create index if not exists touchprospect_id_id on touch (ws, prospect_id, id) where prospect_id is not null;
create table if not exists consent (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	given integer check (given in (0, 1)) not null,
	purpose text check (purpose = 'marketing') not null,
	channel text check (channel = 'email') not null,
	at integer not null,
	how text check (how = 'form' or how = 'paper' or how = 'spoken' or how = 'email' or how = 'other') not null,
	text text,
	text_version integer,
	web_form_id integer,
	lead_id integer,
	contact_id integer,
	prospect_id integer,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	check ((contact_id is not null) <> (lead_id is not null or prospect_id is not null)),
	foreign key (ws, web_form_id) references web_form (ws, id),
	foreign key (ws, lead_id) references lead (ws, id),
	foreign key (ws, contact_id) references contact (ws, id),
	foreign key (ws, prospect_id) references prospect (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists consentowner_id_id on consent (ws, owner_id, id);
create index if not exists consentupdated_at_id on consent (ws, updated_at, id);
create index if not exists consenttitle_fold_id on consent (ws, title_fold, id);
create index if not exists consentlead_id_id on consent (ws, lead_id, id) where lead_id is not null;
create index if not exists consentcontact_id_id on consent (ws, contact_id, id) where contact_id is not null;
create index if not exists consentprospect_id_id on consent (ws, prospect_id, id) where prospect_id is not null;
create table if not exists distinction (
	ws integer not null,
	id integer primary key,
	version integer not null,
	created_at integer not null,
	updated_at integer not null,
	title text not null,
	title_fold text not null,
	entity text check (entity = 'lead' or entity = 'company' or entity = 'contact') not null,
	first_id integer not null,
	second_id integer not null,
	owner_id integer not null,
	created_by integer,
	removed_at integer,
	removed_reason text,
	custom text,
	unique (ws, id),
	foreign key (ws, owner_id) references member (ws, id)
) strict;
create index if not exists distinctionowner_id_id on distinction (ws, owner_id, id);
create index if not exists distinctionupdated_at_id on distinction (ws, updated_at, id);
create index if not exists distinctiontitle_fold_id on distinction (ws, title_fold, id);
create index if not exists distinctionfirst_id_second_id on distinction (ws, first_id, second_id);
create index if not exists distinctionsecond_id on distinction (ws, second_id);
create table if not exists op (ws integer not null, id integer primary key, kind text not null, at integer not null, user_id integer, entity text, record_id integer, records integer not null default 0, undoes integer, undone_by integer, state text not null default 'done', progress text, work_on integer, source_id integer, campaign_id integer) strict;
create index if not exists op_user on op (ws, user_id, id);
create index if not exists op_work on op (ws, user_id, at, id, work_on, source_id, campaign_id, undone_by) where work_on is not null and undone_by is null;
create table if not exists change (ws integer not null, id integer primary key, op_id integer not null, at integer not null, user_id integer, entity text not null, record_id integer not null, old text) strict;
create index if not exists change_record on change (ws, record_id, id);
create index if not exists change_op on change (ws, op_id, id);
create table if not exists tally (ws integer not null, entity text not null, owner_id integer not null, n integer not null) strict;
create index if not exists tally_entity on tally (ws, entity, owner_id);
create table if not exists stay (ws integer not null, record_id integer not null, entered_at integer not null, step_id integer not null, left_at integer not null, primary key (ws, record_id, entered_at)) strict, without rowid;
create index if not exists stay_step on stay (ws, step_id, left_at, record_id);
create table if not exists likeness (ws integer not null, key integer not null, record_id integer not null, entity text not null, primary key (ws, key, record_id)) strict, without rowid;
create table if not exists gone_key (ws integer not null, key integer not null, record_id integer not null, entity text not null, primary key (ws, key, record_id)) strict, without rowid;
create table if not exists twin (ws integer not null, group_id integer not null, record_id integer not null, entity text not null, run_id integer not null, score integer not null, primary key (ws, run_id, group_id, record_id)) strict, without rowid;
create index if not exists twin_best on twin (ws, run_id, score, group_id);
create table if not exists twin_word (ws integer not null, entity text not null, word text not null, n integer not null, primary key (ws, entity, word)) strict, without rowid;
create table if not exists twin_run (ws integer not null, entity text not null, id integer not null, shown_id integer, state text not null, user_id integer, at integer not null, ended_at integer, progress text, problem text, primary key (ws, entity)) strict, without rowid;
create table if not exists custom_value (ws integer not null, field integer not null, value text not null, id integer not null, primary key (ws, field, value, id)) strict, without rowid;
create index if not exists custom_value_id on custom_value (ws, id, field, value);
create table if not exists words_due (ws integer not null, entity text not null, at integer not null, below integer not null, primary key (ws, entity)) strict, without rowid;
create table if not exists setting (ws integer not null, name text not null, value text not null, primary key (ws, name)) strict, without rowid;
create table if not exists session (ws integer not null, hash text not null, user_id integer not null, created_at integer not null, seen_at integer not null, address text, agent text, primary key (ws, hash)) strict, without rowid;
create table if not exists token (ws integer not null, id integer primary key, hash text not null, user_id integer not null, name text not null, created_at integer not null, seen_at integer, ended_at integer, unique (ws, hash)) strict;
create table if not exists idempotency (ws integer not null, key text not null, digest text not null, status integer not null, body text not null, op_id integer, at integer not null, primary key (ws, key)) strict, without rowid;
create index if not exists idempotency_at on idempotency (ws, at);
create table if not exists import (ws integer not null, id integer primary key, user_id integer not null, entity text not null, name text not null, state text not null, created_at integer not null, op_id integer, plan text not null, report text, progress text not null, problem text) strict;
create table if not exists import_file (ws integer not null, import_id integer not null, part integer not null, first_row integer not null, body text not null, primary key (ws, import_id, part)) strict, without rowid;
create table if not exists import_refused (ws integer not null, import_id integer not null, line integer not null, cells text not null, why text not null, primary key (ws, import_id, line)) strict, without rowid;
create table if not exists mail (ws integer not null, id integer primary key, state text not null, purpose text not null, recipient text not null, subject text not null, content text, message_name text not null, message_domain text, entity text, record_id integer, user_id integer, once text, tries integer not null, created_at integer not null, next_at integer not null, first_at integer, claim text, claimed_at integer, sent_at integer, problem text, answer text, unique (ws, once)) strict;
create index if not exists mail_due on mail (ws, next_at, id) where state in ('waiting', 'failed', 'sending');
create index if not exists mail_claimed on mail (ws, claimed_at) where claimed_at is not null;
create index if not exists mail_kept on mail (ws, sent_at) where state = 'sent' and content is not null;
create index if not exists mail_state on mail (ws, state, id);
create table if not exists campaign_run (ws integer not null, id integer primary key, campaign_id integer not null, user_id integer not null, state text not null, last_id integer not null, queued integer not null, left_out integer not null, started_at integer not null, ended_at integer) strict;
create index if not exists campaign_run_of on campaign_run (ws, campaign_id, id);
create index if not exists campaign_run_state on campaign_run (ws, id) where state = 'running';
create table if not exists suppression (ws integer not null, hash text not null, why text not null, at integer not null, primary key (ws, hash)) strict, without rowid;
create table if not exists suppression_change (ws integer not null, id integer primary key, hash text not null, what text not null, reason text, at integer not null, user_id integer) strict;
create index if not exists suppression_change_hash on suppression_change (ws, hash, id);
create table if not exists form_post (ws integer not null, id integer primary key, form_id integer not null, state text not null, why text, answers text not null, consent integer not null, lang text not null, address text, token text, created_at integer not null) strict;
create index if not exists form_post_address on form_post (ws, form_id, address);
create index if not exists form_post_token on form_post (ws, token);
create table if not exists digest (ws integer not null, user_id integer not null, day text not null, told integer not null, primary key (ws, user_id)) strict, without rowid;
create table if not exists counted (ws integer not null, kind integer not null, period integer not null, owner_id integer not null, by1 integer not null, by2 integer not null, by3 integer not null, by4 integer not null, n integer not null, sum1 integer not null, sum2 integer not null, sum3 integer not null, primary key (ws, kind, period, owner_id, by1, by2, by3, by4)) strict, without rowid;
create virtual table if not exists search using fts5(terms, entity unindexed, tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0, prefix='2 3');

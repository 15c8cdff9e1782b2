create table if not exists team (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	unique (ws, name),
	primary key (ws, id)
);
create table if not exists role (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name_it text collate "C" not null,
	name_en text collate "C",
	rights text collate "C" not null,
	fields text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create table if not exists member (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	email text collate "C" not null,
	name text collate "C" not null,
	lang text collate "C" check (lang = 'it' or lang = 'en') not null,
	theme text collate "C" check (theme = 'auto' or theme = 'light' or theme = 'dark') not null,
	team_id bigint,
	role_id bigint not null,
	active bigint check (active in (0, 1)) not null,
	digest bigint check (digest in (0, 1)) not null,
	digest_hour bigint not null,
	time_zone text collate "C",
	password_hash text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	unique (ws, email),
	primary key (ws, id)
);
create index if not exists memberteam_id_id on member (ws, team_id, id) where team_id is not null;
create table if not exists firm (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C",
	vat_number text collate "C",
	tax_code text collate "C",
	email text collate "C",
	pec text collate "C",
	phone text collate "C",
	website text collate "C",
	street text collate "C",
	postal_code text collate "C",
	city text collate "C",
	province text collate "C",
	country text collate "C",
	languages text collate "C" check (languages = 'both' or languages = 'it' or languages = 'en') not null,
	lang text collate "C" check (lang = 'it' or lang = 'en') not null,
	time_zone text collate "C" not null,
	currency text collate "C" not null,
	business_model text collate "C" check (business_model = 'both' or business_model = 'b2b' or business_model = 'b2c') not null,
	open_leads_warning bigint not null,
	hot_days bigint,
	answer_days bigint,
	cold_days bigint,
	base_url text collate "C",
	mail_from text collate "C",
	mail_from_name text collate "C",
	smtp_host text collate "C",
	smtp_port bigint,
	smtp_security text collate "C" check (smtp_security = 'starttls' or smtp_security = 'tls' or smtp_security = 'none'),
	smtp_user text collate "C",
	smtp_password text collate "C",
	mails_per_minute bigint,
	soft_spam bigint check (soft_spam in (0, 1)),
	renewal_notice_days bigint,
	simple_mode bigint check (simple_mode in (0, 1)),
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create table if not exists lead_status (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name_it text collate "C" not null,
	name_en text collate "C",
	position bigint,
	active bigint check (active in (0, 1)) not null,
	expiry_days bigint not null,
	on_expiry text collate "C" check (on_expiry = 'notify' or on_expiry = 'move') not null,
	expiry_status_id bigint,
	type text collate "C" check (type = 'open' or type = 'frozen' or type = 'qualified' or type = 'not_interested' or type = 'abandoned') not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	unique (ws, id, type)
);
create index if not exists lead_statusposition_id on lead_status (ws, position, id);
create table if not exists pipeline (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name_it text collate "C" not null,
	name_en text collate "C",
	position bigint,
	active bigint check (active in (0, 1)) not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists pipelineposition_id on pipeline (ws, position, id);
create table if not exists stage (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name_it text collate "C" not null,
	name_en text collate "C",
	pipeline_id bigint not null,
	position bigint,
	probability bigint not null,
	active bigint check (active in (0, 1)) not null,
	required_fields text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists stageposition_id on stage (ws, position, id);
create table if not exists reason (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	kind text collate "C" check (kind = 'not_interested' or kind = 'lost' or kind = 'discarded') not null,
	name_it text collate "C" not null,
	name_en text collate "C",
	position bigint,
	active bigint check (active in (0, 1)) not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists reasonposition_id on reason (ws, position, id);
create table if not exists source (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	channel text collate "C" check (channel = 'web' or channel = 'email' or channel = 'phone' or channel = 'fair' or channel = 'referral' or channel = 'list' or channel = 'social' or channel = 'advert' or channel = 'network' or channel = 'other'),
	active bigint check (active in (0, 1)) not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	unique (ws, name),
	primary key (ws, id)
);
create table if not exists rate (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	currency text collate "C" not null,
	base text collate "C" not null,
	day text collate "C" not null,
	rate bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	unique (ws, currency, base, day)
);
create index if not exists ratecurrency_day_id on rate (ws, currency, day, id);
create table if not exists mapping (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	lead_field text collate "C" not null,
	entity text collate "C" check (entity = 'company' or entity = 'contact' or entity = 'opportunity') not null,
	field text collate "C" not null,
	position bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	unique (ws, lead_field, entity, field)
);
create index if not exists mappingposition_id on mapping (ws, position, id);
create table if not exists series (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	pattern text collate "C" not null,
	next bigint not null,
	year bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	unique (ws, name),
	primary key (ws, id)
);
create table if not exists qualification_rule (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	field text collate "C" not null,
	operator text collate "C" check (operator = 'is' or operator = 'is_not' or operator = 'is_one_of' or operator = 'contains' or operator = 'at_least' or operator = 'at_most' or operator = 'between' or operator = 'is_filled' or operator = 'is_empty' or operator = 'is_any') not null,
	value text collate "C",
	value_to text collate "C",
	currency text collate "C",
	alternative text collate "C",
	question_it text collate "C",
	question_en text collate "C",
	position bigint,
	active bigint check (active in (0, 1)) not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists qualification_ruleposition_id on qualification_rule (ws, position, id);
create table if not exists custom_field (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	entity text collate "C" check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	name text collate "C" not null,
	label_it text collate "C" not null,
	label_en text collate "C",
	type text collate "C" check (type = 'text' or type = 'longtext' or type = 'int' or type = 'money' or type = 'percent' or type = 'bool' or type = 'date' or type = 'time' or type = 'email' or type = 'phone' or type = 'url' or type = 'choice' or type = 'currency') not null,
	choices text collate "C",
	max bigint,
	required bigint check (required in (0, 1)) not null,
	list bigint check (list in (0, 1)) not null,
	quick bigint check (quick in (0, 1)) not null,
	searchable bigint check (searchable in (0, 1)) not null,
	panel text collate "C" not null,
	position bigint not null,
	active bigint check (active in (0, 1)) not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	unique (ws, entity, name)
);
create index if not exists custom_fieldposition_id on custom_field (ws, position, id);
create table if not exists segment (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	entity text collate "C" check (entity = 'lead' or entity = 'contact' or entity = 'company' or entity = 'opportunity' or entity = 'prospect') not null,
	query text collate "C",
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists segmentowner_id_id on segment (ws, owner_id, id);
create index if not exists segmentupdated_at_id on segment (ws, updated_at, id);
create index if not exists segmenttitle_fold_id on segment (ws, title_fold, id);
create index if not exists segmententity_id on segment (ws, entity, id);
create table if not exists campaign (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	kind text collate "C" check (kind = 'newsletter' or kind = 'fair' or kind = 'advert' or kind = 'mailing' or kind = 'calls' or kind = 'event' or kind = 'web' or kind = 'other') not null,
	channel text collate "C" check (channel = 'email' or channel = 'phone' or channel = 'post' or channel = 'press' or channel = 'web' or channel = 'social' or channel = 'in_person' or channel = 'other'),
	state text collate "C" check (state = 'planned' or state = 'running' or state = 'ended') not null,
	starts_on text collate "C",
	ends_on text collate "C",
	budget bigint,
	budget_currency text collate "C",
	source_id bigint,
	segment_id bigint,
	subject text collate "C",
	body text collate "C",
	stamp text collate "C",
	owner_id bigint not null,
	description text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	primary key (ws, id)
);
create index if not exists campaignowner_id_id on campaign (ws, owner_id, id);
create index if not exists campaignupdated_at_id on campaign (ws, updated_at, id);
create index if not exists campaigntitle_fold_id on campaign (ws, title_fold, id);
create table if not exists campaign_cost (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	campaign_id bigint not null,
	spent_on text collate "C",
	what text collate "C",
	amount bigint not null,
	currency text collate "C",
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists campaign_costowner_id_id on campaign_cost (ws, owner_id, id);
create index if not exists campaign_costupdated_at_id on campaign_cost (ws, updated_at, id);
create index if not exists campaign_costtitle_fold_id on campaign_cost (ws, title_fold, id);
create index if not exists campaign_costcampaign_id_id on campaign_cost (ws, campaign_id, id);
create table if not exists web_form (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	title_it text collate "C",
	title_en text collate "C",
	intro_it text collate "C",
	intro_en text collate "C",
	thanks_it text collate "C",
	thanks_en text collate "C",
	asks text collate "C",
	lang text collate "C" check (lang = 'visitor' or lang = 'it' or lang = 'en') not null,
	source_id bigint,
	campaign_id bigint,
	owner_id bigint,
	team_id bigint,
	consent_it text collate "C",
	consent_en text collate "C",
	consent_version bigint,
	double_opt_in bigint check (double_opt_in in (0, 1)),
	origins text collate "C",
	active bigint check (active in (0, 1)) not null,
	key text collate "C",
	stamp text collate "C",
	turn bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	unique (ws, key),
	primary key (ws, id)
);
create table if not exists field_panel (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	entity text collate "C" check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	name text collate "C" not null,
	title_it text collate "C",
	title_en text collate "C",
	position bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists field_panelentity_name_id on field_panel (ws, entity, name, id);
create table if not exists field_layout (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	entity text collate "C" check (entity = 'lead' or entity = 'company' or entity = 'contact' or entity = 'opportunity' or entity = 'activity') not null,
	field text collate "C" not null,
	label_it text collate "C",
	label_en text collate "C",
	panel text collate "C",
	position bigint,
	hidden bigint check (hidden in (0, 1)) not null,
	list bigint check (list in (0, 1)),
	quick bigint check (quick in (0, 1)),
	required bigint check (required in (0, 1)),
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists field_layoutentity_field_id on field_layout (ws, entity, field, id);
create table if not exists company (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	kind text collate "C" check (kind = 'company' or kind = 'public_body' or kind = 'association' or kind = 'sole_trader' or kind = 'other') not null,
	type text collate "C" check (type = 'potential' or type = 'customer') not null,
	customer_code text collate "C",
	vat_number text collate "C",
	tax_code text collate "C",
	sdi_code text collate "C",
	pec text collate "C",
	email text collate "C",
	email_secondary text collate "C",
	emails text collate "C",
	phone text collate "C",
	phones text collate "C",
	fax text collate "C",
	website text collate "C",
	street text collate "C",
	postal_code text collate "C",
	city text collate "C",
	province text collate "C",
	region text collate "C",
	country text collate "C",
	sector text collate "C",
	turnover bigint,
	turnover_currency text collate "C",
	employees bigint,
	rating text collate "C",
	financial_rating text collate "C",
	owner_id bigint not null,
	description text collate "C",
	became_customer_at bigint,
	code_generated bigint check (code_generated in (0, 1)),
	former_customer_code text collate "C",
	merged_into_id bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	unique (ws, customer_code),
	primary key (ws, id),
	check (customer_code is null or type = 'customer')
);
create index if not exists companyowner_id_id on company (ws, owner_id, id);
create index if not exists companyupdated_at_id on company (ws, updated_at, id);
create index if not exists companytitle_fold_id on company (ws, title_fold, id);
create index if not exists companymerged_into_id on company (ws, merged_into_id) where merged_into_id is not null;
create table if not exists contact (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	salutation text collate "C",
	first_name text collate "C",
	last_name text collate "C",
	job_title text collate "C",
	company_id bigint,
	reports_to_id bigint,
	email text collate "C",
	email_secondary text collate "C",
	emails text collate "C",
	phone text collate "C",
	phone_home text collate "C",
	mobile text collate "C",
	phones text collate "C",
	linkedin text collate "C",
	facebook text collate "C",
	instagram text collate "C",
	x_profile text collate "C",
	birthday text collate "C",
	street text collate "C",
	postal_code text collate "C",
	city text collate "C",
	province text collate "C",
	region text collate "C",
	country text collate "C",
	vat_number text collate "C",
	tax_code text collate "C",
	owner_id bigint not null,
	description text collate "C",
	merged_into_id bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	primary key (ws, id)
);
create index if not exists contactowner_id_id on contact (ws, owner_id, id);
create index if not exists contactupdated_at_id on contact (ws, updated_at, id);
create index if not exists contacttitle_fold_id on contact (ws, title_fold, id);
create index if not exists contactcompany_id_id on contact (ws, company_id, id) where company_id is not null;
create index if not exists contactreports_to_id_id on contact (ws, reports_to_id, id) where reports_to_id is not null;
create index if not exists contactmerged_into_id on contact (ws, merged_into_id) where merged_into_id is not null;
create table if not exists lead (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	salutation text collate "C",
	first_name text collate "C",
	last_name text collate "C",
	job_title text collate "C",
	company_name text collate "C",
	email text collate "C",
	email_secondary text collate "C",
	pec text collate "C",
	phone text collate "C",
	phone_home text collate "C",
	mobile text collate "C",
	fax text collate "C",
	website text collate "C",
	linkedin text collate "C",
	street text collate "C",
	postal_code text collate "C",
	city text collate "C",
	province text collate "C",
	region text collate "C",
	country text collate "C",
	vat_number text collate "C",
	tax_code text collate "C",
	sector text collate "C",
	turnover bigint,
	turnover_currency text collate "C",
	employees bigint,
	emails text collate "C",
	phones text collate "C",
	need text collate "C",
	budget bigint,
	budget_currency text collate "C",
	source_id bigint,
	campaign_id bigint,
	owner_id bigint not null,
	description text collate "C",
	status_id bigint not null,
	status_type text collate "C" check (status_type = 'open' or status_type = 'frozen' or status_type = 'qualified' or status_type = 'not_interested' or status_type = 'abandoned') not null,
	status_since bigint not null,
	qualification text collate "C" check (qualification = 'unknown' or qualification = 'met' or qualification = 'not_met'),
	temperature_override text collate "C" check (temperature_override = 'cold' or temperature_override = 'warm' or temperature_override = 'hot'),
	temperature_reason text collate "C",
	last_activity_at bigint,
	last_answer_at bigint,
	purchase_request_at bigint,
	hot_until bigint,
	warm_until bigint,
	parked_until text collate "C",
	parked_note text collate "C",
	nurture_campaign_id bigint,
	came_back_for text collate "C",
	conclusion_reason text collate "C",
	conclusion_reason_id bigint,
	converted_at bigint,
	converted_by bigint,
	customer_at bigint,
	company_id bigint,
	contact_id bigint,
	opportunity_id bigint,
	next_action_at bigint,
	next_action_kind text collate "C" check (next_action_kind = 'call' or next_action_kind = 'email' or next_action_kind = 'meeting' or next_action_kind = 'demo' or next_action_kind = 'quote' or next_action_kind = 'other'),
	next_action_note text collate "C",
	merged_into_id bigint,
	counted_in text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	primary key (ws, id)
);
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
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	amount bigint,
	currency text collate "C" not null,
	close_on text collate "C",
	probability bigint,
	company_id bigint,
	contact_id bigint,
	renewal_months bigint,
	renewal_on text collate "C",
	source_id bigint,
	campaign_id bigint,
	owner_id bigint not null,
	description text collate "C",
	pipeline_id bigint,
	stage_id bigint not null,
	stage_since bigint,
	state text collate "C" check (state = 'open' or state = 'won' or state = 'lost') not null,
	closed_at bigint,
	closed_by bigint,
	lost_reason text collate "C",
	lost_reason_id bigint,
	lead_id bigint,
	duplicate_of_id bigint,
	renewal_of_id bigint,
	next_action_at bigint,
	next_action_kind text collate "C" check (next_action_kind = 'call' or next_action_kind = 'email' or next_action_kind = 'meeting' or next_action_kind = 'demo' or next_action_kind = 'quote' or next_action_kind = 'other'),
	next_action_note text collate "C",
	counted_in text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	primary key (ws, id),
	check ((state = 'open') = (next_action_at is not null)),
check ((state = 'open') = (closed_at is null))
);
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
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	name text collate "C" not null,
	description text collate "C",
	script text collate "C",
	source_id bigint,
	owner_id bigint not null,
	feed_url text collate "C",
	feed_at bigint,
	feed_key text collate "C",
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists prospect_listowner_id_id on prospect_list (ws, owner_id, id);
create index if not exists prospect_listupdated_at_id on prospect_list (ws, updated_at, id);
create index if not exists prospect_listtitle_fold_id on prospect_list (ws, title_fold, id);
create table if not exists prospect_column (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	list_id bigint not null,
	label text collate "C" not null,
	type text collate "C" check (type = 'text' or type = 'int' or type = 'money' or type = 'date' or type = 'bool') not null,
	position bigint,
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists prospect_columnowner_id_id on prospect_column (ws, owner_id, id);
create index if not exists prospect_columnupdated_at_id on prospect_column (ws, updated_at, id);
create index if not exists prospect_columntitle_fold_id on prospect_column (ws, title_fold, id);
create index if not exists prospect_columnlist_id_position_id on prospect_column (ws, list_id, position, id);
create table if not exists prospect (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	list_id bigint not null,
	position bigint,
	first_name text collate "C",
	last_name text collate "C",
	job_title text collate "C",
	company_name text collate "C",
	email text collate "C",
	pec text collate "C",
	phone text collate "C",
	mobile text collate "C",
	website text collate "C",
	linkedin text collate "C",
	street text collate "C",
	postal_code text collate "C",
	city text collate "C",
	province text collate "C",
	region text collate "C",
	country text collate "C",
	vat_number text collate "C",
	tax_code text collate "C",
	sector text collate "C",
	turnover text collate "C",
	employees text collate "C",
	need text collate "C",
	budget text collate "C",
	description text collate "C",
	cells text collate "C",
	state text collate "C" check (state = 'new' or state = 'called' or state = 'callback' or state = 'lead') not null,
	call_at bigint,
	called_at bigint,
	calls bigint not null,
	last_outcome text collate "C" check (last_outcome = 'no_answer' or last_outcome = 'call_back' or last_outcome = 'not_interested' or last_outcome = 'lead' or last_outcome = 'talked'),
	lead_id bigint,
	held_by bigint,
	held_until bigint,
	owner_id bigint not null,
	flagged_by bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
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
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	kind text collate "C" check (kind = 'task' or kind = 'call' or kind = 'email' or kind = 'meeting' or kind = 'comment') not null,
	direction text collate "C" check (direction = 'in' or direction = 'out'),
	purchase_request bigint check (purchase_request in (0, 1)),
	subject text collate "C",
	body text collate "C",
	due_at bigint,
	starts_at bigint,
	ends_at bigint,
	done_at bigint,
	outcome text collate "C",
	owner_id bigint not null,
	lead_id bigint,
	company_id bigint,
	contact_id bigint,
	opportunity_id bigint,
	prospect_id bigint,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	custom_values text collate "C",
	primary key (ws, id),
	check (lead_id is not null or company_id is not null or contact_id is not null or opportunity_id is not null or prospect_id is not null)
);
create index if not exists activityowner_id_id on activity (ws, owner_id, id);
create index if not exists activityupdated_at_id on activity (ws, updated_at, id);
create index if not exists activitytitle_fold_id on activity (ws, title_fold, id);
create index if not exists activitylead_id_id on activity (ws, lead_id, id) where lead_id is not null;
create index if not exists activitycompany_id_id on activity (ws, company_id, id) where company_id is not null;
create index if not exists activitycontact_id_id on activity (ws, contact_id, id) where contact_id is not null;
create index if not exists activityopportunity_id_id on activity (ws, opportunity_id, id) where opportunity_id is not null;
create index if not exists activityprospect_id_id on activity (ws, prospect_id, id) where prospect_id is not null;
create table if not exists touch (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	campaign_id bigint not null,
	lead_id bigint,
	contact_id bigint,
	prospect_id bigint,
	kind text collate "C" check (kind = 'sent' or kind = 'answered' or kind = 'form' or kind = 'call' or kind = 'visit') not null,
	at bigint not null,
	note text collate "C",
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	check ((contact_id is not null) <> (lead_id is not null or prospect_id is not null))
);
create index if not exists touchowner_id_id on touch (ws, owner_id, id);
create index if not exists touchupdated_at_id on touch (ws, updated_at, id);
create index if not exists touchtitle_fold_id on touch (ws, title_fold, id);
create index if not exists touchcampaign_id_id on touch (ws, campaign_id, id);
create index if not exists touchlead_id_id on touch (ws, lead_id, id) where lead_id is not null;
create index if not exists touchcontact_id_id on touch (ws, contact_id, id) where contact_id is not null;
create index if not exists touchprospect_id_id on touch (ws, prospect_id, id) where prospect_id is not null;
create table if not exists consent (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	given bigint check (given in (0, 1)) not null,
	purpose text collate "C" check (purpose = 'marketing') not null,
	channel text collate "C" check (channel = 'email') not null,
	at bigint not null,
	how text collate "C" check (how = 'form' or how = 'paper' or how = 'spoken' or how = 'email' or how = 'other') not null,
	text text collate "C",
	text_version bigint,
	web_form_id bigint,
	lead_id bigint,
	contact_id bigint,
	prospect_id bigint,
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id),
	check ((contact_id is not null) <> (lead_id is not null or prospect_id is not null))
);
create index if not exists consentowner_id_id on consent (ws, owner_id, id);
create index if not exists consentupdated_at_id on consent (ws, updated_at, id);
create index if not exists consenttitle_fold_id on consent (ws, title_fold, id);
create index if not exists consentlead_id_id on consent (ws, lead_id, id) where lead_id is not null;
create index if not exists consentcontact_id_id on consent (ws, contact_id, id) where contact_id is not null;
create index if not exists consentprospect_id_id on consent (ws, prospect_id, id) where prospect_id is not null;
create table if not exists distinction (
	ws bigint not null,
	id bigint not null,
	version bigint not null,
	created_at bigint not null,
	updated_at bigint not null,
	title text collate "C" not null,
	title_fold text collate "C" not null,
	entity text collate "C" check (entity = 'lead' or entity = 'company' or entity = 'contact') not null,
	first_id bigint not null,
	second_id bigint not null,
	owner_id bigint not null,
	created_by bigint,
	removed_at bigint,
	removed_reason text collate "C",
	custom text collate "C",
	primary key (ws, id)
);
create index if not exists distinctionowner_id_id on distinction (ws, owner_id, id);
create index if not exists distinctionupdated_at_id on distinction (ws, updated_at, id);
create index if not exists distinctiontitle_fold_id on distinction (ws, title_fold, id);
create index if not exists distinctionfirst_id_second_id on distinction (ws, first_id, second_id);
create index if not exists distinctionsecond_id on distinction (ws, second_id);
alter table member add constraint member_team_id_link foreign key (ws, team_id) references team (ws, id);
alter table member add constraint member_role_id_link foreign key (ws, role_id) references role (ws, id);
alter table lead_status add constraint lead_status_expiry_status_id_link foreign key (ws, expiry_status_id) references lead_status (ws, id);
alter table stage add constraint stage_pipeline_id_link foreign key (ws, pipeline_id) references pipeline (ws, id);
alter table segment add constraint segment_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table campaign add constraint campaign_source_id_link foreign key (ws, source_id) references source (ws, id);
alter table campaign add constraint campaign_segment_id_link foreign key (ws, segment_id) references segment (ws, id);
alter table campaign add constraint campaign_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table campaign_cost add constraint campaign_cost_campaign_id_link foreign key (ws, campaign_id) references campaign (ws, id);
alter table campaign_cost add constraint campaign_cost_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table web_form add constraint web_form_source_id_link foreign key (ws, source_id) references source (ws, id);
alter table web_form add constraint web_form_campaign_id_link foreign key (ws, campaign_id) references campaign (ws, id);
alter table web_form add constraint web_form_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table web_form add constraint web_form_team_id_link foreign key (ws, team_id) references team (ws, id);
alter table company add constraint company_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table company add constraint company_merged_into_id_link foreign key (ws, merged_into_id) references company (ws, id);
alter table contact add constraint contact_company_id_link foreign key (ws, company_id) references company (ws, id);
alter table contact add constraint contact_reports_to_id_link foreign key (ws, reports_to_id) references contact (ws, id);
alter table contact add constraint contact_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table contact add constraint contact_merged_into_id_link foreign key (ws, merged_into_id) references contact (ws, id);
alter table lead add constraint lead_source_id_link foreign key (ws, source_id) references source (ws, id);
alter table lead add constraint lead_campaign_id_link foreign key (ws, campaign_id) references campaign (ws, id);
alter table lead add constraint lead_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table lead add constraint lead_status_id_link foreign key (ws, status_id) references lead_status (ws, id);
alter table lead add constraint lead_nurture_campaign_id_link foreign key (ws, nurture_campaign_id) references campaign (ws, id);
alter table lead add constraint lead_conclusion_reason_id_link foreign key (ws, conclusion_reason_id) references reason (ws, id);
alter table lead add constraint lead_converted_by_link foreign key (ws, converted_by) references member (ws, id);
alter table lead add constraint lead_company_id_link foreign key (ws, company_id) references company (ws, id);
alter table lead add constraint lead_contact_id_link foreign key (ws, contact_id) references contact (ws, id);
alter table lead add constraint lead_opportunity_id_link foreign key (ws, opportunity_id) references opportunity (ws, id);
alter table lead add constraint lead_merged_into_id_link foreign key (ws, merged_into_id) references lead (ws, id);
alter table lead add foreign key (ws, status_id, status_type) references lead_status (ws, id, type), add 
check ((status_type = 'open' and converted_at is null) = (next_action_at is not null));
alter table opportunity add constraint opportunity_company_id_link foreign key (ws, company_id) references company (ws, id);
alter table opportunity add constraint opportunity_contact_id_link foreign key (ws, contact_id) references contact (ws, id);
alter table opportunity add constraint opportunity_source_id_link foreign key (ws, source_id) references source (ws, id);
alter table opportunity add constraint opportunity_campaign_id_link foreign key (ws, campaign_id) references campaign (ws, id);
alter table opportunity add constraint opportunity_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table opportunity add constraint opportunity_pipeline_id_link foreign key (ws, pipeline_id) references pipeline (ws, id);
alter table opportunity add constraint opportunity_stage_id_link foreign key (ws, stage_id) references stage (ws, id);
alter table opportunity add constraint opportunity_closed_by_link foreign key (ws, closed_by) references member (ws, id);
alter table opportunity add constraint opportunity_lost_reason_id_link foreign key (ws, lost_reason_id) references reason (ws, id);
alter table opportunity add constraint opportunity_lead_id_link foreign key (ws, lead_id) references lead (ws, id);
alter table opportunity add constraint opportunity_duplicate_of_id_link foreign key (ws, duplicate_of_id) references opportunity (ws, id);
alter table opportunity add constraint opportunity_renewal_of_id_link foreign key (ws, renewal_of_id) references opportunity (ws, id);
alter table prospect_list add constraint prospect_list_source_id_link foreign key (ws, source_id) references source (ws, id);
alter table prospect_list add constraint prospect_list_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table prospect_column add constraint prospect_column_list_id_link foreign key (ws, list_id) references prospect_list (ws, id);
alter table prospect_column add constraint prospect_column_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table prospect add constraint prospect_list_id_link foreign key (ws, list_id) references prospect_list (ws, id);
alter table prospect add constraint prospect_lead_id_link foreign key (ws, lead_id) references lead (ws, id);
alter table prospect add constraint prospect_held_by_link foreign key (ws, held_by) references member (ws, id);
alter table prospect add constraint prospect_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table activity add constraint activity_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table activity add constraint activity_lead_id_link foreign key (ws, lead_id) references lead (ws, id);
alter table activity add constraint activity_company_id_link foreign key (ws, company_id) references company (ws, id);
alter table activity add constraint activity_contact_id_link foreign key (ws, contact_id) references contact (ws, id);
alter table activity add constraint activity_opportunity_id_link foreign key (ws, opportunity_id) references opportunity (ws, id);
alter table activity add constraint activity_prospect_id_link foreign key (ws, prospect_id) references prospect (ws, id);
alter table touch add constraint touch_campaign_id_link foreign key (ws, campaign_id) references campaign (ws, id);
alter table touch add constraint touch_lead_id_link foreign key (ws, lead_id) references lead (ws, id);
alter table touch add constraint touch_contact_id_link foreign key (ws, contact_id) references contact (ws, id);
alter table touch add constraint touch_prospect_id_link foreign key (ws, prospect_id) references prospect (ws, id);
alter table touch add constraint touch_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table consent add constraint consent_web_form_id_link foreign key (ws, web_form_id) references web_form (ws, id);
alter table consent add constraint consent_lead_id_link foreign key (ws, lead_id) references lead (ws, id);
alter table consent add constraint consent_contact_id_link foreign key (ws, contact_id) references contact (ws, id);
alter table consent add constraint consent_prospect_id_link foreign key (ws, prospect_id) references prospect (ws, id);
alter table consent add constraint consent_owner_id_link foreign key (ws, owner_id) references member (ws, id);
alter table distinction add constraint distinction_owner_id_link foreign key (ws, owner_id) references member (ws, id);
create table if not exists op (ws bigint not null, id bigint not null, kind text collate "C" not null, at bigint not null, user_id bigint, entity text collate "C", record_id bigint, records bigint not null default 0, undoes bigint, undone_by bigint, state text collate "C" not null default 'done', progress text collate "C", work_on bigint, source_id bigint, campaign_id bigint, primary key (ws, id));
create index if not exists op_user on op (ws, user_id, id);
create index if not exists op_work on op (ws, user_id, at, id, work_on, source_id, campaign_id, undone_by) where work_on is not null and undone_by is null;
create table if not exists change (ws bigint not null, id bigint not null, op_id bigint not null, at bigint not null, user_id bigint, entity text collate "C" not null, record_id bigint not null, old text collate "C", primary key (ws, id));
create index if not exists change_record on change (ws, record_id, id);
create index if not exists change_op on change (ws, op_id, id);
create table if not exists tally (ws bigint not null, entity text collate "C" not null, owner_id bigint not null, n bigint not null);
create index if not exists tally_entity on tally (ws, entity, owner_id);
create table if not exists stay (ws bigint not null, record_id bigint not null, entered_at bigint not null, step_id bigint not null, left_at bigint not null, primary key (ws, record_id, entered_at));
create index if not exists stay_step on stay (ws, step_id, left_at, record_id);
create table if not exists likeness (ws bigint not null, key bigint not null, record_id bigint not null, entity text collate "C" not null, primary key (ws, key, record_id));
create table if not exists gone_key (ws bigint not null, key bigint not null, record_id bigint not null, entity text collate "C" not null, primary key (ws, key, record_id));
create table if not exists twin (ws bigint not null, group_id bigint not null, record_id bigint not null, entity text collate "C" not null, run_id bigint not null, score bigint not null, primary key (ws, run_id, group_id, record_id));
create index if not exists twin_best on twin (ws, run_id, score, group_id);
create table if not exists twin_word (ws bigint not null, entity text collate "C" not null, word text collate "C" not null, n bigint not null, primary key (ws, entity, word));
create table if not exists twin_run (ws bigint not null, entity text collate "C" not null, id bigint not null, shown_id bigint, state text collate "C" not null, user_id bigint, at bigint not null, ended_at bigint, progress text collate "C", problem text collate "C", primary key (ws, entity));
create table if not exists custom_value (ws bigint not null, field bigint not null, value text collate "C" not null, id bigint not null, primary key (ws, field, value, id));
create index if not exists custom_value_id on custom_value (ws, id, field, value);
create table if not exists words_due (ws bigint not null, entity text collate "C" not null, at bigint not null, below bigint not null, primary key (ws, entity));
create table if not exists setting (ws bigint not null, name text collate "C" not null, value text collate "C" not null, primary key (ws, name));
create table if not exists session (ws bigint not null, hash text collate "C" not null, user_id bigint not null, created_at bigint not null, seen_at bigint not null, address text collate "C", agent text collate "C", primary key (ws, hash));
create table if not exists token (ws bigint not null, id bigint not null, hash text collate "C" not null, user_id bigint not null, name text collate "C" not null, created_at bigint not null, seen_at bigint, ended_at bigint, unique (ws, hash), primary key (ws, id));
create table if not exists idempotency (ws bigint not null, key text collate "C" not null, digest text collate "C" not null, status bigint not null, body text collate "C" not null, op_id bigint, at bigint not null, primary key (ws, key));
create index if not exists idempotency_at on idempotency (ws, at);
create table if not exists import (ws bigint not null, id bigint not null, user_id bigint not null, entity text collate "C" not null, name text collate "C" not null, state text collate "C" not null, created_at bigint not null, op_id bigint, plan text collate "C" not null, report text collate "C", progress text collate "C" not null, problem text collate "C", primary key (ws, id));
create table if not exists import_file (ws bigint not null, import_id bigint not null, part bigint not null, first_row bigint not null, body text collate "C" not null, primary key (ws, import_id, part));
create table if not exists import_refused (ws bigint not null, import_id bigint not null, line bigint not null, cells text collate "C" not null, why text collate "C" not null, primary key (ws, import_id, line));
create table if not exists mail (ws bigint not null, id bigint not null, state text collate "C" not null, purpose text collate "C" not null, recipient text collate "C" not null, subject text collate "C" not null, content text collate "C", message_name text collate "C" not null, message_domain text collate "C", entity text collate "C", record_id bigint, user_id bigint, once text collate "C", tries bigint not null, created_at bigint not null, next_at bigint not null, first_at bigint, claim text collate "C", claimed_at bigint, sent_at bigint, problem text collate "C", answer text collate "C", unique (ws, once), primary key (ws, id));
create index if not exists mail_due on mail (ws, next_at, id) where state in ('waiting', 'failed', 'sending');
create index if not exists mail_claimed on mail (ws, claimed_at) where claimed_at is not null;
create index if not exists mail_kept on mail (ws, sent_at) where state = 'sent' and content is not null;
create index if not exists mail_state on mail (ws, state, id);
create table if not exists campaign_run (ws bigint not null, id bigint not null, campaign_id bigint not null, user_id bigint not null, state text collate "C" not null, last_id bigint not null, queued bigint not null, left_out bigint not null, started_at bigint not null, ended_at bigint, primary key (ws, id));
create index if not exists campaign_run_of on campaign_run (ws, campaign_id, id);
create index if not exists campaign_run_state on campaign_run (ws, id) where state = 'running';
create table if not exists suppression (ws bigint not null, hash text collate "C" not null, why text collate "C" not null, at bigint not null, primary key (ws, hash));
create table if not exists suppression_change (ws bigint not null, id bigint not null, hash text collate "C" not null, what text collate "C" not null, reason text collate "C", at bigint not null, user_id bigint, primary key (ws, id));
create index if not exists suppression_change_hash on suppression_change (ws, hash, id);
create table if not exists form_post (ws bigint not null, id bigint not null, form_id bigint not null, state text collate "C" not null, why text collate "C", answers text collate "C" not null, consent bigint not null, lang text collate "C" not null, address text collate "C", token text collate "C", created_at bigint not null, primary key (ws, id));
create index if not exists form_post_address on form_post (ws, form_id, address);
create index if not exists form_post_token on form_post (ws, token);
create table if not exists digest (ws bigint not null, user_id bigint not null, day text collate "C" not null, told bigint not null, primary key (ws, user_id));
create table if not exists counted (ws bigint not null, kind bigint not null, period bigint not null, owner_id bigint not null, by1 bigint not null, by2 bigint not null, by3 bigint not null, by4 bigint not null, n bigint not null, sum1 bigint not null, sum2 bigint not null, sum3 bigint not null);
create index if not exists counted_key on counted (ws, kind, period, owner_id);
create table if not exists search (ws bigint not null, id bigint not null, entity text collate "C" not null, terms tsvector not null, primary key (ws, id));
create index if not exists search_terms on search using gin (terms);

-- Leads as a firm has them after two years: made day by day, of ten owners,
-- eight sources and twelve campaigns, a tenth of them converted, with
-- opportunities, stays and a normal number of operations.  Of bench/figures.sh.
pragma synchronous = off;
create temp table now as select cast(strftime('%s', 'now') as integer) * 1000 as at, 86400000 as day;
create temp table pick as select id, row_number() over (order by id) as n from lead where ws = 1;
create unique index temp.pick_id on pick (id);
create unique index temp.pick_n on pick (n);
create temp table u as select id, row_number() over (order by id) - 1 as k from member where ws = 1 and email like 'bench%';
create temp table s as select id, row_number() over (order by id) - 1 as k from source where ws = 1 and name like 'bench%';
create temp table c as select id, row_number() over (order by id) - 1 as k from campaign where ws = 1 and name like 'bench%';
create temp table st as select id, type, row_number() over (partition by type order by position) - 1 as k from lead_status where ws = 1 and removed_at is null;
create temp table sg as select id, pipeline_id, probability, row_number() over (order by position) - 1 as k from stage where ws = 1 and removed_at is null;
create temp table rs as select id, kind, row_number() over (partition by kind order by id) - 1 as k from reason where ws = 1;
create temp table fate as select id, n, case n % 10 when 0 then 'qualified' when 1 then 'not_interested' when 2 then 'not_interested'
	when 3 then 'frozen' when 4 then 'abandoned' else 'open' end as type,
	(select at from now) - (n * 7919 % 730) * 86400000 - (n * 104729 % 86400) * 1000 as made from pick;
create unique index temp.fate_id on fate (id);

begin;
update lead set created_at = f.made,
	owner_id = (select id from u where k = f.n * 31 % 10), created_by = (select id from u where k = f.n * 31 % 10),
	campaign_id = case when f.n % 5 = 0 then (select id from c where k = f.n / 5 % 12) end,
	source_id = (select id from s where k = case when f.n % 5 = 0 then f.n / 5 % 12 % 8 else f.n * 17 % 8 end),
	status_type = f.type, status_id = (select id from st where st.type = f.type and k = 0),
	status_since = min(f.made + f.n % 40 * 43200000, (select at from now)),
	next_action_at = case when f.type = 'open' then next_action_at end,
	next_action_kind = case when f.type = 'open' then next_action_kind end,
	conclusion_reason_id = case when f.type = 'not_interested' then (select id from rs where kind = 'not_interested' and k = f.n % 4) end,
	hot_until = case when f.type = 'qualified' or f.n % 50 = 7 then 9000000000000000 end,
	converted_at = case when f.type = 'qualified' then min(f.made + f.n % 40 * 43200000, (select at from now)) end,
	customer_at = case when f.type = 'qualified' and f.n % 100 < 40 then (select at from now) end,
	opportunity_id = case when f.type = 'qualified' then lead.id - 4294967296 end,
	counted_in = null
	from fate f where lead.ws = 1 and lead.id = f.id;
insert into stay (ws, record_id, entered_at, step_id, left_at)
	select 1, l.id, l.created_at, (select id from st where type = 'open' and k = l.id % 3), l.status_since
	from lead l where l.ws = 1 and l.status_type <> 'open' and l.status_since > l.created_at;
insert into opportunity (ws, id, version, created_at, updated_at, title, title_fold, name, amount, currency, close_on, probability,
		source_id, campaign_id, owner_id, pipeline_id, stage_id, stage_since, state, closed_at, lost_reason_id, lead_id, next_action_at)
	select 1, l.id - 4294967296, 1, l.converted_at, l.converted_at, 'Deal', 'deal', 'Deal', 100000 + f.n * 37 % 900000, 'EUR',
		case when f.n % 7 then date((l.converted_at + f.n % 200 * 86400000) / 1000, 'unixepoch') end,
		sg.probability, l.source_id, l.campaign_id, l.owner_id, sg.pipeline_id, sg.id, l.converted_at,
		case when f.n % 100 < 40 then 'won' when f.n % 100 < 60 then 'lost' else 'open' end,
		case when f.n % 100 < 60 then min(l.converted_at + f.n % 60 * 86400000, (select at from now)) end,
		case when f.n % 100 between 40 and 59 then (select id from rs where kind = 'lost' and rs.k = f.n / 100 % 4) end, l.id,
		case when f.n % 100 >= 60 then (select at from now) end
	from lead l join fate f on f.id = l.id join sg on sg.k = f.n / 10 % (select max(k) + 1 from sg) where l.ws = 1 and l.converted_at is not null;
-- ten people, twenty steps a working day, half of them with an activity
with recursive i (n) as (select 1 union all select n + 1 from i where n < 88000)
insert into op (ws, id, kind, at, user_id, entity, record_id, records, state)
	select 1, (select min(id) from pick) - 8589934592 + i.n, case i.n % 4 when 0 then 'lead.move' when 1 then 'record.edit' else 'lead.next_action' end,
		(select at from now) - cast(i.n * 63072000000.0 / 88000 as integer), (select id from u where k = i.n % 10), 'lead',
		(select id from pick where pick.n = 1 + i.n * 7907 % (select max(n) from pick)), 1, 'done' from i;
with recursive i (n) as (select 1 union all select n + 1 from i where n < 44000)
insert into activity (ws, id, version, created_at, updated_at, title, title_fold, kind, owner_id, created_by, lead_id, body)
	select 1, (select min(id) from pick) - 12884901888 + i.n, 1, (select at from now) - cast(i.n * 63072000000.0 / 44000 as integer), 0,
		'Call', 'call', 'call', (select id from u where k = i.n % 10), (select id from u where k = i.n % 10),
		(select id from pick where pick.n = 1 + i.n * 7919 % (select max(n) from pick)), 'Called' from i;
delete from tally where ws = 1 and entity in ('lead', 'opportunity', 'activity');
insert into tally (ws, entity, owner_id, n) select 1, 'lead', owner_id, count(*) from lead where ws = 1 and removed_at is null group by owner_id;
insert into tally (ws, entity, owner_id, n) select 1, 'opportunity', owner_id, count(*) from opportunity where ws = 1 and removed_at is null group by owner_id;
insert into tally (ws, entity, owner_id, n) select 1, 'activity', owner_id, count(*) from activity where ws = 1 and removed_at is null group by owner_id;
commit;

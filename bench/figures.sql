-- Leads as a firm has them after two years: made day by day, of ten owners,
-- eight sources and twelve campaigns, a tenth of them converted, mostly by their
-- owners, with opportunities won and lost, stays and a normal number of
-- operations.  For both engines; bench/figures.sh makes the table moment (now)
-- and day (n days since 1970, as text) before.
create temp table pick as select id, row_number() over (order by id) as n from lead where ws = 1;
create unique index pick_id on pick (id);
create unique index pick_n on pick (n);
create temp table u as select id, row_number() over (order by id) - 1 as k from member where ws = 1 and email like 'bench%';
create temp table s as select id, row_number() over (order by id) - 1 as k from source where ws = 1 and name like 'bench%';
create temp table c as select id, row_number() over (order by id) - 1 as k from campaign where ws = 1 and name like 'bench%';
create temp table st as select id, type, row_number() over (partition by type order by position) - 1 as k from lead_status where ws = 1 and removed_at is null;
create temp table sg as select id, pipeline_id, probability, row_number() over (order by position) - 1 as k from stage where ws = 1 and removed_at is null;
create temp table rs as select id, kind, row_number() over (partition by kind order by id) - 1 as k from reason where ws = 1;
create temp table begun as select pick.id, n, at as now, at - (n * 7919 % 730) * 86400000 - (n * 104729 % 86400) * 1000 as made,
	case n % 10 when 0 then 'qualified' when 1 then 'not_interested' when 2 then 'not_interested'
		when 3 then 'frozen' when 4 then 'abandoned' else 'open' end as type,
	n * 31 % 10 as owner, case when n % 3 = 0 then n * 17 % 10 else n * 31 % 10 end as worker,
	case when n % 5 = 0 then n / 5 % 12 end as campaign, case when n % 5 = 0 then n / 5 % 12 % 8 else n * 17 % 8 end as source
	from pick, moment;
create temp table moved as select *, case when made + n % 40 * 43200000 < now then made + n % 40 * 43200000 else now end as since from begun;
create temp table fate as select f.id, f.n, f.now, f.made, f.type, f.since, o.id as owner_id, w.id as worker_id, s.id as source_id, c.id as campaign_id,
	case when f.type = 'qualified' then f.since end as converted,
	case when f.type = 'qualified' and f.n % 100 < 60 then case when f.since + f.n % 60 * 86400000 < f.now then f.since + f.n % 60 * 86400000 else f.now end end as closed
	from moved f join u o on o.k = f.owner join u w on w.k = f.worker join s on s.k = f.source left join c on c.k = f.campaign;
create unique index fate_id on fate (id);
create unique index fate_n on fate (n);

begin;
insert into opportunity (ws, id, version, created_at, updated_at, title, title_fold, name, amount, currency, close_on, probability,
		source_id, campaign_id, owner_id, pipeline_id, stage_id, stage_since, state, closed_at, closed_by, lost_reason_id, lead_id, next_action_at)
	select 1, f.id - 17179869184, 1, f.converted, f.converted, 'Deal', 'deal', 'Deal', 100000 + f.n * 37 % 900000, 'EUR',
		case when f.n % 7 <> 0 then day.text end, sg.probability, f.source_id, f.campaign_id, f.owner_id, sg.pipeline_id, sg.id, f.converted,
		case when f.n % 100 < 40 then 'won' when f.n % 100 < 60 then 'lost' else 'open' end, f.closed,
		case when f.closed is not null then f.worker_id end,
		case when f.n % 100 between 40 and 59 then (select id from rs where kind = 'lost' and rs.k = f.n / 100 % 4) end, f.id,
		case when f.n % 100 >= 60 then f.now end
	from fate f join sg on sg.k = f.n / 10 % (select max(k) + 1 from sg) join day on day.n = (f.converted + f.n % 200 * 86400000) / 86400000
	where f.converted is not null;
update lead set created_at = f.made, owner_id = f.owner_id, created_by = f.owner_id, campaign_id = f.campaign_id, source_id = f.source_id,
	status_type = f.type, status_id = (select id from st where st.type = f.type and k = 0), status_since = f.since,
	next_action_at = case when f.type = 'open' then next_action_at end,
	next_action_kind = case when f.type = 'open' then next_action_kind end,
	conclusion_reason_id = case when f.type = 'not_interested' then (select id from rs where kind = 'not_interested' and k = f.n % 4) end,
	hot_until = case when f.type = 'qualified' or f.n % 50 = 7 then 9000000000000000 end,
	converted_at = f.converted, converted_by = case when f.converted is not null then f.worker_id end,
	customer_at = case when f.converted is not null and f.n % 100 < 40 then f.now end,
	opportunity_id = case when f.converted is not null then lead.id - 17179869184 end, counted_in = null
	from fate f where lead.ws = 1 and lead.id = f.id;
insert into stay (ws, record_id, entered_at, step_id, left_at)
	select 1, f.id, f.made, st.id, f.since from fate f join st on st.type = 'open' and st.k = f.id % 3
	where f.type <> 'open' and f.since > f.made;
-- who converted, won and lost
insert into op (ws, id, kind, at, user_id, entity, record_id, records, state)
	select 1, id - 34359738368, 'lead.convert', converted, worker_id, 'lead', id, 4, 'done' from fate where converted is not null;
insert into op (ws, id, kind, at, user_id, entity, record_id, records, state)
	select 1, id - 51539607552, case when n % 100 < 40 then 'opportunity.win' else 'opportunity.lose' end, closed, worker_id, 'opportunity',
		id - 17179869184, 2, 'done' from fate where closed is not null;
-- ten people, twenty steps a working day, half of them with an activity
with recursive i (n) as (select 1 union all select n + 1 from i where n < 88000)
insert into op (ws, id, kind, at, user_id, entity, record_id, records, state, work_on, source_id, campaign_id)
	select 1, (select min(id) from pick) - 68719476736 + i.n, case i.n % 4 when 0 then 'lead.move' when 1 then 'record.edit' else 'lead.next_action' end,
		f.now - cast(i.n * 63072000000.0 / 88000 as bigint), u.id, 'lead', f.id, 1, 'done', f.id, f.source_id, f.campaign_id
	from i join u on u.k = i.n % 10 join fate f on f.n = 1 + i.n * 7907 % (select max(n) from pick);
with recursive i (n) as (select 1 union all select n + 1 from i where n < 44000)
insert into activity (ws, id, version, created_at, updated_at, title, title_fold, kind, owner_id, created_by, lead_id, body)
	select 1, (select min(id) from pick) - 85899345920 + i.n, 1, f.now - cast(i.n * 63072000000.0 / 44000 as bigint), 0,
		'Call', 'call', 'call', u.id, u.id, f.id, 'Called'
	from i join u on u.k = i.n % 10 join fate f on f.n = 1 + i.n * 7919 % (select max(n) from pick);
insert into op (ws, id, kind, at, user_id, entity, record_id, records, state, work_on, source_id, campaign_id)
	select 1, a.id - 17179869184, 'record.create', a.created_at, a.created_by, 'activity', a.id, 1, 'done', a.lead_id, f.source_id, f.campaign_id
	from activity a join fate f on f.id = a.lead_id where a.ws = 1 and a.body = 'Called';
delete from tally where ws = 1 and entity in ('lead', 'opportunity', 'activity');
insert into tally (ws, entity, owner_id, n) select 1, 'lead', owner_id, count(*) from lead where ws = 1 and removed_at is null group by owner_id;
insert into tally (ws, entity, owner_id, n) select 1, 'opportunity', owner_id, count(*) from opportunity where ws = 1 and removed_at is null group by owner_id;
insert into tally (ws, entity, owner_id, n) select 1, 'activity', owner_id, count(*) from activity where ws = 1 and removed_at is null group by owner_id;
commit;

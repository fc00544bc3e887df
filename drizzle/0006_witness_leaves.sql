-- Naming and retiring a witness are entries of the log. See docs/decisions/012-transparency-log.md.
-- Whoever names one adds its leaf: an approver for their own participant, the secretariat for outside bodies, and nobody for others.
create or replace function app.may_append(p_type text, p_participant text, p_viewer record) returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_type like 'filing.%' then p_viewer.role in ('submitter', 'approver') and p_participant = p_viewer.participant
    when p_type = 'alert.issued' then p_viewer.role in ('submitter', 'approver')
    when p_type = 'alert.acknowledged' then p_participant = any(app.keys())
    when p_type like 'verification.%' then p_viewer.role = 'verifier' and p_participant is distinct from p_viewer.participant
    when p_type like 'witness.%' then
      (p_viewer.role = 'approver' and p_participant = p_viewer.participant) or (p_viewer.role = 'secretariat' and p_participant is null)
    else p_viewer.role = 'secretariat' end;
end $$;
--> statement-breakpoint
-- Witnesses named before this are entered here, once, with the time at which each was named or retired: that they stand behind later entries
-- shows when they were entered. So the check has no exception, for rows of before, that a row put in later could hide behind. It cannot show
-- who named them: an entry is the register's word, for these as for all; whose key it is, their participants can say. Text as in
-- lib/log/leaves.ts: canonical JSON (RFC 8785), members by name, times in milliseconds, 32 zero bytes for a salt.
do $$
declare entered text[];
begin
  with acts as (
    select 'witness.named' as type, w.at as happened, w.* from witnesses w
    union all select 'witness.retired', w.retired_at, w.* from witnesses w where w.retired_at is not null
  ), written as (
    select happened, type, name, coalesce(to_json(participant)::text, 'null') as of, to_char(happened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as stamp,
           encode(sha256(decode(repeat('00', 32), 'hex') || convert_to(format('{"name":%s,"participant":%s,"url":%s,"vkey":%s}',
             to_json(name), coalesce(to_json(participant)::text, 'null'), to_json(url), to_json(vkey)), 'UTF8')), 'hex') as commitment
      from acts
  )
  select array_agg(format('{"at":"%s","commitment":"%s","id":%s,"participant":%s,"type":"%s"}', stamp, commitment, to_json(name), of, type) order by happened, type)
    into entered from written;
  if entered is not null then perform app.append_leaves(entered); end if;
end $$;

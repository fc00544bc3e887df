-- Who may see and change what, refused by the database itself. See docs/decisions/002-row-level-security.md.
do $$
declare wanted text;
begin
  foreach wanted in array array['batp_app', 'batp_worker', 'batp_auditor'] loop
    begin
      if not exists (select 1 from pg_roles where rolname = wanted) then execute format('create role %I nologin', wanted); end if;
    exception when duplicate_object or unique_violation then null; -- another database of the cluster was faster
    end;
    execute format('grant %I to current_user', wanted);
  end loop;
exception when insufficient_privilege then
  raise exception 'The migrating role must be able to create roles (CREATEROLE), or create batp_app, batp_worker and batp_auditor beforehand and grant them to it with admin option.';
end $$;
--> statement-breakpoint
do $$ begin alter role batp_auditor bypassrls;
exception when insufficient_privilege then raise notice 'batp_auditor needs BYPASSRLS for backup and verification: ask a superuser.';
end $$;
--> statement-breakpoint
create schema app;
--> statement-breakpoint
grant usage on schema app to batp_app, batp_worker;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
-- The session is a random token in a setting; only its hash is stored, where the application's role cannot read it.
-- Setting another value therefore finds nobody: an identity cannot be forged by injected SQL.
create function app.viewer(out user_id uuid, out role text, out participant text, out name text, out email text,
  out affiliation text, out four_eyes boolean, out session_id uuid, out kind text, out last_seen_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  select u.id, u.role, u.participant, u.name, u.email, u.affiliation, coalesce(p.four_eyes, false), s.id, s.kind, s.last_seen_at
    into user_id, role, participant, name, email, affiliation, four_eyes, session_id, kind, last_seen_at
    from public.sessions s join public.users u on u.id = s.user_id left join public.participants p on p.code = u.participant
   where s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
     and s.revoked_at is null and u.disabled_at is null
     and (s.expires_at is null or s.expires_at > now())
     and (s.kind = 'api_key' or s.last_seen_at > now() - interval '30 minutes');
end $$;
--> statement-breakpoint
create function app.user_id() returns uuid language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return (app.viewer()).user_id; end $$;
--> statement-breakpoint
-- What the viewer may be matched by: their participant, the body they belong to, and what they may write.
create function app.keys() returns text[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  v := app.viewer();
  return array_remove(array[
    v.participant,
    case when v.role in ('submitter', 'approver') then 'ministry:' || v.participant end,
    case v.role when 'secretariat' then 'secretariat' when 'observer' then 'observers' when 'verifier' then 'verifiers' end], null);
end $$;
--> statement-breakpoint
-- 0 public, 1 observer, 2 participants and secretariat, 3 verifiers.
create function app.rank() returns smallint language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case (app.viewer()).role when 'verifier' then 3 when 'submitter' then 2 when 'approver' then 2 when 'secretariat' then 2 when 'observer' then 1 else 0 end;
end $$;
--> statement-breakpoint
-- Opens a transaction for a token: who it is, the answer already given to a repeated idempotency key, and how fresh reference data is.
create function app.open(p_token text, p_key text, out user_id uuid, out role text, out participant text, out name text, out email text,
  out affiliation text, out four_eyes boolean, out fingerprint text, out response text, out revision bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  perform set_config('app.session', coalesce(p_token, ''), true);
  v := app.viewer();
  user_id := v.user_id; role := v.role; participant := v.participant; name := v.name; email := v.email;
  affiliation := v.affiliation; four_eyes := v.four_eyes;
  if v.kind = 'browser' and v.last_seen_at < now() - interval '1 minute' then
    update public.sessions s set last_seen_at = now() where s.id = v.session_id;
  end if;
  if p_key is not null and v.user_id is not null then
    select i.fingerprint, i.response into fingerprint, response from public.idempotency_keys i where i.user_id = v.user_id and i.key = p_key;
  end if;
  select r.revision into revision from public.reference_state r;
end $$;
--> statement-breakpoint
-- Sessions are made only with the server's own secret, which no SQL holds: injected SQL cannot sign anyone in.
create function app.must_be_server(p_secret text) returns void language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from public.settings where key = 'auth_secret_hash' and value = encode(sha256(convert_to(coalesce(p_secret, ''), 'UTF8')), 'hex')) then
    raise exception 'not the server' using errcode = '42501';
  end if;
end $$;
--> statement-breakpoint
create function app.find_account(p_secret text, p_email text, out user_id uuid, out password_hash text, out disabled boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.must_be_server(p_secret);
  select u.id, c.password_hash, u.disabled_at is not null into user_id, password_hash, disabled
    from public.users u join public.credentials c on c.user_id = u.id where u.email = lower(p_email);
end $$;
--> statement-breakpoint
create function app.create_session(p_secret text, p_id uuid, p_user uuid, p_token_hash bytea, p_kind text, p_label text, p_expires timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.must_be_server(p_secret);
  insert into public.sessions (id, token_hash, user_id, kind, label, created_at, last_seen_at, expires_at)
    values (p_id, p_token_hash, p_user, p_kind, p_label, now(), now(), p_expires);
end $$;
--> statement-breakpoint
create function app.close_session() returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.sessions set revoked_at = now() where id = (app.viewer()).session_id;
end $$;
--> statement-breakpoint
create function app.close_sessions_of(p_user uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (app.viewer()).role is distinct from 'secretariat' then raise exception 'secretariat only' using errcode = '42501'; end if;
  update public.sessions set revoked_at = now() where user_id = p_user and revoked_at is null;
end $$;
--> statement-breakpoint
create function app.record_attempt(p_secret text, p_id uuid, p_account text, p_ip text, p_succeeded boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.must_be_server(p_secret);
  insert into public.sign_in_attempts (id, account, ip, succeeded, at) values (p_id, p_account, p_ip, p_succeeded, clock_timestamp());
end $$;
--> statement-breakpoint
-- Failures of the last 15 minutes since the last success: of this account, and from this address whatever the account.
create function app.recent_failures(p_secret text, p_account text, p_ip text, out of_account integer, out of_ip integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.must_be_server(p_secret);
  select count(*)::int into of_account from public.sign_in_attempts a
   where a.account = p_account and not a.succeeded and a.at > now() - interval '15 minutes'
     and a.at > coalesce((select max(b.at) from public.sign_in_attempts b where b.account = p_account and b.succeeded), '-infinity');
  select count(*)::int into of_ip from public.sign_in_attempts a
   where a.ip = p_ip and not a.succeeded and a.at > now() - interval '15 minutes';
end $$;
--> statement-breakpoint
-- Counts for monitoring, of what the application's role does not see; no content.
create function app.delivery_counts(out channel text, out state text, out count integer) returns setof record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select d.channel, d.state, count(*)::int from public.deliveries d group by 1, 2;
end $$;
--> statement-breakpoint
revoke execute on all functions in schema app from public;
--> statement-breakpoint
grant execute on all functions in schema app to batp_app;
--> statement-breakpoint
create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on % is refused', tg_op, tg_table_name using errcode = '42501';
end $$;
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['filings', 'filing_payloads', 'verifications', 'alerts', 'notices', 'acknowledgements', 'audit_events', 'rules', 'ceilings', 'role_grants'] loop
    execute format('create trigger append_only before update or delete on public.%I for each row execute function app.refuse_change()', t);
    execute format('create trigger append_only_whole before truncate on public.%I for each statement execute function app.refuse_change()', t);
  end loop;
end $$;
--> statement-breakpoint
-- Row-level security knows rows, not columns: a verifier changes nothing of an entry but its verification, and a ministry never that.
create function app.keep_entry_honest() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user <> 'batp_app' then return new; end if;
  if tg_op = 'INSERT' or ('ministry:' || old.participant) = any(app.keys()) then
    if (new.verification, new.signatures) = ('unverified', 0) and (tg_op = 'INSERT' or new.filing_id <> old.filing_id) then return new; end if;
    if tg_op = 'UPDATE' and (new.verification, new.signatures) is not distinct from (old.verification, old.signatures) then return new; end if;
    raise exception 'only signatures verify an entry' using errcode = '42501';
  end if;
  -- `search` is made from `words` after this trigger.
  if to_jsonb(new) - array['verification', 'signatures', 'search'] is distinct from to_jsonb(old) - array['verification', 'signatures', 'search'] then
    raise exception 'a verifier changes nothing but the verification' using errcode = '42501';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger keep_honest before insert on entries for each row when (new.verification <> 'unverified' or new.signatures <> 0) execute function app.keep_entry_honest();
--> statement-breakpoint
create trigger keep_honest_later before update on entries for each row execute function app.keep_entry_honest();
--> statement-breakpoint
create function app.reference_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.reference_state set revision = revision + 1;
  return null;
end $$;
--> statement-breakpoint
insert into reference_state (single, revision) values (true, 1);
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['participants', 'adjacency', 'watches', 'categories', 'rules', 'ceilings'] loop
    execute format('create trigger reference_changed after insert or update or delete on public.%I for each statement execute function app.reference_changed()', t);
  end loop;
end $$;
--> statement-breakpoint
-- Every table is closed until a policy opens it. The migrating role keeps access through a policy of its own, not by exemption.
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner on public.%I to %I using (true) with check (true)', t, current_user);
    execute format('grant select on public.%I to batp_auditor', t);
  end loop;
end $$;
--> statement-breakpoint
grant usage on schema drizzle to batp_auditor;
--> statement-breakpoint
grant select on all tables in schema drizzle to batp_auditor;
--> statement-breakpoint
grant select on all sequences in schema drizzle to batp_auditor;
--> statement-breakpoint
grant select on participants to batp_app;
--> statement-breakpoint
create policy reads on participants for select to batp_app using (true);
--> statement-breakpoint
grant select on adjacency to batp_app;
--> statement-breakpoint
create policy reads on adjacency for select to batp_app using (true);
--> statement-breakpoint
grant select on categories to batp_app;
--> statement-breakpoint
create policy reads on categories for select to batp_app using (true);
--> statement-breakpoint
grant select on rules to batp_app;
--> statement-breakpoint
create policy reads on rules for select to batp_app using (true);
--> statement-breakpoint
grant select on ceilings to batp_app;
--> statement-breakpoint
create policy reads on ceilings for select to batp_app using (true);
--> statement-breakpoint
grant select on reference_state to batp_app;
--> statement-breakpoint
create policy reads on reference_state for select to batp_app using (true);
--> statement-breakpoint
grant select on filings to batp_app;
--> statement-breakpoint
create policy reads on filings for select to batp_app using (true);
--> statement-breakpoint
grant select on entries to batp_app;
--> statement-breakpoint
create policy reads on entries for select to batp_app using (true);
--> statement-breakpoint
grant select on holding_totals to batp_app;
--> statement-breakpoint
create policy reads on holding_totals for select to batp_app using (true);
--> statement-breakpoint
grant select on known_types to batp_app;
--> statement-breakpoint
create policy reads on known_types for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
grant select on watches to batp_app;
--> statement-breakpoint
create policy reads on watches for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
grant insert on watches to batp_app;
--> statement-breakpoint
create policy adds on watches for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant delete on watches to batp_app;
--> statement-breakpoint
create policy removes on watches for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant update (four_eyes) on participants to batp_app;
--> statement-breakpoint
create policy administers on participants for update to batp_app using ('secretariat' = any((select app.keys())::text[])) with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on rules to batp_app;
--> statement-breakpoint
create policy proposes on rules for insert to batp_app with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on ceilings to batp_app;
--> statement-breakpoint
create policy proposes on ceilings for insert to batp_app with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on users to batp_app;
--> statement-breakpoint
create policy reads on users for select to batp_app using (id = (select app.user_id()) or 'secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant update (disabled_at) on users to batp_app;
--> statement-breakpoint
create policy administers on users for update to batp_app using ('secretariat' = any((select app.keys())::text[])) with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on users to batp_app;
--> statement-breakpoint
create policy adds on users for insert to batp_app with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on role_grants to batp_app;
--> statement-breakpoint
create policy reads on role_grants for select to batp_app using ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on role_grants to batp_app;
--> statement-breakpoint
create policy grants on role_grants for insert to batp_app with check ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on drafts to batp_app;
--> statement-breakpoint
create policy reads on drafts for select to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on drafts to batp_app;
--> statement-breakpoint
create policy writes on drafts for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant update on drafts to batp_app;
--> statement-breakpoint
create policy changes on drafts for update to batp_app using ('ministry:' || participant = any((select app.keys())::text[])) with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on numbers to batp_app;
--> statement-breakpoint
create policy reads on numbers for select to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on numbers to batp_app;
--> statement-breakpoint
create policy begins on numbers for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant update on numbers to batp_app;
--> statement-breakpoint
create policy counts on numbers for update to batp_app using ('ministry:' || participant = any((select app.keys())::text[])) with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on filings to batp_app;
--> statement-breakpoint
create policy files on filings for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on filing_payloads to batp_app;
--> statement-breakpoint
create policy reads on filing_payloads for select to batp_app using (participant = any((select app.keys())::text[]) or 'verifiers' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on filing_payloads to batp_app;
--> statement-breakpoint
create policy files on filing_payloads for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on filing_views to batp_app;
--> statement-breakpoint
create policy reads on filing_views for select to batp_app using (rank <= (select app.rank()) or participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on filing_views to batp_app;
--> statement-breakpoint
create policy files on filing_views for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on entries to batp_app;
--> statement-breakpoint
create policy files on entries for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant update on entries to batp_app;
--> statement-breakpoint
create policy changes on entries for update to batp_app using ('ministry:' || participant = any((select app.keys())::text[]) or ('verifiers' = any((select app.keys())::text[]) and not participant = any((select app.keys())::text[]))) with check ('ministry:' || participant = any((select app.keys())::text[]) or ('verifiers' = any((select app.keys())::text[]) and not participant = any((select app.keys())::text[])));
--> statement-breakpoint
grant select on holding_lines to batp_app;
--> statement-breakpoint
create policy reads on holding_lines for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
grant insert on holding_lines to batp_app;
--> statement-breakpoint
create policy files on holding_lines for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant delete on holding_lines to batp_app;
--> statement-breakpoint
create policy replaces on holding_lines for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on holding_totals to batp_app;
--> statement-breakpoint
create policy files on holding_totals for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant delete on holding_totals to batp_app;
--> statement-breakpoint
create policy replaces on holding_totals for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on known_types to batp_app;
--> statement-breakpoint
create policy files on known_types for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on verifications to batp_app;
--> statement-breakpoint
create policy reads on verifications for select to batp_app using ((select app.rank()) >= 1);
--> statement-breakpoint
grant insert on verifications to batp_app;
--> statement-breakpoint
create policy signs on verifications for insert to batp_app with check ('verifiers' = any((select app.keys())::text[]) and not (participant = any((select app.keys())::text[])) and verifier_id = (select app.user_id()));
--> statement-breakpoint
grant select on alerts to batp_app;
--> statement-breakpoint
create policy reads on alerts for select to batp_app using (addressees && (select app.keys())::text[] or participant = any((select app.keys())::text[]) or 'secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on alerts to batp_app;
--> statement-breakpoint
create policy issues on alerts for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on notices to batp_app;
--> statement-breakpoint
create policy reads on notices for select to batp_app using (addressee = any((select app.keys())::text[]) or participant = any((select app.keys())::text[]) or 'secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on notices to batp_app;
--> statement-breakpoint
create policy issues on notices for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on acknowledgements to batp_app;
--> statement-breakpoint
create policy reads on acknowledgements for select to batp_app using (addressee = any((select app.keys())::text[]) or participant = any((select app.keys())::text[]) or 'secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on acknowledgements to batp_app;
--> statement-breakpoint
-- Only the notice's own addressee: else a neighbour could mark another's notice as read.
create policy acknowledges on acknowledgements for insert to batp_app with check (addressee = any((select app.keys())::text[]) and user_id = (select app.user_id())
  and exists (select 1 from notices n where n.id = notice_id and n.addressee = acknowledgements.addressee and n.participant = acknowledgements.participant));
--> statement-breakpoint
grant select on deliveries to batp_app;
--> statement-breakpoint
create policy reads on deliveries for select to batp_app using (addressee = any((select app.keys())::text[]) or participant = any((select app.keys())::text[]) or 'secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on deliveries to batp_app;
--> statement-breakpoint
create policy queues on deliveries for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select on audit_events to batp_app;
--> statement-breakpoint
create policy reads on audit_events for select to batp_app using ('secretariat' = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on audit_events to batp_app;
--> statement-breakpoint
create policy records on audit_events for insert to batp_app with check (user_id is not distinct from (select app.user_id()));
--> statement-breakpoint
grant select on idempotency_keys to batp_app;
--> statement-breakpoint
create policy reads on idempotency_keys for select to batp_app using (user_id = (select app.user_id()));
--> statement-breakpoint
grant insert on idempotency_keys to batp_app;
--> statement-breakpoint
create policy answers on idempotency_keys for insert to batp_app with check (user_id = (select app.user_id()));
--> statement-breakpoint
grant select on filings to batp_worker;
--> statement-breakpoint
create policy works on filings for select to batp_worker using (true);
--> statement-breakpoint
grant select on filing_views to batp_worker;
--> statement-breakpoint
create policy works on filing_views for select to batp_worker using (true);
--> statement-breakpoint
grant select on entries to batp_worker;
--> statement-breakpoint
create policy works on entries for select to batp_worker using (true);
--> statement-breakpoint
grant select on alerts to batp_worker;
--> statement-breakpoint
create policy works on alerts for select to batp_worker using (true);
--> statement-breakpoint
grant select on notices to batp_worker;
--> statement-breakpoint
create policy works on notices for select to batp_worker using (true);
--> statement-breakpoint
grant select on participants to batp_worker;
--> statement-breakpoint
create policy works on participants for select to batp_worker using (true);
--> statement-breakpoint
grant select on users to batp_worker;
--> statement-breakpoint
create policy works on users for select to batp_worker using (true);
--> statement-breakpoint
grant select on deliveries to batp_worker;
--> statement-breakpoint
create policy works on deliveries for select to batp_worker using (true);
--> statement-breakpoint
grant select on acknowledgements to batp_worker;
--> statement-breakpoint
create policy works on acknowledgements for select to batp_worker using (true);
--> statement-breakpoint
grant update (state, attempts, detail, sent_to, subject, body_text, body_html, updated_at) on deliveries to batp_worker;
--> statement-breakpoint
create policy delivers on deliveries for update to batp_worker using (true) with check (true);
--> statement-breakpoint
grant insert on audit_events to batp_worker;
--> statement-breakpoint
create policy works on audit_events for insert to batp_worker with check (user_id is null and role = 'worker');

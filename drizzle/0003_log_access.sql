-- The log grows by one function, and by nothing else. See docs/decisions/012-transparency-log.md.
insert into log_head (single, size, frontier) values (true, 0, '{}');
--> statement-breakpoint
-- Who may add which leaf, so that injected SQL cannot put an act of another into the log.
create function app.may_append(p_type text, p_participant text, p_viewer record) returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_type like 'filing.%' then p_viewer.role in ('submitter', 'approver') and p_participant = p_viewer.participant
    when p_type = 'alert.issued' then p_viewer.role in ('submitter', 'approver')
    when p_type = 'alert.acknowledged' then p_participant = any(app.keys())
    when p_type like 'verification.%' then p_viewer.role = 'verifier' and p_participant is distinct from p_viewer.participant
    else p_viewer.role = 'secretariat' end;
end $$;
--> statement-breakpoint
-- RFC 6962 2.1: leaf = SHA-256(0x00 || data), node = SHA-256(0x01 || left || right). The index comes from the head, whose row stays locked
-- until the transaction ends: leaves are numbered in the order in which they are committed, and a transaction undone leaves no gap.
create function app.append_leaves(p_leaves text[], out first_index bigint) language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  viewer record; is_app boolean; head public.log_head; edge bytea[]; leaf text; fields jsonb; hash bytea; node_level integer; node_index bigint; leaf_index bigint;
begin
  is_app := 'batp_app' in (current_setting('role'), session_user);
  viewer := app.viewer();
  select * into head from public.log_head for update;
  edge := head.frontier;
  first_index := head.size;
  leaf_index := head.size;
  foreach leaf in array p_leaves loop
    fields := leaf::jsonb;
    if is_app and not coalesce(app.may_append(fields ->> 'type', fields ->> 'participant', viewer), false) then
      raise exception 'this leaf is not the viewer''s to add' using errcode = '42501';
    end if;
    hash := sha256('\x00'::bytea || convert_to(leaf, 'UTF8'));
    insert into public.log_leaves (index, data, type, subject, participant, at)
      values (leaf_index, leaf, fields ->> 'type', fields ->> 'id', fields ->> 'participant', (fields ->> 'at')::timestamptz);
    insert into public.log_nodes (level, index, hash) values (0, leaf_index, hash);
    node_level := 0;
    node_index := leaf_index;
    while node_index % 2 = 1 loop
      hash := sha256('\x01'::bytea || edge[cardinality(edge)] || hash);
      edge := edge[1:cardinality(edge) - 1];
      node_level := node_level + 1;
      node_index := node_index / 2;
      insert into public.log_nodes (level, index, hash) values (node_level, node_index, hash);
    end loop;
    edge := edge || hash;
    leaf_index := leaf_index + 1;
  end loop;
  update public.log_head set size = leaf_index, frontier = edge;
end $$;
--> statement-breakpoint
-- Checkpoints are kept by the server only. Two of one size would differ in nothing: Ed25519 signatures are deterministic.
create function app.keep_checkpoint(p_secret text, p_size bigint, p_note text) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform app.must_be_server(p_secret);
  insert into public.log_checkpoints (size, note, at) values (p_size, p_note, clock_timestamp()) on conflict do nothing;
end $$;
--> statement-breakpoint
revoke execute on function app.may_append, app.append_leaves, app.keep_checkpoint from public;
--> statement-breakpoint
grant execute on function app.append_leaves, app.keep_checkpoint to batp_app, batp_worker;
--> statement-breakpoint
create function app.refuse_smaller_log() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or new.size <= old.size then raise exception 'the log only grows' using errcode = '42501'; end if;
  return new;
end $$;
--> statement-breakpoint
create trigger only_grows before update or delete on log_head for each row execute function app.refuse_smaller_log();
--> statement-breakpoint
create trigger only_grows_whole before truncate on log_head for each statement execute function app.refuse_change();
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['log_leaves', 'log_nodes', 'log_checkpoints', 'cosignatures', 'findings'] loop
    execute format('create trigger append_only before update or delete on public.%I for each row execute function app.refuse_change()', t);
    execute format('create trigger append_only_whole before truncate on public.%I for each statement execute function app.refuse_change()', t);
  end loop;
  foreach t in array array['log_leaves', 'log_nodes', 'log_head', 'log_checkpoints', 'witnesses', 'cosignatures', 'findings'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner on public.%I to %I using (true) with check (true)', t, current_user);
    execute format('grant select on public.%I to batp_app, batp_worker, batp_auditor', t);
    execute format('create policy reads on public.%I for select to batp_app, batp_worker using (true)', t);
  end loop;
end $$;
--> statement-breakpoint
grant insert on cosignatures, findings to batp_worker;
--> statement-breakpoint
create policy collects on cosignatures for insert to batp_worker with check (true);
--> statement-breakpoint
create policy finds on findings for insert to batp_worker with check (true);
--> statement-breakpoint
grant insert, update (retired_at) on witnesses to batp_app;
--> statement-breakpoint
-- A participant names its own witness; the secretariat names those of outside bodies.
create policy names on witnesses for insert to batp_app with check (
  ('ministry:' || participant) = any((select app.keys())::text[]) or (participant is null and 'secretariat' = any((select app.keys())::text[])));
--> statement-breakpoint
create policy retires on witnesses for update to batp_app using (
  ('ministry:' || participant) = any((select app.keys())::text[]) or (participant is null and 'secretariat' = any((select app.keys())::text[])));
--> statement-breakpoint
-- Whoever checks or backs up the register reads all of it, and writes nothing. A policy of its own, since not every server lets a migration grant BYPASSRLS.
do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('create policy audits on public.%I for select to batp_auditor using (true)', t);
  end loop;
end $$;

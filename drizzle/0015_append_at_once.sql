-- All leaves of a transaction go in at once, and all nodes that they complete: every filing waits for it. What it refuses, computes and
-- stores is as before (0003).
create or replace function app.append_leaves(p_leaves text[], out first_index bigint) language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  viewer record; head public.log_head; edge bytea[]; leaf text; hash bytea; node_level integer; node_index bigint;
  levels integer[] := '{}'; indexes bigint[] := '{}'; hashes bytea[] := '{}';
begin
  if 'batp_app' in (current_setting('role'), session_user) then
    select l.role, l.participant into viewer from app.live_sessions l where l.token_hash = (select app.presented());
    if exists (select from unnest(p_leaves) l, lateral (select l::jsonb as f) j where not coalesce(app.may_append(f ->> 'type', f ->> 'participant', viewer), false)) then
      raise exception 'this leaf is not the viewer''s to add' using errcode = '42501';
    end if;
  end if;
  select * into head from public.log_head for update;
  edge := head.frontier;
  first_index := head.size;
  foreach leaf in array p_leaves loop
    hash := sha256('\x00'::bytea || convert_to(leaf, 'UTF8'));
    node_level := 0;
    node_index := head.size;
    loop
      levels := levels || node_level;
      indexes := indexes || node_index;
      hashes := hashes || hash;
      exit when node_index % 2 = 0;
      hash := sha256('\x01'::bytea || edge[cardinality(edge)] || hash);
      edge := edge[1:cardinality(edge) - 1];
      node_level := node_level + 1;
      node_index := node_index / 2;
    end loop;
    edge := edge || hash;
    head.size := head.size + 1;
  end loop;
  insert into public.log_leaves (index, data, type, subject, participant, at)
    select first_index + n - 1, l, f ->> 'type', f ->> 'id', f ->> 'participant', (f ->> 'at')::timestamptz
    from unnest(p_leaves) with ordinality as u(l, n), lateral (select l::jsonb as f) j;
  insert into public.log_nodes (level, index, hash) select * from unnest(levels, indexes, hashes);
  update public.log_head set size = head.size, frontier = edge;
end $$;

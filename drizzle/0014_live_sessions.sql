-- Every policy asks who the viewer is, a filing's transaction some twenty times: so it is asked quickly. The token is hashed once and not for
-- each session, and each function reads what it answers with instead of all that app.viewer() does. Whom they find is as before (0001).
create view app.live_sessions with (security_invoker = true) as
  select s.token_hash, s.id as session_id, s.kind, s.last_seen_at, u.id as user_id, u.role, u.participant, u.name, u.email, u.affiliation
    from public.sessions s join public.users u on u.id = s.user_id
   where s.revoked_at is null and u.disabled_at is null
     and (s.expires_at is null or s.expires_at > now())
     and (s.kind = 'api_key' or s.last_seen_at > now() - interval '30 minutes');
--> statement-breakpoint
-- Taken into the functions below as an expression, so without a setting or rights of its own.
create function app.presented() returns bytea language sql stable as $$ select sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8')) $$;
--> statement-breakpoint
revoke execute on function app.presented from public;
--> statement-breakpoint
create or replace function app.viewer(out user_id uuid, out role text, out participant text, out name text, out email text,
  out affiliation text, out four_eyes boolean, out session_id uuid, out kind text, out last_seen_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare presented bytea := app.presented();
begin
  select l.user_id, l.role, l.participant, l.name, l.email, l.affiliation, coalesce(p.four_eyes, false), l.session_id, l.kind, l.last_seen_at
    into user_id, role, participant, name, email, affiliation, four_eyes, session_id, kind, last_seen_at
    from app.live_sessions l left join public.participants p on p.code = l.participant where l.token_hash = presented;
end $$;
--> statement-breakpoint
create or replace function app.user_id() returns uuid language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare presented bytea := app.presented();
begin return (select l.user_id from app.live_sessions l where l.token_hash = presented); end $$;
--> statement-breakpoint
create or replace function app.keys() returns text[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare presented bytea := app.presented(); own_role text; own text;
begin
  select l.role, l.participant into own_role, own from app.live_sessions l where l.token_hash = presented;
  return array_remove(array[
    own,
    case when own_role in ('submitter', 'approver') then 'ministry:' || own end,
    case own_role when 'secretariat' then 'secretariat' when 'observer' then 'observers' when 'verifier' then 'verifiers' end], null);
end $$;
--> statement-breakpoint
create or replace function app.rank() returns smallint language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare presented bytea := app.presented(); own_role text;
begin
  select l.role into own_role from app.live_sessions l where l.token_hash = presented;
  return case own_role when 'verifier' then 3 when 'submitter' then 2 when 'approver' then 2 when 'secretariat' then 2 when 'observer' then 1 else 0 end;
end $$;

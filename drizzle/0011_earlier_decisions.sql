ALTER TABLE "entries" ADD COLUMN "earlier_version" integer;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "earlier_verification" text;--> statement-breakpoint
-- What is decided of one version is no decision on the next, and stays said of the one it was made on. Nobody writes it: it follows from the
-- row that a later version takes the place of.
create function app.keep_earlier_decision() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.earlier_version := null;
    new.earlier_verification := null;
  elsif new.filing_id <> old.filing_id and old.verification in ('verified', 'discrepant', 'not_verifiable') then
    new.earlier_version := old.version;
    new.earlier_verification := old.verification;
  else
    new.earlier_version := old.earlier_version;
    new.earlier_verification := old.earlier_verification;
  end if;
  return new;
end $$;
--> statement-breakpoint
update entries e set earlier_version = d.version, earlier_verification = d.decision
  from (select distinct on (f.entry_id) f.entry_id, f.version, v.decision
          from filings f
          join (select filing_id, decision from verifications group by filing_id, decision having count(*) >= 2) v on v.filing_id = f.id
          join entries n on n.entry_id = f.entry_id and f.version < n.version
         order by f.entry_id, f.version desc) d
 where d.entry_id = e.entry_id;
--> statement-breakpoint
create trigger keep_earlier before insert or update on entries for each row execute function app.keep_earlier_decision();

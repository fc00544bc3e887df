CREATE TABLE "declared_figures" (
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"kind" text NOT NULL,
	"as_of" date NOT NULL,
	"mode" text,
	"figure" text NOT NULL,
	"value" double precision,
	"unit" text NOT NULL,
	"rank" smallint NOT NULL,
	CONSTRAINT "declared_figures_filing_id_figure_pk" PRIMARY KEY("filing_id","figure")
);
--> statement-breakpoint
CREATE TABLE "obligation_rules" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"as_of_month_day" text NOT NULL,
	"due_year_offset" smallint NOT NULL,
	"due_month_day" text,
	"months_after" smallint,
	"valid_from" date NOT NULL,
	"basis" text NOT NULL,
	"decision" text NOT NULL,
	CONSTRAINT "obligation_rules_id_version_pk" PRIMARY KEY("id","version"),
	CONSTRAINT "obligation_rules_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance')),
	CONSTRAINT "obligation_rules_due" CHECK ((due_month_day is null) <> (months_after is null))
);
--> statement-breakpoint
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_kind";--> statement-breakpoint
ALTER TABLE "filings" DROP CONSTRAINT "filings_kind";--> statement-breakpoint
DROP INDEX "entries_one_declaration";--> statement-breakpoint
CREATE INDEX "declared_figures_series" ON "declared_figures" USING btree ("kind","figure","participant","as_of");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_one_declaration" ON "entries" USING btree ("participant","kind","as_of",coalesce(mode, '')) WHERE kind not like 'notification.%' and status = 'filed' and not compiled;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance'));--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance'));--> statement-breakpoint
-- Closed until a policy opens it, as every table; obligations are reference data, so copies of it are told when it changes, and nobody rewrites it.
do $$
declare t text;
begin
  foreach t in array array['declared_figures', 'obligation_rules'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner on public.%I to %I using (true) with check (true)', t, current_user);
    execute format('grant select on public.%I to batp_auditor', t);
    execute format('create policy audits on public.%I for select to batp_auditor using (true)', t);
  end loop;
end $$;
--> statement-breakpoint
create trigger reference_changed after insert or update or delete on obligation_rules for each statement execute function app.reference_changed();
--> statement-breakpoint
create trigger append_only before update or delete on obligation_rules for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger append_only_whole before truncate on obligation_rules for each statement execute function app.refuse_change();
--> statement-breakpoint
grant select on obligation_rules to batp_app, batp_worker;
--> statement-breakpoint
create policy reads on obligation_rules for select to batp_app using (true);
--> statement-breakpoint
create policy works on obligation_rules for select to batp_worker using (true);
--> statement-breakpoint
grant select, insert, delete on declared_figures to batp_app;
--> statement-breakpoint
create policy reads on declared_figures for select to batp_app using (rank <= (select app.rank()) or 'ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy files on declared_figures for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy replaces on declared_figures for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));

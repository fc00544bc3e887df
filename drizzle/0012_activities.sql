CREATE TABLE "activities" (
	"filing_id" uuid NOT NULL,
	"line" smallint NOT NULL,
	"participant" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sort" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"vague" boolean NOT NULL,
	"personnel" integer,
	"forces" text NOT NULL,
	"place" text,
	"area" text,
	"notice_days" smallint,
	CONSTRAINT "activities_filing_id_line_pk" PRIMARY KEY("filing_id","line")
);
--> statement-breakpoint
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_kind";--> statement-breakpoint
ALTER TABLE "filings" DROP CONSTRAINT "filings_kind";--> statement-breakpoint
ALTER TABLE "obligation_rules" DROP CONSTRAINT "obligation_rules_kind";--> statement-breakpoint
CREATE INDEX "activities_days" ON "activities" USING btree ("starts_on","ends_on");--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance'));--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance'));--> statement-breakpoint
ALTER TABLE "obligation_rules" ADD CONSTRAINT "obligation_rules_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance'));--> statement-breakpoint
-- Closed until a policy opens it, as every table. What takes place is public once it is notified.
alter table activities enable row level security;
--> statement-breakpoint
alter table activities force row level security;
--> statement-breakpoint
do $$ begin
  execute format('create policy owner on public.activities to %I using (true) with check (true)', current_user);
end $$;
--> statement-breakpoint
grant select on activities to batp_auditor;
--> statement-breakpoint
create policy audits on activities for select to batp_auditor using (true);
--> statement-breakpoint
grant select, insert, delete on activities to batp_app;
--> statement-breakpoint
create policy reads on activities for select to batp_app using (true);
--> statement-breakpoint
create policy files on activities for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy replaces on activities for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));

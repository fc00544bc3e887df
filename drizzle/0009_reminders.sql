CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"participant" text NOT NULL,
	"rule" text NOT NULL,
	"title" text NOT NULL,
	"as_of" date NOT NULL,
	"due_on" date NOT NULL,
	"days" smallint NOT NULL,
	"severity" text NOT NULL,
	"addressees" text[] NOT NULL,
	"words" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminders_once" UNIQUE("obligation","days"),
	CONSTRAINT "reminders_severity" CHECK (severity in ('info', 'notice', 'warning', 'critical'))
);
--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_at" ON "reminders" USING btree ("at");--> statement-breakpoint
-- Who was reminded of what is public, as are obligations. The worker writes; nobody rewrites.
alter table reminders enable row level security;
--> statement-breakpoint
alter table reminders force row level security;
--> statement-breakpoint
do $$ begin execute format('create policy owner on public.reminders to %I using (true) with check (true)', current_user); end $$;
--> statement-breakpoint
create trigger append_only before update or delete on reminders for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger append_only_whole before truncate on reminders for each statement execute function app.refuse_change();
--> statement-breakpoint
grant select on reminders to batp_app, batp_worker, batp_auditor;
--> statement-breakpoint
create policy reads on reminders for select to batp_app, batp_worker, batp_auditor using (true);
--> statement-breakpoint
grant insert on reminders to batp_worker;
--> statement-breakpoint
create policy reminds on reminders for insert to batp_worker with check (true);
--> statement-breakpoint
grant select on rules to batp_worker;
--> statement-breakpoint
create policy works on rules for select to batp_worker using (true);

CREATE TABLE "renewed_cosignatures" (
	"witness" uuid PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "renewed_cosignatures" ADD CONSTRAINT "renewed_cosignatures_first" FOREIGN KEY ("size","witness") REFERENCES "public"."cosignatures"("size","witness") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- A row for each witness, however long nothing is filed: the log's past does not rest on it, and each line proves itself.
alter table renewed_cosignatures enable row level security;
--> statement-breakpoint
alter table renewed_cosignatures force row level security;
--> statement-breakpoint
do $$ begin execute format('create policy owner on public.renewed_cosignatures to %I using (true) with check (true)', current_user); end $$;
--> statement-breakpoint
grant select on renewed_cosignatures to batp_app, batp_worker, batp_auditor;
--> statement-breakpoint
create policy reads on renewed_cosignatures for select to batp_app, batp_worker using (true);
--> statement-breakpoint
create policy audits on renewed_cosignatures for select to batp_auditor using (true);
--> statement-breakpoint
grant insert, update on renewed_cosignatures to batp_worker;
--> statement-breakpoint
create policy collects on renewed_cosignatures for insert to batp_worker with check (true);
--> statement-breakpoint
create policy renews on renewed_cosignatures for update to batp_worker using (true) with check (true);

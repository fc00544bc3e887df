CREATE TABLE "clarification_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clarification_id" uuid NOT NULL,
	"turn" smallint NOT NULL,
	"act" text NOT NULL,
	"participant" text NOT NULL,
	"content" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"salt" "bytea" NOT NULL,
	CONSTRAINT "clarification_acts_turn" UNIQUE("clarification_id","turn"),
	CONSTRAINT "clarification_acts_act" CHECK (act in ('replied', 'insufficient', 'meeting_called', 'meeting_held', 'shown', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "clarifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"asking" text NOT NULL,
	"asked" text NOT NULL,
	"filing_id" uuid,
	"title" text NOT NULL,
	"observed" text NOT NULL,
	"observed_on" date,
	"place" text,
	"questions" text[] NOT NULL,
	"more" text,
	"shown_to_all" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"salt" "bytea" NOT NULL,
	CONSTRAINT "clarifications_number_unique" UNIQUE("number"),
	CONSTRAINT "clarifications_others" CHECK (asking <> asked)
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"happened_on" date,
	"year" integer,
	"title" text NOT NULL,
	"parties" text[] NOT NULL,
	"place" text,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "invitation_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"filing_id" uuid NOT NULL,
	"host" text NOT NULL,
	"participant" text NOT NULL,
	"answer" text NOT NULL,
	"observers" smallint NOT NULL,
	"words" text,
	"at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"salt" "bytea" NOT NULL,
	CONSTRAINT "invitation_replies_answer" CHECK (answer in ('accepted', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"filing_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"invited" text NOT NULL,
	"name" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"reply_by" date NOT NULL,
	CONSTRAINT "invitations_filing_id_invited_pk" PRIMARY KEY("filing_id","invited")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"matter" text NOT NULL,
	"subject" uuid NOT NULL,
	"step" text NOT NULL,
	"participant" text,
	"addressees" text[] NOT NULL,
	"severity" text NOT NULL,
	"rule" text,
	"rule_version" integer,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"salt" "bytea" NOT NULL,
	CONSTRAINT "messages_once" UNIQUE("subject","step"),
	CONSTRAINT "messages_matter" CHECK (matter in ('clarification', 'invitation')),
	CONSTRAINT "messages_severity" CHECK (severity in ('info', 'notice', 'warning', 'critical'))
);
--> statement-breakpoint
CREATE TABLE "observation_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"filing_id" uuid NOT NULL,
	"host" text NOT NULL,
	"participant" text NOT NULL,
	"act" text NOT NULL,
	"about" uuid,
	"words" text,
	"at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"salt" "bytea" NOT NULL,
	CONSTRAINT "observation_notes_once" UNIQUE("about","participant","act"),
	CONSTRAINT "observation_notes_act" CHECK (act in ('note', 'joined', 'comment'))
);
--> statement-breakpoint
CREATE TABLE "outages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pulse" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "pulse_one" CHECK (single)
);
--> statement-breakpoint
CREATE TABLE "reply_names" (
	"reply_id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"participant" text NOT NULL,
	"names" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_kind";--> statement-breakpoint
ALTER TABLE "filings" DROP CONSTRAINT "filings_kind";--> statement-breakpoint
ALTER TABLE "obligation_rules" DROP CONSTRAINT "obligation_rules_kind";--> statement-breakpoint
ALTER TABLE "clarification_acts" ADD CONSTRAINT "clarification_acts_clarification_id_clarifications_id_fk" FOREIGN KEY ("clarification_id") REFERENCES "public"."clarifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clarifications" ADD CONSTRAINT "clarifications_asking_participants_code_fk" FOREIGN KEY ("asking") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clarifications" ADD CONSTRAINT "clarifications_asked_participants_code_fk" FOREIGN KEY ("asked") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clarifications" ADD CONSTRAINT "clarifications_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_replies" ADD CONSTRAINT "invitation_replies_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_notes" ADD CONSTRAINT "observation_notes_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_names" ADD CONSTRAINT "reply_names_reply_id_invitation_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."invitation_replies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clarifications_due" ON "clarifications" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "clarifications_filing" ON "clarifications" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "invitation_replies_entry" ON "invitation_replies" USING btree ("entry_id","at");--> statement-breakpoint
CREATE INDEX "invitations_entry" ON "invitations" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "invitations_invited" ON "invitations" USING btree ("invited","reply_by");--> statement-breakpoint
CREATE INDEX "messages_at" ON "messages" USING btree ("at");--> statement-breakpoint
CREATE INDEX "observation_notes_entry" ON "observation_notes" USING btree ("entry_id","at");--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance', 'agreement.defence'));--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance', 'agreement.defence'));--> statement-breakpoint
ALTER TABLE "obligation_rules" ADD CONSTRAINT "obligation_rules_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'notification.activity', 'notification.deployment', 'notification.uav_flight', 'calendar.activities', 'declaration.holdings', 'declaration.personnel', 'declaration.structure', 'declaration.budget', 'statement.cyber', 'statement.autonomy', 'statement.surveillance', 'agreement.defence'));--> statement-breakpoint
-- Matters between participants. See docs/decisions/020-matters-between-participants.md.
do $$
declare t text;
begin
  foreach t in array array['invitations', 'invitation_replies', 'reply_names', 'observation_notes', 'clarifications', 'clarification_acts', 'messages', 'outages', 'pulse', 'incidents'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy owner on public.%I to %I using (true) with check (true)', t, current_user);
    execute format('grant select on public.%I to batp_auditor', t);
    execute format('create policy audits on public.%I for select to batp_auditor using (true)', t);
  end loop;
  foreach t in array array['invitation_replies', 'reply_names', 'observation_notes', 'clarifications', 'clarification_acts', 'messages', 'outages'] loop
    execute format('create trigger append_only before update or delete on public.%I for each row execute function app.refuse_change()', t);
    execute format('create trigger append_only_whole before truncate on public.%I for each statement execute function app.refuse_change()', t);
  end loop;
  foreach t in array array['invitations', 'invitation_replies', 'clarifications', 'clarification_acts', 'messages', 'outages', 'pulse'] loop
    execute format('grant select on public.%I to batp_worker', t);
    execute format('create policy works on public.%I for select to batp_worker using (true)', t);
  end loop;
end $$;
--> statement-breakpoint
-- As whom the viewer stands to a request: 'asking', 'asked', 'reader' of one that is shown to all, or null: then it is not there. It reads both
-- tables as their owner, since the policy of each asks about the other.
create function app.clarification_role(p_id uuid) returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare found record; keys text[];
begin
  select c.asking, c.asked, c.shown_to_all or exists (
           select 1 from public.clarification_acts a where a.clarification_id = c.id and a.act in ('shown', 'meeting_called')) as shown
    into found from public.clarifications c where c.id = p_id;
  keys := app.keys();
  return case when found.asking = any(keys) then 'asking' when found.asked = any(keys) then 'asked' when found.shown and app.rank() >= 2 then 'reader' end;
end $$;
--> statement-breakpoint
revoke execute on function app.clarification_role from public;
--> statement-breakpoint
grant execute on function app.clarification_role to batp_app;
--> statement-breakpoint
grant select, insert on clarifications to batp_app;
--> statement-breakpoint
create policy reads on clarifications for select to batp_app using (
  asking = any((select app.keys())::text[]) or asked = any((select app.keys())::text[]) or ((select app.rank()) >= 2 and (shown_to_all or app.clarification_role(id) is not null)));
--> statement-breakpoint
create policy asks on clarifications for insert to batp_app with check ('ministry:' || asking = any((select app.keys())::text[]) and by = (select app.user_id()));
--> statement-breakpoint
grant select, insert on clarification_acts to batp_app;
--> statement-breakpoint
create policy reads on clarification_acts for select to batp_app using (app.clarification_role(clarification_id) is not null);
--> statement-breakpoint
create policy acts on clarification_acts for insert to batp_app with check (
  'ministry:' || participant = any((select app.keys())::text[]) and by = (select app.user_id())
  and case act when 'replied' then app.clarification_role(clarification_id) = 'asked'
               when 'meeting_held' then app.clarification_role(clarification_id) in ('asking', 'asked')
               else app.clarification_role(clarification_id) = 'asking' end);
--> statement-breakpoint
-- An invitation is read as the notice is in which it stands: by participants.
grant select, insert, delete on invitations to batp_app;
--> statement-breakpoint
create policy reads on invitations for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
create policy files on invitations for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy replaces on invitations for delete to batp_app using ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant select, insert on invitation_replies to batp_app;
--> statement-breakpoint
create policy reads on invitation_replies for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
-- Only who is invited answers, and to whom invited them.
create policy answers on invitation_replies for insert to batp_app with check (
  'ministry:' || participant = any((select app.keys())::text[]) and by = (select app.user_id())
  and exists (select 1 from invitations i where i.filing_id = invitation_replies.filing_id and i.entry_id = invitation_replies.entry_id
                and i.invited = invitation_replies.participant and i.participant = invitation_replies.host));
--> statement-breakpoint
grant select, insert on reply_names to batp_app;
--> statement-breakpoint
create policy reads on reply_names for select to batp_app using (host = any((select app.keys())::text[]) or participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy names on reply_names for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[])
  and exists (select 1 from invitation_replies r where r.id = reply_id and r.participant = reply_names.participant and r.host = reply_names.host and r.by = (select app.user_id())));
--> statement-breakpoint
grant select, insert on observation_notes to batp_app;
--> statement-breakpoint
create policy reads on observation_notes for select to batp_app using ((select app.rank()) >= 2);
--> statement-breakpoint
-- Who observed says what was seen; the host comments on it.
create policy notes on observation_notes for insert to batp_app with check (
  'ministry:' || participant = any((select app.keys())::text[]) and by = (select app.user_id())
  and exists (select 1 from filings f where f.id = filing_id and f.entry_id = observation_notes.entry_id and f.participant = host)
  and case act when 'comment' then participant = host
               else exists (select 1 from invitation_replies r where r.entry_id = observation_notes.entry_id
                              and r.participant = observation_notes.participant and r.answer = 'accepted') end);
--> statement-breakpoint
grant select, insert on messages to batp_app;
--> statement-breakpoint
create policy reads on messages for select to batp_app using (addressees && (select app.keys())::text[] or participant = any((select app.keys())::text[]));
--> statement-breakpoint
create policy tells on messages for insert to batp_app with check ('ministry:' || participant = any((select app.keys())::text[]));
--> statement-breakpoint
grant insert on messages, outages to batp_worker;
--> statement-breakpoint
create policy reminds on messages for insert to batp_worker with check (participant is null);
--> statement-breakpoint
create policy records on outages for insert to batp_worker with check (true);
--> statement-breakpoint
grant select on outages, incidents to batp_app;
--> statement-breakpoint
create policy reads on outages for select to batp_app using (true);
--> statement-breakpoint
create policy reads on incidents for select to batp_app using (true);
--> statement-breakpoint
grant insert, update on pulse to batp_worker;
--> statement-breakpoint
create policy begins on pulse for insert to batp_worker with check (true);
--> statement-breakpoint
create policy beats on pulse for update to batp_worker using (true) with check (true);
--> statement-breakpoint
-- Everyone reads the log, and not who asks whom: leaves of matters between participants name none of them. What they commit to does.
create or replace function app.may_append(p_type text, p_participant text, p_viewer record) returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_type like 'filing.%' then p_viewer.role in ('submitter', 'approver') and p_participant = p_viewer.participant
    when p_type = 'alert.issued' then p_viewer.role in ('submitter', 'approver')
    when p_type = 'alert.acknowledged' then p_participant = any(app.keys())
    when p_type like 'verification.%' then p_viewer.role = 'verifier' and p_participant is distinct from p_viewer.participant
    when p_type like 'witness.%' then
      (p_viewer.role = 'approver' and p_participant = p_viewer.participant) or (p_viewer.role = 'secretariat' and p_participant is null)
    when p_type like 'clarification.%' or p_type like 'observation.%' or p_type = 'message.issued' then
      p_viewer.role in ('submitter', 'approver') and p_participant is null
    else p_viewer.role = 'secretariat' end;
end $$;

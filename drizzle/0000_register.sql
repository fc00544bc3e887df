CREATE TABLE "acknowledgements" (
	"notice_id" uuid PRIMARY KEY NOT NULL,
	"addressee" text NOT NULL,
	"participant" text NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "adjacency" (
	"a" text NOT NULL,
	"b" text NOT NULL,
	"kind" text NOT NULL,
	"note" text,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	CONSTRAINT "adjacency_a_b_kind_pk" PRIMARY KEY("a","b","kind"),
	CONSTRAINT "adjacency_kind" CHECK (kind in ('land', 'sea', 'river', 'lake'))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"rule" text NOT NULL,
	"rule_version" integer NOT NULL,
	"title" text NOT NULL,
	"severity" text NOT NULL,
	"category" text,
	"measured" text NOT NULL,
	"threshold" text NOT NULL,
	"basis" text NOT NULL,
	"explanation" text NOT NULL,
	"told" jsonb NOT NULL,
	"addressees" text[] NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alerts_severity" CHECK (severity in ('info', 'notice', 'warning', 'critical'))
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"user_id" uuid,
	"role" text NOT NULL,
	"participant" text,
	"subject" text,
	"detail" jsonb NOT NULL,
	"request_id" text NOT NULL,
	"ip" text
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"code" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"definition" text NOT NULL,
	"group" text NOT NULL,
	"position" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ceilings" (
	"participant" text NOT NULL,
	"category" text NOT NULL,
	"ceiling" integer,
	"confirmed" boolean NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"note" text,
	CONSTRAINT "ceilings_participant_category_valid_from_pk" PRIMARY KEY("participant","category","valid_from")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL,
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"addressee" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"detail" text,
	"sent_to" text,
	"subject" text,
	"body_text" text,
	"body_html" text,
	"queued_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deliveries_once" UNIQUE("notice_id","channel"),
	CONSTRAINT "deliveries_channel" CHECK (channel in ('inbox', 'email')),
	CONSTRAINT "deliveries_state" CHECK (state in ('queued', 'delivered', 'sent', 'kept', 'retrying', 'failed', 'historic'))
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"participant" text NOT NULL,
	"kind" text NOT NULL,
	"action" text NOT NULL,
	"based_on" uuid,
	"payload" jsonb NOT NULL,
	"reason" text,
	"status" text NOT NULL,
	"revision" integer NOT NULL,
	"remark" text,
	"drafted_by" uuid NOT NULL,
	"drafted_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	CONSTRAINT "drafts_status" CHECK (status in ('draft', 'awaiting_approval', 'returned', 'released', 'discarded')),
	CONSTRAINT "drafts_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'declaration.holdings'))
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"filing_id" uuid NOT NULL,
	"number" text NOT NULL,
	"participant" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"category" text,
	"type" text,
	"type_key" text,
	"quantity" integer,
	"delivered" integer,
	"counterpart" text,
	"stage" text,
	"mode" text,
	"replaces" text,
	"from_year" integer,
	"to_year" integer,
	"done_on" date,
	"counted" boolean NOT NULL,
	"as_of" date,
	"summary" text NOT NULL,
	"verification" text NOT NULL,
	"signatures" smallint NOT NULL,
	"compiled" boolean NOT NULL,
	"first_filed_at" timestamp with time zone NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	"words" text NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED,
	CONSTRAINT "entries_category" CHECK (category in ('I', 'II', 'III', 'IVa', 'IVb', 'Va', 'Vb', 'VI', 'VIIa', 'VIIb', 'SALW', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'S1', 'S2', 'S3', 'S4', 'none')),
	CONSTRAINT "entries_verification" CHECK (verification in ('unverified', 'pending', 'verified', 'discrepant', 'not_verifiable')),
	CONSTRAINT "entries_status" CHECK (status in ('filed', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "filing_payloads" (
	"filing_id" uuid PRIMARY KEY NOT NULL,
	"participant" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"payload" text NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_by_name" text NOT NULL,
	"released_by" uuid NOT NULL,
	"released_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing_views" (
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"rank" smallint NOT NULL,
	"view" text NOT NULL,
	CONSTRAINT "filing_views_filing_id_rank_pk" PRIMARY KEY("filing_id","rank")
);
--> statement-breakpoint
CREATE TABLE "filings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"action" text NOT NULL,
	"kind" text NOT NULL,
	"participant" text NOT NULL,
	"supersedes" uuid,
	"reason" text,
	"summary" text NOT NULL,
	"commitment" text NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"compiled" boolean NOT NULL,
	CONSTRAINT "filings_entry_version" UNIQUE("entry_id","version"),
	CONSTRAINT "filings_number_version" UNIQUE("number","version"),
	CONSTRAINT "filings_supersedes" UNIQUE("supersedes"),
	CONSTRAINT "filings_kind" CHECK (kind in ('notification.acquisition', 'notification.disposal', 'declaration.holdings')),
	CONSTRAINT "filings_action" CHECK (action in ('file', 'stage', 'amend', 'withdraw'))
);
--> statement-breakpoint
CREATE TABLE "holding_lines" (
	"filing_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"participant" text NOT NULL,
	"as_of" date NOT NULL,
	"category" text NOT NULL,
	"type" text NOT NULL,
	"in_service" integer,
	"in_storage" integer,
	"unit" text,
	CONSTRAINT "holding_lines_filing_id_line_pk" PRIMARY KEY("filing_id","line")
);
--> statement-breakpoint
CREATE TABLE "holding_totals" (
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"as_of" date NOT NULL,
	"category" text NOT NULL,
	"in_service" integer NOT NULL,
	"in_storage" integer NOT NULL,
	"withheld" integer NOT NULL,
	CONSTRAINT "holding_totals_filing_id_category_pk" PRIMARY KEY("filing_id","category")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"response" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "known_types" (
	"type_key" text NOT NULL,
	"category" text NOT NULL,
	"participant" text NOT NULL,
	"type" text NOT NULL,
	"first_filing_id" uuid NOT NULL,
	"first_filed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "known_types_type_key_category_participant_pk" PRIMARY KEY("type_key","category","participant")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"filing_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"addressee" text NOT NULL,
	"severity" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"historic" boolean NOT NULL,
	CONSTRAINT "notices_once" UNIQUE("filing_id","addressee")
);
--> statement-breakpoint
CREATE TABLE "numbers" (
	"participant" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "numbers_participant_year_pk" PRIMARY KEY("participant","year")
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"code" text PRIMARY KEY NOT NULL,
	"designation" text NOT NULL,
	"capital" text NOT NULL,
	"florence_party" boolean NOT NULL,
	"four_eyes" boolean DEFAULT true NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "participants_code" CHECK (code in ('AL', 'BA', 'HR', 'XK', 'ME', 'MK', 'RS'))
);
--> statement-breakpoint
CREATE TABLE "reference_state" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "reference_state_one" CHECK (single)
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"participant" text,
	"granted" boolean NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"metric" text NOT NULL,
	"condition" text NOT NULL,
	"params" jsonb NOT NULL,
	"severity" text NOT NULL,
	"recipients" jsonb NOT NULL,
	"all_for" jsonb,
	"basis" text NOT NULL,
	"explanation" text NOT NULL,
	"valid_from" date NOT NULL,
	"decision" text NOT NULL,
	CONSTRAINT "rules_id_version_pk" PRIMARY KEY("id","version"),
	CONSTRAINT "rules_severity" CHECK (severity in ('info', 'notice', 'warning', 'critical'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"label" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "sessions_kind" CHECK (kind in ('browser', 'api_key'))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"ip" text,
	"succeeded" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"participant" text,
	"affiliation" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_role" CHECK (role in ('observer', 'submitter', 'approver', 'verifier', 'secretariat'))
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"filing_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"participant" text NOT NULL,
	"decision" text NOT NULL,
	"remark" text,
	"verifier_id" uuid NOT NULL,
	"verifier_name" text NOT NULL,
	"verifier_participant" text,
	"affiliation" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "verifications_once" UNIQUE("filing_id","verifier_id"),
	CONSTRAINT "verifications_decision" CHECK (decision in ('verified', 'discrepant', 'not_verifiable'))
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"participant" text NOT NULL,
	"watched" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "watches_participant_watched_pk" PRIMARY KEY("participant","watched")
);
--> statement-breakpoint
ALTER TABLE "acknowledgements" ADD CONSTRAINT "acknowledgements_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjacency" ADD CONSTRAINT "adjacency_a_participants_code_fk" FOREIGN KEY ("a") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjacency" ADD CONSTRAINT "adjacency_b_participants_code_fk" FOREIGN KEY ("b") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ceilings" ADD CONSTRAINT "ceilings_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ceilings" ADD CONSTRAINT "ceilings_category_categories_code_fk" FOREIGN KEY ("category") REFERENCES "public"."categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_payloads" ADD CONSTRAINT "filing_payloads_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filing_views" ADD CONSTRAINT "filing_views_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "filings" ADD CONSTRAINT "filings_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_filing_id_filings_id_fk" FOREIGN KEY ("filing_id") REFERENCES "public"."filings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verifications" ADD CONSTRAINT "verifications_verifier_id_users_id_fk" FOREIGN KEY ("verifier_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_watched_participants_code_fk" FOREIGN KEY ("watched") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_filing" ON "alerts" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "alerts_issued" ON "alerts" USING btree ("issued_at");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "deliveries_filing" ON "deliveries" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("state","queued_at");--> statement-breakpoint
CREATE INDEX "drafts_participant" ON "drafts" USING btree ("participant","status");--> statement-breakpoint
CREATE INDEX "entries_filed" ON "entries" USING btree ("filed_at","entry_id");--> statement-breakpoint
CREATE INDEX "entries_category_filed" ON "entries" USING btree ("category","filed_at","entry_id");--> statement-breakpoint
CREATE INDEX "entries_participant" ON "entries" USING btree ("participant","kind","filed_at");--> statement-breakpoint
CREATE INDEX "entries_category_kind" ON "entries" USING btree ("category","kind","participant");--> statement-breakpoint
CREATE INDEX "entries_search" ON "entries" USING gin ("search");--> statement-breakpoint
CREATE INDEX "filings_participant" ON "filings" USING btree ("participant","filed_at");--> statement-breakpoint
CREATE INDEX "holding_lines_participant" ON "holding_lines" USING btree ("participant","category","as_of");--> statement-breakpoint
CREATE INDEX "holding_totals_latest" ON "holding_totals" USING btree ("participant","category","as_of");--> statement-breakpoint
CREATE INDEX "notices_addressee" ON "notices" USING btree ("addressee","issued_at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_account" ON "sign_in_attempts" USING btree ("account","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_ip" ON "sign_in_attempts" USING btree ("ip","at");
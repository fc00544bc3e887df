-- What was filed before the log cannot be proven by it.
do $$ begin
  if exists (select 1 from filings) or exists (select 1 from role_grants) then
    raise exception 'This database was filled before the register had a transparency log, so nothing in it could be proven. Start on an empty one (demonstration: npm run demo -- --fresh).';
  end if;
end $$;
--> statement-breakpoint
CREATE TABLE "cosignatures" (
	"size" bigint NOT NULL,
	"witness" uuid NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "cosignatures_size_witness_pk" PRIMARY KEY("size","witness")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"key" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "findings_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "log_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"note" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_head" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"size" bigint NOT NULL,
	"frontier" "bytea"[] NOT NULL,
	CONSTRAINT "log_head_one" CHECK (single)
);
--> statement-breakpoint
CREATE TABLE "log_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"data" text NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"participant" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_nodes" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "log_nodes_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "witnesses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"vkey" text NOT NULL,
	"url" text NOT NULL,
	"participant" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "witnesses_name_unique" UNIQUE("name"),
	CONSTRAINT "witnesses_vkey_unique" UNIQUE("vkey")
);
--> statement-breakpoint
ALTER TABLE "acknowledgements" ADD COLUMN "salt" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "salt" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "salt" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "verifications" ADD COLUMN "salt" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_size_log_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."log_checkpoints"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_witness_witnesses_id_fk" FOREIGN KEY ("witness") REFERENCES "public"."witnesses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnesses" ADD CONSTRAINT "witnesses_participant_participants_code_fk" FOREIGN KEY ("participant") REFERENCES "public"."participants"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_leaves_subject" ON "log_leaves" USING btree ("subject");
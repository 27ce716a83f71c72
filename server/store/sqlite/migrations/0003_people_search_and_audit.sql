CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` integer,
	`key` text,
	`action` text NOT NULL,
	`subject` text,
	`data` text NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_in_workspace` ON `audit` (`workspace`,`id`);--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit` (`workspace`,`action`,`id`);--> statement-breakpoint
CREATE TABLE `invite` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`hash` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`actor` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invite_hash` ON `invite` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `invite_public` ON `invite` (`workspace`,`public_id`);--> statement-breakpoint
CREATE INDEX `invite_open` ON `invite` (`workspace`,`expires_at`) WHERE "invite"."closed_at" IS NULL;--> statement-breakpoint
DROP INDEX `member_email`;--> statement-breakpoint
ALTER TABLE `member` ADD `removed_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `member_email` ON `member` (`workspace`,`email`) WHERE "member"."email" <> '';--> statement-breakpoint
ALTER TABLE `workspace` ADD `read_only` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `workspace` ADD `members_may_overwrite` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `workspace` ADD `members_may_undo` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_by_name` ON `lead` (`workspace`,lower(coalesce("last_name", '') || ' ' || coalesce("first_name", '')),`id`);--> statement-breakpoint
CREATE INDEX `lead_by_company` ON `lead` (`workspace`,lower(coalesce("company_name", '')),`id`);--> statement-breakpoint
CREATE INDEX `lead_by_update` ON `lead` (`workspace`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `lead_by_owner` ON `lead` (`workspace`,`owner_email`,`id`);--> statement-breakpoint
CREATE INDEX `lead_do_not_contact` ON `lead` (`workspace`,`id`) WHERE "lead"."do_not_contact" = 1;--> statement-breakpoint
CREATE INDEX `lead_alt_phone_1` ON `lead` (`workspace`,`alt_phone_1`) WHERE "lead"."alt_phone_1" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_alt_phone_2` ON `lead` (`workspace`,`alt_phone_2`) WHERE "lead"."alt_phone_2" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_alt_phone_3` ON `lead` (`workspace`,`alt_phone_3`) WHERE "lead"."alt_phone_3" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_key_domain` ON `lead_key` (`workspace`,substr("value", instr("value", '@') + 1),`lead`) WHERE "lead_key"."kind" = 1;--> statement-breakpoint
CREATE INDEX `api_key_member` ON `api_key` (`workspace`,`member`);--> statement-breakpoint
CREATE INDEX `import_row_of_lead_in_import` ON `import_row` (`workspace`,`import_id`,`lead`) WHERE "import_row"."lead" IS NOT NULL;
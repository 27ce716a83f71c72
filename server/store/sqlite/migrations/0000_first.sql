CREATE TABLE `custom_field` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`label` text NOT NULL,
	`ordinal` integer NOT NULL,
	`type` text NOT NULL,
	`choices` text NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `custom_field_label` ON `custom_field` (`workspace`,`label`);--> statement-breakpoint
CREATE UNIQUE INDEX `custom_field_ordinal` ON `custom_field` (`workspace`,`ordinal`);--> statement-breakpoint
CREATE TABLE `lead` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`version` integer NOT NULL,
	`first_name` text,
	`last_name` text,
	`email` text,
	`phone` text,
	`alt_phone_1` text,
	`alt_phone_2` text,
	`alt_phone_3` text,
	`alt_email_1` text,
	`alt_email_2` text,
	`alt_email_3` text,
	`company_name` text,
	`job_title` text,
	`linkedin_url` text,
	`notes` text,
	`owner_email` text,
	`custom` text,
	`do_not_contact` integer NOT NULL,
	`source` text NOT NULL,
	`import_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lead_in_workspace` ON `lead` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `lead_public` ON `lead` (`workspace`,`public_id`);--> statement-breakpoint
CREATE TABLE `lead_change` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`lead` integer NOT NULL,
	`field` text NOT NULL,
	`old` text,
	`new` text,
	`at` integer NOT NULL,
	`actor` integer,
	`import_id` integer,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `lead_change_lead` ON `lead_change` (`workspace`,`lead`);--> statement-breakpoint
CREATE INDEX `lead_change_import` ON `lead_change` (`workspace`,`import_id`) WHERE "lead_change"."import_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `lead_key` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`kind` integer NOT NULL,
	`value` text NOT NULL,
	`lead` integer NOT NULL,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `lead_key_value` ON `lead_key` (`workspace`,`kind`,`value`,`lead`);--> statement-breakpoint
CREATE INDEX `lead_key_lead` ON `lead_key` (`workspace`,`lead`);--> statement-breakpoint
CREATE TABLE `lead_tag` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`lead` integer NOT NULL,
	`tag` integer NOT NULL,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`tag`) REFERENCES `tag`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lead_tag_once` ON `lead_tag` (`workspace`,`tag`,`lead`);--> statement-breakpoint
CREATE INDEX `lead_tag_lead` ON `lead_tag` (`workspace`,`lead`);--> statement-breakpoint
CREATE TABLE `list` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`is_default` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `list_in_workspace` ON `list` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `list_public` ON `list` (`workspace`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `list_name` ON `list` (`workspace`,`folded`);--> statement-breakpoint
CREATE TABLE `list_member` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`list` integer NOT NULL,
	`lead` integer NOT NULL,
	`import_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`list`) REFERENCES `list`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `list_member_once` ON `list_member` (`workspace`,`list`,`lead`);--> statement-breakpoint
CREATE INDEX `list_member_lead` ON `list_member` (`workspace`,`lead`);--> statement-breakpoint
CREATE TABLE `suppression` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`reason` text,
	`source` text NOT NULL,
	`actor` integer,
	`since` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suppression_value` ON `suppression` (`workspace`,`kind`,`value`);--> statement-breakpoint
CREATE UNIQUE INDEX `suppression_public` ON `suppression` (`workspace`,`public_id`);--> statement-breakpoint
CREATE TABLE `tag` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tag_in_workspace` ON `tag` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `tag_name` ON `tag` (`workspace`,`folded`);--> statement-breakpoint
CREATE TABLE `api_key` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`member` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`last_four` text NOT NULL,
	`origin` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`member`) REFERENCES `member`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_hash` ON `api_key` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_public` ON `api_key` (`workspace`,`public_id`);--> statement-breakpoint
CREATE TABLE `member` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `member_in_workspace` ON `member` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `member_email` ON `member` (`workspace`,`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `member_public` ON `member` (`workspace`,`public_id`);--> statement-breakpoint
CREATE TABLE `pairing_code` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`member` integer NOT NULL,
	`hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`member`) REFERENCES `member`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pairing_code_hash` ON `pairing_code` (`hash`);--> statement-breakpoint
CREATE INDEX `pairing_code_expiry` ON `pairing_code` (`workspace`,`expires_at`);--> statement-breakpoint
CREATE TABLE `workspace` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`name` text NOT NULL,
	`plan` text NOT NULL,
	`default_country` text NOT NULL,
	`require` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_chunk` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`import_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`sha256` text NOT NULL,
	`first_row` integer NOT NULL,
	`row_count` integer NOT NULL,
	`first_line` integer NOT NULL,
	`last_line` integer NOT NULL,
	`counters` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`,`import_id`) REFERENCES `import`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_chunk_once` ON `import_chunk` (`workspace`,`import_id`,`seq`);--> statement-breakpoint
CREATE TABLE `import_row` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`import_id` integer NOT NULL,
	`line` integer NOT NULL,
	`bucket` integer NOT NULL,
	`settled` integer NOT NULL,
	`changed` integer NOT NULL,
	`lead` integer,
	`problems` text,
	`raw` text,
	`kept` text,
	FOREIGN KEY (`workspace`,`import_id`) REFERENCES `import`(`workspace`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_row_bucket` ON `import_row` (`workspace`,`import_id`,`settled`,`line`);--> statement-breakpoint
CREATE INDEX `import_row_lead` ON `import_row` (`workspace`,`lead`) WHERE "import_row"."lead" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `import_row_changed` ON `import_row` (`workspace`,`import_id`) WHERE "import_row"."changed" = 1;--> statement-breakpoint
CREATE TABLE `import` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`state` text NOT NULL,
	`source` text NOT NULL,
	`file_name` text,
	`file_sha256` text,
	`list` integer,
	`list_name` text NOT NULL,
	`list_by_name` integer NOT NULL,
	`list_created` integer NOT NULL,
	`actor` integer,
	`total` integer NOT NULL,
	`chunk_count` integer NOT NULL,
	`mapping` text NOT NULL,
	`headers` text NOT NULL,
	`policy` text NOT NULL,
	`body_sha256` text NOT NULL,
	`created_at` integer NOT NULL,
	`completed_at` integer,
	`forgotten_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`list`) REFERENCES `list`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_in_workspace` ON `import` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `import_public` ON `import` (`workspace`,`public_id`);--> statement-breakpoint
CREATE INDEX `import_to_list_index` ON `import` (`workspace`,`list`);--> statement-breakpoint
CREATE TABLE `mapping_template` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`headers` text NOT NULL,
	`mapping` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mapping_template_name` ON `mapping_template` (`workspace`,`folded`);--> statement-breakpoint
CREATE UNIQUE INDEX `mapping_template_public` ON `mapping_template` (`workspace`,`public_id`);--> statement-breakpoint
CREATE TABLE `stored_answer` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`sha256` text NOT NULL,
	`status` integer,
	`body` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stored_answer_key` ON `stored_answer` (`workspace`,`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `stored_answer_in_workspace` ON `stored_answer` (`workspace`,`id`);--> statement-breakpoint
CREATE INDEX `stored_answer_at` ON `stored_answer` (`workspace`,`at`);--> statement-breakpoint
CREATE TABLE `stored_answer_lead` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`answer` integer NOT NULL,
	`lead` integer NOT NULL,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`answer`) REFERENCES `stored_answer`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `stored_answer_lead_lead` ON `stored_answer_lead` (`workspace`,`lead`,`answer`);--> statement-breakpoint
CREATE INDEX `stored_answer_lead_answer` ON `stored_answer_lead` (`workspace`,`answer`);
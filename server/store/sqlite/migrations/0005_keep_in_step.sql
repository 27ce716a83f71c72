CREATE TABLE `link_alias` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`type` text NOT NULL,
	`remote_id` text NOT NULL,
	`link` integer NOT NULL,
	FOREIGN KEY (`workspace`,`link`) REFERENCES `object_link`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `link_alias_remote` ON `link_alias` (`workspace`,`connection`,`type`,`remote_id`);--> statement-breakpoint
CREATE INDEX `link_alias_link` ON `link_alias` (`workspace`,`link`);--> statement-breakpoint
CREATE TABLE `object_link` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`type` text NOT NULL,
	`remote_id` text NOT NULL,
	`lead` integer,
	`state` text NOT NULL,
	`base` text,
	`settled_version` integer NOT NULL,
	`is_pushed` integer NOT NULL,
	`linked_at` integer NOT NULL,
	`is_deleted_here` integer NOT NULL,
	`undone_import` integer,
	`title` text,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `object_link_in_workspace` ON `object_link` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `object_link_remote` ON `object_link` (`workspace`,`connection`,`type`,`remote_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `object_link_lead` ON `object_link` (`workspace`,`lead`,`connection`,`type`) WHERE "object_link"."lead" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `object_link_in_order` ON `object_link` (`workspace`,`connection`,`type`,`id`);--> statement-breakpoint
CREATE INDEX `object_link_pushable` ON `object_link` (`workspace`,`connection`,`type`,`lead`,`settled_version`,`state`) WHERE "object_link"."lead" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `object_link_state` ON `object_link` (`workspace`,`connection`,`state`);--> statement-breakpoint
CREATE INDEX `object_link_deleted` ON `object_link` (`workspace`,`connection`,`type`,`id`) WHERE "object_link"."is_deleted_here" = 1;--> statement-breakpoint
CREATE INDEX `object_link_undone` ON `object_link` (`workspace`,`undone_import`) WHERE "object_link"."undone_import" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `pushed_value` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`lead` integer NOT NULL,
	`pair_id` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `pushed_value_lead` ON `pushed_value` (`workspace`,`lead`,`connection`,`at`);--> statement-breakpoint
CREATE INDEX `pushed_value_age` ON `pushed_value` (`workspace`,`connection`,`at`);--> statement-breakpoint
CREATE TABLE `remote_write` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`op_id` text NOT NULL,
	`lead` integer,
	`lead_public_id` text NOT NULL,
	`lead_version` integer NOT NULL,
	`type` text NOT NULL,
	`kind` text NOT NULL,
	`remote_id` text,
	`payload` text NOT NULL,
	`sent` text NOT NULL,
	`before` text NOT NULL,
	`seen_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `remote_write_op` ON `remote_write` (`workspace`,`connection`,`op_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `remote_write_lead` ON `remote_write` (`workspace`,`lead`,`connection`,`type`) WHERE "remote_write"."lead" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `remote_write_key` ON `remote_write` (`workspace`,`connection`,`lead_public_id`);--> statement-breakpoint
CREATE TABLE `sync_cursor` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`object` text NOT NULL,
	`phase` text NOT NULL,
	`read_to` integer NOT NULL,
	`window_from` integer,
	`window_to` integer,
	`page` text,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_cursor_once` ON `sync_cursor` (`workspace`,`connection`,`object`);--> statement-breakpoint
CREATE TABLE `sync_lease` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`owner` text NOT NULL,
	`number` integer NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_lease_once` ON `sync_lease` (`workspace`,`connection`);--> statement-breakpoint
CREATE TABLE `sync_run` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`connection` integer NOT NULL,
	`trigger` text NOT NULL,
	`outcome` text NOT NULL,
	`failure` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`counts` text NOT NULL,
	`calls` integer NOT NULL,
	`left_today` integer,
	`import_id` integer,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_run_public` ON `sync_run` (`workspace`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_run_of_connection` ON `sync_run` (`workspace`,`connection`,`id`);--> statement-breakpoint
CREATE INDEX `sync_run_open` ON `sync_run` (`workspace`,`connection`) WHERE "sync_run"."ended_at" IS NULL;--> statement-breakpoint
CREATE TABLE `side_item` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`kind` text NOT NULL,
	`remote_id` text NOT NULL,
	`title` text NOT NULL,
	`at` integer NOT NULL,
	`modified_at` integer NOT NULL,
	`facts` text NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `side_item_in_workspace` ON `side_item` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `side_item_remote` ON `side_item` (`workspace`,`connection`,`kind`,`remote_id`);--> statement-breakpoint
CREATE TABLE `side_item_link` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`item` integer NOT NULL,
	`link` integer NOT NULL,
	FOREIGN KEY (`workspace`,`item`) REFERENCES `side_item`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`link`) REFERENCES `object_link`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `side_item_link_once` ON `side_item_link` (`workspace`,`item`,`link`);--> statement-breakpoint
CREATE INDEX `side_item_link_link` ON `side_item_link` (`workspace`,`link`);--> statement-breakpoint
CREATE TABLE `sync_conflict` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`connection` integer NOT NULL,
	`lead` integer NOT NULL,
	`type` text NOT NULL,
	`remote_id` text NOT NULL,
	`pair_id` text NOT NULL,
	`field_label` text NOT NULL,
	`base` text,
	`ours` text,
	`theirs` text,
	`winner` text NOT NULL,
	`rule` text NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL,
	`resolved_as` text,
	`resolved_at` integer,
	`resolved_by` integer,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_conflict_public` ON `sync_conflict` (`workspace`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_conflict_of_connection` ON `sync_conflict` (`workspace`,`connection`,`id`);--> statement-breakpoint
CREATE INDEX `sync_conflict_lead` ON `sync_conflict` (`workspace`,`lead`,`connection`);--> statement-breakpoint
CREATE INDEX `sync_conflict_open` ON `sync_conflict` (`workspace`,`connection`,`id`) WHERE "sync_conflict"."resolved_at" IS NULL AND "sync_conflict"."winner" = 'open';--> statement-breakpoint
CREATE TABLE `sync_error` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`connection` integer NOT NULL,
	`type` text NOT NULL,
	`lead` integer,
	`lead_version` integer,
	`remote_id` text,
	`stage` text NOT NULL,
	`kind` text NOT NULL,
	`failure` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer,
	`is_ignored` integer NOT NULL,
	`makes_anyway` integer NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`lead`) REFERENCES `lead`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_error_public` ON `sync_error` (`workspace`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_error_of_connection` ON `sync_error` (`workspace`,`connection`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_error_lead` ON `sync_error` (`workspace`,`lead`,`connection`,`type`,`stage`) WHERE "sync_error"."lead" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sync_error_record` ON `sync_error` (`workspace`,`connection`,`type`,`remote_id`,`stage`) WHERE "sync_error"."remote_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `sync_error_due` ON `sync_error` (`workspace`,`connection`,`next_at`) WHERE "sync_error"."next_at" IS NOT NULL;
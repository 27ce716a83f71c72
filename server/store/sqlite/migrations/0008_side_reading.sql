ALTER TABLE `object_link` ADD `side_read_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `object_link_side` ON `object_link` (`workspace`,`connection`,`type`,`side_read_at`,`id`) WHERE "object_link"."lead" IS NOT NULL AND "object_link"."state" = 'linked';--> statement-breakpoint
ALTER TABLE `sync_conflict` ADD `ours_at` integer;--> statement-breakpoint
ALTER TABLE `sync_conflict` ADD `ours_by` integer;--> statement-breakpoint
ALTER TABLE `sync_conflict` ADD `theirs_at` integer;--> statement-breakpoint
ALTER TABLE `sync_conflict` ADD `theirs_by` text;--> statement-breakpoint
CREATE INDEX `sync_run_import` ON `sync_run` (`workspace`,`import_id`) WHERE "sync_run"."import_id" IS NOT NULL;
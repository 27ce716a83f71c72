ALTER TABLE `lead_change` ADD `undone_at` integer;--> statement-breakpoint
ALTER TABLE `import_row` ADD `decided` integer;--> statement-breakpoint
ALTER TABLE `import_row` ADD `not_undone` text;--> statement-breakpoint
CREATE INDEX `import_row_not_undone` ON `import_row` (`workspace`,`import_id`) WHERE "import_row"."not_undone" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `import` ADD `retry_of` text;--> statement-breakpoint
ALTER TABLE `import` ADD `undo_started_at` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undone_at` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undone_by` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undone_row` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undo_removed` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undo_restored` integer;--> statement-breakpoint
ALTER TABLE `import` ADD `undo_kept` integer;--> statement-breakpoint
CREATE INDEX `import_retry` ON `import` (`workspace`,`retry_of`) WHERE "import"."retry_of" IS NOT NULL;
ALTER TABLE `import` ADD `header_signature` text;--> statement-breakpoint
CREATE INDEX `import_layout` ON `import` (`workspace`,`header_signature`,`completed_at`) WHERE "import"."header_signature" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `mapping_template` ADD `actor` integer;
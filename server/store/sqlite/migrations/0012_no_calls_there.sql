ALTER TABLE `lead_change` ADD `source` text;--> statement-breakpoint
ALTER TABLE `object_link` ADD `no_calls_id` text;
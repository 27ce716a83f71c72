PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_campaign_of_list` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`list` integer NOT NULL,
	`campaign_id` text NOT NULL,
	`campaign_name` text NOT NULL,
	`status` text,
	`asked_at` integer NOT NULL,
	`through_member` integer NOT NULL,
	`outcome` text,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace`,`list`) REFERENCES `list`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_campaign_of_list`("id", "workspace", "connection", "list", "campaign_id", "campaign_name", "status", "asked_at", "through_member", "outcome") SELECT "id", "workspace", "connection", "list", "campaign_id", "campaign_name", "status", "asked_at", "through_member", "outcome" FROM `campaign_of_list`;--> statement-breakpoint
DROP TABLE `campaign_of_list`;--> statement-breakpoint
ALTER TABLE `__new_campaign_of_list` RENAME TO `campaign_of_list`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_of_list_once` ON `campaign_of_list` (`workspace`,`connection`,`list`,`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_of_list_list` ON `campaign_of_list` (`workspace`,`list`);--> statement-breakpoint
ALTER TABLE `remote_write` ADD `stays_there` integer DEFAULT false NOT NULL;
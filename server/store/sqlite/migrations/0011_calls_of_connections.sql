CREATE TABLE `crm_calls` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`day` integer NOT NULL,
	`calls` integer NOT NULL,
	`told_used` integer,
	`told_limit` integer,
	`told_at` integer,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `crm_calls_once` ON `crm_calls` (`workspace`,`connection`);
CREATE TABLE `imported_record` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`connection` integer NOT NULL,
	`type` text NOT NULL,
	`remote_id` text NOT NULL,
	`row` integer NOT NULL,
	FOREIGN KEY (`workspace`,`connection`) REFERENCES `connection`(`workspace`,`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imported_record_once` ON `imported_record` (`workspace`,`connection`,`type`,`remote_id`);
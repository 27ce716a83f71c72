CREATE TABLE `connection` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`public_id` text NOT NULL,
	`provider` text NOT NULL,
	`account_id` text NOT NULL,
	`account_name` text NOT NULL,
	`login_host` text,
	`instance_url` text,
	`api_version` text,
	`auth` text NOT NULL,
	`access_token` blob,
	`refresh_token` blob,
	`key_id` text,
	`token_expires_at` integer,
	`token_version` integer NOT NULL,
	`scopes` text NOT NULL,
	`missing_scopes` text NOT NULL,
	`state` text NOT NULL,
	`paused_until` integer,
	`actor` integer,
	`created_at` integer NOT NULL,
	`disconnected_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connection_in_workspace` ON `connection` (`workspace`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `connection_public` ON `connection` (`workspace`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `connection_account` ON `connection` (`workspace`,`provider`,`account_id`);--> statement-breakpoint
CREATE TABLE `oauth_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace` integer NOT NULL,
	`hash` text NOT NULL,
	`provider` text NOT NULL,
	`member` integer NOT NULL,
	`key` text NOT NULL,
	`verifier` blob NOT NULL,
	`key_id` text NOT NULL,
	`login_host` text,
	`connection` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspace`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`member`) REFERENCES `member`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `oauth_state_hash` ON `oauth_state` (`hash`);--> statement-breakpoint
CREATE INDEX `oauth_state_expiry` ON `oauth_state` (`workspace`,`expires_at`);
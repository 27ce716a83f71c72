export type { ServerFailure, ServerFailureKind } from '#shared/api/server-failure.ts';

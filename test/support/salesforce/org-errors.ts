/** An error of the REST interface: a list with one entry, except where OAuth speaks. */
export class OrgError extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super('org error');
    this.status = status;
    this.body = body;
  }
}

export function restError(status: number, errorCode: string, message: string, more: object = {}): OrgError {
  return new OrgError(status, [{ errorCode, message, ...more }]);
}

/** An error of one record in a collection: there the code is called `statusCode`. */
export type RecordError = {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly duplicateResult?: unknown;
};
export function recordError(statusCode: string, message: string, fields: readonly string[] = []): RecordError {
  return { statusCode, message, fields };
}

import type { InvalidLeadDetail } from '#shared/api/leads.ts';
import type { Problem } from '#shared/problems.ts';
import { invalidLeadPhrase } from '#shared/sentences/api-error.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { Refusal } from './backend.ts';

/** The errors of leads as an `INVALID_LEADS` refusal tells them: one entry per problem, and what its sentence needs. */
export function toInvalidDetails(
  leads: readonly { readonly index: number; readonly problems: readonly Problem[] }[],
  total: number,
): Required<Pick<Refusal, 'data' | 'details'>> {
  const details: InvalidLeadDetail[] = leads.flatMap(({ index, problems }) =>
    problems.map((problem) => ({
      index,
      field: problem.field ?? '',
      code: problem.code,
      message: sentenceForProblem(problem),
      value: problem.text ?? '',
    })),
  );
  const [first] = details;
  return {
    details,
    data: { invalid: leads.length, total, ...(first ? { first: invalidLeadPhrase(first.index, first.code, first.message) } : {}) },
  };
}

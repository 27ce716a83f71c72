import type { EditTrouble } from '../../flow/workspace/edit-lead.ts';
import { troubleOf } from '../server-trouble.ts';

/** Why a change by hand was not stored, in a sentence or two. */
export function editTroubleWords(trouble: EditTrouble): string {
  switch (trouble.kind) {
    case 'conflict':
      return 'Somebody else has changed this lead meanwhile.';
    case 'refused':
      return trouble.message;
    case 'gone':
      return 'Somebody else has deleted this lead meanwhile.';
    case 'failed': {
      const { fact, advice } = troubleOf(trouble.failure);
      return `${fact} ${advice}`;
    }
  }
}

import { useState } from 'preact/hooks';
import type { LeadFilter } from '../../../platform/lead-api.ts';
import { Button } from '../../parts/button.tsx';
import { troubleOf } from '../../server-trouble.ts';
import type { Workspace } from '../workspace.ts';

type ExportButtonProps = { readonly workspace: Workspace; readonly filter: LeadFilter; readonly total: number | null };

/** Saves the leads on the screen as a CSV that spreadsheets open safely; without a filter it is all of them. */
export function ExportButton({ workspace, filter, total }: ExportButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const csv = await workspace.leads.exportCsv(filter);
    setBusy(false);
    if (csv.ok) {
      workspace.host.saveFile(new File([csv.value], 'leads.csv', { type: 'text/csv' }));
      return workspace.tell({ text: 'Saved as leads.csv. Leads marked “do not contact” are left out.' });
    }
    const { fact, advice } = troubleOf(csv.error);
    workspace.tell({ text: `Nothing was exported. ${fact} ${advice}`, tone: 'bad' });
  };
  return (
    <span class="icon-narrow">
      <Button icon="download" busy={isBusy} off={total === 0 ? 'There is nothing to export' : null} onClick={() => void save()}>
        <span>{Object.keys(filter).length > 0 ? 'Export these' : 'Export all'}</span>
      </Button>
    </span>
  );
}

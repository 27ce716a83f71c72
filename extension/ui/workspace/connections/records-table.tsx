import type { RecordsPreviewAnswer } from '#shared/api/connection-work.ts';

/** The first records as they will be stored, and what keeps one out. */
export function RecordsTable({ plan }: { readonly plan: RecordsPreviewAnswer }) {
  if (plan.preview.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label="The first records">
      <table class="table flush">
        <caption class="sr">The first records as they will be stored</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Email</th>
            <th scope="col">Phone</th>
            <th scope="col">Company</th>
            <th scope="col">Title</th>
          </tr>
        </thead>
        <tbody>
          {plan.preview.map(({ line, lead, problems, isSuppressed }) => (
            <tr key={line}>
              <td class="strong">
                {[lead.firstName, lead.lastName].filter(Boolean).join(' ') || '–'}
                {isSuppressed && <span class="badge">Opted out</span>}
                {!isSuppressed && problems.some(({ severity }) => severity === 'error') && <span class="badge">Not imported</span>}
              </td>
              <td>{lead.email ?? ''}</td>
              <td class="num">{lead.phone ?? ''}</td>
              <td>{lead.companyName ?? ''}</td>
              <td>{lead.jobTitle ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

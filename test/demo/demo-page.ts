import { DEMO_WORDS } from './mark-build.ts';
import type { Step } from './record-steps.ts';

export type DemoFacts = { readonly steps: readonly Step[]; readonly at: Date; readonly people: number };

/** Whether the demo is a success: something was tried, and everything that was tried worked. */
export function allWorked(steps: readonly Step[]): boolean {
  return steps.length > 0 && steps.every(({ trouble }) => trouble === null);
}

/** One page that tells what was done, how long it took, what the screen counted and how it looked. HTML without scripts. */
export function writeDemoPage({ steps, at, people }: DemoFacts): string {
  const parts = [...new Set(steps.map(({ part }) => part))];
  const worked = steps.filter(({ trouble }) => trouble === null).length;
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Leadline: ${DEMO_WORDS}</title>
<style>${STYLE}</style>
<p class="strip">${DEMO_WORDS}</p>
<main><h1>Leadline, shown by itself</h1>
<p>${worked} of ${steps.length} steps worked, in ${seconds.toFixed(1)} seconds, on ${escapeHtml(at.toISOString().slice(0, 16).replace('T', ' '))} UTC.
${people} invented people; Google, HubSpot and Salesforce are stand-ins on this machine, whose consent pages were clicked.
Numbers are read from the screens. The stand-ins’ clocks go two minutes late, so that a sync need not wait for a CRM’s index.</p>
${parts
  .map((part) =>
    writePart(
      part,
      steps.filter((step) => step.part === part),
    ),
  )
  .join('\n')}
</main></html>
`;
}

function writePart(part: string, steps: readonly Step[]): string {
  return `<section><h2>${escapeHtml(part)}</h2><ol>${steps.map(writeStep).join('\n')}</ol></section>`;
}

function writeStep({ title, seconds, seen: { receipt, said }, picture, trouble }: Step): string {
  const sum = receipt ? [...receipt.rows.values()].reduce((total, rows) => total + rows, 0) : 0;
  const buckets = receipt
    ? `<table>${[...receipt.rows].map(([words, rows]) => `<tr><td>${rows}<th>${escapeHtml(words)}`).join('')}
<tr class="sum"><td>${receipt.total}<th>rows in all${sum === receipt.total ? '' : `, but the buckets hold ${sum}`}</table>`
    : '';
  return `<li${trouble === null ? '' : ' class="bad"'}><h3>${escapeHtml(title)} <span>${seconds.toFixed(1)} s${trouble === null ? '' : ', failed'}</span></h3>
${said === undefined ? '' : `<p>“${escapeHtml(said)}”</p>`}${trouble === null ? '' : `<pre>${escapeHtml(trouble)}</pre>`}${buckets}
${picture === null ? '' : `<img src="${escapeHtml(picture)}" alt="The screen after: ${escapeHtml(title)}" loading="lazy">`}</li>`;
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
.strip { position: sticky; top: 0; margin: 0; padding: 2px; text-align: center; background: #5c4a12; color: #fff4cf; font-weight: 600; }
h3 span { font-weight: 400; opacity: 0.7; }
.bad h3 { color: light-dark(#a3141f, #ff9a9f); }
pre { white-space: pre-wrap; }
td { text-align: right; padding-inline-end: 0.6rem; font-variant-numeric: tabular-nums; }
th { text-align: start; font-weight: 400; }
.sum > * { border-top: 1px solid; font-weight: 600; }
img { display: block; max-width: 100%; margin: 0.6rem 0 2rem; border: 1px solid light-dark(#ccc, #555); }
`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

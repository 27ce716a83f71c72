import { createHash } from 'node:crypto';

/** A page as it is sent: one style sheet inside, no script, nothing loaded from anywhere. */
export function page(title: string, body: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    `<body>${body}</body>`,
    '</html>',
    '',
  ].join('\n');
}

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const PAGE_STYLE = `
:root{color-scheme:light dark;
--canvas:light-dark(#f6f7f9,#0f1114);--surface:light-dark(#fff,#16181c);--sunken:light-dark(#f3f4f7,#111316);
--line:light-dark(#e6e9ee,#272b32);--text:light-dark(#12161d,#eceef2);--text-2:light-dark(#454e5c,#b3bac6);
--text-3:light-dark(#5f6978,#939baa);--accent:light-dark(#2454d6,#86a8ff);--accent-tint:light-dark(#edf2ff,#1a2440);
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--text);font:0.9375rem/1.5rem system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",sans-serif}
main{max-width:52rem;margin:0 auto;padding:56px 24px 80px}
h1{font-size:1.5rem;line-height:2rem;margin:0 0 8px}
h2{font-size:1.125rem;line-height:1.5rem;margin:40px 0 12px;}
h2::first-letter,nav a::first-letter{text-transform:uppercase}
p,ol,ul{margin:0 0 16px;color:var(--text-2)}
ol,ul{padding-left:20px}li{margin:4px 0}
a{color:var(--accent);text-underline-offset:2px}a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
code,pre{font-family:var(--mono);font-size:0.8125rem}
code{background:var(--sunken);padding:1px 4px;border-radius:4px}
pre{background:var(--sunken);padding:12px;border-radius:6px;overflow-x:auto;line-height:1.25rem;margin:8px 0 16px;color:var(--text)}
pre code,td code{background:none;padding:0}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:0 0 24px}
nav a{display:inline-block}
details{background:var(--surface);border:1px solid var(--line);border-radius:6px;margin:0 0 8px}
summary{display:grid;grid-template-columns:3.5rem 1fr;gap:0 12px;align-items:baseline;padding:8px 12px;cursor:pointer;list-style:none}
summary:hover{background:var(--sunken);border-radius:6px}
summary::-webkit-details-marker{display:none}
details[open] summary{border-bottom:1px solid var(--line)}
details>div{padding:12px 12px 4px}
.method{font:600 0.75rem/1.25rem var(--mono);color:var(--accent)}
.path{font:0.8125rem/1.25rem var(--mono);overflow-wrap:anywhere}
.what{color:var(--text-2);font-size:0.8125rem;line-height:1.25rem;grid-column:2}
h3{font-size:0.75rem;line-height:1rem;color:var(--text-3);margin:0 0 4px;font-weight:600}
.quiet{color:var(--text-3);font-size:0.8125rem}
table{border-collapse:collapse;width:100%;font-size:0.8125rem;line-height:1.25rem;margin:0 0 16px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
th{color:var(--text-3);font-weight:600}
`;

/** What the Content-Security-Policy knows the style sheet by. */
export const PAGE_STYLE_HASH = `sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}`;

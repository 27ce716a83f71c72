/** 16 px line icons, drawn in the colour of the text around them. */
const PATHS = {
  check: <path d="m3.2 8.4 3.2 3.2 6.4-7" />,
  warn: <path d="M8 2.2 14.4 13.4H1.6zM8 6.6v3M8 11.5v.1" />,
  bad: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.8v3.8M8 11v.1" />
    </>
  ),
  ask: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.2M8 11.3v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.4V11M8 5v.1" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.6V8l2.4 1.6" />
    </>
  ),
  plug: <path d="M5.6 1.8v3.4M10.4 1.8v3.4M3.6 5.2h8.8v2.4a4.4 4.4 0 0 1-8.8 0zM8 12v2.4" />,
  shield: <path d="M8 1.8 13 3.6v4.2c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4V3.6z" />,
  file: <path d="M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2" />,
  panel: (
    <>
      <rect x="1.8" y="2.6" width="12.4" height="10.8" rx="1.8" />
      <path d="M9.8 2.6v10.8" />
    </>
  ),
  tab: <path d="M6.6 3H4a1.6 1.6 0 0 0-1.6 1.6v7.4A1.6 1.6 0 0 0 4 13.6h7.4A1.6 1.6 0 0 0 13 12V9.4M9.4 2.4h4.2v4.2M13.4 2.6 7.8 8.2" />,
  options: (
    <>
      <circle cx="10.4" cy="4.8" r="1.8" />
      <circle cx="5.6" cy="11.2" r="1.8" />
      <path d="M2 4.8h6.6M12.2 4.8H14M2 11.2h1.8M7.4 11.2H14" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8" />
    </>
  ),
  bin: <path d="M2.8 4.2h10.4M6 4.2V2.6h4v1.6M4.2 4.2l.6 9.2h6.4l.6-9.2M6.8 6.8v4M9.2 6.8v4" />,
  forward: <path d="m6 3.6 4.4 4.4L6 12.4" />,
  down: <path d="m3.6 6 4.4 4.4L12.4 6" />,
  arrow: <path d="M3 8h10M9.2 4.2 13 8l-3.8 3.8" />,
  download: <path d="M8 2.2v8M4.6 7 8 10.4 11.4 7M2.6 13.4h10.8" />,
  upload: <path d="M8 8.8v-7M5 4.4l3-3 3 3M2.2 9.6v3a1.2 1.2 0 0 0 1.2 1.2h9.2a1.2 1.2 0 0 0 1.2-1.2v-3" />,
  phone: (
    <path d="M5.4 2.4 3.6 3c-1 .4-1.2 1.4-1 2.4.8 3.6 4.4 7.2 8 8 1 .2 2 0 2.4-1l.6-1.8-2.8-1.8-1.4 1.2c-1.2-.6-2.6-2-3.2-3.2l1.2-1.4z" />
  ),
  mail: <path d="M2 3.6h12v8.8H2zM2.2 4l5.8 4.8L13.8 4" />,
  calendar: <path d="M2.6 3.6h10.8v9.8H2.6zM2.6 6.8h10.8M5.4 2v3M10.6 2v3" />,
  deal: <path d="M2.4 8.6V2.4h6.2l5 5a1.4 1.4 0 0 1 0 2l-4.2 4.2a1.4 1.4 0 0 1-2 0zM5.4 5.4v.1" />,
  pause: <path d="M5.4 3.2v9.6M10.6 3.2v9.6" />,
  people: (
    <>
      <circle cx="6" cy="5.4" r="2.4" />
      <path d="M1.6 13.4c.3-2.6 2-4 4.4-4s4.1 1.4 4.4 4M10.4 3.2a2.4 2.4 0 0 1 0 4.4M12 9.8c1.4.6 2.2 1.8 2.4 3.6" />
    </>
  ),
  member: (
    <>
      <circle cx="8" cy="5.2" r="2.6" />
      <path d="M2.8 13.8c.3-2.9 2.2-4.4 5.2-4.4s4.9 1.5 5.2 4.4" />
    </>
  ),
  list: <path d="M5.6 4h8M5.6 8h8M5.6 12h8M2.6 4v.1M2.6 8v.1M2.6 12v.1" />,
  import: <path d="M8 1.8v7M5 6l3 3 3-3M2.2 9.6v3a1.2 1.2 0 0 0 1.2 1.2h9.2a1.2 1.2 0 0 0 1.2-1.2v-3" />,
  menu: <path d="M2.4 4h11.2M2.4 8h11.2M2.4 12h11.2" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  back: <path d="m10 3.6L5.6 8l4.4 4.4" />,
  pencil: <path d="m10.6 2.6 2.8 2.8-7.8 7.8-3.4.6.6-3.4z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="m10.4 10.4 3.4 3.4" />
    </>
  ),
  up: <path d="M8 13V3M4.2 6.8 8 3l3.8 3.8" />,
  sunk: <path d="M8 3v10M4.2 9.2 8 13l3.8-3.8" />,
  sync: <path d="M13.4 6.4A5.6 5.6 0 0 0 3.2 5.2M2.6 9.6a5.6 5.6 0 0 0 10.2 1.2M3 2.2v3.2h3.2M13 13.8v-3.2H9.8" />,
  undo: <path d="M5.4 2.8 2.2 6l3.2 3.2M2.4 6h7a3.9 3.9 0 0 1 0 7.8H6.4" />,
  redo: <path d="M10.6 2.8 13.8 6l-3.2 3.2M13.6 6h-7a3.9 3.9 0 0 0 0 7.8h3" />,
  minus: <path d="M3.6 8h8.8" />,
  link: (
    <path d="M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.6-2.6a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.1 9.2a2.6 2.6 0 0 0 3.7 3.7l.8-.8" />
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="3" />
      <path d="m7.4 8.6 6-6M10.6 5.4l2.2 2.2" />
    </>
  ),
  sheet: (
    <>
      <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1.8" />
      <path d="M2.2 6.2h11.6M2.2 10h11.6M6.6 6.2v7.6" />
    </>
  ),
  paste: (
    <>
      <rect x="3" y="2.8" width="10" height="11.4" rx="1.6" />
      <path d="M6 2.8V1.6h4v2.6H6zM5.8 8h4.4M5.8 10.8h2.8" />
    </>
  ),
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside a word; it says nothing by itself. `tone` is a tone class: ok, warn, bad, ask, accent, faint. */
export function Icon({ name, tone }: { readonly name: IconName; readonly tone?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" class={tone}>
      {PATHS[name]}
    </svg>
  );
}

/** The mark of Leadline: a sounding weight on its line. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 1.2v7M10 2.6h3.2M10 5.6h2" />
      <path d="M10 8.2 14.6 11 10 18.8 5.4 11z" fill="currentColor" />
    </svg>
  );
}

/** The weight that marks the current step. */
export function Weight() {
  return (
    <svg viewBox="0 0 12 16" aria-hidden="true">
      <path d="M5.4 0h1.2v4.2h-1.2z" />
      <path d="M6 4 10.6 6.8 6 15.4 1.4 6.8z" />
    </svg>
  );
}

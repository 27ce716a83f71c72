/** Google's partial answers: `a.b,c(d,e/f)`. https://developers.google.com/workspace/sheets/api/guides/field-masks */
export type FieldMask = Map<string, FieldMask | 'all'>;

/** Null when the mask is none: Google answers 400 then. */
export function readFieldMask(text: string): FieldMask | null {
  let at = 0;
  function list(): FieldMask | null {
    const mask: FieldMask = new Map();
    for (;;) {
      const names: string[] = [];
      do {
        const name = /^[A-Za-z_*]+/.exec(text.slice(at))?.[0];
        if (!name) return null;
        names.push(name);
        at += name.length;
      } while ((text[at] === '.' || text[at] === '/') && ++at);
      let below: FieldMask | 'all' = 'all';
      if (text[at] === '(') {
        at++;
        const inner = list();
        if (!inner || text[at] !== ')') return null;
        at++;
        below = inner;
      }
      add(mask, names, below);
      if (text[at] !== ',') return mask;
      at++;
    }
  }
  const mask = list();
  return mask && at === text.length ? mask : null;
}

function add(mask: FieldMask, [name = '', ...rest]: readonly string[], below: FieldMask | 'all'): void {
  const before = mask.get(name);
  if (before === 'all') return;
  if (rest.length === 0) {
    if (below === 'all' || !before) mask.set(name, below);
    else for (const [inner, deeper] of below) before.set(inner, deeper);
    return;
  }
  const inner = before ?? new Map();
  mask.set(name, inner);
  add(inner, rest, below);
}

/** The part of a value that the mask names. A name the value's type does not have goes unnoticed here. */
export function applyFieldMask(value: unknown, mask: FieldMask | 'all'): unknown {
  if (mask === 'all') return value;
  if (Array.isArray(value)) return value.map((item) => applyFieldMask(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const below = mask.get(name) ?? mask.get('*');
    return below ? [[name, applyFieldMask(inner, below)] as const] : [];
  });
  return Object.fromEntries(kept);
}

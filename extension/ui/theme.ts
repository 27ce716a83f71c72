import type { Theme } from '../platform/settings.ts';

/** Puts a theme on the page: `system` leaves it to the browser. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The other one of what is on screen now. */
export function otherTheme(): Theme {
  const shown = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  return shown === 'dark' ? 'light' : 'dark';
}

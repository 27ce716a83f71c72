import { browser } from './browser.ts';

/** What the toolbar shows of the outbox. */
export type BadgeState =
  | { readonly kind: 'none' }
  /** Share of rows acknowledged, 0 to 1. */
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'needsYou' }
  | { readonly kind: 'sheetNeedsYou' }
  | { readonly kind: 'done' };

type Look = { readonly text: string; readonly colour: string; readonly title: string };

/** Four characters at most fit; the colours are the fills of the design's tokens in their light form. */
const BLUE = '#2454d6';
const RED = '#b3231b';
const GREEN = '#1d7a45';
const GREY = '#5b6472';

/** Text, colour and tooltip for a state. */
export function badgeLook(state: BadgeState): Look {
  switch (state.kind) {
    case 'none':
      return { text: '', colour: BLUE, title: 'Leadline' };
    case 'sending': {
      // 100 % is said by the receipt only.
      const percent = Math.min(99, Math.floor(state.share * 100));
      return { text: `${percent}%`, colour: BLUE, title: `Leadline: importing, ${percent} %` };
    }
    case 'waiting':
      return { text: '…', colour: GREY, title: 'Leadline: waiting for the server' };
    case 'paused':
      return { text: 'II', colour: GREY, title: 'Leadline: import paused' };
    case 'needsYou':
      return { text: '!', colour: RED, title: 'Leadline: the import needs you' };
    case 'sheetNeedsYou':
      return { text: '!', colour: RED, title: 'Leadline: a linked sheet needs you' };
    case 'done':
      return { text: '✓', colour: GREEN, title: 'Leadline: import done, open the receipt' };
  }
}

/** Shows a state on the toolbar. */
export async function showBadge(state: BadgeState): Promise<void> {
  const look = badgeLook(state);
  await Promise.all([
    browser.action.setBadgeText({ text: look.text }),
    browser.action.setBadgeBackgroundColor({ color: look.colour }),
    browser.action.setTitle({ title: look.title }),
  ]);
}

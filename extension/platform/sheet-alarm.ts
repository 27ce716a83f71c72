import { browser } from './browser.ts';

const ALARM = 'sheets';

/** Rings when a linked sheet is due (ms since the epoch); null = none is. It is lost when the browser closes. */
export async function setSheetAlarm(when: number | null): Promise<void> {
  if (when === null) await browser.alarms.clear(ALARM);
  else await browser.alarms.create(ALARM, { when });
}

/** Calls `listener` when a linked sheet is due. */
export function onSheetAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) listener();
  });
}

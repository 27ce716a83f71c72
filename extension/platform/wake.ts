import { browser } from './browser.ts';
import { sendMessage } from './messages.ts';

const ALARM = 'outbox';
/** Rings once and is never taken back: a background that finds nothing yet must not forget what is being written. */
const CLICK_ALARM = 'click';
/** The shortest period a browser grants. */
const PERIOD_MINUTES = 0.5;

/** From here on the background is woken every half minute until nothing is left to do, whoever dies meanwhile. */
export async function setOutboxAlarm(): Promise<void> {
  await browser.alarms.create(ALARM, { periodInMinutes: PERIOD_MINUTES });
}

/** Nothing is left to do. */
export async function clearOutboxAlarm(): Promise<void> {
  await browser.alarms.clear(ALARM);
}

/** Calls `listener` when an alarm of ours rings. */
export function onOutboxAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM || alarm.name === CLICK_ALARM) listener();
  });
}

/** Rouses the background in half a minute, whatever becomes of this page: a popup may close in the moment of a click. */
export async function wakeLater(): Promise<void> {
  await browser.alarms.create(CLICK_ALARM, { delayInMinutes: PERIOD_MINUTES });
}

/** There is work in the outbox: rouses the background now, and again if it does not come through. */
export async function wakeBackground(): Promise<void> {
  await setOutboxAlarm();
  await sendMessage({ kind: 'wake' });
}

import { browser } from './browser.ts';
import { sendMessage } from './messages.ts';

const ALARM = 'outbox';
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

/** Calls `listener` when the alarm rings. */
export function onOutboxAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) listener();
  });
}

/** There is work in the outbox: rouses the background now, and again if it does not come through. */
export async function wakeBackground(): Promise<void> {
  await setOutboxAlarm();
  await sendMessage({ kind: 'wake' });
}

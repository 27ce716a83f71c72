import { RETENTION } from '#shared/limits.ts';
import type { CallMeter } from './crm/call-meter.ts';
import { type SyncClock, TICK_MS } from './crm/schedule.ts';
import type { Listening } from './http/listen.ts';
import type { Backend } from './leads/backend.ts';
import { fieldsOfException, type Log, type LogEvent } from './log.ts';

/** What a server does by itself while it runs, and when it is told to stop. */

/** Requests under way may take so long to finish when the server is told to stop. */
const STOP_GRACE_MS = 8_000;
/** Calls of the last seconds may be lost when the server is killed. */
const COUNT_MS = 5_000;
const HOUSEKEEPING_MS = 60 * 60 * 1_000;

/** Ends the process on a signal or when its launcher is gone, once what is under way is done; also on what nobody caught. */
export function stopOnSignal(listening: Listening, meter: CallMeter, backend: Backend, log: Log): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(1); // told twice: at once
    isStopping = true;
    await listening.close(STOP_GRACE_MS);
    await meter.flush().catch((exception: unknown) => log.error('calls not counted', fieldsOfException(exception)));
    await backend.store.close();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.send) process.on('disconnect', stop); // the launcher is gone
  const die = (exception: unknown) => {
    log.error('request failed', fieldsOfException(exception));
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}

/** Once an hour: what has been kept long enough goes, and what was deleted is overwritten on disk. */
export function keepHouse(backend: Backend, log: Log): void {
  const clean = async () => {
    try {
      await backend.store.forgetOriginals(backend.now() - RETENTION.originalsMs);
      await backend.store.checkpoint();
      log.debug('housekeeping done');
    } catch (exception) {
      log.error('housekeeping failed', fieldsOfException(exception)); // tried again in an hour
    }
  };
  setInterval(clean, HOUSEKEEPING_MS).unref();
}

/** Looks now and then which connections are due, and keeps count of their calls on disk. */
export function keepInStep(clock: SyncClock, meter: CallMeter, log: Log): void {
  const failed = (event: LogEvent) => (exception: unknown) => log.error(event, fieldsOfException(exception));
  setInterval(() => clock.tick().catch(failed('sync failed')), TICK_MS).unref();
  setInterval(() => meter.flush().catch(failed('calls not counted')), COUNT_MS).unref();
}

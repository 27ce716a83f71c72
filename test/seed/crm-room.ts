import { get } from 'node:http';
import type { TestServer } from '../support/start-server.ts';

/** Somebody who signs in at the CRM and says yes: the browser is led back to the server. */
export async function sayYes(server: TestServer, address: string): Promise<void> {
  const back = await new Promise<string>((resolve) => {
    get(address, (answer) => resolve(answer.resume().headers.location ?? ''));
  });
  const { pathname, search } = new URL(back);
  const page = await server.ask(`${pathname}${search}`, { key: null });
  if (page.status !== 200) throw new Error(await page.text());
}

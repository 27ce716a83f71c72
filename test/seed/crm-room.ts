import { get } from 'node:http';
import { type FakeSalesforce, startSalesforce } from '../support/salesforce/start-salesforce.ts';
import type { TestServer } from '../support/start-server.ts';

/** An org on this machine, and what a server must be told of it. */
export async function startOrg(now: () => number = Date.now): Promise<FakeSalesforce & { readonly env: Readonly<Record<string, string>> }> {
  const org = await startSalesforce({ now, redirects: ['http://localhost:8787/oauth/salesforce/callback'] });
  const env = {
    LEADLINE_SALESFORCE_AUTH_URL: org.url,
    LEADLINE_SALESFORCE_API_URL: org.url,
    LEADLINE_SALESFORCE_CLIENT_ID: org.auth.clientId,
    LEADLINE_SALESFORCE_CLIENT_SECRET: org.auth.clientSecret,
  };
  return { ...org, env };
}

/** Somebody who signs in at the CRM and says yes: the browser is led back to the server. */
export async function sayYes(server: TestServer, address: string): Promise<void> {
  const back = await new Promise<string>((resolve) => {
    get(address, (answer) => resolve(answer.resume().headers.location ?? ''));
  });
  const { pathname, search } = new URL(back);
  const page = await server.ask(`${pathname}${search}`, { key: null });
  if (page.status !== 200) throw new Error(await page.text());
}

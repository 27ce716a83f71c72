import type { Page } from 'puppeteer-core';
import type { FirefoxBrowser } from '../support/firefox.ts';

/** Walks our pages in Firefox as a person does: by the names of the buttons. */

/** A page behind another one draws nothing, so it is not asked when it draws. */
const POLL_MS = 100;

/** Pairs the browser on the options page with a code the server printed. */
export async function pairFirefox(firefox: FirefoxBrowser, address: string, code: string): Promise<void> {
  const options = await firefox.openPage('options.html');
  await fill(options, '#server-address', address);
  await fill(options, '#pair-code', code);
  await clickButton(options, /^Pair$/);
  await waitForText(options, 'Connected');
}

/** The tab that was not there before, by its title: its address cannot be seen from outside. */
export async function newPage(firefox: FirefoxBrowser, before: ReadonlySet<Page>): Promise<Page> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const page = (await firefox.browser.pages()).find((candidate) => !before.has(candidate));
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no tab opened');
}

async function fill(page: Page, selector: string, text: string): Promise<void> {
  const input = await page.waitForSelector(selector);
  await page.$eval(selector, (element) => {
    (element as HTMLInputElement).value = ''; // the selector names an input
  });
  await input?.type(text);
}

/** Waits until the button is there and not busy or off, then clicks it. */
export async function clickButton(page: Page, name: RegExp): Promise<void> {
  const handle = await page.waitForFunction(
    (pattern) =>
      [...document.querySelectorAll('button')].find(
        (button) =>
          new RegExp(pattern).test(button.innerText.trim()) &&
          button.getAttribute('aria-busy') !== 'true' &&
          button.getAttribute('aria-disabled') !== 'true',
      ),
    { timeout: 60_000, polling: POLL_MS },
    name.source,
  );
  await (handle as unknown as { click(): Promise<void> }).click(); // the function gives a button
}

/** Waits until the page says this. */
export async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: 90_000, polling: POLL_MS }, text);
}

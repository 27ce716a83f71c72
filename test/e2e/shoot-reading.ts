import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { makeWorkbook } from '../fixtures/make-workbook.ts';
import type { Shoot } from './take-pictures.ts';

/** Files that ask something of a person while they are read or mapped, for pictures. All people are invented. */

const REPORT = [
  'Spring roadshow: who came,,,,,,',
  'Exported 18 May 2026 09:12,,,,,,',
  '',
  'Name,E-mail,Phone,Company,Signed up,Score,Came',
  'Maya Lindqvist,maya.lindqvist@example.com,(202) 555-0143 / (202) 555-0144,Brightwater Labs,03/04/2025,41,yes',
  'JosÃ© GarcÃ­a,jose.garcia@example.com,202.555.0117 x12,Halden Robotics,05/04/2025,37,yes',
  'Dr. Nadia Okafor,nadia.okafor@example.com,+1 202 555 0186,Tidewell Health,07/06/2025,12,no',
  'Name,E-mail,Phone,Company,Signed up,Score,Came',
  'Chloé Fournier,chloe.fournier@example.com,2025550142,Marlow Freight,01/02/2025,8,yes',
  'Samuel Adeyemi,s.adeyemi@example.com,2025550122,Osprey Analytics,11/12/2025,90,yes',
  'Total,5,,,,188,',
];
const TWO_TABLES = [
  'Host Details,,,,,',
  'User Name (Original Name),Email,Join Time,Leave Time,,',
  'Ann Lee,ann@example.com,2026-01-31 16:55,2026-01-31 18:00,,',
  'Attendee Details,,,,,',
  'First Name,Last Name,Email,Phone,Registration Time,Country',
  'Eve,Fox,eve@example.com,+1 415 555 0101,2026-01-20 09:00,Ireland',
  'Zoë,Brandt,zoe@example.com,,2026-01-21 09:00,Austria',
  'Tom,Hill,tom@example.com,,2026-01-22 09:00,Norway',
];
/** In Windows-1250, and too short to be sure of it. */
const CZECH = Buffer.from('Name;City\nNov\xe1k;Plze\xf2\nKov\xe1\xf8;Brno\n', 'latin1');
const WORKBOOK = makeWorkbook({
  sheets: [
    {
      name: 'People',
      rows: [
        ['First name', 'Last name', 'Email', 'Phone', 'Company'],
        ['Maya', 'Lindqvist', 'maya.lindqvist@example.com', '+1 202 555 0143', 'Brightwater Labs'],
        { cells: ['Tobias', 'Brandt', 'tobias.brandt@example.com', '+1 202 555 0117', 'Halden Robotics'], hidden: true },
        ['Nadia', 'Okafor', 'nadia.okafor@example.com', '+1 202 555 0186', 'Tidewell Health'],
      ],
    },
    { name: 'Old', state: 'hidden', rows: [['Email'], ['old@example.com']] },
    { name: 'Companies', rows: [['Company', 'City', 'Country'], ...[1, 2, 3].map((number) => [`Company ${number}`, 'Oslo', 'Norway'])] },
  ],
});

/** From the start screen and back to it. `work` is a folder for the files. */
export async function shootReading(page: Page, work: string, shoot: Shoot): Promise<void> {
  const choose = async (name: string, content: string | Uint8Array, heading: RegExp) => {
    writeFileSync(join(work, name), content);
    await page.locator('input[type=file]').first().setInputFiles(join(work, name));
    await page.getByRole('heading', { name: heading }).waitFor();
  };
  await page.getByRole('button', { name: /^Paste a range/ }).click();
  await shoot(page, 'start-paste');
  await choose('czech.csv', CZECH, /^2 rows/);
  await shoot(page, 'read-encoding');
  await choose('webinar.csv', TWO_TABLES.join('\n'), /^3 rows/);
  await shoot(page, 'read-tables');
  await choose('people.xlsx', WORKBOOK, /^3 rows, 5 columns/);
  await shoot(page, 'read-workbook');
  await choose('roadshow.csv', `${REPORT.join('\n')}\n`, /^5 rows/);
  await page.getByRole('button', { name: /^Skipped/ }).click();
  await page.getByText('1 total', { exact: true }).click();
  await shoot(page, 'read-report');
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page.getByRole('heading', { name: /^Match \d/ }).waitFor();
  await page.getByRole('button', { name: 'Company also into a second field' }).click();
  await page.getByLabel('Second field for Company', { exact: true }).selectOption('notes');
  await page.getByRole('button', { name: 'Add a fixed value' }).click();
  await page.getByLabel('Field', { exact: true }).selectOption('tags');
  await page.getByLabel('Value for every row').fill('roadshow');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Field for Score', { exact: true }).selectOption('phone');
  await page.getByRole('button', { name: 'Rename the custom field for Came' }).click();
  await shoot(page, 'map-report');
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('button', { name: 'Choose file' }).waitFor();
}

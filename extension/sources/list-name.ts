/** The server takes 200 characters. */
const MAX_CHARS = 200;

/**
 * A name for a new list out of a file's name and today: `webinar_attendees-q4 (2).csv` on 4 May 2026 becomes
 * "Webinar attendees q4, 4 May 2026". `now` is in ms; the day is the user's own.
 */
export function proposeListName(fileName: string, now: number): string {
  const words = fileName
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/\(\d+\)\s*$/, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(now);
  const name = words === '' ? 'Leads' : words.charAt(0).toUpperCase() + words.slice(1);
  return `${name.slice(0, MAX_CHARS - day.length - 2)}, ${day}`;
}

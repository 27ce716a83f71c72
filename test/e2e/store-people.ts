import type { SpawnedServer } from '../support/start-server.ts';

/** Calls a server by its first key; gives the JSON of its answer. */
export async function callServer(server: SpawnedServer, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const COMPANIES = ['Brightwater Labs', 'Halden Robotics', 'Tidewell Health', 'Marlow Freight', 'Osprey Analytics'];
const JOBS = ['Head of Sales', 'Procurement', 'VP Operations', 'Founder', 'Fleet Manager', 'Directrice commerciale'];

/** Stores `count` invented people, Person 0 first; the first 500 are in the list "Spring fair", the others in the default one. */
export async function storePeople(server: SpawnedServer, count: number): Promise<void> {
  const list = await callServer(server, 'POST', '/api/lists', { name: 'Spring fair' });
  const people = Array.from({ length: count }, (_, index) => ({
    firstName: 'Person',
    lastName: String(index),
    email: `person${index}@example.com`,
    phone: `+1202555${String(index).padStart(4, '0')}`,
    companyName: COMPANIES[index % COMPANIES.length],
    jobTitle: JOBS[index % JOBS.length],
    tags: index % 3 === 0 ? ['webinar', 'freight'] : [],
    customFields: [
      { label: 'City', value: 'Bonn' },
      { label: 'Fleet size', value: String(index) },
    ],
  }));
  await callServer(server, 'POST', '/api/leads', { leads: people.slice(0, 500), listId: list.id, source: 'csv' });
  await callServer(server, 'POST', '/api/leads', { leads: people.slice(500), source: 'csv' });
}

import { expect, test } from 'vitest';
import { splitFullName } from '#shared/lead/name.ts';

test.each([
  ['María José García López', 'María José', 'García López'],
  ['Juan Pérez Gómez', 'Juan', 'Pérez Gómez'],
  ['Ana Torres Vidal', 'Ana', 'Torres Vidal'],
  ['Luis de la Cruz Soler', 'Luis', 'de la Cruz Soler'],
  ['Mary Ann Smith', 'Mary Ann', 'Smith'],
  ['Ana García', 'Ana', 'García'],
  ['García López', 'García', 'López'],
  ['Pérez Gómez, Juan', 'Juan', 'Pérez Gómez'],
])('both surnames are the last name: %s', (text, firstName, lastName) => {
  expect(splitFullName(text)).toMatchObject({ firstName, lastName });
});

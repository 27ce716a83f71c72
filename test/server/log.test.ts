import { describe, expect, test } from 'vitest';
import { createLog, fieldsOfException, type LogFields } from '../../server/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  write(createLog('trace', { write: (line: string) => lines.push(line) }));
  return lines;
}

describe('a log line', () => {
  test('holds what is allowed', () => {
    const [line = ''] = logged((log) =>
      log.info('request', { method: 'GET', route: '/api/leads/:id', status: 200, ms: 3, requestId: 'r1' }),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      msg: 'request',
      method: 'GET',
      route: '/api/leads/:id',
      status: 200,
      ms: 3,
      requestId: 'r1',
    });
  });
  test('drops every field that nobody allowed', () => {
    const [line = ''] = logged((log) => log.info('request', { status: 200, email: 'ann@example.com', body: { name: 'Ann' } } as LogFields));
    expect(line).not.toContain('ann@example.com');
    expect(line).not.toContain('Ann');
  });
  test('tells of an exception where it was, never what it said', () => {
    const exception = Object.assign(new SyntaxError('Unexpected token in "ann@example.com"'), { code: 'E_PARSE' });
    const [line = ''] = logged((log) => log.error('request failed', fieldsOfException(exception)));
    expect(line).not.toContain('ann@example.com');
    expect(JSON.parse(line)).toMatchObject({ errorName: 'SyntaxError', errorCode: 'E_PARSE' });
    expect(line).toContain('log.test');
  });
  test('a message over several lines does not pass as a place', () => {
    const exception = new Error('first\n    at ann@example.com (555)');
    const [line = ''] = logged((log) => log.error('request failed', fieldsOfException(exception)));
    expect(line).not.toContain('ann@example.com');
  });
});

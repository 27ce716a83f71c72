import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onMessage, readMessage, sendMessage } from '../../../extension/platform/messages.ts';

beforeEach(() => fakeBrowser.reset());

/** Registers our listener and gives the way to say something to it as `senderId`. */
function listen(heard: (message: unknown) => void) {
  const listeners: ((message: unknown, sender: { id: string }, answer: (value: unknown) => void) => unknown)[] = [];
  vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener) => void listeners.push(listener as never));
  onMessage(heard);
  vi.restoreAllMocks();
  return (message: unknown, senderId: string): unknown => {
    let answer: unknown = 'nothing';
    for (const listener of listeners)
      listener(message, { id: senderId }, (value) => {
        answer = value;
      });
    return answer;
  };
}

test('a page wakes the background, which answers at once', () => {
  const heard = vi.fn();
  expect(listen(heard)({ kind: 'wake' }, fakeBrowser.runtime.id)).toBe('heard');
  expect(heard).toHaveBeenCalledWith({ kind: 'wake' });
});

test('nobody listening is no error: the next start looks into the outbox', async () => {
  expect(await sendMessage({ kind: 'wake' })).toBe(false);
});

test.each([[null], ['wake'], [{}], [{ kind: 'send', to: 'https://evil.example' }], [[]]])('%j is not a message of ours', (raw) => {
  expect(readMessage(raw)).toBeNull();
});

test('fields nobody asked for are not taken over', () => {
  expect(readMessage({ kind: 'wake', address: 'https://evil.example' })).toEqual({ kind: 'wake' });
});

test('another extension is not heard, and not answered', () => {
  const heard = vi.fn();
  expect(listen(heard)({ kind: 'wake' }, 'another-extension')).toBe('nothing');
  expect(heard).not.toHaveBeenCalled();
});

import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { serverFailure } from '#shared/api/server-failure.ts';
import { ConfirmNumber, isSameNumber, questionOf } from '../../../../../extension/ui/workspace/connections/confirm-number.tsx';

afterEach(cleanup);

describe('many new records in the CRM', () => {
  test('are made only once their number is typed', () => {
    const did: string[] = [];
    render(
      <ConfirmNumber
        what="creates"
        number={1_200}
        crm="HubSpot"
        isBusy={false}
        onConfirm={() => did.push('confirm')}
        onCancel={() => did.push('cancel')}
      />,
    );
    const make = screen.getByRole('button', { name: 'Make 1,200 records' });
    fireEvent.click(make);
    fireEvent.input(screen.getByLabelText('Type 1,200 to allow it'), { target: { value: '1201' } });
    fireEvent.click(make);
    expect(did).toEqual([]);
    fireEvent.input(screen.getByLabelText('Type 1,200 to allow it'), { target: { value: '1200' } });
    fireEvent.click(make);
    expect(did).toEqual(['confirm']);
    fireEvent.click(screen.getByRole('button', { name: 'Make none' }));
    expect(did).toEqual(['confirm', 'cancel']);
  });

  test.each([
    ['1200', true],
    ['1,200', true],
    [' 1 200 ', true],
    ['120', false],
    ['', false],
    ['0x4B0', false],
    ['-1200', false],
  ])('“%s” is that number: %s', (text, isSame) => {
    expect(isSameNumber(text, 1_200)).toBe(isSame);
  });

  test('deletions are asked about alike, and both sides are named', () => {
    render(<ConfirmNumber what="removals" number={30} crm="HubSpot" isBusy={false} onConfirm={() => {}} onCancel={() => {}} />);
    expect(screen.getByRole('alert').textContent).toContain('leads whose records are gone in HubSpot');
    expect(screen.getByRole('button', { name: 'Delete 30' })).toBeTruthy();
  });

  test('fields that would be emptied are asked about alike', () => {
    render(<ConfirmNumber what="clears" number={30} crm="HubSpot" isBusy={false} onConfirm={() => {}} onCancel={() => {}} />);
    expect(screen.getByRole('alert').textContent).toContain('empty 30 fields in HubSpot');
    expect(screen.getByRole('button', { name: 'Empty 30 fields' })).toBeTruthy();
  });

  test.each([
    ['crm_creates', { what: 'creates', number: 120 }],
    ['crm_removals', { what: 'removals', number: 120 }],
    ['crm_clears', { what: 'clears', number: 120 }],
    ['other', null],
  ])('a number is asked for only where the server wants it: %s', (about, question) => {
    expect(questionOf(serverFailure('conflict', { details: [{ about, count: 120 }] }))).toEqual(question);
    expect(questionOf(serverFailure('conflict'))).toBeNull();
  });
});

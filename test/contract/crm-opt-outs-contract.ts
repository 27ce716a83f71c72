import { expect, test } from 'vitest';
import { OPT_OUT_KINDS, type OptOutKind } from '../../shared/crm/record.ts';
import { unwrap } from '../support/crm-answers.ts';
import type { contractRecords } from './contract-records.ts';
import type { CrmWorld } from './crm-world.ts';

/** What every adapter keeps of opt-outs; a part of `crmContract`. */
export function optOutContract(world: () => CrmWorld, { add, readOne }: ReturnType<typeof contractRecords>): void {
  test('an opt-out is told with the record, whoever wrote it; written twice it is the same', async () => {
    const { crm, type, people } = world();
    const [theirs = '', ours = ''] = (await add(2)).ids;
    await people.optOut?.(theirs);
    if (people.optOut) expect((await readOne(theirs)).optOut.email).toBe(true);
    for (const id of [ours, ours, theirs])
      expect(await crm.writeOptOuts(type, [{ id, kinds: ['email'] }])).toMatchObject([{ kind: 'written', opId: id }]);
    expect((await readOne(ours)).optOut).toMatchObject({ email: true, phone: false });
  });

  test('each kind of refusal is told by itself or with the other, and one that the CRM has no word for fails alone', async () => {
    const { crm, type } = world();
    const sayable = unwrap(await crm.optOutKinds(type));
    const kindsOf: readonly (readonly OptOutKind[])[] = [['phone'], ['email'], OPT_OUT_KINDS];
    const items = (await add(3)).ids.map((id, index) => ({ id, kinds: kindsOf[index] ?? [] }));
    const taken = items.map(({ kinds }) => kinds.every((kind) => sayable.includes(kind)));
    const told = (await crm.writeOptOuts(type, items)).map(({ opId, kind }) => [opId, kind]);
    expect(told).toEqual(items.map(({ id }, index) => [id, taken[index] ? 'written' : 'failed']));
    for (const [index, { id, kinds }] of items.entries()) {
      const [email, phone] = OPT_OUT_KINDS.map((kind) => taken[index] === true && kinds.includes(kind));
      expect((await readOne(id)).optOut).toMatchObject({ email, phone });
    }
  });
}

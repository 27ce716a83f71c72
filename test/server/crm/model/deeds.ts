import { createAdmin } from './admin.ts';
import type { Scene } from './ledger.ts';
import type { RemoteRecord } from './remote-records.ts';
import { EMAILS, FIELDS, FIELDS_THERE } from './settings.ts';
import type { Deed } from './story.ts';

/** What people do in a world, and what is thereby theirs to lose. */
export function createDeeds(scene: Scene) {
  const { store, people, workspace, connection, remote, ledger } = scene;
  const setUp = createAdmin(scene);
  const { fresh, forget, replace } = ledger;
  const nth = <T>(items: readonly T[], index: number): T | undefined => (items.length === 0 ? undefined : items[index % items.length]);
  const live = () => remote.live();
  const hidden = new Set<string>();

  const doDeed = async (deed: Deed): Promise<void> => {
    ledger.wait(1);
    const leads = await people.listLeads();
    switch (deed.kind) {
      case 'add_here': {
        const email = EMAILS[deed.email];
        if (email && (await people.suppressed()).includes(email)) return;
        if (leads.length >= 3 || (email && leads.some(({ lead }) => lead.email === email))) return;
        const id = await people.addLead({ firstName: fresh(), jobTitle: fresh(), ...(email ? { email } : {}) });
        ledger.madeByHand.add(id);
        ledger.changedHere.set(`${id} hand`, ledger.now());
        return;
      }
      case 'add_there': {
        const email = EMAILS[deed.email];
        const type = deed.isLead ? 'lead' : 'contact';
        if (live().length >= 3 || (email && remote.holderOf(email, type))) return;
        ledger.tally.edits += 1;
        remote.user.add(new Map([['firstName', fresh()], ['jobTitle', fresh()], ...(email ? [['email', email] as const] : [])]), type);
        return;
      }
      case 'edit_here': {
        const known = nth(leads, deed.who);
        const field = FIELDS[deed.field] ?? 'jobTitle';
        if (!known) return;
        const { [field]: old, ...rest } = known.lead;
        const isCleared = deed.clears && field === 'jobTitle';
        if (isCleared) forget([old]);
        else replace(old);
        ledger.tally.edits += 1;
        if (field === 'jobTitle' && (old !== undefined || !isCleared)) ledger.changedHere.set(`${known.id} hand`, ledger.now());
        await people.editLead(known.id, isCleared ? rest : { ...rest, [field]: fresh() }, ledger.now());
        return;
      }
      case 'edit_there': {
        const record = nth(live(), deed.who);
        const field = FIELDS_THERE[deed.field] ?? 'jobTitle';
        if (!record) return;
        const isCleared = deed.clears && field !== 'firstName';
        if (isCleared) forget([record.values.get(field)]);
        else replace(record.values.get(field));
        ledger.tally.edits += 1;
        if (isCleared) ledger.tally.clearedThere += 1;
        remote.user.edit(record, field, isCleared ? '' : fresh());
        return;
      }
      case 'delete_here': {
        const known = nth(leads, deed.who);
        if (!known) return;
        forget(FIELDS.map((field) => known.lead[field]));
        const others = new Set(leads.map(({ id }) => id));
        ledger.deletedHere.set(known.id, others);
        await forgetConflicts(known.id);
        for (const link of await people.listAllLinks()) if (link.leadId === known.id) ledger.deletedHere.set(link.remoteId, others);
        for (const [remoteId, { leadId }] of ledger.movedOn) if (leadId === known.id) ledger.deletedHere.set(remoteId, others);
        await people.deleteLead(known.id);
        return;
      }
      case 'archive':
      case 'purge': {
        const record = nth(live(), deed.who);
        if (!record) return;
        forget(record.values.values());
        for (const entries of record.history.values()) forget(entries.map(({ value }) => value)); // with all that is under them
        remote.user[deed.kind](record);
        if (deed.kind === 'purge') ledger.tally.purges += 1;
        // A contact that is gone says no more what it took over from a lead, nor whether a lead that became another was it, too.
        if (record.type === 'contact' && remote.crm.traits.types.includes('lead')) ledger.tally.metAnew += 1;
        return;
      }
      case 'restore': {
        const record = nth(
          [...remote.records.values()].filter(({ state }) => state === 'archived'),
          deed.who,
        );
        if (!record || remote.holderOf(record.values.get('email'), record.type)) return;
        if (record.key !== '' && live().some(({ key, type }) => key === record.key && type === record.type)) return;
        remote.user.restore(record);
        return;
      }
      case 'suppress': {
        const email = nth(leads, deed.who)?.lead.email;
        if (email) await people.suppress('email', email, ledger.now());
        return;
      }
      case 'opt_out': {
        const record = nth(live(), deed.who);
        if (record) remote.user.optOut(record);
        return;
      }
      case 'merge': {
        const first = nth(live(), deed.who);
        const second = nth(live(), deed.other);
        if (!first || !second || first === second || first.type !== second.type) return;
        mergeThere(first, second);
        return;
      }
      case 'convert': {
        const lead = nth(remote.live('lead'), deed.who);
        // Of a contact whose lead was hidden nothing says who it was: it is met as somebody new.
        if (!lead || hidden.has(lead.id)) return;
        convertThere(lead, (deed.into > 0 && nth(remote.live('contact'), deed.into - 1)) || null);
        return;
      }
      case 'hide': {
        const record = nth(live(), deed.who);
        if (!record) return;
        remote.user.hide(record);
        hidden.add(record.id);
        return;
      }
      case 'share':
        hidden.clear();
        return remote.user.share();
      case 'set_up':
        return setUp(deed);
    }
  };
  /** What is told of a lead goes with it. */
  const forgetConflicts = async (leadId: string) => {
    const conflicts = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items;
    for (const conflict of conflicts) if (conflict.leadId === leadId) forget([conflict.ours ?? undefined, conflict.theirs ?? undefined]);
    // Also what a write still under way lies on: nobody is left who could be told.
    const ids = (await people.listAllLinks()).flatMap((link) => (link.leadId === leadId ? [link.remoteId] : []));
    for (const id of ids)
      for (const [field, entries] of remote.records.get(id)?.history ?? [])
        forget(entries.map(({ value }) => value).filter((value) => value !== remote.records.get(id)?.values.get(field)));
  };
  const mergeThere = (first: RemoteRecord, second: RemoteRecord) => {
    // Who merges has seen both.
    for (const field of FIELDS_THERE) if (first.values.has(field)) forget([second.values.get(field)]);
    ledger.tally.edits += 2;
    remote.user.merge(first, second);
  };
  const convertThere = (lead: RemoteRecord, contact: RemoteRecord | null) => {
    // Who converts has seen both.
    for (const field of FIELDS_THERE) if (contact?.values.has(field)) forget([lead.values.get(field)]);
    ledger.tally.edits += 2;
    // Shown within the lag that the CRM names: who shows as a contact long before is met as somebody new, and nothing can tell.
    const { lagMs } = remote.seen;
    remote.seen.lagMs = Math.min(lagMs, remote.crm.traits.indexLagMs);
    remote.user.convert(lead, contact);
    remote.seen.lagMs = lagMs;
  };
  return { doDeed, forgetConflicts };
}

import { change, findRecord, insert, isLive, type Org, type OrgObject, type OrgValue, recordsOf } from './org.ts';

type Values = Readonly<Record<string, OrgValue>>;

/** What people do in the org itself. */
export function peopleOf(org: Org) {
  const need = (id: string): OrgObject => {
    const record = findRecord(org, id);
    if (!record) throw new Error(`there is no ${id}`);
    return record;
  };
  const addLead = (values: Values) =>
    insert(org, 'Lead', { LastName: 'Nobody', Company: 'Fernhill', Status: 'Open - Not Contacted', ...values }).id;
  const addContact = (values: Values) => insert(org, 'Contact', { LastName: 'Nobody', ...values }).id;
  const addPerson = (values: Values) => {
    const account = insert(org, 'Account', { Name: values.LastName ?? 'Nobody', IsPersonAccount: true }).id;
    const contact = insert(org, 'Contact', { LastName: 'Nobody', ...values, AccountId: account, IsPersonAccount: true }).id;
    change(org, need(account), { PersonContactId: contact });
    return { account, contact };
  };
  const addEmployee = (values: Values, company: OrgValue) => {
    const account = insert(org, 'Account', { Name: company }).id;
    return { account, contact: insert(org, 'Contact', { AccountId: account, ...values }).id };
  };
  return {
    addLead,
    addContact,
    /** Somebody who is an account of their own. */
    addPerson,
    /** Somebody at a company. */
    addEmployee,
    /** With the two statuses that every new campaign has; others come behind them. */
    addCampaign: (name: string, statuses: readonly (readonly [label: string, responds: boolean])[] = []) => {
      const campaign = insert(org, 'Campaign', { Name: name, IsActive: true }).id;
      for (const [index, [label, responds]] of [['Sent', false] as const, ['Responded', true] as const, ...statuses].entries())
        insert(org, 'CampaignMemberStatus', {
          CampaignId: campaign,
          Label: label,
          HasResponded: responds,
          IsDefault: index === 0,
          SortOrder: index + 1,
        });
      return campaign;
    },
    addMember: (campaign: string, person: string, status = 'Sent') => {
      const field = person.startsWith('00Q') ? 'LeadId' : 'ContactId';
      return insert(org, 'CampaignMember', { CampaignId: campaign, [field]: person, Status: status, HasResponded: status === 'Responded' })
        .id;
    },
    addOpportunity: (values: Values, contact: string, role = 'Decision Maker') => {
      const deal = insert(org, 'Opportunity', { StageName: 'Prospecting', CloseDate: '2026-12-31', ...values }).id;
      return { deal, role: insert(org, 'OpportunityContactRole', { OpportunityId: deal, ContactId: contact, Role: role }).id };
    },
    edit: (id: string, values: Values) => change(org, need(id), values),
    /** A campaign's memberships go with it. */
    remove: (id: string) => {
      change(org, need(id), { IsDeleted: true });
      for (const member of recordsOf(org, 'CampaignMember').values())
        if (member.values.get('CampaignId') === id) change(org, member, { IsDeleted: true });
    },
    restore: (id: string) => change(org, need(id), { IsDeleted: false }),
    /** Out of the recycle bin for good; the log of deletions tells of who was never in it, too. */
    purge: (id: string) => {
      if (isLive(need(id))) change(org, need(id), { IsDeleted: true });
      recordsOf(org, need(id).object).delete(id);
    },
    /** The loser goes to the recycle bin and names the winner; the winner keeps its values where it has some. */
    merge: (winnerId: string, loserId: string) => {
      const [winner, loser] = [need(winnerId), need(loserId)];
      const filled = [...loser.values].filter(([name, value]) => value !== null && (winner.values.get(name) ?? null) === null);
      change(org, winner, Object.fromEntries(filled.filter(([name]) => name !== 'Leadline_Id__c')));
      change(org, loser, { IsDeleted: true, MasterRecordId: winnerId });
      // What names the loser names the winner, and no stamp tells.
      for (const object of ['CampaignMember', 'OpportunityContactRole'] as const)
        for (const { values } of recordsOf(org, object).values())
          for (const field of ['LeadId', 'ContactId']) if (values.get(field) === loserId) values.set(field, winnerId);
    },
    /** The lead becomes a contact at an account, one who is there if named, and an opportunity if one is named. */
    convert: (leadId: string, opportunity?: string, known?: string) => {
      const lead = need(leadId);
      const value = (name: string) => lead.values.get(name) ?? null;
      const isPerson = org.habits.hasPersonAccounts && value('Company') === null;
      const kept = ['FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone', 'Description', 'HasOptedOutOfEmail', 'DoNotCall'];
      const values = Object.fromEntries(kept.map((name) => [name, value(name)]));
      const made = known === undefined ? (isPerson ? addPerson(values) : addEmployee(values, value('Company'))) : null;
      const contact = made?.contact ?? known ?? '';
      const account = made?.account ?? need(contact).values.get('AccountId') ?? null;
      // Who is there keeps what they have.
      if (!made)
        change(
          org,
          need(contact),
          Object.fromEntries(kept.flatMap((name) => (need(contact).values.get(name) == null ? [[name, value(name)]] : []))),
        );
      const deal = opportunity
        ? insert(org, 'Opportunity', {
            Name: opportunity,
            StageName: 'Prospecting',
            CloseDate: '2026-12-31',
            Amount: 12_000,
            Probability: 10,
            AccountId: account,
          }).id
        : null;
      if (deal) insert(org, 'OpportunityContactRole', { OpportunityId: deal, ContactId: contact, IsPrimary: true });
      change(org, lead, {
        IsConverted: true,
        Status: 'Closed - Converted',
        ConvertedContactId: contact,
        ConvertedAccountId: account,
        ConvertedOpportunityId: deal,
        ConvertedDate: new Date(org.now()).toISOString().slice(0, 10),
      });
      for (const member of recordsOf(org, 'CampaignMember').values())
        if (member.values.get('LeadId') === leadId) change(org, member, { ContactId: contact });
      return { contact, account, deal };
    },
    read: (id: string): Values => Object.fromEntries(need(id).values),
    live: (object: 'Lead' | 'Contact') =>
      [...recordsOf(org, object).values()].filter(isLive).map(({ values }) => Object.fromEntries(values)),
  };
}

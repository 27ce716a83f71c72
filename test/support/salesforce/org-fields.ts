/** The objects of the loopback org and their fields, in the words of describe. */

export type FieldDef = {
  readonly name: string;
  readonly label: string;
  readonly type:
    | 'id'
    | 'string'
    | 'textarea'
    | 'email'
    | 'phone'
    | 'boolean'
    | 'datetime'
    | 'date'
    | 'double'
    | 'currency'
    | 'percent'
    | 'int'
    | 'picklist'
    | 'multipicklist'
    | 'reference'
    | 'url';
  readonly length?: number;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  readonly isCustom?: boolean;
  readonly isUnique?: boolean;
  readonly picklist?: readonly string[];
  /** Values other than those of the picklist are refused. */
  readonly isRestricted?: boolean;
  /** There only where the org has person accounts. */
  readonly isOfPersons?: boolean;
  /** There only where the org has several currencies. */
  readonly isOfCurrencies?: boolean;
  /** There only where the org's `extras` name it. */
  readonly isExtra?: boolean;
  /** Of references: the object, and the name of the relationship. */
  readonly to?: readonly [object: ObjectName, relationship: string];
};
export const OBJECT_NAMES = [
  'User',
  'Lead',
  'Contact',
  'Account',
  'Campaign',
  'CampaignMember',
  'CampaignMemberStatus',
  'Opportunity',
  'OpportunityContactRole',
  'ListView',
] as const;
export type ObjectName = (typeof OBJECT_NAMES)[number];

const text = (name: string, label: string, length = 255, more: Partial<FieldDef> = {}): FieldDef => ({
  name,
  label,
  type: 'string',
  length,
  ...more,
});
const flag = (name: string, label: string, more: Partial<FieldDef> = {}): FieldDef => ({ name, label, type: 'boolean', ...more });
const reference = (name: string, label: string, to: FieldDef['to'], more: Partial<FieldDef> = {}): FieldDef => ({
  name,
  label,
  type: 'reference',
  ...(to ? { to } : {}),
  ...more,
});

const SYSTEM: readonly FieldDef[] = [
  { name: 'Id', label: 'Record ID', type: 'id', isReadOnly: true },
  flag('IsDeleted', 'Deleted', { isReadOnly: true }),
  { name: 'CreatedDate', label: 'Created Date', type: 'datetime', isReadOnly: true },
  { name: 'LastModifiedDate', label: 'Last Modified Date', type: 'datetime', isReadOnly: true },
  { name: 'SystemModstamp', label: 'System Modstamp', type: 'datetime', isReadOnly: true },
];
const OWNER = reference('OwnerId', 'Owner ID', ['User', 'Owner']);
const MASTER = reference('MasterRecordId', 'Master Record ID', undefined, { isReadOnly: true });
const CURRENCY: FieldDef = {
  name: 'CurrencyIsoCode',
  label: 'Currency ISO Code',
  type: 'picklist',
  picklist: ['EUR', 'USD'],
  isRestricted: true,
  isOfCurrencies: true,
};
const PERSON: readonly FieldDef[] = [
  CURRENCY,
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80, { isRequired: true }),
  text('Name', 'Full Name', 121, { isReadOnly: true }),
  text('Title', 'Title', 128),
  { name: 'Email', label: 'Email', type: 'email', length: 80 },
  { name: 'Phone', label: 'Phone', type: 'phone', length: 40 },
  { name: 'MobilePhone', label: 'Mobile Phone', type: 'phone', length: 40 },
  { name: 'Description', label: 'Description', type: 'textarea', length: 32_000 },
  flag('HasOptedOutOfEmail', 'Email Opt Out'),
  flag('DoNotCall', 'Do Not Call'),
  flag('HasOptedOutOfFax', 'Fax Opt Out'),
  text('Leadline_Id__c', 'Leadline Id', 64, { isCustom: true, isUnique: true }),
];

export const ORG_FIELDS: Readonly<Record<ObjectName, readonly FieldDef[]>> = {
  User: [...SYSTEM, text('Name', 'Full Name', 121), text('Alias', 'Alias', 8)],
  Lead: [
    ...SYSTEM,
    MASTER,
    OWNER,
    ...PERSON,
    text('Company', 'Company', 255, { isRequired: true }),
    {
      name: 'Status',
      label: 'Lead Status',
      type: 'picklist',
      picklist: ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      isRestricted: true,
    },
    { name: 'LeadSource', label: 'Lead Source', type: 'picklist', picklist: ['Web', 'Phone Inquiry', 'Partner Referral'] },
    { name: 'Region__c', label: 'Region', type: 'picklist', picklist: ['EMEA', 'APAC', 'AMER'], isRestricted: true, isCustom: true },
    { name: 'Interests__c', label: 'Interests', type: 'multipicklist', picklist: ['Pumps', 'Valves', 'Pipes'], isCustom: true },
    { name: 'Budget__c', label: 'Budget', type: 'currency', isCustom: true },
    reference('Partner__c', 'Partner', ['Account', 'Partner__r'], { isCustom: true, isExtra: true }),
    flag('IsConverted', 'Converted', { isReadOnly: true }),
    reference('ConvertedContactId', 'Converted Contact ID', ['Contact', 'ConvertedContact'], { isReadOnly: true }),
    reference('ConvertedAccountId', 'Converted Account ID', ['Account', 'ConvertedAccount'], { isReadOnly: true }),
    reference('ConvertedOpportunityId', 'Converted Opportunity ID', ['Opportunity', 'ConvertedOpportunity'], { isReadOnly: true }),
    { name: 'ConvertedDate', label: 'Converted Date', type: 'date', isReadOnly: true },
  ],
  Contact: [
    ...SYSTEM,
    MASTER,
    OWNER,
    ...PERSON,
    { name: 'HomePhone', label: 'Home Phone', type: 'phone', length: 40 },
    { name: 'OtherPhone', label: 'Other Phone', type: 'phone', length: 40 },
    text('Department', 'Department', 80),
    reference('AccountId', 'Account ID', ['Account', 'Account']),
    { name: 'Birthdate', label: 'Birthdate', type: 'date' },
    flag('IsPersonAccount', 'Is Person Account', { isReadOnly: true, isOfPersons: true }),
  ],
  Account: [
    ...SYSTEM,
    text('Name', 'Account Name', 255, { isRequired: true }),
    { name: 'Phone', label: 'Account Phone', type: 'phone', length: 40 },
    { name: 'Description', label: 'Account Description', type: 'textarea', length: 32_000 },
    ...[
      flag('IsPersonAccount', 'Is Person Account', { isReadOnly: true }),
      reference('PersonContactId', 'Contact ID', ['Contact', 'PersonContact'], { isReadOnly: true }),
      text('FirstName', 'First Name', 40),
      text('LastName', 'Last Name', 80),
      { name: 'PersonEmail', label: 'Email', type: 'email', length: 80 } as const,
      { name: 'PersonMobilePhone', label: 'Mobile', type: 'phone', length: 40 } as const,
      { name: 'PersonHomePhone', label: 'Home Phone', type: 'phone', length: 40 } as const,
      text('PersonTitle', 'Title', 80),
      flag('PersonHasOptedOutOfEmail', 'Email Opt Out'),
      flag('PersonDoNotCall', 'Do Not Call'),
      text('Leadline_Id__pc', 'Leadline Id', 64, { isCustom: true, isUnique: true }),
    ].map((field) => ({ ...field, isOfPersons: true })),
  ],
  Campaign: [
    ...SYSTEM,
    text('Name', 'Name', 80, { isRequired: true }),
    flag('IsActive', 'Active'),
    { name: 'NumberOfLeads', label: 'Leads in Campaign', type: 'int', isReadOnly: true },
    { name: 'NumberOfContacts', label: 'Contacts in Campaign', type: 'int', isReadOnly: true },
  ],
  CampaignMember: [
    ...SYSTEM,
    reference('CampaignId', 'Campaign ID', ['Campaign', 'Campaign'], { isRequired: true }),
    reference('LeadId', 'Lead ID', ['Lead', 'Lead']),
    reference('ContactId', 'Contact ID', ['Contact', 'Contact']),
    { name: 'Status', label: 'Status', type: 'picklist', picklist: ['Sent', 'Responded'] },
    flag('HasResponded', 'Responded', { isReadOnly: true }),
    { name: 'FirstRespondedDate', label: 'First Responded Date', type: 'date', isReadOnly: true },
  ],
  CampaignMemberStatus: [
    ...SYSTEM,
    reference('CampaignId', 'Campaign ID', ['Campaign', 'Campaign'], { isRequired: true }),
    text('Label', 'Label', 765, { isRequired: true }),
    flag('HasResponded', 'Has Responded'),
    flag('IsDefault', 'Is Default'),
    { name: 'SortOrder', label: 'Sort Order', type: 'int' },
  ],
  Opportunity: [
    ...SYSTEM,
    text('Name', 'Name', 120, { isRequired: true }),
    { name: 'StageName', label: 'Stage', type: 'picklist', picklist: ['Prospecting', 'Negotiation', 'Closed Won'], isRequired: true },
    { name: 'Amount', label: 'Amount', type: 'currency' },
    CURRENCY,
    { name: 'CloseDate', label: 'Close Date', type: 'date', isRequired: true },
    { name: 'Probability', label: 'Probability (%)', type: 'percent' },
    reference('AccountId', 'Account ID', ['Account', 'Account']),
  ],
  OpportunityContactRole: [
    ...SYSTEM,
    reference('OpportunityId', 'Opportunity ID', ['Opportunity', 'Opportunity'], { isRequired: true }),
    reference('ContactId', 'Contact ID', ['Contact', 'Contact'], { isRequired: true }),
    { name: 'Role', label: 'Role', type: 'picklist', picklist: ['Decision Maker', 'Evaluator'] },
    flag('IsPrimary', 'Primary'),
  ],
  ListView: [
    { name: 'Id', label: 'List View ID', type: 'id', isReadOnly: true },
    text('Name', 'View Name', 40, { isReadOnly: true }),
    text('DeveloperName', 'View Unique Name', 80, { isReadOnly: true }),
    { name: 'SobjectType', label: 'Custom Object Definition', type: 'picklist', isReadOnly: true },
    flag('IsSoqlCompatible', 'Is SOQL Compatible', { isReadOnly: true }),
  ],
};

/** The first three signs of an id. */
export const ID_PREFIX: Readonly<Record<ObjectName, string>> = {
  User: '005',
  Lead: '00Q',
  Contact: '003',
  Account: '001',
  Campaign: '701',
  CampaignMember: '00v',
  CampaignMemberStatus: '01Y',
  Opportunity: '006',
  OpportunityContactRole: '00K',
  ListView: '00B',
};

export function isObjectName(name: string): name is ObjectName {
  return OBJECT_NAMES.some((known) => known === name);
}

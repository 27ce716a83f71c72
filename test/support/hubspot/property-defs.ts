/** A property as a portal defines it; what is left out is false, empty or null. */
export type PropertyDef = {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool' | 'phone_number';
  readonly fieldType: string;
  readonly groupName?: string;
  readonly options?: readonly { readonly value: string; readonly label: string; readonly hidden?: boolean }[];
  readonly isReadOnly?: boolean;
  readonly isCalculated?: boolean;
  readonly isUnique?: boolean;
  readonly isHidden?: boolean;
  /** Made by people of this portal, not by HubSpot. */
  readonly isCustom?: boolean;
  readonly description?: string;
};

const text = (name: string, label: string): PropertyDef => ({ name, label, type: 'string', fieldType: 'text' });
const stamp = (name: string, label: string): PropertyDef => ({
  name,
  label,
  type: 'datetime',
  fieldType: 'date',
  isReadOnly: true,
});
const moment = (name: string, label: string): PropertyDef => ({ name, label, type: 'datetime', fieldType: 'date' });
const calculated = (name: string, label: string): PropertyDef => ({
  ...text(name, label),
  isReadOnly: true,
  isCalculated: true,
});
const choice = (name: string, label: string, values: readonly (readonly [string, string])[], fieldType = 'select'): PropertyDef => ({
  name,
  label,
  type: 'enumeration',
  fieldType,
  options: values.map(([value, shown]) => ({ value, label: shown })),
});
const YES_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

const ENGAGEMENT: readonly PropertyDef[] = [
  moment('hs_timestamp', 'Activity date'),
  stamp('hs_createdate', 'Create date'),
  stamp('hs_lastmodifieddate', 'Last modified date'),
  { ...text('hs_object_id', 'Record ID'), type: 'number', fieldType: 'number', isReadOnly: true },
  { ...text('hubspot_owner_id', 'Assigned to'), type: 'enumeration', fieldType: 'select' },
];

/** What an empty portal has, cut down to what people import and what our code must tell apart. */
export const PORTAL_PROPERTIES: ReadonlyMap<string, readonly PropertyDef[]> = new Map<string, readonly PropertyDef[]>([
  [
    'contacts',
    [
      text('email', 'Email'),
      text('firstname', 'First Name'),
      text('lastname', 'Last Name'),
      { ...text('phone', 'Phone Number'), fieldType: 'phonenumber' },
      { ...text('mobilephone', 'Mobile Phone Number'), fieldType: 'phonenumber' },
      text('company', 'Company Name'),
      text('jobtitle', 'Job Title'),
      text('hs_linkedin_url', 'LinkedIn URL'),
      text('website', 'Website URL'),
      text('address', 'Street Address'),
      text('city', 'City'),
      text('state', 'State/Region'),
      text('zip', 'Postal Code'),
      text('country', 'Country/Region'),
      text('industry', 'Industry'),
      { ...text('message', 'Message'), fieldType: 'textarea' },
      choice('hs_additional_emails', 'Additional email addresses', [], 'checkbox'),
      { ...choice('hs_email_optout', 'Unsubscribed from all email', YES_NO, 'booleancheckbox'), type: 'bool' },
      choice(
        'lifecyclestage',
        'Lifecycle Stage',
        [
          ['subscriber', 'Subscriber'],
          ['lead', 'Lead'],
          ['marketingqualifiedlead', 'Marketing Qualified Lead'],
          ['customer', 'Customer'],
        ],
        'radio',
      ),
      choice('hs_lead_status', 'Lead Status', [
        ['NEW', 'New'],
        ['OPEN', 'Open'],
        ['IN_PROGRESS', 'In Progress'],
        ['CONNECTED', 'Connected'],
      ]),
      { ...text('numemployees', 'Number of Employees'), type: 'number', fieldType: 'number' },
      { ...text('date_of_birth', 'Date of birth'), type: 'date', fieldType: 'date' },
      { ...text('hubspot_owner_id', 'Contact owner'), type: 'enumeration', fieldType: 'select' },
      stamp('createdate', 'Create Date'),
      stamp('lastmodifieddate', 'Last Modified Date'),
      { ...text('hs_object_id', 'Record ID'), type: 'number', fieldType: 'number', isReadOnly: true },
      { ...choice('hs_merged_object_ids', 'Merged record IDs', [], 'checkbox'), isReadOnly: true },
      calculated('hs_calculated_merged_vids', 'Merged vids with timestamps of a contact'),
      calculated('hs_full_name_or_email', 'Full name or email'),
      { ...text('hs_object_source', 'Record creation source'), isReadOnly: true },
      { ...text('hs_object_source_id', 'Record creation source ID'), isReadOnly: true },
      { ...text('hs_object_source_label', 'Record source'), isReadOnly: true },
    ],
  ],
  [
    'deals',
    [
      text('dealname', 'Deal Name'),
      choice('pipeline', 'Pipeline', [['default', 'Sales Pipeline']]),
      { ...text('dealstage', 'Deal Stage'), type: 'enumeration', fieldType: 'radio' },
      { ...text('amount', 'Amount'), type: 'number', fieldType: 'number' },
      { ...text('deal_currency_code', 'Currency'), type: 'enumeration', fieldType: 'select' },
      { ...text('closedate', 'Close Date'), type: 'datetime', fieldType: 'date' },
      stamp('createdate', 'Create Date'),
      stamp('hs_lastmodifieddate', 'Last Modified Date'),
      { ...text('hs_object_id', 'Record ID'), type: 'number', fieldType: 'number', isReadOnly: true },
      {
        ...text('hs_deal_stage_probability', 'Deal probability'),
        type: 'number',
        fieldType: 'number',
        isReadOnly: true,
        isCalculated: true,
      },
      { ...text('hubspot_owner_id', 'Deal owner'), type: 'enumeration', fieldType: 'select' },
    ],
  ],
  [
    'calls',
    [
      ...ENGAGEMENT,
      text('hs_call_title', 'Call title'),
      { ...text('hs_call_body', 'Call notes'), fieldType: 'html' },
      choice('hs_call_direction', 'Call direction', [
        ['INBOUND', 'Inbound'],
        ['OUTBOUND', 'Outbound'],
      ]),
      { ...text('hs_call_disposition', 'Call outcome'), type: 'enumeration', fieldType: 'select' },
      choice('hs_call_status', 'Call status', [
        ['COMPLETED', 'Completed'],
        ['NO_ANSWER', 'No answer'],
      ]),
    ],
  ],
  [
    'emails',
    [
      ...ENGAGEMENT,
      text('hs_email_subject', 'Email subject'),
      { ...text('hs_email_text', 'Text body'), fieldType: 'textarea' },
      choice('hs_email_direction', 'Email direction', [
        ['EMAIL', 'Email'],
        ['INCOMING_EMAIL', 'Incoming email'],
        ['FORWARDED_EMAIL', 'Forwarded email'],
      ]),
      choice('hs_email_status', 'Email send status', [
        ['SENT', 'Sent'],
        ['BOUNCED', 'Bounced'],
      ]),
    ],
  ],
  [
    'meetings',
    [
      ...ENGAGEMENT,
      text('hs_meeting_title', 'Meeting name'),
      { ...text('hs_meeting_body', 'Meeting description'), fieldType: 'html' },
      choice('hs_meeting_outcome', 'Meeting outcome', [
        ['SCHEDULED', 'Scheduled'],
        ['COMPLETED', 'Completed'],
        ['NO_SHOW', 'No show'],
      ]),
      moment('hs_meeting_start_time', 'Meeting start time'),
    ],
  ],
  ['notes', [...ENGAGEMENT, { ...text('hs_note_body', 'Note body'), fieldType: 'html' }]],
  [
    'tasks',
    [
      ...ENGAGEMENT,
      text('hs_task_subject', 'Task title'),
      { ...text('hs_task_body', 'Task notes'), fieldType: 'html' },
      choice('hs_task_status', 'Task status', [
        ['NOT_STARTED', 'Not started'],
        ['IN_PROGRESS', 'In progress'],
        ['COMPLETED', 'Completed'],
      ]),
    ],
  ],
]);

/** Each type's name in paths, its singular, its id, and the property that says when it last changed. */
export const OBJECT_TYPES: readonly {
  readonly type: string;
  readonly singular: string;
  readonly typeId: string;
  readonly modified: string;
}[] = [
  { type: 'contacts', singular: 'contact', typeId: '0-1', modified: 'lastmodifieddate' },
  { type: 'deals', singular: 'deal', typeId: '0-3', modified: 'hs_lastmodifieddate' },
  { type: 'calls', singular: 'call', typeId: '0-48', modified: 'hs_lastmodifieddate' },
  { type: 'emails', singular: 'email', typeId: '0-49', modified: 'hs_lastmodifieddate' },
  { type: 'meetings', singular: 'meeting', typeId: '0-47', modified: 'hs_lastmodifieddate' },
  { type: 'notes', singular: 'note', typeId: '0-46', modified: 'hs_lastmodifieddate' },
  { type: 'tasks', singular: 'task', typeId: '0-27', modified: 'hs_lastmodifieddate' },
];

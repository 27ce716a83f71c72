/** What a column can be about. `name` and `title` mean different fields beside different neighbours. */
export type Concept =
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'name'
  | 'email'
  | 'phone'
  | 'companyName'
  | 'jobTitle'
  | 'title'
  | 'linkedinUrl'
  | 'notes'
  | 'tags';

/** Which of several phones or addresses. `main` is the one a person or a file calls so. */
export type Role = 'main' | 'mobile' | 'work' | 'home' | 'other' | 'third';

/**
 * Whose value it is: the lead's, the company's, or somebody else's (assistant, referrer, former job). `second` is the
 * lead only where nobody else in the file is: the buyer beside the attendee, the user beside the invitee, who gets the
 * bill. An `aside` is somebody a file is seldom about (the broker, the bookkeeping): the lead only where the file has a
 * name and an address of that one, and nobody else's.
 */
export type Whose = 'person' | 'second' | 'aside' | 'company' | 'account' | 'other' | 'owner';

/**
 * What columns are called in one language. Phrases are written as people write them; both sides of a lookup are
 * normalised. A header is understood when every word of it is explained by these tables.
 */
export type Vocabulary = {
  readonly concepts: { readonly [C in Concept]?: readonly string[] };
  /** Used only when nothing better of the file has the field. */
  readonly weak?: { readonly [C in Concept]?: readonly string[] };
  /** Only as the whole header: "first", but not "first contact". */
  readonly alone?: { readonly [C in Concept]?: readonly string[] };
  readonly roles?: { readonly [R in Role]?: readonly string[] };
  readonly whose?: { readonly [W in Whose]?: readonly string[] };
  /** Words that say nothing more beside a column of that kind: "phone number", "email address". */
  readonly beside?: { readonly [C in Concept]?: readonly string[] };
  /** Words without a meaning of their own. */
  readonly small?: readonly string[];
  /** Words that make a column one about the field, not the field: "email status", "phone type". */
  readonly about?: readonly string[];
};

import { isGivenName } from './name-given.ts';

const TITLES = new Set(
  (
    'mr mrs ms miss mx dr prof professor sir dame lady lord rev reverend hon fr herr herrn frau hr fru m mme mlle monsieur madame mademoiselle ' +
    'sr sra srta señor señora señorita dña sig sigra signor signora dott dottssa ing dipling dring mag dhr mevr mw drs ir arq lic pan pani ' +
    'mgr judr mudr phdr rndr paeddr г-н г-жа'
  ).split(' '),
);
/** What a doctor is of, behind the title only: "Dr. med.", "Prof. Dr. rer. nat. habil.", "Dipl.-Ing. (FH)". */
const SUBJECTS = new Set(
  'med dent vet rer nat phil jur iur ing oec pol soc theol agr techn tech publ hc h c mult habil fh univ ba th dh sc em emer'.split(' '),
);
/** "Dr.-Ing.", "Dipl.-Kfm.", "Prof.Dr.", "Dr.med.": titles written as one word begin so. */
const JOINED_TITLE = /^(?:dipl|dr|prof|mag|priv|univ|pd|bacc)[.-]+\S*$/i;
/** Behind these stands a first name: "Sir Elton". */
const BEFORE_FIRST_NAMES = new Set(['sir', 'dame']);

const DEGREES = new Set(
  (
    'phd md mba cpa esq esquire pmp cfa rn jd dds dmd msc bsc ma ba bs ms mph mpa pe pa cissp csm shrm shrmcp shrmscp sphr phr cfp chfc clu dvm do ' +
    'edd psyd llm llb acca cima mrics frcs aia leed leedap cism cisa pgmp acp safe ccna itil mpp meng beng bcom mcom mphil dphil np lcsw lmft ' +
    'cpt cscs ccim gri crs abr realtor cbe obe mbe kbe dbe gbe kc qc mp cbap cspo psm cpim cscp cpcu arm rhu cebs cma cia cgma fca aca fcca ' +
    'cipd mcipd fcipd fcma frics mrcp frcp frcpc facs faap facp facep fache dnp aprn fnp crna bsn msn rnc pharmd rph dpt ot otr otrl ccc cccslp ' +
    'lpc lcpc lmhc lpcc msw lsw mft bcba rd rdn ldn mshrm mha mhsa med maed mat mfa bfa bba bca mca btech mtech bpharm mpharm mbbs frm cams cfe ' +
    'cmp cae cfre cpp cphr capm pgdm pgdip mres dba dsc scd jsd sjd thd dmin mdiv rla asla leedgreen sscp ceh aws gphr hrci sphri cppm cpsm cta ' +
    'cisr cic cpsr alm ches mches emt emtp ea evp cto ceo cfo coo cmo cio ciso diplom diplkfm'
  ).split(' '),
);
/** Initials and names as well: only where something says that a whole name stands before them. */
const MAY_BE_NAMES = new Set('ma ba bs ms mp pe pa do np rn md jd kc qc rd ot ea med mat arm ccc abr cpt cic alm cia'.split(' '));

/** A word without case, dots, hyphens and brackets. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[.'’®™()-]/g, '');
}

/** A name's words without titles before and degrees behind; `family`: what is left of "Frau Fuchs" is a last name. */
export function withoutTitles(words: readonly string[]): { readonly words: readonly string[]; readonly family: boolean } {
  let start = 0;
  while (start < words.length - 1 && isTitle(words[start] ?? '', start)) start++;
  let end = words.length;
  // "Ann Lee PhD": written like a degree, not like a name. In "JOHN PAUL MA" nothing tells the two apart.
  const isShouted = !words.some((word) => /\p{Ll}/u.test(word));
  while (!isShouted && end - start > 2 && isDegree(words[end - 1] ?? '') && /\p{Lu}.*\p{Lu}/u.test(words[end - 1] ?? '')) end--;
  const family = start > 0 && end - start === 1 && !BEFORE_FIRST_NAMES.has(plainWord(words[start - 1] ?? ''));
  return { words: start === 0 && end === words.length ? words : words.slice(start, end), family };
}

/** "Mr", "Frau", "Prof": a title whatever stands beside it. */
export function isTitleWord(word: string): boolean {
  return TITLES.has(plainWord(word));
}

function isTitle(word: string, before: number): boolean {
  const plain = plainWord(word);
  if (isTitleWord(word) || JOINED_TITLE.test(word) || (word.includes('.') && plain.length > 2 && DEGREES.has(plain))) return true;
  return before > 0 && (isAnd(word) || (/^[(\p{Ll}]/u.test(word) && plain.split('/').every((part) => SUBJECTS.has(part))));
}

/** "Mr. & Mrs. Smith" */
export function isAnd(word = ''): boolean {
  return /^(?:&|and|und|en)$/i.test(word);
}

function isDegree(word: string): boolean {
  return DEGREES.has(plainWord(word));
}

/**
 * Says whether what stands behind a comma is degrees ("PhD", "MBA, PMP", "Ph. D.") and not the given name of a name
 * turned round. Degrees are those known by name, and words nobody can speak; "MA", "JD" or "MD" are initials behind a
 * single word, and behind capitals that begin with no given name ("GARCIA LOPEZ, MA").
 */
export function isDegreeList(part: string, before: readonly string[]): boolean {
  const words = part.split(/[\s/&]+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return true;
  const joined = plainWord(words.join(''));
  if (words.length === 2 && joined.length === 3 && DEGREES.has(joined)) return before.length > 0;
  const isWhole = before.length > 1 && (before.some((word) => /\p{Ll}/u.test(word)) || isGivenName(before[0] ?? ''));
  return words.every((word) => {
    const plain = plainWord(word);
    if (DEGREES.has(plain)) return isWhole || (!MAY_BE_NAMES.has(plain) && /\p{Lu}/u.test(word));
    return isWhole && UNSPEAKABLE.test(word);
  });
}

/** "FRCPS", "CPHRM": capitals without a vowel are no name, from three on ("JP" is one). */
const UNSPEAKABLE = /^[B-DF-HJ-NP-TV-XZ]{3,8}[®™]?$/;

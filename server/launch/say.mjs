let toStderr = false;

/** From now on what the launcher does is told on stderr, so that stdout holds a command's answer alone. */
export function sayOnStderr() {
  toStderr = true;
}

/**
 * Tells the person at the terminal what is happening.
 * @param {string} line
 */
export function say(line) {
  (toStderr ? process.stderr : process.stdout).write(`${line}\n`);
}

/**
 * Says what is being done before it is done, and how long it took after.
 * @template T
 * @param {string} what for example "building the server"
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function saySeconds(what, work) {
  say(`Leadline: ${what} …`);
  const start = performance.now();
  const result = await work();
  say(`Leadline: … done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

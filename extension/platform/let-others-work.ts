/**
 * Ends the task that is running and goes on in the next one, so that clicks and drawing come in between. A message, as a
 * timer would be held back in a tab that is not in front.
 */
export function letOthersWork(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

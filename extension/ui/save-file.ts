const KEEP_MS = 60_000;

/** Hands a file to the browser's downloads. Its address is let go of once the browser has surely taken it. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}

import { Inflate } from 'fflate';

/** How unpacking ended: `stopped` when the receiver had enough, `tooLarge` when the limit was reached. */
export type Unpacked = 'done' | 'stopped' | 'missing' | 'tooLarge' | 'damaged';

/** A zip archive of which parts can be unpacked. Names are looked up without regard to case. */
export type ZipArchive = {
  readonly has: (name: string) => boolean;
  /** Gives out a part piece by piece, as long as `onPiece` says true. */
  readonly unpack: (name: string, onPiece: (piece: Uint8Array) => boolean) => Unpacked;
};

/** Opens a zip of which at most `limit` bytes may come out, all parts together. Null when it has no sound directory. */
export function openZip(bytes: Uint8Array, limit: number): ZipArchive | null {
  const parts = listParts(bytes);
  if (!parts) return null;
  let left = limit;
  return {
    has: (name) => parts.has(name.toLowerCase()),
    unpack: (name, onPiece) => {
      const part = parts.get(name.toLowerCase());
      if (!part) return 'missing';
      return unpackPart(part, (piece) => {
        left -= piece.length;
        return left < 0 ? 'tooLarge' : onPiece(piece) ? null : 'stopped';
      });
    },
  };
}

/** A part, not unpacked yet. */
type ZipPart = { readonly packed: Uint8Array; readonly method: number; readonly isEncrypted: boolean };

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** Size of the end record, and the longest comment behind it (APPNOTE.TXT, 4.3.16). */
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ELSEWHERE = 0xffffffff;

/**
 * Lists the parts of a zip by the directory at its end (APPNOTE.TXT 6.3, with Zip64), by their names in lower case with
 * forward slashes, since programs disagree about both. Null when there is no sound directory.
 */
function listParts(bytes: Uint8Array): ReadonlyMap<string, ZipPart> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readDirectory(bytes, view);
  } catch (error) {
    if (error instanceof RangeError) return null; // it points behind the end of the file
    throw error;
  }
}

function readDirectory(bytes: Uint8Array, view: DataView): ReadonlyMap<string, ZipPart> | null {
  const start = directoryStart(view);
  if (start === null) return null;
  const parts = new Map<string, ZipPart>();
  for (let at = start; at + 46 <= bytes.length && view.getUint32(at, true) === DIRECTORY_ENTRY; ) {
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const extra = at + 46 + nameBytes;
    const [size, local] = sizeAndPlace(view, at, extra, extra + extraBytes);
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (data + size > bytes.length) return null;
    const part = { packed: bytes.subarray(data, data + size), method: view.getUint16(at + 10, true) };
    const key = name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
    if (!parts.has(key)) parts.set(key, { ...part, isEncrypted: (view.getUint16(at + 8, true) & 1) === 1 });
    at = extra + extraBytes + view.getUint16(at + 32, true);
  }
  return parts.size > 0 ? parts : null;
}

function directoryStart(view: DataView): number | null {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    const start = view.getUint32(at + 16, true);
    if (start !== ELSEWHERE) return start;
    if (view.getUint32(at - 20, true) !== LOCATOR_64) return null;
    const end64 = Number(view.getBigUint64(at - 12, true));
    return view.getUint32(end64, true) === END_OF_DIRECTORY_64 ? Number(view.getBigUint64(end64 + 48, true)) : null;
  }
  return null;
}

/** Packed size and place of the local header; numbers too large for their field stand in the extra field 0x0001. */
function sizeAndPlace(view: DataView, entry: number, extra: number, extraEnd: number): [size: number, local: number] {
  let size = view.getUint32(entry + 20, true);
  let local = view.getUint32(entry + 42, true);
  for (let at = extra; at + 4 <= extraEnd; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    // The unpacked size comes first, each only where its field is full.
    const atSize = at + 4 + (view.getUint32(entry + 24, true) === ELSEWHERE ? 8 : 0);
    const atLocal = atSize + (size === ELSEWHERE ? 8 : 0);
    if (size === ELSEWHERE) size = Number(view.getBigUint64(atSize, true));
    if (local === ELSEWHERE) local = Number(view.getBigUint64(atLocal, true));
  }
  return [size, local];
}

/** Packed bytes unpacked at a stretch: they may become a thousand times as many, and the limit is looked at in between. */
const STRETCH = 32 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** Unpacks a part piece by piece, until `onPiece` gives a reason to stop. */
function unpackPart({ packed, method, isEncrypted }: ZipPart, onPiece: (piece: Uint8Array) => Unpacked | null): Unpacked {
  if (isEncrypted || (method !== STORED && method !== DEFLATED)) return 'damaged';
  let reason: Unpacked | null = null;
  const take = (piece: Uint8Array) => {
    if (piece.length > 0) reason ??= onPiece(piece);
  };
  const inflate = new Inflate(take);
  for (let at = 0; at < packed.length && reason === null; at += STRETCH) {
    const stretch = packed.subarray(at, at + STRETCH);
    if (method === STORED) take(stretch);
    else if (!push(inflate, stretch, at + STRETCH >= packed.length)) return 'damaged';
  }
  return reason ?? 'done';
}

/** False when the data is no sound DEFLATE (RFC 1951), or ends too early. */
function push(inflate: Inflate, stretch: Uint8Array, isLast: boolean): boolean {
  try {
    inflate.push(stretch, isLast);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false; // fflate numbers what is wrong with the data
    throw error;
  }
}

/** Something that gives the octets of a body in pieces. */
type Pieces = AsyncIterator<Uint8Array, unknown>;

/** Octets that were read off the beginning of a body. */
export interface Beginning {
  /** All of it, or more than the limit. */
  readonly octets: Uint8Array;
  /** Whether there is no more to come. */
  readonly isWhole: boolean;
}

/** Reads a body until it ends or there are more octets than `limit`: whoever sends without end fills no memory. */
export async function readBeginning(pieces: Pieces, limit: number): Promise<Beginning> {
  const read: Uint8Array[] = [];
  for (let length = 0; length <= limit; ) {
    const { done, value } = await pieces.next();
    if (done === true) return { octets: joined(read), isWhole: true };
    read.push(value);
    length += value.length;
  }
  return { octets: joined(read), isWhole: false };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const octets = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return octets;
}

/** The beginning of the body of a Fetch API request, whose own body stays as it is. */
export async function readCopy(request: Request, limit: number): Promise<Uint8Array> {
  const reader = request.clone().body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const next = async (): Promise<IteratorResult<Uint8Array, unknown>> => {
    const { done, value } = await reader.read();
    return done ? { done: true, value } : { done: false, value };
  };
  const { octets, isWhole } = await readBeginning({ next }, limit);
  // Not waited for: half of a copied stream ends when the other half does.
  if (!isWhole) reader.cancel().catch(() => {});
  return octets;
}

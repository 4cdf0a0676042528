import fc from 'fast-check';

/** Random bytes, and valid encodings with a few bytes replaced, inserted or cut off. */
export function hostile(valid: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(),
    octet: fc.integer({ min: 0, max: 255 }),
    kind: fc.constantFrom('replace', 'insert', 'cut'),
  });
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([bytes, edits]) => edits.reduce(apply, bytes));
  return fc.oneof({ weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) }, { weight: 4, arbitrary: mutated });
}

function apply(bytes: Uint8Array, edit: { at: number; octet: number; kind: string }): Uint8Array {
  const at = bytes.length === 0 ? 0 : edit.at % bytes.length;
  if (edit.kind === 'cut') return bytes.slice(0, at);
  const rest = bytes.subarray(edit.kind === 'insert' ? at : at + 1);
  return Uint8Array.from([...bytes.subarray(0, at), edit.octet, ...rest]);
}

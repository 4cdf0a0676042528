import { ArtifactError } from './artifact-error.ts';
import { ByteView } from './byte-view.ts';

/** Numbers of `cs_blobs.h` (Apple, xnu); everything in a signature is big-endian. */
const SUPER_BLOB = 0xfade0cc0;
const ENTITLEMENTS = 0xfade7171;
const ENTITLEMENTS_SLOT = 5;
const BLOB_HEADER_SIZE = 8;
const MAX_BLOBS = 64;

/** The entitlements of an embedded signature, a property list as text, if it has any. Throws `mach_o.signature_invalid`. */
export function readEntitlements(signature: Uint8Array): string | undefined {
  const view = new ByteView(signature, 'big');
  const count = signature.length < 12 ? 0 : view.u32(8);
  if (count === 0 || count > MAX_BLOBS || view.u32(0) !== SUPER_BLOB) throw invalid(0);
  for (let index = 0; index < count; index += 1) {
    const at = 12 + index * 8;
    if (at + 8 > signature.length) throw invalid(at);
    if (view.u32(at) === ENTITLEMENTS_SLOT) return readBlob(view, view.u32(at + 4));
  }
  return undefined;
}

function readBlob(view: ByteView, at: number): string {
  if (at + BLOB_HEADER_SIZE > view.length || view.u32(at) !== ENTITLEMENTS) throw invalid(at);
  const length = view.u32(at + 4);
  if (length < BLOB_HEADER_SIZE || at + length > view.length) throw invalid(at);
  return new TextDecoder().decode(view.part(at + BLOB_HEADER_SIZE, length - BLOB_HEADER_SIZE));
}

function invalid(offset: number): ArtifactError {
  return new ArtifactError('mach_o.signature_invalid', offset);
}

import { parseBase64url } from '@assay/formats';
import { bindingText, roleBindingPreimage, roleRow, sha256 } from '@assay/tokens';
import type { Bench } from './finding.ts';

/** What the evidence must commit to: the 32 bytes, and the text that the app handed to its platform. */
export interface Binding {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export function bindingOf(bench: Bench): Binding {
  const { jktBytes, bytes: statement } = bench.situation.request;
  const { role } = bench.piece;
  const anchor = anchorOf(bench);
  const bytes = sha256(roleBindingPreimage(role, { jkt: jktBytes, statement, ...(anchor ? { anchor } : {}) }));
  return { bytes, text: bindingText(role, bytes) };
}

/** The App Attest key that the statement names, or the certificate of the key that is attested beside this piece. */
function anchorOf({ situation, piece, primary }: Bench): Uint8Array | undefined {
  switch (roleRow(piece.role).anchor) {
    case 'app_attest_key':
      return appAttestKeyId(situation);
    case 'attested_leaf':
      return primary?.attested?.leafDigest;
    case 'none':
      return undefined;
  }
}

/** The statement's rules say that `akid` is there wherever evidence of Apple's is. */
export function appAttestKeyId({ request }: Bench['situation']): Uint8Array {
  return parseBase64url(request.statement.akid ?? '');
}

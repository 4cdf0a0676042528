import { policyPinnedHosts, readPolicy } from '../policy/read.ts';
import type { Document } from '../project.ts';
import { UnreadableFile } from '../unreadable.ts';
import type { SourceFile } from './source-file.ts';

/** assay.pins.yaml, or the same in JSON. @throws UnreadableFile */
export function readPolicyFile({ file, text, variant }: SourceFile): readonly Document[] {
  if (text === undefined) throw new UnreadableFile('this is no UTF-8 text', { file, line: 1, column: 1 });
  const policy = readPolicy(file, text);
  return [
    { file, text, variant, origin: 'source', kind: 'policy', policy, pinned: policyPinnedHosts(file, text, policy) },
  ];
}

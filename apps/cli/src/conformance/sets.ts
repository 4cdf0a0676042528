import { readDocuments, type VectorDocument } from './documents.ts';
import { derivedSets, genuineSets, listedSets } from './evidence.ts';
import { ocspSets } from './ocsp.ts';
import { limboSets, pinnedSets } from './paths.ts';
import type { CaseSet } from './run.ts';
import { timestampSets } from './timestamps.ts';
import { webChainSets } from './web-chains.ts';

/** Each looks for the layout that it knows. */
const BUILDERS: readonly ((documents: readonly VectorDocument[], now: number) => readonly CaseSet[])[] = [
  genuineSets,
  derivedSets,
  listedSets,
  limboSets,
  pinnedSets,
  webChainSets,
  timestampSets,
  ocspSets,
];

/** Every set below a folder, told by the members of its documents and not by file names. */
export function findSets(root: string, now: number): readonly CaseSet[] {
  const documents = readDocuments(root);
  return BUILDERS.flatMap((build) => build(documents, now));
}

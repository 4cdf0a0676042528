import { kindOf } from '../cases/read.ts';
import { objectsOf, readDocuments, type VectorDocument } from './documents.ts';
import { derivedSets, genuineSets, listedSets } from './evidence.ts';
import { ocspSets } from './ocsp.ts';
import { limboSets, pinnedSets } from './paths.ts';
import type { CaseSet } from './run.ts';
import { timestampSets } from './timestamps.ts';
import { webChainSets } from './web-chains.ts';

/** Members that tell a set of cases whose format this version does not verify. */
const NOT_BUILT: readonly { readonly member: string; readonly format: string }[] = [
  { member: 'token', format: 'Play Integrity' },
  { member: 'jws', format: 'Huawei SysIntegrity' },
];

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
  return [...BUILDERS.flatMap((build) => build(documents, now)), ...documents.flatMap(notBuiltSets)];
}

function notBuiltSets({ path, value }: VectorDocument): readonly CaseSet[] {
  const cases = objectsOf(value['cases']);
  if (cases.some((each) => kindOf(each) !== undefined)) return []; // a list of evidence, which decides of each
  const row = NOT_BUILT.find(({ member }) => cases.some((each) => member in each));
  if (row === undefined) return [];
  const runs = cases.map((each) => ({
    ...{ id: String(each['id']), expected: 'either' as const, why: '' },
    run: () => ({ found: 'undecided' as const, reasons: [], trace: [] }),
  }));
  return [{ name: `${path} (${row.format})`, built: false, pedantic: false, cases: runs }];
}

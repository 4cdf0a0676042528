import { type DexClass, type DexFile, parseDex } from '@assay/formats/artifacts';
import type { CodeFact } from '../code/facts.ts';
import { groupBy } from '../group.ts';
import { labFactsInBytes } from '../lab/lab-facts.ts';
import type { BinaryDocument, Document } from '../project.ts';
import type { StackUse } from '../stack/stack.ts';
import { type App, about, attempt, type MemberRead, memberPlace, membersOf, readMember } from './app.ts';
import { emptyBodies } from './dex-bodies.ts';
import { hasAddress, hostsIn } from './hosts.ts';
import { CLASS_STACKS } from './stack-rows.ts';

const MAX_DEX = 1 << 26;
/** Files that are unpacked beforehand: as many as the threads of most machines, and the memory of a few. */
const AHEAD = 3;
const MANAGERS = ['Ljavax/net/ssl/X509TrustManager;', 'Ljavax/net/ssl/X509ExtendedTrustManager;'] as const;

interface DexFacts {
  readonly facts: readonly CodeFact[];
  readonly stacks: readonly StackUse[];
  readonly hosts: readonly string[];
}

/**
 * All bytecode of an app as one document; each fact names its own file. Files are looked at one after the other and let go, the
 * next ones being unpacked meanwhile.
 */
export async function readDexFiles(app: App, files: RegExp): Promise<readonly Document[]> {
  const found: DexFacts[] = [];
  const faults: Document[] = [];
  const members = membersOf(app, files);
  const ahead = members.slice(0, AHEAD).map((member) => unpacked(app, member));
  for (const [index, member] of members.entries()) {
    const { value: bytes, unreadable } = (await ahead.shift()) ?? { unreadable: [] };
    const next = members[index + AHEAD];
    if (next !== undefined) ahead.push(unpacked(app, next));
    const looked = bytes === undefined ? { unreadable } : attempt(app, member, () => factsOf(app, member, bytes));
    if (looked.value !== undefined) found.push(looked.value);
    faults.push(...looked.unreadable);
  }
  const [first] = members;
  if (first === undefined || found.length === 0) return faults;
  return [{ ...about(app, first), kind: 'binary', pinned: [], ...joined(found) }, ...faults];
}

const unpacked = (app: App, member: string): Promise<MemberRead<Uint8Array>> =>
  readMember(app, member, MAX_DEX, (bytes) => bytes);

function joined(all: readonly DexFacts[]): Pick<BinaryDocument, 'facts' | 'stacks' | 'hosts'> {
  const stacks = new Map(all.flatMap((each) => each.stacks).map((use) => [use.stack, use]));
  return {
    facts: all.flatMap(({ facts }) => facts),
    stacks: [...stacks.values()],
    hosts: [...new Set(all.flatMap(({ hosts }) => hosts))].sort(),
  };
}

function factsOf(app: App, member: string, bytes: Uint8Array): DexFacts {
  const dex = parseDex(bytes, { maxBytes: MAX_DEX });
  const place = memberPlace(app, member);
  return {
    facts: [
      ...[...trustFacts(dex, bytes), ...insecureCalls(dex)].map(([kind, what]) => ({ kind, what, place })),
      ...labFactsInBytes(bytes, place),
    ],
    stacks: CLASS_STACKS.filter(({ descriptor }) => dex.hasType(descriptor)).map(({ stack, descriptor }) => ({
      stack,
      evidence: toJava(descriptor),
      place,
    })),
    hosts: [...new Set(dex.findStrings(hasAddress).flatMap((index) => hostsIn(dex.string(index))))],
  };
}

type Fact = readonly [CodeFact['kind'], string];

function trustFacts(dex: DexFile, bytes: Uint8Array): readonly Fact[] {
  const managers = MANAGERS.flatMap((descriptor) => dex.subtypesOf(descriptor));
  const names = managers.map(({ descriptor }) => descriptor);
  const blind = emptyBodies(dex, bytes, new Set(names), 'checkServerTrusted');
  return [
    ...blind.map((name): Fact => ['trust_all', `${toJava(name)}.checkServerTrusted, which has no code`]),
    ...byPackage(managers.filter(({ descriptor }) => !blind.includes(descriptor))),
  ];
}

/** One fact for the classes of one vendor: a library brings a dozen, and none of them need be in use. */
function byPackage(managers: readonly DexClass[]): readonly Fact[] {
  const vendors = groupBy(managers, ({ descriptor }) => descriptor.split('/').slice(0, 2).join('/'));
  return Array.from(vendors.values(), ([first, ...rest]): Fact => {
    const more = rest.length === 0 ? '' : ` and ${rest.length} more beside it`;
    return ['custom_trust_manager', `X509TrustManager: ${toJava(first?.descriptor ?? '')}${more}`];
  });
}

/** Calls that have no other purpose than to trust everyone. */
function insecureCalls(dex: DexFile): readonly Fact[] {
  const calls = dex.methodsOf('Landroid/net/SSLCertificateSocketFactory;', 'getInsecure');
  return calls.map(() => ['trust_all', 'SSLCertificateSocketFactory.getInsecure']);
}

/** `Lcom/example/Trust$1;` as people write it. */
const toJava = (descriptor: string): string => descriptor.slice(1, -1).replaceAll('/', '.');

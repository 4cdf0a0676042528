import { type MachOSlice, parseMachO } from '@assay/formats/artifacts';
import { booleanOf, type DataValue, entryOf, stringOf } from '../../data/value.ts';
import { parsePlist } from '../../plist/read.ts';
import type { Document, PlistDocument } from '../../project.ts';
import { UnreadableFile } from '../../unreadable.ts';
import { type App, memberFile, memberPlace, membersOf, readMember } from '../app.ts';
import { MAX_PROGRAM, mainProgram } from '../ipa.ts';
import type { AuditFact } from './fact.ts';

const INFO = /^Payload\/[^/]+\.app\/Info\.plist$/;
const MAX_PLIST = 1 << 22;

export async function iosFacts(app: App, documents: readonly Document[]): Promise<readonly AuditFact[]> {
  const [info] = membersOf(app, INFO);
  const program = await mainProgram(app);
  return [
    ...(info === undefined ? [] : await infoFacts(app, info)),
    ...documents.filter((document): document is PlistDocument => document.kind === 'plist').flatMap(atsFacts),
    ...(program === undefined ? [] : await programFacts(app, program)),
  ];
}

async function infoFacts(app: App, member: string): Promise<readonly AuditFact[]> {
  const file = memberFile(app, member);
  const { value } = await readMember(app, member, MAX_PLIST, (bytes) => parsePlist(file, bytes));
  const text = (key: string) => stringOf(value, key)?.text ?? 'unknown';
  const place = memberPlace(app, member);
  const says = `${text('CFBundleIdentifier')}, version ${text('CFBundleShortVersionString')} (${text('CFBundleVersion')})`;
  return [
    { topic: 'build', id: 'identity', level: 'info', says, place },
    { topic: 'build', id: 'sdk', level: 'info', says: `MinimumOSVersion ${text('MinimumOSVersion')}`, place },
    ...(booleanOf(value, 'UIFileSharingEnabled') === true ? [sharing(place)] : []),
  ];
}

const sharing = (place: AuditFact['place']): AuditFact => ({
  ...{ topic: 'build', id: 'file-sharing', level: 'warning', place },
  says: 'UIFileSharingEnabled: a computer that is attached reads the documents of the app',
});

/** Flags that open App Transport Security for every host. */
const OPENING: Readonly<Record<string, AuditFact['level']>> = {
  NSAllowsArbitraryLoads: 'error',
  NSAllowsArbitraryLoadsInWebContent: 'warning',
  NSAllowsArbitraryLoadsForMedia: 'warning',
  NSAllowsLocalNetworking: 'info',
};

function atsFacts({ ats, isExtension, file }: PlistDocument): readonly AuditFact[] {
  const place = { file, line: 0, column: 0 };
  const who = isExtension ? 'the extension' : 'the app';
  if (ats === undefined) {
    const says = `App Transport Security as it is by default for ${who}: TLS for every host, nothing is pinned`;
    return [{ topic: 'network', id: 'ats', level: 'info', says, place }];
  }
  const flags = [...ats.flags].flatMap(([name, flag]): AuditFact[] => {
    const level = Object.hasOwn(OPENING, name) && flag.value === true ? OPENING[name] : undefined;
    return level === undefined
      ? []
      : [{ topic: 'network', id: 'ats-open', level, says: `${name} is on for ${who}`, place: flag.place }];
  });
  const exceptions = ats.exceptions.map(({ host, keys, place: at }): AuditFact => {
    const says = `exceptions for ${host.text}: ${[...keys.keys()].join(', ') || 'none'}`;
    return {
      topic: 'network',
      id: 'ats-exception',
      level: keys.get(INSECURE)?.value === true ? 'error' : 'info',
      says,
      place: at,
    };
  });
  const pins = ats.pinnedDomains.map(({ host, leaf, ca, place: at }): AuditFact => {
    const says = `${host.text}: ${leaf?.length ?? 0} pins of leaf keys, ${ca?.length ?? 0} of CA keys`;
    return { topic: 'network', id: 'pins', level: 'info', says, place: at };
  });
  return [...flags, ...exceptions, ...pins];
}

const INSECURE = 'NSExceptionAllowsInsecureHTTPLoads';

async function programFacts(app: App, member: string): Promise<readonly AuditFact[]> {
  const place = memberPlace(app, member);
  const { value } = await readMember(app, member, MAX_PROGRAM, (bytes) => parseMachO(bytes));
  return (value ?? []).flatMap((slice) => sliceFacts(slice).map((fact) => ({ ...fact, place })));
}

/** More local symbols than a linker leaves behind when it strips. */
const STRIPPED = 64;

type Said = Omit<AuditFact, 'place'>;

function sliceFacts({ cpu, isPie, isSigned, encryption, symbols, entitlements }: MachOSlice): readonly Said[] {
  const local = symbols?.local ?? 0;
  const isStripped = local <= STRIPPED;
  return [
    {
      topic: 'program',
      id: 'pie',
      level: isPie ? 'info' : 'warning',
      says: `${cpu}: ${isPie ? 'placed' : 'not placed'} at random in memory (PIE)`,
    },
    {
      topic: 'program',
      id: 'symbols',
      level: isStripped ? 'info' : 'warning',
      says: `${cpu}: ${isStripped ? 'stripped' : 'not stripped'}, ${local} local symbols`,
    },
    { topic: 'program', id: 'encryption', level: 'info', says: `${cpu}: ${encryptionText(encryption)}` },
    {
      topic: 'signature',
      id: 'schemes',
      level: isSigned ? 'info' : 'warning',
      says: `${cpu}: ${isSigned ? 'a code signature is there; it was not verified' : 'no code signature'}`,
    },
    ...(entitlements === undefined ? [] : entitlementFacts(cpu, entitlements)),
  ];
}

function encryptionText(encryption: MachOSlice['encryption']): string {
  if (encryption === undefined) return 'no room for encryption by the store';
  return encryption.isEncrypted
    ? 'encrypted by the store: its texts cannot be read here'
    : 'not encrypted: its texts were read';
}

/** Names only: what an entitlement says may be nobody else's business. */
function entitlementFacts(cpu: string, text: string): readonly Said[] {
  const plist = parsedEntitlements(text);
  if (plist?.kind !== 'dict') return [];
  const names = plist.entries.map(({ key }) => key.text).join(', ');
  const isDebuggable = entryOf(plist, 'get-task-allow') !== undefined && booleanOf(plist, 'get-task-allow') === true;
  return [
    { topic: 'program', id: 'entitlements', level: 'info', says: `${cpu}: entitlements ${names}` },
    ...(isDebuggable
      ? [
          {
            topic: 'build',
            id: 'debuggable',
            level: 'error',
            says: 'get-task-allow: debuggers may attach; a build for development',
          } as const,
        ]
      : []),
  ];
}

function parsedEntitlements(text: string): DataValue | undefined {
  try {
    return parsePlist('entitlements', new TextEncoder().encode(text));
  } catch (error) {
    // The signature is read for what it says, and this one says nothing.
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}

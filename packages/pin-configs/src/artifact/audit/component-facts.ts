import type { XmlElement } from '@assay/formats';
import { readBoolean } from '../../android/values.ts';
import type { ManifestDocument } from '../../project.ts';
import type { AuditFact } from './fact.ts';

/** Each kind of component, and the attributes that keep others out of it. */
const KINDS: Readonly<Record<string, { readonly level: AuditFact['level']; readonly guards: readonly string[] }>> = {
  activity: { level: 'info', guards: ['permission'] },
  'activity-alias': { level: 'info', guards: ['permission'] },
  service: { level: 'warning', guards: ['permission'] },
  receiver: { level: 'info', guards: ['permission'] },
  provider: { level: 'warning', guards: ['permission', 'readPermission', 'writePermission'] },
};

/** From here on `exported` must be written where an intent filter stands. */
const EXPLICIT_TARGET = 31;

const attribute = (element: XmlElement, name: string): string | undefined =>
  element.attributes.find((each) => each.name === name)?.value;

/** Components that every other app of the device can call, and that ask for no permission. */
export function componentFacts({ manifest, file }: ManifestDocument): readonly AuditFact[] {
  const application = manifest.root.children.find(({ name }) => name === 'application');
  if (application === undefined || attribute(application, 'permission') !== undefined) return [];
  const target = manifest.targetSdk ?? manifest.minSdk ?? 1;
  const open = application.children.filter((element) => isOpen(element, target) && !isLauncher(element));
  return open.map((element) => {
    const says = `${element.name} ${attribute(element, 'name') ?? '(no name)'} is exported and asks for no permission`;
    const level = KINDS[element.name]?.level ?? 'info';
    return { topic: 'components', id: 'exported', level, says, place: { file, line: element.at.line, column: 0 } };
  });
}

function isOpen(element: XmlElement, target: number): boolean {
  const kind = Object.hasOwn(KINDS, element.name) ? KINDS[element.name] : undefined;
  if (kind === undefined || readBoolean(attribute(element, 'enabled') ?? 'true') === false) return false;
  return isExported(element, target) && kind.guards.every((name) => attribute(element, name) === undefined);
}

function isExported(element: XmlElement, target: number): boolean {
  const written = attribute(element, 'exported');
  if (written !== undefined) return readBoolean(written) === true;
  if (element.name === 'provider') return target < 17;
  return target < EXPLICIT_TARGET && element.children.some(({ name }) => name === 'intent-filter');
}

/** The icon on the home screen has to be exported. */
const isLauncher = ({ children }: XmlElement): boolean =>
  children.some(({ children: parts }) =>
    parts.some((part) => attribute(part, 'name') === 'android.intent.category.LAUNCHER'),
  );

import { FORMAT_TRAITS } from '../../../formats.ts';
import type { Project } from '../../../project.ts';
import { hostsOf, type SeenHost } from './seen.ts';
import { broaderIn } from './unions.ts';

/** What one document states for one host: formats that unite entries of one name get all their pins together. */
export function* statedPoliciesOf(project: Project): Iterable<SeenHost> {
  const united = new Map<string, SeenHost>();
  for (const { document, host } of hostsOf(project)) {
    if (FORMAT_TRAITS[host.format].overlap !== 'union') yield { document, host };
    else {
      const key = [document.file, document.app, host.format, host.position, host.host.text.toLowerCase()].join('\n');
      const earlier = united.get(key)?.host;
      const pins = [...(earlier?.pins ?? []), ...host.pins];
      united.set(key, { document, host: { ...(earlier ?? host), pins } });
    }
  }
  yield* united.values();
}

/** What holds for one host by one document: where entries unite, with the pins of the broader entries that cover it. */
export function* policiesOf(project: Project): Iterable<SeenHost> {
  const stated = [...statedPoliciesOf(project)];
  const broaderThan = broaderIn(stated);
  for (const seen of stated) {
    const more = broaderThan(seen).flatMap(({ host }) => host.pins);
    yield more.length === 0 ? seen : { ...seen, host: { ...seen.host, pins: [...seen.host.pins, ...more] } };
  }
}

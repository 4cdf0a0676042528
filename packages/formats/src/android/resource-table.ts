import { ArtifactError } from '../artifact-error.ts';
import type { TypedValue } from './typed-value.ts';

/** One value of a resource, for the devices that its configuration fits. */
export interface ResourceValue extends TypedValue {
  /** Qualifiers as in the names of resource folders: `v28`, `fr-rCA-night`; empty for the default. */
  readonly config: string;
}

/** The values of files (`xml`, `raw`, `layout`, …) are strings: the path inside the app, which may be shortened. */
export interface Resource {
  readonly id: number;
  readonly type: string;
  /** As in source, unless a packer took it away. */
  readonly name: string;
  readonly values: readonly ResourceValue[];
}

export interface ResourcePackage {
  readonly id: number;
  readonly name: string;
}

/**
 * The resources of an app. Nothing is decoded before it is asked for; what a method decodes may throw `artifact.*`,
 * `resource_table.*` and, for bundles, `protobuf.*`.
 */
export interface ResourceTable {
  readonly packages: readonly ResourcePackage[];
  /** The resource with this id. */
  get(id: number): Resource | undefined;
  /** Those with this `type/name`: one, unless names were taken away or several packages share them. */
  find(name: string): Resource[];
  /** All of one type, such as `xml` or `raw`. */
  list(type: string): Resource[];
  /**
   * What the id stands for in the end, on all devices: its values, and those of the resources that it refers to in turn.
   * Attributes of the theme and references out of the table stay as they are. Throws
   * `resource_table.reference_too_deep` past 20 steps, as many as Android follows.
   */
  resolve(id: number): ResourceValue[];
}

/** What a form of resource table has to offer for the rest to be made of it. */
export interface ResourceSource {
  readonly packages: readonly ResourcePackage[];
  entry(id: number): { readonly type: string; readonly name: string } | undefined;
  /** Ids of one type. */
  ids(type: string): Iterable<number>;
  values(id: number): ResourceValue[];
}

const MAX_REFERENCE_STEPS = 20;

export function createResourceTable(source: ResourceSource): ResourceTable {
  const get = (id: number): Resource | undefined => {
    const entry = source.entry(id);
    return entry && { id, type: entry.type, name: entry.name, values: source.values(id) };
  };
  const select = (type: string, name?: string): Resource[] => {
    const ids = [...source.ids(type)].filter((id) => name === undefined || source.entry(id)?.name === name);
    return ids.flatMap((id) => get(id) ?? []);
  };
  return {
    packages: source.packages,
    get,
    find: (name) => {
      const slash = name.indexOf('/');
      return select(name.slice(0, Math.max(slash, 0)), name.slice(slash + 1));
    },
    list: (type) => select(type),
    resolve: (id) => resolve(source, id),
  };
}

/** Breadth first; each resource is entered once, so a circle adds nothing and no web of references grows. */
function resolve(source: ResourceSource, id: number): ResourceValue[] {
  const seen = new Set([id]);
  const found: ResourceValue[] = [];
  let next = [id];
  for (let step = 0; next.length > 0; step += 1) {
    if (step > MAX_REFERENCE_STEPS) throw new ArtifactError('resource_table.reference_too_deep', 0);
    const values = next.flatMap((each) => source.values(each));
    next = [];
    for (const value of values) {
      const target = value.kind === 'reference' ? value.reference : undefined;
      if (target === undefined || source.entry(target) === undefined) found.push(value);
      else if (!seen.has(target)) {
        seen.add(target);
        next.push(target);
      }
    }
  }
  return found;
}

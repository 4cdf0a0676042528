/** A registered app, API, policy or other named document of an issuer: JSON with a version for compare-and-set. */
export interface Registered<T> {
  readonly value: T;
  readonly version: number;
  readonly updatedAt: number;
}

export type RegistryKind = 'app' | 'api' | 'policy' | 'root' | 'setting';

export interface RegistryStore {
  registered(iss: string, kind: RegistryKind, id: string): Promise<Registered<string> | undefined>;
  listRegistered(iss: string, kind: RegistryKind): Promise<readonly (Registered<string> & { readonly id: string })[]>;
  /** Writes JSON text when the stored version equals `expected` (0 = not there yet); false when it does not. */
  register(iss: string, kind: RegistryKind, id: string, json: string, expected: number, now: number): Promise<boolean>;
}

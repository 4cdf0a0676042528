/**
 * A value that one check establishes and later checks read, so that a state stays strictly typed while it fills. Reading
 * it too early, or setting it twice, is a wrong order of checks: a programming fault, never a refusal.
 */
export class Once<T> {
  #held: { readonly value: T } | undefined;

  get value(): T {
    if (this.#held === undefined) throw new Error('a check read a value that no earlier check established');
    return this.#held.value;
  }

  set value(value: T) {
    if (this.#held !== undefined) throw new Error('two checks established the same value');
    this.#held = { value };
  }
}

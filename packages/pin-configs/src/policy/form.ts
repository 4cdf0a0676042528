import { type DataDict, type DataEntry, type DataValue, entryOf, plainOf, stringOf } from '../data/value.ts';
import type { PolicyFault } from './faults.ts';
import type { Member, ObjectShape, Shape } from './shape.ts';

/** What is wrong with the form of a value: all of it, in the order of the file. */
export function formFaults(value: DataValue, shape: Shape): readonly PolicyFault[] {
  switch (shape.kind) {
    case 'text':
      return value.kind === 'string' && shape.pattern.test(value.value) ? [] : [fault(value, shape.expected)];
    case 'choice':
      return value.kind === 'string' && shape.values.includes(value.value) ? [] : [fault(value, either(shape.values))];
    case 'constant':
      return plainOf(value) === shape.value ? [] : [fault(value, String(shape.value))];
    case 'list':
      return listFaults(value, shape);
    case 'object':
      return value.kind === 'dict' ? objectFaults(value, shape) : [fault(value, `an entry: ${shape.about}`)];
  }
}

function listFaults(value: DataValue, { of, minimum, maximum, about }: Extract<Shape, { kind: 'list' }>) {
  if (value.kind !== 'array') return [fault(value, `a list: ${about}`)];
  const { items, place } = value;
  const amount = `${minimum} to ${maximum} items: ${about}`;
  const isWithin = items.length >= minimum && items.length <= maximum;
  const counted = isWithin ? [] : [{ place, expected: amount, found: String(items.length) }];
  return [...counted, ...items.flatMap((item) => formFaults(item, of))];
}

function objectFaults(value: DataDict, shape: ObjectShape): readonly PolicyFault[] {
  const missing = Object.entries(shape.members)
    .filter(([name, { required }]) => required && !value.entries.some(({ key }) => key.text === name))
    .map(([name]) => ({ place: value.place, expected: `${name} in ${shape.about}`, found: 'none' }));
  return [
    ...missing,
    ...value.entries.flatMap((entry) => memberFaults(entry, value, shape)),
    ...Object.entries(shape.members).flatMap(([name, member]) => pairFaults(name, member, value)),
  ];
}

/** A member that belongs to one choice of another member. */
function pairFaults(name: string, { only }: Member, value: DataDict): readonly PolicyFault[] {
  if (only === undefined) return [];
  const isChosen = stringOf(value, only.with)?.text === only.being;
  const own = entryOf(value, name);
  if (own !== undefined && !isChosen) {
    return [{ place: own.key.place, expected: `${name} only with ${only.with}: ${only.being}`, found: name }];
  }
  if (own !== undefined || !isChosen || only.required === undefined) return [];
  return [{ place: value.place, expected: `${name} with ${only.with}: ${only.being}`, found: 'none' }];
}

function memberFaults({ key, value }: DataEntry, owner: DataDict, { members }: ObjectShape): readonly PolicyFault[] {
  const member = Object.hasOwn(members, key.text) ? members[key.text] : undefined;
  if (member === undefined) {
    return [{ place: key.place, expected: `one of ${Object.keys(members).join(', ')}`, found: shown(key.text) }];
  }
  const first = owner.entries.find((entry) => entry.key.text === key.text);
  if (first?.key !== key) return [{ place: key.place, expected: `${key.text} once`, found: 'it a second time' }];
  return formFaults(value, member.shape);
}

const fault = (value: DataValue, expected: string): PolicyFault => ({
  place: value.place,
  expected,
  found: foundIn(value),
});

function foundIn(value: DataValue): string {
  if (value.kind === 'string') return shown(value.value);
  if (value.kind === 'dict') return 'an entry';
  if (value.kind === 'array') return 'a list';
  return String(plainOf(value));
}

/** Text from the file, short and on one line. A pin that is none may be anything, a pasted secret too: little of it is shown. */
function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return JSON.stringify(clean.length > 40 ? `${clean.slice(0, 12)}… (${text.length} characters)` : clean);
}

const either = (values: readonly string[]): string =>
  values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;

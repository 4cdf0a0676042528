import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, MAX_BYTES } from '../../src/analysis/desk.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const names = (desk: Desk) => desk.all.map(({ name }) => name);
const KEY = '-----BEGIN PRIVATE KEY-----\nAQID\n';

describe('the desk', () => {
  it('names a paste by its content until a reader does', () => {
    const desk = new Desk();
    desk.write(bytes('<plist version="1.0">'));
    assert.deepEqual(names(desk), ['Info.plist']);
    desk.write(bytes('version: 1\n'));
    assert.deepEqual(names(desk), ['assay.pins.yaml']);
    desk.rename(' mine.yaml ');
    desk.write(bytes('<plist version="1.0">'));
    assert.deepEqual(names(desk), ['mine.yaml']);
    desk.rename('');
    assert.deepEqual(names(desk), ['Info.plist']);
  });

  it('keeps two pastes of one form apart', () => {
    const desk = new Desk();
    desk.put(bytes('<plist>'));
    desk.put(bytes('<plist >'));
    assert.deepEqual(names(desk), ['Info.plist', '2/Info.plist']);
  });

  it('puts a file in place of the one of its name, or on an empty sheet', () => {
    const desk = new Desk();
    desk.put(bytes('1'), 'a.json');
    desk.put(bytes('2'), 'b.json');
    desk.put(bytes('3'), 'a.json');
    assert.deepEqual(names(desk), ['a.json', 'b.json']);
    assert.deepEqual([desk.index, desk.current.text], [0, '3']);
    assert.equal(desk.mayAdd, true);
    desk.add();
    assert.equal(desk.mayAdd, false);
    desk.put(bytes('4'), 'c.json');
    assert.deepEqual(names(desk), ['a.json', 'b.json', 'c.json']);
  });

  it('refuses private keys and leaves nothing of them', () => {
    const desk = new Desk();
    desk.put(bytes('{}'), 'a.json');
    for (const act of [(key: Uint8Array) => desk.put(key, 'k.pem'), (key: Uint8Array) => desk.write(key)]) {
      const key = bytes(KEY);
      assert.equal(act(key), 'private_key');
      assert.ok(key.every((octet) => octet === 0));
    }
    assert.deepEqual(desk.filled, []);
    assert.equal(desk.current.text, '');
  });

  it('refuses what is too large and too many', () => {
    const desk = new Desk();
    assert.equal(desk.put(new Uint8Array(MAX_BYTES + 1)), 'too_large');
    for (let count = 0; count < 40; count += 1) assert.equal(desk.put(bytes('{}'), `${count}.json`), undefined);
    assert.equal(desk.put(bytes('{}'), 'more.json'), 'too_many');
    assert.equal(desk.mayAdd, false);
  });

  it('shows bytes that are no text as none', () => {
    const desk = new Desk();
    desk.put(Uint8Array.of(0xff, 0xfe), 'a.plist');
    assert.equal(desk.current.text, undefined);
  });

  it('is never without a sheet', () => {
    const desk = new Desk();
    desk.put(bytes('{}'), 'a.json');
    desk.remove();
    assert.deepEqual(names(desk), ['new file']);
    desk.select(7);
    assert.equal(desk.index, 0);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEventBus, type ServiceEvent } from '@assay/service';

const event: ServiceEvent = { type: 'challenge', iss: 'i', purpose: 'enrol' };

describe('event bus', () => {
  it('tells every listener until it leaves', () => {
    const bus = createEventBus();
    const heard: string[] = [];
    const leave = bus.subscribe(() => heard.push('a'));
    bus.subscribe(() => heard.push('b'));
    bus.emit(event);
    leave();
    bus.emit(event);
    assert.deepEqual(heard, ['a', 'b', 'b']);
  });

  it('drops a listener that throws, and never lets it reach the sender', () => {
    const bus = createEventBus();
    let calls = 0;
    bus.subscribe(() => {
      calls += 1;
      throw new Error('a broken page');
    });
    let others = 0;
    bus.subscribe(() => {
      others += 1;
    });
    bus.emit(event);
    bus.emit(event);
    assert.deepEqual([calls, others], [1, 2]);
  });

  it('bears listeners that come and go while it tells', () => {
    const bus = createEventBus();
    let late = 0;
    const leave = bus.subscribe(() => {
      leave();
      bus.subscribe(() => {
        late += 1;
      });
    });
    bus.emit(event);
    bus.emit(event);
    assert.equal(late, 2);
  });
});

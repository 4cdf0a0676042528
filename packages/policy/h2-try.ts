import { evaluatePolicy, presetOf, PRESETS } from '@assay/policy';
import { createDice, somebody } from '../../bench/parts/population.ts';
const AT = Date.UTC(2026,10,21);
const dice = createDice(4);
const people = Array.from({length: 4096}, () => somebody(dice));
for (const name of ['banking','standard','identity-provider']) {
  const policy = presetOf(name)!;
  for (const trace of [false, true]) {
    let n = 0;
    for (let i=0;i<60000;i++) evaluatePolicy(policy, people[i & 4095]!, {at: AT, trace});
    const c = process.cpuUsage(); const N = 200000;
    for (let i=0;i<N;i++) n += evaluatePolicy(policy, people[i & 4095]!, {at: AT, trace}).reasons.length;
    const u = process.cpuUsage(c);
    console.log(name, trace, Math.round(N*1e6/(u.user+u.system)), n);
  }
}

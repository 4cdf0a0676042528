export type { Breakdown, SampledAppraisal, SampledOutcome } from './breakdown.ts';
export type { RuleEffect } from './leave-one-out.ts';
export type { MatrixCell } from './matrix.ts';
export type { SimulationRates, SimulationReport } from './report.ts';
export { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';
export type { Count, Named } from './tally.ts';

/** The simplest thing that learns: logistic regression by gradient descent, on standardised features. */

export interface Sample {
  readonly features: readonly number[];
  /** What is to be told apart. */
  readonly isOk: boolean;
}

export type Classify = (features: readonly number[]) => boolean;

const ROUNDS = 400;
const RATE = 0.5;

export function train(samples: readonly Sample[]): Classify {
  const scales = scalesOf(samples);
  const rows = samples.map(({ features, isOk }) => ({ x: standardised(features, scales), y: isOk ? 1 : 0 }));
  const weights = new Array<number>(1 + scales.length).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = new Array<number>(weights.length).fill(0);
    for (const { x, y } of rows) {
      const error = probability(weights, x) - y;
      for (const [index, value] of x.entries()) slope[index] = (slope[index] ?? 0) + error * value;
    }
    for (const index of weights.keys())
      weights[index] = (weights[index] ?? 0) - (RATE * (slope[index] ?? 0)) / rows.length;
  }
  return (features) => probability(weights, standardised(features, scales)) > 0.5;
}

/** The share of samples that are told apart rightly. */
export function accuracy(classify: Classify, samples: readonly Sample[]): number {
  const right = samples.filter(({ features, isOk }) => classify(features) === isOk);
  return right.length / samples.length;
}

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

function scalesOf(samples: readonly Sample[]): readonly Scale[] {
  const width = samples[0]?.features.length ?? 0;
  return Array.from({ length: width }, (_, index) => {
    const column = samples.map(({ features }) => features[index] ?? 0);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
}

/** With a leading 1 for the constant. */
function standardised(features: readonly number[], scales: readonly Scale[]): readonly number[] {
  return [1, ...scales.map(({ mean, deviation }, index) => ((features[index] ?? 0) - mean) / deviation)];
}

function probability(weights: readonly number[], x: readonly number[]): number {
  const sum = x.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** A training as plain data: what a thread is sent, and what it does. */
import { type BinnedFeatures, binFeatures } from './bin-features.ts'
import { type BoostData, type Boosted, type BoostSettingsInput, boostSettings, boostTrees } from './boost-trees.ts'
import type { FeatureTable } from './feature-table.ts'
import { type Forest, type ForestSettingsInput, forestSettings, growForest } from './grow-forest.ts'
import type { Labels } from './labels.ts'

interface Learnt {
  /** A table is put into bins first; several trainings on the same rows share bins. On shared memory neither is copied. */
  readonly features: FeatureTable | BinnedFeatures
  readonly labels: Labels
}

export interface BoostTraining extends Learnt {
  readonly learner: 'boost'
  readonly validation?: BoostData['validation']
  readonly settings: BoostSettingsInput
}

export interface ForestTraining extends Learnt {
  readonly learner: 'forest'
  readonly settings: ForestSettingsInput
}

export type Training = BoostTraining | ForestTraining
export type TrainedBy<T extends Training> = T extends BoostTraining ? Boosted : Forest

export interface TrainingProgress {
  readonly trees: number
  /** At most: early stopping ends sooner. */
  readonly of: number
  readonly validationLoss?: number | undefined
}

/** Trains on this thread. What `onProgress` throws ends it. Throws as `boostTrees` and `growForest` do. */
export function train(training: Training, onProgress: (progress: TrainingProgress) => void): Boosted | Forest {
  const { features, labels, settings } = training
  const binned = 'packed' in features ? features : binFeatures(features)
  if (training.learner === 'forest') {
    const of = forestSettings.parse(settings).trees
    return growForest(binned, labels, settings as ForestSettingsInput, { onTree: (trees) => onProgress({ trees, of }) })
  }
  const { validation } = training
  return boostTrees({ binned, labels, validation }, training.settings, {
    onRound: ({ round, rounds, validationLoss }) => onProgress({ trees: round, of: rounds, validationLoss }),
  })
}

/** @throws ZodError on settings: sooner than a thread could. */
export function checkSettings(training: Training): void {
  if (training.learner === 'forest') forestSettings.parse(training.settings)
  else boostSettings.parse(training.settings)
}

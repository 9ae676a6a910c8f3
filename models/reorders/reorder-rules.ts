/** By which rules one morning's questions are answered. */
import type { ServiceLevels } from '#core/reorders/arithmetic-line.ts'
import type { LocalDay } from '#core/reorders/reorder-policy.ts'
import type { LeadTimeModel } from './lead-times.ts'

export interface ReorderRules {
  readonly today: LocalDay
  readonly serviceLevels: ServiceLevels
  readonly reviewDays: number
  readonly cycleDays: number
  /** See `dayDependence`. */
  readonly dependence: number
  readonly leadTimes: LeadTimeModel
  readonly seed: number
  readonly budgetMinor?: number | undefined
  readonly roomByStore?: ReadonlyMap<string, number> | undefined
}

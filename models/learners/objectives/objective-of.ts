/** Objectives by name, as plain data: what a training request and a tree file hold. */
import { z } from 'zod'
import { lambdamart } from './lambdamart.ts'
import { logistic } from './logistic.ts'
import type { Objective } from './objective.ts'
import { poisson } from './poisson.ts'
import { quantile } from './quantile.ts'
import { squared } from './squared.ts'
import { tweedie } from './tweedie.ts'

export const objectiveSettings = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('squared') }),
  z.strictObject({ name: z.literal('poisson') }),
  z.strictObject({ name: z.literal('tweedie'), power: z.number().gt(1).lt(2).default(1.5) }),
  z.strictObject({ name: z.literal('quantile'), level: z.number().gt(0).lt(1) }),
  z.strictObject({ name: z.literal('logistic') }),
  z.strictObject({
    name: z.literal('lambdamart'),
    pushedPlaces: z.int().min(1).default(30),
    judgedPlaces: z.int().min(1).default(10),
  }),
])

export type ObjectiveSettings = z.output<typeof objectiveSettings>

export function objectiveOf(settings: ObjectiveSettings): Objective {
  switch (settings.name) {
    case 'squared':
      return squared()
    case 'poisson':
      return poisson()
    case 'tweedie':
      return tweedie(settings.power)
    case 'quantile':
      return quantile(settings.level)
    case 'logistic':
      return logistic()
    case 'lambdamart':
      return lambdamart(settings)
  }
}

/** How one ensemble of trees is trained for demand, as plain data. */
import type { BoostSettingsInput } from '../../learners/boost-trees.ts'

export interface TreeRecipe {
  readonly name: string
  /** What it forecasts: its trees' loss is the one that this kind is scored by. */
  readonly kind: 'median' | 'mean' | 'quantiles'
  /**
   * Rows weigh level ^ power, their target being units over level. 1 makes the weighted absolute or pinball loss that of
   * units, 2 the squared one; 0 counts every series alike.
   */
  readonly levelPower: number
  /** A row weighs half of one so many days younger; absent: all alike. */
  readonly halfLifeDays?: number
  /** Of the mean: Tweedie with this power in place of squared error. */
  readonly tweedie?: number
  /** Of the mean: a day teaches at most so many times its level, so that single large orders do not rule; absent: no cap. */
  readonly cap?: number
  readonly trees: Omit<BoostSettingsInput, 'objective'>
}

import type { ServiceLevels } from './arithmetic-line.ts'

/** Chance that an order's time passes without a stock-out. What earns most is to be there; what nobody foresees costs most to keep. */
export const USUAL_SERVICE_LEVELS: ServiceLevels = {
  AX: 0.98, AY: 0.97, AZ: 0.95,
  BX: 0.97, BY: 0.95, BZ: 0.92,
  CX: 0.95, CY: 0.92, CZ: 0.9,
} // biome-ignore format: a table

import type { ComponentType } from 'react'
import {
  type IconProps,
  InStockIcon,
  OversoldIcon,
  SoldOutIcon,
  UncountedIcon,
  UrgentIcon,
  WarningIcon,
} from '../icons.tsx'
import classes from './inventory.module.css'
import type { Risk } from './prepare-stock.ts'
import { words } from './words.ts'

const ICONS: Readonly<Record<Risk, ComponentType<IconProps>>> = {
  oversold: OversoldIcon,
  out: SoldOutIcon,
  critical: UrgentIcon,
  low: WarningIcon,
  enough: InStockIcon,
  uncounted: UncountedIcon,
}

/** A word and a picture; the colour says it once more. */
export function RiskMark({ risk }: { readonly risk: Risk }) {
  const Icon = ICONS[risk]
  return (
    <span className={classes.risk} data-risk={risk} title={words.riskMeanings[risk]}>
      <Icon size={16} />
      {words.risks[risk]}
    </span>
  )
}

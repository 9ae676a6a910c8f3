import type { QualityAnswer } from '#core/api/quality.ts'
import { formatNumber } from '../format/format-number.ts'
import { ageText, formatMoment } from '../format/format-time.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { Panel } from '../panel/panel.tsx'
import type { PanelState } from '../panel/panel-state.ts'
import classes from './quality.module.css'
import { words } from './words.ts'

type Props = {
  readonly state: PanelState
  readonly quality: QualityAnswer | undefined
  readonly nowMs: number
  readonly timeZone: string
}

/** What the engine can go back to, and how somebody makes sure. */
export function KeptPanel({ state, quality, nowMs, timeZone }: Props) {
  const { lastSeal = null, disk = null } = quality ?? {}
  const sealedMs = lastSeal === null ? 0 : Date.parse(lastSeal.sealedAt)
  return (
    <Panel id="kept" title={words.seal.title} about={words.seal.about} state={state}>
      <dl className={classes.lines}>
        <div>
          <dt>{words.seal.seal}</dt>
          <dd>
            {lastSeal === null ? (
              words.seal.none
            ) : (
              <time dateTime={lastSeal.sealedAt} title={ageText(Math.max(0, nowMs - sealedMs))}>
                {formatMoment(sealedMs, nowMs, timeZone)}
              </time>
            )}
          </dd>
          <dd className={classes.termAbout}>{words.seal.sealAbout}</dd>
        </div>
        {disk !== null && (
          <div>
            <dt>{words.seal.disk}</dt>
            <dd>{words.seal.diskText(bytesText(disk.usedBytes), bytesText(disk.freeBytes))}</dd>
          </div>
        )}
        <div>
          <dt>{words.seal.verify}</dt>
          <dd>
            <CopyLine lines={[words.seal.command]} />
          </dd>
          <dd className={classes.termAbout}>{words.seal.verifyAbout}</dd>
        </div>
      </dl>
    </Panel>
  )
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return formatNumber(bytes / 1000 ** power, {
    style: 'unit',
    unit: UNITS[power]!,
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  })
}
